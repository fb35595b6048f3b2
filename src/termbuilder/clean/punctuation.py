"""Punctuation of Chinese text is made one: full-width marks between Han text, “ ” and ‘ ’ for every style of quotation mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbuilder.clean.traced import Edit

_HAN = "\u3400-\u9fff〇"
_CLOSE = "”’）》】〉」』"
_FULL = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}
# After a character (or a closing mark, or a number that a character follows) a comma is a Chinese comma. The sign itself comes first in
# these patterns and what stands before it is looked at afterwards: a search for a sign is fast.
_MARK = re.compile(
    rf"[,;!?:](?:(?:(?<=[{_HAN}{_CLOSE}].)|(?<=[{_HAN}{_CLOSE}]\s.))(?!//)|(?<=[%\d\w].)(?=\s?[“‘《（\"{_HAN}]))"
)
_STOP = re.compile(rf"[.｡](?<=[{_HAN}{_CLOSE}].)(?=\s*(?:$|\n|[{_HAN}“《]))")
_STYLES = str.maketrans("「」『』〝〞〟＂｢｣", "“”‘’“”””“”")
# ‘‘创新’’ and ``创新'' for “创新”; “创新“创业“ where one key typed them all
_DOUBLED = re.compile(r"(?:‘‘|``)[^‘’`'\n]{1,60}(?:’’|\x27\x27)")
_SINGLE = re.compile(r"(?<![a-zA-Z])'([^'\n]{1,40})'(?![a-zA-Z])")
# “, ”, or the end of a block of lines in which they belong together: an empty line, or a line that ends a sentence.
_DOUBLE = re.compile(r"“|”|\n(?:(?=\s*\n)|(?<=[。！？]\n))")
_STYLE = re.compile("[「」『』〝〞〟＂｢｣]")
_BRACKETS = re.compile(r"[(（](?:[^()（）\n]|\n(?!\s*\n)){0,200}[)）]")
_ANGLES = re.compile(rf"<<([^<>\n]{{2,60}})>>|«([^«»\n]{{2,60}})»|<([{_HAN}][^<>\n]{{2,60}})>|〈([^〈〉\n]{{2,60}})〉")
_DOTS = re.compile(r"[•‧・∙⋅](?<=\S.)(?=\S)")


def marks(text: str) -> Iterator[Edit]:
    """ASCII commas, colons, semicolons, question and exclamation marks in Chinese text become full width.

    >>> [edit.to for edit in marks("占比3.5%,同比增长1,200家;按1+3+X模式,见http://a.cn:80")]
    ['，', '；', '，']
    """
    for m in _MARK.finditer(text):
        yield Edit(*m.span(), _FULL[m[0]])
    for m in _STOP.finditer(text):
        yield Edit(*m.span(), "。")


def brackets(text: str) -> Iterator[Edit]:
    """Round brackets beside or around Han text become full width, both or none.

    >>> [(edit.start, edit.to) for edit in brackets("研发(R&D)投入，f(x)，（含)")]
    [(2, '（'), (6, '）'), (17, '）')]
    """
    for m in _BRACKETS.finditer(text):
        before = text[m.start() - 1 : m.start()].strip()
        if m[0][0] == "（" or m[0][-1] == "）" or re.search(f"[{_HAN}]", m[0]) or re.match(f"[{_HAN}{_CLOSE}]", before):
            if m[0][0] == "(":
                yield Edit(m.start(), m.start() + 1, "（")
            if m[0][-1] == ")":
                yield Edit(m.end() - 1, m.end(), "）")


def quotes(text: str) -> Iterator[Edit]:
    """Corner, straight and typewriter quotation marks become “ ” and ‘ ’.

    Straight ones are paired within their line: each opens or closes by what stands beside it, by turns where that is unclear.

    >>> [edit.to for edit in quotes('实施"揭榜挂帅"和「雙創」')]
    ['“', '”', '“', '”']
    """
    for m in _STYLE.finditer(text):
        yield Edit(*m.span(), m[0].translate(_STYLES))
    for m in _DOUBLED.finditer(text):
        yield Edit(m.start(), m.start() + 2, "“")
        yield Edit(m.end() - 2, m.end(), "”")
    yield from _turned(text)
    if '"' in text:
        yield from _paired(text)
    for m in _SINGLE.finditer(text) if "'" in text else ():
        if re.search(f"[{_HAN}]", m[1]):
            yield Edit(m.start(), m.start() + 1, "‘")
            yield Edit(m.end() - 1, m.end(), "’")


def _turned(text: str) -> Iterator[Edit]:
    """Marks that point the wrong way: a second opening one where another opening one follows, a closing one without an opening.

    Inside a quotation Chinese writes ‘ ’, so “ never stands in “ ”.
    """
    for marks in _blocks(text):
        if len(marks) % 2 == 0 and len({text[at] for at in marks}) == 1:
            yield from (Edit(at, at + 1, "“”"[turn % 2]) for turn, at in enumerate(marks) if text[at] != "“”"[turn % 2])
            continue
        opened = False
        for number, at in enumerate(marks):
            following = text[marks[number + 1]] if number + 1 < len(marks) else ""
            if text[at] == "“" and opened and following != "”":
                yield Edit(at, at + 1, "”")
                opened = False
            elif text[at] == "”" and not opened and following == "”" and number:
                yield Edit(at, at + 1, "“")
                opened = True
            else:
                opened = text[at] == "“"


def _blocks(text: str) -> Iterator[list[int]]:
    """Where “ and ” stand, block by block of lines."""
    marks: list[int] = []
    for m in _DOUBLE.finditer(text):
        if m[0] != "\n":
            marks.append(m.start())
        elif marks:
            yield marks
            marks = []
    if marks:
        yield marks


def _paired(text: str) -> Iterator[Edit]:
    open_at = -1
    for m in re.finditer(r'["\n]', text):
        at = m.start()
        if m[0] == "\n":
            # A quotation may run over a hard line break, but not over an empty line.
            if text[at + 1 : at + 2] == "\n":
                open_at = -1
            continue
        if open_at >= 0 and at - open_at > 200:
            open_at = -1
        closes = open_at >= 0
        if re.search(f"[{_HAN}]", text[max(0, at - 3) : at + 4]):
            yield Edit(at, at + 1, "”" if closes else "“")
        open_at = -1 if closes else at


def titles(text: str) -> Iterator[Edit]:
    """Angle brackets around a title become 《 》, inside another title 〈 〉; stray dots between words become ·.

    >>> [edit.to for edit in titles("按照<促进科技成果转化法>执行")]
    ['《', '》']
    """
    for m in _ANGLES.finditer(text):
        inner = text.rfind("《", max(0, m.start() - 60), m.start()) > text.rfind("》", max(0, m.start() - 60), m.start())
        left, right = "〈〉" if inner else "《》"
        width = 2 if m[0].startswith("<<") else 1
        if m[0][0] != left:
            yield Edit(m.start(), m.start() + width, left)
            yield Edit(m.end() - width, m.end(), right)
    for m in _DOTS.finditer(text):
        yield Edit(*m.span(), "·")
