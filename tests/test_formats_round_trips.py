"""Entries written and read again are equal, wherever the format has room."""

from __future__ import annotations

import tempfile
from dataclasses import MISSING, fields, is_dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termbuilder.formats import FORMATS, Options
from termbuilder.formats.text import one_line, plain, spans_in
from termbuilder.model import (
    ConceptEntry,
    Context,
    Definition,
    LangSec,
    Link,
    Reading,
    Reason,
    Run,
    Source,
    Spread,
    TermSec,
    Transaction,
)

RUN = Run("a1b2c3", "2026-11-24T10:00:00", {"termbuilder": "0.1.0"})

# Han with and without a code point beyond 16 bits, Latin, marks that XML and spreadsheets treat specially, right to left, emoji.
LETTERS = "揭榜挂帅链长制科创板𠮷𰻝〇“”《》（）·—、，。%&<>\"'=+-@|[]{}\\/:; \n\tabcXYZ012éüǚ😀👩\u200d🔬שלוםعربي_x000D_"
TEXT = st.text(st.sampled_from(LETTERS), max_size=40).map(plain)
FILLED = TEXT.filter(bool)
TERM = (
    st.text(st.sampled_from(LETTERS.replace("|", "").replace("；", "").replace(";", "")), min_size=1, max_size=12)
    .map(one_line)
    .filter(bool)
)
SOURCE = st.one_of(
    st.builds(Source, st.sampled_from(["", "通知.txt", "报告 2024.pdf", "国务院公报 2023, 第 4 号"])),
    st.builds(
        Source,
        st.sampled_from(["通知.txt", "a, b.docx"]),
        st.integers(0, 9999),
        st.integers(0, 10**6),
        st.sampled_from(["", "page 3", "sheet 表1, cell B!C4", "paragraph 12"]),
    ),
)
READING = st.one_of(
    st.none(),
    st.builds(
        Reading,
        st.sampled_from(["jiēbǎng guàshuài", "liànzhǎngzhì", "Cháng Sānjiǎo", "xī'ān", "“wǔ-sān-èr” zhànlüè"]),
        st.lists(st.sampled_from(["jiē", "bǎng", "guà", "shuài", "Cháng", "lüè"]), max_size=5).map(tuple),
        st.booleans(),
    ),
)
SCORE = st.sampled_from([0.0, 3.21, -1.5])
CONTEXT = st.builds(Context, FILLED, SOURCE, st.just(()), SCORE)
DEFINITION = st.builds(
    Definition,
    FILLED,
    SOURCE,
    st.sampled_from(["annex", "explicit", "expansion", "short form", "genus", "purpose", "human"]),
    SCORE,
)
TERM_SEC = st.builds(
    TermSec,
    TERM,
    st.sampled_from(["fullForm", "shortForm", "abbreviation", "acronym", "variant", "phrase"]),
    st.sampled_from(["preferredTerm", "admittedTerm", "deprecatedTerm", "supersededTerm"]),
    st.sampled_from(["unprocessed", "provisionallyProcessed", "finalized"]),
    st.sampled_from(["", "noun", "verb", "properNoun", "other", "measure word"]),
    READING,
    st.lists(CONTEXT, max_size=3).map(tuple),
    st.lists(FILLED, max_size=2).map(tuple),
    st.sampled_from(["", "human", "glossary", "user glossary", "composed"]),
    st.integers(0, 10),
    st.integers(0, 99),
    st.sampled_from(["", "江苏"]),
    TEXT,
)
LANGUAGE = st.builds(
    LangSec,
    st.just(""),
    st.lists(TERM_SEC, min_size=1, max_size=4, unique_by=lambda sec: sec.term).map(tuple),
    st.lists(DEFINITION, max_size=2).map(tuple),
    TEXT,
)
NAME = st.sampled_from(["Client", "Status", "客户", "a]b", "colour\\tone", "ID"])


def _entry(
    number: int, chinese: LangSec, english: LangSec | None, german: LangSec | None, fields: dict[str, object]
) -> ConceptEntry:
    sections = [replace(chinese, lang="zh-CN")]
    sections += [replace(english, lang="en")] if english else []
    sections += [replace(german, lang="de")] if german else []
    spanned = []
    for section in sections:
        forms = [sec.term for sec in section.term_secs]
        secs = tuple(
            replace(sec, contexts=tuple(replace(context, term_spans=spans_in(context.text, forms)) for context in sec.contexts))
            for sec in section.term_secs
        )
        spanned.append(replace(section, term_secs=secs))
    return ConceptEntry(f"c{number}", tuple(spanned), **fields)  # type: ignore[arg-type]


