"""Quoted coinages: “揭榜挂帅”, also with what they head or specify: “532”发展战略, 金融“五篇大文章”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbuilder.candidates.rules import Rules
from termbuilder.model import Passage, Word

# Twenty-four: longer quotations in notices and reports are sentences that somebody said, not names of things.
LONGEST_QUOTED = 24
_QUOTED = re.compile(rf"[“‘]([^“”‘’。；！？]{{1,{LONGEST_QUOTED}}})[”’]")
_NOUNLIKE = ("n", "v", "j", "a", "b", "l", "i", "eng", "x", "s", "m", "f", "z", "k")
_WORDS_AFTER = 5
_WORDS_BEFORE = 4
_WORDS_AROUND = 3  # on both sides together, if there are some on each


def find(passage: Passage, words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks; that with the nouns after it; with the nouns before it; with both."""
    starts = {word.start: i for i, word in enumerate(words)}
    ends = {word.end: i for i, word in enumerate(words)}
    for match in _QUOTED.finditer(passage.text):
        yield match.start(1), match.end(1)
        rights = [match.end()]
        at = starts.get(match.end())
        for word in words[at : at + _WORDS_AFTER] if at is not None else ():
            if not word.tag.startswith(_NOUNLIKE) or word.text in rules.edge_stops or word.text in "“”《》":
                break
            rights.append(word.end)
        lefts = [match.start()]
        before = ends.get(match.start())
        for word in reversed(words[max(0, before + 1 - _WORDS_BEFORE) : before + 1] if before is not None else ()):
            if not word.tag.startswith(_NOUNLIKE) or word.text in rules.edge_stops or word.text in "“”《》":
                break
            lefts.append(word.start)
        for more_left, left in enumerate(lefts):
            for more_right, right in enumerate(rights):
                one_sided = not (more_left and more_right)
                if (left, right) != match.span() and (one_sided or more_left + more_right <= _WORDS_AROUND):
                    yield left, right
