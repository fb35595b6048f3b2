"""Which stretch of an English sentence renders a term: weighs every word, then every stretch of words.

The words of both sentences are matched as a whole: each Chinese word hands out its share among the English words, each English
word takes at most one share, again and again until it fits. So a word that nothing else explains goes to the term that nothing
else renders, and a single occurrence is enough to find it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from termbuilder.equivalents.lexical import FunctionWords, is_word, near

# Tried on the reports of 2016 and 2017 (benchmarks/equivalents): neighbouring values change little.
_ROUNDS = 4
_UNKNOWN = 0.002  # what a pair of words that was never seen together is worth
_ORDER = 2.0  # how far words keep their relative places inside a sentence
_NEARNESS = (4.0, 2.0, 1.0, 0.5)  # by the number of clauses between them
_WORTH = 0.25  # a word has to go with the term at least so much to be worth taking
_FUNCTION = 0.04
_COVERAGE = 0.8
_LENGTH = 0.15
_OPENER = 0.3
_OPEN_RIGHT, _OPEN_LEFT = 0.5, 0.25  # cutting a phrase in two, before or behind a content word
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Sentence:
    """English words as printed, with the clause that each stands in."""

    tokens: tuple[str, ...]
    stems: tuple[str, ...]
    clauses: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """`tokens[start:end]` of a sentence, and how well it renders the term."""

    start: int
    end: int
    score: float


def shares(
    affinity: NDArray[np.float64], unit_clauses: Sequence[int], word_clauses: Sequence[int], wanted: Sequence[int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much of each English word goes with the wanted Chinese units, and of each wanted unit with each word.

    `affinity[u, w]` says how well unit and word go together from what was learned; clauses that stand against each other have the same number.

    >>> share, _ = shares(np.array([[0.9, 0.0, 0.0], [0.0, 0.0, 0.8], [0.0, 0.0, 0.0]]), [0, 0, 0], [0, 0, 0], [2])
    >>> share.round().tolist()
    [0.0, 1.0, 0.0]
    """
    units, words = affinity.shape
    place = near(units, words, _ORDER)[:, 1:].T
    apart = np.abs(np.array(unit_clauses)[:, None] - np.array(word_clauses)[None, :])
    nearness = np.array(_NEARNESS)[np.minimum(apart, len(_NEARNESS) - 1)]
    matrix = (affinity + _UNKNOWN) * (place / place.max()) * nearness
    hand_out = max(words / units, 0.3)
    for _ in range(_ROUNDS):
        matrix *= hand_out / np.maximum(matrix.sum(axis=1, keepdims=True), 1e-9)
        matrix /= np.maximum(matrix.sum(axis=0, keepdims=True), 1.0)
    ours = matrix[list(wanted)]
    return ours.sum(axis=0) / np.maximum(matrix.sum(axis=0), 1e-9), ours / hand_out


def spans(
    sentence: Sentence, share: Sequence[float], covered: NDArray[np.float64], function_words: FunctionWords, commas: bool
) -> list[Span]:
    """Every stretch that may render the term, with its score; `share` and `covered` are given for all tokens.

    A stretch starts and ends with a content word and crosses no mark (commas only if `commas`). It is worth the shares of its words, the
    units it covers, and whether it is cut where phrases end.
    """
    tokens = sentence.tokens
    kinds = [_kind(token, function_words) for token in tokens]
    found = []
    for start, kind in enumerate(kinds):
        if kind not in ("content", "opener"):
            continue
        worth, content, quotes = 0.0, 0, 0
        units = np.zeros(len(covered))
        for end in range(start, min(len(tokens), start + _LONGEST)):
            if kinds[end] == "function" or (kinds[end] == "mark" and not (commas and tokens[end] == ",")):
                break
            quotes += tokens[end] in ('"', "“", "”")
            if kinds[end] in ("inside", "joint", "mark"):
                worth -= _FUNCTION
                continue
            if quotes % 2:
                continue
            worth += share[end] - _WORTH
            content += 1
            units += covered[:, end]
            score = (
                worth
                + _COVERAGE * float(np.minimum(units, 1).sum()) / len(units)
                - _LENGTH * max(0.0, abs(content - len(units)) - 0.5)
            )
            score -= _OPENER * ((kind == "opener") + (kinds[end] == "opener"))
            score -= _OPEN_RIGHT * (end + 1 < len(tokens) and kinds[end + 1] == "content")
            score -= _OPEN_LEFT * (start > 0 and kinds[start - 1] == "content")
            found.append(Span(start, end + 1, score))
    return found


def _kind(token: str, function_words: FunctionWords) -> str:
    """What a token may be in a term: content, opener (only at a price), inside, joint (& - +), function, mark."""
    if not is_word(token):
        return "joint" if token in "-&+\"'“”" else "mark"
    lower = token.lower()
    if lower in function_words.inside and not (lower == "plus" and token[0] == "P"):  # Internet Plus is a name
        return "inside"
    if lower in function_words.function or len(token) == 1:
        return "function" if token not in ("R", "D", "S", "T", "G", "B", "N") else "inside"
    return "opener" if lower in function_words.openers else "content"
