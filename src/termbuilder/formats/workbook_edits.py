"""Applies what a person changed in a row of the workbook to the entry that the row shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast, get_args

from termbuilder.formats.languages import language_of
from termbuilder.formats.select import NOT_TO_BE_USED
from termbuilder.formats.text import one_line, reading_of, source_of, spans_in
from termbuilder.formats.workbook_rows import terms_row
from termbuilder.model import (
    ConceptEntry,
    Context,
    Definition,
    EntryStatus,
    LangSec,
    Link,
    Origin,
    ProcessStatus,
    Source,
    TermSec,
    TermType,
)

Cells = Mapping[str, str]  # column key -> text, only the columns to apply
_LIST_COLUMNS = ("term", "english", "other_english", "forms", "not_to_use")
_COUNTED = {"frequency": "Frequency", "document_frequency": "Documents", "score": "Score"}
_SPLIT = re.compile(r"\s*(?:\||\n|；|;(?=\s))\s*")


def terms_in(cell: str) -> list[str]:
    """The terms of a cell, each once.

    >>> terms_in("gazelle enterprise | gazelle company|")
    ['gazelle enterprise', 'gazelle company']
    """
    return list(dict.fromkeys(term for part in _SPLIT.split(cell) if (term := one_line(part))))


def with_cells(
    entry: ConceptEntry, cells: Cells, ids_by_term: Mapping[str, str], status: EntryStatus
) -> tuple[ConceptEntry, list[tuple[str, str]]]:
    """The entry with the changed cells of a Terms row; and remarks as (column key, what was not taken over and why).

    `status` is given to an entry that has no id yet and no status of its own in the row.
    """
    remarks: list[tuple[str, str]] = []
    if not entry.id and "status" not in cells:
        entry = replace(entry, status=status)
    if any(column in cells for column in _LIST_COLUMNS):
        entry = _with_terms(entry, cells, remarks)
    for column, text in cells.items():
        if column == "pinyin":
            entry = with_main(entry, reading=reading_of(text, entry.term) if text else None)
        elif column == "part_of_speech":
            entry = with_main(entry, part_of_speech=text)
        elif column in ("definition", "definition_source"):
            entry = _with_definition(entry, column, text)
        elif column in ("context", "context_source"):
            entry = _with_context(entry, column, text)
        elif column in ("subject_field", "category", "note"):
            entry = replace(entry, **{column: text})  # type: ignore[arg-type]
        elif column in ("broader", "related"):
            entry = _with_links(entry, column, text, ids_by_term, remarks)
        elif column in ("english_source", "reliability"):
            entry = _with_english_source(entry, column, text, remarks)
        elif column in _COUNTED and entry.id and text:
            remarks.append((column, "this figure is counted, not edited: left as it was"))
        elif column.startswith("extra "):
            entry = _with_extra(entry, column.removeprefix("extra "), text)
    if "status" in cells:
        entry = _with_status(entry, cells["status"], remarks)
    return entry, remarks


# --- terms ------------------------------------------------------------------------------------------------------------


def _with_terms(entry: ConceptEntry, cells: Cells, remarks: list[tuple[str, str]]) -> ConceptEntry:
    """Both languages made anew from the cells that list terms; what is known about a term goes with it."""
    shown = {column: str(value) for column, value in terms_row(entry).items()}
    wanted = {column: terms_in(cells[column] if column in cells else shown[column]) for column in _LIST_COLUMNS}
    term = one_line(cells.get("term", shown["term"]))
    if not term and shown["term"]:
        remarks.append(("term", "the term was emptied: kept as it was (set the status to rejected instead)"))
        term = shown["term"]
    refused_before = set(terms_in(shown["not_to_use"]))
    refused = wanted["not_to_use"]
    chinese = [term, *(form for form in wanted["forms"] if form != term)] if term else wanted["forms"]
    english = list(dict.fromkeys([*wanted["english"], *wanted["other_english"]]))
    sections = []
    present = {section.lang.split("-")[0] for section in entry.lang_secs}
    before = list(entry.lang_secs)
    before += [LangSec(code) for code in ("zh-CN", "en") if code.split("-")[0] not in present]
    done: set[str] = set()
    for section in before:
        primary = section.lang.split("-")[0]
        if primary not in ("zh", "en") or primary in done:
            sections.append(section)
            continue
        done.add(primary)
        used = chinese if primary == "zh" else english
        secs = {one_line(sec.term): sec for sec in section.term_secs}
        barred = [word for word in refused if word in secs or (word not in chinese + english and language_of(word) == primary)]
        if primary == "zh" and term and term not in secs and section.term_secs:
            secs[term] = replace(section.term_secs[0], term=term)  # renamed: what is known about it stays
        new = [
            _in_use(secs.get(word), word, primary, place == 0, refused_before)
            for place, word in enumerate(used)
            if word not in barred
        ]
        new += [_barred(secs.get(word), word) for word in barred]
        section = replace(section, term_secs=tuple(new))
        if section.term_secs or section.definitions or section.note:
            sections.append(section)
    return replace(entry, lang_secs=tuple(sections))


def _in_use(sec: TermSec | None, word: str, primary: str, first: bool, refused_before: set[str]) -> TermSec:
    if sec is None:
        kind: TermType = "fullForm" if first or primary == "en" else "variant"
        return TermSec(word, kind, process_status="finalized", origin="human" if primary == "en" else "")
    if word in refused_before and sec.administrative_status in NOT_TO_BE_USED:
        return replace(sec, administrative_status="admittedTerm", process_status="finalized")
    return sec


def _barred(sec: TermSec | None, word: str) -> TermSec:
    if sec is None:
        return TermSec(word, administrative_status="deprecatedTerm", process_status="finalized", origin="human")
    if sec.administrative_status in NOT_TO_BE_USED:
        return sec
    return replace(sec, administrative_status="deprecatedTerm", process_status="finalized")


def _with_status(entry: ConceptEntry, text: str, remarks: list[tuple[str, str]]) -> ConceptEntry:
    status = text.strip().lower()
    if status not in get_args(EntryStatus):
        remarks.append(("status", f"“{text}” is no status (suggested, approved, rejected): left as it was"))
        return entry
    entry = replace(entry, status=cast(EntryStatus, status))
    if status != "approved":
        return entry
    # approving a row approves what the row shows as the term and as the English
    sections = []
    for section in entry.lang_secs:
        secs = list(section.term_secs)
        first = next((place for place, sec in enumerate(secs) if sec.administrative_status not in NOT_TO_BE_USED), None)
        if first is not None and section.lang.split("-")[0] in ("zh", "en"):
            secs[first] = replace(secs[first], administrative_status="preferredTerm", process_status="finalized")
        sections.append(replace(section, term_secs=tuple(secs)))
    return replace(entry, lang_secs=tuple(sections))


def with_main(entry: ConceptEntry, **changes: Any) -> ConceptEntry:
    """The entry with its Chinese main term changed."""
    section = entry.lang_sec("zh")
    if not section.term_secs:
        return entry
    return with_section(entry, replace(section, term_secs=(replace(section.term_secs[0], **changes), *section.term_secs[1:])))


def with_section(entry: ConceptEntry, section: LangSec) -> ConceptEntry:
    """The entry with one language section put in the place of the one of that language."""
    sections = [section if s.lang == section.lang else s for s in entry.lang_secs]
    if section.lang not in [s.lang for s in entry.lang_secs]:
        sections.append(section)
    return replace(entry, lang_secs=tuple(sections))


def _with_english_source(entry: ConceptEntry, column: str, text: str, remarks: list[tuple[str, str]]) -> ConceptEntry:
    section = entry.lang_sec("en")
    place = next((n for n, sec in enumerate(section.term_secs) if sec.administrative_status not in NOT_TO_BE_USED), None)
    if place is None:
        return entry
    secs = list(section.term_secs)
    if column == "english_source":
        secs[place] = replace(secs[place], sources=(text,) if text else (), origin="human")
    elif not text or (text.isdecimal() and 1 <= int(text) <= 10):
        secs[place] = replace(secs[place], reliability=int(text or 0))
    else:
        remarks.append((column, f"“{text}” is no reliability from 1 to 10: left as it was"))
    return with_section(entry, replace(section, term_secs=tuple(secs)))


_ORIGINS = frozenset(get_args(Origin))


def as_the_row_says(entry: ConceptEntry, english_source: str) -> ConceptEntry:
    """The entry of a row that nobody typed: its terms are decided only as far as its status says, its English is where the cell says.

    `english_source` is the cell as `terms_row` writes it: `glossary: a.tsv, line 7; composed: 链长 + 制`.
    """
    origin, _, sources_text = english_source.partition(": ")
    known = origin in _ORIGINS
    if not known or (origin == "composed" and sources_text):  # what is composed says so in its source
        sources_text = english_source
    sources = tuple(filter(None, sources_text.split("; ")))

    def stated(sec: TermSec, is_english: bool, is_best: bool) -> TermSec:
        decided = entry.status == "approved" and sec.administrative_status == "preferredTerm"
        # the row does not say which are short forms, nor which use each has but not to be used: what says nothing is taken
        use = sec.administrative_status if sec.administrative_status in NOT_TO_BE_USED else "admittedTerm"
        status: ProcessStatus = "finalized" if decided else "unprocessed"
        sec = replace(sec, process_status=status, term_type="fullForm", administrative_status=use)
        if is_best and known:
            return replace(sec, origin=origin, sources=sources)
        return replace(sec, origin="user glossary") if is_english and sec.origin == "human" else sec

    sections = []
    for section in entry.lang_secs:
        english = section.lang.split("-")[0] == "en"
        best = next((sec for sec in section.term_secs if sec.administrative_status not in NOT_TO_BE_USED), None)
        secs = tuple(stated(sec, english, english and sec is best) for sec in section.term_secs)
        sections.append(replace(section, term_secs=secs))
    return replace(entry, lang_secs=tuple(sections))


# --- definitions, contexts, links, other columns ----------------------------------------------------------------------


def _with_definition(entry: ConceptEntry, column: str, text: str) -> ConceptEntry:
    section = next((s for s in (entry.lang_sec("zh"), *entry.lang_secs) if s.definitions), None)
    if section is None:
        if column == "definition" and text:
            code = language_of(text)
            return with_section(entry, replace(entry.lang_sec(code), definitions=(Definition(text, Source(""), "human"),)))
        return entry
    first, *rest = section.definitions
    if column == "definition_source":
        first = replace(first, source=source_of(text))
    elif text:
        first = replace(first, text=text, kind="human")
    new = tuple(rest) if column == "definition" and not text else (first, *rest)
    return with_section(entry, replace(section, definitions=new))


def _with_context(entry: ConceptEntry, column: str, text: str) -> ConceptEntry:
    section = entry.lang_sec("zh")
    if not section.term_secs:
        return entry
    forms = [sec.term for sec in section.term_secs]
    place = next((n for n, sec in enumerate(section.term_secs) if sec.contexts), None)
    if place is None:
        if column == "context" and text:
            return with_main(entry, contexts=(Context(text, Source(""), spans_in(text, forms)),))
        return entry
    secs = list(section.term_secs)
    first, *rest = secs[place].contexts
    if column == "context_source":
        first = replace(first, source=source_of(text))
    elif text:
        first = replace(first, text=text, term_spans=spans_in(text, forms))
    secs[place] = replace(secs[place], contexts=tuple(rest) if column == "context" and not text else (first, *rest))
    return with_section(entry, replace(section, term_secs=tuple(secs)))


def _with_links(
    entry: ConceptEntry, kind: str, text: str, ids_by_term: Mapping[str, str], remarks: list[tuple[str, str]]
) -> ConceptEntry:
    known = {one_line(link.term) or link.target: link for link in entry.links if link.kind == kind}
    links: list[Link] = []
    for term in terms_in(text):
        if term in known:
            links.append(known[term])
        elif ids_by_term.get(term, entry.id) != entry.id:
            links.append(Link(kind, ids_by_term[term], term, "human"))
        else:
            remarks.append((kind, f"no entry of this workbook has the term “{term}”: this relation was not taken over"))
    return replace(entry, links=(*(link for link in entry.links if link.kind != kind), *links))


def _with_extra(entry: ConceptEntry, name: str, text: str) -> ConceptEntry:
    others = tuple((key, value) for key, value in entry.extra if key != name)
    return replace(entry, extra=(*others, (name, text)) if text else others)
