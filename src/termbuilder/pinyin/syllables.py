"""Spelling: one syllable in the three styles, and syllables written together as GB/T 16159 asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal, NamedTuple

Style = Literal["marks", "numbers", "plain"]

_TONE_OF_MARK = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_VOWEL = "aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
# A consonant between two vowels opens the next syllable (fāngàn is fān-gàn, 方案 is written fāng'àn), hence the look-aheads.
_SYLLABLE = re.compile(
    rf"[eēéěè]r(?![{_VOWEL}])|(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[{_VOWEL}]+(?:ng(?![{_VOWEL}])|n(?![{_VOWEL}]))?|r"
)


class Part(NamedTuple):
    """A syllable, or digits, letters and signs kept as they are (`literal`), and what is written before it."""

    text: str
    before: str = ""  # "", " " or "-"
    literal: bool = False
    capital: bool = False


def syllables_of(spelling: str) -> tuple[Part, ...]:
    """Take a spelling apart into its syllables, each with the space, hyphen or nothing before it.

    >>> [part.text for part in syllables_of("Cháng-Sānjiǎo")]
    ['cháng', 'sān', 'jiǎo']
    """
    parts: list[Part] = []
    before = ""
    position = 0
    while position < len(spelling):
        sign = spelling[position]
        if sign in " -'":
            before = sign if sign != "'" else ""
            position += 1
            continue
        found = _SYLLABLE.match(spelling.lower(), position)
        if found is None:
            return ()
        parts.append(Part(found.group(), before, capital=sign.isupper()))
        before = ""
        position = found.end()
    return tuple(parts)


def spelled(syllable: str, style: Style) -> str:
    """One syllable in a style: with tone marks, with the number of its tone, or without tone.

    >>> spelled("lüè", "numbers"), spelled("lüè", "plain")
    ('lüe4', 'lüe')
    """
    if style == "marks":
        return syllable
    tone = ""
    letters = []
    for sign in unicodedata.normalize("NFD", syllable):
        if sign in _TONE_OF_MARK:
            tone = _TONE_OF_MARK[sign]
        else:
            letters.append(sign)
    bare = unicodedata.normalize("NFC", "".join(letters))
    return bare + (tone or "5") if style == "numbers" else bare


def written(parts: Iterable[Part], style: Style) -> str:
    """Write the parts out: spaces and hyphens, capitals, and the apostrophe that keeps two syllables apart.

    >>> written((Part("xī", capital=True), Part("ān")), "marks")
    "Xī'ān"
    """
    out: list[str] = []
    after_syllable = False
    for part in parts:
        text = part.text if part.literal else spelled(part.text, style)
        before = part.before if out else ""
        opens_with_vowel = not part.literal and unicodedata.normalize("NFD", part.text)[0] in "aoe"
        if not before and after_syllable and opens_with_vowel and style != "numbers":
            before = "'"
        out.append(before + (text[:1].upper() + text[1:] if part.capital else text))
        after_syllable = not part.literal
    return "".join(out)
