"""Characters that mean the same are made the same, one for one: widths, compatibility forms, private use, invisible ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from termbuilder.clean.traced import Edit

# Full-width forms that are the proper ones in Chinese text, and stay: （ ） ， ： ； ！ ？
_CHINESE_PUNCTUATION = "（），：；！？"

# Zero-width characters, soft hyphen, byte order marks, directional marks, controls other than tab, line feed, form feed.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\ufff9-\ufffb\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+"
)

_ODD_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u3164\x0b"
_LINE_BREAKS = "\r\u0085\u2028\u2029"


def width_table(own: Mapping[str, str]) -> dict[int, str]:
    """The translation, one character for one, that folds widths and compatibility forms.

    `own` adds what Unicode does not know (private-use characters of Chinese fonts, look-alike dots and dashes).

    >>> "ＡＩ＋５Ｇ（⼯业）".translate(width_table({}))
    'AI+5G（工业）'
    """
    table = {ord(c): " " for c in _ODD_SPACES} | {ord(c): "\n" for c in _LINE_BREAKS}
    blocks = (
        range(0xFF01, 0xFFEF),  # full- and half-width forms
        range(0x2E80, 0x2FD6),  # radicals that PDF fonts print for the characters
        range(0xF900, 0xFB00),  # compatibility ideographs
        range(0x2F800, 0x2FA20),
        range(0xFE30, 0xFE70),  # vertical and small forms
    )
    for block in blocks:
        for code in block:
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and ord(plain) != code and chr(code) not in _CHINESE_PUNCTUATION:
                table[code] = plain
    # NFKC makes vertical and small punctuation ASCII; that of a Chinese text is full width.
    table |= {
        ord(c): plain for c, plain in zip("﹐﹑﹒﹔﹕﹖﹗︰︓︔︕︖︵︶︗︘︐︑︒", "，、。；：？！：：；！？（）〖〗，、。")
    }
    table |= {ord(c): plain for c, plain in zip("﹁﹂﹃﹄︽︾︿﹀︻︼︹︺︷︸", "「」『』《》〈〉【】〔〕｛｝")}
    table |= {ord(c): plain for c, plain in own.items()}
    return table


def folded(text: str, table: Mapping[int, str]) -> str:
    """`text` after the translation `table`.

    >>> folded("５Ｇ（⼯业）", width_table({}))
    '5G（工业）'
    """
    odd = [c for c in set(text) if ord(c) in table]  # few, so finding them is faster than looking every character up
    return re.sub(f"[{re.escape(''.join(odd))}]", lambda found: table[ord(found[0])], text) if odd else text


def invisible(text: str) -> list[Edit]:
    """Characters that nobody sees: zero-width spaces, soft hyphens, control characters.

    >>> invisible("科技\\u200b创新")
    [Edit(start=2, end=3, to='')]
    """
    return [Edit(*match.span()) for match in _INVISIBLE.finditer(text)]
