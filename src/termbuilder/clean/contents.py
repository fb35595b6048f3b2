"""Lists of contents: dot leaders, and short lines with page numbers under 目录."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from termbuilder.clean.lines import Line

_LEADERS = re.compile(r"(?:[.．·…‥。_—-]\s?){4,}\s*[（(]?\d{1,4}[）)]?\s*$|\s{3,}\d{1,4}$|\t\s*\d{1,4}$")
_ENTRY = re.compile(r"(?:[-*+•·]\s*)?\d{1,3}[\s　]+(?=.*[\u3400-\u9fff]).{2,}|.{2,}?[\s　/（(.…·]\d{1,4}[）)]?")
_HAN = re.compile("[\u3400-\u9fff]")
_LAST = "0123456789）)"
_LONGEST = 150
_WIDEST_ENTRY = 45
_RUNNING = re.compile("。|，.*，.*，")


def leaders(lines: Sequence[Line]) -> list[int]:
    """Numbers of the lines that lead to a page number over a row of dots."""
    return [
        line.number
        for line in lines
        if line.text[-1] in _LAST and len(line.text) <= _LONGEST and _LEADERS.search(line.text) and _HAN.search(line.text)
    ]


def contents(lines: Sequence[Line], headings: Collection[str]) -> list[int]:
    """Numbers of the lines of every list of contents under one of the `headings`.

    It reaches to the first line of running text, and counts as one if at least three lines, and a fifth, carry a page number. The
    title that stands right before that text is kept: it is the first article's own.
    """
    found: list[int] = []
    for line in lines:
        if line.number in found or re.sub(r"[\s/|·:：]+", "", line.text) not in headings:
            continue
        end = line.number + 1
        while end < len(lines) and lines[end].width <= _WIDEST_ENTRY and not _RUNNING.search(lines[end].text):
            end += 1
        block = range(line.number, end)
        entries = [n for n in block if _ENTRY.fullmatch(lines[n].text)]
        if len(entries) < 3 or len(entries) * 6 < len(block):
            continue
        last = entries[-1]
        own = next((n for n in range(last + 1, end) if lines[n].blanks >= 3), end)
        found += range(line.number, own if own < end else end)
    return found
