"""Cuts Chinese and English text into sentences, for aligning one with the other."""

from __future__ import annotations

import re

_CHINESE_END = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]+[”’」』）)]*|[^。！？；!?;\n]+$")
_ENGLISH_END = re.compile(r"(?<=[.!?;])[”\"’)]*\s+(?=[A-Z\"“‘(0-9])|(?<=;)\s+|\n+")
# No sentence ends after these.
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|No|Nos|Art|Vol|Fig|St|Inc|Ltd|Co|Corp|vs|etc|e\.g|i\.e|U\.S|[A-Z])\.)$")


def chinese(text: str) -> list[str]:
    """The sentences of a Chinese text; a semicolon ends one too, as Chinese clauses are sentences in English.

    >>> chinese("推行容缺受理。支持企业上云；降低成本。")
    ['推行容缺受理。', '支持企业上云；', '降低成本。']
    """
    return [piece.strip() for piece in _CHINESE_END.findall(text) if piece.strip()]


def english(text: str) -> list[str]:
    """The sentences of an English text.

    >>> english("Work is under way. See No. 5 for details; costs will fall.")
    ['Work is under way.', 'See No. 5 for details;', 'costs will fall.']
    """
    pieces: list[str] = []
    at = 0
    for match in _ENGLISH_END.finditer(text):
        if "\n" not in match[0] and _ABBREVIATED.search(text[at : match.start()]):
            continue
        pieces.append(text[at : match.end()].strip())
        at = match.end()
    pieces.append(text[at:].strip())
    return [piece for piece in pieces if piece]


_CHINESE_CLAUSE = re.compile(r"[^，、；：。！？]*[，、；：。！？]+[”’』」）)]*|[^，、；：。！？]+$")
_ENGLISH_CLAUSE = re.compile(r"(?<=[,;:.()])\s+|(?<=[a-z])\s+(?=and\s)|\s+(?=\()")


def chinese_clauses(sentence: str) -> list[str]:
    """The clauses and enumerated members of a Chinese sentence; joined they give the sentence back.

    >>> chinese_clauses("深化改革，发展风电、光伏。")
    ['深化改革，', '发展风电、', '光伏。']
    """
    return _CHINESE_CLAUSE.findall(sentence) or [sentence]


def english_clauses(sentence: str) -> list[str]:
    """The clauses and enumerated members of an English sentence.

    >>> english_clauses("We will deepen reform, and develop wind and solar power.")
    ['We will deepen reform,', 'and develop wind', 'and solar power.']
    """
    return [piece for piece in _ENGLISH_CLAUSE.split(sentence) if re.search(r"\w", piece)] or [sentence]
