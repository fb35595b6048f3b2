from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termbuilder.model import (
    ConceptEntry,
    Context,
    Definition,
    DocumentReport,
    LangSec,
    Link,
    Reading,
    Reason,
    Run,
    Source,
    Spread,
    TermSec,
)
from termbuilder.termbase import Offer, Termbase

FIRST = Run("aaaa", "2026-03-01T09:00:00", documents=(DocumentReport("通知.docx", "docx", "d1", 900, 30),))
SECOND = Run("bbbb", "2026-03-02T09:00:00", documents=(DocumentReport("规划.pdf", "pdf", "d2", 800, 20),))


def mined(
    *forms: str, english: tuple[str, ...] = (), document: str = "通知.docx", count: int = 1, **more: object
) -> ConceptEntry:
    """An entry as a run makes it: the forms in one document, with one context of the main one."""
    at = Source(document, 3, 20)
    secs = [TermSec(form, frequency=count) for form in forms]
    secs[0] = replace(secs[0], contexts=(Context(f"{document}写到{forms[0]}。", at),))
    english_secs = tuple(TermSec(term, origin="glossary", sources=("glossary",), reliability=7) for term in english)
    sections = (LangSec("zh-CN", tuple(secs)),) + ((LangSec("en", english_secs),) if english else ())
    entry = ConceptEntry("", sections, spread=(Spread(document, count, at, at),), frequency=count, document_frequency=1)
    return replace(entry, **more)  # type: ignore[arg-type]


@pytest.fixture
def termbase(tmp_path: Path) -> Iterator[Termbase]:
    with Termbase.open(tmp_path / "glossary.db") as opened:
        yield opened


def bare(entry: ConceptEntry) -> ConceptEntry:
    return replace(entry, id="", transactions=())


def test_a_fresh_run_comes_back_as_it_was_given_and_numbered_in_its_order(termbase: Termbase) -> None:
    entries = [mined("瞪羚企业", score=1.0), mined("揭榜挂帅", "揭榜掛帥", english=("open competition",), score=2.0)]
    report = termbase.merge(entries, FIRST)
    assert report.new == report.ids == ("c0001", "c0002")
    assert [entry.id for entry in termbase.entries()] == ["c0002", "c0001"]
    assert [bare(entry) for entry in termbase.entries()] == [entries[1], entries[0]]


def test_the_same_run_again_changes_nothing(termbase: Termbase) -> None:
    entries = [mined("瞪羚企业", "羚企"), mined("揭榜挂帅", english=("open competition",))]
    termbase.merge(entries, FIRST)
    before = termbase.entries()
    report = termbase.merge(entries, FIRST)
    assert (report.new, report.changed, report.joined) == ((), (), ("c0001", "c0002"))
    assert termbase.entries() == before


def test_another_document_adds_its_contexts_counts_and_forms(termbase: Termbase) -> None:
    termbase.merge([mined("瞪羚企业", count=2)], FIRST)
    report = termbase.merge([mined("瞪羚企业", "“瞪羚”企业", document="规划.pdf", count=3, score=1.0)], SECOND)
    assert report.changed == ("c0001",)
    entry = termbase.entry("c0001")
    assert entry.frequency == 5
    assert entry.document_frequency == 2
    assert [sec.term for sec in entry.lang_sec("zh").term_secs] == ["瞪羚企业", "“瞪羚”企业"]
    assert [context.source.document for context in entry.contexts] == ["通知.docx", "规划.pdf"]
    assert entry.term_sec.frequency == 5


def test_of_a_large_corpus_some_documents_are_named_and_all_are_counted(termbase: Termbase) -> None:
    at = Source("通知.docx", 3, 20)
    named = (Spread("通知.docx", 9, at, at), Spread("规划.pdf", 8, at, at))
    large = replace(mined("瞪羚企业"), spread=named, frequency=500, document_frequency=200)
    termbase.merge([large], FIRST)
    termbase.merge([replace(large, spread=named[:1], frequency=510, document_frequency=201)], SECOND)  # the same and one more
    [entry] = termbase.entries()
    assert (entry.frequency, entry.document_frequency, entry.spread) == (510, 201, named[:1])
    other = mined("瞪羚企业", document="办法.txt", count=4)
    termbase.merge([other], SECOND)  # one that is not among them
    [entry] = termbase.entries()
    assert (entry.frequency, entry.document_frequency) == (514, 202)
    assert [one.document for one in entry.spread] == ["通知.docx", "办法.txt"]
    again = replace(other, spread=(*named[:1], *other.spread), frequency=13, document_frequency=2)
    termbase.merge([again], SECOND)  # both were named before
    [entry] = termbase.entries()
    assert (entry.frequency, entry.document_frequency) == (514, 202)


