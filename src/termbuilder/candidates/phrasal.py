"""Ends of phrases: the last words before a pause or a function word. Chinese noun phrases end in their head, so a term often ends where its phrase does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbuilder.candidates.rules import Rules
from termbuilder.model import Passage, Word

MOST_WORDS = 3
LONGEST = 12  # characters; what is longer has a head, a list or marks by which the other finders know it


def find(passage: Passage, words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    """The last one, two and three words before punctuation, a function word or the end of the passage."""
    for last, word in enumerate(words):
        if rules.pauses(word) or (last + 1 < len(words) and not rules.pauses(words[last + 1])):
            continue
        for first in range(last, max(-1, last - MOST_WORDS), -1):
            if rules.pauses(words[first]) or word.end - words[first].start > LONGEST:
                break
            yield words[first].start, word.end
