"""Cohesive sequences: words that keep recurring together in the document, whatever they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import compress

import numpy as np

from termbuilder.candidates.rows import Ints, Rows
from termbuilder.candidates.rules import LONGEST, Rules

_WORDS = 5


def find(rows: Rows, rules: Rules) -> Iterator[tuple[Ints, Ints]]:
    """The sequences of two to five words that stand at least twice in the passages (repeated passages count once)."""
    found = [
        (begins[worth], ends[worth])
        for begins, ends in rows.back(np.flatnonzero(~rows.pauses), _WORDS, LONGEST, rows.breaks)
        for worth in [(begins < ends) & ~rows.stops[begins]]
    ]
    begins, ends = (np.concatenate(column) for column in zip(*found, strict=True))
    text = rows.text
    texts = [text[first:last] for first, last in zip(rows.first[begins].tolist(), rows.last[ends].tolist())]
    counts = Counter(compress(texts, (~rows.repeats[begins]).tolist()))
    recurring = {one for one, count in counts.items() if count >= 2}
    again = np.array([one in recurring for one in texts], dtype=bool)
    yield begins[again], ends[again]
