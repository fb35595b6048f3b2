from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from termbuilder.errors import TermbaseError
from termbuilder.model import ConceptEntry, Context, Definition, LangSec, Link, Reading, Run, Source, TermSec
from termbuilder.termbase import Conflict, EntryChange, ImportReport, Offer, Termbase

RUN = Run("aaaa", "2026-03-01T09:00:00", name="office")


def entry_of(*forms: str, english: tuple[str, ...] = (), entry_id: str = "", **more: object) -> ConceptEntry:
    english_secs = tuple(TermSec(term, origin="glossary", sources=("glossary",), reliability=7) for term in english)
    sections = (LangSec("zh-CN", tuple(map(TermSec, forms))), LangSec("en", english_secs))
    return replace(ConceptEntry(entry_id, sections), **more)  # type: ignore[arg-type]


def with_english(entry: ConceptEntry, *terms: str) -> ConceptEntry:
    """The entry as a person leaves it who edits the English cell."""
    have = {sec.term: sec for sec in entry.equivalents}
    secs = tuple(have.get(term, TermSec(term)) for term in terms)
    return replace(entry, lang_secs=(entry.lang_sec("zh"), LangSec("en", secs)))


@pytest.fixture
def termbase(tmp_path: Path) -> Iterator[Termbase]:
    with Termbase.open(tmp_path / "glossary.db") as opened:
        opened.merge(
            [
                entry_of("瞪羚企业", "瞪羚", english=("gazelle", "antelope firm"), subject_field="industry", score=3.0),
                entry_of("揭榜挂帅", english=("open competition",), note="mined", score=2.0),
                entry_of("高新技术企业", "高企", english=("high-tech enterprise",), score=1.0),
            ],
            RUN,
        )
        yield opened


def exported(termbase: Termbase) -> dict[str, ConceptEntry]:
    return {entry.id: entry for entry in termbase.entries()}


def english(termbase: Termbase, entry_id: str) -> list[str]:
    return [sec.term for sec in termbase.entry(entry_id).equivalents]


# --- with what was exported -----------------------------------------------------------------------------------------------


def test_a_workbook_that_comes_back_unchanged_changes_nothing(termbase: Termbase) -> None:
    base = exported(termbase)
    history = termbase.history("c0001")
    report = termbase.import_entries(list(base.values()), "Wang", "round1.xlsx", base)
    assert report == ImportReport(3, unchanged=("c0001", "c0002", "c0003"), origin="round1.xlsx")
    assert termbase.history("c0001") == history


def test_just_what_was_changed_in_the_workbook_is_changed(termbase: Termbase) -> None:
    base = exported(termbase)
    edited = replace(with_english(base["c0001"], "gazelle company", "gazelle"), status="approved", note="核")
    report = termbase.import_entries([edited, base["c0002"]], "Wang", "round1.xlsx", base)
    assert report.changed == (
        EntryChange(
            "c0001",
            "瞪羚企业",
            (
                "status: suggested → approved",
                "process status of 瞪羚企业: unprocessed → finalized",
                "en terms: gazelle | antelope firm → gazelle company | gazelle",
                "note: (empty) → 核",
            ),
        ),
    )
    after = termbase.entry("c0001")
    assert english(termbase, "c0001") == ["gazelle company", "gazelle"]
    assert after.equivalents[0] == TermSec(
        "gazelle company", origin="human", sources=("round1.xlsx",), process_status="finalized"
    )
    assert (after.status, after.note) == ("approved", "核")


def test_what_a_run_added_meanwhile_stays_and_is_no_conflict(termbase: Termbase) -> None:
    base = exported(termbase)
    termbase.merge([entry_of("瞪羚企业", "“瞪羚”企业", english=("gazelle enterprise",))], RUN)
    report = termbase.import_entries([with_english(base["c0001"], "gazelle company", "gazelle")], "Wang", "r.xlsx", base)
    assert report.conflicts == ()
    assert english(termbase, "c0001") == ["gazelle company", "gazelle enterprise", "gazelle"]
    assert [sec.term for sec in termbase.entry("c0001").lang_sec("zh").term_secs] == ["瞪羚企业", "“瞪羚”企业", "瞪羚"]


