"""What a coinage stands for, counted out: “四大工程”，即A、B、C、D; A、B、C三大基地; 三大基地（A、B、C）; 一是 ... 二是 ..."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from termbuilder.definitions.explicit import Span
from termbuilder.definitions.rules import Rules, counts, numeral_value
from termbuilder.definitions.text import (
    CLOSING,
    QUOTES,
    SENTENCE_ENDS,
    Forms,
    bare,
    clause_end,
    clause_start,
    outside,
    trimmed,
)
from termbuilder.model import DefinitionKind, Passage


class Found(NamedTuple):
    """A definition found for a known form: its concept, the sort of evidence, how good, and where it stands."""

    key: str
    kind: DefinitionKind
    score: float
    pieces: tuple[Span, ...]


_AFTER = re.compile("(?P<cue>，即|——即|——|，也就是|，也即|（即|（含|（包括|（|：)")
# 三级, 五年, 四期 count degrees and times, not members
_COUNT = re.compile(
    r"(?P<number>\d+|[二三四五六七八九十两]+)(?P<measure>[大个项类种条家座支]|(?=[“\u4e00-\u9fff]))(?![级年月日期届号章节层阶线星成倍点回万亿千百多余])"
)
_LAST_ITEM = re.compile("和|与|及|以及|、")
_MEANT = re.compile("(?:是|即)?指(?![标数导引挥定示出令南])")


def after_term(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """The members that follow the term: X，即A、B、C; X（A、B、C）; X——即“A—B—C”."""
    text = passages[number].text
    for match in _AFTER.finditer(text):
        for key, begin, stop in forms_before(text, match.start(), forms, rules):
            found = _listed_after(text, match, key, text[begin:stop], forms)
            if found is not None:
                start, end, fits = found
                yield Found(key, "expansion", 0.8 + 0.05 * fits, ((number, start, end),))


def _listed_after(text: str, match: re.Match[str], key: str, term: str, forms: Forms) -> tuple[int, int, bool] | None:
    """Span of the members that `term` is followed by, and whether they are as many as it counts; None if none are told there."""
    cue = match["cue"]
    says_so = cue.endswith(("即", "也就是", "含", "包括"))
    inside = cue.startswith("（")
    first_end = clause_end(text, match.end(), "）" if inside else SENTENCE_ENDS)
    start, end = trimmed(text, match.end(), list_end(text, match.end(), first_end, counts(term)))
    meant = _MEANT.match(text, start, end)
    start = meant.end() if meant else start  # （指规模以上工业企业 …）
    told, members = text[start:end], members_of(text, start, end)
    if (
        end - start < 4
        or _other_name(told, key, forms)
        or bare("即" + told) in forms.keys
        or re.search(r"^\d|\d[个家项%万亿]|见|简称|[a-zA-Z]{4}", told)
        or (cue == "（即" and re.match(".{1,2}即", told))  # （即联即用中国）: a coinage of the shape 即A即B
        or (cue.endswith(("含", "包括")) and len(members) < 2)
    ):
        return None
    fits = len(members) in counts(term)
    alike = len(members) > 1 and all(member.rstrip("等").endswith(bare(term)[-1]) for member in members)
    begun = bool(re.match("包括|含|具备|指|即", told))
    if cue in ("——", "：") and not fits:
        return None
    return (start, end, fits) if says_so or (len(members) > 1 and (fits or (inside and (alike or begun)))) else None


def _other_name(told: str, key: str, forms: Forms) -> bool:
    """Is what follows only a name: one of the concept's own, or that of another concept, and no list or description?"""
    if "、" not in told:
        told = told.split("，")[0]
    known = forms.key(told)
    return known is not None and (known == key or not re.search("[、，—+的]", told))


def forms_before(text: str, end: int, forms: Forms, rules: Rules) -> Iterator[tuple[str, int, int]]:
    """Key and span of the forms that end at `end`, with at most a short tail behind the quotation marks (“三高”发展理念).

    The longest first; a shorter one too if what stands before it is a verb or its own quotation mark: 专设“育苗资金”, not 国家|实验室.
    """
    stop = end
    while stop and text[stop - 1] in QUOTES - {" "}:
        stop -= 1
    first: int | None = None
    for start, key in forms.ending_at(text, stop):
        if rules.begins(text, start) and (first is None or _leads_up(text, first, start, stop, rules)):
            first = start if first is None else first
            yield key, start, stop
    tail = re.search(r"”[^，。；：、“”（）的为是]{1,6}$", text[:stop])
    if tail:
        for start, key in forms.ending_at(text, tail.start()):
            if text[start - 1 : start] == "“":
                yield key, start, tail.start()


def _leads_up(text: str, first: int, start: int, stop: int, rules: Rules) -> bool:
    """Does `text[first:start]` only lead up to the term at `start`, although together they were taken for a term?"""
    return text[start - 1] == "“" or rules.without_opening(text, first, stop) >= start


def members_of(text: str, start: int, end: int, last_two: bool = True) -> list[str]:
    """The members of a list; with `last_two` what 和 joins at its end is two."""
    borders = [start - 1, *outside(text, "、，；—", start, end), end]
    members = [text[a + 1 : b] for a, b in pairwise(borders) if b > a + 1]
    if members and last_two:
        last = re.split("以及|和|与|及(?!其)", members[-1], maxsplit=1)
        if len(last) == 2 and all(len(part) > 1 for part in last):
            members[-1:] = last
    return members


