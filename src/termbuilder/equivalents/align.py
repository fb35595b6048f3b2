"""Which sentences (or paragraphs) of two texts are translations of each other: a dynamic programme over lengths, numbers and words."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from termbuilder.equivalents.lexical import Cut, Lexicon, english_tokens, stem

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+-]+")
# How many Chinese and English segments stand against each other, and what that costs: one to one is the rule.
_BEADS = (
    ((1, 1), 0.0),
    ((1, 2), 1.2),
    ((2, 1), 1.6),
    ((2, 2), 3.0),
    ((1, 3), 2.6),
    ((3, 1), 3.2),
    ((1, 0), 3.0),
    ((0, 1), 3.0),
)
# Letters of English for one Chinese character in policy texts; the spread is that of Gale and Church.
_LETTERS, _SPREAD = 3.3, 6.8
_LENGTH_WEIGHT, _ANCHOR_WEIGHT = 0.6, 1.5
_LONG = 200  # letters of English that double the price of joining segments
# A way that is so much worse than the best to the same Chinese segment is given up: forty segments without counterpart cost as much. It
# keeps time and memory in step with the length of the documents.
_BEAM = 120.0
_BAND = 6  # segments off the diagonal that are still considered, and one more for each six
_GUIDED_BAND = 6


_Way = tuple[
    float, tuple[int, int], float
]  # score of the best way to a place between segments, the place before, the gain of the last step


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments `source[a:b]` that stand against `target[c:d]`, and how sure that is (mean score a segment)."""

    source: tuple[int, int]
    target: tuple[int, int]
    score: float


def align(
    source: Sequence[str], target: Sequence[str], lexicon: Lexicon | None = None, cut: Cut = list, guide: Sequence[Bead] = ()
) -> list[Bead]:
    """Align Chinese segments with English ones, in order.

    A `lexicon` (with the `cut` it was learned with) makes it surer; a first alignment as `guide` makes it faster.

    >>> [(bead.source, bead.target) for bead in align(["增长6.9%。", "好。"], ["Growth was 6.9 percent.", "Good."])]
    [((0, 1), (0, 1)), ((1, 2), (1, 2))]
    """
    if not source or not target:
        return []
    ranges = _ranges(len(source), len(target), guide)
    words = _Words.of(source, target, ranges, lexicon, cut) if lexicon is not None else None
    anchors_s, anchors_t = [_anchors(s) for s in source], [_anchors(t) for t in target]
    sums_s = np.concatenate([[0], np.cumsum([max(1, len(s)) for s in source])]).tolist()
    sums_t = np.concatenate([[0], np.cumsum([max(1, len(t)) for t in target])]).tolist()
    letters = min(6.0, max(2.0, sums_t[-1] / sums_s[-1])) if len(source) > 5 else _LETTERS
    rows: list[dict[int, _Way]] = [{} for _ in range(len(source) + 1)]
    rows[0][0] = (0.0, (0, 0), 0.0)
    for i, row in enumerate(rows):
        low, high = ranges[i]
        least = max((way[0] for way in row.values()), default=0.0) - _BEAM if i < len(source) else -math.inf
        for j in range(low, high + 1):
            here = row.get(j)
            if here is None:
                continue
            if here[0] < least:
                del row[j]
                continue
            for (a, b), price in _BEADS:
                if i + a > len(source) or j + b > len(target) or not ranges[i + a][0] <= j + b <= ranges[i + a][1]:
                    continue
                if not (a and b):
                    gain = -price
                else:
                    long_s, long_t = sums_s[i + a] - sums_s[i], sums_t[j + b] - sums_t[j]
                    # two long segments find more by chance in each other than two short ones
                    gain = -price * (1 + long_t / _LONG) - _LENGTH_WEIGHT * _mismatch(long_s, long_t, letters)
                    gain += _ANCHOR_WEIGHT * _anchored(anchors_s[i : i + a], anchors_t[j : j + b])
                    if words is not None:
                        gain += words.score(i, i + a, j, j + b)
                total = here[0] + gain
                there = rows[i + a].get(j + b)
                if there is None or total > there[0]:
                    rows[i + a][j + b] = (total, (i, j), gain)
    return _path(rows, (len(source), len(target)))


