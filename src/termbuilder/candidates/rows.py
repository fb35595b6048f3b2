"""The words of a document side by side: what finders of word sequences look at, all passages at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from termbuilder.candidates.rules import Rules
from termbuilder.model import Passage, Word

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """Columns with an item for each word; characters are counted over all passages."""

    text: str  # of all passages, one after another
    begins: Sequence[int]  # where each passage begins
    words: Sequence[Word]
    first: Ints
    last: Ints  # one past the last character
    passage: Ints
    repeats: Bools  # is its passage a repetition of an earlier one?
    stops: Bools  # is it a word that no term begins or ends with?
    breaks: Bools  # is it punctuation?

    @classmethod
    def of(cls, passages: Sequence[Passage], words: Sequence[Sequence[Word]], rules: Rules) -> Rows:
        """Lay out `passages`, whose `words` join back to them."""
        every = [word for row in words for word in row]
        last = np.cumsum([len(word.text) for word in every], dtype=np.int64)
        passage = np.repeat(np.arange(len(words)), [len(row) for row in words])
        lengths = np.array([len(one.text) for one in passages], dtype=np.int64)
        return cls(
            "".join([one.text for one in passages]),
            (np.cumsum(lengths) - lengths).tolist(),
            every,
            np.concatenate([[0], last[:-1]]) if every else last,
            last,
            passage,
            np.array([one.repeat for one in passages], dtype=bool)[passage],
            np.array([word.text in rules.edge_stops for word in every], dtype=bool),
            np.array([word.tag == "x" and not word.text.isalnum() for word in every], dtype=bool),
        )

    @property
    def pauses(self) -> Bools:
        """Does a phrase end here?"""
        return self.stops | self.breaks

    def back(self, ends: Ints, most: int, longest: int, barred: Bools) -> Iterator[tuple[Ints, Ints]]:
        """(first word, last word) of the sequences of one word, of two words ... of `most` words that end in the words `ends`.

        None goes beyond its passage, is longer than `longest` characters or begins in a `barred` word or before one.
        """
        for size in range(most):
            begins = ends - size
            kept = (begins >= 0) & (self.passage[begins] == self.passage[ends]) & ~barred[begins]
            kept &= self.last[ends] - self.first[begins] <= longest
            ends, begins = ends[kept], begins[kept]
            yield begins, ends
