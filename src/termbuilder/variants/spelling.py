"""Joins between forms that differ in the way they are written, not in what they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from termbuilder.variants.index import Index
from termbuilder.variants.model import Join
from termbuilder.variants.rules import DIVISIONS, Rules

# what typing and typesetting vary: enumeration commas, dots, dashes, brackets, title marks, 的
_DROPPED = re.compile(r"[\s、，,·•・\-—–－\(\)（）\[\]【】《》〈〉<>“”\"‘’'「」『』:：;；]+")
_PARTICLE = re.compile(r"(?<=..)[的等相](?=.)")
_SUFFIX = re.compile(r"(?<=..)[化性级](?=..)|(?<=国家)级")
_BETWEEN = re.compile(r"[+＋×、，,/—–\-]")
RULES = (
    "same form",
    "with or without 的, 等, 相",
    "with or without a suffix",
    "place with or without 省, 市",
    "same parts in another order",
    "short word written out",
    "seat of the body left out",
    "slip of the scanner",
)
# Below this a form written out is short enough to be an abbreviation with a life of its own (高企, 科创平台)
_SHORTEST_WRITTEN_OUT = 5


def joins(index: Index, rules: Rules) -> Iterator[Join]:
    """Forms that are one form: marks, 的, a suffix, 省 after its name, the order of equal parts, short words, slips of the scanner."""
    steps: tuple[tuple[str, Callable[[str], str]], ...] = (
        (RULES[0], _unmarked),
        (RULES[1], lambda key: _PARTICLE.sub("", _unmarked(key))),
        (RULES[2], lambda key: _SUFFIX.sub("", _unmarked(key))),
        (RULES[3], lambda key: _without_division(key, rules)),
        (RULES[4], in_order),
    )
    for rule, shape in steps:
        yield from _alike(index, rule, shape)
    yield from _written_out(index, rules)
    yield from _seat_left_out(index, rules)
    yield from _slips(index, rules)


def _unmarked(key: str) -> str:
    return key if key.isalnum() else _DROPPED.sub("", key)


def _alike(index: Index, rule: str, shape: Callable[[str], str]) -> Iterator[Join]:
    first: dict[str, int] = {}
    for i, form in enumerate(index.forms):
        base = first.setdefault(shape(form.key), i)
        if base != i:
            yield Join(base, i, rule, heads=True)


def _without_division(key: str, rules: Rules) -> str:
    for length in (2, 3, 4):
        if (
            key[:length] in rules.parts.places
            and key[length : length + 1] in ("省", "市", "县", "区")
            and len(key) > length + 3
        ):
            return key[:length] + key[length + 1 :]
    return key


def in_order(key: str) -> str:
    """`key` with its parts in a fixed order, if it is made of parallel parts; else `key`.

    Parts are parallel when a mark stands between them, or when they are equally long and share a character in one place.

    >>> in_order("强链补链") == in_order("补链强链"), in_order("孵化+创投") == in_order("创投+孵化")
    (True, True)
    >>> in_order("创新技术") == in_order("技术创新")
    False
    """
    parts = list(parallel_parts(key)) if key.isalnum() else _BETWEEN.split(key)
    return "+".join(sorted(parts)) if len(parts) > 1 else key


def parallel_parts(key: str) -> tuple[str, ...]:
    """The equally long parts of `key` that share a character in one place; empty if it is not made so.

    >>> parallel_parts("碳达峰碳中和"), parallel_parts("科技创新")
    (('碳达峰', '碳中和'), ())
    """
    if len(set(key)) == len(key):
        return ()
    for length in (2, 3, 4):
        if len(key) % length or len(key) == length:
            continue
        pieces = tuple(key[at : at + length] for at in range(0, len(key), length))
        if any(len(set(column)) == 1 for column in zip(*pieces)):
            return pieces
    return ()


def _written_out(index: Index, rules: Rules) -> Iterator[Join]:
    first: dict[str, int] = {}
    for i, form in enumerate(index.forms):
        if len(form.key) < _SHORTEST_WRITTEN_OUT and form.key[0] not in "省市区县":
            continue
        base = first.setdefault(rules.written_out(form.key), i)
        if base == i:
            continue
        short, full = (i, base) if len(form.key) < len(index.forms[base].key) else (base, i)
        yield Join(full, short, "short word written out", "abbreviation")


def _seat_left_out(index: Index, rules: Rules) -> Iterator[Join]:
    """市科技局 in a text that knows one 市 only: 常州市科学技术局."""
    alike: dict[str, list[int]] = {}
    for i, form in enumerate(index.forms):
        key = rules.written_out(form.key)
        place = next((n for n in (2, 3, 4) if key[:n] in rules.parts.places or key[:n] in index.places), 0)
        if key[place : place + 1] in DIVISIONS and len(key) > place + 2:
            alike.setdefault(key[place:], []).append(i)
    for same in alike.values():
        bare = [i for i in same if index.forms[i].key[0] in DIVISIONS]
        full = [i for i in same if i not in bare]
        if bare and len({index.forms[i].key[:2] for i in full}) == 1:
            for i in bare:
                yield Join(full[0], i, "seat of the body left out", "shortForm")


def _slips(index: Index, rules: Rules) -> Iterator[Join]:
    first: dict[str, int] = {}
    for i, form in enumerate(index.forms):
        if len(form.key) < 3:
            continue
        base = first.setdefault(form.key.translate(rules.lookalike), i)
        if base != i and form.frequency <= 1:
            yield Join(base, i, "slip of the scanner", heads=True)
