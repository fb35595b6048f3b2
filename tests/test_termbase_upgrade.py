from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from termbuilder.model import ConceptEntry, Context, LangSec, Reading, Run, Source, Spread, TermSec
from termbuilder.termbase import Termbase
from termbuilder.termbase.open import SCHEMA_VERSION

# One dump of a termbase for each schema that was ever released, written by `python tests/test_termbase_upgrade.py`.
DUMPS = Path(__file__).with_name("termbases")

SOURCE = Source("通知.docx", 3, 20, "page 1")
ENTRY = ConceptEntry(
    "c0001",
    (
        LangSec(
            "zh-CN",
            (
                TermSec(
                    "瞪羚企业",
                    reading=Reading("dènglíng qǐyè", ("dèng", "líng", "qǐ", "yè")),
                    contexts=(Context("培育瞪羚企业。", SOURCE, ((2, 6),)),),
                ),
            ),
        ),
        LangSec("en", (TermSec("gazelle company", origin="glossary", reliability=7),)),
    ),
    subject_field="industry",
    frequency=1,
    document_frequency=1,
    spread=(Spread("通知.docx", 1, SOURCE, SOURCE),),
)


def schema_of(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'search_%' ORDER BY name").fetchall()


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_a_termbase_of_every_released_version_opens_with_all_it_held(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript((DUMPS / f"{version}.sql").read_text(encoding="utf-8"))
    with Termbase.open(path) as termbase:
        entry = termbase.entry("c0001")
        assert replace(entry, transactions=()) == replace(ENTRY, note="已核", status="approved", lang_secs=entry.lang_secs)
        assert [sec.process_status for sec in entry.equivalents] == ["finalized"]
        assert [item.act.who for item in termbase.history("c0001")] == ["termbuilder", "Wang"]
        assert [found.id for found in termbase.search("瞪羚")] == ["c0001"]
        assert termbase.undo("c0001", "Wang").note == ""
    fresh = tmp_path / "new.db"
    Termbase.open(fresh).close()
    assert schema_of(path) == schema_of(fresh)


def write_dump() -> None:
    """Write the dump of the present schema, once, when it is released."""
    with Termbase.open(":memory:") as termbase:
        termbase.merge([replace(ENTRY, id="")], Run("aaaa", "2026-03-01T09:00:00"))
        termbase.decide("c0001", {"note": "已核", "status": "approved"}, "Wang")
        db = termbase._db
        # The index tables of the search are SQLite's own; its rows are enough to make them again.
        (index,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'search'").fetchone()
        no_dump = ("PRAGMA writable_schema", "INSERT INTO sqlite", "CREATE TABLE 'search_", 'INSERT INTO "search')
        lines = [line for line in db.iterdump() if not line.startswith(no_dump)]
        rows = [line for line in db.iterdump() if line.startswith('INSERT INTO "search"')]
        lines[-1:] = [f"{index};", *rows, lines[-1]]
        application = db.execute("PRAGMA application_id").fetchone()[0]
    pragmas = f"PRAGMA application_id = {application};\nPRAGMA user_version = {SCHEMA_VERSION};\n"
    DUMPS.mkdir(exist_ok=True)
    (DUMPS / f"{SCHEMA_VERSION}.sql").write_text("\n".join(lines) + "\n" + pragmas, encoding="utf-8")


if __name__ == "__main__":
    write_dump()