def list_end(text: str, start: int, end: int, wanted: Sequence[int]) -> int:
    """Where a list ends: at the first comma at which the number of members is right, else at the first comma if 、 divides it."""
    commas = list(outside(text, "，", start, end))
    for comma in [*commas, end]:
        if len(members_of(text, start, comma)) in wanted:
            return comma
    if commas and next(outside(text, "、", start, commas[0]), None) is not None:
        return commas[0]
    return end if not commas or end - start <= 80 else commas[0]


def before_term(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """The members that stand before the term in apposition: A、B、C三大基地; A、B、C“三链合一”; “A、B、C”三原则."""
    text = passages[number].text
    for match in _COUNT.finditer(text):
        at = match.start()
        quoted = text[at - 1 : at] == "“"
        list_end = at - quoted
        before = text[:list_end]
        # “两重”建设、“两新”工作: a coinage in a list is a member, not its sum
        if not before or before[-1].isdigit() or before[-1] in "第—-、和与及的为对向以在从由于把将被按要":
            continue
        for start in dict.fromkeys((at, match.end())):
            closing = text.find("”", at) if quoted else -1
            fitting = [
                (e, k)
                for e, k in forms.starting_at(text, start)
                if e > match.end() and (not quoted or e in (closing, closing + 1) or rules.ends(text, e))
            ]
            counted = start == at  # the numeral belongs to the term
            over = [(e, k) for e, k in fitting[1:] if rules.goes_on(text, start, e)]
            for end, key in over if over and not quoted else [*fitting[:1], *over]:
                if not counted and not rules.ends(text, end):
                    continue
                if not counted and not _tells(match, text[start:end]):
                    continue
                wanted = counts(match["number"]) if not quoted else counts(text[at:end])
                span = _apposition(text, list_end, wanted, rules)
                # 出生缺陷和适龄女性两癌筛查: without 、 a measure word or quotation marks must show that the numeral sums up
                if span is not None and (quoted or match["measure"] or re.search("[、+]", text[span:list_end])):
                    last = end + (text[end : end + 1] in CLOSING)
                    yield Found(key, "expansion", 0.8 if counted else 0.6, ((number, span, last),))
            if fitting:
                break


def _tells(match: re.Match[str], term: str) -> bool:
    """Do N members before a class that is named without its number tell what the class is here?

    长白山、三江、吉光3个省实验室 does; 常州、武进两个国家高新区, or companies and projects counted with 家 and 项, are mere instances.
    """
    if term.endswith(("项目", "企业", "公司", "单位")):
        return False  # counted one by one: each is an instance
    return len(term) >= 4 and (
        match["measure"] == "大" or (match["measure"] in "个类种" and numeral_value(match["number"]) >= 3)
    )


def _apposition(text: str, end: int, wanted: Sequence[int], rules: Rules) -> int | None:
    """Where the list of `wanted` members that ends at `end` begins, or None if no such list stands there."""
    stop = end
    if text[stop - 1] == "等":
        stop -= 1
    if text[stop - 1] == "”":
        opening = text.rfind("“", 0, stop)
        if opening >= 0 and {len(members_of(text, opening + 1, stop - 1)), text.count("+", opening, stop) + 1} & set(wanted):
            return opening
    limit = clause_start(text, stop)
    pauses = list(outside(text, "、", limit, stop))
    for count in wanted:
        if count < 2:
            continue
        joined = re.search("(?:以及|和|与|及(?!其))[^、，和与及]{1,20}$", text[limit:stop])
        for inner in (count - 2, count - 1):  # with the last two joined by 和, and without
            if (inner == count - 2 and not joined) or not 0 <= inner <= len(pauses) or (inner == 0 and not joined):
                continue
            first_pause = pauses[-inner] if inner else stop
            start = pauses[-inner - 1] + 1 if len(pauses) > inner else limit
            if len(pauses) > inner:
                # the member that opens the list hangs on an earlier list: … 改革和科研项目评审、机构评估
                link = re.search("(?:以及|和|与|及)", text[start:first_pause])
                if link is None:
                    continue
                start += link.end()
            elif quote := re.match("“[^”]+”(?=..)", text[start:first_pause]):
                start += quote.end()
            start = rules.without_opening(text, rules.behind_verb(text, start, first_pause), first_pause)
            members = members_of(text, start, stop, last_two=inner == count - 2)
            if len(members) != count or any(len(member) < 2 or member in rules.borders for member in members):
                continue  # 坚持和落实“两个毫不动摇”: 落实 is no member
            if text[end : end + 1] == "“" and 3 * len(members[-1]) < max(map(len, members)):
                continue  # 水污染防治、大气污染防治和工业“三废”: the coinage belongs to the last member
            others = [len(member) for member in members_of(text, first_pause + 1, stop)]
            # 首期聆听江阴、宜兴、梁溪: a first member that is much longer than the others still has its verb
            if first_pause - start >= 2 and (not others or first_pause - start <= 1.7 * max(others) + 2):
                return start
    return None
