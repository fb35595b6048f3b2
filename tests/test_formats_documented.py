"""The table in docs/formats.md of what each format holds is true."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from termbuilder.formats import FORMATS
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

PAGE = Path(__file__).parents[1] / "docs" / "formats.md"
PLACE = Source("通知.docx", 3, 40, "page 2")
CHINESE = LangSec(
    "zh-CN",
    (
        TermSec(
            "链长制",
            part_of_speech="noun",
            administrative_status="preferredTerm",
            process_status="finalized",
            # syllables that nobody can read off the pinyin
            reading=Reading("liànzhǎng zhì", ("liàn", "zhǎng")),
            contexts=(Context("全面推行链长制。", PLACE, ((4, 7),)), Context("链长制见成效。", PLACE, ((0, 3),))),
            frequency=7,
        ),
        TermSec("产业链链长制", "variant", part_of_speech="measure word", frequency=2),
    ),
    (Definition("一种工作制度。", PLACE, "genus"), Definition("由领导担任链长。", PLACE, "purpose")),
)
ENGLISH = LangSec(
    "en",
    (
        TermSec(
            "chain-leader system",
            "fullForm",
            "preferredTerm",
            "finalized",
            origin="glossary",
            sources=("a.tsv",),
            reliability=8,
        ),
        TermSec("chain-chief system", origin="composed", sources=("链长 + 制",), reliability=4),
        TermSec("CLS", "acronym", "admittedTerm", "finalized", origin="human", reliability=9),
        TermSec("chain length system", administrative_status="deprecatedTerm", process_status="finalized", origin="human"),
    ),
)
GERMAN = LangSec("de", (TermSec("Kettenleitersystem"),))
FULL = ConceptEntry(
    "c0001",
    (CHINESE, ENGLISH, GERMAN),
    "industry",
    "institution",
    "approved",
    (Link("broader", "c0002", "制度", "head"), Link("related", "c0099", "产业链", "together")),
    (Transaction("origination", "2026-11-24", "termbuilder", "mined: glossary"),),
    "省级用语",
    score=2.5,
    reasons=(Reason("quoted", 0.8, "1 of 3"),),
    frequency=7,
    document_frequency=2,
    spread=(Spread("通知.docx", 7, PLACE, PLACE, "2026-11-01"),),
    extra=(("Client", "ACME"),),
)
OTHER = ConceptEntry("c0002", (LangSec("zh-CN", (TermSec("制度"),)), LangSec("en", (TermSec("system"),))), status="approved")

# What each row of the table speaks of.
FACETS: dict[str, Callable[[ConceptEntry], object]] = {
    "terms of all languages": lambda e: {s.lang: [sec.term for sec in s.term_secs] for s in e.lang_secs},
    "term type, use": lambda e: [(sec.term_type, sec.administrative_status) for s in e.lang_secs for sec in s.term_secs],
    "part of speech": lambda e: [sec.part_of_speech for sec in e.lang_sec("zh").term_secs],
    "entry status": lambda e: e.status,
    "pinyin, syllables": lambda e: e.term_sec.reading,
    "definitions with source and kind": lambda e: e.lang_sec("zh").definitions,
    "contexts with source": lambda e: [(context.text, context.source) for context in e.contexts],
    "where the term stands in a context": lambda e: [context.term_spans for context in e.contexts],
    "subject field": lambda e: e.subject_field,
    "category, frequency, documents": lambda e: (e.category, e.frequency, e.document_frequency),
    "origin, reliability of English": lambda e: [(sec.origin, sec.sources, sec.reliability) for sec in e.equivalents],
    "relations": lambda e: e.links,
    "transactions": lambda e: e.transactions,
    "your own columns": lambda e: [fact for fact in e.extra if fact[0] not in ("broader", "related")],
    "score, reasons, spread": lambda e: (e.score, e.reasons, e.spread),
}
# These say in words how much comes back, which is all that this entry has.
ALL_OF_IT = ("yes", "note", "reading; syllables that cannot be read off: note", "found again", "cross-reference; out of the file: note",
             "the same", "noun, verb, adjective, adverb, other; another one: other, and a note", "day, who, what")  # fmt: skip


def table() -> list[tuple[str, str, str]]:
    """(row, format, cell) of the table, for the formats that are read back."""
    section = PAGE.read_text(encoding="utf-8").partition("## What each format holds")[2].partition("\n## ")[0]
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith("|") and "---" not in line
    ]
    found = []
    for name, *cells in lines[1:]:
        before = ""
        for title, cell in zip(lines[0][1:], cells):
            cell = before if cell == "the same" else cell
            before = cell
            found += [
                (name, re.sub(r" \(own\)", "", format), cell)
                for format in title.split(", ")
                if FORMATS.get(format[:3] if format.startswith("csv") else format) and format != "html"
            ]
    return found


@pytest.fixture(scope="module")
def back(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ConceptEntry]:
    """The entry as each format brings it back."""
    entries = {}
    for name, format in FORMATS.items():
        if format.reader:
            path = tmp_path_factory.mktemp(name) / f"g{format.suffix}"
            format.dump([FULL, OTHER], Run("a1b2c3", "2026-11-24T10:00:00"), path)
            entries[name] = next(entry for entry in format.load(path).entries if entry.term == FULL.term)
    return entries


def test_the_table_speaks_of_everything() -> None:
    assert {row for row, _, _ in table()} == set(FACETS)
    assert {name for _, name, _ in table()} == {name for name, format in FORMATS.items() if format.reader} - {"tsv", "sheet"}


@pytest.mark.parametrize(("row", "name", "cell"), table())
def test_a_cell_of_the_table_is_true(row: str, name: str, cell: str, back: dict[str, ConceptEntry]) -> None:
    facet = FACETS[row]
    cell = next((part.removeprefix(f"{name}: ") for part in cell.split("; ") if part.startswith(f"{name}: ")), cell)
    whole, found = facet(FULL), facet(back[name])
    if cell in ALL_OF_IT:
        assert found == whole
    elif cell == "-":
        assert found != whole
    else:
        assert found != whole, f"docs/formats.md says “{cell}”, but all of it comes back"
