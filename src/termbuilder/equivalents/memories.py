"""English from what was translated before: memories and bilingual documents, however small or large.

`learn` reads pairs of segments once and keeps a bounded part of them: the pairs that hold the terms asked for, and a sample to learn
words from that does not depend on the order of the pairs. `Memory.find` then weighs every stretch of English that stands against a term.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from ahocorasick_rs import AhoCorasick, MatchKind
from numpy.typing import NDArray

from termbuilder.equivalents import align, sentences
from termbuilder.equivalents.keys import sameness
from termbuilder.equivalents.lexical import Cut, FunctionWords, Lexicon, english_tokens, is_word, stem, train
from termbuilder.equivalents.spans import Sentence, shares, spans
from termbuilder.model import Context, Proposal, SegmentPair, Source
from termbuilder.tables import Tables

_MOST_PAIRS = 60_000  # kept for look-ups where no terms are named beforehand
_MOST_PAIRS_OF_A_TERM = 40
_MOST_CELLS = 3_000_000  # of the word tables: Chinese words times English words over all sentences learned from
_LOOKED_AT = 12  # occurrences of a term that are weighed: more change nothing
_LONGEST_SEGMENT = 4000
_CHARACTER_SHARE = 0.4  # what the characters of a term say beside its words
_KNOWN_WORTH = 0.3  # a table says that a word may be rendered so
_EXPECTED_WORTH = 0.25  # composition or a dictionary would render the whole term so
_SPECIFICITY = 0.5
_MOST_PROPOSALS = 5
_SHARE_OF_BEST = 0.35
_LEAST_SCORE = 0.35


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


@dataclass(frozen=True, slots=True)
class _Bead:
    """A Chinese sentence (without quotation marks) and the English that stands against it."""

    chinese: str
    english: str


@dataclass(frozen=True)
class Memory:
    """What was learned; see `find`."""

    rules: Rules
    cut: Cut
    units: tuple[str, ...]  # where each pair stands
    beads: tuple[tuple[_Bead, ...], ...]  # the sentences of each pair
    words: Lexicon
    inverse: Lexicon
    characters: Lexicon
    index: Mapping[str, frozenset[int]]  # English stem to the pairs that hold it
    pairs_read: int

    def find(self, term: str, expected: Sequence[str] = ()) -> list[Proposal]:
        """The English of `term` in the pairs that hold it, best first, each with its paired sentence.

        `expected` is English that other sources would compose: a rendering made of the same words is surer.
        """
        plain = _plain(term)
        hits = [number for number, beads in enumerate(self.beads) if any(plain in bead.chinese for bead in beads)]
        if not plain or not hits:
            return []
        shortest = sorted(hits, key=lambda number: (sum(len(bead.english) for bead in self.beads[number]), number))[:_LOOKED_AT]
        looks = [self._look(number, plain) for number in shortest]
        return self._proposals(
            plain, looks, len(hits), frozenset(s for one in expected for s in self.rules.function_words.stems(one))
        )

    def _look(self, number: int, term: str) -> _Look:
        """One occurrence: the sentence that holds the term and its neighbours, every English word with its share in the term."""
        beads = self.beads[number]
        here = next(n for n, bead in enumerate(beads) if term in bead.chinese)
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
                    wanted += range(len(units), len(units) + len(self._own(term)))
                    units += self._own(term)
                    unit_clauses += [first_clause + clause] * len(self._own(term))
                else:
                    units.append(word)
                    unit_clauses.append(first_clause + clause)
            for piece, clause in zip(english, of_english):
                found = english_tokens(piece)
                tokens += found
                clauses += [first_clause + clause] * len(found)
            first_clause += count + 1  # a sentence boundary keeps words further apart than a comma
        sentence = Sentence(tuple(tokens), tuple(map(stem, tokens)), tuple(clauses))
        share, covered = self._shares(term, units, unit_clauses, wanted, sentence)
        return _Look(number, beads[here], sentence, share, covered)

    def _clauses(self, chinese: Sequence[str], english: Sequence[str]) -> tuple[list[int], list[int], int]:
        """The number of the clause pair that each clause belongs to, and how many there are."""
        if len(chinese) == 1 or len(english) == 1:
            return [0] * len(chinese), [0] * len(english), 1
        beads = align.align(chinese, english, self.words, self._content)
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
                yield from ((word, number) for word in self._content(clause))
                continue
            yield from ((word, number) for word in self._content(clause[: max(0, at - start)]))
            if start <= at < end:
                yield None, number
            yield from ((word, number) for word in self._content(clause[max(0, at + len(term) - start) :]))

    def _content(self, text: str) -> list[str]:
        return self.rules.function_words.units(text, self.cut)

    def _own(self, term: str) -> list[str]:
        return self._content(term) or [term]

    def _shares(
        self, term: str, units: Sequence[str], unit_clauses: Sequence[int], wanted: Sequence[int], sentence: Sentence
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        function_words = self.rules.function_words
        content = [
            n
            for n, token in enumerate(sentence.tokens)
            if is_word(token) and token.lower() not in function_words.function and token.lower() not in function_words.inside
        ]
        share, covered = np.zeros(len(sentence.tokens)), np.zeros((len(wanted), len(sentence.tokens)))
        if not content:
            return share, covered
        stems = [sentence.stems[n] for n in content]
        affinity = np.sqrt(self.words.table(units, stems) * self.inverse.table(stems, units).T).astype(np.float64)
        characters = [character for character in term if character in self.characters.chinese]
        if characters:
            of_characters = self.characters.table(characters, stems).mean(axis=0)
            affinity[list(wanted)] = (1 - _CHARACTER_SHARE) * affinity[list(wanted)] + _CHARACTER_SHARE * of_characters
        if self.rules.known:
            for row, unit in enumerate(units):
                known = self.rules.known.get(unit)
                if known:
                    affinity[row] += [_KNOWN_WORTH * (one in known) for one in stems]
        share[content], covered[:, content] = shares(affinity, unit_clauses, [sentence.clauses[n] for n in content], wanted)
        return share, covered

    def _proposals(self, term: str, looks: Sequence[_Look], pairs: int, expected: frozenset[str]) -> list[Proposal]:
        usual: dict[str, list[float]] = defaultdict(list)
        for look in looks:
            strongest: dict[str, float] = {}
            for one, share in zip(look.sentence.stems, look.share):
                strongest[one] = max(strongest.get(one, 0.0), float(share))
            for one, share_ in strongest.items():
                usual[one].append(share_)
        groups: dict[str, dict[int, tuple[float, _Look, tuple[int, int]]]] = defaultdict(dict)
        for look in looks:
            for span in spans(
                look.sentence, look.weighted(usual, expected), look.covered, self.rules.function_words, "、" in term
            ):
                text = look.printed(span.start, span.end)
                group = groups[sameness(text, {})]
                if look.number not in group or span.score > group[look.number][0]:
                    group[look.number] = (span.score, look, (span.start, span.end))
        scored = [(self._group_score(found, len(looks), pairs), key, found) for key, found in groups.items() if key]
        scored.sort(key=lambda one: (-one[0], one[1]))
        best = scored[0][0] if scored else 0.0
        kept = [one for one in scored[: _MOST_PROPOSALS * 4] if one[0] >= max(_LEAST_SCORE, _SHARE_OF_BEST * best)][
            :_MOST_PROPOSALS
        ]
        return [self._proposal(score, found, pairs, n == 0) for n, (score, _, found) in enumerate(kept)]

    def _group_score(self, found: Mapping[int, tuple[float, _Look, tuple[int, int]]], looked: int, pairs: int) -> float:
        """Mean worth over the occurrences looked at, and whether the rendering stands only where the term stands."""
        worth = sum(max(0.0, score) for score, _, _ in found.values()) / looked
        _, look, (start, end) = next(iter(found.values()))
        stems = {one for one, token in zip(look.sentence.stems[start:end], look.sentence.tokens[start:end]) if is_word(token)}
        sets = [self.index.get(one, frozenset()) for one in stems]
        everywhere = len(frozenset.intersection(*sets)) if sets else 0
        share = len(found) / looked
        return worth + _SPECIFICITY * 2 * share * pairs / max(1, everywhere + pairs)

    def _proposal(
        self, score: float, found: Mapping[int, tuple[float, _Look, tuple[int, int]]], pairs: int, first: bool
    ) -> Proposal:
        english = _form([look.cased(start, end) for _, look, (start, end) in found.values()])
        _, look, (start, end) = max(found.values(), key=lambda one: (one[0], -one[1].number))
        count = len(found)
        reliability = max(2, min(8, round(2 + 2.0 * min(score, 2.0) + min(count - 1, 3) * 0.7)))
        unit = self.units[look.number]
        rendering = look.printed(start, end)
        text = f"{look.bead.chinese} = {look.bead.english}"
        at = text.find(rendering)
        spans_ = ((at, at + len(rendering)),) if at >= 0 else ()
        evidence = Context(text, Source(unit), spans_, round(score, 3))
        return Proposal(
            english, "memory", f"{unit} ({count} of {pairs} pairs)", reliability, evidence=evidence, preferred=first
        )


@dataclass(frozen=True)
class _Look:
    """One occurrence of a term: every English token with its share in it."""

    number: int
    bead: _Bead
    sentence: Sentence
    share: NDArray[np.float64]
    covered: NDArray[np.float64]

    def weighted(self, usual: Mapping[str, Sequence[float]], expected: frozenset[str]) -> list[float]:
        """Shares of this occurrence, half of them those of all occurrences together."""
        return [
            0.5 * float(share) + 0.5 * sum(usual[one]) / len(usual[one]) + _EXPECTED_WORTH * (one in expected)
            if share > 0
            else 0.0
            for one, share in zip(self.sentence.stems, self.share)
        ]

    def printed(self, start: int, end: int) -> str:
        """Tokens put together as they are printed."""
        text = ""
        for token in self.sentence.tokens[start:end]:
            tight = not text or token in ",.;:)%'’-" or text[-1] in "(-'’" or (token in "&+" and text[-1].isupper())
            text += token if tight or (text[-1] in "&+" and token.isupper()) else f" {token}"
        return text.replace(" '", "'")

    def cased(self, start: int, end: int) -> tuple[str, bool]:
        """The printed form, and whether its first capital may only be that of a sentence."""
        first = start == 0 or self.sentence.tokens[start - 1] in (".", ";", ":", "-")
        return self.printed(start, end), first


def learn(pairs: Iterable[SegmentPair], cut: Cut, rules: Rules, terms: Collection[str] = ()) -> Memory:
    """Learn from pairs of Chinese and English segments (sentences or paragraphs); `unit` of a pair says where it stands.

    `cut` gives the words of a Chinese text. With `terms` only pairs that hold one of them are kept for look-ups, so that a
    memory of any size fits; without, so many pairs as fit a fixed limit.
    """
    kept, sample, read = _kept(pairs, terms)
    content = _content_of(rules, cut)
    beads = [_split(pair, None, content) for pair in sample]
    words = _trained(beads, rules, content)
    if any(len(one) > 1 for one in beads) or any(len(_chinese(pair)) > 1 for pair in sample):
        # lengths and numbers gave a first alignment; the words learned from it give a better one, sentence by sentence and clause by clause
        beads = [_split(pair, words, content) for pair in sample]
        words = _trained(beads, rules, content)
    flat = [bead for one in beads for bead in one]
    clauses = _by_clause(flat, words, content)
    learned = [(content(c), rules.function_words.stems(e)) for c, e in clauses]
    words = train(learned)
    inverse = train([(stems, units) for units, stems in learned])
    characters = train(
        [
            ([c for c in bead.chinese if is_word(c)], rules.function_words.stems(bead.english))
            for bead in flat[:_SENTENCES_FOR_CHARACTERS]
        ]
    )
    split = [_split(pair, words, content) for pair in kept]
    index: dict[str, set[int]] = defaultdict(set)
    for number, one in enumerate(split):
        for bead in one:
            for token in english_tokens(bead.english):
                index[stem(token)].add(number)
    frozen = {one: frozenset(numbers) for one, numbers in index.items()}
    return Memory(rules, cut, tuple(pair.unit for pair in kept), tuple(split), words, inverse, characters, frozen, read)


_SENTENCES_FOR_CHARACTERS = 5000
_SENTENCES_BY_CLAUSE = 4000


def _kept(pairs: Iterable[SegmentPair], terms: Collection[str]) -> tuple[list[SegmentPair], list[SegmentPair], int]:
    """The pairs to look terms up in, the pairs to learn words from, and how many there were; both bounded."""
    wanted = sorted({_plain(term) for term in terms} - {""})
    finder = AhoCorasick(wanted, matchkind=MatchKind.Standard) if wanted else None
    held: dict[str, list[tuple[int, int, SegmentPair]]] = defaultdict(list)
    sample: list[tuple[int, int, SegmentPair]] = []
    cells = 0
    seen: set[int] = set()
    read = 0
    for number, pair in enumerate(pairs):
        read += 1
        if not pair.source.strip() or not pair.target.strip() or len(pair.source) + len(pair.target) > _LONGEST_SEGMENT * 2:
            continue
        mark = _mark(pair)
        if mark in seen:
            continue
        if len(seen) < _MOST_PAIRS * 20:
            seen.add(mark)
        # the pairs with the smallest marks are a sample that does not depend on the order they come in
        cells += _cells(pair)
        heapq.heappush(sample, (-mark, number, pair))
        while cells > _MOST_CELLS * _SAMPLED and len(sample) > 1:
            cells -= _cells(heapq.heappop(sample)[2])
        if finder is not None:
            for index in {wanted_[0] for wanted_ in finder.find_matches_as_indexes(_plain(pair.source), overlapping=True)}:
                heap = held[wanted[index]]
                heapq.heappush(heap, (-mark, number, pair))
                if len(heap) > _MOST_PAIRS_OF_A_TERM:
                    heapq.heappop(heap)
    learned = [pair for _, _, pair in sorted(sample, key=lambda one: one[1])]
    if finder is None:
        return learned[:_MOST_PAIRS], learned, read
    chosen = {number: pair for heap in held.values() for _, number, pair in heap}
    return [chosen[number] for number in sorted(chosen)], learned, read


_SAMPLED = 1.5  # function words leave fewer cells than the lengths of the segments promise, clauses add some


def _cells(pair: SegmentPair) -> int:
    count = max(1, sum(map(pair.source.count, "。；！？")))  # words meet only inside a sentence
    return max(1, len(pair.source) // 2) * max(1, len(pair.target) // 6) // count


def _mark(pair: SegmentPair) -> int:
    return int.from_bytes(hashlib.blake2b(f"{pair.source}\t{pair.target}".encode(), digest_size=8).digest(), "big")


def _plain(text: str) -> str:
    """Text without quotation and title marks and spaces, as terms are looked up in it; enumeration commas stay."""
    return text.translate(_PRINTED).lower() if text.isascii() else text.translate(_PRINTED)


_PRINTED = dict.fromkeys(map(ord, '“”‘’「」『』"《》〈〉＂ \t\r\n\u00a0\u3000\u200b\ufeff'))


def _chinese(pair: SegmentPair) -> list[str]:
    return [_plain(sentence) for sentence in sentences.chinese(pair.source)]


def _split(pair: SegmentPair, lexicon: Lexicon | None, content: Cut) -> tuple[_Bead, ...]:
    """The sentences of a pair, each with the English that stands against it; what stands against nothing joins what is before it."""
    chinese, english = _chinese(pair), sentences.english(pair.target)
    if len(chinese) <= 1 or len(english) <= 1:
        return (_Bead("".join(chinese), " ".join(english)),)
    found: list[_Bead] = []
    for bead in align.align(chinese, english, lexicon, content):
        ours, theirs = "".join(chinese[slice(*bead.source)]), " ".join(english[slice(*bead.target)])
        if found and (not ours or not theirs):
            found[-1] = _Bead(found[-1].chinese + ours, f"{found[-1].english} {theirs}".strip())
        else:
            found.append(_Bead(ours, theirs))
    return tuple(found) or (_Bead("".join(chinese), " ".join(english)),)


def _content_of(rules: Rules, cut: Cut) -> Cut:
    return lambda text: rules.function_words.units(text, cut)


def _trained(beads: Sequence[Sequence[_Bead]], rules: Rules, content: Cut) -> Lexicon:
    return train([(content(bead.chinese), rules.function_words.stems(bead.english)) for one in beads for bead in one])


def _by_clause(beads: Sequence[_Bead], words: Lexicon, content: Cut) -> list[tuple[str, str]]:
    """Sentences, and for so many as time allows also their clauses against each other: shorter stretches leave less to chance."""
    found = [(bead.chinese, bead.english) for bead in beads]
    for bead in beads[:_SENTENCES_BY_CLAUSE]:
        chinese, english = sentences.chinese_clauses(bead.chinese), sentences.english_clauses(bead.english)
        if len(chinese) > 1 and len(english) > 1:
            found += [
                ("".join(chinese[slice(*one.source)]), " ".join(english[slice(*one.target)]))
                for one in align.align(chinese, english, words, content)
                if one.source[0] < one.source[1] and one.target[0] < one.target[1]
            ]
    return found


def _form(forms: Sequence[tuple[str, bool]]) -> str:
    """The usual printed form; a capital that only opens a sentence is taken back.

    >>> _form([("Pilot free trade zones", True), ("pilot free trade zones", False)]), _form([("Belt and Road", True)])
    ('pilot free trade zones', 'Belt and Road')
    """
    inside = Counter(text for text, opening in forms if not opening)
    if inside:
        return max(sorted(inside), key=lambda text: inside[text])
    text = forms[0][0]
    rest = [word for word in text.split(" ")[1:] if len(word) > 3]
    named = any(word[:1].isupper() for word in rest) or text[:2].isupper()
    return text if named else text[:1].lower() + text[1:]
