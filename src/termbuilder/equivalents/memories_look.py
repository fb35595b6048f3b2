"""One occurrence of a term in a pair of segments: how much each English word there has to do with the term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from termbuilder.equivalents import align, sentences
from termbuilder.equivalents.lexical import Cut, FunctionWords, english_tokens, is_word, stem
from termbuilder.equivalents.memories_beads import Bead, Learned
from termbuilder.equivalents.spans import Sentence, shares
from termbuilder.tables import Tables

_CHARACTER_SHARE = 0.4  # what the characters of a term say beside its words
_KNOWN_WORTH = 0.3  # a table says that a word may be rendered so
_EXPECTED_WORTH = 0.25  # composition or a dictionary would render the whole term so


@dataclass(frozen=True)
class Rules:
    """What is known before anything is learned: function words, and English that tables give for Chinese words (may be empty)."""

    function_words: FunctionWords
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)  # Chinese word to stems

    @classmethod
    def from_tables(cls, tables: Tables, known: Mapping[str, Iterable[str]] | None = None) -> Rules:
        """Compile the function word tables; `known` maps Chinese words to their English."""
        words = FunctionWords.from_tables(tables)
        stems = {
            chinese: frozenset(s for one in english for s in words.stems(one)) for chinese, english in (known or {}).items()
        }
        return cls(words, stems)


@dataclass(frozen=True)
class Look:
    """One occurrence of a term in pair `number`: its sentence, and every English token around it with its share in the term."""

    number: int
    bead: Bead
    sentence: Sentence
    share: NDArray[np.float64]
    covered: NDArray[np.float64]

    def weighted(self, usual: Mapping[str, Sequence[float]], expected: frozenset[str]) -> list[float]:
        """Shares of this occurrence, half of them those of all occurrences together (`usual`, by stem)."""
        return [
            0.5 * float(share) + 0.5 * sum(usual[one]) / len(usual[one]) + _EXPECTED_WORTH * (one in expected)
            if share > 0
            else 0.0
            for one, share in zip(self.sentence.stems, self.share)
        ]

    def strongest(self) -> dict[str, float]:
        """The largest share of each stem."""
        found: dict[str, float] = {}
        for one, share in zip(self.sentence.stems, self.share):
            found[one] = max(found.get(one, 0.0), float(share))
        return found

    def printed(self, start: int, end: int) -> str:
        """Tokens put together as they are printed."""
        text = ""
        for token in self.sentence.tokens[start:end]:
            tight = not text or token in ",.;:)%'’-" or text[-1] in "(-'’" or (token in "&+" and text[-1].isupper())
            text += token if tight or (text[-1] in "&+" and token.isupper()) else f" {token}"
        return text.replace(" '", "'")

    def opens(self, start: int) -> bool:
        """May the capital of the token at `start` be only that of a sentence?"""
        return start == 0 or self.sentence.tokens[start - 1] in (".", ";", ":", "-")


@dataclass(frozen=True)
class Looker:
    """Looks at occurrences with what is known and what was learned."""

    rules: Rules
    cut: Cut
    learned: Learned

    def content(self, text: str) -> list[str]:
        """The content words of a Chinese text."""
        return self.rules.function_words.units(text, self.cut)

    def look(self, number: int, beads: Sequence[Bead], term: str) -> Look | None:
        """The sentence of a pair that holds the term, with its neighbours; None if no single sentence does."""
        here = next((n for n, bead in enumerate(beads) if term in bead.chinese), None)
        if here is None:
            return None
        own = self.content(term) or [term]
        units: list[str] = []
        unit_clauses: list[int] = []
        tokens: list[str] = []
        clauses: list[int] = []
        wanted: list[int] = []
        first_clause = 0
        for n in range(max(0, here - 1), min(len(beads), here + 2)):
            chinese, english = sentences.chinese_clauses(beads[n].chinese), sentences.english_clauses(beads[n].english)
            of_chinese, of_english, count = self._clauses(chinese, english)
            at = beads[n].chinese.find(term) if n == here else -1
            for word, clause in self._units(chinese, of_chinese, at, term):
                if word is None:
                    wanted += range(len(units), len(units) + len(own))
                found = own if word is None else [word]
                units += found
                unit_clauses += [first_clause + clause] * len(found)
            for piece, clause in zip(english, of_english):
                found = english_tokens(piece)
                tokens += found
                clauses += [first_clause + clause] * len(found)
            first_clause += count + 1  # a sentence boundary keeps words further apart than a comma
        sentence = Sentence(tuple(tokens), tuple(map(stem, tokens)), tuple(clauses))
        share, covered = self._shares(term, units, unit_clauses, wanted, sentence)
        return Look(number, beads[here], sentence, share, covered)

    def _clauses(self, chinese: Sequence[str], english: Sequence[str]) -> tuple[list[int], list[int], int]:
        """The number of the clause pair that each clause belongs to, and how many there are."""
        if len(chinese) == 1 or len(english) == 1:
            return [0] * len(chinese), [0] * len(english), 1
        beads = align.align(chinese, english, self.learned.words, self.content)
        of_chinese, of_english = [0] * len(chinese), [0] * len(english)
        for number, bead in enumerate(beads):
            of_chinese[slice(*bead.source)] = [number] * (bead.source[1] - bead.source[0])
            of_english[slice(*bead.target)] = [number] * (bead.target[1] - bead.target[0])
        return of_chinese, of_english, len(beads)

    def _units(self, clauses: Sequence[str], numbers: Sequence[int], at: int, term: str) -> Iterable[tuple[str | None, int]]:
        """The content words with their clause; None where the term stands (at offset `at`, -1: nowhere)."""
        offset = 0
        for clause, number in zip(clauses, numbers):
            start, end = offset, offset + len(clause)
            offset = end
            if at < 0 or end <= at or start >= at + len(term):
                yield from ((word, number) for word in self.content(clause))
                continue
            yield from ((word, number) for word in self.content(clause[: max(0, at - start)]))
            if start <= at < end:
                yield None, number
            yield from ((word, number) for word in self.content(clause[max(0, at + len(term) - start) :]))

    def _shares(
        self, term: str, units: Sequence[str], unit_clauses: Sequence[int], wanted: Sequence[int], sentence: Sentence
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        function_words, characters = self.rules.function_words, self.learned.characters
        content = [
            n
            for n, token in enumerate(sentence.tokens)
            if is_word(token) and token.lower() not in function_words.function and token.lower() not in function_words.inside
        ]
        share, covered = np.zeros(len(sentence.tokens)), np.zeros((len(wanted), len(sentence.tokens)))
        if not content:
            return share, covered
        stems = [sentence.stems[n] for n in content]
        affinity = np.sqrt(self.learned.words.table(units, stems) * self.learned.inverse.table(stems, units).T).astype(
            np.float64
        )
        known_characters = [character for character in term if character in characters.chinese]
        if known_characters:
            of_characters = characters.table(known_characters, stems).mean(axis=0)
            affinity[list(wanted)] = (1 - _CHARACTER_SHARE) * affinity[list(wanted)] + _CHARACTER_SHARE * of_characters
        if self.rules.known:
            for row, unit in enumerate(units):
                known = self.rules.known.get(unit)
                if known:
                    affinity[row] += [_KNOWN_WORTH * (one in known) for one in stems]
        share[content], covered[:, content] = shares(affinity, unit_clauses, [sentence.clauses[n] for n in content], wanted)
        return share, covered