def _ranges(sources: int, targets: int, guide: Sequence[Bead]) -> list[tuple[int, int]]:
    """For each place between Chinese segments the places between English ones that are considered."""
    if not guide:
        band = _BAND + abs(targets - sources) + sources // 6
        middles = [round(i * targets / sources) for i in range(sources + 1)]
        return [(max(0, middle - band), min(targets, middle + band)) for middle in middles]
    low, high = [targets] * (sources + 1), [0] * (sources + 1)
    for bead in guide:
        for i in range(bead.source[0], bead.source[1] + 1):
            low[i], high[i] = min(low[i], bead.target[0]), max(high[i], bead.target[1])
    return [(max(0, a - _GUIDED_BAND), min(targets, b + _GUIDED_BAND)) for a, b in zip(low, high)]


def _path(rows: Sequence[Mapping[int, _Way]], end: tuple[int, int]) -> list[Bead]:
    beads = []
    while end != (0, 0):
        way = rows[end[0]].get(end[1])
        if way is None:
            return []
        _, before, gain = way
        beads.append(Bead((before[0], end[0]), (before[1], end[1]), gain))
        end = before
    return beads[::-1]


def _mismatch(characters: int, letters: int, ratio: float) -> float:
    """How unlikely the lengths are: the square of the standardized difference, bounded."""
    mean = (characters * ratio + letters) / 2
    return min(6.0, ((letters - characters * ratio) ** 2) / (mean * _SPREAD * ratio)) if mean else 0.0


def _anchors(text: str) -> frozenset[str]:
    """Numbers and names in Latin letters: they stand in both texts.

    >>> sorted(_anchors("GDP增长6.9%，达67.7万亿元"))
    ['6.9', '67.7', 'gdp']
    """
    latin = (word.lower() for word in _LATIN.findall(text) if word.isupper())
    return frozenset((*(number.replace(",", "") for number in _NUMBER.findall(text)), *latin))


def _anchored(source: Sequence[frozenset[str]], target: Sequence[frozenset[str]]) -> float:
    """How many anchors the two sides share, less those that only one side has."""
    ours, theirs = frozenset().union(*source), frozenset().union(*target)
    return len(ours & theirs) - 0.25 * len(ours ^ theirs)


@dataclass(frozen=True)
class _Words:
    """For each Chinese segment the best p(stem | unit) of the English stems in its range, and where segments of stems start."""

    values: Sequence[NDArray[np.float32]]
    offsets: Sequence[int]
    starts: Sequence[int]

    @classmethod
    def of(
        cls, source: Sequence[str], target: Sequence[str], ranges: Sequence[tuple[int, int]], lexicon: Lexicon, cut: Cut
    ) -> _Words:
        stems = [[lexicon.english.get(stem(token), -1) for token in english_tokens(t)] for t in target]
        starts = [0]
        for some in stems:
            starts.append(starts[-1] + len(some))
        flat = np.array([one for some in stems for one in some], np.int64)
        values, offsets = [], []
        for i, segment in enumerate(source):
            around = ranges[max(0, i - 2) : i + 4]  # a bead that holds this segment may start two before it
            low, high = min(one for one, _ in around), max(one for _, one in around)
            near = flat[starts[low] : starts[high]]
            best = np.append(lexicon.best(cut(segment)), np.float32(0))  # the last one is for stems that are not known
            values.append(best[near])
            offsets.append(starts[low])
        return cls(values, offsets, starts)

    def score(self, a: int, b: int, c: int, d: int) -> float:
        """How many of the English words of `target[c:d]` the Chinese of `source[a:b]` explains."""
        start, end = self.starts[c], self.starts[d]
        best = self.values[a][start - self.offsets[a] : end - self.offsets[a]]
        for i in range(a + 1, b):
            best = np.maximum(best, self.values[i][start - self.offsets[i] : end - self.offsets[i]])
        return float(best.sum())