FIELDS = st.fixed_dictionaries(
    {
        "subject_field": TEXT.map(one_line),
        "category": st.sampled_from(["", "coinage", "numeric"]),
        "status": st.sampled_from(["suggested", "approved", "rejected"]),
        "links": st.lists(
            st.builds(
                Link,
                st.sampled_from(["broader", "narrower", "related", "shortForm", "part"]),
                st.sampled_from(["c1", "c2", "c777"]),
                st.sampled_from(["", "企业", "链长制"]),
                st.sampled_from(["", "head", "human"]),
            ),
            max_size=2,
            unique_by=lambda link: (link.kind, link.target),
        ).map(tuple),
        "transactions": st.lists(
            st.builds(
                Transaction,
                st.sampled_from(["origination", "modification"]),
                st.sampled_from(["2026-11-24", "2024-02-29"]),
                st.sampled_from(["", "王芳", "termbuilder"]),
                st.sampled_from(["", "mined", "status approved"]),
            ),
            max_size=2,
        ).map(tuple),
        "note": TEXT,
        "score": SCORE,
        "reasons": st.lists(st.builds(Reason, st.just("quoted"), SCORE, TEXT), max_size=2).map(tuple),
        "frequency": st.integers(0, 99),
        "document_frequency": st.integers(0, 9),
        "spread": st.lists(
            st.builds(Spread, st.just("通知.txt"), st.integers(1, 9), SOURCE, SOURCE, st.sampled_from(["", "2024-05-01"])),
            max_size=1,
        ).map(tuple),
        "extra": st.lists(st.tuples(NAME, FILLED), max_size=3).map(tuple),
    }
)
ENTRIES = st.lists(st.tuples(LANGUAGE, st.none() | LANGUAGE, st.none() | LANGUAGE, FIELDS), min_size=1, max_size=3).map(
    lambda rows: [_entry(number, *row) for number, row in enumerate(rows, 1)]
)


ALL = Options(statuses=("suggested", "approved", "rejected"))


def held_by_tbx(entry: ConceptEntry, entries: list[ConceptEntry], version: int) -> ConceptEntry:
    """What TBX has room for: not scores, reasons and spread; in version 2 not what a transaction was about.

    Links to entries that are not in the file are notes and come after the others.
    """
    ids = {other.id for other in entries}
    inside = [link for link in entry.links if link.target in ids]
    return replace(
        entry,
        score=0.0,
        reasons=(),
        spread=(),
        links=tuple(inside + [link for link in entry.links if link not in inside]),
        transactions=tuple(replace(t, what="" if version == 2 else t.what) for t in entry.transactions),
        lang_secs=tuple(map(_unscored, entry.lang_secs)),
    )


def _unscored(section: LangSec) -> LangSec:
    secs = tuple(
        replace(sec, contexts=tuple(replace(context, score=0.0) for context in sec.contexts)) for sec in section.term_secs
    )
    return replace(section, term_secs=secs, definitions=tuple(replace(one, score=0.0) for one in section.definitions))


def written_and_read(name: str, entries: list[ConceptEntry]) -> list[ConceptEntry]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"glossary{FORMATS[name].suffix}"
        FORMATS[name].dump(entries, RUN, path, ALL)
        return list(FORMATS[name].load(path).entries)


FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(ENTRIES)
@pytest.mark.parametrize("name", ["jsonl", "xlsx"])
def test_everything_comes_back_from(name: str, entries: list[ConceptEntry]) -> None:
    assert written_and_read(name, entries) == entries


@FEW
@given(ENTRIES)
@pytest.mark.parametrize("name", ["tbx", "tbx-dct", "tbx-linguist", "tbx2"])
def test_what_tbx_has_room_for_comes_back_from(name: str, entries: list[ConceptEntry]) -> None:
    version = 2 if name == "tbx2" else 3
    wanted = [held_by_tbx(entry, entries, version) for entry in entries]
    assert written_and_read(name, entries) == wanted


def held_by_multiterm(entry: ConceptEntry, entries: list[ConceptEntry]) -> ConceptEntry:
    """As TBX, but not what a transaction was about; a link without a term gets that of the entry that it leads to."""
    terms = {other.id: other.term for other in entries}
    return replace(
        held_by_tbx(entry, entries, 2),
        links=tuple(replace(link, term=link.term or terms.get(link.target, "")) for link in entry.links),
        extra=tuple(sorted(entry.extra)),
    )


@FEW
@given(ENTRIES)
def test_what_multiterm_has_room_for_comes_back(entries: list[ConceptEntry]) -> None:
    back = [replace(entry, extra=tuple(sorted(entry.extra))) for entry in written_and_read("multitermxml", entries)]
    assert back == [held_by_multiterm(entry, entries) for entry in entries]


def _states(value: object, found: set[tuple[str, str]]) -> None:
    """Note each field of the model, anywhere in `value`, that has another value than its default."""
    if isinstance(value, tuple | list):
        for one in value:
            _states(one, found)
    elif is_dataclass(value):
        for part in fields(value):
            stated = getattr(value, part.name)
            if part.default is MISSING or stated != part.default:
                found.add((type(value).__name__, part.name))
            _states(stated, found)


def test_every_field_of_the_model_is_tried() -> None:
    tried: set[tuple[str, str]] = set()

    @settings(max_examples=25, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(ENTRIES)
    def collect(entries: list[ConceptEntry]) -> None:
        _states(entries, tried)

    collect()
    of = (ConceptEntry, LangSec, TermSec, Reading, Context, Definition, Source, Link, Transaction, Reason, Spread)
    assert {(kind.__name__, part.name) for kind in of for part in fields(kind)} - tried == set()
