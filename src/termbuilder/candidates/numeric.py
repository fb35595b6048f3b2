"""Numeric shorthand, whose shapes stand in tables/numeric_shapes.tsv: 四大工程, 1+4, 95X, 一核一园两室三中心."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbuilder.candidates.rules import Rules
from termbuilder.model import Passage, Word

_WORDS_AFTER = 4


def find(passage: Passage, words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    """Every match of a shape (also cut at the ends of words), and the match with the words after it up to a known head."""
    text = passage.text
    for match in rules.shapes.finditer(text):
        start, end = match.span()
        for word in words:
            if start + 2 <= word.end <= end:
                yield start, word.end
            if start < word.start <= end - 2:  # the shape began inside what stands before: 出台人才9条
                yield word.start, end
        yield start, end
        after = end + (text[end : end + 1] in "”’")
        for word in [word for word in words if word.start >= after][:_WORDS_AFTER]:
            if word.text in rules.edge_stops or word.tag == "x":
                break
            if word.text in rules.heads:
                yield start - (text[start - 1 : start] in "“‘"), word.end
