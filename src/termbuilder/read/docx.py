"""Word documents (DOCX, DOCM): what a reader of the printed page sees, with tracked changes accepted."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from termbuilder.errors import InputRefused
from termbuilder.model import Document
from termbuilder.read.bounds import DEEPEST_NESTING, open_zip, read_member
from termbuilder.read.building import RAISED, TextBuilder, column_letters
from termbuilder.read.xml import attribute, local, parse

if TYPE_CHECKING:
    from lxml.etree import _Element

# Parts of a paragraph that are not printed text: deleted and moved-away text, field codes, pinyin over the characters, properties.
_NOT_PRINTED = frozenset(
    (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "rt",
        "rPr",
        "pPr",
        "Fallback",
        "tblPr",
        "tcPr",
        "sectPr",
        "sdtPr",
        "annotationRef",
    )
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CONTENTS_STYLE = re.compile(r"(toc|目录)\s*\d*", re.IGNORECASE)


def read(name: str, data: bytes, encoding: str = "") -> Document:
    """Read body, tables, text boxes, footnotes and endnotes; headers and footers come last and are set aside.

    One line a paragraph; cells of a row are separated by a tab. Raises InputRefused for what is no Word document or damaged.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputRefused(
            f"{name} is locked by a password, or an old .doc file. Open it in Word and save it as .docx without a password."
        )
    archive = open_zip(name, data)
    parts = archive.namelist()
    if "word/document.xml" not in parts:
        raise InputRefused(f"{name} is not a Word document, whatever its name says. Save it again as .docx.")
    reader = _Reader(name, _contents_styles(name, archive, parts))
    reader.blocks(_parse(name, archive, "word/document.xml"))
    for part, kind in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        if part in parts:
            reader.notes(_parse(name, archive, part), kind)
    seen: set[str] = set()
    for part in sorted(parts):
        kind = "header" if part.startswith("word/header") else "footer" if part.startswith("word/footer") else ""
        if kind and part.endswith(".xml"):
            reader.furniture(_parse(name, archive, part), kind, seen)
    return reader.text.document(name, "docx")


def _parse(name: str, archive: zipfile.ZipFile, part: str) -> _Element:
    return parse(name, read_member(name, archive, part), part)


def _contents_styles(name: str, archive: zipfile.ZipFile, parts: list[str]) -> frozenset[str]:
    """The ids of the paragraph styles that make a table of contents; Chinese Word calls them by numbers."""
    if "word/styles.xml" not in parts:
        return frozenset()
    found = set()
    for style in _parse(name, archive, "word/styles.xml").iter("{*}style"):
        title = next((attribute(child, "val") for child in style if local(child.tag) == "name"), "")
        if _CONTENTS_STYLE.fullmatch(title):
            found.add(attribute(style, "styleId"))
    return frozenset(found)


