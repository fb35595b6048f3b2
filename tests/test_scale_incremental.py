"""What is mined again: only new and changed documents are read, and the result is that of mining everything anew."""

from __future__ import annotations

import json
import pickle
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from termbuilder import mining, pipeline, read
from termbuilder.pipeline import corpus, fingerprint, packing, packing_tables, said, sample, second_pass
from termbuilder.pipeline.first_pass import Observe
from termbuilder.pipeline.kept import Kept
from termbuilder.read import Input
from termbuilder.settings import Settings

TEXTS = {
    "通知.txt": "全市实施“揭榜挂帅”机制，培育瞪羚企业和独角兽企业。瞪羚企业，是指成长性好、跨越式发展的高新技术企业。",
    "办法.txt": "对瞪羚企业给予研发费用后补助，建设概念验证中心，落实“两高一低”整治。高新技术企业（以下简称“高企”）优先。",
    "方案.txt": "完善科技特派员制度，推进“揭榜挂帅”，建设概念验证中心和中试基地（pilot-scale base）。",
    "要点.txt": "深入推进“三链融合”，支持高企牵头组建创新联合体，发展银发经济。",
}
ADDED = {
    "意见.txt": "支持中试基地和创新联合体承担“揭榜挂帅”项目。中试基地，是指为科技成果转化提供中间试验的场所。瞪羚企业优先入驻。",
    "规划.txt": "培育瞪羚企业、专精特新企业和科技领军企业，布局未来产业先导区，完善科技特派员制度。",
}
STARTED = "2026-01-01T08:00:00+00:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "文件"
    folder.mkdir()
    put(folder, TEXTS)
    return folder


