"""Lines that a line break or page break cut apart are put together again into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from termbuilder.clean.joins import Joins
from termbuilder.clean.lines import SENTENCE_END, WIDEST_HEADING, Line
from termbuilder.clean.seams import INSIDE, Seam, continues
from termbuilder.clean.wraps import indent_of_starts, wrap_widths

# A caption is one line, or two or three under one picture.
_MOST_CAPTIONS = 3
_WIDEST_CAPTION = 36
# How much of a paragraph is looked at to see whether it goes on.
_TAIL = 400


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: tuple[Line, ...]

    @property
    def kind(self) -> str:
        """body, heading, list, table or note."""
        first = self.lines[0]
        if first.kind != "text":
            return first.kind
        if not SENTENCE_END.search(self.lines[-1].text) and sum(line.width for line in self.lines) <= WIDEST_HEADING:
            return "heading"
        return "list" if first.mark else "body"


def paragraphs(lines: Sequence[Line], joins: Joins, annex: range, runs_on: bool = False) -> tuple[list[Paragraph], list[int]]:
    """The paragraphs of `lines`, and the numbers of the lines that were joined to one before them.

    A sentence also goes on behind the captions of a picture that a page put in its middle; they become paragraphs of their own.
    """
    wraps = wrap_widths(lines)
    starts = indent_of_starts(lines)
    whole = "".join(line.text for line in lines)
    found: list[list[Line]] = []
    joined: list[int] = []
    i = 0
    while i < len(lines):
        current = [lines[i]]
        text = lines[i].text
        captions: list[Line] = []
        i += 1
        while i < len(lines):
            after = lines[i + 1] if i + 1 < len(lines) else None
            if not continues(Seam(current, text[-_TAIL:], lines[i], after, wraps[i - 1], starts, whole, joins, annex, runs_on)):
                resumed = _behind_captions(current, text, lines, i)
                if not resumed:
                    break
                captions += lines[i:resumed]
                i = resumed
            joined.append(i)
            current.append(lines[i])
            text += lines[i].text
            i += 1
        found.append(current)
        found += ([caption] for caption in captions)
    return [Paragraph(tuple(group)) for group in found], joined


def _behind_captions(current: Sequence[Line], text: str, lines: Sequence[Line], i: int) -> int:
    """Where the sentence goes on behind the captions that begin at `lines[i]`; 0 if it does not."""
    if (
        current[-1].kind != "text"
        or SENTENCE_END.search(text)
        or not INSIDE.search(text)
        or text[-1] in "”）》】"
        or sum(line.width for line in current) <= WIDEST_HEADING
    ):
        return 0
    for k in range(i, min(i + _MOST_CAPTIONS + 1, len(lines))):
        line = lines[k]
        if (
            line.kind == "text"
            and line.width <= _WIDEST_CAPTION
            and not line.mark
            and not re.search("[，。；：！？]", line.text)
        ):
            continue
        goes_on = (
            k > i and line.kind == "text" and not line.mark and INSIDE.search(line.text) and line.text[0] not in "“‘（《【"
        )
        return k if goes_on else 0
    return 0
