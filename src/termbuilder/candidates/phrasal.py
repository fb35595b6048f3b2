"""Ends of phrases: the last words before a pause or a function word. Chinese noun phrases end in their head, so a term often ends where its phrase does."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from termbuilder.candidates.rows import Ints, Rows
from termbuilder.candidates.rules import Rules

MOST_WORDS = 3
LONGEST = 12  # characters; what is longer has a head, a list or marks by which the other finders know it


def find(rows: Rows, rules: Rules) -> Iterator[tuple[Ints, Ints]]:
    """The last one, two and three words before punctuation, a function word or the end of the passage."""
    pauses = rows.pauses
    followed = np.append(~pauses[1:] & (rows.passage[1:] == rows.passage[:-1]), False)[: len(pauses)]
    return rows.back(np.flatnonzero(~pauses & ~followed), MOST_WORDS, LONGEST, pauses)
