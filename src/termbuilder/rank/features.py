"""The features of the ranker: one row a candidate, every column something a terminologist would say."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence import MEASURES, Evidence

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


def matrix(evidence: Mapping[str, Evidence], known: Known) -> tuple[list[str], NDArray[np.float32]]:
    """(keys, rows): one row of `NAMES` for each candidate, keys sorted."""
    keys = sorted(evidence)
    if not keys:
        return [], np.zeros((0, len(NAMES)), dtype=np.float32)
    all_ = [evidence[key] for key in keys]
    frequency = np.array([e.frequency for e in all_], dtype=np.float64)
    sums = np.stack([e.sums for e in all_])
    maxima = np.stack([e.maxima for e in all_])
    seen = 1 - np.exp(np.stack([e.missed for e in all_]))
    strings = _strings(keys, all_, seen.sum(axis=1), known)
    return keys, np.concatenate(
        [sums / frequency[:, None], maxima, seen, sums[:, :2], frequency[:, None], strings], axis=1
    ).astype(np.float32)


_STRONG = 0.4  # sum of both CRFs' probabilities from which a longer candidate counts as a term


def _strings(keys: list[str], all_: list[Evidence], seen: NDArray[np.float64], known: Known) -> NDArray[np.float64]:
    present = set(keys)
    ends: Counter[str] = Counter()
    begins: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    best: dict[str, float] = {}
    for key, probability in zip(keys, seen.tolist()):
        if probability <= _STRONG:
            continue
        size = len(key)
        for i in range(size):
            for j in range(i + 2, size + 1):
                if j - i == size:
                    continue
                part = key[i:j]
                if part in present:
                    (ends if j == size else begins if i == 0 else inside)[part] += probability
                    best[part] = max(best.get(part, 0.0), probability)
    columns = zip(
        keys,
        all_,
        _made_of(keys).tolist(),
        known.reports.of(keys).tolist(),
        known.laws.of(keys).tolist(),
        _rarest_pairs(keys, known.reports).tolist(),
        strict=True,
    )
    beginnings = {term[:2] for term in known.glossary}
    rows = []
    for key, one, (digits, latin, han, numerals), in_reports, in_laws, rarest_pair in columns:
        size = len(key)
        covered, parts = _glossary_cover(key, known.glossary, beginnings)
        surface = one.shape.surface
        rows.append((
            size, one.shape.words, digits, latin, han / size,
            "“" in surface or "”" in surface, "的" in key, "、" in surface or "，" in surface, "和" in key or "与" in key or "及" in key,
            in_reports, in_laws, rarest_pair,
            key in known.glossary, covered / size, parts,
            ends.get(key, 0.0), begins.get(key, 0.0), inside.get(key, 0.0), best.get(key, 0.0),
            numerals > 0, one.shape.words == 1,
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
