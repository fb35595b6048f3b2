"""Parallel phrases: 资源化、资产化、资本化; 交通互联、产业共兴; 做强做优做大. Policy coins slogans of equal members and means the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbuilder.candidates.rules import Rules
from termbuilder.model import Passage, Word

_CLAUSE = re.compile(r"[^，。；：！？“”（）]+")
# Three to eight: shorter members make ordinary lists of nouns (省、市、县), longer ones are clauses.
SHORTEST, LONGEST = 3, 8
# 做强做优做大: the same character before different ones, three times or more.
_REPEATED = re.compile(r"([\u4e00-\u9fff])[\u4e00-\u9fff](?:\1[\u4e00-\u9fff]){2,4}")


def find(passage: Passage, words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    """Whole runs of members of equal length between list commas; the first member may begin inside its item, at a word."""
    for match in _REPEATED.finditer(passage.text):
        yield match.span()
    if "、" not in passage.text:
        return
    starts, ends = {word.start for word in words}, {word.end for word in words}
    for clause in _CLAUSE.finditer(passage.text):
        if "、" not in clause.group():
            continue
        items = []
        at = clause.start()
        for item in clause.group().split("、"):
            items.append((at, at + len(item)))
            at += len(item) + 1
        # what is cut off before and after the run begins and ends at a word
        yield from ((start, end) for start, end in _runs(items) if start in starts and end in ends)


def _runs(items: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The maximal runs; the middle and last members fix the length, the last may be longer (what follows is cut off)."""
    for size in range(SHORTEST, LONGEST + 1):
        first = 0
        while first < len(items) - 1:
            if items[first][1] - items[first][0] < size:
                first += 1
                continue
            last = first + 1
            while last < len(items) - 1 and items[last][1] - items[last][0] == size:
                last += 1
            if items[last][1] - items[last][0] < size:
                last -= 1
            if last > first:
                yield items[first][1] - size, items[last][0] + size
            first = max(last, first + 1)
