"""Plain text and Markdown: the text as it is, with page marks where a form feed ends a page."""

from __future__ import annotations

import re

from termbuilder.model import Document, Mark
from termbuilder.read.encodings import decode


def read(name: str, data: bytes, encoding: str = "") -> Document:
    """Read a text file; raises InputRefused where its encoding cannot be told.

    >>> read("a.txt", "第一页\\f第二页".encode()).marks
    (Mark(at=0, kind='page', label='1'), Mark(at=4, kind='page', label='2'))
    """
    text, found, warnings = decode(name, data, encoding)
    marks: tuple[Mark, ...] = ()
    if "\f" in text:  # as pdftotext and old printers end a page
        ends = [match.end() for match in re.finditer("\f", text)]
        marks = tuple(Mark(at, "page", str(page)) for page, at in enumerate([0, *ends], 1) if at < len(text))
    format = "md" if name.lower().endswith((".md", ".markdown")) else "txt"
    return Document(name, text, marks, format=format, encoding=found, warnings=warnings)
