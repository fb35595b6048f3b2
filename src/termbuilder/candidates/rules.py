"""What the finders share: compiled tables and the trimming of a span."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from termbuilder.model import Word
from termbuilder.tables import Tables

LONGEST_IN_WORDS = 7  # words of one candidate outside quotation marks; 1 in 200 annotated terms has more
LONGEST = 30  # characters of one candidate outside title marks


@dataclass(frozen=True)
class Rules:
    """The tables of the finders, compiled, and what the document explains."""

    heads: Mapping[str, str]  # head -> usual category
    shapes: re.Pattern[str]
    edge_stops: frozenset[str]  # words no term begins or ends with
    explained: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)  # by number of the passage
    known: Any = None  # an Aho-Corasick automaton over glossary terms

    @classmethod
    def from_tables(cls, tables: Tables, known: Iterable[str] = ()) -> Rules:
        """Compile the tables `heads`, `numeric_shapes` and `edge_stops`; `known`: the terms of the glossaries."""
        terms = sorted({term for term in known if len(term) >= 2})
        shapes = "|".join(f"(?:{row['shape']})" for row in tables.rows("numeric_shapes"))
        return cls(
            heads={row["head"]: row["category"] for row in tables.rows("heads")},
            shapes=re.compile(shapes),
            edge_stops=frozenset(tables.column("edge_stops")),
            known=_automaton(terms) if terms else None,
        )

    def pauses(self, word: Word) -> bool:
        """Does a phrase end here: is `word` punctuation, or a word that no term begins or ends with?"""
        return word.text in self.edge_stops or (word.tag == "x" and not word.text.isalnum())

    def head_of(self, word: str) -> str:
        """The longest head that `word` is or ends in, or nothing.

        >>> from termbuilder import tables
        >>> Rules.from_tables(tables.load()).head_of("示范基地")
        '基地'
        """
        for start in range(len(word)):
            if word[start:] in self.heads and (start == 0 or len(word) - start > 1):
                return word[start:]
        return ""


def _automaton(terms: Sequence[str]) -> Any:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(terms)


EDGE = "，。；：！？、“”‘’ .,·…—-（）()《》〈〉【】[]"
_PAIRS = {"”": "“", "’": "‘", "》": "《", "）": "（", "】": "【"}


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take punctuation off both ends of a span; whole pairs of marks inside stay.

    >>> trimmed("推进“六横六纵”现代化水网体系。", 2, 16)
    (2, 15)
    >>> trimmed("打造“新能源之都”。", 2, 9)
    (3, 8)
    """
    while start < end and text[start] in EDGE:
        if text[start] in "“‘《（" and _closes(text[start:end]) not in (-1, end - start - 1):
            break  # “六横六纵”现代化...: the mark closes inside, it belongs to the term
        start += 1
    while start < end and text[end - 1] in EDGE:
        if text[end - 1] in _PAIRS and _PAIRS[text[end - 1]] in text[start : end - 1]:
            break  # 金融“五篇大文章”: likewise
        end -= 1
    return start, end


def _closes(inside: str) -> int:
    """Where the mark that opens `inside` is closed, or -1."""
    opening = inside[0]
    closing = next(close for close, open_ in _PAIRS.items() if open_ == opening)
    return inside.find(closing)
