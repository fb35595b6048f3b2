"""The features of the ranker: one row a candidate, every column something a terminologist would say."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence import MEASURES, UNIT, Table

_NUMERALS = frozenset("一二三四五六七八九十双两百千万")
STRING_FEATURES = (
    "characters", "words", "digits", "Latin letters", "share of Han", "quotation mark inside", "的 inside", "comma inside", "和 inside",
    "in national reports", "in laws", "rarest pair in national reports", "in the glossary", "covered by glossary terms", "glossary terms inside",
    "ends longer terms", "begins longer terms", "inside longer terms", "best longer term", "numeral inside", "one word",
)  # fmt: skip
NAMES = (
    *(f"mean {name}" for name in MEASURES),
    *(f"most {name}" for name in MEASURES),
    "seen once at least, longest", "seen once at least, shortest", "expected number, longest", "expected number, shortest", "frequency",
    *STRING_FEATURES,
)  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """How often character sequences stand in a background text: sorted hashes and counts on a logarithmic scale."""

    codes: NDArray[np.uint32]
    logs: NDArray[np.uint8]  # log(1 + count) * 16

    def of(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """log(1 + count) of each text, 0 if it was not seen."""
        numbers = np.array([zlib.crc32(text.encode()) for text in texts], dtype=np.uint32)
        at = np.minimum(np.searchsorted(self.codes, numbers), len(self.codes) - 1)
        return np.where(self.codes[at] == numbers, self.logs[at] / 16, 0.0)


@dataclass(frozen=True)
class Known:
    """What is known before any document is read."""

    reports: Counts
    laws: Counts
    glossary: Set[str]  # keys of the reference and the user's glossaries

    @cached_property
    def _inside(self) -> Any:
        """Finds glossary terms from left to right, the longest first."""
        import ahocorasick_rs

        terms = sorted(term for term in self.glossary if 2 <= len(term) <= LONGEST_INSIDE)
        return ahocorasick_rs.AhoCorasick(terms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def covers(self, keys: Sequence[str]) -> NDArray[np.int64]:
        """(keys, 2): how many characters of each key glossary terms shorter than the key cover, and how many terms do it."""
        ends = np.cumsum([len(key) + 1 for key in keys])
        found = np.array(self._inside.find_matches_as_indexes("\n".join(keys)), dtype=np.int64).reshape(-1, 3)
        row = np.searchsorted(ends, found[:, 1], side="right")
        lengths = found[:, 2] - found[:, 1]
        out = np.stack([np.bincount(row, lengths, len(keys)), np.bincount(row, minlength=len(keys))], axis=1).astype(np.int64)
        for place, key in enumerate(keys):
            if key in self.glossary:  # found as itself: what covers it from within?
                out[place] = _covered(key, self.glossary)
        return out


LONGEST_INSIDE = 12  # characters


def _covered(key: str, glossary: Set[str]) -> tuple[int, int]:
    covered = parts = at = 0
    while at < len(key):
        last = min(len(key), at + LONGEST_INSIDE)
        end = next((end for end in range(last, at + 1, -1) if end - at < len(key) and key[at:end] in glossary), 0)
        if end:
            covered, parts = covered + end - at, parts + 1
        at = end or at + 1
    return covered, parts


_STRONG = 0.4  # sum of both CRFs' probabilities from which a longer candidate counts as a term


@dataclass(frozen=True)
class Nesting:
    """How often each candidate stands in a longer one that looks like a term: for each, the sums of the probabilities of those that it ends,
    begins and is inside of (in whole units, so that they do not depend on the order of adding), and the largest.

    Candidates are known by a number each: the words of a large corpus do not fit in memory.
    """

    numbers: NDArray[np.uint64]  # sorted
    sums: NDArray[np.int64]  # (n, 3)
    largest: NDArray[np.float64]

    @classmethod
    def of(cls, tables: Iterable[Table]) -> Nesting:
        """Read off all the tables of a corpus."""
        strong: list[str] = []
        likely: list[NDArray[np.float64]] = []
        present = [np.zeros(0, np.uint64)]
        for table in tables:
            present.append(_numbers(table.keys_))
            own = _seen(table).sum(axis=1)
            rows = np.flatnonzero(own > _STRONG)
            strong += [table.keys_[row] for row in rows.tolist()]
            likely.append(own[rows])
        numbers = np.sort(np.concatenate(present))
        nesting = cls(numbers, np.zeros((len(numbers), 3), np.int64), np.zeros(len(numbers)))
        if strong:
            nesting._add(strong, np.concatenate(likely))
        nested = nesting.largest > 0
        return cls(numbers[nested], nesting.sums[nested], nesting.largest[nested])

    def _add(self, keys: Sequence[str], likely: NDArray[np.float64]) -> None:
        """Add what stands inside of `keys`: at each step all sequences of one character more, by their numbers."""
        size = np.array([len(key) for key in keys])
        characters = _characters(keys)
        end = np.repeat(np.cumsum(size), size)
        begin = end - np.repeat(size, size)
        likely = np.repeat(likely, size)
        at = np.arange(len(characters))
        number = characters.copy()
        for length in range(2, int(size.max())):
            inside = at + length <= end[at]
            at = at[inside]
            number = number[inside] * _FACTOR + characters[at + length - 1]
            place = np.minimum(np.searchsorted(self.numbers, number), len(self.numbers) - 1)
            here = np.flatnonzero((self.numbers[place] == number) & (length < end[at] - begin[at]))
            found, where = place[here], at[here]
            side = np.where(where + length == end[where], 0, np.where(where == begin[where], 1, 2))
            np.add.at(self.sums, (found, side), np.rint(likely[where] * UNIT).astype(np.int64))
            np.maximum.at(self.largest, found, likely[where])

    def rows(self, keys: Sequence[str]) -> NDArray[np.float64]:
        """(keys, 4): the three sums as probabilities and the largest; zeros for what stands in nothing longer."""
        out = np.zeros((len(keys), 4))
        if len(self.numbers):
            numbers = _numbers(keys)
            place = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
            here = self.numbers[place] == numbers
            out[here, :3] = self.sums[place[here]] / UNIT
            out[here, 3] = self.largest[place[here]]
        return out


_FACTOR = np.uint64(
    0x9E3779B97F4A7C15
)  # any odd number whose bits are mixed: of a million candidates no two get the same number


def _characters(texts: Sequence[str]) -> NDArray[np.uint64]:
    return np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)


def _numbers(texts: Sequence[str]) -> NDArray[np.uint64]:
    """A number for each text, made from its characters in turn, so that the number of a longer one follows from that of its beginning."""
    size = np.array([len(text) for text in texts], dtype=np.int64)
    characters, begin = _characters(texts), np.cumsum(size) - size
    out = np.zeros(len(texts), np.uint64)
    for place in range(int(size.max(initial=0))):
        longer = np.flatnonzero(size > place)
        out[longer] = out[longer] * _FACTOR + characters[begin[longer] + place]
    return out


def _seen(table: Table) -> NDArray[np.float64]:
    """(n, 2): the probability under each CRF that at least one occurrence is a term."""
    return np.asarray(1 - np.exp(table.sums[:, -2:] / UNIT))


def matrix(table: Table, known: Known, nesting: Nesting | None = None) -> tuple[Sequence[str], NDArray[np.float32]]:
    """(keys, rows): one row of `NAMES` for each candidate, keys sorted; `nesting` if the table is a part of a corpus."""
    if not len(table):
        return [], np.zeros((0, len(NAMES)), dtype=np.float32)
    frequency = table.counts[:, :1].astype(np.float64)
    sums = table.sums[:, :-2] / UNIT
    strings = _strings(table, known, nesting or Nesting.of([table]))
    return table.keys_, np.concatenate(
        [sums / frequency, table.maxima, _seen(table), sums[:, :2], frequency, strings], axis=1
    ).astype(np.float32)


def _strings(table: Table, known: Known, nesting: Nesting) -> NDArray[np.float64]:
    keys = table.keys_
    words = np.array([shape.words for shape in table.shapes])
    size = np.array([len(key) for key in keys])
    made_of = _made_of(keys, str.isdigit, _is_latin, _is_han, _NUMERALS.__contains__, "的".__contains__, "和与及".__contains__)
    shown = _made_of([shape.surface for shape in table.shapes], "“”".__contains__, "、，".__contains__)
    covered = known.covers(keys)
    return np.column_stack([
        size, words, made_of[:, 0], made_of[:, 1], made_of[:, 2] / size,
        shown[:, 0] > 0, made_of[:, 4] > 0, shown[:, 1] > 0, made_of[:, 5] > 0,
        known.reports.of(keys), known.laws.of(keys), _rarest_pairs(keys, known.reports),
        [key in known.glossary for key in keys], covered[:, 0] / size, covered[:, 1],
        nesting.rows(keys),
        made_of[:, 3] > 0, words == 1,
    ])  # fmt: skip


def _is_latin(character: str) -> bool:
    return "a" <= character <= "z"


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _made_of(texts: Sequence[str], *kinds: Callable[[str], bool]) -> NDArray[np.int64]:
    """(texts, kinds): how many characters of each kind each text has; no text is empty."""
    every, back = np.unique(_characters(texts), return_inverse=True)
    of_kind = np.array([[kind(character) for kind in kinds] for character in map(chr, every.tolist())], dtype=np.int64)
    return np.add.reduceat(of_kind[back], np.cumsum([0, *map(len, texts[:-1])]), axis=0)


def _rarest_pairs(keys: Sequence[str], counts: Counts) -> NDArray[np.float64]:
    """The least count of two characters side by side in each key."""
    characters = _characters(keys)
    size = np.array([len(key) for key in keys])
    last = np.cumsum(size) - 1  # with the first of the next key, this is no pair
    pairs, back = np.unique(np.delete(characters[:-1] << 32 | characters[1:], last[:-1]), return_inverse=True)
    seen = counts.of([chr(pair >> 32) + chr(pair & 0xFFFFFFFF) for pair in pairs.tolist()])[back]
    return np.asarray(np.minimum.reduceat(seen, np.cumsum([0, *(size[:-1] - 1).tolist()])))
