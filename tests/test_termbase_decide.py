from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from termbuilder.errors import TermbaseError
from termbuilder.model import ConceptEntry, LangSec, Link, Reading, Run, TermSec
from termbuilder.termbase import Termbase

RUN = Run("aaaa", "2026-03-01T09:00:00", name="office")


def entry_of(*forms: str, english: tuple[str, ...] = (), score: float = 0.0, reading: str = "") -> ConceptEntry:
    secs = tuple(TermSec(form, reading=Reading(reading) if reading else None) for form in forms)
    return ConceptEntry("", (LangSec("zh-CN", secs), LangSec("en", tuple(map(TermSec, english)))), score=score)


@pytest.fixture
def termbase(tmp_path: Path) -> Iterator[Termbase]:
    with Termbase.open(tmp_path / "glossary.db") as opened:
        opened.merge(
            [
                entry_of("瞪羚企业", "瞪羚", english=("gazelle company",), score=3.0, reading="dènglíng qǐyè"),
                entry_of("揭榜挂帅", "揭榜掛帥", english=("open competition for key projects",), score=2.0),
                entry_of("“532”战略", english=("532 strategy",), score=1.0),
            ],
            RUN,
        )
        yield opened


def test_a_decision_says_who_made_it_and_what_it_was(termbase: Termbase) -> None:
    termbase.decide("c0001", {"status": "approved", "note": "已与客户确认"}, "Wang", origin="round1.xlsx")
    item = termbase.history("c0001")[-1]
    assert (item.act.kind, item.act.who, item.act.origin) == ("modification", "Wang", "round1.xlsx")
    assert item.act.what == (
        "status: suggested → approved; process status of 瞪羚企业: unprocessed → finalized; "
        "process status of gazelle company: unprocessed → finalized; note: (empty) → 已与客户确认"
    )
    assert [(one.kind, one.who) for one in termbase.entry("c0001").transactions] == [
        ("origination", "termbuilder"),
        ("modification", "Wang"),
    ]


def test_approving_an_entry_decides_its_main_terms_only(termbase: Termbase) -> None:
    entry = termbase.decide("c0001", {"status": "approved"}, "Wang")
    assert [sec.process_status for sec in entry.lang_sec("zh").term_secs] == ["finalized", "unprocessed"]


def test_deciding_what_is_already_so_leaves_no_trace(termbase: Termbase) -> None:
    before = termbase.history("c0001")
    termbase.decide("c0001", {"status": "suggested"}, "Wang")
    assert termbase.history("c0001") == before


def test_undo_brings_the_entry_back_and_the_field_is_the_machines_again(termbase: Termbase) -> None:
    before = termbase.entry("c0001")
    termbase.decide("c0001", {"subject_field": "industry", "status": "approved"}, "Wang")
    after = termbase.undo("c0001", "Li")
    assert replace(after, transactions=()) == replace(before, transactions=())
    assert termbase.history("c0001")[-1].act.who == "Li"
    termbase.merge([replace(entry_of("瞪羚企业"), subject_field="finance")], RUN)
    assert termbase.entry("c0001").subject_field == "finance"


def test_decisions_are_undone_one_after_the_other_and_brought_back(termbase: Termbase) -> None:
    termbase.decide("c0001", {"note": "一"}, "Wang")
    termbase.decide("c0001", {"note": "二"}, "Wang")
    assert termbase.undo("c0001", "Wang").note == "一"
    assert termbase.undo("c0001", "Wang").note == ""
    with pytest.raises(TermbaseError, match="c0001 has no change to undo"):
        termbase.undo("c0001", "Wang")
    undoing = termbase.history("c0001")[-1]
    assert termbase.undo("c0001", "Wang", undoing.serial).note == "一"


def test_an_older_decision_is_not_undone_under_a_newer_one(termbase: Termbase) -> None:
    termbase.decide("c0001", {"note": "一"}, "Wang")
    serial = termbase.history("c0001")[-1].serial
    termbase.decide("c0001", {"note": "二"}, "Wang")
    with pytest.raises(TermbaseError, match="c0001: note has been changed again since"):
        termbase.undo("c0001", "Wang", serial)
    assert termbase.entry("c0001").note == "二"


