"""Merges forms step by step as the joins say, and picks the main form of each group."""

from __future__ import annotations

from collections.abc import Sequence

from termbuilder.variants.index import Index
from termbuilder.variants.model import Group, Join, Member


def merged(index: Index, joins: Sequence[Join]) -> tuple[Group, ...]:
    """The groups that `joins` make of the forms, in the order of their best forms; the main form first.

    The main form is the best-scored of those that no join marks as the less plain of two.
    """
    parent = list(range(len(index.forms)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    reason: dict[int, Join] = {}
    less_plain: set[int] = set()
    settled: set[int] = set()
    for join in joins:
        one, two = root(join.base), root(join.other)
        if one == two or join.longer in settled:
            continue
        if join.longer >= 0:
            settled.add(join.longer)
        parent[max(one, two)] = min(one, two)
        reason.setdefault(join.other, join)
        reason.setdefault(join.base, join)
        if join.heads:
            less_plain.add(join.other)
    together: dict[int, list[int]] = {}
    for i in range(len(index.forms)):
        together.setdefault(root(i), []).append(i)
    return tuple(_group(index, members, reason, less_plain) for members in together.values())


def _group(index: Index, members: Sequence[int], reason: dict[int, Join], less_plain: set[int]) -> Group:
    main = next((i for i in members if i not in less_plain), members[0])
    rest = [i for i in members if i != main]
    return Group(
        (
            Member(index.forms[main], "", "fullForm"),
            *(Member(index.forms[i], reason[i].rule, reason[i].term_type) for i in rest),
        )
    )
