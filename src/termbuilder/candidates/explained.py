"""Terms that the document explains itself: 本办法所称X，是指…, （以下简称X）, entries of an annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbuilder.candidates.rules import Rules
from termbuilder.model import Passage, Word


def find(passage: Passage, words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    """The explained terms that stand in this passage (the caller has found them for the whole document)."""
    yield from rules.explained.get(passage.number, ())