def test_a_quoted_or_traditional_form_joins_its_concept(termbase: Termbase) -> None:
    termbase.merge([mined("揭榜挂帅")], FIRST)
    report = termbase.merge([mined("「揭榜掛帥」", document="规划.pdf")], SECOND)
    assert report.new == ()
    assert [sec.term for sec in termbase.entry("c0001").lang_sec("zh").term_secs] == ["「揭榜掛帥」", "揭榜挂帅"]


def test_a_longer_term_is_another_concept(termbase: Termbase) -> None:
    termbase.merge([mined("独角兽企业")], FIRST)
    assert termbase.merge([mined("潜在独角兽企业")], SECOND).new == ("c0002",)


def test_every_field_that_a_person_set_stays(termbase: Termbase) -> None:
    run_entry = mined(
        "瞪羚企业", english=("gazelle",), subject_field="finance", category="organisation", note="mined note", score=1.0
    )
    termbase.merge([run_entry], FIRST)
    entry = termbase.entry("c0001")
    chinese = replace(
        entry.lang_sec("zh"),
        term_secs=(replace(entry.term_sec, reading=Reading("dènglíng qǐyè", ("dèng", "líng", "qǐ", "yè")), note="读音已核"),),
        definitions=(Definition("高成长的企业。", Source("人工"), "human"),),
    )
    english = LangSec("en", (TermSec("gazelle company", origin="human", reliability=10), *entry.equivalents))
    decided = termbase.decide(
        "c0001",
        {"lang_secs": (chinese, english), "subject_field": "industry", "note": "", "status": "approved"},
        "Wang",
    )
    again = replace(
        run_entry,
        lang_secs=(
            LangSec(
                "zh-CN",
                (replace(run_entry.term_sec, reading=Reading("Dènglíng Qǐyè"), note="x"),),
                (Definition("另一个定义。", Source("规划.pdf")),),
            ),
            LangSec("en", (TermSec("antelope firm", origin="machine", reliability=2), TermSec("gazelle", reliability=8))),
        ),
        score=3.0,
    )
    termbase.merge([again], SECOND)
    after = termbase.entry("c0001")
    assert after.subject_field == "industry"
    assert after.note == ""
    assert after.status == "approved"
    assert after.lang_sec("zh").definitions == decided.lang_sec("zh").definitions
    assert after.term_sec.reading == decided.term_sec.reading
    assert after.term_sec.note == "读音已核"
    assert [sec.term for sec in after.equivalents] == ["gazelle company", "gazelle", "antelope firm"]
    assert after.score == 3.0


def test_an_english_term_that_a_person_took_out_does_not_come_back(termbase: Termbase) -> None:
    run_entry = mined("专精特新", english=("specialised and new", "SRDI"))
    termbase.merge([run_entry], FIRST)
    entry = termbase.entry("c0001")
    kept = (entry.lang_sec("zh"), LangSec("en", entry.equivalents[1:]))
    termbase.decide("c0001", {"lang_secs": kept}, "Wang")
    termbase.merge([run_entry], SECOND)
    assert [sec.term for sec in termbase.entry("c0001").equivalents] == ["SRDI"]


def test_a_rejected_entry_stays_rejected_and_its_forms_are_the_stop_list(termbase: Termbase) -> None:
    termbase.merge([mined("有关部门", "有關部門"), mined("瞪羚企业")], FIRST)
    termbase.decide("c0001", {"status": "rejected"}, "Wang")
    report = termbase.merge([mined("有关部门", document="规划.pdf")], SECOND)
    assert (report.new, report.rejected) == ((), ("c0001",))
    assert termbase.entry("c0001").status == "rejected"
    assert termbase.rejected_keys() == {"有关部门"}