def put(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def observed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that were observed, as it happens."""
    names: list[str] = []
    original = Observe.__call__

    def watched(self: Observe, one: Any) -> Any:
        names.append(one.name)
        return original(self, one)

    monkeypatch.setattr(Observe, "__call__", watched)
    return names


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that the second pass went through."""
    names: list[str] = []
    original = second_pass.collect

    def watched(own: Any, *rest: Any) -> Any:
        names.append(own.document.name)
        return original(own, *rest)

    monkeypatch.setattr(second_pass, "collect", watched)
    return names


def mined(folder: Path, evidence: Path | None, settings: Settings | None = None) -> pipeline.Mined:
    inputs, _ = read.expand([folder])
    settings = settings or Settings()
    if evidence is None:
        return pipeline.mine(inputs, settings, started=STARTED)
    with Kept(evidence, fingerprint.of_program(), fingerprint.of_choices(settings)) as kept:
        result = pipeline.mine(inputs, settings, started=STARTED, kept=kept)
        assert kept.trouble == ""
    return result


def test_new_documents_are_read_and_known_ones_are_not(folder: Path, tmp_path: Path, observed: list[str]) -> None:
    mined(folder, tmp_path / "e")
    assert sorted(observed) == sorted(TEXTS)
    observed.clear()
    put(folder, ADDED)
    together = mined(folder, tmp_path / "e")
    assert sorted(observed) == sorted(ADDED)
    assert together == mined(folder, None)
    assert "中试基地" in {entry.term for entry in together.entries}


def test_a_changed_document_is_read_again_and_a_withdrawn_one_leaves_no_trace(
    folder: Path, tmp_path: Path, observed: list[str]
) -> None:
    mined(folder, tmp_path / "e")
    observed.clear()
    put(folder, {"通知.txt": ADDED["意见.txt"]})
    (folder / "要点.txt").unlink()
    again = mined(folder, tmp_path / "e")
    assert observed == ["通知.txt"]
    assert again == mined(folder, None)
    with sqlite3.connect(tmp_path / "e") as db:
        assert sorted(name for (name,) in db.execute("SELECT name FROM document")) == ["办法.txt", "方案.txt", "通知.txt"]
        for table in ("evidence", "prepared", "collected"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (3,)


def test_a_document_that_was_moved_and_renamed_is_known_by_its_content(
    folder: Path, tmp_path: Path, observed: list[str]
) -> None:
    (folder / "通知.txt").write_bytes(
        "通知\n全市培育瞪羚企业。".encode("gb18030") + b"\xff\n" + "实施“揭榜挂帅”。".encode("gb18030")
    )
    mined(folder, tmp_path / "e")
    observed.clear()
    (folder / "2026").mkdir()
    (folder / "通知.txt").rename(folder / "2026" / "印发稿.txt")
    again = mined(folder, tmp_path / "e")
    assert observed == []
    assert again == mined(folder, None)
    assert mined(folder, tmp_path / "e") == again
    (folder / "办法.txt").rename(folder / "办法.md")  # read as another format
    observed.clear()
    assert mined(folder, tmp_path / "e") == mined(folder, None)
    assert observed[0] == "办法.md"


def test_only_documents_with_newly_chosen_forms_are_searched_again(folder: Path, tmp_path: Path, searched: list[str]) -> None:
    mined(folder, tmp_path / "e")
    assert sorted(searched) == sorted(TEXTS)
    searched.clear()
    mined(folder, tmp_path / "e")
    assert searched == []
    put(folder, {"新.txt": "发展低空经济，推广低空经济应用场景，“低空经济”先导区率先建设。"})
    put(folder, {"要点.txt": TEXTS["要点.txt"]})
    again = mined(folder, tmp_path / "e")
    assert "低空经济" in {entry.term for entry in again.entries}
    assert "新.txt" in searched
    assert len(searched) < len(TEXTS) + 1
    assert again == mined(folder, None)


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The main forms of the concepts of which category, reading and English were made out."""
    forms: list[str] = []
    original = said._said

    def watched(group: Any, *rest: Any) -> Any:
        forms.append(group.main.surface)
        return original(group, *rest)

    monkeypatch.setattr(said, "_said", watched)
    return forms


def test_only_of_concepts_with_new_forms_or_places_are_english_and_readings_made_out(
    folder: Path, tmp_path: Path, looked_up: list[str]
) -> None:
    first = mined(folder, tmp_path / "e")
    assert sorted(looked_up) == sorted(entry.term for entry in first.entries)
    looked_up.clear()
    assert mined(folder, tmp_path / "e") == first
    assert looked_up == []
    put(folder, ADDED)
    together = mined(folder, tmp_path / "e")
    assert 0 < len(looked_up) < len(together.entries)
    assert together == mined(folder, None)


def test_another_style_of_pinyin_and_a_dictionary_are_looked_up_anew(
    folder: Path, tmp_path: Path, looked_up: list[str]
) -> None:
    mined(folder, tmp_path / "e")
    looked_up.clear()
    plain = Settings(pinyin_style="plain")
    assert mined(folder, tmp_path / "e", plain) == mined(folder, None, plain)
    assert len(looked_up) == 2 * len(set(looked_up))
    with pytest.MonkeyPatch.context() as patch, Kept(tmp_path / "e", fingerprint.of_program(), "") as kept:
        patch.setattr(kept, "said", None)  # would fail if it were asked
        with corpus.Corpus([], Settings(dictionary=True), lambda stage, done, of: None, kept=kept) as nothing:
            assert nothing.said() == {}


def test_a_document_that_was_not_named_is_not_counted_but_remembered(folder: Path, tmp_path: Path, observed: list[str]) -> None:
    mined(folder, tmp_path / "e")
    other = tmp_path / "另"
    other.mkdir()
    put(other, ADDED)
    assert mined(other, tmp_path / "e") == mined(other, None)
    observed.clear()
    assert mined(folder, tmp_path / "e") == mined(folder, None, Settings())
    assert observed == sorted(TEXTS)  # by the second of the two; the first read nothing


def test_workers_and_memory_do_not_matter_for_what_is_mined_again(folder: Path, tmp_path: Path) -> None:
    mined(folder, tmp_path / "e", Settings(workers=2))
    put(folder, ADDED)
    assert mined(folder, tmp_path / "e", Settings(workers=2, memory_limit=400_000)) == mined(folder, None)


@pytest.fixture
def bulky(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every folder is so large that only a sample of it is read closely."""
    monkeypatch.setattr(corpus, "BULKY", 100)
    monkeypatch.setattr(sample, "WHOLE", 100)


@pytest.mark.usefixtures("bulky")
def test_a_large_folder_that_grows_changes_and_shrinks_is_as_if_mined_anew(
    folder: Path, tmp_path: Path, searched: list[str]
) -> None:
    assert mined(folder, tmp_path / "e") == mined(folder, None)
    searched.clear()
    mined(folder, tmp_path / "e")
    assert searched == []
    put(folder, ADDED)
    assert mined(folder, tmp_path / "e") == mined(folder, None)
    put(folder, {"方案.txt": ADDED["意见.txt"] * 2, "意见.txt": TEXTS["方案.txt"]})
    assert mined(folder, tmp_path / "e", Settings(workers=2)) == mined(folder, None)
    (folder / "办法.txt").unlink()
    assert mined(folder, tmp_path / "e", Settings(memory_limit=400_000)) == mined(folder, None)


def test_evidence_of_a_sample_is_not_taken_for_that_of_the_whole(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, ADDED)
    for _ in range(2):
        monkeypatch.setattr(corpus, "BULKY", 100)
        monkeypatch.setattr(sample, "WHOLE", 100)
        assert mined(folder, tmp_path / "e") == mined(folder, None)
        monkeypatch.undo()
        assert mined(folder, tmp_path / "e") == mined(folder, None)


def test_another_version_other_tables_and_other_glossaries_are_other_evidence(
    folder: Path, tmp_path: Path, observed: list[str]
) -> None:
    glossary = tmp_path / "own.csv"
    glossary.write_text("term,english\n概念验证中心,proof-of-concept center\n", encoding="utf-8")
    mined(folder, tmp_path / "e")
    observed.clear()
    with_glossary = Settings(glossaries=(glossary,))
    assert mined(folder, tmp_path / "e", with_glossary) == mined(folder, None, with_glossary)
    assert len(observed) == 2 * len(TEXTS)
    observed.clear()
    glossary.write_text("term,english\n银发经济,silver economy\n", encoding="utf-8")
    mined(folder, tmp_path / "e", with_glossary)
    assert len(observed) == len(TEXTS)
    with Kept(tmp_path / "e", "another version", fingerprint.of_choices(Settings())) as kept:
        assert kept.known("", "通知.txt", "") is None
    with sqlite3.connect(tmp_path / "e") as db:
        assert db.execute("SELECT count(*) FROM document").fetchone() == (0,)


def test_a_damaged_file_is_made_anew_and_one_that_cannot_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    plain = mined(folder, None)
    (tmp_path / "e").write_bytes(b"no database" * 100)
    assert mined(folder, tmp_path / "e") == plain
    assert mined(folder, tmp_path / "e") == plain
    with Kept(tmp_path / "nowhere" / "e", "a", "b") as kept:
        assert kept.trouble.startswith("e cannot be written")
        assert pipeline.mine(read.expand([folder])[0], Settings(), started=STARTED, kept=kept) == plain


def test_a_run_that_is_stopped_keeps_the_documents_that_it_has_read(folder: Path, tmp_path: Path, observed: list[str]) -> None:
    def stop(stage: str, done: int, of: int) -> None:
        if stage == "reading" and done == 3:
            raise KeyboardInterrupt

    inputs, _ = read.expand([folder])
    with (
        pytest.raises(KeyboardInterrupt),
        Kept(tmp_path / "e", fingerprint.of_program(), fingerprint.of_choices(Settings())) as kept,
    ):
        pipeline.mine(inputs, Settings(), progress=stop, kept=kept)
    assert len(observed) == 3
    assert mined(folder, tmp_path / "e") == mined(folder, None, Settings())
    assert len(observed) == 3 + 1 + len(TEXTS)


def test_nothing_but_our_own_plain_values_comes_out_of_the_file() -> None:
    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return (exec, ("raise SystemExit",))

    with pytest.raises(pickle.UnpicklingError, match="exec is none"):
        packing.unpacked(packing.packed((Trap(),)))
    one = Observe(Settings(), keep=True)(Input("a.txt", data=TEXTS["通知.txt"].encode()))
    assert isinstance(one.evidence, bytes)
    [table] = packing_tables.unpacked(one.evidence)
    assert "瞪羚企业" in table


def exported(folder: Path, output: Path) -> list[dict[str, Any]]:
    mining.mine_to_files([folder], Settings(), output, formats=("jsonl",), termbase=output / "glossary.db")
    lines = (output / "glossary.jsonl").read_text(encoding="utf-8").splitlines()
    return [{name: value for name, value in json.loads(line).items() if name != "transactions"} for line in lines]


def test_the_termbase_says_the_same_with_and_without_what_was_kept(folder: Path, tmp_path: Path) -> None:
    """Two termbases with the same history: one run reads everything again, the other only what is new."""
    exported(folder, tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    (tmp_path / "other" / "glossary.evidence").unlink()
    put(folder, ADDED)
    (folder / "要点.txt").unlink()
    assert exported(folder, tmp_path / "one") == exported(folder, tmp_path / "other")


def test_a_run_that_is_stopped_says_what_is_as_it_was(folder: Path, tmp_path: Path) -> None:
    def stop(stage: str, done: int, of: int) -> None:
        if stage == "collecting":
            raise KeyboardInterrupt

    exported(folder, tmp_path / "one")
    before = {path.name: path.read_bytes() for path in (tmp_path / "one").glob("glossary.[dj]*")}
    put(folder, ADDED)
    with pytest.raises(KeyboardInterrupt, match="termbase and exports are as they were"):
        mining.mine_to_files(
            [folder], Settings(), tmp_path / "one", formats=("jsonl",), termbase=tmp_path / "one" / "glossary.db", progress=stop
        )
    assert {path.name: path.read_bytes() for path in (tmp_path / "one").glob("glossary.[dj]*")} == before
