"""Electronic books (EPUB): the chapters in reading order."""

from __future__ import annotations

import posixpath
import zipfile
from urllib.parse import unquote

from termbuilder.errors import InputRefused
from termbuilder.model import Document
from termbuilder.read.bounds import open_zip, read_member
from termbuilder.read.building import TextBuilder
from termbuilder.read.encodings import decode
from termbuilder.read.html import blocks_of
from termbuilder.read.xml import parse


def read(name: str, data: bytes, encoding: str = "") -> Document:
    """Read every chapter of the book's reading order, except its navigation page; marks name the chapter file and paragraph.

    Raises InputRefused for what is no EPUB, is damaged or copy-protected.
    """
    archive = open_zip(name, data)
    parts = set(archive.namelist())
    if "META-INF/container.xml" not in parts:
        raise InputRefused(f"{name} is not an EPUB book, whatever its name says. Save or send it again.")
    if "META-INF/rights.xml" in parts:
        raise InputRefused(f"{name} is copy-protected and cannot be read. Ask its publisher for an open copy.")
    text = TextBuilder()
    for chapter in _chapters(name, archive):
        if chapter not in parts:
            continue
        page, _, _ = decode(f"{name}/{chapter}", read_member(name, archive, chapter), encoding)
        text.end_line()
        text.mark("file", posixpath.basename(chapter))
        for number, block in enumerate(blocks_of(page)[0], 1):
            if block.cell and block.continues_row:
                text.add("\t")
            else:
                text.end_line()
            text.mark(
                "cell" if block.cell else "paragraph",
                f"{block.cell} in {posixpath.basename(chapter)}" if block.cell else str(number),
            )
            text.add(block.text)
    return text.document(name, "epub")


def _chapters(name: str, archive: zipfile.ZipFile) -> list[str]:
    container = parse(name, read_member(name, archive, "META-INF/container.xml"), "the container")
    package = next((root.get("full-path", "") for root in container.iter("{*}rootfile")), "")
    if package not in archive.namelist():
        raise InputRefused(f"{name} is damaged: its table of parts is missing. Save or send it again.")
    root = parse(name, read_member(name, archive, package), package)
    folder = posixpath.dirname(package)
    pages = {
        item.get("id", ""): posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in root.iter("{*}item")
        if item.get("media-type", "").endswith(("html+xml", "text/html")) and "nav" not in item.get("properties", "").split()
    }
    return [pages[entry.get("idref", "")] for entry in root.iter("{*}itemref") if entry.get("idref", "") in pages]
