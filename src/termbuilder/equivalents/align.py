"""Which sentences (or paragraphs) of two texts are translations of each other: a dynamic programme over lengths, numbers and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from termbuilder.equivalents.lexical import Cut, Lexicon, english_tokens, stem

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+-]+")
# How many Chinese and English segments stand against each other, and what that costs: one to one is the rule.
_BEADS = (((1, 1), 0.0), ((1, 2), 1.2), ((2, 1), 1.6), ((2, 2), 3.0), ((1, 3), 2.6), ((3, 1), 3.2), ((1, 0), 3.0), ((0, 1), 3.0))
# Letters of English for one Chinese character in policy texts; the spread is that of Gale and Church.
_LETTERS, _SPREAD = 3.3, 6.8
_LENGTH_WEIGHT, _WORD_WEIGHT, _ANCHOR_WEIGHT = 0.6, 1.0, 1.5
_BAND = 40  # segments off the diagonal that are still considered


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments `source[a:b]` that stand against `target[c:d]`, and how sure that is (mean score a segment)."""

    source: tuple[int, int]
    target: tuple[int, int]
    score: float


def align(source: Sequence[str], target: Sequence[str], lexicon: Lexicon | None = None, cut: Cut = list) -> list[Bead]:
    """Align Chinese segments with English ones, in order; `lexicon` (with the `cut` it was learned with) makes it surer.

    >>> [(bead.source, bead.target) for bead in align(["增长6.9%。", "好。"], ["Growth was 6.9 percent.", "Good."])]
    [((0, 1), (0, 1)), ((1, 2), (1, 2))]
    """
    if not source or not target:
        return []
    words = _word_scores(source, target, lexicon, cut) if lexicon is not None else None
    marks_s, marks_t = [_anchors(s) for s in source], [_anchors(t) for t in target]
    long_s, long_t = [max(1, len(s)) for s in source], [max(1, len(t)) for t in target]
    sums_s, sums_t = np.concatenate([[0], np.cumsum(long_s)]), np.concatenate([[0], np.cumsum(long_t)])
    letters = min(6.0, max(2.0, sums_t[-1] / sums_s[-1])) if len(source) > 5 else _LETTERS
    best: dict[tuple[int, int], tuple[float, tuple[int, int], float]] = {(0, 0): (0.0, (0, 0), 0.0)}
    slope = len(target) / len(source)
    band = max(_BAND, abs(len(target) - len(source)) + 10)
    for i in range(len(source) + 1):
        middle = int(i * slope)
        for j in range(max(0, middle - band), min(len(target), middle + band) + 1):
            here = best.get((i, j))
            if here is None:
                continue
            for (a, b), price in _BEADS:
                if i + a > len(source) or j + b > len(target):
                    continue
                gain = -price
                if a and b:
                    gain -= _LENGTH_WEIGHT * _mismatch(int(sums_s[i + a] - sums_s[i]), int(sums_t[j + b] - sums_t[j]), letters)
                    gain += _ANCHOR_WEIGHT * _anchored(marks_s[i : i + a], marks_t[j : j + b])
                    if words is not None:
                        gain += _WORD_WEIGHT * words.of(i, i + a, j, j + b)
                total = here[0] + gain
                there = best.get((i + a, j + b))
                if there is None or total > there[0]:
                    best[i + a, j + b] = (total, (i, j), gain)
    return _path(best, (len(source), len(target)))


def _path(best: dict[tuple[int, int], tuple[float, tuple[int, int], float]], end: tuple[int, int]) -> list[Bead]:
    beads = []
    while end != (0, 0):
        if end not in best:
            return []
        _, before, gain = best[end]
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
    """For each English stem and Chinese segment the best p(stem | unit), and where the segments of stems start."""

    best: NDArray[np.float32]
    starts: Sequence[int]

    def of(self, a: int, b: int, c: int, d: int) -> float:
        cells = self.best[self.starts[c] : self.starts[d], a:b]
        return float(cells.max(axis=1).sum()) if cells.size else 0.0


def _word_scores(source: Sequence[str], target: Sequence[str], lexicon: Lexicon, cut: Cut) -> _Words:
    stems = [[stem(token) for token in english_tokens(t)] for t in target]
    flat = [one for some in stems for one in some]
    columns = []
    for segment in source:
        units = sorted(set(cut(segment)) & lexicon.chinese.keys())
        columns.append(lexicon.table(units, flat).max(axis=0) if units and flat else np.zeros(len(flat), np.float32))
    starts = [0]
    for some in stems:
        starts.append(starts[-1] + len(some))
    return _Words(np.stack(columns, axis=1), starts)

