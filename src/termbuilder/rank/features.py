"""The features of the ranker: one row a candidate, every column something a terminologist would say."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence, Set
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
    """

    parts: Mapping[str, Sequence[float]]

    @classmethod
    def of(cls, tables: Iterable[Table]) -> Nesting:
        """Read off all the tables of a corpus."""
        strong: list[tuple[str, float]] = []
        present: list[NDArray[np.int64]] = []
        for table in tables:
            # of the keys a number each is enough to know them by: the words of a large corpus do not fit in memory
            present.append(np.fromiter(map(hash, table), dtype=np.int64, count=len(table)))
            likely = _seen(table).sum(axis=1)
            strong += [(table.keys_[row], float(likely[row])) for row in np.flatnonzero(likely > _STRONG).tolist()]
        known = np.sort(np.concatenate(present)) if present else np.zeros(0, np.int64)
        parts: dict[str, list[float]] = {}
        for start in range(0, len(strong), 10_000):
            _nest(strong[start : start + 10_000], known, parts)
        return cls(parts)


def _nest(strong: Sequence[tuple[str, float]], known: NDArray[np.int64], parts: dict[str, list[float]]) -> None:
    found = [
        (key[i:j], 0 if j == len(key) else 1 if i == 0 else 2, probability)
        for key, probability in strong
        for i in range(len(key))
        for j in range(i + 2, len(key) + 1)
        if j - i < len(key)
    ]
    if not found or not len(known):
        return
    numbers = np.fromiter((hash(part) for part, _, _ in found), dtype=np.int64, count=len(found))
    here = known[np.minimum(np.searchsorted(known, numbers), len(known) - 1)] == numbers
    for place in np.flatnonzero(here).tolist():
        part, where, probability = found[place]
        row = parts.setdefault(part, [0, 0, 0, 0.0])
        row[where] += round(probability * UNIT)
        row[3] = max(row[3], probability)


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
    surfaces = [shape.surface for shape in table.shapes]
    words = np.array([shape.words for shape in table.shapes])
    size = np.array([len(key) for key in keys])
    made_of = _made_of(keys)
    covered = known.covers(keys)
    nowhere = (0, 0, 0, 0.0)
    nested = np.array([nesting.parts.get(key, nowhere) for key in keys], dtype=np.float64)

    def holds(texts: Sequence[str], *marks: str) -> list[bool]:
        return [any(mark in text for mark in marks) for text in texts]

    return np.column_stack([
        size, words, made_of[:, 0], made_of[:, 1], made_of[:, 2] / size,
        holds(surfaces, "“", "”"), holds(keys, "的"), holds(surfaces, "、", "，"), holds(keys, "和", "与", "及"),
        known.reports.of(keys), known.laws.of(keys), _rarest_pairs(keys, known.reports),
        [key in known.glossary for key in keys], covered[:, 0] / size, covered[:, 1],
        nested[:, :3] / UNIT, nested[:, 3],
        made_of[:, 3] > 0, words == 1,
    ])  # fmt: skip


def _made_of(keys: Sequence[str]) -> NDArray[np.int64]:
    """(keys, 4): how many digits, Latin letters, Han characters and Chinese numerals each has."""
    every, back = np.unique(np.frombuffer("".join(keys).encode("utf-32-le"), dtype=np.uint32), return_inverse=True)
    kinds = np.array([
        (c.isdigit(), "a" <= c <= "z", "\u4e00" <= c <= "\u9fff", c in _NUMERALS) for c in map(chr, every.tolist())
    ])  # fmt: skip
    return np.add.reduceat(kinds[back].astype(np.int64), np.cumsum([0, *map(len, keys[:-1])]), axis=0)


def _rarest_pairs(keys: Sequence[str], counts: Counts) -> NDArray[np.float64]:
    """The least count of two characters side by side in each key."""
    pairs = [key[i : i + 2] for key in keys for i in range(len(key) - 1)]
    place = {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}
    seen = counts.of(list(place))[[place[pair] for pair in pairs]]
    return np.asarray(np.minimum.reduceat(seen, np.cumsum([0, *(len(key) - 1 for key in keys[:-1])])))
