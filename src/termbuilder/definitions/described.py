"""Sentences that say what a known term is without saying 是指: its class, its purpose, what sets it apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbuilder.definitions.explicit import subject
from termbuilder.definitions.lists import Found, forms_before
from termbuilder.definitions.rules import Rules
from termbuilder.definitions.text import CLOSING, Forms, bare, bracket_before, clause_end, clause_start, outside, trimmed
from termbuilder.model import Passage

LONGEST_CLASS = 90


def by_class(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """X是Y, X作为Y where Y ends in a class of things and neither praises nor ranks: 创新港是集展示…于一体的平台."""
    text = passages[number].text
    for match in re.finditer("是(?!否|不是|指|非|以及|因为|由于)|作为", text):
        if text[match.start() - 1 : match.start()] in ("就", "不", "于", "还", "仍", "总", "都") or match.start() == 0:
            continue
        span = subject(text, match.start(), rules)
        key = forms.key(text[span[0] : span[1]]) if span else None
        between = text[span[1] : match.start()] if span else ""
        if (
            span is None
            or key is None
            or ("，" in between and not between.startswith(tuple(f"，{cue}" for cue in rules.cues["synonym"])))
        ):
            continue
        end = _class_end(text, match.end(), rules)
        if end:
            start = _with_mark(text, *span)
            yield Found(key, "genus", 0.6 if match[0] != "作为" else 0.55, ((number, start, end),))
            continue
        # X主要是从…角度研究…: what it does, told at length
        rest = clause_end(text, match.end(), "。！？；")
        if (
            text[: match.start()].endswith("主要")
            and re.match("从|对|利用|运用|通过|依托", text[match.end() :])
            and rest - match.end() > 15
        ):
            yield Found(key, "genus", 0.5, ((number, span[0], rest),))


def _class_end(text: str, start: int, rules: Rules) -> int:
    """Where the predicate ends that classifies, 0 if none does; X是A，是B goes on as long as each half classifies."""
    end = clause_end(text, start)
    # an attribute with commas comes before its noun: 是以公共政策为研究对象，以…为目标的研究机构
    while (
        re.match("(?:一[种个类项])?(?:以|由|通过|面向|集|在)", text[start:end])
        and not classifies(text[start:end], rules)
        and text[end : end + 1] == "，"
    ):
        end = clause_end(text, end + 1)
    if not 5 <= end - start <= LONGEST_CLASS or not classifies(text[start:end], rules):
        return 0
    while after := re.match("，是([^，。；]+)", text[end:]):
        if not classifies(after[1], rules):
            break
        end += after.end()
    return end


def classifies(told: str, rules: Rules) -> bool:
    """Does the predicate end in a class of things, with something that sets the thing apart, and without praise?

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> classifies("面向中小企业的公共服务平台", rules), classifies("高质量发展的重要支撑", rules)
    (True, False)
    """
    head = re.sub("[”’》]|的[^的]{0,2}部分[^的]*$", "", told)
    if (
        re.match("本|该|这|我", told)
        or re.search("(?:主要|首要|有效|根本性|基础性)的?[^的]{0,4}$", told)
        or not rules.ends_in(head, "genus")
        or rules.ends_in(head, "hollow")
        or rules.holds(told, "rank")
    ):
        return False
    return "的" in told or "一种" in told or len(told) > 8


def by_purpose(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """X旨在…, X主要用于…, 该X致力于…: what the thing is for."""
    text = passages[number].text
    for match in re.finditer(rules.pattern("purpose"), text):
        if text[: match.start()].endswith(("可", "应", "不", "已")):
            continue
        end = clause_end(text, match.end())
        # 旨在…，并…: the aim runs on
        while re.match("，(?:并|以|从而|推动|促进|进一步|同时|解决)", text[end:]) and end - match.start() < 60:
            end = clause_end(text, end + 1)
        if "用于" in match[0] and re.search(r"的(?:支出|投入|补助|资金|增量|比重|经费)|\d亿元", text[match.end() : end]):
            continue  # 中央财政用于科技的投入: what is spent, not what it is for
        for key, start in _purposed(text, match.start(), match[0], forms, rules):
            first, last = trimmed(text, start, end)
            if last - match.end() >= 6:
                yield Found(key, "purpose", 0.5, ((number, first, last),))


# What money and tools are for is what they are; elsewhere 用于 tells a use of the moment (财政赤字，主要用于减税).
_MEANS = ("资金", "基金", "经费", "券", "专项", "贷", "补助", "奖励", "账户", "平台", "系统", "税", "费")


def _purposed(text: str, end: int, cue: str, forms: Forms, rules: Rules) -> Iterator[tuple[str, int]]:
    """The concepts whose purpose is told and where each is named: the subject of the clause, or the noun before the comma."""

    def fits(term: str) -> bool:
        return "用于" not in cue or term.endswith(_MEANS)

    clause = clause_start(text, end)
    span = subject(text, end, rules)
    if span and fits(text[span[0] : span[1]]):
        named = forms.key(text[span[0] : span[1]])
        if named:
            yield named, _with_mark(text, *span)
            return
    back = re.fullmatch("(?:该|这一|这个)([^，。；]{2,8})", text[clause:end])
    if back:
        key = _pointed_at(text, clause - 1, back[1], forms)
        if key:
            yield key, clause
        return
    # … 组建了7家产业技术创新战略联盟，旨在 …; 专设专项资金，每年3000万元用于 …
    stop = clause - 1
    if (
        stop > 0
        and text[stop] == "，"
        and cue not in ("致力于", "定位于", "定位为")
        and (stop == end - 1 or re.fullmatch("每年[^，。；]{2,10}|(?:主要|重点)", text[clause:end]))
    ):
        before = [
            (key, _with_mark(text, start, last))
            for key, start, last in forms_before(text, bracket_before(text, stop), forms, rules)
            if fits(text[start:last])
        ]
        yield from before
        if before:
            return
    # the subject of the sentence, some clauses before: 创新券通过…方式，重点用于 …
    opening = clause
    while opening > 0 and text[opening - 1] == "，":
        opening = clause_start(text, opening - 1)
        for after, key in forms.starting_at(text, opening):
            if fits(text[opening:after]) and re.match("（[^（）]*）”?在|[”》]?(?:通过|应当|由|遵循|在)", text[after:]):
                yield key, opening
                return


def _pointed_at(text: str, end: int, head: str, forms: Forms) -> str | None:
    """该实验室 points back to the nearest form before it that ends in 实验室."""
    for stop in range(end, 0, -1):
        for start, key in forms.ending_at(text, stop):
            if stop - start > len(head) and text[start:stop].endswith(head[-2:]):
                return key
    return None


def _with_mark(text: str, start: int, end: int) -> int:
    """Where the term at `text[start:end]` begins with the quotation mark around it, if it has a pair of its own."""
    closing = {"“": "”", "《": "》"}.get(text[start - 1 : start])
    return start - (closing is not None and closing in text[start : end + 1])


def by_attribute(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """What sets a coinage apart, standing before it: 以A为主体、B为导向的X, 集A、B于一体的X, “A—B—C”的X, A牵头、B支撑的X."""
    text = passages[number].text
    for at in outside(text, "的"):
        quoted = text[at + 1 : at + 2] == "“"
        whole = [(e, k) for e, k in forms.starting_at(text, at + 1) if rules.ends(text, e)]
        if not whole or (not quoted and text.startswith(rules.cues["several"], at + 1)):
            continue
        fitting = [(e, k) for e, k in whole[1:] if rules.goes_on(text, at + 1, e)]
        if quoted or not (fitting or rules.ends_in(text[at + 1 : whole[0][0]], "vague")):
            fitting.insert(0, whole[0])  # otherwise the longest is no term: 芯片产业高效运转
        start = _attribute(text, at, quoted, rules)
        for end, key in fitting:  # “育苗行动”品牌 and 育苗行动 alike
            if start is not None and end - start <= 160:
                closing = end + (text[end : end + 1] in CLOSING)
                yield Found(key, "genus", 0.55 + 0.02 * quoted, ((number, start, closing),))
    # X，集A、B、C于一体; X，由A和B共建
    for match in re.finditer(
        "，(?P<told>集[^。；]{4,80}?于一体|由[^，。；]{4,60}?(?:共建|共同组建|联合组建|共同发起|联合发起|共同打造))(?=[，。；])",
        text,
    ):
        for start, key in forms.ending_at(text, match.start()):
            if rules.begins(text, start):
                yield Found(key, "genus", 0.55, ((number, *match.span("told")),))
                break


def _attribute(text: str, end: int, quoted: bool, rules: Rules) -> int | None:
    """Where the defining attribute that ends before 的 at `end` begins, if there is one; `quoted`: the term is a quoted coinage."""
    limit = clause_start(text, end, "。！？；")
    if text[end - 1] == "”":
        return _quoted_chain(text, limit, end)
    clause = clause_start(text, end)
    for match in reversed(list(re.finditer("以|集|(?<!集)“|由|从|专门针对|专为|面向|覆盖|涵盖|贯穿", text[limit:end]))):
        start = limit + match.start()
        if match[0] not in "以集" and start < clause:
            break
        if text[:start].endswith(("是", "是一个", "是一种", "成为", "打造成", "发展为", "建成")):
            return None  # A是面向…的B tells what A is, not what B is
        if _fills(text[start:end], quoted, rules) and (match[0] in "以集“" or rules.begins(text, start)):
            while before := re.search("以[^，。；、]{1,30}为[^，。；、]{1,12}[、，]$", text[limit:start]):
                start = limit + before.start()
            if not text[:start].endswith(("可", "得", "所", "难", "加", "予", "收", "云")):
                return start
    for verb in rules.cues["create"]:
        if text.startswith(verb, clause):
            several = re.search("一[批个种家项系列]+(?!.*一[批个种家项系列])", text[clause:end])
            start = clause + (several.end() if several else len(verb))
            return start if _clauses(text[start:end], quoted) else None
    return None


def _quoted_chain(text: str, limit: int, end: int) -> int | None:
    """“众创空间—孵化器—加速器”的X, “服务+股权”、“孵化+创投”的X."""
    opening = text.rfind("“", limit, end)
    if opening < 0 or not re.search("[、—+-]", text[opening + 1 : end - 1]):
        return None
    while text[opening - 2 : opening] == "”、":
        opening = text.rfind("“", limit, opening - 1)
    return opening


def _fills(told: str, quoted: bool, rules: Rules) -> bool:
    """Is the whole attribute one defining construction: 以A为主体、B为导向, 集A、B于一体, 由A、B组成, 从A到B, 面向A, 覆盖A、B?"""
    if "的" in told:
        return False
    if told[0] in "集“":
        return told.endswith("于一体")
    if told[0] == "由":
        return told.endswith(("组成", "构成"))
    if told[0] == "从":
        return quoted and "到" in told
    if told[0] in "覆涵贯":
        return told.count("、") > 1
    if told[0] != "以":
        return quoted if told[0] == "专" else len(told) >= 8
    parts = re.split("[、，]|以及", told)
    roles = [bool(re.search("为[^为]*$", part)) and rules.ends_in(part, "role") for part in parts]
    if not roles[-1] and not (any(roles) and _SAYS.search(parts[-1])):
        return False
    # one 以A为B alone (以技术创新为核心的企业竞争力) says too little, unless A is a coinage or a list or the term itself is quoted
    return sum(roles) > 1 or quoted or "“" in told or told.count("、") > 1 or (any(roles) and not roles[-1])


_SAYS = re.compile(
    "(?:牵头|支撑|主导|引领|协同|联动|参与|衔接|融合|结合|共享|互补|互动|贯通|互通|开放|运营|并重|并举|合作|驱动|赋能|保障|开源|运作)$"
)


def _clauses(told: str, quoted: bool) -> bool:
    """Is the attribute a row of short statements (龙头企业牵头、高校院所支撑), not a row of praise?"""
    parts = re.split("[、，]", told)
    return len(parts) > (1 if quoted else 2) and bool(_SAYS.search(parts[-1])) and "的" not in told


def by_origin(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """企业走进高校建立实训基地，形成“校中厂”: the clause before tells what the quoted coinage names."""
    text = passages[number].text
    for match in re.finditer("，(?:从而)?形成了?“(?P<term>[^“”]{2,14})”(?=[，。；])", text):
        key = forms.key(match["term"])
        start = clause_start(text, match.start())
        if key and match.start() - start >= 8:
            yield Found(key, "genus", 0.45, ((number, start, match.end()),))


def in_brackets(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """从全球引进的科技人才（科技移民）: the term stands in brackets behind the phrase that says what it is."""
    text = passages[number].text
    for match in re.finditer("（(?P<term>[^（）]{2,20})）", text):
        key = forms.keys.get(bare(match["term"]))
        start = clause_start(text, match.start())
        told = text[start : match.start()]
        if key and re.match("(?:从|由|以|具有|具备|经|能够|可以)[^的]{3,}的[^的]{2,}$", told):
            yield Found(key, "genus", 0.5, ((number, start, match.start()),))
