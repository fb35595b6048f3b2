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
_SIGNS = re.compile(r"[\s/|·:：]+")
_FEWEST = 3
_WIDE_GAP = 3  # empty lines
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

    It reaches to the first line of running text, or to where its first entry comes again as a chapter. It counts as one if at least
    three lines, and a sixth of all, carry a page number or come again. What stands behind a wide gap after the last entry is kept: the
    first article's own title.
    """
    texts = [_plain(line.text) for line in lines]
    found: list[int] = []
    for line in lines:
        if line.number in found or texts[line.number] not in headings:
            continue
        start = end = line.number + 1
        while end < len(lines) and lines[end].width <= _WIDEST_ENTRY and not _RUNNING.search(lines[end].text):
            end += 1
        again = next((n for n in range(start + 1, end) if texts[n] == texts[start]), 0)
        later = frozenset(texts[again or end :])
        block = range(start, again or end)
        entries = [n for n in block if _ENTRY.fullmatch(lines[n].text) or texts[n] in later]
        if len(entries) < _FEWEST or len(entries) * 6 < len(block):
            continue
        own = next((n for n in range(entries[-1] + 1, block.stop) if lines[n].blanks >= _WIDE_GAP), block.stop)
        found += range(line.number, own)
    return found


def _plain(text: str) -> str:
    return _SIGNS.sub("", text)
