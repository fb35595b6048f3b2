"""Titles in 《》, whole, and without a bracketed remark at their end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbuilder.candidates.rules import Rules
from termbuilder.model import Passage, Word

# Eighty: the longest official title in our background corpus of 3,500 laws has 66 characters.
_TITLE = re.compile(r"《((?:[^《》]|〈[^〉]*〉){2,80})》")


def find(passage: Passage, words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    """What stands in title marks; also without （试行） or （2023—2025年） at the end."""
    for match in _TITLE.finditer(passage.text):
        yield match.start(1), match.end(1)
        bare = re.sub(r"（[^（）]{1,16}）$", "", match.group(1))
        if bare != match.group(1):
            yield match.start(1), match.start(1) + len(bare)
