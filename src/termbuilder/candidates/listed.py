"""Items of enumerations: in 瞪羚企业、独角兽企业、上市企业 each item is as much a term as its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbuilder.candidates.rules import Rules
from termbuilder.model import Passage, Word

LONGEST_ITEM = 16
_CLAUSE = re.compile(r"[^，。；：！？]+")


def find(passage: Passage, words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    """The middle items of a list whole; the first without words before it; the last without words after it."""
    if "、" not in passage.text:
        return
    starts = sorted(word.start for word in words)
    ends = sorted(word.end for word in words)
    for clause in _CLAUSE.finditer(passage.text):
        if "、" not in clause.group():
            continue
        at = clause.start()
        items = []
        for item in clause.group().split("、"):
            items.append((at, at + len(item)))
            at += len(item) + 1
        for number, (start, end) in enumerate(items):
            if number in (0, len(items) - 1):
                if number == 0:
                    for left in starts:
                        if start <= left < end - 1 and end - left <= LONGEST_ITEM:
                            yield left, end
                else:
                    for right in ends:
                        if start + 1 < right <= end and right - start <= LONGEST_ITEM:
                            yield start, right
            elif end - start <= LONGEST_ITEM:
                yield start, end