def test_a_field_that_both_changed_is_a_conflict_with_both_values_and_stays(termbase: Termbase) -> None:
    base = exported(termbase)
    termbase.decide("c0002", {"note": "Li: 待定"}, "Li")
    edited = replace(base["c0002"], note="Wang: 已定", subject_field="governance")
    report = termbase.import_entries([edited], "Wang", "round1.xlsx", base)
    assert report.conflicts == (Conflict("c0002", "揭榜挂帅", "note", "Li: 待定", "Wang: 已定"),)
    assert report.changed == (EntryChange("c0002", "揭榜挂帅", ("subject field: (empty) → governance",)),)
    assert termbase.entry("c0002").note == "Li: 待定"


def test_overwrite_takes_the_values_of_the_file(termbase: Termbase) -> None:
    base = exported(termbase)
    termbase.decide("c0002", {"note": "Li: 待定"}, "Li")
    report = termbase.import_entries([replace(base["c0002"], note="Wang: 已定")], "Wang", "r.xlsx", base, overwrite=True)
    assert len(report.conflicts) == 1
    assert termbase.entry("c0002").note == "Wang: 已定"
    assert termbase.undo("c0002", "Li").note == "Li: 待定"


def test_the_same_change_on_both_sides_is_no_conflict(termbase: Termbase) -> None:
    base = exported(termbase)
    termbase.decide("c0002", {"note": "已定"}, "Li")
    report = termbase.import_entries([replace(base["c0002"], note="已定")], "Wang", "r.xlsx", base)
    assert (report.conflicts, report.changed, report.unchanged) == ((), (), ("c0002",))


def test_one_term_replaced_differently_on_both_sides_is_a_conflict(termbase: Termbase) -> None:
    base = exported(termbase)
    chinese = base["c0002"].lang_sec("zh")
    termbase.decide("c0002", {"lang_secs": (chinese, LangSec("en", (TermSec("bid for leadership"),)))}, "Li")
    edited = with_english(base["c0002"], "open call for leaders")
    report = termbase.import_entries([edited], "Wang", "r.xlsx", base)
    assert report.conflicts == (Conflict("c0002", "揭榜挂帅", "en terms", "bid for leadership", "open call for leaders"),)
    assert english(termbase, "c0002") == ["bid for leadership"]
    termbase.import_entries([edited], "Wang", "r.xlsx", base, overwrite=True)
    assert english(termbase, "c0002") == ["open call for leaders"]


def test_english_put_first_on_both_sides_is_a_conflict_and_ours_stays_first(termbase: Termbase) -> None:
    base = exported(termbase)
    entry = termbase.entry("c0001")
    decided = TermSec("gazelle firm", administrative_status="preferredTerm", process_status="finalized", origin="human")
    termbase.decide("c0001", {"lang_secs": (entry.lang_sec("zh"), LangSec("en", (decided, *entry.equivalents)))}, "Li")
    edited = with_english(base["c0001"], "gazelle business", "antelope firm")
    report = termbase.import_entries([edited], "Wang", "r.xlsx", base)
    assert [(one.field, one.ours, one.theirs) for one in report.conflicts] == [
        ("en terms", "gazelle firm | gazelle | antelope firm", "gazelle business | antelope firm")
    ]
    assert english(termbase, "c0001") == ["gazelle firm", "gazelle business", "antelope firm"]


def test_english_that_a_run_put_first_meanwhile_gives_way_to_what_a_person_put_first(termbase: Termbase) -> None:
    base = exported(termbase)
    termbase.merge([entry_of("瞪羚企业", english=("gazelle firm", "gazelle", "antelope firm"))], RUN)
    edited = with_english(base["c0001"], "gazelle business", "gazelle", "antelope firm")
    report = termbase.import_entries([edited], "Wang", "r.xlsx", base)
    assert (report.conflicts, english(termbase, "c0001")[0]) == ((), "gazelle business")


def test_a_term_taken_out_in_the_file_but_worked_on_here_stays_and_is_a_conflict(termbase: Termbase) -> None:
    base = exported(termbase)
    entry = termbase.entry("c0001")
    noted = (entry.equivalents[0], replace(entry.equivalents[1], note="客户用"))
    termbase.decide("c0001", {"lang_secs": (entry.lang_sec("zh"), LangSec("en", noted))}, "Li")
    report = termbase.import_entries([with_english(base["c0001"], "gazelle")], "Wang", "r.xlsx", base)
    assert [conflict.field for conflict in report.conflicts] == ["en terms"]
    assert english(termbase, "c0001") == ["gazelle", "antelope firm"]