def test_undoing_a_removed_english_term_lets_runs_bring_it_again(termbase: Termbase) -> None:
    chinese = termbase.entry("c0001").lang_secs[0]
    termbase.decide("c0001", {"lang_secs": (chinese,)}, "Wang")
    termbase.undo("c0001", "Wang")
    assert [sec.term for sec in termbase.entry("c0001").equivalents] == ["gazelle company"]
    termbase.decide("c0001", {"note": "x"}, "Wang")
    termbase.merge([entry_of("瞪羚企业", english=("gazelle company",))], RUN)
    assert [sec.term for sec in termbase.entry("c0001").equivalents] == ["gazelle company"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"status": "maybe"}, "c0001: maybe is no status. Use one of: suggested, approved, rejected."),
        ({"id": "c0002"}, "c0001: id is not a field that can be decided."),
        ({"frequency": 3}, "c0001: frequency is not a field that can be decided."),
        ({"colour": "red"}, "c0001: colour is not a field that can be decided."),
        ({"links": (Link("broader", "c0001"),)}, "c0001 cannot be linked to itself."),
        ({"links": (Link("broader", "c0099"),)}, "c0001 cannot be linked to c0099: there is no such entry."),
    ],
)
def test_what_cannot_be_decided_is_refused(termbase: Termbase, changes: dict[str, object], message: str) -> None:
    with pytest.raises(TermbaseError) as caught:
        termbase.decide("c0001", changes, "Wang")
    assert str(caught.value) == message


def test_an_unknown_id_is_refused(termbase: Termbase) -> None:
    with pytest.raises(TermbaseError, match="has no entry c0099"):
        termbase.decide("c0099", {"note": "x"}, "Wang")
    with pytest.raises(TermbaseError, match="has no entry 7"):
        termbase.entry("7")


def test_an_entry_made_by_a_person_is_theirs(termbase: Termbase) -> None:
    added = termbase.add(entry_of("链主企业", english=("chain leader",)), "Wang")
    assert added.id == "c0004"
    termbase.merge([entry_of("链主企业", english=("lead firm of an industrial chain",))], RUN)
    assert [sec.term for sec in termbase.entry("c0004").equivalents] == ["chain leader", "lead firm of an industrial chain"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("瞪羚", ["瞪羚企业"]),
        ("羚企", ["瞪羚企业"]),
        ("揭榜挂帅", ["揭榜挂帅"]),
        ("掛帥", ["揭榜挂帅"]),
        ("532", ["“532”战略"]),
        ("532战略", ["“532”战略"]),
        ("compet", ["揭榜挂帅"]),
        ("key projects", ["揭榜挂帅"]),
        ("dengling", ["瞪羚企业"]),
        ("揭挂", []),
        ("“”", []),
        ('"', []),
        ("", []),
    ],
)
def test_search_finds_parts_of_chinese_forms_english_words_and_pinyin(termbase: Termbase, text: str, terms: list[str]) -> None:
    assert [entry.term for entry in termbase.search(text)] == terms


def test_the_exact_term_is_found_before_longer_ones_with_a_better_score(termbase: Termbase) -> None:
    termbase.merge([entry_of("企业", score=0.5), entry_of("独角兽企业", score=9.0)], RUN)
    assert [entry.term for entry in termbase.search("企业")] == ["企业", "独角兽企业", "瞪羚企业"]


def test_entries_can_be_listed_by_status_and_text(termbase: Termbase) -> None:
    termbase.decide("c0003", {"status": "approved"}, "Wang")
    assert [entry.term for entry in termbase.entries(status="approved")] == ["“532”战略"]
    assert [entry.term for entry in termbase.entries(status="suggested", text="company")] == ["瞪羚企业"]


def test_a_search_finds_what_was_decided_and_no_longer_what_was_before(termbase: Termbase) -> None:
    chinese = termbase.entry("c0001").lang_secs[0]
    termbase.decide("c0001", {"lang_secs": (chinese, LangSec("en", (TermSec("fast-growing firm"),)))}, "Wang")
    assert termbase.search("gazelle") == []
    assert [entry.id for entry in termbase.search("fast-growing")] == ["c0001"]
