"""The features of the ranker: one row a candidate, every column something a terminologist would say."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

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
    nowhere = (0, 0, 0, 0.0)
    columns = zip(
        keys,
        table.shapes,
        _made_of(keys).tolist(),
        known.reports.of(keys).tolist(),
        known.laws.of(keys).tolist(),
        _rarest_pairs(keys, known.reports).tolist(),
        strict=True,
    )
    beginnings = {term[:2] for term in known.glossary}
    rows = []
    for key, shape, (digits, latin, han, numerals), in_reports, in_laws, rarest_pair in columns:
        size = len(key)
        covered, parts = _glossary_cover(key, known.glossary, beginnings)
        surface = shape.surface
        ends, begins, inside, best = nesting.parts.get(key, nowhere)
        rows.append((
            size, shape.words, digits, latin, han / size,
            "“" in surface or "”" in surface, "的" in key, "、" in surface or "，" in surface, "和" in key or "与" in key or "及" in key,
            in_reports, in_laws, rarest_pair,
            key in known.glossary, covered / size, parts,
            ends / UNIT, begins / UNIT, inside / UNIT, best,
            numerals > 0, shape.words == 1,
        ))  # fmt: skip
    return np.array(rows, dtype=np.float64)


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


def _glossary_cover(key: str, glossary: Set[str], beginnings: Set[str]) -> tuple[int, int]:
    """(characters, terms) of glossary terms shorter than the key that cover it from the left, longest first.

    `beginnings`: the first two characters of all glossary terms.
    """
    covered = parts = at = 0
    size = len(key)
    while at < size:
        if key[at : at + 2] not in beginnings:
            at += 1
            continue
        for end in range(min(size, at + 12), at + 1, -1):
            if end - at < size and key[at:end] in glossary:
                covered, parts, at = covered + end - at, parts + 1, end
                break
        else:
            at += 1
    return covered, parts
