"""Pinyin that a text prints after its characters is taken out; English in brackets stays."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from termbuilder import readings
from termbuilder.clean.traced import Edit

_LETTERS = "a-zA-Zāáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜüńňǹḿɑɡê\u0300\u0301\u0304\u030c\u0308"
_BRACKETED = re.compile(rf"[(（\[［【〔{{{{]\s*([{_LETTERS}01'’·\s-]{{1,60}}?[1-5]?)\s*[)）\]］】〕}}}}]")
# Without brackets, or with one of them lost, only what carries a tone mark, between two characters: 高质zhì量, 园(yuán区
_BARE = re.compile(rf"(?<=[\u3400-\u9fff])[(（]?([{_LETTERS}]{{1,6}})[)）]?(?=[\u3400-\u9fff，。、；：])")
_BEFORE = re.compile("[\u3400-\u9fff〇]")
_TONED = "āáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜńňǹḿ\u0300\u0301\u0304\u030c\u0306"
# A gloss has one of these before its letters or among them.
SIGNS = "(（[［【〔{" + _TONED
_TONES = str.maketrans({"\u0300": "", "\u0301": "", "\u0304": "", "\u030c": "", "\u0306": "", "ɑ": "a", "ɡ": "g"})
# From so many glosses on a text is one that prints pinyin, and a damaged gloss is believed too.
_USUAL = 5
# What recognition makes of i, l, o: zh1, gu0
_MISREAD = str.maketrans("10", "io")


def _plain(letters: str) -> str:
    """Letters without tones, ü as v: zhì, zhi and zh1 are the same."""
    bare = unicodedata.normalize("NFD", letters.lower().replace("ü", "v")).translate(_TONES)
    return bare.replace("u\u0308", "v").replace("\u0308", "").replace("\u0302", "").translate(_MISREAD)


def _toned(letters: str) -> bool:
    marks = unicodedata.normalize("NFD", letters)
    return any(mark in marks for mark in "\u0300\u0301\u0304\u030c\u0306")


@lru_cache(maxsize=4096)
def _readings(character: str) -> frozenset[str]:
    found = readings.of_characters().get(character)
    return frozenset(readings.without_tone(one).replace("ü", "v") for one in found.split(",")) if found else frozenset()


def _near(one: str, other: str) -> bool:
    """Equal but for one letter (lost, added, misread)."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 2:
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def _worn(letters: str, reading: str) -> bool:
    """What recognition left of a reading: its first letter, and none that it does not have: (w) for wù, (chn) for chǎn."""
    rest = iter(reading)
    return letters[:1] == reading[:1] and all(letter in rest for letter in letters)


def _syllables(letters: str, syllables: frozenset[str], wanted: int) -> list[str] | None:
    """`letters` cut into at most `wanted` valid syllables, or None."""
    if not letters:
        return []
    if not wanted:
        return None
    for length in range(min(6, len(letters)), 0, -1):
        if letters[:length] in syllables:
            rest = _syllables(letters[length:], syllables, wanted - 1)
            if rest is not None:
                return [letters[:length], *rest]
    return None


def _is_pinyin(inside: str, before: str, syllables: frozenset[str], usual: bool) -> bool:
    """Is `inside` the reading of the last characters of `before`?

    Valid syllables with a tone mark are enough; without one they must agree with a reading of the characters,
    since `chain` and `change` are made of valid syllables too. One wrong letter a syllable is forgiven; without a tone mark only
    where glosses are `usual` in the text.
    """
    if inside.isupper():
        return False
    whole = re.sub(r"\s", "", inside)
    return _agrees(inside, before, syllables, usual) or (whole != inside and _agrees(whole, before, syllables, usual))


def _agrees(inside: str, before: str, syllables: frozenset[str], usual: bool) -> bool:
    words = [_plain(word).rstrip("12345") for word in re.split(r"[\s'’·-]+", inside) if word]
    cut: list[str] = []
    for word in words:
        parts = _syllables(word, syllables, 8)
        if parts is None and not usual and not _toned(inside):
            return False
        cut += parts if parts is not None else [word]
    if not cut or len(cut) > len(before):
        return False
    spoken = before[-len(cut) :]
    agreed = sum(any(_near(syllable, reading) for reading in _readings(c)) for syllable, c in zip(cut, spoken))
    if _toned(inside):
        return agreed * 2 >= len(cut) or all(syllable in syllables for syllable in cut)
    if usual and len(cut) == 1 and any(_worn(cut[0], reading) for reading in _readings(spoken)):
        return True
    exact = sum(syllable in _readings(c) for syllable, c in zip(cut, spoken))
    return agreed == len(cut) and (usual or exact * 2 >= len(cut))


def pinyin(text: str, syllables: frozenset[str]) -> list[Edit]:
    """Pinyin glosses after Han characters, in brackets of any kind or bare with a tone mark.

    >>> known = frozenset(["zhi", "jie", "bang", "gua", "shuai"])
    >>> pinyin("高质（zhì）量发展，揭榜挂帅（jiēbǎng guàshuài）机制", known)
    [Edit(start=2, end=7, to=''), Edit(start=15, end=33, to='')]
    >>> pinyin("供应链（chain）和人工智能（AI）", known)
    []
    """
    bracketed = [(_space_before(text, match.start()), match) for match in _BRACKETED.finditer(text)]
    bracketed = [(start, match) for start, match in bracketed if start and _BEFORE.match(text, start - 1)]
    usual = sum(_toned(match[1]) for _, match in bracketed) >= _USUAL
    toned = any(letter in text for letter in _TONED)
    bare = [(match.start(), match) for match in _BARE.finditer(text) if _toned(match[1])] if toned else []
    found = {
        Edit(start, match.end(), "\n" if "\n" in text[start : match.end()] else "")
        for start, match in bracketed + bare
        if _is_pinyin(match[1].strip(), _han_before(text, start), syllables, usual)
    }
    return sorted(found)


def _space_before(text: str, end: int) -> int:
    """Where the space before `end` begins."""
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end


def _han_before(text: str, end: int) -> str:
    start = end
    while start > 0 and end - start < 12 and "\u3400" <= text[start - 1] <= "\u9fff":
        start -= 1
    return text[start:end]
