"""The key of a term: forms that differ only in how they are printed have the same."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import opencc

# Quotation marks of all kinds, title marks and spaces say how a form is printed, not which concept it names.
_DROPPED = dict.fromkeys(map(ord, "“”‘’「」『』〝〞\"'《》〈〉＂＇ \t\r\n\u00a0\u3000\u200b\ufeff"))


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("tw2s")


def language(lang: str) -> str:
    """The primary subtag of a language tag: sections are compared by it.

    >>> language("zh-Hans-CN")
    'zh'
    """
    return lang.split("-")[0].split("_")[0].lower()


# A merge asks for the key of each form several times.
@lru_cache(maxsize=1 << 14)
def key_of(term: str, lang: str = "zh") -> str:
    """The key of `term`: for Chinese simplified, width-folded, lower case, without quotation marks and spaces.

    Terms of other languages are only folded in case, width and space.

    >>> key_of("「揭榜掛帥」") == key_of("“揭榜挂帅”") == "揭榜挂帅"
    True
    >>> key_of("ＡＩ＋ 行动")
    'ai+行动'
    >>> key_of("New  Quality productive forces", "en")
    'new quality productive forces'
    """
    folded = unicodedata.normalize("NFKC", term).lower()
    if language(lang) != "zh":
        return " ".join(folded.split())
    bare = folded.translate(_DROPPED)
    return bare if bare.isascii() else str(_simplifier().convert(bare))
