"""What a run finds as it was before is not brought in again, and nothing comes out differently for that."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from test_termbase_merge import FIRST, SECOND, mined

from termbuilder import pipeline, read
from termbuilder.model import ConceptEntry, Context, Link, Run, Source
from termbuilder.settings import Settings
from termbuilder.termbase import Termbase, merge
from termbuilder.termbase.refresh import refreshed

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture
def termbase(tmp_path: Path) -> Iterator[Termbase]:
    with Termbase.open(tmp_path / "glossary.db") as opened:
        yield opened


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The main terms of the entries that a merge compares with what the run found."""
    terms: list[str] = []

    def noting(ours: ConceptEntry, *rest: object) -> ConceptEntry:
        terms.append(ours.term)
        return refreshed(ours, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(merge, "refreshed", noting)
    return terms


def test_only_what_differs_is_compared(termbase: Termbase, compared: list[str]) -> None:
    entries = [mined("瞪羚企业", score=1.0), mined("揭榜挂帅", english=("open competition",), score=2.0)]
    termbase.merge(entries, FIRST)
    again = termbase.merge([entries[0], replace(entries[1], score=2.5)], SECOND)
    assert compared == ["揭榜挂帅"]
    assert (again.joined, again.changed, again.new) == (("c0001", "c0002"), ("c0002",), ())
    assert [entry.score for entry in termbase.entries()] == [2.5, 1.0]


def test_what_changed_is_compared_once_more_and_then_no_longer(termbase: Termbase, compared: list[str]) -> None:
    for score in (1.0, 1.5, 1.5, 1.5):
        termbase.merge([mined("瞪羚企业", score=score)], FIRST)
    assert compared == ["瞪羚企业", "瞪羚企业"]


def test_an_entry_that_a_person_changed_since_is_compared(termbase: Termbase, compared: list[str]) -> None:
    entry = mined("瞪羚企业", english=("gazelle company",), note="甲")
    termbase.merge([entry], FIRST)
    termbase.decide("c0001", {"note": "乙"}, "Wang")
    termbase.merge([entry], SECOND)
    assert termbase.entry("c0001").note == "乙"
    termbase.undo("c0001", "Wang")
    termbase.merge([entry], SECOND)
    assert termbase.entry("c0001").note == "甲"
    assert compared == ["瞪羚企业", "瞪羚企业"]


def test_another_version_of_the_program_compares_all(termbase: Termbase, compared: list[str]) -> None:
    termbase.merge([mined("瞪羚企业")], replace(FIRST, versions={"termbuilder": "1.0"}))
    termbase.merge([mined("瞪羚企业")], replace(SECOND, versions={"termbuilder": "1.1"}))
    assert compared == ["瞪羚企业"]


def test_what_was_rejected_stays_told_as_rejected(termbase: Termbase) -> None:
    termbase.merge([mined("工作方案"), mined("瞪羚企业")], FIRST)
    termbase.decide("c0001", {"status": "rejected"}, "Wang")
    for _ in range(3):
        again = termbase.merge([mined("工作方案"), mined("瞪羚企业")], SECOND)
        assert (again.rejected, again.joined) == (("c0001",), ("c0002",))


def test_a_mined_entry_that_meets_itself_stays_as_it_is() -> None:
    found = pipeline.mine(read.expand([EXAMPLES])[0], Settings(), started="2026-03-01T09:00:00").entries
    assert len(found) > 100
    assert [entry for entry in found if refreshed(entry, entry) != entry] == []


@pytest.mark.parametrize("seed", range(12))
def test_years_of_runs_and_decisions_end_as_if_all_were_compared_each_time(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    with Termbase.open(tmp_path / "a.db") as ours, Termbase.open(tmp_path / "b.db") as plain:
        for year in range(2020, 2030):
            run = Run("cccc", f"{year}-03-01T09:00:00")
            entries = found(chance)
            plain._db.execute("DELETE FROM settled")
            reports = [base.merge(entries, run) for base in (ours, plain)]
            assert reports[0] == reports[1]
            ids = [entry.id for entry in ours.entries()]
            changes = decision(chance, ids)
            for base in (ours, plain):
                for entry_id, wanted in changes.items():
                    base.decide(entry_id, wanted, "Wang")
                if year == 2025 and len(ids) > 1:
                    base.join(ids[0], ids[1], "Wang")
            assert timeless(ours) == timeless(plain)


def found(chance: random.Random) -> list[ConceptEntry]:
    """What a run finds: mostly what the others found, in another order, some of it with more."""
    entries = []
    for number in range(12):
        if chance.random() < 0.8:
            forms = [f"链长制{'甲乙丙丁戊己庚辛壬癸子丑'[number]}"]
            forms += [f"{forms[0]}制度"] if chance.random() < 0.3 else []
            forms += ["共用形式"] if chance.random() < 0.1 else []
            entry = mined(*forms, english=("chain chief",) if number % 3 else (), score=number / 4)
            if chance.random() < 0.2:
                entry = replace(entry, score=entry.score + chance.randrange(3), frequency=2)
            if chance.random() < 0.2:
                entry = mined(*forms, document="规划.pdf", score=number / 4)
            entries.append(replace(entry, id=f"r{number}"))
    chance.shuffle(entries)
    if len(entries) > 1 and chance.random() < 0.5:
        entries[0] = replace(entries[0], links=(Link("broader", entries[1].id, entries[1].term, "holds it"),))
    return entries


def decision(chance: random.Random, ids: list[str]) -> dict[str, dict[str, object]]:
    kinds: list[dict[str, object]] = [{"status": "approved"}, {"status": "rejected"}, {"note": f"说明{chance.randrange(9)}"}]
    return {chance.choice(ids): chance.choice(kinds) for _ in range(2)} if ids else {}


def timeless(base: Termbase) -> list[tuple[ConceptEntry, list[str]]]:
    return [(replace(entry, transactions=()), [item.act.what for item in base.history(entry.id)]) for entry in base.entries()]


def test_a_context_is_part_of_what_is_compared(termbase: Termbase, compared: list[str]) -> None:
    entry = mined("瞪羚企业")
    termbase.merge([entry], FIRST)
    chinese = entry.lang_sec("zh")
    shown = (*chinese.term_secs[0].contexts, Context("又一处写到瞪羚企业。", Source("通知.docx", 9, 80)))
    more = replace(entry, lang_secs=(replace(chinese, term_secs=(replace(chinese.term_secs[0], contexts=shown),)),))
    assert termbase.merge([more], SECOND).changed == ("c0001",)
    assert len(termbase.entry("c0001").contexts) == 2
