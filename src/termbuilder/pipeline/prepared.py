"""Documents read, cleaned and cut into passages: what both passes work on."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from termbuilder import clean, read, segment
from termbuilder.engine.remote import Remote
from termbuilder.model import Document, DocumentReport, Passage, Source, Word
from termbuilder.pipeline.kit import Kit
from termbuilder.settings import Settings

Ints = NDArray[np.int64]
Words = Sequence[tuple[Word, ...]]


@dataclass(frozen=True)
class Prepared:
    """A document read, cleaned and segmented."""

    document: Document
    passages: Sequence[Passage]
    words: Words
    report: DocumentReport


def prepare(one: read.Input | Remote, settings: Settings, rules: Kit, cut: bool = True) -> list[Prepared]:
    """Read and clean one input and, if `cut`, cut it into words; raises InputRefused."""
    if isinstance(one, Remote):  # its suffix is that of the URL
        one = read.Input(one.name, Path(one.url), one.fetch())
    out = []
    for document in read.read(one, settings.encoding):
        cleaned = clean.clean(document, rules.clean)
        report = DocumentReport(
            document.name,
            document.format,
            document.digest,
            characters=len(document.text),
            passages=len(cleaned.passages),
            encoding=document.encoding,
            date=date_of(document.text),
            repairs=cleaned.repairs,
            warnings=document.warnings,
        )
        out.append(Prepared(document, cleaned.passages, segment.segmented(cleaned.passages) if cut else (), report))
    return out


def parted(prepared: Sequence[Prepared], numbers: Ints) -> Iterator[tuple[Prepared, Ints]]:
    """Each document with those of `numbers` that are its own; they count the passages of all documents, and are sorted."""
    begin = 0
    for own in prepared:
        first, last = np.searchsorted(numbers, [begin, begin + len(own.passages)])
        yield own, numbers[first:last] - begin
        begin += len(own.passages)


def locator(document: Document) -> Callable[[int], Source]:
    """`Document.locate` with the line starts found once."""
    breaks = [match.start() for match in re.finditer("\n", document.text)]
    starts = [mark.at for mark in document.marks]
    places: dict[int, str] = {}  # up to the next mark, the place is the same

    def locate(offset: int) -> Source:
        line = bisect.bisect_left(breaks, offset) + 1
        mark = bisect.bisect_right(starts, offset)
        if mark not in places:
            places[mark] = document.place(offset)
        return Source(document.name, line, offset, places[mark])

    return locate


_DATE = re.compile(r"((?:19|20)\d\d)\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})(?!\d)")


def date_of(text: str) -> str:
    """The date that a document states of itself (near its beginning or at its very end), ISO, or nothing.

    >>> date_of("关于培育瞪羚企业的通知\\n2026年3月5日\\n各有关单位：")
    '2026-03-05'
    """
    for part in (text[:600], text[-200:]):
        match = _DATE.search(part)
        if match and 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31:
            return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
    return ""
