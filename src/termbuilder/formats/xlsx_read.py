"""Reads a workbook back: ours with every change that a person made in it, any other as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from termbuilder.errors import FormatError
from termbuilder.formats import workbook_rows as rows
from termbuilder.formats.exchange import LOAD_DEFAULTS, Loaded, LoadOptions, Problem, loaded
from termbuilder.formats.json_entry import entry_of
from termbuilder.formats.languages import language_code
from termbuilder.formats.text import one_line, plain
from termbuilder.formats.workbook_edits import as_the_row_says, with_cells
from termbuilder.formats.workbook_evidence import with_designation, with_evidence
from termbuilder.formats.workbook_rows import HIDDEN_COPY, Column, fitting
from termbuilder.formats.xlsx_cells import Row, Workbook, column_letter
from termbuilder.model import ConceptEntry

_HEADER_WITHIN = 20  # rows that somebody may have put above the header


def load(path: Path, options: LoadOptions = LOAD_DEFAULTS) -> Loaded:
    """Read a workbook; FormatError if it is none or holds no entry.

    Ours comes back with `base`: each entry as it was exported, so that a change can be told from what stood there. A row
    that was deleted from the sheet deletes nothing: it is reported.
    """
    book = Workbook(path)
    try:
        sheet = next((name for name in book.sheets if name == "Terms"), None)
        if sheet is None or not _is_ours(book, sheet):
            from termbuilder.formats.table_read import load_workbook

            return load_workbook(book, path, options)
        reader = _Reader(book, path.name, options)
        entries = reader.read()
        return loaded(path, entries, reader.problems, reader.base)
    except (ValueError, SyntaxError) as error:  # lxml's XMLSyntaxError is a SyntaxError
        raise FormatError(f"{path.name} is damaged ({error}). Open it in Excel and save it again.") from error
    finally:
        book.close()


def _is_ours(book: Workbook, sheet: str) -> bool:
    titles = {rows.TERMS[0].title.lower(), rows.TERMS[2].title.lower()}
    for row in book.rows(sheet):
        if row.number > _HEADER_WITHIN:
            return False
        if titles <= {one_line(text).lower() for text in row.texts.values()}:
            return True
    return False


class _Reader:
    """One workbook of ours while it is read."""

    def __init__(self, book: Workbook, name: str, options: LoadOptions) -> None:
        self.book, self.name, self.options = book, name, options
        self.problems: list[Problem] = []
        self.base: dict[str, ConceptEntry] = {}
        self.extra_names: dict[str, str] = {}  # title of a column -> name of the fact
        if HIDDEN_COPY in book.sheets:
            self._read_copy()

    def read(self) -> list[ConceptEntry]:
        edited = dict(self.base)  # with what the sheets Contexts and Variants say
        ids_by_term = {one_line(entry.term): id for id, entry in self.base.items()}
        if self.base:
            self._read_contexts(edited, ids_by_term)
            self._read_variants(edited, ids_by_term)
        entries = self._read_terms(edited, ids_by_term)
        if not self.base:  # the copy is gone: the other sheets add what Terms does not show
            by_id = {entry.id: entry for entry in entries if entry.id}
            self._read_variants(by_id, {one_line(entry.term): entry.id for entry in by_id.values()})
            self._read_contexts(by_id, {one_line(entry.term): entry.id for entry in by_id.values()})
            entries = [by_id.get(entry.id, entry) for entry in entries]
        return entries

    def _read_copy(self) -> None:
        for row in self.book.rows(HIDDEN_COPY):
            cells = [row.texts[column] for column in sorted(row.texts)]
            if row.number == 1:
                titles = [row.texts.get(column, "") for column in range(3, max(row.texts, default=0) + 1)]
                self.extra_names = dict(zip(titles[::2], titles[1::2]))
                continue
            try:
                entry = entry_of(json.loads("".join(cells)))
            except (ValueError, TypeError, KeyError, AttributeError):
                place = f"{self.name}, sheet {HIDDEN_COPY}, row {row.number}"
                self.problems.append(
                    Problem(place, "the hidden copy is damaged: this entry is read from the sheet Terms alone")
                )
                continue
            if entry.id:
                self.base[entry.id] = entry

    # --- rows of a sheet -----------------------------------------------------------------------------------------

    def _rows(self, sheet: str, columns: tuple[Column, ...]) -> Iterator[tuple[Row, dict[str, str], set[str]]]:
        """Each row below the header as texts by column key, with the columns that must be left alone in this row."""
        if sheet not in self.book.sheets:
            return
        keys = {column.title.lower(): column.key for column in columns}
        merged = self.book.merged(sheet)
        place: dict[int, str] = {}
        for row in self.book.rows(sheet):
            if not place:
                if sum(one_line(text).lower() in keys for text in row.texts.values()) >= 2:
                    place = self._header(sheet, row, columns)
                continue
            hidden = {key for column, key in place.items() if (row.number, column) in merged}
            errors = {place[column] for column, remark in row.remarks.items() if remark.startswith("error") and column in place}
            texts = {key: plain(row.texts.get(column, "")) for column, key in place.items()}
            if any(texts.values()) or errors:
                self._remark_oddities(sheet, row, place, hidden)
                yield row, texts, hidden | errors
        if not place:
            self.problems.append(Problem(f"{self.name}, sheet {sheet}", "its header row is gone: the sheet was not read"))

    def _header(self, sheet: str, row: Row, columns: tuple[Column, ...]) -> dict[int, str]:
        keys = {column.title.lower(): column.key for column in columns}
        place: dict[int, str] = {}
        for number, text in row.texts.items():
            title = one_line(text)
            key = keys.get(title.lower())
            if key is None and sheet == "Terms":
                key = f"extra {self.extra_names.get(title, title)}"
            if key and key not in place.values():
                place[number] = key
        gone = [column.title for column in columns if column.key not in place.values() and column.key not in ("score", "key")]
        if gone:
            what = "its values are" if len(gone) == 1 else "their values are"
            names = ", ".join(f"“{title}”" for title in gone)
            self.problems.append(Problem(f"{self.name}, sheet {sheet}", f"no column {names}: {what} left as they were"))
        return place

    def _remark_oddities(self, sheet: str, row: Row, place: Mapping[int, str], hidden: set[str]) -> None:
        for column, remark in row.remarks.items():
            if column not in place or place[column] in ("context", "text"):
                continue
            where = f"{self.name}, sheet {sheet}, row {row.number}, column {column_letter(column)}"
            if remark == "formula":
                value = row.texts.get(column, "")
                message = f"a formula; its value “{value}” was read" if value else "a formula without a value: read as empty"
            elif remark == "struck":
                message = "part of the text is struck through; it was read as if it were not: delete what is to go"
            else:
                message = f"{remark.removeprefix('error ')} stands there, an error of a formula: left as it was"
            self.problems.append(Problem(where, message))
        if hidden:
            where = f"{self.name}, sheet {sheet}, row {row.number}"
            self.problems.append(
                Problem(where, "cells are merged with cells of another row or column: what they hid was left as it was")
            )

    # --- Terms ---------------------------------------------------------------------------------------------------

    def _read_terms(self, edited: Mapping[str, ConceptEntry], ids_by_term: Mapping[str, str]) -> list[ConceptEntry]:
        entries: list[ConceptEntry] = []
        seen: set[str] = set()
        for row, texts, left in self._rows("Terms", (*rows.TERMS, rows.SCORE, rows.ID)):
            where = f"{self.name}, sheet Terms, row {row.number}"
            id = texts.pop("id", "")
            if id in seen:
                self.problems.append(Problem(where, f"a copy of the row of {id}: read as a new entry"))
                id = ""
            base = self.base.get(id)
            if base is not None:
                shown = self._shown(base)
                # a column that is missing in the sheet is not in `texts`
                changed = {
                    key: text for key, text in texts.items() if key not in left and not _same(key, text, shown.get(key, ""))
                }
                entry = edited[id]
            else:
                changed = {key: text for key, text in texts.items() if text and key not in left and key not in ("score",)}
                if not changed.get("term"):
                    if changed:
                        self.problems.append(Problem(where, "no Chinese term in this row: it was not read", refused=True))
                    continue
                entry = ConceptEntry(id, ())
            if changed:
                entry, remarks = with_cells(entry, changed, ids_by_term, self.options.status)
                self.problems.extend(Problem(f"{where}, column {self._title(key)}", remark) for key, remark in remarks)
                if base is None:
                    entry = _with_counts(entry, changed)
                if id and not self.base:  # the copy is gone: nobody typed this row
                    entry = as_the_row_says(entry, changed.get("english_source", ""))
            if id:
                seen.add(id)
            entries.append(entry)
        missing = [id for id in self.base if id not in seen]
        if missing:
            some = ", ".join(self.base[id].term for id in missing[:3]) + (" ..." if len(missing) > 3 else "")
            self.problems.append(
                Problem(
                    f"{self.name}, sheet Terms",
                    f"{len(missing)} of {len(self.base)} exported rows are gone ({some}): nothing is deleted for that; set a status to rejected instead",
                )
            )
        return entries

    def _title(self, key: str) -> str:
        titles = {column.key: column.title for column in (*rows.TERMS, *rows.VARIANTS, *rows.CONTEXTS, rows.SCORE)}
        return titles.get(key, key.removeprefix("extra "))

    def _shown(self, base: ConceptEntry) -> dict[str, str]:
        """What the row of this entry held when it was exported."""
        shown = {key: fitting(str(value)) for key, value in rows.terms_row(base).items()}
        shown |= {f"extra {name}": fitting(value) for name, value in rows.extra_cells(base).items()}
        shown["score"] = str(round(base.score, 2))
        return shown

    # --- Variants and Contexts -----------------------------------------------------------------------------------

    def _read_variants(self, edited: dict[str, ConceptEntry], ids_by_term: Mapping[str, str]) -> None:
        for row, texts, left in self._rows("Variants", (*rows.VARIANTS, rows.KEY, rows.ID)):
            where = f"{self.name}, sheet Variants, row {row.number}"
            id, key = texts.pop("id", ""), texts.pop("key", "")
            concept = texts.pop("concept", "")
            id = id or ids_by_term.get(concept, "")
            form, lang = one_line(texts.get("form", "")), language_code(texts.get("lang", "")) or "zh-CN"
            if not form:
                continue
            if id not in edited:
                if id not in self.base:
                    self.problems.append(
                        Problem(where, f"no entry “{concept}” on the sheet Terms: this form was not read", refused=True)
                    )
                continue
            shown: dict[str, str] = {}
            base = self.base.get(id)
            if base is not None:
                shown = next(
                    (
                        {column: fitting(str(value)) for column, value in cells.items()}
                        for cells in rows.variant_rows(base)
                        if f"{cells['lang']} {cells['form']}" == key
                    ),
                    {},
                )
            known = shown or {"lang": lang, "frequency": texts.get("frequency", ""), "form": form}
            changed = {
                name: text for name, text in texts.items() if name not in left and not _same(name, text, known.get(name, ""))
            }
            if changed or not shown:
                of = (known["lang"], known["form"])
                edited[id], remarks = with_designation(edited[id], *of, changed)
                self.problems.extend(Problem(f"{where}, column {self._title(name)}", remark) for name, remark in remarks)

    def _read_contexts(self, edited: dict[str, ConceptEntry], ids_by_term: Mapping[str, str]) -> None:
        edits: dict[str, list[tuple[str, str, Mapping[str, str]]]] = {}
        for row, texts, left in self._rows("Contexts", (*rows.CONTEXTS, rows.KEY, rows.ID)):
            id, key = texts.pop("id", ""), texts.pop("key", "")
            concept = texts.pop("concept", "")
            id = id or ids_by_term.get(concept, "")
            if id not in edited:
                if id not in self.base and texts.get("text"):
                    where = f"{self.name}, sheet Contexts, row {row.number}"
                    self.problems.append(
                        Problem(where, f"no entry “{concept}” on the sheet Terms: this text was not read", refused=True)
                    )
                continue
            base = self.base.get(id)
            evidence = next((e for e in rows.evidence_rows(base) if e.key == key), None) if base is not None and key else None
            known = {"text": fitting(evidence.text), "source": fitting(evidence.source)} if evidence else {}
            changed = {
                name: text
                for name, text in texts.items()
                if name in ("text", "source") and name not in left and not _same(name, text, known.get(name, ""))
            }
            if changed:
                edits.setdefault(id, []).append((key if evidence else "", texts.get("kind", ""), changed))
        for id, changes in edits.items():
            edited[id] = with_evidence(edited[id], changes)


def _same(key: str, text: str, shown: str) -> bool:
    """Is a cell as it was? Programs save 8 as 8.0 and put line breaks and blanks their own way."""
    if text == shown or one_line(text) == one_line(shown):
        return True
    return key == "score" or (
        key in ("frequency", "document_frequency", "reliability") and text in ("", "0") and shown in ("", "0")
    )


def _with_counts(entry: ConceptEntry, cells: Mapping[str, str]) -> ConceptEntry:
    """Figures of a row whose hidden copy is gone."""
    from dataclasses import replace

    frequency, documents = cells.get("frequency", ""), cells.get("document_frequency", "")
    return replace(
        entry,
        frequency=int(frequency) if frequency.isdecimal() else entry.frequency,
        document_frequency=int(documents) if documents.isdecimal() else entry.document_frequency,
    )
