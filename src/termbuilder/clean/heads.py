"""Running heads and feet, and page numbers: what repeats on every page and is no text."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from statistics import mean, pstdev

from termbuilder.clean.lines import Line

_PAGE_NUMBER = re.compile(
    r"[-—–·•~|\[\]（()） ]*\d{1,4}[-—–·•~|\[\]（()） ]*|[-—–·  ]*第\s*[\d一二三四五六七八九十百]+\s*页\s*[/，,、]?\s*(?:共\s*\d+\s*页)?[-—–·  ]*"
    r"|(?:Page\s*)?\d{1,4}\s*(?:/|of)\s*\d{1,4}|[-—–·] ?[ivxlIVXL]{1,6} ?[-—–·]|\d{1,4}\s*\|\s*Page|共\s*\d+\s*页"
)
_ENDS = re.compile("[。！？；：，、]$")
_WIDEST_HEAD = 45
# How many lines from the edge of a page a head or foot may stand.
_EDGE = 3
# Without pages: heads come at even distances. Captions and refrains do not (deviation over mean of their gaps above 0.6).
_EVEN = 0.4


def page_numbers(lines: Sequence[Line]) -> list[int]:
    """Numbers of the lines that hold a page number only.

    A bare number right under a letter is a subscript that the conversion put on its own line (PM / 2.5, CO / 2).
    """
    found = []
    for line in lines:
        if line.kind == "table" or not _PAGE_NUMBER.fullmatch(line.text):
            continue
        above = lines[line.number - 1].text[-1] if line.number else ""
        if line.text.isdigit() and line.blanks == 0 and above.isascii() and above.isalpha():
            continue
        found.append(line.number)
    return found


def running_heads(lines: Sequence[Line]) -> list[int]:
    """Numbers of the lines that repeat at the edge of pages, or at even distances where no page is marked; digits may differ."""
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.kind in ("text", "heading") and line.width <= _WIDEST_HEAD and not _ENDS.search(line.text):
            groups[re.sub(r"\d+", "0", re.sub(r"\s+", "", line.text))].append(line)
    edges = _edges(lines)
    found: list[int] = []
    for key, group in groups.items():
        if len(group) < 2 or not re.search(r"\w", key):
            continue
        if edges:
            at_edge = [line for line in group if line.number in edges]
            pages = {line.page for line in at_edge}
            if (len(pages) >= 3 or _heads_both(at_edge, lines)) and len(at_edge) * 3 >= len(group) * 2:
                found += (line.number for line in at_edge)
        elif _beside_numbers(group, lines) or (len(group) > 3 and _even(group)):
            found += (line.number for line in group)
    return sorted(found)


def _edges(lines: Sequence[Line]) -> set[int]:
    """Numbers of the lines that are among the first or last of a page."""
    if not lines or lines[0].page == lines[-1].page:
        return set()
    pages: defaultdict[int, list[int]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line.number)
    return {number for numbers in pages.values() for number in (*numbers[:_EDGE], *numbers[-_EDGE:])}


def _heads_both(group: Sequence[Line], lines: Sequence[Line]) -> bool:
    """The first line of both pages of a document of two, or the last."""
    first, last = lines[0].page, lines[-1].page
    if last - first != 1 or len(group) != 2:
        return False
    turn = next(line.number for line in lines if line.page == last)
    numbers = {line.number for line in group}
    return numbers == {0, turn} or numbers == {turn - 1, len(lines) - 1}


def _beside_numbers(group: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Does each of them, but the first or the last, stand beside a page number?"""

    def beside(line: Line) -> bool:
        near = lines[max(0, line.number - 1) : line.number + 2]
        return any(_PAGE_NUMBER.fullmatch(other.text) for other in near)

    return all(beside(line) for line in group[1:]) or all(beside(line) for line in group[:-1])


def _even(group: Sequence[Line]) -> bool:
    gaps = [b.number - a.number for a, b in itertools.pairwise(group)]
    return min(gaps) >= 8 and pstdev(gaps) <= _EVEN * mean(gaps)
