"""Reads tables of terms: CSV, TSV, OmegaT's tab files, UTX, and workbooks that are not ours. Columns are known by their titles.

Where the titles leave open which column holds the terms, the file is refused with the question to answer (`--map TITLE=field`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from termbuilder.errors import FormatError
from termbuilder.formats.exchange import LOAD_DEFAULTS, Loaded, LoadOptions, loaded
from termbuilder.formats.table_columns import columns_of
from termbuilder.formats.table_rows import Builder
from termbuilder.formats.table_titles import code_in, fold
from termbuilder.formats.xlsx_cells import Workbook

Table = Iterable[tuple[int, list[str]]]  # row number as people count, cells

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
    columns, body, ours = columns_of(path, numbered, options)
    builder = Builder(path.name, unit, columns, options, ours)
    for number, cells in body:
        builder.add(number, cells)
    return loaded(path, builder.related_entries(), builder.problems)


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
