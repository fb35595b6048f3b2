"""Which form stands inside which, and how often a form stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick_rs

from termbuilder.model import Form
from termbuilder.variants.parallel import parallel_parts
from termbuilder.variants.rules import Rules

_SHORTEST = 2


@dataclass(frozen=True)
class Index:
    """The forms, best first, with their nesting; forms are known by their number in the order given.

    `alone[i]` is how often form i stands outside every longer form. `head[b]` is the longest other form that b ends with,
    `stem[b]` the longest that it begins with; `headed[a]` and `stemmed[a]` are the forms whose head or stem a is.
    `before[b]` are the kinds of what stands before the head of b (see `Parts.kinds_before`); `parallel[b]` the parts of a form that is made of
    parallel ones. `places` are names without 市, 区 or 县 that the forms give in full (溧阳, because of 溧阳市).
    """

    forms: Sequence[Form]
    number: Mapping[str, int]
    alone: Sequence[int]
    head: Mapping[int, int]
    stem: Mapping[int, int]
    headed: Mapping[int, tuple[int, ...]]
    stemmed: Mapping[int, tuple[int, ...]]
    before: Mapping[int, frozenset[str]]
    parallel: Mapping[int, tuple[str, ...]]
    places: frozenset[str]

    @classmethod
    def of(cls, forms: Sequence[Form], rules: Rules) -> Index:
        """Number the forms and find what stands inside what.

        >>> from termbuilder import tables
        >>> forms = [Form("双随机", "双随机", frequency=1), Form("双随机监管", "双随机监管", frequency=1)]
        >>> index = Index.of(forms, Rules.from_tables(tables.load()))
        >>> index.alone[0], index.stem[1]
        (0, 0)
        """
        number: dict[str, int] = {}
        for i, form in enumerate(forms):
            number.setdefault(form.key, i)
        keys = list(number)
        inside = ahocorasick_rs.AhoCorasick(
            keys, implementation=ahocorasick_rs.Implementation.ContiguousNFA
        ).find_matches_as_indexes
        numbers = list(number.values())
        frequency = [form.frequency for form in forms]
        covered = [0] * len(forms)
        alone = [0] * len(forms)
        head: dict[int, int] = {}
        stem: dict[int, int] = {}
        for key in sorted(keys, key=len, reverse=True):
            i, size = number[key], len(key)
            own = alone[i] = max(0, frequency[i] - covered[i])
            longest_head = longest_stem = _SHORTEST - 1
            for which, start, end in inside(key, overlapping=True):
                if end - start == size:
                    continue
                inner = numbers[which]
                covered[inner] += own
                if start == 0:
                    if end > longest_stem:
                        stem[i], longest_stem = inner, end
                elif end == size and size - start > longest_head:
                    head[i], longest_head = inner, size - start
        places = _places(number, rules.zones)
        before = _kinds_before(forms, head, places, rules)
        parallel = {i: parts for key, i in number.items() if (parts := parallel_parts(key))}
        return cls(forms, number, alone, head, stem, _inverted(head), _inverted(stem), before, parallel, places)


def _kinds_before(
    forms: Sequence[Form], head: Mapping[int, int], places: frozenset[str], rules: Rules
) -> dict[int, frozenset[str]]:
    known: dict[str, frozenset[str]] = {}
    kinds: dict[int, frozenset[str]] = {}
    for outer, inner in head.items():
        before = forms[outer].key[: -len(forms[inner].key)]
        if before not in known:
            known[before] = frozenset(rules.parts.kinds_before(before, places))
        kinds[outer] = known[before]
    return kinds


def _places(keys: Iterable[str], heads: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        key[:-1] for key in keys if 3 <= len(key) <= 4 and key[-1] in "市区县" and not (heads and key.endswith(heads))
    )


def _inverted(one: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    many: dict[int, list[int]] = {}
    for outer in sorted(one):
        many.setdefault(one[outer], []).append(outer)
    return {inner: tuple(outers) for inner, outers in many.items()}
