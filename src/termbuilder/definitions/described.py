"""Sentences that say what a known term is without saying 是指: its class, its purpose, what sets it apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbuilder.definitions.explicit import subject
from termbuilder.definitions.lists import Found
from termbuilder.definitions.rules import Rules
from termbuilder.definitions.text import Forms, clause_end, clause_start, outside, trimmed
from termbuilder.model import Passage

_MADE_OF = re.compile(
    "以[^，。；]{1,40}?为[^，。；]{1,12}|集[^。；]{2,60}?于一体|由[^。；]{2,40}?(?:组成|构成)|从[^，。；]{2,20}?到[^，。；]{2,20}?"
    "|(?:专门)?(?:面向|针对)[^，。；]{2,30}?"
)
LONGEST_CLASS = 90


def by_class(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """X是Y, X作为Y where Y ends in a class of things and neither praises nor ranks: 创新港是集展示…于一体的平台."""
    text = passages[number].text
    for match in re.finditer("是(?!否|不是|指|非|以及|因为|由于)(?:由|一[种个类项家批])?|作为", text):
        if text[match.start() - 1 : match.start()] in ("就", "不", "于", "还", "仍", "总", "都") or match.start() == 0:
            continue
        span = subject(text, match.start(), rules)
        key = forms.named(text[span[0] : span[1]]) if span else None
        if key is None:
            continue
        start, end = trimmed(text, match.start() + len("是") if match[0] != "作为" else match.end(), clause_end(text, match.end()))
        told = text[start:end]
        if end - start < 5 or end - start > LONGEST_CLASS or not classifies(told, rules):
            continue
        # X是A，是B: the second half only counts if it classifies as well
        after = re.match("，(是[^，。；]+)", text[end:])
        if after and classifies(after[1], rules):
            end += after.end()
        yield Found(key, "genus", 0.6 if match[0] != "作为" else 0.55, ((number, start, end),))


def classifies(told: str, rules: Rules) -> bool:
    """Does the predicate end in a class of things, with something that sets the thing apart, and without praise?

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> classifies("面向中小企业的公共服务平台", rules), classifies("高质量发展的重要支撑", rules)
    (True, False)
    """
    head = re.sub("[”’》]|的[^的]{0,2}部分[^的]*$", "", told)
    if not rules.ends_in(head, "genus") or rules.ends_in(head, "hollow") or rules.holds(told, "rank"):
        return False
    return "的" in told or "一种" in told or len(told) > 8


def by_purpose(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """X旨在…, X主要用于…, 该X致力于…: what the thing is for."""
    text = passages[number].text
    for match in re.finditer(rules.pattern("purpose"), text):
        key = _purposed(text, match.start(), match[0], forms, rules)
        if key is None:
            continue
        start = match.start()
        end = clause_end(text, match.end())
        # 旨在…，并…: the aim runs on
        while re.match("，(?:并|以|从而|推动|促进|进一步|同时|解决)", text[end:]) and end - start < 60:
            end = clause_end(text, end + 1)
        start, end = trimmed(text, start, end)
        if end - start >= 10:
            yield Found(key, "purpose", 0.5, ((number, start, end),))


def _purposed(text: str, end: int, cue: str, forms: Forms, rules: Rules) -> str | None:
    """The concept whose purpose is told: the subject of the clause, the end of the clause before, or what 该X points back to."""
    stop = end - (text[end - 1 : end] == "，")
    span = subject(text, end, rules)
    if span:
        named = forms.named(text[span[0] : span[1]])
        if named:
            return named
        back = re.fullmatch("(?:该|这一|这个)([^，。；]{2,8})", text[clause_start(text, end) : end])
        if back:
            return _pointed_at(text, clause_start(text, end) - 1, back[1], forms)
    if stop < end:
        # … 组建了7家产业技术创新战略联盟，旨在 …
        for start, key in forms.ending_at(text, stop - (text[stop - 1] in "”》")):
            if rules.begins(text, start):
                return key
        return None
    # the subject of the sentence, a clause or two before: 创新券通过…方式，重点用于 …
    opening = clause_start(text, end, "。！？；")
    if opening < clause_start(text, end):
        return _opening_subject(text, opening, forms, rules, cue)
    return _opening_subject(text, opening, forms, rules, cue) if cue not in ("用于",) else None


def _pointed_at(text: str, end: int, head: str, forms: Forms) -> str | None:
    """该实验室 points back to the nearest form before it that ends in 实验室."""
    for stop in range(end, 0, -1):
        for start, key in forms.ending_at(text, stop):
            if stop - start > len(head) and text[start:stop].endswith(head[-2:]):
                return key
    return None


def _opening_subject(text: str, start: int, forms: Forms, rules: Rules, cue: str) -> str | None:
    for end, key in forms.starting_at(text, start):
        after = text[end:].lstrip("”》")
        if re.match("通过|应当|由|遵循|在|是|主要|，", after) or after.startswith(cue):
            return key
    return None


def by_attribute(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """What sets a coinage apart, standing before it: 以A为主体、B为导向的X, 集A、B于一体的X, “A—B—C”的X, A牵头、B支撑的X."""
    text = passages[number].text
    for at in outside(text, "的"):
        found = next(((e, k) for e, k in forms.starting_at(text, at + 1) if rules.ends(text, e)), None)
        if found is None:
            continue
        end, key = found
        start = _attribute(text, at, rules)
        if start is not None and end - start <= 160:
            closing = end + (text[end : end + 1] in "”》")
            yield Found(key, "genus", 0.55, ((number, start, closing),))
    # X，集A、B、C于一体
    for match in re.finditer("，(?P<told>集[^。；]{4,80}?于一体)", text):
        for start, key in forms.ending_at(text, match.start()):
            if rules.begins(text, start):
                yield Found(key, "genus", 0.55, ((number, *match.span("told")),))
                break


def _attribute(text: str, end: int, rules: Rules) -> int | None:
    """Where the defining attribute that ends before 的 at `end` begins, if there is one."""
    limit = clause_start(text, end, "。！？；")
    if text[end - 1] == "”":
        opening = text.rfind("“", limit, end)
        inner = text[opening + 1 : end - 1]
        if opening >= 0 and re.search("[、—+]|\\-", inner):
            while text[opening - 1 : opening] == "、" and text[opening - 2 : opening - 1] == "”":
                opening = text.rfind("“", limit, opening - 1)
            return opening
        return None
    clause = clause_start(text, end)
    for match in reversed(list(re.finditer("以|集|由|从|专门针对|针对|面向", text[limit:end]))):
        start = limit + match.start()
        if _MADE_OF.match(text, start) and (start >= clause or match[0] in ("以", "集")) and _reaches(text, start, end, match[0]):
            while before := re.search("以[^，。；、]{1,30}为[^，。；、]{1,12}[、，]$", text[limit:start]):
                start = limit + before.start()
            if rules.begins(text, start) and not text[:start].endswith(("可", "得", "所", "难")):
                return start
    # A牵头、B支撑、C协同的X, after a verb of making
    if next(outside(text, "、", clause, end), None) is None:
        return None
    for verb in rules.cues["create"]:
        if text.startswith(verb, clause):
            return clause + len(verb) if _clauses(text[clause + len(verb) : end]) else None
    return None


def _reaches(text: str, start: int, end: int, opener: str) -> bool:
    """Does the construction that opens at `start` fill the attribute up to 的?"""
    told = text[start:end]
    if "的" in told:
        return False
    if opener == "以":
        return "为" in told
    if opener == "集":
        return told.endswith("于一体")
    if opener == "由":
        return told.endswith(("组成", "构成"))
    return opener != "从" or "到" in told


_SAYS = re.compile("(?:牵头|支撑|主导|引领|协同|联动|参与|衔接|融合|结合|共享|互补|互动|贯通|互通|开放|运营|并重|并举|为主|为辅|驱动|赋能|保障)$")


def _clauses(told: str) -> bool:
    """Is the attribute a row of short statements (龙头企业牵头、高校院所支撑), not a row of praise?"""
    parts = re.split("[、，]", told)
    return len(parts) > 1 and bool(_SAYS.search(parts[-1])) and "的" not in told
