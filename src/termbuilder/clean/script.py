"""Traditional characters are folded to simplified ones for matching, one for one and by phrase; simplified text is left alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from termbuilder.clean.traced import Edit

_HAN_RUN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")


def _converter(name: str) -> Any:
    import opencc

    return opencc.OpenCC(name)


@dataclass(frozen=True)
class Converters:
    """The conversions, loaded once: Taiwan and Hong Kong phrases, single characters, and what they get wrong."""

    exceptions: Mapping[str, str]  # phrases, traditional to simplified, of equal length
    taiwan: Any = field(default_factory=lambda: _converter("tw2s"))
    hongkong: Any = field(default_factory=lambda: _converter("hk2s"))

    def simplified(self, text: str) -> str:
        """`text` in simplified characters, of the same length.

        >>> Converters({"編著": "编著"}).simplified("著力推進乾坤灣與乾燥設備的編著")
        '着力推进乾坤湾与干燥设备的编著'
        """
        # 着 itself stands only in the Hong Kong (and mainland) standard; there 著 is always zhù.
        chosen = self.hongkong if "着" in text else self.taiwan
        whole = self._same_length(chosen, text)
        for phrase, plain in self.exceptions.items():
            at = text.find(phrase)
            while at >= 0:
                whole = whole[:at] + plain + whole[at + len(plain) :]
                at = text.find(phrase, at + 1)
        # What the Taiwan tables leave (Hong Kong forms: 衞 裏 綫) goes through the other ones, character by character.
        left = {c for c in whole if c >= "\u3400" and not _in_simplified_standard(c)}
        other = self.taiwan if chosen is self.hongkong else self.hongkong
        table = {ord(c): plain for c in left if len(plain := other.convert(c)) == 1 and plain != c}
        return whole.translate(table) if table else whole

    @staticmethod
    def _same_length(converter: Any, text: str) -> str:
        whole: str = converter.convert(text)
        if len(whole) == len(text):
            return whole
        lines = []
        for line in re.split("([\n。，])", text):
            plain = converter.convert(line)
            lines.append(
                plain if len(plain) == len(line) else "".join(p if len(p := converter.convert(c)) == 1 else c for c in line)
            )
        return "".join(lines)


def _in_simplified_standard(character: str) -> bool:
    """Is the character one of GB 2312, the set of simplified printing (乾坤, 著名, 於 as a name among them)?"""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def fold(text: str, converters: Converters) -> list[Edit]:
    """Every character that is written differently in simplified text, as edits of one character.

    A text counts as traditional where the characters that only traditional writing has outnumber those that only
    simplified writing has: then all of it is converted by phrase (後天 but 皇后). Elsewhere only characters that simplified
    writing does not know at all are converted.

    >>> fold("發展新質生產力", Converters({}))[0]
    Edit(start=0, end=1, to='发')
    >>> fold("乾坤未定，著名皇后", Converters({}))
    []
    """
    foreign = {c for c in set(text) if c >= "\u3400" and not _in_simplified_standard(c)}
    if not foreign:
        return []
    table = {c: plain for c in foreign if len(plain := converters.taiwan.convert(c)) == 1 and plain != c}
    table |= {c: plain for c in foreign - table.keys() if len(plain := converters.hongkong.convert(c)) == 1 and plain != c}
    if not table:
        return []
    edits: list[Edit] = []
    start = 0
    for block in re.split("(?<=\n)", text):
        han = sum(map(len, _HAN_RUN.findall(block)))
        written = sum(block.count(c) for c in table)
        if not written:
            pass
        elif written > 0.12 * han:
            # In running traditional text every fourth or fifth character differs; a simplified quotation in it, none.
            plain = converters.simplified(block)
            edits += (Edit(start + i, start + i + 1, p) for i, (c, p) in enumerate(zip(block, plain)) if c != p)
        else:
            edits += (Edit(start + i, start + i + 1, table[c]) for i, c in enumerate(block) if c in table)
        start += len(block)
    return edits
