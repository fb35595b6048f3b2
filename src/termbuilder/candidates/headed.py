"""Word sequences that end in a known head: 瞪羚企业, 科技型中小企业, 省级产业技术创新中心."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from termbuilder.candidates.rows import Ints, Rows
from termbuilder.candidates.rules import LONGEST, LONGEST_IN_WORDS, Rules


def find(rows: Rows, rules: Rules) -> Iterator[tuple[Ints, Ints]]:
    """For each word that ends in a head: the sequences of up to seven words that end with it, back to a stop word."""
    headed = {text for text in {word.text for word in rows.words} if rules.head_of(text)}
    ends = np.flatnonzero(np.array([word.text in headed for word in rows.words], dtype=bool))
    for begins, own in rows.back(ends, LONGEST_IN_WORDS, LONGEST, rows.pauses):
        worth = (begins < own) | (rows.last[own] - rows.first[own] > 2)  # 企业 alone names nothing
        yield begins[worth], own[worth]
