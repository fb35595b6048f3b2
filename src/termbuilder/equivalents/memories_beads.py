"""Pairs of segments cut into sentences that stand against each other, and what these teach about words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from termbuilder.equivalents import align, sentences
from termbuilder.equivalents.lexical import FunctionWords, Lexicon, is_word, train
from termbuilder.equivalents.memories_kept import plain
from termbuilder.model import SegmentPair

_SENTENCES_FOR_CHARACTERS = 5000
_SENTENCES_BY_CLAUSE = 4000

Content = Callable[[str], list[str]]  # the content words of a Chinese text


@dataclass(frozen=True, slots=True)
class Bead:
    """A Chinese sentence (as `plain` gives it) and the English that stands against it."""

    chinese: str
    english: str


@dataclass(frozen=True)
class Learned:
    """Which English stem goes with which Chinese word, which word with which stem, and which stem with which character."""

    words: Lexicon
    inverse: Lexicon
    characters: Lexicon


def split(pair: SegmentPair, lexicon: Lexicon | None, content: Content) -> tuple[Bead, ...]:
    """The sentences of a pair, each with the English that stands against it; what stands against nothing joins what is before it.

    >>> split(SegmentPair("港口扩建。码头完工。", "Ports expand. Wharves are finished."), None, list)[1]
    Bead(chinese='码头完工。', english='Wharves are finished.')
    """
    chinese, english = [plain(one) for one in sentences.chinese(pair.source)], sentences.english(pair.target)
    if len(chinese) <= 1 or len(english) <= 1:
        return (Bead("".join(chinese), " ".join(english)),)
    found: list[Bead] = []
    for bead in align.align(chinese, english, lexicon, content):
        ours, theirs = "".join(chinese[slice(*bead.source)]), " ".join(english[slice(*bead.target)])
        if found and (not ours or not theirs):
            found[-1] = Bead(found[-1].chinese + ours, f"{found[-1].english} {theirs}".strip())
        else:
            found.append(Bead(ours, theirs))
    return tuple(found) or (Bead("".join(chinese), " ".join(english)),)


def learned(sample: Sequence[SegmentPair], content: Content, function_words: FunctionWords) -> Learned:
    """What the pairs teach, sentence by sentence and clause by clause."""
    beads = [split(pair, None, content) for pair in sample]
    words = _trained(beads, content, function_words)
    if any(len(one) > 1 for one in beads) or any(len(sentences.chinese(pair.source)) > 1 for pair in sample):
        # lengths and numbers gave a first alignment; the words learned from it give a better one
        beads = [split(pair, words, content) for pair in sample]
        words = _trained(beads, content, function_words)
    flat = [bead for one in beads for bead in one]
    pairs = [(content(chinese), function_words.stems(english)) for chinese, english in _by_clause(flat, words, content)]
    characters = [
        ([c for c in bead.chinese if is_word(c)], function_words.stems(bead.english))
        for bead in flat[:_SENTENCES_FOR_CHARACTERS]
    ]
    return Learned(train(pairs), train([(stems, units) for units, stems in pairs]), train(characters))


def _trained(beads: Sequence[Sequence[Bead]], content: Content, function_words: FunctionWords) -> Lexicon:
    return train([(content(bead.chinese), function_words.stems(bead.english)) for one in beads for bead in one])


def _by_clause(beads: Sequence[Bead], words: Lexicon, content: Content) -> list[tuple[str, str]]:
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
