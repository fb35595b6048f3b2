"""Makes an entry of each row of a table of terms, and one entry of the rows of one concept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from termbuilder.formats import workbook_rows as rows
from termbuilder.formats.exchange import LoadOptions, Problem
from termbuilder.formats.table_titles import STATUS_WORDS, Meaning
from termbuilder.formats.tbx_names import PART_OF_SPEECH_WORDS, TERM_TYPE_WORDS, folded
from termbuilder.formats.text import one_line, plain
from termbuilder.formats.workbook_edits import as_the_row_says, terms_in, with_cells
from termbuilder.model import (
    AdministrativeStatus,
    ConceptEntry,
    Definition,
    EntryStatus,
    LangSec,
    Link,
    Source,
    TermSec,
    TermType,
)


@dataclass
class _Row:
    """The cells of one row, told apart."""

    concept: dict[str, str] = field(default_factory=dict)
    terms: dict[str, list[tuple[str, dict[str, str]]]] = field(default_factory=dict)  # language -> (term cell, its fields)
    languages: dict[str, dict[str, str]] = field(default_factory=dict)


class Builder:
    """Makes entries of rows; rows with one id are one entry."""

    def __init__(self, name: str, unit: str, columns: Mapping[int, Meaning], options: LoadOptions, ours: bool) -> None:
        """`name` and `unit` (row, line) say where a row stands, `columns` what its cells hold; `ours`: they are our own columns."""
        self.name, self.unit, self.columns, self.options, self.ours = name, unit, columns, options, ours
        self.entries: dict[str, ConceptEntry] = {}
        self.problems: list[Problem] = []
        self.related: list[tuple[str, dict[str, str]]] = []  # key of an entry, the terms that its row says it is related to

    def _key(self, entry: ConceptEntry) -> str:
        return entry.id or f" {len(self.entries)}"

    def related_entries(self) -> list[ConceptEntry]:
        """The entries with their relations: links where the file has an entry of that term and id, else kept by name."""
        ids = {one_line(entry.term): entry.id for entry in reversed(self.entries.values()) if entry.id}
        for key, relations in self.related:
            entry = self.entries[key]
            links = list(entry.links)
            for kind, cell in relations.items():
                links += [Link(kind, ids[term], term) for term in terms_in(cell) if ids.get(term, entry.id) != entry.id]
                unknown = [term for term in terms_in(cell) if term not in ids]
                if unknown:
                    entry = replace(entry, extra=(*entry.extra, (kind, rows.BETWEEN.join(unknown))))
            self.entries[key] = replace(entry, links=tuple(links))
        return list(self.entries.values())

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Take in the row of that number."""
        place = f"{self.name}, {self.unit} {number}"
        if self.ours:
            entry = self._own(place, cells)
        else:
            entry = self._foreign(place, self._row(cells))
        if entry is None:
            return
        key = self._key(entry)
        before = self.entries.get(key)
        self.entries[key] = entry if before is None else _joined(before, entry)

    def _own(self, place: str, cells: Sequence[str]) -> ConceptEntry | None:
        texts = {self.columns[n].field: plain(text) for n, text in enumerate(cells) if n in self.columns and plain(text)}
        identifier = texts.pop("id", "")
        if not texts.get("term"):
            self.problems.append(Problem(place, "no Chinese term in this row: it was not read", refused=True))
            return None
        counts = {key: int(texts.pop(key)) for key in ("frequency", "document_frequency") if texts.get(key, "").isdecimal()}
        links: dict[str, str] = {key: texts.pop(key) for key in ("broader", "related") if key in texts}
        entry, remarks = with_cells(ConceptEntry(identifier, ()), texts, {}, self.options.status)
        entry = as_the_row_says(entry, texts.get("english_source", ""))
        entry = replace(entry, **counts)  # type: ignore[arg-type]
        self.related.append((self._key(entry), links))
        self.problems.extend(Problem(place, remark) for _, remark in remarks)
        return entry

    def _row(self, cells: Sequence[str]) -> _Row:
        row = _Row()
        last: dict[str, int] = {}
        for number, cell in enumerate(cells):
            meaning, text = self.columns.get(number), plain(cell)
            if meaning is None or not meaning.field:
                continue
            lang = {"source": self.options.source_lang, "target": self.options.target_lang}.get(meaning.lang, meaning.lang)
            if meaning.field == "term":
                row.terms.setdefault(lang, []).append((text, {}))
                last[lang] = len(row.terms[lang]) - 1
            elif lang and lang in last and meaning.field in ("part_of_speech", "status", "term_type", "note", "context"):
                row.terms[lang][last[lang]][1][meaning.field] = text
            elif lang:
                row.languages.setdefault(lang, {})[meaning.field] = text
            elif text:
                row.concept[meaning.field] = text
        return row

    def _foreign(self, place: str, row: _Row) -> ConceptEntry | None:
        decisions: list[str] = []
        sections = [
            section
            for lang in dict.fromkeys((*row.terms, *row.languages))
            if (section := self._section(lang, row.terms.get(lang, []), row.languages.get(lang, {}), decisions)).term_secs
            or section.definitions
        ]
        sections.sort(key=lambda section: {"zh": 0, "en": 1}.get(section.lang.split("-")[0], 2))
        if not any(section.term_secs for section in sections):
            self.problems.append(Problem(place, "no term in this row: it was not read", refused=True))
            return None
        identifier, status = row.concept.pop("id", ""), row.concept.pop("status", "")
        tags = row.concept.pop("tags", "").split(",")
        entry = ConceptEntry(identifier, tuple(sections))
        if folded(row.concept.pop("forbidden", "")) in ("yes", "true", "1", "x"):
            entry = _barred(entry)
        row.concept.pop("number", None)
        entry, remarks = with_cells(entry, row.concept, {}, self.options.status)
        self.problems.extend(Problem(place, remark) for _, remark in remarks)
        stated = [word[0] for text in (status, *tags) if (word := STATUS_WORDS.get(folded(text))) and word[0]]
        if status and not stated and folded(status) not in STATUS_WORDS:
            entry = replace(entry, extra=(*entry.extra, ("status", status)))
        elif not stated and decisions:
            stated = ["approved" if all(decision == "approved" for decision in decisions) else "suggested"]
        return replace(entry, status=cast(EntryStatus, stated[0] if stated else self.options.status))

    def _section(
        self, lang: str, terms: Sequence[tuple[str, dict[str, str]]], fields: Mapping[str, str], decisions: list[str]
    ) -> LangSec:
        secs: dict[str, TermSec] = {}
        for cell, about in terms:
            for place, word in enumerate(terms_in(cell)):
                if word == "-" or word in secs:
                    continue
                kind = cast(TermType, TERM_TYPE_WORDS.get(folded(about.get("term_type", "")), "fullForm"))
                decision, use = STATUS_WORDS.get(folded(about.get("status", "")), ("", ""))
                if decision:
                    decisions.append(decision)
                note = about.get("note", "") if place == 0 else ""
                secs[word] = TermSec(
                    word,
                    kind if kind != "fullForm" or not secs or not lang.startswith("zh") else "variant",
                    cast(AdministrativeStatus, use or "admittedTerm"),
                    "finalized" if decision == "approved" else "unprocessed",
                    PART_OF_SPEECH_WORDS.get(folded(about.get("part_of_speech", "")), about.get("part_of_speech", "")),
                    note=note,
                )
        definitions = (Definition(fields["definition"], Source(""), "human"),) if fields.get("definition") else ()
        return LangSec(lang, tuple(secs.values()), definitions, fields.get("note", ""))