def test_a_term_that_lists_a_rejected_form_as_its_variant_is_still_new(termbase: Termbase) -> None:
    termbase.merge([mined("中心")], FIRST)
    termbase.decide("c0001", {"status": "rejected"}, "Wang")
    report = termbase.merge([mined("国家技术创新中心", "中心")], SECOND)
    assert report.new == ("c0002",)
    assert [sec.term for sec in termbase.entry("c0002").lang_sec("zh").term_secs] == ["国家技术创新中心"]
    assert report.offered == ()


def test_a_form_that_a_person_took_out_becomes_an_entry_of_its_own_when_it_is_mined(termbase: Termbase) -> None:
    termbase.merge([mined("高新技术企业", "高新区")], FIRST)
    entry = termbase.entry("c0001")
    termbase.decide("c0001", {"lang_secs": (replace(entry.lang_sec("zh"), term_secs=(entry.term_sec,)),)}, "Wang")
    report = termbase.merge([mined("高新区", "高新技术企业", document="规划.pdf")], SECOND)
    assert report.new == ("c0002",)
    assert [sec.term for sec in termbase.entry("c0002").lang_sec("zh").term_secs] == ["高新区"]
    assert [sec.term for sec in termbase.entry("c0001").lang_sec("zh").term_secs] == ["高新技术企业"]


def test_a_term_that_a_person_corrected_does_not_come_back_as_a_new_entry(termbase: Termbase) -> None:
    termbase.merge([mined("实施揭榜挂帅")], FIRST)
    corrected = replace(termbase.entry("c0001").term_sec, term="揭榜挂帅")
    termbase.decide("c0001", {"lang_secs": (LangSec("zh-CN", (corrected,)),)}, "Wang")
    report = termbase.merge([mined("实施揭榜挂帅", document="规划.pdf", count=2)], SECOND)
    assert (report.new, report.joined) == ((), ("c0001",))
    entry = termbase.entry("c0001")
    assert [sec.term for sec in entry.lang_sec("zh").term_secs] == ["揭榜挂帅"]
    assert entry.frequency == 3
    termbase.undo("c0001", "Wang")
    termbase.merge([mined("实施揭榜挂帅", document="规划.pdf", count=2)], SECOND)
    assert [entry.term for entry in termbase.entries()] == ["实施揭榜挂帅"]


def test_two_entries_that_turn_out_to_share_a_form_are_offered_and_not_joined(termbase: Termbase) -> None:
    termbase.merge([mined("高企"), mined("高新技术企业")], FIRST)
    report = termbase.merge([mined("高新技术企业", "高企", document="规划.pdf")], SECOND)
    assert report.offered == (Offer("c0002", "c0001", "高企"),)
    assert [entry.term for entry in termbase.entries()] == ["高企", "高新技术企业"]
    assert [sec.term for sec in termbase.entry("c0002").lang_sec("zh").term_secs] == ["高新技术企业"]


def test_forms_that_the_run_kept_apart_come_together_where_the_termbase_knows_better(termbase: Termbase) -> None:
    termbase.merge([mined("高新技术企业", "高企")], FIRST)
    report = termbase.merge([mined("高企", document="规划.pdf", count=4), mined("高新技术企业", document="规划.pdf")], SECOND)
    assert report.ids == ("c0001", "c0001")
    entry = termbase.entry("c0001")
    assert [sec.term for sec in entry.lang_sec("zh").term_secs] == ["高新技术企业", "高企"]
    assert entry.frequency == 6


def test_links_follow_the_ids_of_the_termbase_also_forwards(termbase: Termbase) -> None:
    termbase.merge([mined("产业集群")], FIRST)
    run = [
        mined(
            "创新型产业集群", id="r1", links=(Link("broader", "r2", "产业集群", "suffix"), Link("related", "r3", "链主企业"))
        ),
        mined("产业集群", id="r2", links=(Link("narrower", "r1", "创新型产业集群", "suffix"), Link("related", "r9"))),
        mined("链主企业", id="r3"),
    ]
    termbase.merge(run, SECOND)
    assert termbase.entry("c0002").links == (
        Link("broader", "c0001", "产业集群", "suffix"),
        Link("related", "c0003", "链主企业"),
    )
    assert termbase.entry("c0001").links == (Link("narrower", "c0002", "创新型产业集群", "suffix"),)


