"""Paragraphs are cut into sentences: what the finders read at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[。！？；!?]+[”’）》】)]*")
_OPENING, _CLOSING = "（《“‘【", "）》”’】"
_LONGEST_UNSPLIT = 60


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence of `text`; final punctuation stays with it.

    A stop inside a title, or inside a short bracket or quotation, ends nothing.

    >>> text = "发布《奋进吧！青年》。成立中心；揭牌。"
    >>> [text[start:end] for start, end in spans(text)]
    ['发布《奋进吧！青年》。', '成立中心；', '揭牌。']
    """
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if end == len(text) or not _inside(text, start, match.start(), end):
            yield start, end
            start = end
    if start < len(text):
        yield start, len(text)


def _inside(text: str, start: int, stop: int, end: int) -> bool:
    depth: list[int] = []
    for i in range(start, end):
        c = text[i]
        if c in _OPENING:
            depth.append(i)
        elif c in _CLOSING and depth:
            depth.pop()
    if not depth:
        return False
    opening = text[depth[-1]]
    closing = text.find(_CLOSING[_OPENING.index(opening)], end, depth[-1] + _LONGEST_UNSPLIT)
    return closing >= 0 and (opening == "《" or text.count("。", depth[-1], closing) < 2)
