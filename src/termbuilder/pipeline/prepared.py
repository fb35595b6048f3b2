"""Documents read, cleaned and cut into passages: what both passes work on."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from termbuilder import clean, read, segment
from termbuilder.model import Document, DocumentReport, Passage, Source, Word
from termbuilder.pipeline.kit import Kit
from termbuilder.settings import Settings

Words = Sequence[tuple[Word, ...]]


@dataclass(frozen=True)
class Prepared:
    """A document read, cleaned and segmented."""

    document: Document
    passages: Sequence[Passage]
    words: Words
    report: DocumentReport


def prepare(one: read.Input, settings: Settings, rules: Kit) -> list[Prepared]:
    """Read, clean and segment one input; raises InputRefused."""
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
        out.append(Prepared(document, cleaned.passages, segment.segmented(cleaned.passages), report))
    return out


def locator(document: Document) -> Callable[[int], Source]:
    """`Document.locate` with the line starts found once."""
    breaks = [match.start() for match in re.finditer("\n", document.text)]

    def locate(offset: int) -> Source:
        line = bisect.bisect_left(breaks, offset) + 1
        return Source(document.name, line, offset, document.place(offset))

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
