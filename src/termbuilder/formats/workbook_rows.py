"""What stands in the rows of the workbook: the same for writing it and for seeing what a person changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from termbuilder.formats.select import NOT_TO_BE_USED, standing
from termbuilder.formats.text import one_line, plain, reading_text, source_text
from termbuilder.model import ConceptEntry, Context, Definition, TermSec

Cell = str | int | float
BETWEEN = " | "  # between synonyms in one cell, as Trados and others take it


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its key for us, its title for people, its width in characters."""

    key: str
    title: str
    width: int
    hidden: bool = False
    help: str = ""


# The first seven fit on a landscape page and are what is printed.
TERMS = (
    Column(
        "term",
        "Chinese term",
        19,
        help="The main form. Changing it renames the concept; add the old form to Other Chinese forms if it is still in use.",
    ),
    Column("pinyin", "Pinyin", 19),
    Column("english", "English", 26, help="The English to use."),
    Column("other_english", "Other English", 22, help="Other English renderings, separated by |."),
    Column("status", "Status", 11, help="suggested: nobody has decided yet. approved: use it. rejected: not a term."),
    Column("definition", "Definition", 36),
    Column("context", "Context", 40),
    Column("forms", "Other Chinese forms", 24, help="Variants and short forms, separated by |."),
    Column("not_to_use", "Do not use", 22, help="English (or Chinese) that is not to be used, separated by |."),
    Column("subject_field", "Subject field", 18),
    Column("category", "Category", 13),
    Column("part_of_speech", "Part of speech", 12),
    Column("broader", "Broader term", 18),
    Column("related", "See also", 20),
    Column("frequency", "Frequency", 10),
    Column("document_frequency", "Documents", 11),
    Column("english_source", "Source of the English", 28),
    Column("reliability", "Reliability (1-10)", 10),
    Column("definition_source", "Source of the definition", 28),
    Column("context_source", "Source of the context", 28),
    Column("note", "Note", 30),
)
PRINTED = 7
ID = Column("id", "ID", 12, hidden=True)
SCORE = Column("score", "Score", 8)

VARIANTS = (
    Column("concept", "Concept", 20),
    Column("form", "Form", 26),
    Column("lang", "Language", 10),
    Column("term_type", "Type", 13),
    Column("administrative_status", "Use", 13, help="preferred, admitted, deprecated, superseded"),
    Column("decision", "Status", 11),
    Column("pinyin", "Pinyin", 22),
    Column("frequency", "Frequency", 10),
    Column("origin", "Origin", 14),
    Column("reliability", "Reliability (1-10)", 10),
    Column("sources", "Sources", 34),
    Column("region", "Region", 10),
    Column("note", "Note", 30),
)
CONTEXTS = (
    Column("concept", "Concept", 20),
    Column("kind", "Kind", 13, help="definition or context"),
    Column("text", "Text", 80),
    Column("source", "Source", 40),
)
KEY = Column("key", "Key", 14, hidden=True)
RELATIONS = (
    Column("concept", "Concept", 24),
    Column("kind", "Relation", 14),
    Column("other", "Other concept", 24),
    Column("rule", "Why", 30),
)


def terms_row(entry: ConceptEntry) -> dict[str, Cell]:
    """The cells of an entry on the sheet Terms, by column key, in the order of the columns.

    >>> from termbuilder.model import LangSec
    >>> entry = ConceptEntry("c1", (LangSec("zh-CN", (TermSec("揭榜挂帅"), TermSec("揭榜制", "shortForm"))),))
    >>> terms_row(entry)["forms"]
    '揭榜制'
    """
    main, variants, equivalents = entry.term_sec, entry.variants, entry.equivalents
    english = [sec for sec in equivalents if sec.administrative_status not in NOT_TO_BE_USED]
    forms = [sec for sec in variants if sec.administrative_status not in NOT_TO_BE_USED]
    refused = [sec for sec in (*variants, *equivalents) if sec.administrative_status in NOT_TO_BE_USED]
    definition, context = shown_definition(entry), shown_context(entry)
    best = english[0] if english else None
    return {
        "term": one_line(main.term),
        "pinyin": reading_text(main.reading) if main.reading else "",
        "english": one_line(best.term) if best else "",
        "other_english": joined(english[1:]),
        "status": entry.status,
        "definition": plain(definition.text) if definition else "",
        "context": plain(context.text) if context else "",
        "forms": joined(forms),
        "not_to_use": joined(refused),
        "subject_field": entry.subject_field,
        "category": entry.category,
        "part_of_speech": main.part_of_speech,
        "broader": _linked(entry, "broader"),
        "related": _linked(entry, "related"),
        "frequency": entry.frequency,
        "document_frequency": entry.document_frequency,
        "english_source": _origin(best) if best else "",
        "reliability": best.reliability if best and best.reliability else "",
        "definition_source": source_text(definition.source) if definition else "",
        "context_source": source_text(context.source) if context else "",
        "note": plain(entry.note),
    }


def _linked(entry: ConceptEntry, kind: str) -> str:
    return BETWEEN.join(one_line(link.term) or link.target for link in entry.links if link.kind == kind)


