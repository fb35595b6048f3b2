from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from termbuilder.model import ConceptEntry, Definition, LangSec, Source, TermSec
from termbuilder.termbase.fields import flatten, unflatten
from termbuilder.termbase.threeway import filled, merged

WORDS = st.sampled_from(["瞪羚", "高企", "链主", "揭榜", ""])
TERM = st.builds(
    TermSec, st.sampled_from(["甲", "乙", "丙", "丁"]), note=WORDS, process_status=st.sampled_from(["unprocessed", "finalized"])
)


def sections(lang: str) -> st.SearchStrategy[LangSec]:
    terms = st.lists(TERM, max_size=3, unique_by=lambda sec: sec.term).map(tuple)
    definitions = st.lists(st.builds(Definition, WORDS, st.just(Source("通知"))), max_size=2, unique=True).map(tuple)
    return st.builds(LangSec, st.just(lang), terms, definitions, WORDS)


ENTRY = st.builds(
    ConceptEntry,
    st.just("c0001"),
    st.tuples(sections("zh-CN"), sections("en")),
    WORDS,
    WORDS,
    st.sampled_from(["suggested", "approved"]),
    note=WORDS,
    extra=st.lists(st.tuples(st.sampled_from(["客户", "项目"]), WORDS), max_size=2, unique_by=lambda pair: pair[0]).map(tuple),
)


def fields_of(entry: ConceptEntry) -> dict[tuple[str, ...], object]:
    return flatten(entry)


@settings(max_examples=60, deadline=None)
@given(ENTRY)
def test_an_entry_is_made_of_its_fields(entry: ConceptEntry) -> None:
    assert unflatten(ConceptEntry("c0001", ()), flatten(entry)) == entry


@settings(max_examples=60, deadline=None)
@given(ENTRY, ENTRY)
def test_a_file_that_was_not_edited_changes_nothing(base: ConceptEntry, ours: ConceptEntry) -> None:
    now, clashes = merged(flatten(base), flatten(base), flatten(ours))
    assert (unflatten(ours, now), clashes) == (ours, [])


@settings(max_examples=60, deadline=None)
@given(ENTRY, ENTRY)
def test_a_termbase_that_was_not_edited_takes_all_of_the_file(base: ConceptEntry, theirs: ConceptEntry) -> None:
    now, clashes = merged(flatten(base), flatten(theirs), flatten(base))
    assert clashes == []
    assert fields_of(unflatten(base, now)) == fields_of(theirs)


@settings(max_examples=60, deadline=None)
@given(ENTRY, ENTRY, ENTRY)
def test_where_both_changed_a_field_ours_stays_and_the_clash_is_told(
    base: ConceptEntry, theirs: ConceptEntry, ours: ConceptEntry
) -> None:
    now, clashes = merged(flatten(base), flatten(theirs), flatten(ours))
    after = unflatten(ours, now)
    told = {clash.path for clash in clashes}
    for name in ("subject_field", "category", "note", "status"):
        was, wanted, here = (getattr(entry, name) for entry in (base, theirs, ours))
        if wanted in (was, here):
            assert getattr(after, name) == here
        elif here == was:
            assert getattr(after, name) == wanted
        else:
            assert getattr(after, name) == here
            assert (name,) in told


@settings(max_examples=60, deadline=None)
@given(ENTRY, ENTRY)
def test_a_file_without_a_base_never_clears_or_replaces(theirs: ConceptEntry, ours: ConceptEntry) -> None:
    now, _ = filled(flatten(theirs), flatten(ours))
    after = unflatten(ours, now)
    for name in ("subject_field", "category", "note"):
        assert getattr(after, name) == (getattr(ours, name) or getattr(theirs, name))
    for before, section in zip(ours.lang_secs, after.lang_secs):
        assert [sec.term for sec in section.term_secs][: len(before.term_secs)] == [sec.term for sec in before.term_secs]
        assert section.definitions[: len(before.definitions)] == before.definitions


@settings(max_examples=60, deadline=None)
@given(ENTRY, ENTRY)
def test_a_step_backwards_undoes_the_step(before: ConceptEntry, after: ConceptEntry) -> None:
    now, clashes = merged(flatten(after), flatten(before), flatten(after))
    assert clashes == []
    assert fields_of(unflatten(after, now)) == fields_of(before)
