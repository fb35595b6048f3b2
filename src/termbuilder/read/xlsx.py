"""Excel workbooks (XLSX, XLSM): the cells that hold text, row by row, straight from the parts of the file.

openpyxl needs nine times as long for the same cells, and both it and calamine can be made to fill the memory by one cell in
the last corner of a sheet; the two parts that matter are simple.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from termbuilder.errors import InputRefused
from termbuilder.model import Document
from termbuilder.read.bounds import LARGEST_UNPACKED, MB, MOST_CELLS, open_member, open_zip, read_member
from termbuilder.read.building import TextBuilder
from termbuilder.read.xml import attribute, local, parse

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read(name: str, data: bytes, encoding: str = "") -> Document:
    """Read every sheet: one line a row, a tab between cells, each cell marked `Sheet!B2`.

    Numbers, dates and truth values are left out: there is no term in them, and a date would show as the number Excel keeps.
    Raises InputRefused for what is no workbook, is damaged or too large.
    """
    archive = open_zip(name, data)
    parts = set(archive.namelist())
    if "xl/workbook.xml" not in parts:
        raise InputRefused(f"{name} is not an Excel workbook, whatever its name says. Save it again as .xlsx.")
    strings = _shared_strings(name, archive) if "xl/sharedStrings.xml" in parts else []
    text = TextBuilder()
    cells = 0
    for title, part in _sheets(name, archive, parts):
        for row in _rows(name, archive, part, strings):
            cells += len(row)
            if cells > MOST_CELLS:
                raise InputRefused(f"{name} has more than {MOST_CELLS:,} cells with text. Split it.")
            text.row([f"{title}!{place}" for place, _ in row], [value for _, value in row])
    return text.document(name, "xlsx")


def _sheets(name: str, archive: zipfile.ZipFile, parts: set[str]) -> list[tuple[str, str]]:
    """Title and part of each sheet, in the order of the tabs."""
    targets = {}
    if "xl/_rels/workbook.xml.rels" in parts:
        for relation in parse(name, read_member(name, archive, "xl/_rels/workbook.xml.rels"), "the list of sheets"):
            targets[relation.get("Id", "")] = posixpath.normpath(
                posixpath.join("xl", relation.get("Target", "")).removeprefix("xl//")
            )
    sheets = []
    workbook = parse(name, read_member(name, archive, "xl/workbook.xml"), "the workbook")
    for sheet in workbook.iter("{*}sheet"):
        part = targets.get(attribute(sheet, "id"), "").lstrip("/")
        if part in parts:
            sheets.append((sheet.get("name", ""), part))
    return sheets


def _shared_strings(name: str, archive: zipfile.ZipFile) -> list[str]:
    strings = []
    size = 0
    for element in _stream(name, open_member(name, archive, "xl/sharedStrings.xml"), "si"):
        strings.append(_rich_text(element))
        size += len(strings[-1])
        if size > LARGEST_UNPACKED:
            raise InputRefused(f"{name} holds more than {LARGEST_UNPACKED // MB} million characters. Split it.")
    return strings


def _rows(name: str, archive: zipfile.ZipFile, part: str, strings: list[str]) -> Iterator[list[tuple[str, str]]]:
    """Place and text of the cells that hold text, row by row; rows without any are left out."""
    for number, row in enumerate(_stream(name, open_member(name, archive, part), "row"), 1):
        cells = []
        for cell in row:
            kind = cell.get("t")
            if kind == "s":
                index = _value(cell)
                value = strings[int(index)] if index.isdecimal() and len(index) < 9 and int(index) < len(strings) else ""
            elif kind == "inlineStr":
                value = "".join(_rich_text(child) for child in cell if local(child.tag) == "is")
            elif kind == "str":  # what a formula came to
                value = _unescape(_value(cell))
            else:
                continue
            if value and not value.isspace():
                # a cell may leave its place out where it follows the one before; no program we know does so with text
                cells.append((cell.get("r") or f"?{row.get('r') or number}", value))
        if cells:
            yield cells


def _value(cell) -> str:  # type: ignore[no-untyped-def]
    return next((child.text or "" for child in cell if local(child.tag) == "v"), "")


def _stream(name: str, part: IO[bytes], tag: str):  # type: ignore[no-untyped-def]  # Iterator of lxml's private element type
    """Each element called `tag`, forgotten as soon as it is used: a sheet may be larger than memory as a tree."""
    from lxml import etree

    try:
        for _, element in etree.iterparse(
            part,
            tag="{*}" + tag,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
        ):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise InputRefused(f"{name} is damaged: a sheet of it ends in the middle. Save or send it again.") from error


def _rich_text(element) -> str:  # type: ignore[no-untyped-def]
    """The text of runs, without the phonetic guide that Excel keeps beside East Asian text."""
    pieces = []
    for child in element:
        tag = local(child.tag)
        if tag == "t":
            pieces.append(child.text or "")
        elif tag == "r":
            pieces.extend(piece.text or "" for piece in child if local(piece.tag) == "t")
    return _unescape("".join(pieces))


def _unescape(text: str) -> str:
    if "_x" not in text:
        return text
    return (
        _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1].upper() in ("000A", "000D", "0009", "005F") else "", text)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
    )