def shown_definition(entry: ConceptEntry) -> Definition | None:
    """The definition on the sheet Terms: the best Chinese one, else the first of any language."""
    return entry.definition or next((definition for section in entry.lang_secs for definition in section.definitions), None)


def shown_context(entry: ConceptEntry) -> Context | None:
    """The context on the sheet Terms: the first of the Chinese forms."""
    return next((context for sec in entry.lang_sec("zh").term_secs for context in sec.contexts), None)


def joined(secs: Sequence[TermSec]) -> str:
    """Terms in one cell."""
    return BETWEEN.join(one_line(sec.term) for sec in secs)


def _origin(sec: TermSec) -> str:
    sources = "; ".join(sec.sources)
    if sec.origin and sources.startswith(f"{sec.origin}: "):
        return sources  # it says so itself
    return ": ".join(part for part in (sec.origin, sources) if part)


def variant_rows(entry: ConceptEntry) -> Iterator[dict[str, Cell]]:
    """A row of the sheet Variants for every designation of the concept, in every language; cells in the order of the columns."""
    concept = one_line(entry.term)
    for section in entry.lang_secs:
        for sec in section.term_secs:
            yield {
                "concept": concept or one_line(section.term_secs[0].term),
                "form": one_line(sec.term),
                "lang": section.lang,
                "term_type": sec.term_type,
                "administrative_status": sec.administrative_status.removesuffix("Term"),
                "decision": standing(entry, sec),
                "pinyin": reading_text(sec.reading) if sec.reading else "",
                "frequency": sec.frequency or "",
                "origin": sec.origin,
                "reliability": sec.reliability or "",
                "sources": "\n".join(plain(source) for source in sec.sources),
                "region": sec.geographical_usage,
                "note": plain(sec.note),
            }


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row of the sheet Contexts. `key` says which definition or context of the entry it is: `definition zh-CN 0`, `context 1 0`."""

    key: str
    kind: str
    text: str
    source: str
    context: Context | None = None


def evidence_rows(entry: ConceptEntry) -> Iterator[Evidence]:
    """Every definition and context of an entry, in order."""
    for section in entry.lang_secs:
        for number, definition in enumerate(section.definitions):
            kind = "definition" if definition.kind == "explicit" else f"definition ({definition.kind})"
            yield Evidence(f"definition {section.lang} {number}", kind, plain(definition.text), source_text(definition.source))
    for section in entry.lang_secs:
        for place, sec in enumerate(section.term_secs):
            for number, context in enumerate(sec.contexts):
                key = f"context {section.lang} {place} {number}"
                yield Evidence(key, "context", plain(context.text), source_text(context.source), context)


def chinese_forms(entry: ConceptEntry) -> list[str]:
    """Every Chinese form of the entry, for highlighting."""
    return [sec.term for sec in entry.lang_sec("zh").term_secs]


def extra_columns(names: Iterable[str]) -> dict[str, str]:
    """A column title for each named fact (by name): the name, unless one of our columns is called so.

    >>> extra_columns(["Client", "Status", "Client"])
    {'Client': 'Client', 'Status': 'Status (2)'}
    """
    used = {column.title.lower() for column in (*TERMS, ID, SCORE)}
    titles: dict[str, str] = {}
    for name in names:
        if name not in titles and len(titles) < MOST_EXTRA_COLUMNS:
            title = stem = one_line(name) or "?"
            number = 2
            while title.lower() in used:
                title, number = f"{stem} ({number})", number + 1
            used.add(title.lower())
            titles[name] = title
    return titles


def extra_cells(entry: ConceptEntry) -> dict[str, str]:
    """The named facts of an entry, a cell for each name.

    >>> extra_cells(ConceptEntry("c1", (), extra=(("Client", "ACME"), ("Client", "省科技厅"))))
    {'Client': 'ACME | 省科技厅'}
    """
    facts: dict[str, str] = {}
    for name, value in entry.extra:
        facts[name] = f"{facts[name]}{BETWEEN}{value}" if name in facts else value
    return facts


def fitting(text: str) -> str:
    """The text as a cell can hold it: Excel takes 32,767 UTF-16 units, and a character may be two of them."""
    text = plain(text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def lines_in(text: str, width: int) -> int:
    """About how many lines a text takes in a column of that many characters; a Han character takes two.

    >>> lines_in("揭榜挂帅", 10), lines_in("揭榜挂帅制度", 10), lines_in("gazelle enterprise", 10)
    (1, 2, 3)
    """
    room = max(width - 1, 1)
    if 5 * len(text) <= 2 * room and "\n" not in text:
        return 1  # whatever its characters are
    lines = 0
    for part in text.split("\n"):
        if part.isascii():
            # words do not break, so Latin text fills its lines less well
            lines += max(1, -(-int(len(part) * 1.1) // room))
        else:  # a Han character has three bytes and the width of two letters
            lines += max(1, -(-(len(part) + (len(part.encode("utf-8", "replace")) - len(part)) // 2) // room))
    return lines


LONGEST_TEXT = 16_000
HIDDEN_COPY = "_termbuilder"

# A sheet may have 16,384 columns, a person can use far fewer; what has no column stays in the file's hidden copy.
MOST_EXTRA_COLUMNS = 100
