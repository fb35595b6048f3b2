"""The tagger: how probable each span of a passage is a term, judged from its characters, words and surroundings.

Two CRFs read every passage. One was trained on the longest annotated terms (常州市新能源之都产教联盟), one on the shortest (产教联盟): what
both like is a term at every level. Weights: `data/tagger.npz`, made by `training/train.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from termbuilder.model import Passage, Word
from termbuilder.tagging import crf, features
from termbuilder.tagging.background import Background

TABLE = 1 << 22  # feature numbers; 260,000 are in use, so that 3 in 100 share a weight with another
# Spans less probable than this are not worth a look. Candidate recall on unseen documents: benchmarks/quality.
LEAST = 0.0006


@dataclass(frozen=True)
class Weights:
    """One CRF: sorted feature numbers, their weights for B, I, E, O, and the transitions."""

    numbers: NDArray[np.int64]
    values: NDArray[np.float32]
    transitions: NDArray[np.float64]


@dataclass(frozen=True)
class Spans:
    """All spans whose probability of being a term is `LEAST` or more under one of the CRFs, in the order of the text."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]  # one past the end
    probability: NDArray[np.float64]  # (n, 2): longest-term, shortest-term CRF; 0 where below `LEAST`


@dataclass(frozen=True)
class Tagged:
    """What the tagger says of a batch of passages; all positions count the characters of all passages, one after another.

    `labels`: (N, 8) probability of B, I, E, O under the longest-term and the shortest-term CRF.
    """

    starts: NDArray[np.int64]
    spans: Spans
    labels: NDArray[np.float64]

    def of(self, first: int, last: int) -> Tagged:
        """The same of some of the passages only, of number `first` to before `last`, as if they had been judged without the others."""
        begin, end = self.starts[[first, last]].tolist()
        own = slice(*np.searchsorted(self.spans.first, [begin, end]).tolist())
        spans = Spans(self.spans.first[own] - begin, self.spans.last[own] - begin, self.spans.probability[own])
        return Tagged(self.starts[first : last + 1] - begin, spans, self.labels[begin:end])


@dataclass(frozen=True)
class Tagger:
    """The two CRFs in one table, and the background that their features look up."""

    row: NDArray[np.int32]  # (TABLE,) row of `values` of each feature number; 0 for unknown ones
    values: NDArray[
        np.float32
    ]  # (rows, 8) weights for B, I, E, O under the longest-term and the shortest-term CRF; row 0 is zero
    transitions: tuple[NDArray[np.float64], NDArray[np.float64]]
    background: Background

    @classmethod
    def of(cls, longest: Weights, shortest: Weights, background: Background) -> Tagger:
        """Put two CRFs into one table."""
        # both are sorted, so sorting them together is quick (np.union1d hashes them, which takes ten times as long)
        numbers = np.sort(np.concatenate([longest.numbers, shortest.numbers]), kind="stable")
        numbers = numbers[np.diff(numbers, prepend=-1) > 0]
        values = np.zeros((len(numbers) + 1, 8), dtype=np.float32)
        for column, one in ((0, longest), (4, shortest)):
            values[np.searchsorted(numbers, one.numbers) + 1, column : column + 4] = one.values
        row = np.zeros(TABLE, dtype=np.int32)
        row[numbers] = np.arange(1, len(numbers) + 1)
        return cls(row, values, (longest.transitions, shortest.transitions), background)

    @classmethod
    def load(cls, path: Path, background: Background) -> Tagger:
        """Read the weights file that training wrote."""
        with np.load(path) as data:

            def weights(name: str) -> Weights:
                numbers = np.cumsum(data[f"{name}_gaps"].astype(np.int64))
                values = data[f"{name}_values"].astype(np.float32) * data[f"{name}_scale"]
                return Weights(numbers, values, data[f"{name}_transitions"].astype(np.float64))

            return cls.of(weights("longest"), weights("shortest"), background)

    def read(self, passages: Sequence[Passage], words: Sequence[Sequence[Word]], sizes: Sequence[int]) -> Tagged:
        """Judge all spans of `passages`; `sizes` says how many passages belong to each document."""
        sheet = features.lay_out(passages, words, self.background, sizes)
        labels = np.zeros((len(sheet.real), 8))
        found: tuple[list[_Found], list[_Found]] = ([], [])
        for begin, end in _blocks(sheet.starts):
            first, last = sheet.starts[[begin, end]].tolist()
            weighed = np.zeros((last - first, 8), dtype=np.float32)
            for numbers in feature_numbers(sheet, slice(first, last)):
                weighed += self.values.take(self.row.take(numbers), axis=0)  # three times as fast as brackets
            starts = sheet.starts[begin : end + 1] - first
            grids = crf.lattice(weighed.reshape(-1, 2, 4).astype(np.float64), starts, np.stack(self.transitions))
            for column, transitions in enumerate(self.transitions):
                grid = grids.of(column)
                labels[first:last, column * 4 : column * 4 + 4] = crf.label_marginals(grid)
                sequence, start, stop, probability = crf.span_marginals(grid, transitions, LEAST)
                found[column].append(((first + starts[sequence] + start) * _LENGTHS + (stop - start), probability))
        each = [tuple(np.concatenate(column) for column in zip(*parts)) for parts in found]
        codes = np.union1d(*(codes for codes, _ in each))
        both = np.zeros((len(codes), 2))
        for column, (own_codes, probability) in enumerate(each):
            both[np.searchsorted(codes, own_codes), column] = probability
        first = codes // _LENGTHS
        return Tagged(sheet.starts, Spans(first, first + codes % _LENGTHS, both), labels)

    def glance(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """For each character of `texts`, one after another, how much the characters around it alone speak for a term that begins there.

        The weight of B against O, the mean of the two CRFs: a cheap hint where reading is worth while, no probability.
        """
        found = np.zeros(sum(map(len, texts)), dtype=np.float32)
        for codes in features.of_characters(texts):
            found += self._begins.take(self.row.take(_number(codes)))
        return found

    @cached_property
    def _begins(self) -> NDArray[np.float32]:
        against = self.values[:, [0, 4]] - self.values[:, [3, 7]]
        return np.asarray(against.mean(axis=1), dtype=np.float32)


_ALL = slice(None)
_Found = tuple[NDArray[np.int64], NDArray[np.float64]]
_LENGTHS = crf.LONGEST_TERM + 1  # start and length of a span in one number
# So many characters are judged at a time (a kilobyte of numbers each); each passage is judged as if it stood alone.
TOGETHER = 40_000


def _blocks(starts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """First passage, and one past the last, of those that are judged together."""
    begin = 0
    while begin < len(starts) - 1:
        end = max(begin + 1, int(np.searchsorted(starts, starts[begin] + TOGETHER, side="right")) - 1)
        yield begin, end
        begin = end


def feature_numbers(sheet: features.Sheet, own: slice = _ALL) -> list[NDArray[np.int64]]:
    """The feature numbers of each character (of the slice), one array a template."""
    return [_number(codes) for codes in features.templates(sheet, own)]


def _number(codes: features.Codes) -> NDArray[np.int64]:
    return (codes >> np.uint64(20)).astype(np.int64) & (TABLE - 1)
