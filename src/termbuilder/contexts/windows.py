"""What of a long sentence is shown around a term: cut where it still reads like a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

SHORTEST, LONGEST = 15, 60  # a sentence a translator takes in at a glance; longer ones are trimmed at clause borders
EASY = 36  # what a trimmed one aims at
STILL_WHOLE = 90  # a sentence that breaks off badly wherever it is cut (对符合条件的X，…，给予补助) is shown whole up to here

_OPEN, _CLOSE = "（《“‘【", "）》”’】"


def window(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where `text` is shown for the term at `text[start:end]`: whole, or if it runs on, the clauses that read best in about LONGEST."""
    left, right = _trim(text, 0, len(text))
    label = _LABEL.match(text, left)
    if label and left < label.end() <= start:
        left = label.end()
    if right - left <= LONGEST:
        return left, right
    borders = [left, *(i + 1 for i in _outside(text, "，；", left, right)), right]
    first = max((i for i, border in enumerate(borders) if border <= start), default=0)
    last = min((i for i, border in enumerate(borders) if border >= end), default=len(borders) - 1)
    first = min(first, last - 1)
    candidates = [
        (borders[i], borders[j])
        for i in range(first, -1, -1)
        for j in range(last, len(borders))
        if borders[j] - borders[i] <= LONGEST or (i == first and j <= last + 1) or (i == 0 and right - left <= STILL_WHOLE)
    ]
    return _trim(text, *max(candidates, key=lambda cut: (_readable(text, left, right, *cut), -cut[0])))


def _readable(text: str, left: int, right: int, start: int, end: int) -> float:
    """How well a cut-out of a long sentence stands by itself."""
    length = end - start
    value = 0.25 * (start == left) + 0.3 * (end == right) - 0.004 * abs(length - EASY) - 0.02 * max(0, length - LONGEST)
    last_clause = CLAUSE_BORDER.split(text[start:end].rstrip("，；"))[-1]
    if end < right:
        value -= 0.9 * bool(CONDITION.match(text[start:end]))
        value -= 0.6 * bool(BREAKS_OFF.search(last_clause)) + 0.45 * bool(PREPOSITION.match(last_clause))
    if start > left:
        value += 0.1 * bool(PREPOSITION.match(text[start:end])) - 0.3 * bool(_HANGS_ON.match(text[start:end]))
        # 以市场为导向， | 企业和院所紧密合作的技术创新体系: the cut would go through an attribute
        value -= 0.3 * bool(_WAY.search(text[:start]))
    return value


CLAUSE_BORDER = re.compile("[，；]")
_WAY = re.compile("(?:^|[，、；])以[^，；]+为[^，；]+，$")
# …，但在产业发展史上 | and …，6月19日上午 | and …，且纳入企业库的 | break off before anything is said
BREAKS_OFF = re.compile(
    r"以[^，；]+为[^，；]{1,8}$|(?:上|中|下|时|后|前|以来|期间|方面|过程中|上午|下午|近日|的|的形式|的方式|一经..|等地|等地区|因此|所以|但是|例如|包括|即|表示|指出|\d日|\d月|\d年)$"
)
PREPOSITION = re.compile("(?:但|而|并|且|同时)?(?:在|对|从|当|随着|为|围绕|按照|根据|由于|以|通过|依托|针对|作为)")
# [方法/过程]通过 …, 【导读】…, 第五，…, 此外，…: how the paragraph goes on, no part of what is said
_LABEL = re.compile(
    r"\s*(?:\[[^\[\]]{1,12}\][：:]?|【[^【】]{1,12}】[：:]?|(?:第[一二三四五六七八九十]|[一二三四五六七八九]是)，?|"
    r"(?:与此同时|同时|此外|另外|因此|所以|但是|然而|当前|目前|首先|其次|再次|最后|数据显示|据悉|据了解|会上|活动中|多年来|近年来|为此|对此)，)+\s*"
)
# 对违反承诺、骗取资金的单位 | and … nothing is said yet
CONDITION = re.compile("(?:且|但)?(?:对|对于|凡|凡是|除|经|符合|属于|纳入|随着|经过|根据|按照|上月|近日)")
_HANGS_ON = re.compile("并|从而|以及|进而|使|让|且|也|还|又|则|就|等|其|该|但|而|同时|同比|其中|是")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in "，；、 ":
        end -= 1
    while start < end and text[start] in "，；、。 ":
        start += 1
    return start, end


def _outside(text: str, signs: str, start: int, end: int) -> Iterator[int]:
    depth = 0
    for offset in range(start, end):
        sign = text[offset]
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth -= 1
        elif sign in signs and depth <= 0:
            yield offset
