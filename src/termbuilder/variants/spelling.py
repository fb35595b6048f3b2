"""Joins between forms that differ in the way they are written, not in what they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from termbuilder.variants.index import Index
from termbuilder.variants.model import Join
from termbuilder.variants.parallel import parallel_parts
from termbuilder.variants.rules import DIVISIONS, Rules

# what typing and typesetting vary: enumeration commas, dots, dashes, brackets, title marks, 的
_DROPPED = re.compile(r"[\s、，,·•・\-—–－\(\)（）\[\]【】《》〈〉<>“”\"‘’'「」『』:：;；]+")
_PARTICLE = re.compile(r"(?<=..)[的等相](?=.)")
_SUFFIX = re.compile(r"(?<=..)[化性级](?=..)|(?<=国家)级|(?<=[百千万亿])元级")
_DIVISIONS_NAMED = frozenset("省市县区")
_BRACKETED = re.compile(r"([^（(]+)[（(]([^）)]+)[）)]")
_LATIN = re.compile(r"[A-Z][A-Za-z&]*[A-Z]")
_VARIED = re.compile("[的等相化性级省市县区]")  # what the rules 1 to 3 leave out
_BETWEEN = re.compile(r"[+＋×、，,/—–\-]")
RULES = (
    "same form",
    "with or without 的, 等, 相",
    "with or without a suffix",
    "place with or without 省, 市",
    "same parts in another order",
    "short word written out",
    "with its abbreviation in brackets",
    "seat of the body left out",
    "slip of the scanner",
)
# Below this a form written out is short enough to be an abbreviation with a life of its own (高企, 科创平台)
_SHORTEST_WRITTEN_OUT = 5


def joins(index: Index, rules: Rules) -> Iterator[Join]:
    """Forms that are one form: marks, 的, a suffix, 省 after its name, the order of equal parts, short words, slips of the scanner."""
    keys = [key if key.isalnum() else _DROPPED.sub("", key) for key in (form.key for form in index.forms)]
    first: dict[str, int] = {}
    for i, key in enumerate(keys):
        base = first.setdefault(key, i)
        if base != i:
            yield Join(base, i, RULES[0], heads=True)
    varied = [i for i, key in enumerate(keys) if _VARIED.search(key)]
    ordered = [i for i, key in enumerate(keys) if i in index.parallel or key != index.forms[i].key]
    steps: tuple[tuple[str, Sequence[int], Callable[[int], str]], ...] = (
        (RULES[1], varied, lambda i: _PARTICLE.sub("", keys[i])),
        (RULES[2], varied, lambda i: _SUFFIX.sub("", keys[i])),
        (RULES[3], varied, lambda i: _without_division(keys[i], rules)),
        (RULES[4], ordered, lambda i: in_order(index.forms[i].key)),
    )
    for rule, those, shape in steps:
        yield from _alike(keys, first, rule, those, shape)
    written = [rules.written_out(form.key) for form in index.forms]
    yield from _written_out(index, written)
    yield from _bracketed(index)
    yield from _seat_left_out(index, written, rules)
    yield from _slips(index, rules)


def _alike(
    keys: Sequence[str], first: Mapping[str, int], rule: str, those: Sequence[int], shape: Callable[[int], str]
) -> Iterator[Join]:
    """Joins between forms of one shape. All but `those` have that of their key, whose `first` form is known."""
    same: dict[str, list[int]] = {}
    for i in those:
        own = shape(i)
        if own != keys[i]:
            same.setdefault(own, [first[own]] if own in first else []).append(i)
    for alike in same.values():
        base = min(alike)
        yield from (Join(base, i, rule, heads=True) for i in alike if i != base)


def _without_division(key: str, rules: Rules) -> str:
    for length in (2, 3, 4):
        if key[length : length + 1] in _DIVISIONS_NAMED and key[:length] in rules.parts.places and len(key) > length + 3:
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


def _written_out(index: Index, written: Sequence[str]) -> Iterator[Join]:
    first: dict[str, int] = {}
    for i, form in enumerate(index.forms):
        if len(form.key) < _SHORTEST_WRITTEN_OUT and form.key[0] not in "省市区县":
            continue
        base = first.setdefault(written[i], i)
        if base == i:
            continue
        short, full = (i, base) if len(form.key) < len(index.forms[base].key) else (base, i)
        yield Join(full, short, "short word written out", "abbreviation")


def _bracketed(index: Index) -> Iterator[Join]:
    """贷款市场报价利率（LPR） says both names of one thing."""
    for i, form in enumerate(index.forms):
        match = _BRACKETED.fullmatch(form.surface) if form.surface[-1] in "）)" else None
        if match and (_LATIN.fullmatch(match[1]) or _LATIN.fullmatch(match[2])):
            for part in sorted((match[1].lower(), match[2].lower()), key=str.isascii):  # the full form, if it is there
                if part in index.number:
                    yield Join(index.number[part], i, "with its abbreviation in brackets", heads=True)
                    break


def _seat_left_out(index: Index, written: Sequence[str], rules: Rules) -> Iterator[Join]:
    """市科技局 in a text that knows one 市 only: 常州市科学技术局."""
    alike: dict[str, list[int]] = {}
    for i, key in enumerate(written):
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
        if len(form.key) < 3 or not rules.confusable.search(form.key):
            continue
        base = first.setdefault(form.key.translate(rules.lookalike), i)
        if base != i and form.frequency <= 1:
            yield Join(base, i, "slip of the scanner", heads=True)
