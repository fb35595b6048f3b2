"""What makes two forms of a term the same: Chinese keys and the sameness of English renderings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

# How a form is printed, not which concept it names: quotation and title marks, the enumeration comma, middle dots, spaces.
_DROPPED = dict.fromkeys(map(ord, "“”‘’「」『』〝〞\"'《》〈〉＂＇、·• \t\r\n\u00a0\u3000\u200b\ufeff"))
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|\+")
_ARTICLES = frozenset(("a", "an", "the"))
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def key_of(form: str) -> str:
    """The key of a Chinese form in simplified characters: width folded, lower case, without quotation marks, 、 and spaces.

    >>> key_of("“大众创业、万众创新”") == key_of("大众创业 万众创新") == "大众创业万众创新"
    True
    >>> key_of("ＡＩ＋行动")
    'ai+行动'
    """
    return unicodedata.normalize("NFKC", form).translate(_DROPPED).lower()


def has_han(text: str) -> bool:
    """Is there a Chinese character in `text`?"""
    return _HAN.search(text) is not None


def sameness(english: str, spellings: Mapping[str, str]) -> str:
    """What two renderings share that differ only in case, article, number, hyphens, quotation marks or US and UK spelling.

    `spellings` maps British words to American ones.

    >>> sameness("the National High-Tech Zones", {}) == sameness("national high-tech zone", {})
    True
    >>> sameness("innovation centre", {"centre": "center"})
    'innovation center'
    """
    text = unicodedata.normalize("NFKC", english).casefold().replace("’", "'").replace("&", " and ")
    words = [word.removesuffix("'s") if word.endswith("'s") else word for word in _WORD.findall(text)]
    if words[:1] == ["to"] and len(words) > 1:
        del words[0]
    return " ".join(spellings.get(one, one) for one in map(singular, words) if one not in _ARTICLES)


def singular(word: str) -> str:
    """A lower-case English word without its plural ending; no dictionary, so only good for comparing.

    >>> [singular(word) for word in ("policies", "zones", "business", "boxes", "status", "laws", "series")]
    ['policy', 'zone', 'business', 'box', 'status', 'law', 'series']
    """
    if len(word) <= 3 or word.endswith(("ss", "us", "is", "series", "species")) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return word[:-1]
