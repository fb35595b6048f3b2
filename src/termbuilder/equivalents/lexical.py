"""Which English word goes with which Chinese word, learned from pairs of sentences (expectation maximization, IBM model 1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from termbuilder.equivalents.keys import singular
from termbuilder.tables import Tables

Cut = Callable[[str], Sequence[str]]  # a Chinese text into words

_TOKEN = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ0-9]+)*|\d+(?:[.,]\d+)*(?:st|nd|rd|th|%)?|[^\sA-Za-zÀ-ɏ\d]")
_WORD = re.compile(r"\w")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ROUNDS = 6
_NULL_SHARE = 0.08
_DOUBT = 0.5
_NULL = 0  # the Chinese word that stands for nothing: what English adds


@dataclass(frozen=True, slots=True)
class FunctionWords:
    """English words that no term starts or ends with, and Chinese words that have no English of their own."""

    function: frozenset[str]
    inside: frozenset[str]
    openers: frozenset[str]
    chinese: frozenset[str]

    @classmethod
    def from_tables(cls, tables: Tables) -> FunctionWords:
        """Compile english_function_words.tsv and chinese_function_words.tsv."""
        kinds: dict[str, set[str]] = {"function": set(), "inside": set(), "opener": set()}
        for row in tables.rows("english_function_words"):
            kinds.setdefault(row["kind"], set()).add(row["word"])
        chinese = frozenset(tables.column("chinese_function_words"))
        return cls(frozenset(kinds["function"]), frozenset(kinds["inside"]), frozenset(kinds["opener"]), chinese)

    def stems(self, english: str) -> list[str]:
        """The stems of the content words of an English text."""
        words = [token for token in english_tokens(english) if is_word(token)]
        return [stem(word) for word in words if word.lower() not in self.function and word.lower() not in self.inside]

    def units(self, text: str, cut: Cut) -> list[str]:
        """The content words of a Chinese text."""
        return [word for word in cut(text) if is_word(word) and word not in self.chinese]


def is_word(token: str) -> bool:
    """Is there a letter, digit or character in it?"""
    return _WORD.search(token) is not None


def english_tokens(text: str) -> list[str]:
    """Words, numbers and marks of an English text, as printed.

    >>> english_tokens("high-tech firms' R&D (5.6%)")
    ['high-tech', 'firms', "'", 'R', '&', 'D', '(', '5.6%', ')']
    """
    return _TOKEN.findall(text.replace("’", "'"))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What the forms of an English word share, roughly: for counting together, never for showing.

    >>> [stem(word) for word in ("Enterprises", "developing", "development", "industries", "reformed")]
    ['enterpris', 'develop', 'develop', 'indust', 'reform']
    """
    lower = singular(word.lower())
    for ending in (
        "ization",
        "isation",
        "ational",
        "ation",
        "ment",
        "ness",
        "ing",
        "ion",
        "ive",
        "ied",
        "ed",
        "al",
        "ly",
        "es",
        "ry",
        "y",
        "e",
    ):
        if lower.endswith(ending) and len(lower) - len(ending) >= 4:
            return lower[: -len(ending)]
    return lower


