"""Merges forms step by step as the joins say, and picks the main form of each group."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence

from termbuilder.model import Form, TermType
from termbuilder.variants.index import Index
from termbuilder.variants.model import Group, Join, Member


def merged(index: Index, joins: Sequence[Join], shorts: Collection[int] = frozenset()) -> tuple[Group, ...]:
    """The groups that `joins` make of the forms, in the order of their best forms; the main form first.

    `shorts` are the numbers of forms that are abbreviations of a form in another group. The main form is the best-scored of those that no join
    marks as the less plain of two. Each other form tells the rule of the step that leads from it towards the main form.
    """
    parent = list(range(len(index.forms)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    steps: dict[int, list[Join]] = {}
    less_plain: set[int] = set()
    settled: set[int] = set()
    for join in joins:
        one, two = root(join.base), root(join.other)
        if one == two or join.longer in settled:
            continue
        if join.longer >= 0:
            settled.add(join.longer)
        parent[max(one, two)] = min(one, two)
        steps.setdefault(join.base, []).append(join)
        steps.setdefault(join.other, []).append(join)
        if join.heads:
            less_plain.add(join.other)
    together: dict[int, list[int]] = {}
    for i in sorted(steps):
        together.setdefault(root(i), []).append(i)  # the root is the best-scored
    return tuple(
        _group(index, together[i], steps, less_plain, shorts) if i in together else _alone(index.forms[i], i in shorts)
        for i in range(len(index.forms))
        if i in together or i not in steps
    )


def _alone(form: Form, short: bool) -> Group:
    return Group((Member(form, "", "abbreviation" if short else "fullForm"),))


def _group(
    index: Index, members: Sequence[int], steps: Mapping[int, Sequence[Join]], less_plain: set[int], shorts: Collection[int]
) -> Group:
    main = next((i for i in members if i not in less_plain), members[0])
    reason: dict[int, Join] = {}
    waiting = deque([main])
    while waiting:
        at = waiting.popleft()
        for join in steps.get(at, ()):
            for i in (join.base, join.other):
                if i != main and i not in reason:
                    reason[i] = join
                    waiting.append(i)
    short_main = main in shorts or any(join.other == main and join.term_type != "variant" for join in steps.get(main, ()))
    first = Member(index.forms[main], "", "abbreviation" if short_main else "fullForm")
    return Group((first, *(Member(index.forms[i], reason[i].rule, _type(i, reason[i])) for i in members if i != main)))


def _type(i: int, join: Join) -> TermType:
    """What form `i` is to the form it joins: the other of an abbreviation is its full form."""
    if i == join.other or join.term_type == "variant":
        return join.term_type
    return "fullForm"
