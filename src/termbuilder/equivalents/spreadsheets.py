"""Rows of workbooks and delimited text, whatever program saved them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from termbuilder.errors import FormatError

SUFFIXES = frozenset((".xlsx", ".xlsm", ".csv", ".tsv", ".tab", ".utf8", ".txt"))
_SNIFFED = 20  # lines looked at to find the delimiter


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not empty: its sheet (empty for text), its number as the program shows it, its cells as text."""

    sheet: str
    number: int
    cells: tuple[str, ...]

    def at(self, column: int) -> str:
        """The cell of `column` (the first is 0), empty where the row is shorter.

        >>> SheetRow("", 2, ("瞪羚企业", "gazelle company")).at(5)
        ''
        """
        return self.cells[column] if 0 <= column < len(self.cells) else ""


def rows(path: Path) -> Iterator[SheetRow]:
    """The rows of a workbook, sheet by sheet, or of a text file with tabs, commas or semicolons between its cells.

    Raises FormatError if the file cannot be read as such.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        yield from _workbook(path)
    else:
        yield from _delimited(path)


def _workbook(path: Path) -> Iterator[SheetRow]:
    import openpyxl  # a quarter of a second, and most runs read no workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, InvalidFileException, KeyError, ValueError, SyntaxError) as error:
        raise FormatError(f"{path.name} cannot be opened as a workbook. Save it again as .xlsx, then try again.") from error
    except Exception as error:  # zipfile and lxml raise kinds of their own for damaged parts
        raise FormatError(f"{path.name} is a damaged workbook ({error}). Save it again as .xlsx, then try again.") from error
    try:
        for sheet in book.worksheets:
            for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
                cells = tuple("" if value is None else str(value).strip() for value in values)
                if any(cells):
                    yield SheetRow(sheet.title, number, cells)
    finally:
        book.close()


def _delimited(path: Path) -> Iterator[SheetRow]:
    lines = decoded(path).splitlines()
    delimiter = "\t" if path.suffix.lower() in (".tsv", ".tab", ".utf8", ".txt") else _delimiter(lines)
    # a tab-separated file has no quoting: a lone quotation mark is the start of a quoted coinage, not of a quoted cell
    unquoted = delimiter == "\t"
    reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if unquoted else csv.QUOTE_MINIMAL)
    try:
        for cells in reader:
            stripped = tuple(cell.strip() for cell in cells)
            if any(stripped) and not stripped[0].startswith("#"):
                yield SheetRow("", reader.line_num, stripped)
    except csv.Error as error:
        raise FormatError(f"{path.name}, line {reader.line_num}: {error}. Save it again as CSV UTF-8.") from error


def _delimiter(lines: Sequence[str]) -> str:
    first = [line for line in lines[:_SNIFFED] if line.strip()]
    return max(",;\t", key=lambda mark: sum(mark in line for line in first))


def decoded(path: Path) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030; FormatError if it is none of them."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(f"{path} cannot be read ({error.strerror}). Check the name and try again.") from error
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FormatError(f"{path.name} is not text in UTF-8, UTF-16 or GB18030. Save it as UTF-8, then try again.")