class _Reader:
    """Walks the parts in reading order; holds the counters that label the places."""

    def __init__(self, name: str, contents_styles: frozenset[str]) -> None:
        self.text = TextBuilder()
        self.name = name
        self.contents_styles = contents_styles
        self.paragraphs = 0
        self.tables = 0
        self._joined = False  # the end of the last paragraph was deleted under tracked changes: it goes on

    def blocks(self, parent: _Element, depth: int = 0) -> None:
        """Paragraphs and tables that stand in `parent`, whatever wraps them (content controls, text boxes, insertions)."""
        if depth > DEEPEST_NESTING:
            raise InputRefused(f"{self.name} is nested more than {DEEPEST_NESTING} levels deep. Save it again in Word.")
        for child in parent:
            tag = local(child.tag)
            if tag == "p":
                self.paragraph(child, depth)
            elif tag == "tbl":
                self.table(child, depth)
            elif tag not in _NOT_PRINTED:
                self.blocks(child, depth + 1)

    def paragraph(self, element: _Element, depth: int) -> None:
        boxes: list[_Element] = []
        pieces: list[str] = []
        _printed(element, pieces, boxes)
        content = "".join(pieces)
        if self._joined:
            self.text.add(content)
            content = ""
        else:
            self.paragraphs += 1
        properties = _properties(element)
        self._joined = properties is not None and properties.find("{*}rPr/{*}del") is not None
        if content.strip():
            contents = bool(self.contents_styles) and _style(properties) in self.contents_styles
            self.text.line(content, "paragraph", str(self.paragraphs), aside="table of contents" if contents else "")
        for box in boxes:
            self.blocks(box, depth + 1)

    def table(self, element: _Element, depth: int) -> None:
        self.tables += 1
        table = self.tables
        for row_number, row in enumerate(_rows(element), 1):
            self.text.end_line()
            first = True
            column = 0
            for cell in _cells(row):
                pieces: list[str] = []
                inner: list[_Element] = []
                _cell_lines(cell, pieces, inner)
                content = "\n".join(pieces)
                if content.strip():
                    if not first:
                        self.text.add("\t")
                    first = False
                    self.text.mark("cell", f"{column_letters(column)}{row_number} of table {table}")
                    self.text.add(content)
                for block in inner:  # a table or text box inside the cell
                    self.text.end_line()
                    first = True
                    if local(block.tag) == "tbl":
                        if depth > DEEPEST_NESTING:
                            raise InputRefused(
                                f"{self.name} has tables nested more than {DEEPEST_NESTING} levels deep. Save it again in Word."
                            )
                        self.table(block, depth + 1)
                    else:
                        self.blocks(block, depth + 1)
                column += _span(cell)
        self.text.end_line()

    def notes(self, root: _Element, kind: str) -> None:
        number = 0
        for note in root:
            if attribute(note, "type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            lines: list[str] = []
            _cell_lines(note, lines, [])
            content = "\n".join(lines).strip()
            number += 1
            if content:
                self.text.line(content, "note", str(number) if kind == "footnote" else f"{kind} {number}")

    def furniture(self, root: _Element, kind: str, seen: set[str]) -> None:
        lines: list[str] = []
        _cell_lines(root, lines, [])
        content = "\n".join(lines)
        if content.strip() and content not in seen:  # first, even and odd pages mostly have the same
            seen.add(content)
            self.text.line(content, "note", kind, aside=kind)


def _printed(element: _Element, pieces: list[str], boxes: list[_Element]) -> None:
    """Collect the printed characters of a paragraph in `pieces`, and the text boxes anchored in it in `boxes`."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        tag = local(child.tag)
        if tag == "r":
            look = _look(child)
            if look == "hidden":
                continue
            if look == "raised":
                inner: list[str] = []
                for part in child:
                    if local(part.tag) in _NOT_PRINTED:
                        continue
                    inner.append(part.text or "" if local(part.tag) == "t" else _CHARACTERS.get(local(part.tag), ""))
                pieces.append("".join(inner).translate(RAISED))
            else:
                stack.extend(reversed(child))
        elif tag == "t":
            pieces.append(child.text or "")
        elif tag in _CHARACTERS:
            pieces.append(_CHARACTERS[tag])
        elif tag == "txbxContent":
            boxes.append(child)
        elif tag not in _NOT_PRINTED:
            stack.extend(reversed(child))


def _properties(element: _Element) -> _Element | None:
    """The properties of a paragraph or run, which stand first in it."""
    return element[0] if len(element) and local(element[0].tag) in ("pPr", "rPr") else None


def _style(properties: _Element | None) -> str:
    if properties is None:
        return ""
    return next((attribute(child, "val") for child in properties if local(child.tag) == "pStyle"), "")


def _look(run: _Element) -> str:
    """Is a run hidden, or raised above the line?"""
    properties = _properties(run)
    if properties is not None:
        for child in properties:
            tag = local(child.tag)
            if tag == "vanish" and attribute(child, "val") not in ("0", "false", "off"):
                return "hidden"
            if tag == "vertAlign" and attribute(child, "val") == "superscript":
                return "raised"
    return ""


def _cell_lines(parent: _Element, lines: list[str], inner: list[_Element]) -> None:
    """The paragraphs of a cell or note as lines; tables and text boxes in it are left to the caller, in `inner`."""
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        tag = local(child.tag)
        if tag == "p":
            pieces: list[str] = []
            _printed(child, pieces, inner)
            content = "".join(pieces)
            if content.strip():
                lines.append(content)
        elif tag == "tbl":
            inner.append(child)
        elif tag not in _NOT_PRINTED:
            stack.extend(reversed(child))


def _rows(table: _Element) -> list[_Element]:
    return _through_wrappers(table, "tr")


def _cells(row: _Element) -> list[_Element]:
    return _through_wrappers(row, "tc")


def _through_wrappers(parent: _Element, wanted: str) -> list[_Element]:
    """The elements called `wanted` below `parent`, also inside content controls and insertions, not inside inner tables."""
    found = []
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        tag = local(child.tag)
        if tag == wanted:
            if not (wanted == "tr" and child.find("{*}trPr/{*}del") is not None):  # a row deleted under tracked changes
                found.append(child)
        elif tag in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo"):
            stack.extend(reversed(child))
    return found


def _span(cell: _Element) -> int:
    properties = cell[0] if len(cell) and local(cell[0].tag) == "tcPr" else ()
    value = next((attribute(child, "val") for child in properties if local(child.tag) == "gridSpan"), "")
    return min(int(value), 1000) if value.isdecimal() and len(value) < 9 and int(value) else 1
