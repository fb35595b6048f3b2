"""Terms that a glossary knows: every occurrence of every glossary term."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbuilder.candidates.rules import Rules
from termbuilder.model import Passage, Word


def find(passage: Passage, words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    """All places, also overlapping ones; terms of two characters only where they are whole words."""
    if rules.known is None:
        return
    starts = {word.start for word in words}
    ends = {word.end for word in words}
    for _, start, end in rules.known.find_matches_as_indexes(passage.text, overlapping=True):
        if end - start > 2 or (start in starts and end in ends):
            yield start, end
