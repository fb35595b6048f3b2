"""Reads tables of terms: CSV, TSV, OmegaT's tab files, UTX, and workbooks that are not ours. Columns are known by their titles.

Where the titles leave open which column holds the terms, the file is refused with the question to answer (`--map TITLE=field`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from termbuilder.errors import FormatError
from termbuilder.formats import workbook_rows as rows
from termbuilder.formats.exchange import LOAD_DEFAULTS, Loaded, LoadOptions, Problem, loaded
from termbuilder.formats.languages import language_of
from termbuilder.formats.table_titles import STATUS_WORDS, TWO_FOLD, Meaning, code_in, fold, meaning_of
from termbuilder.formats.tbx_names import PART_OF_SPEECH_WORDS, TERM_TYPE_WORDS, folded
from termbuilder.formats.text import one_line, plain
from termbuilder.formats.workbook_edits import as_the_row_says, terms_in, with_cells
from termbuilder.formats.xlsx_cells import Workbook
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

Table = Iterable[tuple[int, list[str]]]  # row number as people count, cells

_OUR_TITLES = {column.title.lower(): column.key for column in (*rows.TERMS, rows.ID)}
_MAP_FIELDS = ("term", "english", *(column.key for column in rows.TERMS[1:] if column.key != "english"), "id", "ignore")
LONGEST_CELL = 1 << 24


def load(path: Path, options: LoadOptions = LOAD_DEFAULTS) -> Loaded:
    """Read a text table; FormatError if it is no text, if its columns are not clear, or if it holds no entry."""
    text = _decoded(path)
    if text.startswith("#UTX"):
        return _load_utx(path, text, options)
    lines = text.splitlines()
    head = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    delimiter = _delimiter(head)
    if delimiter == "\t" and path.suffix.lower() in (".utf8", ".tab", ".txt"):
        # OmegaT's files know no quotation and no line breaks in a cell; # starts a comment
        table: Table = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
        return _load_table(path, table, options, "row")
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        table = [(reader.line_num, [_unguarded(cell) for cell in row]) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise FormatError(
            f"{path.name}, line {reader.line_num} is no row of a table ({error}). Correct it, then import again."
        ) from error
    return _load_table(path, table, options, "line")


def load_workbook(book: Workbook, path: Path, options: LoadOptions) -> Loaded:
    """Read the first visible sheet that has terms in it."""
    failure: FormatError | None = None
    for sheet in book.sheets:
        if sheet in book.hidden:
            continue
        table = [
            (row.number, [row.texts.get(column, "") for column in range(max(row.texts, default=-1) + 1)])
            for row in book.rows(sheet)
        ]
        if table:
            try:
                return _load_table(path, table, options, f"sheet {sheet}, row")
            except FormatError as error:
                failure = failure or error
    raise failure or FormatError(f"{path.name} has no row in any sheet.")


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(f"{path} cannot be read ({error.strerror or error}). Check the name and try again.") from error
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif b"\0" in data:
        encodings = []
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FormatError(f"{path.name} is no text file in UTF-8, UTF-16 or GB18030. Save it as UTF-8, then import it again.")


def _delimiter(head: str) -> str:
    counts = {delimiter: head.count(delimiter) for delimiter in ("\t", ";", ",", "|")}
    return max(counts, key=lambda delimiter: counts[delimiter]) if any(counts.values()) else ","


def _unguarded(cell: str) -> str:
    """Without the apostrophe that kept a spreadsheet from running the cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t", "\r", "'") else cell


# --- columns ----------------------------------------------------------------------------------------------------------


def _load_table(path: Path, table: Table, options: LoadOptions, unit: str) -> Loaded:
    numbered = list(table)
    if not numbered:
        raise FormatError(f"{path.name} has no row to read.")
    columns, body, ours = _columns(path, numbered, options)
    builder = _Builder(path.name, unit, columns, options, ours)
    for number, cells in body:
        builder.add(number, cells)
    return loaded(path, builder.related_entries(), builder.problems)


def _columns(
    path: Path, table: Sequence[tuple[int, list[str]]], options: LoadOptions
) -> tuple[dict[int, Meaning], Sequence[tuple[int, list[str]]], bool]:
    """What each column holds, the rows below the header, and whether the columns are our own."""
    titles = [one_line(title) for title in table[0][1]]
    if rows.TERMS[0].title in titles and not options.columns:
        return (
            {n: Meaning(_OUR_TITLES.get(title.lower(), f"extra {title}")) for n, title in enumerate(titles) if title},
            table[1:],
            True,
        )
    chosen = {fold(title): what for title, what in options.columns}
    two_fold = [number for number, title in enumerate(titles) if fold(title) in TWO_FOLD and fold(title) not in chosen]
    columns: dict[int, Meaning] = {}
    known = 0
    for number, title in enumerate(titles):
        if fold(title) in chosen:
            columns[number] = _mapped(path, title, chosen.pop(fold(title)))
            known += 1
        elif title:
            meaning = _in_place(title, columns, number)
            known += meaning is not None
            columns[number] = meaning or Meaning(f"extra {title}")
    if chosen:
        raise FormatError(
            f"{path.name} has no column “{next(iter(chosen))}”. Its columns are: {', '.join(filter(None, titles))}."
        )
    _settle(path, columns, titles, two_fold)
    if known == 0 or not any(meaning.field == "term" for meaning in columns.values()):
        columns = _without_header(path, table, titles, known)
        return columns, table if known == 0 else table[1:], False
    return columns, table[1:], False


