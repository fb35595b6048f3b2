"""Reads documents of any supported format into `Document` values; nothing is repaired here.

`expand` turns what the user named into inputs, `read` turns one input into a document, `read_file` does both for one file.
"""

from __future__ import annotations

import hashlib
import importlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from termbuilder.errors import InputRefused
from termbuilder.model import Document
from termbuilder.read import inputs
from termbuilder.read.inputs import Input

__all__ = ["SUFFIXES", "Input", "expand", "read", "read_file"]

# Which module of this package reads a suffix; imported when the first such file comes.
READERS = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "plain",
    ".markdown": "plain",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".pptx": "pptx",
    ".pptm": "pptx",
    ".ppsx": "pptx",
    ".odt": "odf",
    ".ods": "odf",
    ".odp": "odf",
    ".epub": "epub",
    ".rtf": "rtf",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".tmx": "bilingual",
    ".xlf": "bilingual",
    ".xliff": "bilingual",
    ".sdlxliff": "bilingual",
    ".mqxliff": "bilingual",
    ".mxliff": "bilingual",
    ".doc": "legacy",
    ".dot": "legacy",
    ".wps": "legacy",
    ".xls": "legacy",
    ".et": "legacy",
    ".ppt": "legacy",
    ".pps": "legacy",
    ".dps": "legacy",
}
SUFFIXES = frozenset(READERS) | {".zip"}

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def expand(paths: Sequence[str | Path]) -> tuple[list[Input], list[str]]:
    """List the inputs that files, folders, patterns, ZIP files and `-` (standard input) stand for, and warnings in one line each.

    The order and the names of the inputs do not depend on the order of `paths`. A path that cannot be read is listed as
    well: `read` refuses it with the reason, so that one bad path costs only itself.
    """
    return inputs.expand(paths, SUFFIXES)


def read(one: Input, encoding: str = "", lang: str = "zh") -> list[Document]:
    """Read one input; `encoding` overrides what is detected in text files, `lang` is `en` for the English half of a pair.

    Raises InputRefused, with one sentence for the user, for everything that cannot be read, and for a document without
    Chinese where Chinese is wanted.

    >>> [document.text for document in read(Input("a.txt", data="培育瞪羚企业".encode()))]
    ['培育瞪羚企业']
    """
    data = inputs.load(one)
    module = _reader_of(one, data)
    reader: Callable[[str, bytes, str], Document] = importlib.import_module(f"termbuilder.read.{module}").read
    try:
        document = reader(one.name, data, encoding)
    except (MemoryError, RecursionError) as error:
        raise InputRefused(f"{one.name} is too large or too deeply nested to be read. Split it.") from error
    # No output format can hold control characters or half characters; as many other signs keep the offsets true.
    text = _UNPRINTABLE.sub("\ufffd", document.text) if _UNPRINTABLE.search(document.text) else document.text
    if not text.strip():
        raise InputRefused(f"{one.name} holds no text. Was it saved completely?")
    if lang == "zh" and not _HAN.search(text):
        raise InputRefused(f"{one.name} holds no Chinese text. Give the Chinese version of the document.")
    return [replace(document, text=text, digest=hashlib.sha256(data).hexdigest())]


def read_file(path: Path, encoding: str = "", lang: str = "zh") -> Document:
    """Read the one document at `path`; raises InputRefused as `read` does."""
    return read(Input(path.name, path), encoding, lang)[0]


def _reader_of(one: Input, data: bytes) -> str:
    """The module that reads an input: by suffix, and for standard input and unknown suffixes by what the bytes begin with."""
    if one.suffix in READERS:
        return READERS[one.suffix]
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        return "pdf"
    if start.startswith(b"pk\x03\x04") or one.suffix == ".zip":
        return _reader_of_zip(one, data)
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if one.suffix and one.path is not None and b"\0" in data[:4096]:
        raise InputRefused(f"{one.name}: files of kind {one.suffix} cannot be read. Save it as DOCX, PDF or TXT.")
    return "plain"


def _reader_of_zip(one: Input, data: bytes) -> str:
    from termbuilder.read.bounds import open_zip

    names = set(open_zip(one.name, data).namelist())
    for part, module in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
        if part in names:
            return module
    raise InputRefused(f"{one.name} holds no document that can be read. Unpack it and convert what is in it.")
