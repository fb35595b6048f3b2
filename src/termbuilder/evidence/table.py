"""The evidence of term candidates as columns, and how the evidence of several documents adds up.

Adding is exactly associative and commutative (sums are kept as whole numbers of 2 ** -36), so that a run gives the same answer however the
work was cut and in whatever order it was done.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_DROPPED = re.compile("[ \t\n\r\"'“”‘’「」『』《》〈〉()（）\\[\\]【】·•,，、。:：;；]+")

# What is measured at each occurrence. For each, the mean and the largest value over the occurrences become features.
MEASURES = (
    "longest",  # probability under the CRF trained on longest terms
    "shortest",  # ... on shortest terms
    "longest begins", "longest ends", "longest left inside", "longest right inside", "longest outside",
    "shortest begins", "shortest ends", "shortest left inside", "shortest right inside", "shortest outside",
    "before: edge", "before: 、", "before: verb", "before: noun", "before: number", "before: 的", "before: quote",
    "after: edge", "after: 、", "after: noun", "after: verb", "after: number", "after: 等", "after: quote", "after: 的",
    "begins with a word", "ends with a word", "outside running text", "place in document",
    "bond to the left", "bond to the right", "bond inside",
    "best longer", "best shorter", "best crossing", "best list neighbour",
    "title", "quoted", "numeric", "listed", "headed", "explained", "parallel", "known", "cohesive",
)  # fmt: skip
COLUMN: Mapping[str, int] = {name: number for number, name in enumerate(MEASURES)}
_HAN = re.compile("[一-鿿]+")


def key_of(text: str) -> str:
    """The key of a form: width-folded, lower case, without quotation marks, brackets, spaces and commas.

    >>> key_of("“532”发展战略"), key_of("ＧＤＰ万亿之城")
    ('532发展战略', 'gdp万亿之城')
    """
    if _HAN.fullmatch(text):  # most texts, and nothing of them changes
        return text
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).lower()


def members(characters: str) -> NDArray[np.bool_]:
    """For each code point up to U+FFFF: is it one of `characters` (which are none beyond)? For `among`."""
    table = np.zeros(1 << 16, dtype=bool)
    table[[ord(character) for character in characters]] = True
    return table


def among(values: Ints, table: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of these code points are in a table that `members` made?

    >>> among(np.array([ord(c) for c in "揭榜、挂帅"]), members("、，")).tolist()
    [False, False, True, False, False]
    """
    return np.asarray(table[np.minimum(values, 0xFFFF)])


class Shape(NamedTuple):
    """How a candidate is built, read off the occurrence that the tagger likes best (ties: the first in text order).

    Of two documents, the greater shape is kept.
    """

    liking: float
    surface: str
    first_word: str
    last_word: str
    first_tag: str
    last_tag: str
    words: int


@dataclass(frozen=True)
class Evidence:
    """All that is known of one candidate key."""

    frequency: int
    document_frequency: int
    sums: Floats  # (len(MEASURES),) added over the occurrences
    maxima: Floats  # (len(MEASURES),)
    missed: Floats  # (2,) sum of log(1 - probability) under the two CRFs
    shape: Shape
    surfaces: tuple[tuple[str, int], ...]  # printed in the passages, with quotation marks inside; sorted
    right: tuple[tuple[str, int], ...] = ()  # words that follow, with counts; the eight most frequent
    left: tuple[tuple[str, int], ...] = ()

    def share(self, measure: str) -> float:
        """The mean of a measure over the occurrences, 0 to 1 for those that say yes or no."""
        return float(self.sums[COLUMN[measure]]) / self.frequency


UNIT = float(
    1 << 36
)  # sums are whole numbers of this fraction, so that the order of adding cannot show; room for 10 million occurrences
MOST_NEIGHBOURS = 8  # of one document, and of all together
Tally = tuple[tuple[str, int], ...]  # strings with counts, sorted


