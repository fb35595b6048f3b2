"""PowerPoint presentations (PPTX): the text of the slides in their order, tables, diagrams and speaker notes."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from termbuilder.errors import InputRefused
from termbuilder.model import Document
from termbuilder.read.bounds import MOST_PAGES, open_zip, read_member
from termbuilder.read.building import TextBuilder, column_letters
from termbuilder.read.xml import attribute, local, parse

if TYPE_CHECKING:
    from lxml.etree import _Element

# What a placeholder holds that every slide repeats.
_FURNITURE = {"dt": "date", "ftr": "footer", "hdr": "header", "sldNum": "slide number"}


def read(name: str, data: bytes, encoding: str = "") -> Document:
    """Read all slides; date, footer and slide number are set aside. Raises InputRefused for what is no presentation."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputRefused(f"{name} is locked by a password, or an old .ppt file. Save it as .pptx without a password.")
    archive = open_zip(name, data)
    if "ppt/presentation.xml" not in archive.namelist():
        raise InputRefused(f"{name} is not a PowerPoint presentation, whatever its name says. Save it again as .pptx.")
    reader = _Reader(name, archive)
    for number, part in enumerate(reader.slides(), 1):
        if number > MOST_PAGES:
            raise InputRefused(f"{name} has more than {MOST_PAGES:,} slides. Split it.")
        reader.slide(number, part)
    return reader.text.document(name, "pptx")


class _Reader:
    """Walks the slides in order; holds the counters that label the places."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self.text = TextBuilder()
        self._name = name
        self._archive = archive
        self._parts = frozenset(archive.namelist())
        self._slide = self._paragraphs = self._tables = 0

    def slides(self) -> Iterator[str]:
        """The parts that hold the slides, in the order of the presentation."""
        targets = {ident: target for ident, _, target in self._related("ppt/presentation.xml")}
        for entry in self._parse("ppt/presentation.xml").iter("{*}sldId"):
            # two attributes are called id: the slide's own, and the relationship's in a namespace
            idents = [str(value) for key, value in entry.attrib.items() if local(key) == "id"]
            part = next((targets[ident] for ident in idents if ident in targets), "")
            if part in self._parts:
                yield part

    def slide(self, number: int, part: str) -> None:
        """Add one slide: shapes, then diagrams, then what the speaker noted."""
        self.text.end_line()
        self.text.mark("slide", str(number))
        self._slide = number
        self._paragraphs = self._tables = 0
        self._shapes(self._parse(part))
        for _, kind, target in self._related(part):
            if target not in self._parts:
                continue
            if kind == "diagramData":
                self._paragraphs_of(self._parse(target))
            elif kind == "notesSlide":
                self._notes(self._parse(target))

    def _shapes(self, parent: _Element) -> None:
        for child in _below(parent, ("txBody", "tbl")):
            if local(child.tag) == "tbl":
                self._table(child)
            else:
                self._paragraphs_of(child, _FURNITURE.get(_placeholder(child), ""))

    def _paragraphs_of(self, parent: _Element, aside: str = "") -> None:
        for element in parent.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
            content = _printed(element)
            if content.strip():
                self._paragraphs += 1
                self.text.line(content, "paragraph", str(self._paragraphs), aside=aside)

    def _table(self, element: _Element) -> None:
        self._tables += 1
        for row_number, row in enumerate(element.iterchildren("{*}tr"), 1):
            self.text.end_line()
            first = True
            for column, cell in enumerate(row.iterchildren("{*}tc")):
                content = "\n".join(filter(None, (_printed(paragraph).strip() for paragraph in cell.iter("{*}p"))))
                if content:
                    if not first:
                        self.text.add("\t")
                    first = False
                    self.text.mark(
                        "cell", f"{column_letters(column)}{row_number} of table {self._tables} on slide {self._slide}"
                    )
                    self.text.add(content)

    def _notes(self, root: _Element) -> None:
        for body in _below(root, ("txBody",)):
            if _placeholder(body) in ("body", ""):
                for paragraph in body.iter("{*}p"):
                    content = _printed(paragraph)
                    if content.strip():
                        self.text.line(content, "note", "of the speaker")

    def _parse(self, part: str) -> _Element:
        return parse(self._name, read_member(self._name, self._archive, part), part)

    def _related(self, part: str) -> Iterator[tuple[str, str, str]]:
        """(id, kind, part) of each relationship of a part."""
        folder, _, base = part.rpartition("/")
        relations = f"{folder}/_rels/{base}.rels"
        if relations not in self._parts:
            return
        for relation in self._parse(relations):
            target = relation.get("Target", "")
            target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            yield relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], target


def _below(parent: _Element, wanted: tuple[str, ...]) -> Iterator[_Element]:
    """Elements called as `wanted`, outermost only, in order; of alternatives for old programs only the first."""
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        tag = local(child.tag)
        if tag in wanted:
            yield child
        elif tag != "Fallback":
            stack.extend(reversed(child))


def _placeholder(body: _Element) -> str:
    """The type of the placeholder that a text body stands in; empty for an ordinary shape."""
    shape = body.getparent()
    found = shape.find("{*}nvSpPr/{*}nvPr/{*}ph") if shape is not None else None
    return attribute(found, "type") if found is not None else ""


def _printed(paragraph: _Element) -> str:
    pieces = []
    for part in paragraph:  # runs, fields and line breaks; what else there is are properties
        tag = local(part.tag)
        if tag == "br":
            pieces.append("\n")
        elif tag in ("r", "fld"):
            pieces.extend(child.text or "" for child in part if local(child.tag) == "t")
    return "".join(pieces)
