"""Numbers inside terms: 七大, 三年, 千亿级, 百强, 十四五, 1+4+N."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = r"(?:[一二两三四五六七八九十百千]+|\d+)"
_MONEY = {
    "万亿": "trillion-yuan",
    "千亿": "100-billion-yuan",
    "百亿": "10-billion-yuan",
    "十亿": "billion-yuan",
    "亿": "100-million-yuan",
    "千万": "10-million-yuan",
    "百万": "million-yuan",
}
_CLASSIFIERS = "个项条家类种批套支名位所座处张件篇层度轮届"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number expression that ends at `end`: `kind` M is a quantity (what follows is plural), A a modifier, N a noun, H a
    head that what stands before it follows (科创九条: nine measures for ...)."""

    end: int
    kind: Literal["M", "A", "N", "H"]
    english: str


def value(numeral: str) -> int | None:
    """The value of a numeral below ten thousand, or None if it is none (a list of digits like 一二三 is none).

    >>> [value(numeral) for numeral in ("七", "十四", "三百二十", "二十", "两", "532", "一二三")]
    [7, 14, 320, 20, 2, 532, None]
    """
    if numeral.isascii():
        return int(numeral) if numeral.isdigit() else None
    total, digit, last = 0, None, 10_000
    for character in numeral:
        if character in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[character]
        elif character in _UNITS:
            if _UNITS[character] >= last:
                return None  # 十百千万: a row of units
            last = _UNITS[character]
            total += (1 if digit is None else digit) * _UNITS[character]
            digit = None
        else:
            return None
    return total + (digit or 0)


def spelled(number: int) -> str:
    """A number as running English writes it: in words up to ten, in digits beyond.

    >>> spelled(7), spelled(14)
    ('seven', '14')
    """
    return _WORDS[number] if number < len(_WORDS) else f"{number:,}" if number > 9999 else str(number)


def ordinal(number: int) -> str:
    """The ordinal in digits.

    >>> [ordinal(number) for number in (1, 2, 13, 14, 23)]
    ['1st', '2nd', '13th', '14th', '23rd']
    """
    last = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"


_SHAPES = (
    ("articles", re.compile(rf"(?P<n>{_NUMBER})条$")),
    ("top ten", re.compile(rf"(?P<n>{_NUMBER})强$")),
    ("version", re.compile(r"(?P<n>\d+\.\d+)版?")),
    ("years from to", re.compile(r"(?P<n>(?:19|20)\d\d[-—–~](?:19|20)\d\d)年?")),
    ("edition", re.compile(r"(?P<n>(?:19|20)\d\d)年?版")),
    ("class", re.compile(r"(?P<n>[A-F\d])类")),
    ("grade", re.compile(r"(?P<n>[一二三四五六七八九])级$")),
    ("rank", re.compile(rf"(?P<n>{_NUMBER})号")),
    ("sum of things", re.compile(r"(?P<n>\d+)(?P<unit>万|亿)(?!元|级|[产企园集镇])")),
    ("money", re.compile(rf"(?P<n>{_NUMBER}|几)?(?P<unit>万亿|千亿|百亿|十亿|亿|千万|百万)元?(?P<level>级)?")),
    ("five-year", re.compile(r"(?P<n>十[一二三四五六七八九])五(?:时期|规划|计划)?")),
    ("year", re.compile(r"(?P<n>(?:19|20)\d\d)年")),
    ("years", re.compile(rf"(?P<n>{_NUMBER})年")),
    ("ordinal", re.compile(rf"第(?P<n>{_NUMBER})[批届期轮]?")),
    ("top", re.compile(rf"(?P<n>{_NUMBER})强(?!国|省|市|县|校)")),
    ("major", re.compile(rf"(?P<n>{_NUMBER})大")),
    ("quantity", re.compile(rf"(?P<n>{_NUMBER})[{_CLASSIFIERS}]")),
    ("sum", re.compile(r"(?P<n>[\dNnXx]+(?:\+[\dNnXx]+)+)")),
    ("many", re.compile(r"(?<=、)(?P<n>多)")),
    ("code", re.compile(r"(?P<n>\d{3,})")),
    ("bare", re.compile(rf"(?P<n>{_NUMBER}|(?<![十百千])万)(?![A-Za-z])")),
)

_OPENING = frozenset("一二两三四五六七八九十百千万亿几第多NnXxABCDEF")  # what the shapes start with, if not with a digit


def at(text: str, start: int) -> Iterator[Numeral]:
    """The number expressions that start at `start`, each with what it means.

    >>> list(at("七大战略性新兴产业", 0))[0]
    Numeral(end=2, kind='M', english='seven major')
    >>> [one.english for one in at("千亿级产业", 0)][:1], [one.english for one in at("三年行动", 0)][:1]
    (['100-billion-yuan'], ['three-year'])
    """
    if not (text[start] in _OPENING or text[start].isdecimal()):
        return
    for name, pattern in _SHAPES:
        match = pattern.match(text, start)
        if match:
            meaning = _meaning(name, match)
            if meaning:
                yield Numeral(match.end(), *meaning)


def _meaning(name: str, match: re.Match[str]) -> tuple[Literal["M", "A", "N", "H"], str] | None:
    numeral = match["n"] or ""
    if name in ("version", "years from to"):
        return "N", re.sub("[—–~]", "-", numeral)
    if name == "many":
        return "M", "multiple"
    if name == "sum of things":
        return "M", f"{int(numeral) * 10:,},000" if match["unit"] == "万" else f"{int(numeral) * 100} million"
    if name == "edition":
        return "N", f"{numeral} edition"
    if name == "class" and numeral.isalpha():
        return "A", f"class {numeral}"
    number = value(numeral) if numeral and numeral != "万" else None
    if name == "money":
        return ("A", _money(number, match["unit"])) if numeral == "" or number else None
    if name == "sum":
        return "N", f'"{numeral}"'
    if name == "bare" and numeral == "万":
        return "M", "ten thousand"
    if number is None:
        return None
    if name == "articles":
        return "H", f"{spelled(number)} measures for"
    if name == "top ten":
        return "H", f"top {number}"
    if name == "class":
        return "A", f"class {number}"
    if name == "grade":
        return "N", f"level {number}"
    if name == "rank":
        return "A", f"No. {number}"
    if name == "code":
        return "N", f'"{numeral}"'
    if name == "five-year":
        return "A", f"{ordinal(number)} Five-Year Plan"
    if name == "year":
        return "A", numeral
    if name == "years":
        return "A", f"{spelled(number)}-year"
    if name == "ordinal":
        return "A", _WORDS_OF_RANK[number] if number < len(_WORDS_OF_RANK) else ordinal(number)
    if name == "top":
        return "A", f"top {number}"
    if name == "major":
        return "M", f"{spelled(number)} major"
    return "M", {"百": "one hundred", "千": "one thousand"}.get(numeral, spelled(number))


_WORDS_OF_RANK = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def _money(number: int | None, unit: str) -> str:
    """Sums of money in English steps of a thousand.

    >>> _money(5, "百亿"), _money(None, "万亿"), _money(5, "千万")
    ('50-billion-yuan', 'trillion-yuan', '50-million-yuan')
    """
    if number is None or number == 1:
        return _MONEY[unit]
    worth = (
        number
        * {"万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8, "千万": 10**7, "百万": 10**6}[unit]
    )
    for size, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if worth >= size:
            amount = worth / size
            return f"{amount:g}-{word}-yuan"
    return _MONEY[unit]