def test_a_cell_emptied_in_the_workbook_is_emptied(termbase: Termbase) -> None:
    base = exported(termbase)
    termbase.import_entries([replace(base["c0002"], note="")], "Wang", "r.xlsx", base)
    assert termbase.entry("c0002").note == ""


def test_english_put_into_another_order_stays_in_it(termbase: Termbase) -> None:
    base = exported(termbase)
    termbase.import_entries([with_english(base["c0001"], "antelope firm", "gazelle")], "Wang", "r.xlsx", base)
    termbase.merge([entry_of("瞪羚企业", english=("gazelle", "antelope firm"))], RUN)
    assert english(termbase, "c0001") == ["antelope firm", "gazelle"]


def test_a_chinese_term_corrected_in_the_workbook_keeps_its_entry(termbase: Termbase) -> None:
    base = exported(termbase)
    chinese = replace(base["c0002"].term_sec, term="揭榜挂帅制")
    edited = replace(base["c0002"], lang_secs=(LangSec("zh-CN", (chinese,)), base["c0002"].lang_sec("en")))
    report = termbase.import_entries([edited], "Wang", "r.xlsx", base)
    assert [change.term for change in report.changed] == ["揭榜挂帅制"]
    assert termbase.entry("c0002").term == "揭榜挂帅制"


def test_an_entry_that_was_rejected_in_the_workbook_is_on_the_stop_list(termbase: Termbase) -> None:
    base = exported(termbase)
    termbase.import_entries([replace(base["c0003"], status="rejected")], "Wang", "r.xlsx", base)
    assert termbase.rejected_keys() == {"高新技术企业", "高企"}


def test_ids_of_another_termbase_are_not_taken_for_ours(termbase: Termbase) -> None:
    foreign = entry_of("链主企业", english=("chain leader",), entry_id="c0001")
    report = termbase.import_entries([foreign], "Wang", "theirs.xlsx", {"c0001": foreign})
    assert report.new == ("c0004",)
    assert termbase.entry("c0001").term == "瞪羚企业"


# --- without: files from anywhere -----------------------------------------------------------------------------------------


def test_a_sparse_file_clears_nothing_and_fills_gaps(termbase: Termbase) -> None:
    before = termbase.entry("c0001")
    sparse = ConceptEntry("", (LangSec("zh", (TermSec("瞪羚企业", reading=Reading("dènglíng qǐyè")),)),), note="客户")
    report = termbase.import_entries([sparse], "Wang", "client.tbx")
    after = termbase.entry("c0001")
    assert (report.new, report.joined) == ((), ("c0001",))
    assert replace(after, transactions=()) == replace(
        before,
        transactions=(),
        note="客户",
        lang_secs=(
            LangSec(
                "zh-CN",
                (replace(before.term_sec, reading=Reading("dènglíng qǐyè")), *before.variants),
            ),
            before.lang_sec("en"),
        ),
    )


def test_doubles_are_joined_and_lists_grow(termbase: Termbase) -> None:
    definition = Definition("高成长的创新型企业。", Source("client.tbx"))
    context = Context("瞪羚企业数量翻番。", Source("client.tbx"))
    theirs = ConceptEntry(
        "t17",
        (
            LangSec("zh-Hans", (TermSec("「瞪羚企業」"), TermSec("瞪羚企业", contexts=(context,))), (definition,)),
            LangSec("en", (TermSec("gazelle"), TermSec("gazelle company"))),
        ),
    )
    report = termbase.import_entries([theirs, theirs], "Wang", "client.tbx")
    after = termbase.entry("c0001")
    assert report.refused == (("t17", "the id t17 stands in the file twice"),)
    assert report.joined == ("c0001",)
    assert [sec.term for sec in after.lang_sec("zh").term_secs] == ["瞪羚企业", "瞪羚", "「瞪羚企業」"]
    assert [sec.term for sec in after.equivalents] == ["gazelle", "antelope firm", "gazelle company"]
    assert after.equivalents[2] == TermSec("gazelle company", origin="user glossary", sources=("client.tbx",))
    assert after.contexts == (context,)
    assert after.definition == definition