def test_the_entries_that_a_run_brought_can_be_asked_for(termbase: Termbase) -> None:
    termbase.merge([mined("瞪羚企业")], FIRST)
    report = termbase.merge([mined("瞪羚企业"), mined("链主企业")], SECOND)
    assert [entry.term for entry in termbase.entries(run=report.run)] == ["链主企业"]


def test_a_run_that_fails_in_the_middle_leaves_nothing(termbase: Termbase) -> None:
    broken = mined("链主企业", status="maybe")
    with pytest.raises(Exception, match="could not be used"):
        termbase.merge([mined("瞪羚企业"), broken], FIRST)
    assert termbase.entries() == []
    assert termbase.merge([mined("瞪羚企业")], FIRST).run == 1


# --- whatever comes, it comes back -----------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
NUMBER = st.integers(0, 10**9)
SCORE = st.floats(-50, 50)
SOURCE = st.builds(Source, TEXT, NUMBER, NUMBER, TEXT)
SPAN = st.tuples(NUMBER, NUMBER)
CONTEXT = st.builds(Context, TEXT, SOURCE, st.lists(SPAN, max_size=2).map(tuple), SCORE)
DEFINITION = st.builds(Definition, TEXT, SOURCE, st.sampled_from(["annex", "explicit", "human"]), SCORE)
READING = st.none() | st.builds(Reading, TEXT, st.lists(TEXT, max_size=3).map(tuple), st.booleans())


def term_secs(term: st.SearchStrategy[str]) -> st.SearchStrategy[TermSec]:
    return st.builds(
        TermSec,
        term,
        st.sampled_from(["fullForm", "shortForm", "variant"]),
        st.sampled_from(["preferredTerm", "admittedTerm", "deprecatedTerm"]),
        st.sampled_from(["unprocessed", "finalized"]),
        TEXT,
        READING,
        st.lists(CONTEXT, max_size=2).map(tuple),
        st.lists(TEXT, max_size=2).map(tuple),
        TEXT,
        st.integers(0, 10),
        NUMBER,
        TEXT,
        TEXT,
    )


def lang_secs(lang: str, term: st.SearchStrategy[str]) -> st.SearchStrategy[LangSec]:
    terms = st.lists(term_secs(term), min_size=1, max_size=3).map(tuple)
    return st.builds(LangSec, st.just(lang), terms, st.lists(DEFINITION, max_size=2).map(tuple), TEXT)


ENTRY = st.builds(
    ConceptEntry,
    st.just(""),
    st.tuples(lang_secs("zh-CN", TEXT), lang_secs("en", TEXT)),
    TEXT,
    TEXT,
    st.sampled_from(["suggested", "approved", "rejected"]),
    st.just(()),
    st.just(()),
    TEXT,
    SCORE,
    st.lists(st.builds(Reason, TEXT, SCORE, TEXT), max_size=2).map(tuple),
    NUMBER,
    NUMBER,
    st.lists(st.builds(Spread, TEXT, NUMBER, SOURCE, SOURCE, TEXT), max_size=2).map(tuple),
    st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
)


def with_own_main_terms(entries: list[ConceptEntry]) -> list[ConceptEntry]:
    """A run never has two entries of one main term."""
    numbered = []
    for number, entry in enumerate(entries):
        chinese = entry.lang_secs[0]
        main = replace(chinese.term_secs[0], term=f"{chinese.term_secs[0].term}術語{number}")
        section = replace(chinese, term_secs=(main, *chinese.term_secs[1:]))
        numbered.append(replace(entry, lang_secs=(section, *entry.lang_secs[1:])))
    return numbered


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ENTRY, max_size=4).map(with_own_main_terms))
def test_any_entries_come_back_equal(entries: list[ConceptEntry]) -> None:
    with Termbase.open(":memory:") as termbase:
        report = termbase.merge(entries, FIRST)
        assert [bare(termbase.entry(entry_id)) for entry_id in report.ids] == entries
