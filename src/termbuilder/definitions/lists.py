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
_ORDINAL = "一二三四五六七八九十"


def after_term(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """The members that follow the term: X，即A、B、C; X（A、B、C）; X——即“A—B—C”."""
    text = passages[number].text
    for match in _AFTER.finditer(text):
        ending = form_before(text, match.start(), forms, rules)
        if ending is None:
            continue
        key, term = ending[0], text[ending[1] : ending[2]]
        cue = match["cue"]
        start = match.end()
        says_so = cue.endswith(("即", "也就是", "含", "包括"))
        inside = cue.startswith("（")
        first_end = clause_end(text, start, "）" if inside else SENTENCE_ENDS)
        end = _list_end(text, start, first_end, counts(term))
        start, end = trimmed(text, start, end)
        members = _members(text, start, end)
        told = text[start:end]
        if (
            end - start < 4
            or bare(told) in forms.keys
            or bare("即" + told) in forms.keys
            or re.search(r"^\d|\d[个家项%万亿]|见|简称|[a-zA-Z]{4}", told)
        ):
            continue
        fits = len(members) in counts(term)
        alike = len(members) > 1 and all(member.rstrip("等").endswith(bare(term)[-1]) for member in members)
        begun = bool(re.match("包括|含|具备|指|即", told))
        if cue.endswith(("含", "包括")) and len(members) < 2:
            continue
        if says_so or (len(members) > 1 and (fits or (inside and (alike or begun)))):
            if cue in ("——", "：") and not fits:
                continue
            yield Found(key, "expansion", 0.8 + 0.05 * fits, ((number, start, end),))


def form_before(text: str, end: int, forms: Forms, rules: Rules) -> tuple[str, int, int] | None:
    """Key and span of the form that ends at `end`, with at most a short tail behind its quotation marks (“三高”发展理念)."""
    stop = end
    while stop and text[stop - 1] in QUOTES - {" "}:
        stop -= 1
    for start, key in forms.ending_at(text, stop):
        if rules.begins(text, start):
            return key, start, stop
    tail = re.search(r"”[^，。；：、“”（）的为是]{1,6}$", text[:stop])
    if tail:
        for start, key in forms.ending_at(text, tail.start()):
            if text[start - 1 : start] == "“":
                return key, start, tail.start()
    return None


def _members(text: str, start: int, end: int, last_two: bool = True) -> list[str]:
    """The members of a list; with `last_two` what 和 joins at its end is two."""
    borders = [start - 1, *outside(text, "、，；—", start, end), end]
    members = [text[a + 1 : b] for a, b in pairwise(borders) if b > a + 1]
    if members and last_two:
        last = re.split("以及|和|与|及(?!其)", members[-1], maxsplit=1)
        if len(last) == 2 and all(len(part) > 1 for part in last):
            members[-1:] = last
    return members


def _list_end(text: str, start: int, end: int, wanted: Sequence[int]) -> int:
    """Where a list ends: at the first comma at which the number of members is right, else at the first comma if 、 divides it."""
    commas = list(outside(text, "，", start, end))
    for comma in [*commas, end]:
        if len(_members(text, start, comma)) in wanted:
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
            found = next(
                (
                    (e, k)
                    for e, k in forms.starting_at(text, start)
                    if e > match.end() and (not quoted or e in (closing, closing + 1) or rules.ends(text, e))
                ),
                None,
            )
            if found is None:
                continue
            end, key = found
            counted = start == at  # the numeral belongs to the term
            if not counted and not (_tells(match, text[start:end]) and rules.ends(text, end)):
                continue
            wanted = counts(match["number"]) if not quoted else counts(text[at:end])
            span = _apposition(text, list_end, wanted, rules)
            if span is not None:
                last = end + (text[end : end + 1] in CLOSING)
                # 出生缺陷和适龄女性两癌筛查: without 、 a measure word or quotation marks must show that the numeral sums up
                if not (quoted or match["measure"] or re.search("[、+]", text[span:list_end])):
                    continue
                yield Found(key, "expansion", 0.8 if counted else 0.6, ((number, span, last),))
            break


def _tells(match: re.Match[str], term: str) -> bool:
    """Do N members before a class that is named without its number tell what the class is here?

    长白山、三江、吉光3个省实验室 does; 常州、武进两个国家高新区, or companies and projects counted with 家 and 项, are mere instances.
    """
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
        if opening >= 0 and {len(_members(text, opening + 1, stop - 1)), text.count("+", opening, stop) + 1} & set(wanted):
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
            members = _members(text, start, stop, last_two=inner == count - 2)
            if len(members) != count or any(len(member) < 2 or member in rules.borders for member in members):
                continue  # 坚持和落实“两个毫不动摇”: 落实 is no member
            if text[end : end + 1] == "“" and 3 * len(members[-1]) < max(map(len, members)):
                continue  # 水污染防治、大气污染防治和工业“三废”: the coinage belongs to the last member
            others = [len(member) for member in _members(text, first_pause + 1, stop)]
            # 首期聆听江阴、宜兴、梁溪: a first member that is much longer than the others still has its verb
            if first_pause - start >= 2 and (not others or first_pause - start <= 1.7 * max(others) + 2):
                return start
    return None


def in_sequence(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """Members told in the next sentences (一是…；二是…) or as the headings that follow a heading with the coinage."""
    passage = passages[number]
    text = passage.text
    end = len(text.rstrip("：:。 ”"))
    for start, key in forms.ending_at(text, end):
        wanted = [count for count in counts(text[start:end]) if 2 <= count <= 12]
        if not wanted or not rules.begins(text, start):
            continue
        pieces = _ordinals(passages, number + 1, wanted) or (
            _headings(passages, number + 1, wanted, bare(text[start:end])[-2:]) if passage.kind == "heading" else ()
        )
        if pieces:
            yield Found(key, "expansion", 0.75, pieces)
        break


def _ordinals(passages: Sequence[Passage], number: int, wanted: Sequence[int]) -> tuple[Span, ...]:
    """The heads of 一是…二是…, as many as the coinage counts; each up to its first stop."""
    pieces: list[Span] = []
    for later in range(number, min(len(passages), number + 40)):
        text = passages[later].text
        for match in re.finditer(f"(?<![{_ORDINAL}第])[{_ORDINAL}](?:是|要|、)", text):
            if text[match.start()] != _ORDINAL[min(len(pieces), 9)]:
                return ()
            pieces.append((later, match.end(), clause_end(text, match.end())))
        if len(pieces) in wanted and (later + 1 == len(passages) or not re.match(f"[{_ORDINAL}]是", passages[later + 1].text)):
            return tuple(pieces)
        if not pieces and later > number:
            return ()
    return ()


def _headings(passages: Sequence[Passage], number: int, wanted: Sequence[int], head: str) -> tuple[Span, ...]:
    """The headings that end in the same noun as the coinage, if they are as many as it counts."""
    pieces = []
    for later in range(number, len(passages)):
        passage = passages[later]
        text = passage.text
        if passage.kind in ("heading", "list") and text.rstrip("。 ").endswith(head) and len(text) <= 30:
            pieces.append((later, *trimmed(text, 0, len(text))))
            if len(pieces) == max(wanted):
                return tuple(pieces)
    return ()


def covering(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """X包括A、B和C: the term is the subject of the clause, the members are named one by one."""
    text = passages[number].text
    for match in re.finditer(rules.pattern("parts"), text):
        start = clause_start(text, match.start())
        key = forms.key(text[start : match.start()])
        last = clause_end(text, match.end(), SENTENCE_ENDS)
        begin, end = trimmed(text, match.end(), _list_end(text, match.end(), last, ()))
        members = _members(text, begin, end)
        if key and len(members) > 1 and match.start() > start and not re.search(r"\d", text[begin:end]) and end - begin <= 120:
            yield Found(key, "expansion", 0.65, ((number, begin, end),))
    # 建立X，明确A、B、C等内容
    for match in re.finditer("，明确(?P<told>[^，。；]{4,60}?等)(?:内容|事项|要求)", text):
        ending = form_before(text, match.start(), forms, rules)
        if ending is not None and "、" in match["told"]:
            yield Found(ending[0], "expansion", 0.5, ((number, match.start() + 1, match.end()),))
