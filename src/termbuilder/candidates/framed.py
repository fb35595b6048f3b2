"""Frames that begin with a preposition: 以企业为主体（的创新体系）, 从跟跑到并跑. Policy coins them as wholes, though other terms never begin so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbuilder.candidates.rules import Rules
from termbuilder.model import Passage, Word

# Sixteen: what is made into something (以...为) is a noun phrase, seldom longer; after it, a list and a head of ten words may follow.
_FRAMES = (
    re.compile(r"以(?P<what>[^，。；：！？以]{1,16}?)为(?P<rest>[^，。；：！？]{1,24})"),
    re.compile(r"[从由](?P<what>[^，。；：！？、从由]{1,8}?)(?:走|转|迈)?[到向](?P<rest>[^，。；：！？、]{1,8})"),
)
LONGEST = 34


def find(passage: Passage, words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    """Each frame, up to the end of each word after its second half has begun."""
    for frame in _FRAMES:
        for match in frame.finditer(passage.text):
            for word in words:
                if match.start("rest") < word.end <= match.end() and word.end - match.start() <= LONGEST:
                    yield match.start(), word.end
