"""A numeric coinage that the next clauses unfold: “双随机、一公开”监管，随机抽取…，随机选派…，及时公布…; “三资”改革，用好资源、资产、资金."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbuilder.definitions.lists import Found
from termbuilder.definitions.rules import Rules, numeral_value
from termbuilder.definitions.text import Forms, bare, clause_end, outside, trimmed
from termbuilder.model import Passage

_UNIT = re.compile("(双[百千万]|[一二三四五六七八九十两双百千万]|\\d+)([^一二三四五六七八九十两双百千万\\d、，+和]{1,3})")
_ROUND = {"百": "100", "千": "1000", "万": "万"}
MOST_CLAUSES = 4


def unfolded(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """The clauses behind a quoted numeric coinage in which every one of its units returns as often as it says."""
    text = passages[number].text
    for match in re.finditer("“([^“”]{2,16})”[^，。；：、（]{0,10}，(?!即|也就是|包括)", text):
        units = _UNIT.findall(match[1])
        key = forms.named(match[0].rstrip("，")) or forms.keys.get(bare(match[1]))
        if key is None or not units or "".join(n + x for n, x in units) != re.sub("[、，+和]", "", match[1]):
            continue
        span = _unfolding(text, match.end(), units, rules)
        if span is not None:
            yield Found(key, "expansion", 0.6, ((number, *span),))


def _unfolding(text: str, start: int, units: Sequence[tuple[str, str]], rules: Rules) -> tuple[int, int] | None:
    """The span behind `start` in which all units are told, or None."""
    end = start
    for _ in range(MOST_CLAUSES):
        end = clause_end(text, end)
        if all(_told(text, start, end, *unit) for unit in units) and (len(units) > 2 or _several(units)):
            begin = start if "，" in text[start:end] or len(units) > 1 else rules.behind_verb(text, start, end)
            return trimmed(text, begin, end)
        if text[end : end + 1] != "，":
            return None
        end += 1
    return None


def _several(units: Sequence[tuple[str, str]]) -> bool:
    return any(numeral_value(number) > 1 or number.startswith("双") for number, _ in units)


def _told(text: str, start: int, end: int, number: str, name: str) -> bool:
    """Is one unit told between `start` and `end`: 双随机 by two members with 随机 in a row, 百团 by 100 and 团?"""
    if number[-1] in _ROUND:
        # 百团百企: close to 100 and 团; 双百工程: two figures of 100 (工程 is the head of the coinage and need not return)
        figures = len(re.findall(rf"(?<!\d){_ROUND[number[-1]]}(?!\d)|{number[-1]}(?![分万亿])", text[start:end]))
        return figures > 1 if len(number) > 1 else figures > 0 and name[0] in text[start:end]
    members = [text[a:b] for a, b in _members(text, start, end)]
    wanted = max(1, numeral_value(number))
    core = next((part for part in (name, name[-1], name[0]) if any(part in member for member in members)), "")
    if not core:
        return False
    if wanted == 1:
        return True
    for first in range(len(members) - wanted + 1):
        row = members[first : first + wanted]
        more = members[first - 1 : first] + members[first + wanted : first + wanted + 1]
        alike = all(member.startswith(core) for member in row[1:]) or all(member.endswith(core) for member in row[:-1])
        if alike and all(core in member for member in row) and not any(core in member for member in more):
            return True
    return False


def _members(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for border in [*outside(text, "，、和", start, end), end]:
        if border > begin:
            yield begin, border
        begin = border + 1
