"""Cohesive sequences: words that keep recurring together in the document, whatever they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from termbuilder.candidates.rules import LONGEST, Rules
from termbuilder.model import Passage, Word

_WORDS = 5


def _sequences(words: Sequence[Word], edge_stops: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    breaks = [word.tag == "x" and not word.text.isalnum() for word in words]
    stops = [word.text in edge_stops for word in words]
    for first, word in enumerate(words):
        if breaks[first] or stops[first]:
            continue
        text = word.text
        for last in range(first + 1, min(first + _WORDS, len(words))):
            text += words[last].text
            if breaks[last] or len(text) > LONGEST:
                break
            if not stops[last]:
                yield text, word.start, words[last].end


def recurring(passages: Iterable[tuple[Passage, Sequence[Word]]], rules: Rules) -> frozenset[str]:
    """The sequences of two to five words that stand at least twice in the passages (repeated passages count once)."""
    counts: Counter[str] = Counter()
    for passage, words in passages:
        if not passage.repeat:
            counts.update(text for text, _, _ in _sequences(words, rules.edge_stops))
    return frozenset(text for text, count in counts.items() if count >= 2)


def find(passage: Passage, words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    """The sequences of this passage that recur in the document."""
    for text, start, end in _sequences(words, rules.edge_stops):
        if text in rules.recurring:
            yield start, end
