"""Spans of a document's text that may be candidates: whole pairs of marks, no punctuation at the ends.

Spans are many, so they are kept as numbers side by side: `code_of` puts start and length into one number that sorts as (start, end) does.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence.table import Floats, Ints, among, members

Span = tuple[int, int]

PUNCTUATION = "，。；：！？、“”‘’（）《》【】—…·,.;:!?()|"
PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "【": "】"}
OPENERS, CLOSERS = list(PAIRS), list(PAIRS.values())
_OPENING = {closing: opening for opening, closing in PAIRS.items()}
_SPECIAL = members("".join({*PUNCTUATION, *PAIRS, *_OPENING}))  # a span without any of these is whole as it is

_LENGTHS = 1 << 16  # more than a span can be long


def code_of(first: Ints, last: Ints) -> Ints:
    """One number for each span."""
    return first * _LENGTHS + (last - first)


class Judged(Protocol):
    """Spans with their probabilities under the longest-term and the shortest-term CRF."""

    @property
    def first(self) -> Ints:
        """Where each starts."""

    @property
    def last(self) -> Ints:
        """One past where each ends."""

    @property
    def probability(self) -> Floats:
        """(n, 2)."""


@dataclass(frozen=True)
class Coded:
    """Whole spans in the order of the text, each once."""

    codes: Ints

    @property
    def first(self) -> Ints:
        """Where each starts."""
        return self.codes // _LENGTHS

    @property
    def last(self) -> Ints:
        """One past where each ends."""
        return self.first + self.codes % _LENGTHS


@dataclass(frozen=True)
class Likely(Coded):
    """Spans with their probabilities (n, 2)."""

    probability: Floats

    def of(self, first: Ints, last: Ints) -> Floats:
        """The probabilities of these spans, 0 where there is none."""
        if not len(self.codes):
            return np.zeros((len(first), 2))
        wanted = code_of(first, last)
        at = np.minimum(np.searchsorted(self.codes, wanted), len(self.codes) - 1)
        return np.where((self.codes[at] == wanted)[:, None], self.probability[at], 0.0)


def whole(text: str, start: int, end: int) -> Span | None:
    """The span without punctuation at its ends and with whole pairs of marks inside; None if a pair is cut and cannot be made whole.

    >>> text = "深化轨道交通“四网融合”，推进“一带一路”建设"
    >>> [text[slice(*whole(text, *span))] for span in ((6, 12), (2, 11), (15, 23), (7, 11))]
    ['四网融合', '轨道交通“四网融合”', '“一带一路”建设', '四网融合']
    """
    while (
        start < end
        and text[start] in PUNCTUATION
        and not (text[start] in PAIRS and 0 < text.find(PAIRS[text[start]], start, end) < end - 1)
    ):
        start += 1
    while (
        start < end
        and text[end - 1] in PUNCTUATION
        and not (text[end - 1] in _OPENING and _OPENING[text[end - 1]] in text[start : end - 1])
    ):
        end -= 1
    open_marks: list[str] = []
    for character in text[start:end]:
        if character in PAIRS:
            open_marks.append(character)
        elif character in _OPENING:
            if open_marks and open_marks[-1] == _OPENING[character]:
                open_marks.pop()
            elif start and text[start - 1] == _OPENING[character]:
                return whole(text, start - 1, end)
            else:
                return None
    if not open_marks:
        return (start, end) if start < end else None
    if len(open_marks) == 1 and text[end : end + 1] == PAIRS[open_marks[0]]:
        return whole(text, start, end + 1)
    return None


class Offers(Protocol):
    """What the finders offered, in characters of the whole document."""

    @property
    def first(self) -> Ints:
        """Where each span starts."""

    @property
    def last(self) -> Ints:
        """One past where each ends."""

    @property
    def finders(self) -> Ints:
        """A bit for each finder of the span: the lowest for the first of `names`."""

    @property
    def names(self) -> Sequence[str]:
        """The finders."""


@dataclass(frozen=True)
class Offered(Coded):
    """Spans with the bits of their finders."""

    finders: Ints
    names: Sequence[str]

    def by(self, names: Set[str]) -> NDArray[np.bool_]:
        """Which spans did at least one of these finders offer?"""
        wanted = sum(1 << number for number, name in enumerate(self.names) if name in names)
        return np.asarray(self.finders & wanted != 0)


def likely(judged: Judged, flat: str, characters: Ints) -> Likely:
    """The tagger's spans made whole; what it gave to a span and to the same with a mark more is added.

    `flat`: the text of the whole document, `characters`: the same as code points.
    """
    first, last, kept = _made_whole(judged.first, judged.last, flat, characters)
    codes, back = np.unique(code_of(first, last)[kept], return_inverse=True)
    probability = np.zeros((len(codes), 2))
    np.add.at(probability, back, judged.probability[kept])
    return Likely(codes, np.minimum(probability, 1.0))


def offered(cues: Offers, flat: str, characters: Ints) -> Offered:
    """What the finders offered, made whole; a span has the finders of all that became this span."""
    first, last, kept = _made_whole(cues.first, cues.last, flat, characters)
    codes, back = np.unique(code_of(first, last)[kept], return_inverse=True)
    finders = np.zeros(len(codes), dtype=np.int64)
    np.bitwise_or.at(finders, back, cues.finders[kept])
    return Offered(codes, finders, cues.names)


def _made_whole(first: Ints, last: Ints, flat: str, characters: Ints) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """(first, last, possible): the spans made whole, and which of them could be."""
    first, last = first.copy(), last.copy()
    special = np.concatenate([[0], np.cumsum(among(characters, _SPECIAL))])
    kept = np.ones(len(first), dtype=bool)
    for number in np.flatnonzero(special[last] > special[first]).tolist():
        span = whole(flat, int(first[number]), int(last[number]))
        if span is None:
            kept[number] = False
        else:
            first[number], last[number] = span
    return first, last, kept
