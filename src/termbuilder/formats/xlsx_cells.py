"""Reads the cells of an XLSX file row by row: text, and what is odd about a cell (formula, error, struck-out text, merged).

Not openpyxl, because no mode of it gives formulas with their values, struck-out runs and merged ranges in one bounded pass.
"""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from termbuilder.errors import FormatError

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_OLE = b"\xd0\xcf\x11\xe0"  # an old .xls, or a workbook with a password
_HEX = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_MOST_MERGED = 1_000_000  # one range gives 610,000 at most; only a file made to do harm has more
_DAY_ZERO = datetime.datetime(1899, 12, 30)


class Row(NamedTuple):
    """A row as people number it: the texts by column (0 for A), and remarks on odd cells by column."""

    number: int
    texts: dict[int, str]
    remarks: dict[int, str]


class Workbook:
    """An open XLSX file. `sheets` are the names in order; `hidden` those that a person does not see."""

    def __init__(self, path: Path) -> None:
        """Open `path`; FormatError if it is no workbook, or locked with a password."""
        self.name = path.name
        try:
            with open(path, "rb") as file:
                start = file.read(4)
            if start == _OLE:
                raise FormatError(
                    f"{path.name} is locked with a password or is an old .xls file. Save it without a password as .xlsx, then import it again."
                )
            self._zip = zipfile.ZipFile(path)
            self._parts = {name.lstrip("/").lower(): name for name in self._zip.namelist()}
            self._find_sheets()
        except (zipfile.BadZipFile, KeyError, EOFError) as error:
            raise FormatError(
                f"{path.name} is no Excel workbook (.xlsx), or it is damaged. Open it in Excel and save it again."
            ) from error
        except OSError as error:
            raise FormatError(f"{path} cannot be read ({error.strerror or error}). Check the name and try again.") from error
        self._dates = self._date_styles()
        self._shared: list[str] = []
        self._struck: set[int] = set()
        self._read_shared()

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet that hold anything, in order."""
        from lxml import etree

        number = 0
        with self._open(self._sheet_parts[sheet]) as part:
            events = etree.iterparse(
                part, tag=("{*}row", "{*}sheetData"), huge_tree=True, resolve_entities=False, no_network=True
            )
            for _, element in events:
                if element.tag.endswith("sheetData"):  # links and formats follow, as many as there are rows
                    return
                number = int(element.get("r") or number + 1)
                row = self._row(element, number)
                if row.texts or row.remarks:
                    yield row
                _let_go(element)

    def merged(self, sheet: str) -> set[tuple[int, int]]:
        """Every (row, column) that a merged range hides: all of its cells but the first."""
        from lxml import etree

        hidden: set[tuple[int, int]] = set()
        if not self._mentions(self._sheet_parts[sheet], b"mergeCell"):  # most sheets: not worth reading all rows once more
            return hidden
        with self._open(self._sheet_parts[sheet]) as part:
            for _, element in etree.iterparse(
                part, tag=("{*}mergeCell", "{*}row", "{*}hyperlink"), huge_tree=True, resolve_entities=False, no_network=True
            ):
                first, _, last = (element.get("ref") or "").partition(":")
                if first and last and element.tag.endswith("mergeCell"):
                    (top, left), (bottom, right) = place_of(first), place_of(last)
                    # a person merges a few cells; a whole column merged is one line here all the same
                    hidden.update(
                        (row, column)
                        for row in range(top, min(bottom, top + 10_000) + 1)
                        for column in range(left, min(right, left + 60) + 1)
                    )
                    hidden.discard((top, left))
                    if len(hidden) > _MOST_MERGED:
                        raise ValueError("more cells are merged than any table has")
                _let_go(element)
        return hidden

    # --- parts ---------------------------------------------------------------------------------------------------

    def _open(self, part: str) -> IO[bytes]:
        return self._zip.open(self._parts[part.lower()])

    def _mentions(self, part: str, word: bytes) -> bool:
        """Does the word stand anywhere in a part?"""
        rest = b""
        with self._open(part) as file:
            while block := file.read(1 << 20):
                block = block.replace(b"\0", b"")  # some programs write UTF-16
                if word in rest + block:
                    return True
                rest = block[-len(word) :]
        return False

    def _tree(self, part: str) -> _Element | None:
        from lxml import etree

        if part.lower() not in self._parts:
            return None
        with self._open(part) as file:
            return etree.parse(file, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)).getroot()

    def _find_sheets(self) -> None:
        book, relations = self._tree("xl/workbook.xml"), self._tree("xl/_rels/workbook.xml.rels")
        if book is None or relations is None:
            raise KeyError("xl/workbook.xml")
        targets = {relation.get("Id"): relation.get("Target") or "" for relation in relations}
        self._sheet_parts: dict[str, str] = {}
        self.hidden: set[str] = set()
        for sheet in book.iter("{*}sheet"):
            target = targets.get(sheet.get(_RELATION) or sheet.get(_RELATION_STRICT), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part.lower() in self._parts:
                self._sheet_parts[sheet.get("name") or ""] = part
                if sheet.get("state", "visible") != "visible":
                    self.hidden.add(sheet.get("name") or "")
        self.sheets = list(self._sheet_parts)

    def _read_shared(self) -> None:
        from lxml import etree

        if "xl/sharedstrings.xml" not in self._parts:
            return
        with self._open("xl/sharedstrings.xml") as part:
            for _, element in etree.iterparse(part, tag="{*}si", huge_tree=True, resolve_entities=False, no_network=True):
                text, struck = _string(element)
                if struck:
                    self._struck.add(len(self._shared))
                self._shared.append(text)
                _let_go(element)

    def _date_styles(self) -> frozenset[str]:
        """The numbers of the cell styles that show a date."""
        styles = self._tree("xl/styles.xml")
        if styles is None:
            return frozenset()
        own = {
            element.get("numFmtId")
            for element in styles.iter("{*}numFmt")
            if _DATE_LETTERS.search(re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", element.get("formatCode") or ""))
        }
        formats = next(styles.iter("{*}cellXfs"), None)
        if formats is None:
            return frozenset()
        ids = [element.get("numFmtId") or "0" for element in formats]
        return frozenset(str(place) for place, number in enumerate(ids) if number in own or int(number) in _DATE_FORMATS)

    # --- cells ---------------------------------------------------------------------------------------------------

    def _row(self, element: _Element, number: int) -> Row:
        texts: dict[int, str] = {}
        remarks: dict[int, str] = {}
        column = -1
        for cell in element:
            reference = cell.get("r")
            column = _column(reference) if reference else column + 1
            if len(cell) == 0:
                continue
            kind, value, formula = cell.get("t"), None, False
            for child in cell:
                tag = child.tag
                if not isinstance(tag, str):
                    continue
                if tag.endswith("}v"):
                    value = child.text
                elif tag.endswith("}f"):
                    formula = True
                elif tag.endswith("}is"):
                    value, struck = _string(child)
                    if struck:
                        remarks[column] = "struck"
            if value is None:
                if formula:
                    remarks[column] = "formula"
                continue
            if kind == "s":
                place = int(value)
                if place in self._struck:
                    remarks[column] = "struck"
                value = self._shared[place] if place < len(self._shared) else ""
            elif kind == "e":
                remarks[column] = f"error {value}"
                continue
            elif kind == "b":
                value = "TRUE" if value == "1" else "FALSE"
            elif kind == "str":
                value = _unescaped(value)
            elif kind in (None, "n"):
                value = _number(value, cell.get("s") in self._dates)
            if formula:
                remarks[column] = "formula"
            if value:
                texts[column] = value
        return Row(number, texts, remarks)


def _let_go(element: _Element) -> None:
    """Free an element that was read, and all before it: the rows of a large sheet would fill the memory, even emptied."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _string(element: _Element) -> tuple[str, bool]:
    """The text of a string with or without runs, and whether part of it is struck through; phonetic hints are no text."""
    parts: list[str] = []
    struck = False
    for child in element:
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            for inner in child:
                name = inner.tag.rpartition("}")[2] if isinstance(inner.tag, str) else ""
                if name == "t":
                    parts.append(inner.text or "")
                elif name == "rPr":
                    struck = struck or any(
                        isinstance(mark.tag, str)
                        and mark.tag.endswith("}strike")
                        and mark.get("val", "1") not in ("0", "false")
                        for mark in inner
                    )
    return _unescaped("".join(parts)), struck


def _unescaped(text: str) -> str:
    return _HEX.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _number(value: str, is_date: bool) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    if is_date and 0 <= number < 2_958_466:
        moment = _DAY_ZERO + datetime.timedelta(days=number)
        return moment.strftime("%Y-%m-%d") if number == int(number) else moment.strftime("%Y-%m-%d %H:%M")
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def _column(reference: str) -> int:
    column = 0
    for letter in reference:
        if letter > "9":
            column = column * 26 + ord(letter) - 64
    return column - 1


def place_of(reference: str) -> tuple[int, int]:
    """The (row, column) of a cell reference, the row as people count, the column from 0.

    >>> place_of("C12")
    (12, 2)
    """
    digits = "".join(letter for letter in reference if letter.isdigit())
    return int(digits or 1), _column(reference.replace("$", ""))


def column_letter(column: int) -> str:
    """The letter of a column.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
