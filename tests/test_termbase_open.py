from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from termbuilder.errors import TermbaseError
from termbuilder.model import ConceptEntry, LangSec, Run, TermSec
from termbuilder.termbase import Termbase
from termbuilder.termbase.open import SCHEMA_VERSION

RUN = Run("aaaa", "2026-03-01T09:00:00")
ENTRY = ConceptEntry("", (LangSec("zh-CN", (TermSec("瞪羚企业"),)),))


def refused(path: Path, create: bool = True) -> str:
    with pytest.raises(TermbaseError) as caught:
        Termbase.open(path, create, timeout=0.1)
    return str(caught.value)


def test_a_file_that_is_no_termbase_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notice.db"
    path.write_text("关于印发通知", encoding="utf-8")
    assert refused(path) == f"{path} is not a termbase. Choose another file; this one has been left as it is."
    assert path.read_text(encoding="utf-8") == "关于印发通知"


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "addresses.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE person (name)")
    db.close()
    before = path.read_bytes()
    assert refused(path) == f"{path} is a database of another program, not a termbase. Choose another file."
    assert path.read_bytes() == before


def test_a_damaged_termbase_says_so(tmp_path: Path) -> None:
    path = tmp_path / "glossary.db"
    path.write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 20)
    assert refused(path) == f"{path} is damaged or not a termbase. Put the last backup in its place; nothing was changed."


def test_an_empty_file_is_a_new_termbase(tmp_path: Path) -> None:
    path = tmp_path / "glossary.db"
    path.touch()
    with Termbase.open(path) as termbase:
        assert termbase.entries() == []


def test_a_termbase_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "glossary.db"
    Termbase.open(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.close()
    assert refused(path) == (
        f"{path} was written by a newer termbuilder (schema {SCHEMA_VERSION + 1}; this one knows {SCHEMA_VERSION}). "
        "Update termbuilder, then open it again."
    )


def test_a_missing_termbase_is_made_only_if_wanted(tmp_path: Path) -> None:
    path = tmp_path / "glossary.db"
    assert refused(path, create=False) == (f"There is no termbase {path}. Check the name, or make one with: termbuilder mine.")
    assert not path.exists()


def test_a_folder_or_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path) == (
        f"{tmp_path} is a folder, not a termbase. Name a file in it, for example {tmp_path / 'glossary.db'}."
    )
    lost = tmp_path / "no" / "glossary.db"
    assert refused(lost) == f"{lost} cannot be made: there is no folder {lost.parent}. Make the folder first."


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    folder.chmod(0o500)
    if (folder / "probe").parent.stat().st_uid == 0:
        folder = Path("/proc")  # root may write anywhere, but not there
        if not folder.is_dir():
            pytest.skip("no folder that root may not write")
    path = folder / "glossary.db"
    assert refused(path) == f"{path} cannot be opened. Check that its folder is there and may be written."


def test_a_locked_termbase_is_said_to_be_in_use_and_can_still_be_read(tmp_path: Path) -> None:
    path = tmp_path / "glossary.db"
    with Termbase.open(path) as termbase:
        termbase.merge([ENTRY], RUN)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Termbase.open(path, timeout=0.1) as termbase:
        assert [entry.term for entry in termbase.entries()] == ["瞪羚企业"]
        with pytest.raises(TermbaseError) as caught:
            termbase.decide("c0001", {"status": "approved"}, "Wang")
    other.close()
    assert str(caught.value) == (
        f"{path} is being written by another program. Wait until it is done or close it, then try again."
    )


def test_a_termbase_that_another_program_keeps_to_itself_is_said_to_be_in_use(tmp_path: Path) -> None:
    path = tmp_path / "glossary.db"
    Termbase.open(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN IMMEDIATE")
    message = refused(path)
    other.close()
    assert message == f"{path} is being written by another program. Wait until it is done or close it, then try again."


def test_a_reader_sees_what_another_has_just_written(tmp_path: Path) -> None:
    path = tmp_path / "glossary.db"
    with Termbase.open(path) as writer, Termbase.open(path) as reader:
        writer.merge([ENTRY], RUN)
        assert [entry.term for entry in reader.entries()] == ["瞪羚企业"]


def test_a_backup_is_one_file_that_opens(tmp_path: Path) -> None:
    copy = tmp_path / "backup.db"
    copy.write_bytes(b"an older backup")
    with Termbase.open(tmp_path / "glossary.db") as termbase:
        termbase.merge([ENTRY], RUN)
        termbase.backup(copy)
        entries = termbase.entries()
    with Termbase.open(copy, create=False) as opened:
        assert opened.entries() == entries
    assert sorted(path.name for path in tmp_path.iterdir() if "backup" in path.name) == ["backup.db"]


def test_a_backup_over_the_termbase_itself_is_refused(tmp_path: Path) -> None:
    with Termbase.open(tmp_path / "glossary.db") as termbase, pytest.raises(TermbaseError, match="is the termbase itself"):
        termbase.backup(tmp_path / "glossary.db")


def test_a_backup_to_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "no" / "backup.db"
    with Termbase.open(tmp_path / "glossary.db") as termbase, pytest.raises(TermbaseError) as caught:
        termbase.backup(place)
    assert str(caught.value) == f"{place} cannot be opened. Check that its folder is there and may be written."
    (tmp_path / "folder").mkdir()
    with Termbase.open(tmp_path / "glossary.db") as termbase, pytest.raises(TermbaseError, match="Choose another place"):
        termbase.backup(tmp_path / "folder")
