"""Traditional characters are folded to simplified ones for matching, one for one and by phrase; simplified text is left alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import opencc

from termbuilder.clean.traced import Edit

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
# In running traditional text every fourth or fifth character differs from simplified text; in a simplified text with a
# traditional name in it, hardly any.
_TRADITIONAL = 0.12


@dataclass(frozen=True)
class Converters:
    """The conversions, loaded once: Taiwan and Hong Kong phrases, what they get wrong, what is simplified text already."""

    exceptions: Mapping[str, str]  # phrases, traditional to simplified, of equal length
    standard: frozenset[str] = frozenset()  # characters of simplified text that GB 2312 does not know
    taiwan: Any = field(default_factory=lambda: opencc.OpenCC("tw2s"))
    hongkong: Any = field(default_factory=lambda: opencc.OpenCC("hk2s"))

    def simplified(self, text: str) -> str:
        """Traditional `text` in simplified characters, of the same length.

        >>> Converters({"編著": "编著"}).simplified("著力推進乾坤灣與乾燥設備的編著")
        '着力推进乾坤湾与干燥设备的编著'
        """
        # The Hong Kong (and mainland) standard writes 着 for zhe and zhuó, and 著 for zhù only; Taiwan writes 著 for all.
        marks = text.count("着") - text.count("著")
        chosen, other = (self.hongkong, self.taiwan) if "着" in text and marks >= 0 else (self.taiwan, self.hongkong)
        whole = _same_length(chosen, text)
        for phrase, plain in self.exceptions.items():
            at = text.find(phrase)
            while at >= 0:
                whole = whole[:at] + plain + whole[at + len(plain) :]
                at = text.find(phrase, at + 1)
        # What the Taiwan tables leave (Hong Kong forms: 衞 裏 綫) goes through the other ones, character by character.
        left = {ord(c): plain for c in set(whole) if (plain := self._plain(c, other)) != c}
        return whole.translate(left) if left else whole

    def foreign(self, text: str) -> dict[str, str]:
        """The characters of `text` that simplified writing does not have, and what it writes for them.

        Characters of GB 2312 are none of them: 乾坤, 著名 and 於 as a name are simplified text.
        """
        characters = "".join(c for c in set(text) if c >= "\u3400")
        others = set(characters) - set(characters.encode("gb2312", "ignore").decode("gb2312"))
        table = {c: plain for c in others if (plain := self._plain(c, self.taiwan)) != c}
        return table | {c: plain for c in others - table.keys() if (plain := self._plain(c, self.hongkong)) != c}

    def _plain(self, character: str, converter: Any) -> str:
        if character < "\u3400" or character in self.standard or _in_gb2312(character):
            return character
        plain: str = converter.convert(character)
        return plain if len(plain) == 1 else character


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _same_length(converter: Any, text: str) -> str:
    """`text` converted, piece by piece where a phrase of the converter's changes the length."""
    whole: str = converter.convert(text)
    if len(whole) == len(text):
        return whole
    pieces = re.split("([。，；、])", text)
    if len(pieces) == 1:
        return "".join(plain if len(plain := converter.convert(c)) == 1 else c for c in text)
    return "".join(_same_length(converter, piece) for piece in pieces)


def fold(text: str, converters: Converters) -> list[Edit]:
    """Every character that is written differently in simplified text, as edits of one character.

    Where a document (or a paragraph of a mixed one) is traditional all of it is converted by phrase, across spaces and line breaks:
    後天 but 皇后. Elsewhere only characters that simplified writing does not know at all are converted.

    >>> fold("發展新質生產力", Converters({}))[0]
    Edit(start=0, end=1, to='发')
    >>> fold("乾坤未定，著名皇后", Converters({}))
    []
    """
    table = converters.foreign(text)
    if not table:
        return []
    if _traditional(text, table):
        return list(_by_phrase(text, 0, converters))
    foreign = re.compile(f"[{''.join(table)}]")
    edits: list[Edit] = []
    start = 0
    for block in re.split(r"(?<=\n)(?=[ \t]*\n)", text):
        if _traditional(block, table):
            edits += _by_phrase(block, start, converters)
        else:
            edits += (Edit(start + m.start(), start + m.end(), table[m[0]]) for m in foreign.finditer(block))
        start += len(block)
    return edits


def _traditional(text: str, table: Mapping[str, str]) -> bool:
    found = sum(text.count(c) for c in table)
    return found > 0 and found > _TRADITIONAL * len(_HAN.findall(text))


def _by_phrase(text: str, start: int, converters: Converters) -> list[Edit]:
    places = [i for i, c in enumerate(text) if not c.isspace()]
    dense = "".join(text[i] for i in places)
    plain = converters.simplified(dense)
    return [Edit(start + i, start + i + 1, p) for i, c, p in zip(places, dense, plain) if c != p]
