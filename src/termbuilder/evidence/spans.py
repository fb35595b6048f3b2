"""Spans of a document's text that may be candidates: whole pairs of marks, no punctuation at the ends.

Spans are many, so they are kept as numbers side by side: `code_of` puts start and length into one number that sorts as (start, end) does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from termbuilder.evidence.table import Floats, Ints

Span = tuple[int, int]

PUNCTUATION = "，。；：！？、“”‘’（）《》【】—…·,.;:!?()|"
PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "【": "】"}
OPENERS, CLOSERS = list(PAIRS), list(PAIRS.values())
_OPENING = {closing: opening for opening, closing in PAIRS.items()}
_SPECIAL = np.array(sorted(map(ord, {*PUNCTUATION, *PAIRS, *_OPENING})))  # a span without any of these is whole as it is

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
class Likely:
    """Whole spans in the order of the text, each once, with their probabilities (n, 2)."""

    codes: Ints
    probability: Floats

    @property
    def first(self) -> Ints:
        """Where each starts."""
        return self.codes // _LENGTHS

    @property
    def last(self) -> Ints:
        """One past where each ends."""
        return self.first + self.codes % _LENGTHS

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


def likely(judged: Judged, flat: str, characters: Ints) -> Likely:
    """The tagger's spans made whole; what it gave to a span and to the same with a mark more is added.

    `flat`: the text of the whole document, `characters`: the same as code points.
    """
    first, last = judged.first.copy(), judged.last.copy()
    special = np.concatenate([[0], np.cumsum(np.isin(characters, _SPECIAL))])
    kept = np.ones(len(first), dtype=bool)
    for number in np.flatnonzero(special[last] > special[first]).tolist():
        span = whole(flat, int(first[number]), int(last[number]))
        if span is None:
            kept[number] = False
        else:
            first[number], last[number] = span
    codes, back = np.unique(code_of(first, last)[kept], return_inverse=True)
    probability = np.zeros((len(codes), 2))
    np.add.at(probability, back, judged.probability[kept])
    return Likely(codes, np.minimum(probability, 1.0))


def offered(cues: Sequence[Mapping[Span, Sequence[str]]], starts: Ints, flat: str) -> dict[Span, frozenset[str]]:
    """What the finders offered in each passage, in characters of the whole document: made whole, with the finders' names."""
    found: dict[Span, frozenset[str]] = {}
    names_of: dict[tuple[str, ...], frozenset[str]] = {}
    for first, spans in zip(starts.tolist(), cues):
        for (start, end), names in spans.items():
            span = whole(flat, first + start, first + end)
            if span is not None:
                own = names_of.setdefault(tuple(names), frozenset(names))
                found[span] = found[span] | own if span in found else own
    return found
