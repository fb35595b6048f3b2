"""At what width a text was wrapped, line by line; wrapped lines must be joined, list items and headings must not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from termbuilder.clean.lines import SENTENCE_END, Line

# A line reaches the wrap width if it is at most four characters and a half short of it: what does not fit moves down whole.
SHORT_OF_WRAP = 4.5

_NARROWEST, _WIDEST = 12, 64
_AROUND = 5  # lines looked at before and after
_INSIDE = re.compile("[，。；、,]")
# Running text has a mark every 40 characters at the least; names and titles in a column reach a common width too, but have none.
_MARK_EVERY = 40


def wrap_widths(lines: Sequence[Line]) -> list[float]:
    """For each line the width at which the lines around it were wrapped, 0 where they were not.

    It is the third widest of the eleven lines around, where the widest are no wider; else the document's usual one, where the lines
    around stay within it.
    """
    widths = [line.printed for line in lines]
    running = [len(_INSIDE.findall(line.text)) for line in lines]
    usual = _usual(lines)
    found = []
    for i in range(len(lines)):
        low, high = max(0, i - _AROUND), min(len(lines), i + _AROUND + 1)
        near = sorted(widths[low:high], reverse=True)
        wrap = near[min(2, len(near) - 1)]
        marks = sum(running[low:high])
        if (
            _NARROWEST <= wrap <= _WIDEST
            and (near[0] <= wrap + 3 or near[min(1, len(near) - 1)] <= wrap + 1.5)
            and marks * _MARK_EVERY >= sum(near)
        ):
            found.append(max(wrap, usual) if near[0] <= usual + 1.5 else wrap)
        elif usual and near[0] <= usual + 1.5 and marks * 2 * _MARK_EVERY >= sum(near):
            found.append(usual)
        else:
            found.append(0.0)
    return found


def inside_paragraphs(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the lines that go on from a full line above them: whatever their words, they are running text."""
    wraps = wrap_widths(lines)
    return frozenset(
        below.number
        for above, below, wrap in zip(lines, lines[1:], wraps)
        if wrap
        and above.printed >= wrap - SHORT_OF_WRAP
        and not (below.blanks or below.mark or SENTENCE_END.search(above.text) or above.kind != below.kind)
    )


def indent_of_starts(lines: Sequence[Line]) -> int:
    """How far the first lines of paragraphs are indented, if that tells them from the others; else 0.

    It does where most lines stand at one margin, and some two blanks or more to the right of it.
    """
    counts = Counter(line.indent for line in lines if line.kind == "text")
    if not counts:
        return 0
    margin, often = counts.most_common(1)[0]
    starts = sum(count for indent, count in counts.items() if indent >= margin + 2)
    return margin + 2 if starts >= 3 and often * 5 >= 2 * len(lines) and starts * 20 >= len(lines) else 0


def _usual(lines: Sequence[Line]) -> float:
    """The wrap width of the whole document, if a third of its lines reach one and most of those do not end a sentence; else 0."""
    counts = Counter(round(line.printed) for line in lines if _NARROWEST <= line.printed <= _WIDEST)
    if not counts:
        return 0.0
    wrap = max(counts, key=lambda w: (sum(counts[w - short] for short in range(5)), w))
    full = [line for line in lines if wrap - SHORT_OF_WRAP <= line.printed <= wrap + 1]
    broken = sum(SENTENCE_END.search(line.text) is None for line in full)
    return float(wrap) if len(full) >= 6 and len(full) * 3 >= len(lines) and broken * 5 >= 3 * len(full) else 0.0
