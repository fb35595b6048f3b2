"""What is kept of a memory of any size: the pairs that hold the terms asked for, and a sample to learn words from.

Both are bounded, and neither depends on the order of the pairs: what is kept is what has the smallest marks, and the mark of a
pair is made from nothing but its text. So a pair that comes twice counts once, without a list of all that were seen.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from termbuilder.model import SegmentPair

MOST_PAIRS = 60_000  # kept for look-ups, of all terms together
_MOST_PAIRS_OF_A_TERM, _LEAST_PAIRS_OF_A_TERM = 40, 12
_MOST_CELLS = 3_000_000  # of the word tables: Chinese words times English words over all sentences learned from
_SAMPLED = 1.5  # function words leave fewer cells than the lengths of the segments promise, clauses add some
_LONGEST_PAIR = 8000  # characters; more is no segment but a document


@dataclass(frozen=True)
class Kept:
    """The pairs to look terms up in with the numbers of those that hold each term, the pairs to learn words from, how many were read."""

    pairs: tuple[SegmentPair, ...]
    holders: Mapping[str, tuple[int, ...]]  # by the term as `plain` gives it; empty if no terms were named
    sample: tuple[SegmentPair, ...]
    read: int


def keep(pairs: Iterable[SegmentPair], terms: Collection[str] = ()) -> Kept:
    """Read all pairs once and keep a bounded part of them; without `terms`, the sample is also what terms are looked up in.

    >>> some = [SegmentPair("推广岸电。", "Promote shore power.", "1"), SegmentPair("码头完工。", "The wharf is finished.", "2")]
    >>> kept = keep([*some, *some], ["岸电"])
    >>> [pair.unit for pair in kept.pairs], dict(kept.holders), kept.read
    (['1'], {'岸电': (0,)}, 4)
    """
    wanted = sorted({plain(term) for term in terms} - {""})
    finder = AhoCorasick(wanted, matchkind=MatchKind.Standard) if wanted else None
    most = max(_LEAST_PAIRS_OF_A_TERM, min(_MOST_PAIRS_OF_A_TERM, MOST_PAIRS // max(1, len(wanted))))
    held = [_Smallest(most) for _ in wanted]
    sample = _Sample(int(_MOST_CELLS * _SAMPLED / (1 if finder is None else 2)))
    read = 0
    for number, pair in enumerate(pairs):
        read += 1
        if not pair.source.strip() or not pair.target.strip() or len(pair.source) + len(pair.target) > _LONGEST_PAIR:
            continue
        mark = _mark(pair)
        sample.offer(mark, number, pair)
        if finder is not None:
            text = plain(pair.source)
            for index in {one[0] for one in finder.find_matches_as_indexes(text, overlapping=True)}:
                # a unit that is nothing but the term says it best; of the others, any will do
                held[index].offer((len(text) > len(wanted[index]) + 1, mark), number, pair)
    if finder is None:
        return Kept(sample.pairs[:MOST_PAIRS], {}, sample.pairs, read)
    chosen = {number: pair for one in held for number, pair in one.pairs}
    place = {number: n for n, number in enumerate(sorted(chosen))}
    holders = {term: tuple(sorted(place[number] for number, _ in one.pairs)) for term, one in zip(wanted, held) if one.pairs}
    # half of what is learned from is any pairs, half those that hold the terms: what is rare in a large memory is in few others
    special = _Sample(int(_MOST_CELLS * _SAMPLED / 2))
    for number, pair in chosen.items():
        if not sample.has(pair):
            special.offer(_mark(pair), number, pair)
    return Kept(tuple(chosen[number] for number in sorted(chosen)), holders, (*sample.pairs, *special.pairs), read)


def plain(text: str) -> str:
    """Text without quotation and title marks and spaces, as terms are looked up in it; enumeration commas stay.

    >>> plain("实施“揭榜 挂帅”"), plain("Wi-Fi")
    ('实施揭榜挂帅', 'wi-fi')
    """
    bare = text.translate(_PRINTED)
    return bare.lower() if bare.isascii() else bare


_PRINTED = dict.fromkeys(map(ord, '“”‘’「」『』"《》〈〉＂ \t\r\n\u00a0\u3000\u200b\ufeff'))


def _mark(pair: SegmentPair) -> int:
    return int.from_bytes(
        hashlib.blake2b(f"{pair.source}\t{pair.target}".encode(errors="replace"), digest_size=8).digest(), "big"
    )


class _Smallest:
    """The `most` pairs with the smallest ranks of those offered."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._heap: list[tuple[int, int, int, SegmentPair]] = []

    def offer(self, rank: tuple[int, int], number: int, pair: SegmentPair) -> None:
        reverse = (-rank[0], -rank[1])
        if len(self._heap) == self._most and reverse <= self._heap[0][:2]:
            return
        if any(one[:2] == reverse for one in self._heap):
            return
        heapq.heappush(self._heap, (*reverse, number, pair))
        if len(self._heap) > self._most:
            heapq.heappop(self._heap)

    @property
    def pairs(self) -> list[tuple[int, SegmentPair]]:
        return [(number, pair) for _, _, number, pair in self._heap]


class _Sample:
    """As many pairs as `most` cells allow: those with the smallest marks."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._cells = 0
        self._heap: list[tuple[int, int, int, SegmentPair]] = []
        self._marks: set[int] = set()
        self._below = 1 << 64  # what has a greater mark was pushed out, or would be

    def offer(self, mark: int, number: int, pair: SegmentPair) -> None:
        if mark >= self._below or mark in self._marks:
            return
        cells = _cells(pair)
        heapq.heappush(self._heap, (-mark, number, cells, pair))
        self._marks.add(mark)
        self._cells += cells
        while self._cells > self._most and len(self._heap) > 1:
            largest, _, freed, _ = heapq.heappop(self._heap)
            self._below = -largest
            self._marks.remove(-largest)
            self._cells -= freed

    def has(self, pair: SegmentPair) -> bool:
        return _mark(pair) in self._marks

    @property
    def pairs(self) -> tuple[SegmentPair, ...]:
        """In the order in which they came."""
        return tuple(pair for _, _, _, pair in sorted(self._heap, key=lambda one: one[1]))


def _cells(pair: SegmentPair) -> int:
    count = max(1, sum(map(pair.source.count, "。；！？")))  # words meet only inside a sentence
    return max(1, len(pair.source) // 2) * max(1, len(pair.target) // 6) // count
