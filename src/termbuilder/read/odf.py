"""OpenDocument files: text (ODT), spreadsheets (ODS) and presentations (ODP)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbuilder.errors import InputRefused
from termbuilder.model import Document
from termbuilder.read.bounds import MOST_CELLS, open_zip, read_member
from termbuilder.read.building import TextBuilder, column_letters
from termbuilder.read.xml import attribute, local, parse

if TYPE_CHECKING:
    from lxml.etree import _Element

# no printed text: changes that were deleted, remarks of reviewers, pinyin over characters, numbers of notes, forms
_NOT_PRINTED = frozenset(
    ("tracked-changes", "annotation", "annotation-end", "ruby-text", "note-citation", "forms", "sequence-decls")
)
_CONTENTS = frozenset(
    ("table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index", "object-index")
)
# the classes of frames that every slide repeats
_FURNITURE = {"header": "header", "footer": "footer", "date-time": "date", "page-number": "slide number"}
_MOST_SPACES = 100


def read(name: str, data: bytes, encoding: str = "") -> Document:
    """Read body, tables, text boxes and notes; contents, headers and footers are set aside, deleted text is left out.

    Raises InputRefused for what is no OpenDocument file, is damaged or locked by a password.
    """
    archive = open_zip(name, data)
    parts = archive.namelist()
    if "META-INF/manifest.xml" in parts and b"encryption-data" in read_member(name, archive, "META-INF/manifest.xml"):
        raise InputRefused(f"{name} is locked by a password. Unlock it, save it without one, and mine the result.")
    if "content.xml" not in parts:
        raise InputRefused(f"{name} is not an OpenDocument file, whatever its name says. Save it again.")
    content = parse(name, read_member(name, archive, "content.xml"), "content.xml")
    body = content.find("{*}body")
    if body is None:
        raise InputRefused(f"{name} is damaged: it has no body. Save or send it again.")
    reader = _Reader(name)
    for part in body:
        reader.blocks(part)
    for number, (kind, note) in enumerate(reader.notes, 1):
        reader.text.line(note, "note", str(number) if kind == "footnote" else f"{kind} {number}")
    if "styles.xml" in parts and reader.is_text:
        reader.furniture(parse(name, read_member(name, archive, "styles.xml"), "styles.xml"))
    return reader.text.document(name, "ods" if reader.is_sheet else "odt" if reader.is_text else "odp")


class _Reader:
    """Walks the body in order; holds the counters that label the places."""

    def __init__(self, name: str) -> None:
        self.text = TextBuilder()
        self.notes: list[tuple[str, str]] = []
        self.is_sheet = self.is_text = False
        self._name = name
        self._paragraphs = self._tables = self._slides = self._cells = 0

    def blocks(self, parent: _Element, aside: str = "", note: str = "") -> None:
        """Headings, paragraphs, tables and slides in `parent`, whatever wraps them (lists, sections, frames)."""
        tag = local(parent.tag)
        self.is_sheet = self.is_sheet or tag == "spreadsheet"
        self.is_text = self.is_text or tag == "text"
        for child in parent:
            tag = local(child.tag)
            if tag in ("p", "h"):
                self._paragraph(child, aside, note)
            elif tag == "table":
                self._table(child)
            elif tag == "page":
                self._slides += 1
                self._paragraphs = 0
                self.text.end_line()
                self.text.mark("slide", str(self._slides))
                self.blocks(child)
            elif tag in _CONTENTS:
                self.blocks(child, "table of contents")
            elif tag == "notes":  # what the speaker noted, beside a picture of the slide
                self.blocks(child, aside, "of the speaker")
            elif tag and tag not in _NOT_PRINTED:
                self.blocks(child, aside or _FURNITURE.get(attribute(child, "class"), ""), note)

    def furniture(self, styles: _Element) -> None:
        """Headers and footers of all page styles, each text once, set aside."""
        seen = set()
        for kind in ("header", "footer"):
            for element in styles.iter(f"{{*}}{kind}", f"{{*}}{kind}-left", f"{{*}}{kind}-first"):
                content = "\n".join(filter(None, (_printed(p, []).strip() for p in element.iter("{*}p", "{*}h"))))
                if content and content not in seen:
                    seen.add(content)
                    self.text.line(content, "note", kind, aside=kind)

    def _paragraph(self, element: _Element, aside: str, note: str) -> None:
        boxes: list[_Element] = []
        content = self._text_of(element, boxes)
        self._paragraphs += 1
        if content.strip():
            if note:
                self.text.line(content, "note", note, aside)
            else:
                self.text.line(content, "paragraph", str(self._paragraphs), aside)
        for box in boxes:
            self.blocks(box, aside, note)

    def _text_of(self, element: _Element, boxes: list[_Element]) -> str:
        found: list[_Element] = []
        content = _printed(element, found)
        for inner in found:
            if local(inner.tag) == "note":
                lines = [_printed(paragraph, []) for paragraph in inner.iter("{*}p")]
                kind = attribute(inner, "note-class") or "footnote"
                self.notes.append((kind, "\n".join(line for line in lines if line.strip())))
            else:
                boxes.append(inner)
        return content

    def _table(self, element: _Element) -> None:
        self._tables += 1
        table = self._tables
        title = attribute(element, "name") or str(table)
        row_number = 0
        for row in _within(element, "table-row"):
            row_number += 1
            self.text.end_line()
            first = True
            column = 0
            for cell in row:
                if local(cell.tag) not in ("table-cell", "covered-table-cell"):
                    continue
                inner: list[_Element] = []
                content = self._cell(cell, inner)
                if content:
                    self._cells += 1
                    if self._cells > MOST_CELLS:
                        raise InputRefused(f"{self._name} has more than {MOST_CELLS:,} cells with text. Split it.")
                    if not first:
                        self.text.add("\t")
                    first = False
                    place = f"{column_letters(column)}{row_number}"
                    on_slide = f" on slide {self._slides}" if self._slides else ""
                    self.text.mark("cell", f"{title}!{place}" if self.is_sheet else f"{place} of table {table}{on_slide}")
                    self.text.add(content)
                for block in inner:
                    self.text.end_line()
                    first = True
                    if local(block.tag) == "table":
                        self._table(block)
                    else:
                        self.blocks(block)
                column += _repeated(cell, "number-columns-repeated")
            row_number += _repeated(row, "number-rows-repeated") - 1
        self.text.end_line()

    def _cell(self, cell: _Element, inner: list[_Element]) -> str:
        if self.is_sheet and attribute(cell, "value-type") not in ("string", ""):
            return ""  # numbers and dates hold no terms
        lines = []
        for child in _within(cell, "p", "h", "table"):
            if local(child.tag) == "table":
                inner.append(child)
            else:
                lines.append(self._text_of(child, inner).strip())
        return "\n".join(filter(None, lines))


def _within(parent: _Element, *wanted: str) -> list[_Element]:
    """The outermost elements called as `wanted` below `parent`, in order, through lists, header rows and groups."""
    found = []
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        tag = local(child.tag)
        if tag in wanted:
            found.append(child)
        elif tag in ("list", "list-item", "list-header", "section", "table-header-rows", "table-rows", "table-row-group"):
            stack.extend(reversed(child))
    return found


def _printed(element: _Element, found: list[_Element]) -> str:
    """The printed characters of a paragraph; notes and text boxes in it are left in `found`."""
    pieces = [element.text or ""]
    stack: list[_Element | str] = list(reversed(element))
    while stack:
        child = stack.pop()
        if isinstance(child, str):
            pieces.append(child)
            continue
        stack.append(child.tail or "")
        tag = local(child.tag)
        if tag == "s":
            count = attribute(child, "c")
            pieces.append(" " * (min(int(count), _MOST_SPACES) if count.isdecimal() else 1))
        elif tag == "tab":
            pieces.append("\t")
        elif tag == "line-break":
            pieces.append("\n")
        elif tag in ("note", "text-box"):
            found.append(child)
        elif tag and tag not in _NOT_PRINTED:
            pieces.append(child.text or "")
            stack.extend(reversed(child))
    return "".join(pieces)


def _repeated(element: _Element, name: str) -> int:
    value = attribute(element, name)
    return max(1, int(value)) if value.isdecimal() and len(value) < 9 else 1
