"""Word sequences that end in a known head: 瞪羚企业, 科技型中小企业, 省级产业技术创新中心."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbuilder.candidates.rules import LONGEST, LONGEST_IN_WORDS, Rules
from termbuilder.model import Passage, Word


def find(passage: Passage, words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    """For each word that ends in a head: the sequences of up to seven words that end with it, back to a stop word."""
    for last, word in enumerate(words):
        if not rules.head_of(word.text):
            continue
        for first in range(last, max(-1, last - LONGEST_IN_WORDS), -1):
            if words[first].text in rules.edge_stops or (words[first].tag == "x" and not words[first].text.isalnum()):
                break
            if first < last or len(word.text) > 2:
                if word.end - words[first].start > LONGEST:
                    break
                yield words[first].start, word.end
