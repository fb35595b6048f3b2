"""Rows to concept entries and back."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from termbuilder.model import (
    ConceptEntry,
    Context,
    Definition,
    LangSec,
    Link,
    Reading,
    Reason,
    Spread,
    TermSec,
    Transaction,
)

from .codec import dumps, loads
from .keys import key_of

_DEFINITIONS = tuple[Definition, ...]
_CONTEXTS = tuple[Context, ...]
_SOURCES = tuple[str, ...]
_REASONS = tuple[Reason, ...]
_SPREADS = tuple[Spread, ...]
_READING = Reading | None

_CONCEPT_COLUMNS = (
    "status, subject_field, category, note, score, frequency, document_frequency, reasons, spread, extra"  # as in `_scalars`
)
_PIECES = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]")
# SQLite takes so many numbers in one statement at least.
_AT_ONCE = 500


def id_of(number: int) -> str:
    """The id that people see.

    >>> id_of(7)
    'c0007'
    """
    return f"c{number:04d}"


def number_of(entry_id: str) -> int | None:
    """The number behind an id of a termbase, None if `entry_id` is no such id.

    >>> number_of("c0007"), number_of("term-7")
    (7, None)
    """
    digits = entry_id[1:]
    if digits.isascii() and digits.isdigit() and len(digits) < 19 and entry_id == id_of(int(digits)):
        return int(digits)
    return None


def next_number(db: sqlite3.Connection) -> int:
    """The number of the next new entry; numbers of retired entries are never given again."""
    return int(db.execute("SELECT coalesce(max(number), 0) + 1 FROM concept").fetchone()[0])


def is_taken(db: sqlite3.Connection, number: int) -> bool:
    """Is or was there an entry of this number?"""
    return db.execute("SELECT 1 FROM concept WHERE number = ?", (number,)).fetchone() is not None


def living_number(db: sqlite3.Connection, number: int | None) -> int | None:
    """The entry in use that `number` is, or was joined to; None if there is none."""
    while True:
        row = db.execute("SELECT retired, joined_to FROM concept WHERE number = ?", (number,)).fetchone()
        if row is None or not row[0]:
            return number if row else None
        number = row[1]


def read(db: sqlite3.Connection, numbers: Sequence[int]) -> list[ConceptEntry]:
    """The entries with these numbers, in the order of `numbers`; numbers that are not there are left out."""
    return list(each(db, numbers))


def each(db: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[ConceptEntry]:
    """What `read` gives, one after the other."""
    for start in range(0, len(numbers), _AT_ONCE):
        some = list(numbers[start : start + _AT_ONCE])
        found = _read_some(db, some)
        yield from (found[number] for number in some if number in found)


def _read_some(db: sqlite3.Connection, numbers: list[int]) -> dict[int, ConceptEntry]:
    among = f"IN ({','.join('?' * len(numbers))})"
    term_secs: defaultdict[tuple[int, int], list[TermSec]] = defaultdict(list)
    for concept, section, *plain, reading, contexts, sources, origin, reliability, frequency, usage, note in db.execute(
        "SELECT concept, section, term, term_type, administrative_status, process_status, part_of_speech, reading, contexts, "
        f"sources, origin, reliability, frequency, geographical_usage, note FROM term_sec WHERE concept {among} "
        "ORDER BY concept, section, position",
        numbers,
    ):
        term, term_type, administrative, process, part_of_speech = plain
        sec = TermSec(
            term,
            term_type,
            administrative,
            process,
            part_of_speech,
            loads(_READING, reading),
            loads(_CONTEXTS, contexts),
            loads(_SOURCES, sources),
            origin,
            reliability,
            frequency,
            usage,
            note,
        )
        term_secs[concept, section].append(sec)
    lang_secs: defaultdict[int, list[LangSec]] = defaultdict(list)
    for concept, position, lang, note, definitions in db.execute(
        f"SELECT concept, position, lang, note, definitions FROM lang_sec WHERE concept {among} ORDER BY concept, position",
        numbers,
    ):
        terms = tuple(term_secs[concept, position])
        lang_secs[concept].append(LangSec(lang, terms, loads(_DEFINITIONS, definitions), note))
    links: defaultdict[int, list[Link]] = defaultdict(list)
    for concept, kind, target, term, rule, retired in db.execute(
        "SELECT concept, kind, target, term, rule, retired FROM link JOIN concept AS other ON other.number = target "
        f"WHERE concept {among} ORDER BY concept, position",
        numbers,
    ):
        living = living_number(db, target) if retired else target
        if living is not None and living != concept:
            links[concept].append(Link(kind, id_of(living), term, rule))
    transactions: defaultdict[int, list[Transaction]] = defaultdict(list)
    for concept, *told in db.execute(
        # A machine's refreshing of evidence is in the history, but would drown what people did.
        f"SELECT concept, kind, made, who, what FROM history WHERE concept {among} AND kind <> 'refresh' ORDER BY serial",
        numbers,
    ):
        transactions[concept].append(Transaction(*told))
    return {
        number: ConceptEntry(
            id_of(number),
            tuple(lang_secs[number]),
            subject_field,
            category,
            status,
            tuple(links[number]),
            tuple(transactions[number]),
            note,
            score,
            loads(_REASONS, reasons),
            frequency,
            document_frequency,
            loads(_SPREADS, spread),
            tuple((key, value) for key, value in json.loads(extra or "[]")),
        )
        for number, status, subject_field, category, note, score, frequency, document_frequency, reasons, spread, extra in db.execute(
            f"SELECT number, {_CONCEPT_COLUMNS} FROM concept WHERE number {among}", numbers
        )
    }


def insert(db: sqlite3.Connection, number: int, entry: ConceptEntry, run: int | None) -> None:
    """Write a new entry (its links apart: their targets may not be there yet)."""
    db.execute(
        f"INSERT INTO concept (number, {_CONCEPT_COLUMNS}, first_run, last_run) VALUES (?{',?' * 12})",
        (number, *_scalars(entry), run, run),
    )
    _insert_sections(db, number, entry)


def update(db: sqlite3.Connection, number: int, entry: ConceptEntry) -> None:
    """Write all of an entry that is there, links included."""
    columns = ", ".join(f"{name.strip()} = ?" for name in _CONCEPT_COLUMNS.split(","))
    db.execute(f"UPDATE concept SET {columns} WHERE number = ?", (*_scalars(entry), number))
    db.execute("DELETE FROM lang_sec WHERE concept = ?", (number,))
    db.execute("DELETE FROM search WHERE rowid = ?", (number,))
    _insert_sections(db, number, entry)
    write_links(db, number, entry.links)


def write_links(db: sqlite3.Connection, number: int, links: Iterable[Link]) -> None:
    """Write the links of an entry; each target must be the id of an entry that is there."""
    db.execute("DELETE FROM link WHERE concept = ?", (number,))
    db.executemany(
        "INSERT INTO link (concept, position, kind, target, term, rule) VALUES (?, ?, ?, ?, ?, ?)",
        [(number, n, link.kind, number_of(link.target), link.term, link.rule) for n, link in enumerate(links)],
    )


def _scalars(entry: ConceptEntry) -> tuple[object, ...]:
    return (
        entry.status,
        entry.subject_field,
        entry.category,
        entry.note,
        entry.score,
        entry.frequency,
        entry.document_frequency,
        dumps(entry.reasons),
        dumps(entry.spread),
        dumps(entry.extra),
    )


def _insert_sections(db: sqlite3.Connection, number: int, entry: ConceptEntry) -> None:
    for position, section in enumerate(entry.lang_secs):
        db.execute(
            "INSERT INTO lang_sec (concept, position, lang, note, definitions) VALUES (?, ?, ?, ?, ?)",
            (number, position, section.lang, section.note, dumps(section.definitions)),
        )
        db.executemany(
            f"INSERT INTO term_sec VALUES (?{',?' * 16})",
            [(number, position, n, *_term_row(section.lang, sec)) for n, sec in enumerate(section.term_secs)],
        )
    db.execute(
        "INSERT INTO search (rowid, chinese, english, reading, other) VALUES (?, ?, ?, ?, ?)", (number, *_search_text(entry))
    )


def _term_row(lang: str, sec: TermSec) -> tuple[object, ...]:
    return (
        sec.term,
        key_of(sec.term, lang),
        sec.term_type,
        sec.administrative_status,
        sec.process_status,
        sec.part_of_speech,
        dumps(sec.reading),
        dumps(sec.contexts),
        dumps(sec.sources),
        sec.origin,
        sec.reliability,
        sec.frequency,
        sec.geographical_usage,
        sec.note,
    )


def _search_text(entry: ConceptEntry) -> tuple[str, str, str, str]:
    chinese = [sec.term for sec in entry.lang_sec("zh").term_secs]
    readings = [sec.reading.text for sec in entry.lang_sec("zh").term_secs if sec.reading]
    others = [sec.term for section in entry.lang_secs if section.lang.split("-")[0] != "zh" for sec in section.term_secs]
    definitions = [definition.text for section in entry.lang_secs for definition in section.definitions]
    # Each form as printed and by its key, so that 揭榜掛帥 and 揭榜挂帅 both find it. A form that equals its key stands once.
    forms = chain.from_iterable(dict.fromkeys((form, key_of(form))) for form in chinese)
    notes = [entry.note, *definitions, *(value for _, value in entry.extra)]
    return " ; ".join(map(spaced, forms)), " ; ".join(others), " ; ".join(readings), " ; ".join(map(spaced, notes))


def spaced(text: str) -> str:
    """Put a space beside every character outside ASCII, which makes each a word of its own for the search index.

    >>> spaced("“532”战略")
    '“ 532 ” 战 略'
    """
    return " ".join(_PIECES.findall(text))
