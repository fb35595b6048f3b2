"""Spaces in Chinese text: between characters they are left out, around digits and Latin words too; inside Latin text one stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbuilder.clean.traced import Edit

_WIDE = "\u2e80-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…·\U00020000-\U0003ffff"
_SPACES = re.compile(r"[ \t\n\f]+")
# 1 .1 亿门, 9 0 元: a number printed digit by digit
_DIGITS_APART = re.compile(r"(?<![\da-zA-Z.])(?:\d|\d\.)(?: (?:\d|\.\d|\d\.|\.)){1,8}(?= ?[%\u3400-\u9fff])")
_IS_WIDE = re.compile(f"[{_WIDE}]")
_LINE = re.compile(r"[^\n]+")
_BODY = re.compile("[，。；]")
_HAN = re.compile("[\u3400-\u9fff]")
_PARTED = re.compile(f"(?<=[{_WIDE}]) (?=[{_WIDE}])")
_NOISY = 0.1
_HAN_PART = re.compile("[\u3400-\u9fff“《]")


def spaces(text: str) -> Iterator[Edit]:
    """Spaces beside a Han character or Chinese mark, and all but one of those inside Latin text.

    >>> [edit.to for edit in spaces("科 技 创 新 20 条  Plug  and Play")]
    ['', '', '', '', '', '', ' ']
    """
    if not _SPACES.search(text):
        return
    apart = {i for m in _DIGITS_APART.finditer(text) for i in range(*m.span())}
    for m in _SPACES.finditer(text):
        before, after = text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]
        if not before or not after or _IS_WIDE.match(before) or _IS_WIDE.match(after) or m.start() in apart:
            yield Edit(*m.span())
        elif before in "%.," or after in "%,":
            yield Edit(*m.span(), " " if before in ".," else "")
        elif m[0] != " ":
            yield Edit(*m.span(), " ")


def spread(text: str) -> Iterator[Edit]:
    """The spaces of text whose characters are printed apart: 科 技 创 新, 2 0 2 5 年.

    A line counts as spread where nearly every character stands alone, or a document (then all its lines) where every tenth character
    is parted from the next; a single space in a line of text divides a heading and stays.
    """
    lines = [(m.start(), m[0], len(_PARTED.findall(m[0]))) for m in _LINE.finditer(text) if _SPACES.search(m[0])]
    parted = sum(count for _, line, count in lines if count and _BODY.search(line))
    han = sum(len(_HAN.findall(line)) for line in _LINE.findall(text) if _BODY.search(line)) if parted > 20 else 0
    noisy = parted > _NOISY * han and parted > 20
    for start, line, apart in lines:
        words = line.split()
        if len(words) > 4 and sum(map(len, words)) <= 1.2 * len(words):
            # Where the characters are apart by one space, a real space is a wider one.
            for m in _SPACES.finditer(line.rstrip()):
                yield Edit(start + m.start(), start + m.end(), "" if len(m[0]) == 1 or m.start() == 0 else " ")
        elif apart and (noisy or (apart > 3 and apart > 0.2 * len(_HAN.findall(line)))):
            for m in _PARTED.finditer(line):
                yield Edit(start + m.start(), start + m.end())


def gaps(text: str) -> list[int]:
    """Where a space divides a heading into parts of their own: 引进国际人才 打造创新引擎.

    Both parts must be phrases (four characters or more); single characters with spaces between them are one word printed wide.

    >>> gaps("引进国际人才 打造创新引擎"), gaps("目 录"), gaps("第一章 总则")
    ([6], [], [])
    """
    found = []
    for m in _SPACES.finditer(text):
        left = re.split(r"\s", text[: m.start()])[-1]
        right = re.split(r"\s", text[m.end() :])[0]
        if min(len(left), len(right)) >= 4 and _HAN_PART.search(left) and _HAN_PART.search(right):
            before, after = text[m.start() - 1], text[m.end()]
            if not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum()):
                found.append(m.start())
    return found
