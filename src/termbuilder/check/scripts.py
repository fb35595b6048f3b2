"""Characters that look right and are not."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc


def lookalike(term: str) -> str:
    """A Greek or Cyrillic letter in a word that is otherwise Latin (α-amylase is meant so, сompany with a Cyrillic с is not).

    >>> lookalike("\\u0441ompany") == "\\u0441", lookalike("α-amylase"), lookalike("Новосибирск")
    (True, '', '')
    """
    for match in re.finditer(r"[^\W\d_]+", term):
        word = match.group()
        scripts = {unicodedata.name(character, "").split(" ")[0] for character in word}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK"}:
            return next(letter for letter in word if unicodedata.name(letter, "").split(" ")[0] in ("CYRILLIC", "GREEK"))
    return ""


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def _converted(name: str, text: str) -> str:
    return text if text.isascii() else str(_converter(name).convert(text))


def mixed_characters(term: str) -> tuple[str, str] | None:
    """A traditional and a simplified character that stand in one term, if they do.

    >>> mixed_characters("揭榜掛帅"), mixed_characters("揭榜掛帥"), mixed_characters("揭榜挂帅")
    (('掛', '帅'), None, None)
    """
    simplified = _converted("t2s", term)
    if simplified == term or len(simplified) != len(term):
        return None
    traditional = _converted("s2t", term)
    old = [printed for printed, folded in zip(term, simplified) if printed != folded]
    new = [printed for printed, folded in zip(term, traditional) if printed != folded and printed not in old]
    return (old[0], new[0]) if new and len(traditional) == len(term) else None


def bare(term: str) -> str:
    """A Chinese term as it is compared: simplified, width-folded, without quotation marks and spaces.

    >>> bare("「揭榜掛帥」") == bare("揭榜挂帅")
    True
    """
    folded = unicodedata.normalize("NFKC", term).casefold()
    return _converted("t2s", re.sub(r"[\s“”‘’「」『』《》\"']", "", folded))