def test_importing_the_same_file_again_doubles_nothing(termbase: Termbase) -> None:
    rows = [entry_of("链主企业", english=("chain leader",)), entry_of("瞪羚企业", english=("gazelle company",))]
    termbase.import_entries(rows, "Wang", "client.csv")
    before = termbase.entries()
    report = termbase.import_entries(rows, "Wang", "client.csv")
    assert (report.new, report.changed) == ((), ())
    assert report.joined == ("c0004", "c0001")
    assert termbase.entries() == before


def test_an_entry_without_chinese_is_not_doubled_by_importing_it_again(termbase: Termbase) -> None:
    orphan = ConceptEntry("", (LangSec("en", (TermSec("pilot zone"),)),))
    first = termbase.import_entries([orphan, orphan], "Wang", "client.csv")
    again = termbase.import_entries([orphan], "Wang", "client.csv")
    assert (first.new, first.joined, again.new, again.joined) == (("c0004",), ("c0004",), (), ("c0004",))
    chinese = entry_of("试点区", english=("pilot zone",))  # the same English is not yet the same concept
    assert termbase.import_entries([chinese], "Wang", "client.csv").new == ("c0005",)


def test_a_row_that_stands_twice_is_one_entry(termbase: Termbase) -> None:
    rows = [entry_of("链主企业", english=("chain leader",)), entry_of("链主企业", english=("lead firm",))]
    report = termbase.import_entries(rows, "Wang", "client.csv")
    assert (report.new, report.joined) == (("c0004",), ("c0004",))
    assert english(termbase, "c0004") == ["chain leader", "lead firm"]


def test_another_value_than_ours_is_a_conflict_without_a_base(termbase: Termbase) -> None:
    report = termbase.import_entries([entry_of("瞪羚企业", english=("gazelle",), subject_field="finance")], "Wang", "x.csv")
    assert report.conflicts == (Conflict("c0001", "瞪羚企业", "subject field", "industry", "finance"),)
    assert termbase.entry("c0001").subject_field == "industry"


def test_a_homonym_of_another_subject_field_is_an_entry_of_its_own(termbase: Termbase) -> None:
    theirs = entry_of("瞪羚企业", english=("Gazelle Ltd",), subject_field="company names")
    report = termbase.import_entries([theirs], "Wang", "client.csv")
    assert (report.new, report.joined, report.conflicts) == (("c0004",), (), ())
    assert report.offered == (Offer("c0004", "c0001", "瞪羚企业"),)


def test_an_entry_that_shares_only_a_variant_is_new_and_offered(termbase: Termbase) -> None:
    report = termbase.import_entries([entry_of("高企", english=("high-tech firm",))], "Wang", "client.csv")
    assert report.new == ("c0004",)
    assert report.offered == (Offer("c0004", "c0003", "高企"),)


def test_approved_entries_of_a_file_without_base_are_approved(termbase: Termbase) -> None:
    report = termbase.import_entries([entry_of("瞪羚企业", entry_id="c0001", status="approved")], "Wang", "team.tbx")
    assert report.conflicts == ()
    assert termbase.entry("c0001").status == "approved"


def test_a_rejected_entry_does_not_come_back_by_a_file(termbase: Termbase) -> None:
    termbase.decide("c0003", {"status": "rejected"}, "Wang")
    report = termbase.import_entries([entry_of("高新技术企业", status="approved")], "Li", "team.tbx")
    assert report.conflicts == (Conflict("c0003", "高新技术企业", "status", "rejected", "approved"),)
    assert termbase.entry("c0003").status == "rejected"


def test_an_exported_file_restores_a_termbase_with_its_ids_and_links(termbase: Termbase, tmp_path: Path) -> None:
    termbase.decide("c0001", {"links": (Link("related", "c0003", "高新技术企业"),)}, "Wang")
    entries = termbase.entries()
    with Termbase.open(tmp_path / "again.db") as other:
        report = other.import_entries(entries[::-1], "Wang", "glossary.jsonl")
        assert report.new == ("c0003", "c0002", "c0001")
        assert [replace(entry, transactions=()) for entry in other.entries()] == [
            replace(entry, transactions=()) for entry in entries
        ]


