"""Is an English term in a sentence, whatever its inflection, its spelling and the small words between its words?"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from termbuilder.tables import Tables

_WORD = re.compile(r"[a-z0-9]+(?:[&'.][a-z0-9]+)*")
# They come and go when a term is put into a sentence, and do not say which term it is.
_SMALL = frozenset(
    re.findall(
        r"\w+", "a an the of for in on to at by with from and or as into against among between over through its their our"
    )
)
# So many other words may stand between the words of a term: law-based, innovative, clean, and service-oriented government.
_BETWEEN = 5
# Two letters (AI, IT) begin two words of many a sentence.
_ACRONYM = re.compile(r"\b[A-Z]{3,6}\b")


@dataclass(frozen=True, slots=True)
class _Family:
    endings: frozenset[str]
    least: int
    is_inflection: bool

    def joins(self, one: str, other: str, cut: int) -> bool:
        """Are what follows after `cut` letters in both words endings of this family?"""
        plain = one[cut:] in self.endings and other[cut:] in self.endings
        return plain or (_undoubled(one, cut) in self.endings and _undoubled(other, cut) in self.endings)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a sentence in one spelling, and where those with the same two first letters stand."""

    words: tuple[str, ...]
    starting: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Target:
    """A translation ready to be compared: as written, and with its hyphens left out (multi-level, multilevel)."""

    written: Words
    joined: Words


@dataclass(frozen=True)
class EnglishMatcher:
    """Compares English words and terms."""

    _families: tuple[_Family, ...]
    _spelling: Mapping[str, str] = field(default_factory=dict)
    _irregular: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_tables(cls, tables: Tables) -> EnglishMatcher:
        """Compile english_families.tsv, english_irregular.tsv and english_spelling.tsv."""
        families = tuple(
            _Family(
                frozenset(ending.removeprefix("-") for ending in row["endings"].split()),
                int(row["least"]),
                row["kind"] == "inflection",
            )
            for row in tables.rows("english_families")
        )
        spelling = {row["british"]: row["american"] for row in tables.rows("english_spelling")}
        irregular = {row["form"]: row["word"] for row in tables.rows("english_irregular")}
        return cls(families, spelling, irregular)

    def related(self, one: str, other: str, inflection_only: bool = False) -> bool:
        """Are two words (in lower case) forms of one word, or, unless `inflection_only`, words of one family?

        >>> from termbuilder import tables
        >>> english = EnglishMatcher.from_tables(tables.load())
        >>> english.related("policies", "policy"), english.related("modernization", "modernise")
        (True, True)
        >>> english.related("modernization", "modernise", inflection_only=True), english.related("party", "part")
        (False, False)
        """
        return self._related(self._plain(one), self._plain(other), inflection_only)

    def _related(self, one: str, other: str, inflection_only: bool) -> bool:
        if one == other or one[:2] != other[:2]:
            return one == other
        return any(
            family.least <= cut and (family.is_inflection or not inflection_only) and family.joins(one, other, cut)
            for cut in range(_common(one, other), 1, -1)
            for family in self._families
        )

    def _plain(self, word: str) -> str:
        american = self._american(word)
        return self._irregular.get(american, american)

    def _american(self, word: str) -> str:
        if word in self._spelling:
            return self._spelling[word]
        for ending in ("s", "d", "ed", "ing"):
            if word.endswith(ending) and (base := self._spelling.get(word[: -len(ending)])):
                return base + ending
        return word

    def target(self, text: str) -> Target:
        """Prepare the translation `text`."""
        return Target(self._words(text), self._words(_joined(text)))

    def _words(self, text: str) -> Words:
        words = tuple(map(self._plain, words_of(text)))
        starting: defaultdict[str, list[int]] = defaultdict(list)
        for n, word in enumerate(words):
            starting[word[:2]].append(n)
        return Words(words, starting)

    def holds(self, target: Target, term: str) -> bool:
        """Do all words of `term` stand in `target`, in any order and near each other?

        >>> from termbuilder import tables
        >>> english = EnglishMatcher.from_tables(tables.load())
        >>> english.holds(english.target("We upgraded our traditional industries."), "upgrading of traditional industry")
        True
        >>> english.holds(english.target("the Standing Committee of the National People's Congress"), "NPC Standing Committee")
        True
        >>> english.holds(english.target("a multilevel market"), "multi-level market")
        True
        >>> english.holds(english.target("Industry grew. So did traditional crafts."), "upgrading of traditional industry")
        False
        """
        acronyms = {word.lower() for word in _ACRONYM.findall(term)}
        return (
            self._near(target.written, term, acronyms)
            or ("-" in term and self._near(target.written, _joined(term), acronyms))
            or (target.joined.words != target.written.words and self._near(target.joined, term, acronyms))
        )

    def _near(self, target: Words, term: str, acronyms: Set[str]) -> bool:
        places: list[tuple[int, int]] = []
        wanted = [self._plain(word) for word in words_of(term)]
        for w, word in enumerate(wanted):
            found = {n for n in target.starting.get(word[:2], ()) if self._related(word, target.words[n], False)}
            if word in acronyms:
                found.update(_spelled_out(target.words, word))
            if not found:
                return False
            places += [(n, w) for n in found]
        return bool(wanted) and _within(sorted(places), len(wanted), len(wanted) + _BETWEEN)

    def quotes(self, target: Target, term: str) -> list[frozenset[int]]:
        """The places where `term` stands word by word, inflected at most."""
        wanted = [self._plain(word) for word in words_of(term)]
        words = target.written.words
        return [
            frozenset(range(n, n + len(wanted)))
            for n in (target.written.starting.get(wanted[0][:2], ()) if wanted else ())
            if n + len(wanted) <= len(words)
            and all(self._related(word, found, inflection_only=True) for word, found in zip(wanted, words[n:]))
        ]


def words_of(text: str) -> list[str]:
    """The words of an English text that count, in lower case; hyphens part words, + is plus, & is left out.

    >>> words_of("the Internet+ and hi-tech R&D, People’s 5G")
    ['internet', 'plus', 'hi', 'tech', 'r&d', "people's", '5g']
    """
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("+", " plus ").lower()
    return [word for word in _WORD.findall(plain) if word not in _SMALL]


def _common(one: str, other: str) -> int:
    length = 0
    for first, second in zip(one, other):
        if first != second:
            break
        length += 1
    return length


def _undoubled(word: str, cut: int) -> str:
    """The ending after `cut`, without the consonant that was doubled before it: planned after plan is -ed."""
    return word[cut + 1 :] if 0 < cut < len(word) and word[cut] == word[cut - 1] else word[cut:]


def _spelled_out(target: Sequence[str], acronym: str) -> list[int]:
    """The places where words begin with the letters of `acronym`, one after the other."""
    return [
        start
        for start in range(len(target) - len(acronym) + 1)
        if all(word.startswith(letter) for word, letter in zip(target[start:], acronym))
    ]


def _within(places: Sequence[tuple[int, int]], words: int, width: int) -> bool:
    """Do `width` places in a row hold all `words` words of a term, each at a place of its own?"""
    for start, (first, _) in enumerate(places):
        chosen: dict[int, int] = {}
        for place, word in places[start:]:
            if place >= first + width:
                break
            if word not in chosen and place not in chosen.values():
                chosen[word] = place
        if len(chosen) == words:
            return True
    return False


def _joined(text: str) -> str:
    return re.sub(r"(?<=\w)-(?=\w)", "", text)