@dataclass(frozen=True, eq=False)
class Table(Mapping[str, Evidence]):
    """The evidence of many candidates side by side, as columns; keys sorted."""

    keys_: Sequence[str]
    counts: Ints  # (n, 2): frequency, document frequency
    sums: Ints  # (n, len(MEASURES) + 2): measures and `missed`, in units of 2 ** -36
    maxima: NDArray[np.float32]  # (n, len(MEASURES))
    shapes: Sequence[Shape]
    surfaces: Sequence[Tally]
    right: Sequence[Tally]  # the most frequent of each document
    left: Sequence[Tally]

    @cached_property
    def _place(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.keys_)}

    def __len__(self) -> int:
        """How many candidates."""
        return len(self.keys_)

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self.keys_)

    def __contains__(self, key: object) -> bool:
        """Is this a candidate?"""
        return key in self._place

    def __getitem__(self, key: str) -> Evidence:
        """All that is known of one candidate; KeyError if it is none."""
        return self.rows(np.array([self._place[key]]))[0]

    def rows(self, numbers: Ints) -> list[Evidence]:
        """All that is known of the candidates of these numbers."""
        sums = self.sums[numbers] / UNIT
        maxima = self.maxima[numbers].astype(np.float64)
        return [
            Evidence(
                frequency, documents, sums[place, :-2], maxima[place], sums[place, -2:], self.shapes[number],
                self.surfaces[number], most(self.right[number]), most(self.left[number]),
            )
            for place, (number, (frequency, documents)) in enumerate(zip(numbers.tolist(), self.counts[numbers].tolist()))
        ]  # fmt: skip

    def chosen(self, rows: Ints) -> Table:
        """Only these rows."""
        numbers = rows.tolist()

        def some(column: Sequence[Any]) -> list[Any]:
            return [column[number] for number in numbers]

        return Table(
            some(self.keys_), self.counts[rows], self.sums[rows], self.maxima[rows], some(self.shapes),
            some(self.surfaces), some(self.right), some(self.left),
        )  # fmt: skip

    def blocks(self, size: int) -> Iterator[Table]:
        """The same in tables of `size` candidates, without copying."""
        for start in range(0, len(self.keys_), size):
            own = slice(start, start + size)
            yield Table(
                self.keys_[own], self.counts[own], self.sums[own], self.maxima[own], self.shapes[own],
                self.surfaces[own], self.right[own], self.left[own],
            )  # fmt: skip

    @property
    def bytes(self) -> int:
        """About how much memory it takes."""
        return len(self.keys_) * BYTES_OF_A_ROW

    @classmethod
    def of(cls, evidence: Mapping[str, Evidence]) -> Table:
        """The same evidence as columns."""
        keys = sorted(evidence)
        if not keys:
            return NOTHING
        some = [evidence[key] for key in keys]
        return cls(
            keys, np.array([(one.frequency, one.document_frequency) for one in some]),
            np.rint(np.array([[*one.sums, *one.missed] for one in some]) * UNIT).astype(np.int64),
            np.array([one.maxima for one in some], dtype=np.float32), [one.shape for one in some],
            [one.surfaces for one in some], [one.right for one in some], [one.left for one in some],
        )  # fmt: skip


# Measured on laws and reports: arrays 620, strings and tuples the rest.
BYTES_OF_A_ROW = 1500
NOTHING = Table(
    (), np.zeros((0, 2), np.int64), np.zeros((0, len(MEASURES) + 2), np.int64), np.zeros((0, len(MEASURES)), np.float32),
    (), (), (), (),
)  # fmt: skip


def _added(one: Tally, other: Tally) -> Tally:
    if not one or not other:
        return one or other
    total = dict(one)
    for item, count in other:
        total[item] = total.get(item, 0) + count
    return tuple(sorted(total.items()))


def most(counts: Tally) -> Tally:
    """The MOST_NEIGHBOURS most frequent, sorted by the item."""
    if len(counts) <= MOST_NEIGHBOURS:
        return counts
    return tuple(sorted(sorted(counts, key=lambda item: (-item[1], item[0]))[:MOST_NEIGHBOURS]))


def added(parts: Iterable[Table]) -> Table:
    """The evidence of several documents together, in whatever order they come."""
    tables = [part for part in parts if len(part)]
    if len(tables) < 2:
        return tables[0] if tables else NOTHING
    keys = sorted(set().union(*(table.keys_ for table in tables)))
    place = {key: number for number, key in enumerate(keys)}
    counts, sums, maxima = (
        np.zeros((len(keys), column.shape[1]), column.dtype) for column in (tables[0].counts, tables[0].sums, tables[0].maxima)
    )
    maxima -= np.inf
    shapes: list[Shape | None] = [None] * len(keys)
    tallies: tuple[list[Tally], ...] = tuple([()] * len(keys) for _ in range(3))
    for table in tables:  # one after the other, for the sake of memory; each has a key once
        target = np.array([place[key] for key in table.keys_])
        counts[target] += table.counts
        sums[target] += table.sums
        maxima[target] = np.maximum(maxima[target], table.maxima)
        for at, shape, *others in zip(target.tolist(), table.shapes, table.surfaces, table.right, table.left):
            before = shapes[at]
            if before is None:
                shapes[at] = shape
                for tally, other in zip(tallies, others):
                    tally[at] = other
            else:
                shapes[at] = max(before, shape)
                for tally, other in zip(tallies, others):
                    tally[at] = _added(tally[at], other)
    return Table(keys, counts, sums, maxima, [shape for shape in shapes if shape is not None], *tallies)
