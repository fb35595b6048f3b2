"""Puts the text of a document together piece by piece and remembers where each piece stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from termbuilder.model import Document, Mark, SegmentPair

# A raised digit is printed as what it is: 企业¹ is a note mark and m² a unit, where 企业1 and m2 would be neither.
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class TextBuilder:
    """Collects text, marks and set-aside spans in reading order; offsets are true because nothing is changed later.

    >>> text = TextBuilder()
    >>> text.line("关于加快培育瞪羚企业的通知", "paragraph", "1")
    >>> text.line("第 1 页", aside="footer")
    >>> text.document("a.docx", "docx").set_aside
    ((14, 19, 'footer'),)
    """

    def __init__(self) -> None:
        """Start with no text."""
        self._pieces: list[str] = []
        self._marks: list[Mark] = []
        self._aside: list[tuple[int, int, str]] = []
        self._ends_line = True
        self.length = 0

    def add(self, text: str) -> None:
        """Append `text` as it is."""
        if text:
            self._pieces.append(text)
            self.length += len(text)
            self._ends_line = text[-1] == "\n"

    def mark(self, kind: str, label: str) -> None:
        """From here on the text stands at `label`."""
        self._marks.append(Mark(self.length, kind, label))

    def end_line(self) -> None:
        """Begin a new line, unless at the beginning of one."""
        if not self._ends_line:
            self.add("\n")

    def line(self, text: str, kind: str = "", label: str = "", aside: str = "") -> None:
        """Append `text` as a line of its own, marked if `kind` is given, set aside if `aside` says why."""
        self.end_line()
        if kind:
            self.mark(kind, label)
        start = self.length
        self.add(text)
        if aside:
            self.set_aside(start, self.length, aside)

    def row(self, labels: Iterable[str], cells: Sequence[str]) -> None:
        """Append a row of cells as a line with a tab between them; empty cells get no mark."""
        self.end_line()
        at = self.length
        for label, text in zip(labels, cells):
            if text:
                self._marks.append(Mark(at, "cell", label))
            at += len(text) + 1
        self.add("\t".join(cells))

    def set_aside(self, start: int, end: int, why: str) -> None:
        """Say that text[start:end] is no running text; touching spans of one reason become one."""
        if end <= start:
            return
        if self._aside and self._aside[-1][2] == why and start - self._aside[-1][1] <= 1:
            start = self._aside.pop()[0]
        self._aside.append((start, end, why))

    def document(
        self, name: str, format: str, *, pairs: tuple[SegmentPair, ...] = (), warnings: tuple[str, ...] = (), encoding: str = ""
    ) -> Document:
        """The document read so far."""
        return Document(
            name,
            "".join(self._pieces),
            tuple(self._marks),
            format=format,
            encoding=encoding,
            set_aside=tuple(self._aside),
            pairs=pairs,
            warnings=warnings,
        )


def column_letters(number: int) -> str:
    """The name of spreadsheet column `number`, counted from 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def names(text: str) -> frozenset[str]:
    """The set of the words of `text`: lists of element names read better so.

    >>> sorted(names("script style"))
    ['script', 'style']
    """
    return frozenset(text.split())