def _settle(path: Path, columns: dict[int, Meaning], titles: Sequence[str], two_fold: Sequence[int]) -> None:
    """A column called “Source” holds the terms only beside a column of the target language and without another one for the source."""
    sides = {number: meaning.lang for number, meaning in columns.items() if meaning.field == "term" and number not in two_fold}
    for number in two_fold:
        if any(lang == "source" or lang.startswith("zh") for lang in sides.values()):
            columns[number] = Meaning(f"extra {titles[number]}")
        elif not sides:
            raise FormatError(_unclear(path, titles))


def _unclear(path: Path, titles: Sequence[str]) -> str:
    names = ", ".join(f"“{title}”" for title in titles if title) or "none"
    return (
        f"{path.name}: which column holds the Chinese term is not clear. Say it with --map TITLE=term and --map TITLE=english. "
        f"Columns: {names}."
    )


def _in_place(title: str, before: Mapping[int, Meaning], number: int) -> Meaning | None:
    """A title that repeats for each language (Notes, Example of use, Term_Example) belongs to the term column before it."""
    meaning = meaning_of(title)
    short = fold(title)
    if short in ("notes", "exampleofuse", "termexample"):
        last = next((before[n].lang for n in range(number - 1, -1, -1) if n in before and before[n].field == "term"), "")
        return Meaning({"notes": "note"}.get(short, "context"), last)
    return meaning


def _mapped(path: Path, title: str, what: str) -> Meaning:
    if what == "ignore":
        return Meaning("")
    if what in ("term", "english"):
        return Meaning("term", "source" if what == "term" else "target")
    if code_in(what):
        return Meaning("term", code_in(what))
    if what in _MAP_FIELDS:
        return Meaning(what)
    raise FormatError(
        f"{path.name}: --map {title}={what}: there is no field “{what}”. Fields: {', '.join(_MAP_FIELDS)}, or a language code."
    )


def _without_header(
    path: Path, table: Sequence[tuple[int, list[str]]], titles: Sequence[str], known: int
) -> dict[int, Meaning]:
    """A table of two to four columns without titles: the script says which column is which."""
    sample = [cells for _, cells in table[:50]]
    width = max(len(cells) for cells in sample)

    def is_han(column: int) -> float:
        filled = [cells[column] for cells in sample if column < len(cells) and cells[column].strip()]
        return sum(language_of(text) == "zh" for text in filled) / len(filled) if filled else -1.0

    if known == 0 and 2 <= width <= 4:
        first, second = is_han(0), is_han(1)
        if first > 0.8 and 0 <= second < 0.3:
            return {0: Meaning("term", "source"), 1: Meaning("term", "target"), 2: Meaning("note")}
        if second > 0.8 and 0 <= first < 0.3:
            return {0: Meaning("term", "target"), 1: Meaning("term", "source"), 2: Meaning("note")}
        if first > 0.8 and second < 0:  # no English yet
            return {0: Meaning("term", "source"), 1: Meaning("term", "target"), 2: Meaning("note")}
    raise FormatError(_unclear(path, titles))


# --- rows -------------------------------------------------------------------------------------------------------------


@dataclass
class _Row:
    """The cells of one row, told apart."""

    concept: dict[str, str] = field(default_factory=dict)
    terms: dict[str, list[tuple[str, dict[str, str]]]] = field(default_factory=dict)  # language -> (term cell, its fields)
    languages: dict[str, dict[str, str]] = field(default_factory=dict)


class _Builder:
    """Makes entries of rows; rows with one id are one entry."""

    def __init__(self, name: str, unit: str, columns: Mapping[int, Meaning], options: LoadOptions, ours: bool) -> None:
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


# --- UTX --------------------------------------------------------------------------------------------------------------


def _load_utx(path: Path, text: str, options: LoadOptions) -> Loaded:
    lines = text.splitlines()
    head = [line for line in lines if line.startswith("#")]
    source, _, target = (head[0].split(";")[1] if ";" in head[0] else "").strip().partition("/")
    options = replace(
        options, source_lang=code_in(source) or options.source_lang, target_lang=code_in(target) or options.target_lang
    )
    titles = head[-1].lstrip("#").split("\t") if "\t" in head[-1] else ["src", "tgt", "src:pos"]
    table: list[tuple[int, list[str]]] = [(len(head), titles)]
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            table.append((number, ["" if cell == "-" else cell for cell in line.split("\t")]))
    return _load_table(path, _with_english_status(table), options, "line")


def _with_english_status(table: Sequence[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """`term status` speaks of the target term: as a column of that language it is read with it."""
    for place, (number, cells) in enumerate(table):
        yield number, ["Status (en)" if place == 0 and fold(cell) == "termstatus" else cell for cell in cells]