def _barred(entry: ConceptEntry) -> ConceptEntry:
    sections = tuple(
        replace(section, term_secs=tuple(replace(sec, administrative_status="deprecatedTerm") for sec in section.term_secs))
        if not section.lang.startswith("zh")
        else section
        for section in entry.lang_secs
    )
    return replace(entry, lang_secs=sections)


def _joined(first: ConceptEntry, second: ConceptEntry) -> ConceptEntry:
    """Two rows of one concept: what the second adds."""
    sections = {section.lang: section for section in first.lang_secs}
    for section in second.lang_secs:
        before = sections.get(section.lang, LangSec(section.lang))
        present = {sec.term for sec in before.term_secs}
        more = tuple(
            replace(
                sec,
                term_type="variant"
                if sec.term_type == "fullForm" and section.lang.startswith("zh") and present
                else sec.term_type,
            )
            for sec in section.term_secs
            if sec.term not in present
        )
        texts = {definition.text for definition in before.definitions}
        sections[section.lang] = replace(
            before,
            term_secs=before.term_secs + more,
            definitions=before.definitions + tuple(d for d in section.definitions if d.text not in texts),
        )
    extra = first.extra + tuple(pair for pair in second.extra if pair not in first.extra)
    return replace(first, lang_secs=tuple(sections.values()), note=first.note or second.note, extra=extra)