def test_runs_fill_the_gaps_of_an_imported_entry_and_change_nothing_it_states(termbase: Termbase) -> None:
    theirs = entry_of("链主企业", english=("chain leader",), subject_field="industry")
    termbase.import_entries([theirs], "Wang", "client.csv")
    context = Context("培育链主企业。", Source("通知.docx"))
    found = ConceptEntry(
        "",
        (
            LangSec("zh-CN", (TermSec("链主企业", reading=Reading("liànzhǔ qǐyè"), contexts=(context,)),)),
            LangSec("en", (TermSec("lead firm", reliability=9),)),
        ),
        subject_field="finance",
        category="organisation",
        score=2.5,
    )
    termbase.merge([found], RUN)
    after = termbase.entry("c0004")
    assert (after.subject_field, after.category, after.score) == ("industry", "organisation", 2.5)
    assert after.term_sec.reading == Reading("liànzhǔ qǐyè")
    assert after.contexts == (context,)
    assert [sec.term for sec in after.equivalents] == ["chain leader", "lead firm"]


def test_what_cannot_be_an_entry_is_refused_with_the_reason(termbase: Termbase) -> None:
    rows = [entry_of("", entry_id="x1"), entry_of("链主企业", status="maybe")]
    report = termbase.import_entries(rows, "Wang", "client.csv")
    assert report.refused == (
        ("x1", "it has no term"),
        ("链主企业", "maybe is no status; use one of: suggested, approved, rejected"),
    )


def test_a_file_without_entries_is_an_error(termbase: Termbase) -> None:
    with pytest.raises(TermbaseError) as caught:
        termbase.import_entries([], "Wang", "client.csv")
    assert str(caught.value) == "client.csv gave no entry; nothing was changed. Check that it is the right file."


def test_a_dry_run_tells_the_same_and_changes_nothing(termbase: Termbase) -> None:
    before = termbase.entries()
    rows = [entry_of("链主企业"), entry_of("瞪羚企业", english=("gazelle company",))]
    told = termbase.import_entries(rows, "Wang", "client.csv", dry_run=True)
    assert termbase.entries() == before
    assert termbase.import_entries(rows, "Wang", "client.csv") == told


# --- joining and splitting ------------------------------------------------------------------------------------------------


def test_two_entries_are_joined_and_taken_apart_again(termbase: Termbase) -> None:
    before = {entry.id: replace(entry, transactions=()) for entry in termbase.entries()}
    joined = termbase.join("c0001", "c0003", "Wang")
    assert [sec.term for sec in joined.lang_sec("zh").term_secs] == ["瞪羚企业", "瞪羚", "高新技术企业", "高企"]
    assert [entry.id for entry in termbase.entries()] == ["c0001", "c0002"]
    assert termbase.entry("c0003") == termbase.entry("c0001")
    assert termbase.merge([entry_of("高企")], RUN).ids == ("c0001",)
    termbase.undo("c0001", "Wang")
    assert {entry.id: replace(entry, transactions=()) for entry in termbase.entries()} == before


def test_links_to_a_joined_entry_lead_to_where_it_lives_on(termbase: Termbase) -> None:
    termbase.decide("c0002", {"links": (Link("related", "c0003"),)}, "Wang")
    termbase.decide("c0001", {"links": (Link("narrower", "c0003"),)}, "Wang")
    termbase.join("c0001", "c0003", "Wang")
    assert termbase.entry("c0002").links == (Link("related", "c0001"),)
    assert termbase.entry("c0001").links == ()


def test_a_form_that_was_split_off_stays_apart_in_later_runs(termbase: Termbase) -> None:
    own = termbase.split("c0003", ["高企"], "Wang")
    assert (own.id, own.term) == ("c0004", "高企")
    report = termbase.merge([entry_of("高新技术企业", "高企")], RUN)
    assert report.ids == ("c0003",)
    assert [sec.term for sec in termbase.entry("c0003").lang_sec("zh").term_secs] == ["高新技术企业"]
    termbase.undo("c0003", "Wang")
    assert [sec.term for sec in termbase.entry("c0003").lang_sec("zh").term_secs] == ["高新技术企业", "高企"]
    assert [entry.id for entry in termbase.entries()] == ["c0001", "c0002", "c0003"]


def test_not_every_split_makes_sense(termbase: Termbase) -> None:
    with pytest.raises(TermbaseError, match="c0003 cannot be split: name some, but not all, of 高新技术企业, 高企"):
        termbase.split("c0003", ["高新技术企业", "高企"], "Wang")
    with pytest.raises(TermbaseError, match="c0001 cannot be joined to itself"):
        termbase.join("c0001", "c0001", "Wang")
