"""Relations between groups: broader and narrower, full and short form, whole and part, see also."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from termbuilder.variants.index import Index
from termbuilder.variants.model import Group, Grouping, GroupLink, LinkKind
from termbuilder.variants.rules import DIVISIONS, Rules
from termbuilder.variants.short import Shortening
from termbuilder.variants.spelling import RULES as SPELLING_RULES
from termbuilder.variants.spelling import parallel_parts

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
# See-also links: more than a chance meeting, and no more than a reader follows
LEAST_TOGETHER = 2
LEAST_DICE = 0.3
# Of see-also links seen in two sentences only, one in four was chance (数字化智能化 and 银行贷款); not so where the two stand nowhere else.
SURE_TOGETHER = 3
SURE_DICE = 0.8
MOST_RELATED = 3

_COORDINATED = re.compile(r"[和与及、+＋—–/]$")
_SIZES = frozenset({"中小", "小微", "大中"})
_LIST_MARKS = re.compile(r"[、，,+＋/—–]")


@dataclass(frozen=True, slots=True)
class _Proposal:
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
    group_of: dict[int, int] = {}
    speaks: set[int] = set()
    for n, group in enumerate(groups):
        for member in group.members:
            number = index.number[member.form.key]
            group_of[number] = n
            if member is group.members[0] or member.rule in SAME_WORDING:
                speaks.add(number)
    proposed = (
        *(_Proposal("fullForm", each.short, each.full, each.rule) for each in shortened),
        *_listed(index, lists),
        *_halves(index),
        *_kinds(index, rules),
        *_cores(index),
    )
    found: list[GroupLink] = []
    linked: set[tuple[int, int]] = set()
    above: dict[int, set[int]] = {}
    for proposal in proposed:
        kind, source, target = proposal.kind, group_of[proposal.source], group_of[proposal.target]
        pair = (min(source, target), max(source, target))
        if source == target or pair in linked or proposal.source not in speaks or proposal.target not in speaks:
            continue
        if kind == "broader":
            if _reaches(above, target, source):
                continue
            above.setdefault(source, set()).add(target)
        linked.add(pair)
        found.append(GroupLink(kind, source, target, proposal.rule))
        found.append(GroupLink(INVERSE[kind], target, source, proposal.rule))
    return tuple(found)


def _reaches(above: Mapping[int, set[int]], start: int, goal: int) -> bool:
    if start not in above:
        return False
    waiting, seen = [start], {start}
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        new = above.get(at, set()) - seen
        seen |= new
        waiting.extend(new)
    return False


def _listed(index: Index, lists: Iterable[tuple[str, Sequence[str]]]) -> Iterator[_Proposal]:
    for whole, parts in lists:
        if whole in index.number:
            for part in parts:
                if part in index.number:
                    yield _Proposal("whole", index.number[part], index.number[whole], "listed as its parts")


def _halves(index: Index) -> Iterator[_Proposal]:
    """碳达峰、碳中和 is made of 碳达峰 and 碳中和."""
    for i, form in enumerate(index.forms):
        inner = form.surface.strip("“”")
        parts = parallel_parts(form.key) if inner.isalnum() else tuple(_LIST_MARKS.split(inner))
        if len(parts) > 1 and len({len(part) for part in parts}) == 1:  # 概念验证、中试验证平台 shares its head: no list
            for part in dict.fromkeys(parts):
                if part in index.number:
                    yield _Proposal("whole", index.number[part], i, "one of its parts")


def _kinds(index: Index, rules: Rules) -> Iterator[_Proposal]:
    """A noun with something before it is a kind of what the noun names, unless both are only set side by side."""
    named = frozenset(rules.nicknames.values())
    for longer, inner in sorted(index.head.items()):
        key, head = index.forms[longer].key, index.forms[inner].key
        before = key[: -len(head)]
        if before[-1] + head[0] in _SIZES or head[0] in DIVISIONS:
            continue  # 中小微企业 holds 小微企业, not the other way round; a bare 市科技局 is no class
        side_by_side = (
            _COORDINATED.search(before) or parallel_parts(key) or (before.endswith(tuple(rules.nicknames)) and key not in named)
        )
        if not side_by_side:
            yield _Proposal("broader", longer, inner, "kind of its head noun")


def _cores(index: Index) -> Iterator[_Proposal]:
    for longer, inner in sorted(index.stem.items()):
        yield _Proposal("related", longer, inner, "contains it")


def seen_together(grouping: Grouping, passages: Iterable[Collection[str]]) -> tuple[GroupLink, ...]:
    """See-also links between groups whose forms keep meeting: `passages` gives the keys found in each sentence.

    Groups that are linked already are left alone; each group gets at most MOST_RELATED, the closest first.
    """
    group_of = {member.form.key: n for n, group in enumerate(grouping.groups) for member in group.members}
    linked = {frozenset((link.source, link.target)) for link in grouping.links}
    alone: Counter[int] = Counter()
    both: Counter[tuple[int, int]] = Counter()
    for keys in passages:
        present = sorted({group_of[key] for key in keys if key in group_of})
        alone.update(present)
        both.update(combinations(present, 2))
    near: dict[int, list[tuple[float, int]]] = {}
    for (one, other), count in both.items():
        dice = 2 * count / (alone[one] + alone[other])
        often = count >= SURE_TOGETHER or (count >= LEAST_TOGETHER and dice >= SURE_DICE)
        if often and dice >= LEAST_DICE and frozenset((one, other)) not in linked:
            near.setdefault(one, []).append((-dice, other))
            near.setdefault(other, []).append((-dice, one))
    closest = {one: {other for _, other in sorted(others)[:MOST_RELATED]} for one, others in near.items()}
    chosen = {(one, other) for one in closest for other in closest[one] if one < other and one in closest[other]}
    return tuple(
        GroupLink("related", source, target, "seen together")
        for one, other in sorted(chosen)
        for source, target in ((one, other), (other, one))
    )