@dataclass(frozen=True)
class Lexicon:
    """p(English stem | Chinese unit), learned; units are words, and their characters where words are rare."""

    chinese: Mapping[str, int]
    english: Mapping[str, int]
    keys: NDArray[np.int64]  # sorted: chinese * width + english
    values: NDArray[np.float32]
    starts: NDArray[np.int64]  # where the keys of each Chinese unit begin, and at last where all end

    def given(self, unit: str, stems: Sequence[str]) -> NDArray[np.float32]:
        """p(stem | unit) for each stem; zeros for a unit that was not seen."""
        table: NDArray[np.float32] = self.table([unit], stems)[0]
        return table

    def table(self, units: Sequence[str], stems: Sequence[str]) -> NDArray[np.float32]:
        """p(stem | unit), one row a unit, one column a stem; the unit "" stands for nothing: what English adds of itself."""
        columns = np.array([self.english.get(one, self.width) for one in stems], np.int64)
        found = np.zeros((len(units), len(stems)), np.float32)
        row = np.zeros(self.width + 1, np.float32)  # the last column is that of stems that are not known
        for place, unit in enumerate(units):
            at, values = self._row(unit)
            row[at] = values
            found[place] = row[columns]
            row[at] = 0
        return found

    def best(self, units: Iterable[str]) -> NDArray[np.float32]:
        """For every English stem (by number) the best p(stem | unit) of some units."""
        found = np.zeros(self.width, np.float32)
        for unit in sorted(set(units)):
            at, values = self._row(unit)
            found[at] = np.maximum(found[at], values)
        return found

    def _row(self, unit: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The numbers of the English stems that a unit was seen with, and p(stem | unit)."""
        number = self.chinese.get(unit)
        if number is None or number + 1 >= len(self.starts):
            return self.keys[:0], self.values[:0]
        start, end = self.starts[number], self.starts[number + 1]
        return self.keys[start:end] - number * self.width, self.values[start:end]

    @property
    def width(self) -> int:
        """The number of English stems."""
        return len(self.english)


def train(pairs: Sequence[tuple[Sequence[str], Sequence[str]]], rounds: int = _ROUNDS, order: float = 0.0) -> Lexicon:
    """Learn from pairs of (Chinese units, English stems); the result does not depend on anything but the pairs.

    `order` says how far a word is expected near the same relative place of its sentence (0: not at all).

    >>> lexicon = train([(["创新", "平台"], ["innovat", "platform"]), (["创新"], ["innovat"]), (["平台"], ["platform"])])
    >>> [round(float(p)) for p in lexicon.given("平台", ["platform", "innovat"])]
    [1, 0]
    """
    chinese = {"": _NULL}
    english: dict[str, int] = {}
    sources = [np.array([_NULL, *(chinese.setdefault(u, len(chinese)) for u in units)], np.int64) for units, _ in pairs]
    targets = [np.array([english.setdefault(s, len(english)) for s in stems], np.int64) for _, stems in pairs]
    width = max(len(english), 1)
    if not any(len(t) for t in targets):
        return Lexicon(chinese, english, np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(1, np.int64))
    # one cell for each Chinese unit beside each English stem of a pair; a run of `lengths` cells competes for one stem
    keys, inverse = np.unique(
        np.concatenate([(s[None, :] * width + t[:, None]).ravel() for s, t in zip(sources, targets)]), return_inverse=True
    )
    lengths = np.concatenate([np.full(len(t), len(s), np.int64) for s, t in zip(sources, targets)])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    nearness = np.concatenate([near(len(s) - 1, len(t), order).ravel() for s, t in zip(sources, targets)]) if order else None
    unit_of_key = keys // width
    values = np.full(len(keys), 1.0)
    for _ in range(rounds):
        weights = values[inverse] if nearness is None else values[inverse] * nearness
        totals = np.add.reduceat(weights, starts)
        weights /= np.repeat(np.maximum(totals, 1e-12), lengths)
        counts = np.bincount(inverse, weights, len(keys))
        # a unit seen once would otherwise claim every rare word beside it
        mass = np.bincount(unit_of_key, counts, len(chinese)) + _DOUBT
        values = counts / mass[unit_of_key]
    starts = np.searchsorted(keys, np.arange(len(chinese) + 1) * width)
    return Lexicon(chinese, english, keys, values.astype(np.float32), starts)


def near(units: int, stems: int, order: float) -> NDArray[np.float64]:
    """How expected each Chinese place (the first column is that of the unit for nothing) is for each English place.

    >>> near(2, 2, 4.0).round(2).tolist()
    [[0.08, 0.81, 0.11], [0.08, 0.11, 0.81]]
    """
    places_s = (np.arange(units) + 0.5) / max(units, 1)
    places_t = (np.arange(stems) + 0.5) / max(stems, 1)
    weights = np.exp(-order * np.abs(places_s[None, :] - places_t[:, None]))
    total = weights.sum(axis=1, keepdims=True)
    return np.hstack([np.full((stems, 1), _NULL_SHARE), (1 - _NULL_SHARE) * weights / np.maximum(total, 1e-12)])
