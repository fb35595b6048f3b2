"""Rows of workbooks and delimited text, whatever program saved them."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from termbuilder.equivalents.shared_strings import SharedStrings
from termbuilder.errors import FormatError

if TYPE_CHECKING:
    from openpyxl import Workbook

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


Opener = Callable[[Path], IO[bytes]]  # how a file is opened, for callers that want to see how far it is read


def opened(path: Path) -> IO[bytes]:
    """The file at `path`; FormatError if it cannot be read."""
    try:
        return path.open("rb")
    except OSError as error:
        raise FormatError(f"{path} cannot be read ({error.strerror}). Check the name and try again.") from error


def rows(path: Path, open_: Opener = opened) -> Iterator[SheetRow]:
    """The rows of a workbook, sheet by sheet, or of a text file with tabs, commas or semicolons between its cells.

    One row after another, so that a file of any size can be read. Raises FormatError if the file cannot be read as such.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        yield from _workbook(path, open_)
    else:
        yield from _delimited(path, open_)


def _workbook(path: Path, open_: Opener) -> Iterator[SheetRow]:
    from openpyxl.utils.exceptions import InvalidFileException  # a quarter of a second, and most runs read no workbook

    file = open_(path)
    try:
        book, texts = _opened(file)
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
    except Exception as error:  # a sheet that breaks off in the middle: of zlib, lxml or openpyxl itself
        raise FormatError(f"{path.name} is a damaged workbook ({error}). Save it again as .xlsx, then try again.") from error
    finally:
        book.close()
        file.close()
        if texts is not None:
            texts.close()


def _opened(file: IO[bytes]) -> tuple[Workbook, SharedStrings | None]:
    """A workbook that is read row by row, and its texts, which openpyxl would keep in memory: they wait in a file."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    class Reader(ExcelReader):
        package: Any
        shared_strings: Any

        def read_strings(self) -> None:
            part = self.package.find(SHARED_STRINGS)
            if part is not None:
                with self.archive.open(part.PartName[1:]) as source:
                    self.shared_strings = SharedStrings(source)

    reader = Reader(file, read_only=True, data_only=True)
    reader.read()
    texts = reader.shared_strings
    return reader.wb, texts if isinstance(texts, SharedStrings) else None


def _delimited(path: Path, open_: Opener) -> Iterator[SheetRow]:
    encoding = encoding_of(path)
    with io.TextIOWrapper(open_(path), encoding=encoding, newline="") as lines:
        first = list(islice(lines, _SNIFFED))
        delimiter = "\t" if path.suffix.lower() in (".tsv", ".tab", ".utf8", ".txt") else _delimiter(first)
        every = chain(first, lines)
        if delimiter == "\t":
            # a tab-separated file has no quoting: a lone quotation mark is the start of a quoted coinage, not of a quoted cell
            reader = csv.reader(every, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        else:
            reader = csv.reader(every, delimiter=delimiter)
        try:
            for number, cells in enumerate(reader, 1):  # a cell may hold line breaks: rows are counted, not lines
                stripped = tuple(cell.strip() for cell in cells)
                if any(stripped) and not stripped[0].startswith("#"):
                    yield SheetRow("", number, stripped)
        except csv.Error as error:
            raise FormatError(f"{path.name}, line {reader.line_num}: {error}. Save it again as CSV UTF-8.") from error


def _delimiter(first: Sequence[str]) -> str:
    return max(",;\t", key=lambda mark: sum(mark in line for line in first if line.strip()))


def encoding_of(path: Path) -> str:
    """The encoding of a text file: UTF-8, UTF-16 or GB18030; FormatError if it is none of them or cannot be read."""
    with opened(path) as file:
        utf16 = file.read(2) in (b"\xff\xfe", b"\xfe\xff")
        for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
            file.seek(0)
            decoder = codecs.getincrementaldecoder(encoding)()
            try:
                while block := file.read(_BLOCK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            return encoding
    raise FormatError(f"{path.name} is not text in UTF-8, UTF-16 or GB18030. Save it as UTF-8, then try again.")


_BLOCK = 1 << 20
