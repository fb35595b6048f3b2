"""Relations between groups: broader and narrower, full and short form, whole and part, see also."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from termbuilder.model import Form
from termbuilder.variants import numeric
from termbuilder.variants.index import Index
from termbuilder.variants.model import Group, Grouping, GroupLink, LinkKind
from termbuilder.variants.rules import DIVISIONS, Rules
from termbuilder.variants.short import Shortening
from termbuilder.variants.spelling import RULES as SPELLING_RULES

INVERSE: Mapping[LinkKind, LinkKind] = {
    "broader": "narrower",
    "narrower": "broader",
    "fullForm": "shortForm",
    "shortForm": "fullForm",
    "whole": "part",
    "part": "whole",
    "related": "related",
}
# A member joined by one of these says the same as its main form, word for word
SAME_WORDING = frozenset(
    {*SPELLING_RULES, "nickname without its head", "short form aligned with its full form", "known short form"}
)
# See-also links: more than a chance meeting, and no more than a reader follows. Terms that only stand in one sentence were chance in one
# case of four (会计年度 and 研发费用加计扣除); what a text names side by side again and again is of one rank.
LEAST_TOGETHER = 2
LEAST_DICE = 0.3
LEAST_RUN = 3  # two that share no character and stand alone side by side are rarely of one rank (劳动用工 and 安全生产)
MOST_RELATED = 3

_LIST_MARKS = re.compile(r"[、，,+＋/—–-]")
_QUOTATION = re.compile("“[^”]*”")
_COORDINATING = ("和", "与", "及", "等")
_SIZES = frozenset({"中小", "小微", "大中"})
_HAN_NUMERALS = frozenset("一二三四五六七八九十百千万亿两")
_NUMERALS = _HAN_NUMERALS | frozenset("0123456789")
_COUNTED = _NUMERALS | frozenset("个家项条名位")
_PREPOSITIONS = frozenset("以向把被将从对于在为有")
# Parts without a mark between them share a character; of long ones that may be chance (江南大学江阴校区)
_LONGEST_PART = 3
_LONGEST_CUT = 4
_SURELY_A_LIST = 3


class _Proposal(NamedTuple):
    """Form `target` is the broader term, full form, whole ... of form `source`."""

    kind: LinkKind
    source: int
    target: int
    rule: str


def links(
    index: Index,
    groups: Sequence[Group],
    shortened: Iterable[Shortening],
    lists: Iterable[tuple[str, Sequence[str]]],
    rules: Rules,
) -> tuple[GroupLink, ...]:
    """All links between the groups, each with its inverse; no pair of groups twice, no cycle of broader, no group to itself.

    `lists` are (key of the whole, keys of its parts) as the texts enumerate them. What a form says of another holds for
    their groups only if the form says the same as the main form of its group.
    """
    group_of = [-1] * len(index.forms)
    speaks = bytearray(len(index.forms))
    for n, group in enumerate(groups):
        for place, member in enumerate(group.members):
            number = index.number[member.form.key]
            group_of[number] = n
            speaks[number] = place == 0 or member.rule in SAME_WORDING
    proposed = chain(
        (_Proposal("fullForm", each.short, each.full, each.rule) for each in shortened),
        _listed(index, lists),
        _halves(index),
        _kinds(index, rules),
        _cores(index),
        _numbered(index, rules),
    )
    found: list[GroupLink] = []
    linked: set[int] = set()
    above: dict[int, list[int]] = {}
    for kind, speaker, named, rule in proposed:
        if not speaks[speaker] or not speaks[named]:
            continue
        source, target = group_of[speaker], group_of[named]
        pair = source * len(groups) + target if source < target else target * len(groups) + source
        if source == target or pair in linked:
            continue
        if kind == "broader":
            if _reaches(above, target, source):
                continue
            above.setdefault(source, []).append(target)
        linked.add(pair)
        found.append(GroupLink(kind, source, target, rule))
        found.append(GroupLink(INVERSE[kind], target, source, rule))
    return tuple(found)


def _reaches(above: Mapping[int, Sequence[int]], start: int, goal: int) -> bool:
    if start not in above:
        return False
    waiting, seen = [start], {start}
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        for one in above.get(at, ()):
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return False


def _listed(index: Index, lists: Iterable[tuple[str, Sequence[str]]]) -> Iterator[_Proposal]:
    for whole, parts in lists:
        if whole in index.number:
            for part in parts:
                if part in index.number:
                    yield _Proposal("whole", index.number[part], index.number[whole], "listed as its parts")


def _halves(index: Index) -> Iterator[_Proposal]:
    """碳达峰、碳中和 is made of 碳达峰 and 碳中和."""
    marked = [i for i, form in enumerate(index.forms) if form.surface != form.key]
    for i in sorted({*index.parallel, *marked}):
        form = index.forms[i]
        inner = form.surface.strip("“”")
        if inner.isalnum():
            parts = index.parallel.get(i, ())
            if form.key[0] in DIVISIONS or any(len(part) > _LONGEST_PART for part in parts):
                continue
        else:  # “新能源+”行动 is a name with a mark in it
            parts = () if "“" in inner or "”" in inner else tuple(_LIST_MARKS.split(inner))
        if len(parts) > 1 and len({len(part) for part in parts}) == 1:  # 概念验证、中试验证平台 shares its head: no list
            for part in dict.fromkeys(parts):
                if part in index.number:
                    yield _Proposal("whole", index.number[part], i, "one of its parts")


def _kinds(index: Index, rules: Rules) -> Iterator[_Proposal]:
    """A noun with something before it is a kind of what the noun names, unless it is the same thing, or only set beside it."""
    named = frozenset(rules.nicknames.values())
    nicknames = tuple(rules.nicknames)
    known = frozenset(index.number).union(rules.parts.before, rules.heads)
    for longer, inner in sorted(index.head.items()):
        form, head = index.forms[longer], index.forms[inner].key
        before = form.key[: -len(head)]
        if _cut_through(before, head, known) or before[-1] + head[0] in _SIZES or before in _PREPOSITIONS:
            continue  # 新能源|互联网 holds no 能源互联网; 中小微企业 holds 小微企业, not the other way round
        if (before[-1] in _NUMERALS and head[0] in _COUNTED) or (before[0] in _HAN_NUMERALS and head[0] in _HAN_NUMERALS):
            continue  # 五百亿级 is no 百亿级, 两特三新一现代 no 一现代
        if head[0] in DIVISIONS:
            continue  # a bare 市科技局 is no class
        printed = _printed_before(form, len(before))
        side_by_side = (
            _LIST_MARKS.search(_QUOTATION.sub("", printed))
            or before.endswith(_COORDINATING)
            or longer in index.parallel
            or before.count(before[-1]) >= _SURELY_A_LIST  # 投早投小投硬科技
            or (len(head) <= _LONGEST_PART and len(before) > len(head) and before[-len(head)] == head[0])  # 新模式新业态
            or (before.endswith(nicknames) and form.key not in named)
        )
        if side_by_side:
            continue
        if _same_thing(index.before[longer], before, head, form.surface[len(printed) :], rules):
            yield _Proposal("related", longer, inner, "contains it")
        else:
            yield _Proposal("broader", longer, inner, "kind of its head noun")


def _same_thing(kinds: frozenset[str], before: str, head: str, printed: str, rules: Rules) -> bool:
    """Does `before` (of these kinds) only say whose or which the one thing is that `head`, as `printed`, names?"""
    if printed.startswith("“") and (printed.endswith("”") or head.endswith(rules.programmes)):
        # 职业教育“双高计划”, 产业升级“1+9”行动: the name, its field before it; but 潜在“独角兽”
        return not any(kind == "sort" and before.endswith(word) for word, kind in rules.parts.before.items())
    if len(before) == 1 and head in rules.terms:  # 政产学研: one more partner
        return True
    if "act" in kinds and not kinds & {"unknown", "sort"}:  # 壮大科技型企业: what is done to it
        return True
    return before.endswith(rules.institutions) and any(head[:length] in rules.parts.places for length in (2, 3, 4))


def _printed_before(form: Form, size: int) -> str:
    """What stands in the printed form before the rest of its key, `size` characters of the key on."""
    if form.surface == form.key:
        return form.key[:size]
    at = 0
    for character in form.key[:size]:
        found = form.surface.lower().find(character, at)
        if found < 0:
            return form.key[:size]
        at = found + 1
    while at < len(form.surface) and form.surface[at] not in "“《〈" and form.surface[at].lower() != form.key[size]:
        at += 1
    return form.surface[:at]


def _cut_through(before: str, after: str, known: Collection[str]) -> bool:
    """Does the seam go through a word, with another word left behind it: 新|能源互联网 through 新能源?"""
    for left in range(1, min(len(before), _LONGEST_CUT - 1) + 1):
        word = before[-left:]
        for right in range(1, min(len(after) - 1, _LONGEST_CUT - left + 1)):
            if word + after[:right] in known and len(after) > right + 1 and after[right:] in known:
                return True
    return False


def _cores(index: Index) -> Iterator[_Proposal]:
    for longer, inner in sorted(index.stem.items()):
        yield _Proposal("related", longer, inner, "contains it")


def _numbered(index: Index, rules: Rules) -> Iterator[_Proposal]:
    for one, other in numeric.apart(index, rules):
        yield _Proposal("related", other, one, "same number")


def seen_together(grouping: Grouping, sentences: Iterable[Sequence[Sequence[str]]]) -> tuple[GroupLink, ...]:
    """See-also links between groups whose forms keep being named side by side.

    `sentences` give for each sentence the keys found in it, in runs: what stands in one run is joined by nothing but 、, 和 or the like.
    Groups that are linked already are left alone; each group gets at most MOST_RELATED, the closest first.

    >>> from termbuilder import tables, variants
    >>> forms = [Form(key, key) for key in ("碳账户", "碳信用", "夜市")]
    >>> grouping = variants.group(forms, (), variants.Rules.from_tables(tables.load()))
    >>> links = seen_together(grouping, [(("碳账户", "碳信用"), ("夜市",))] * 2)
    >>> [(link.source, link.target) for link in links]
    [(0, 1), (1, 0)]
    """
    group_of = {member.form.key: n for n, group in enumerate(grouping.groups) for member in group.members}
    linked = {frozenset((link.source, link.target)) for link in grouping.links}
    alone: Counter[int] = Counter()
    both: Counter[tuple[int, int]] = Counter()
    for runs in sentences:
        named = [sorted({group_of[key] for key in run if key in group_of}) for run in runs]
        alone.update({one for run in named for one in run})
        both.update(
            {pair for run in named for pair in combinations(run, 2) if len(run) >= LEAST_RUN or _alike(grouping, *pair)}
        )
    near: dict[int, list[tuple[float, int]]] = {}
    for (one, other), count in both.items():
        dice = 2 * count / (alone[one] + alone[other])
        if count >= LEAST_TOGETHER and dice >= LEAST_DICE and frozenset((one, other)) not in linked:
            near.setdefault(one, []).append((-dice, other))
            near.setdefault(other, []).append((-dice, one))
    closest = {one: {other for _, other in sorted(others)[:MOST_RELATED]} for one, others in near.items()}
    chosen = {(one, other) for one in closest for other in closest[one] if one < other and one in closest[other]}
    return tuple(
        GroupLink("related", source, target, "named side by side")
        for one, other in sorted(chosen)
        for source, target in ((one, other), (other, one))
    )


def _alike(grouping: Grouping, one: int, other: int) -> bool:
    return not set(grouping.groups[one].main.key).isdisjoint(grouping.groups[other].main.key)
