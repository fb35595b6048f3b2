"""Names made of a number: “532”发展战略, “532”战略 and “532” alone are one strategy; “532”工程 is something else.

The number in quotation marks is the name, the noun after it says what is called so. Whatever stands between the two (发展, 创新发展) only says more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from termbuilder.model import Form
from termbuilder.variants.index import Index
from termbuilder.variants.model import Join
from termbuilder.variants.rules import Rules

RULES = ("same number, same head", "number of the only name")

_NUMBERED = re.compile(r"([0-9]{2,5}[a-z]?)(?:([\u4e00-\u9fff].*))?")
# 500强, 2025年, 100个: a quantity, unless it stands in quotation marks
_MEASURED = re.compile(r"项(?!目)|[年月日号天周期届批轮版个家名位条件人次万亿千百十元级米亩吨强]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BREAK = re.compile(r"[，。；：！？]")
# every programme of the genre is for progress: these words tell no two programmes apart
_SAYS_MORE = frozenset({"degree", "act", "round", "level", "area", "any"})
_OPENING = "“"


@dataclass(frozen=True, slots=True)
class Name:
    """Form number `form` taken apart: its number, the words between number and head, the head (empty: no name ends so)."""

    form: int
    number: str
    between: str
    head: str


def names(forms: Sequence[Form], rules: Rules) -> dict[str, list[Name]]:
    """The forms that begin with a number that is a name, by number.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> found = names([Form("532发展战略", "“532”发展战略"), Form("2030年规划", "2030年规划")], rules)
    >>> found
    {'532': [Name(form=0, number='532', between='发展', head='战略')]}
    """
    split = [
        (i, match[1], match[2] or "")
        for i, form in enumerate(forms)
        if form.key[0] in "0123456789" and (match := _NUMBERED.fullmatch(form.key))
    ]
    quoted = {number for i, number, _ in split if _quoted(forms[i])}
    found: dict[str, list[Name]] = {}
    for i, number, tail in split:
        head = next((head for head in rules.named if tail.endswith(head)), "")
        known = _quoted(forms[i]) or (number in quoted and tail and not _MEASURED.match(tail))
        if known or (head in rules.programmes and not _YEAR.fullmatch(number) and not _MEASURED.match(tail)):
            found.setdefault(number, []).append(Name(i, number, tail[: len(tail) - len(head)], head))
    return found


def _quoted(form: Form) -> bool:
    return any(surface.startswith(_OPENING) for surface, _ in form.surfaces or ((form.surface, 1),))


def joins(index: Index, rules: Rules) -> Iterator[Join]:
    """Names with one number and one head, and the number alone where only one thing is called so."""
    for named in names(index.forms, rules).values():
        things = _things(named, rules)
        for thing in things:
            for other in thing[1:]:
                yield Join(thing[0].form, other.form, RULES[0])
        bare = next((one for one in named if not one.head and not one.between), None)
        if bare is not None and len(things) == 1:
            yield Join(things[0][0].form, bare.form, RULES[1], "shortForm")


def _things(named: Sequence[Name], rules: Rules) -> list[list[Name]]:
    """The names of one number, those of one thing together, the best-scored first."""
    by_head: dict[str, list[Name]] = {}
    for one in named:
        if one.head:
            by_head.setdefault(one.head, []).append(one)
    return [thing for head, some in by_head.items() for thing in _of_one_head(some, head in rules.programmes, rules)]


def _of_one_head(some: Sequence[Name], programme: bool, rules: Rules) -> Iterator[list[Name]]:
    one: list[Name] = []
    special: list[Name] = []
    for name in some:
        kinds = frozenset(rules.parts.kinds_before(name.between.replace("创新", "")))
        if kinds <= _SAYS_MORE:
            one.append(name)
        elif "sort" in kinds or not programme:  # “1231”链主型项目 is a kind of “1231”项目
            yield [name]
        else:
            special.append(name)
    fullest = max((name.between for name in special), key=len, default="")
    if all(name.between in fullest for name in special):  # “333”人才工程 and “333”高层次人才培养工程
        one = sorted((*one, *special), key=lambda name: name.form)
    else:  # which of them the plain name means cannot be told
        yield from ([name] for name in special)
    if one:
        yield one


def apart(index: Index, rules: Rules) -> Iterator[tuple[int, int]]:
    """Pairs of forms that one number names and that are two things: “465”战略 and “465”现代产业集群."""
    for named in names(index.forms, rules).values():
        first, *others = _things(named, rules) or [[]]
        yield from ((first[0].form, other[0].form) for other in others)


def scraps(forms: Sequence[Form], rules: Rules) -> frozenset[str]:
    """The keys of forms that are a numbered name cut short or run on (“462”创新, “462”战略落地), where the name itself is among the forms.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> surfaces = ("“462”创新发展战略", "“462”创新", "“462”创新发展战略落地", "“462”")
    >>> scraps([Form(surface.replace("“", "").replace("”", ""), surface) for surface in surfaces], rules) == {"462创新", "462创新发展战略落地"}
    True
    """
    found: set[str] = set()
    for named in names(forms, rules).values():
        whole = [one for one in named if one.head and not _BREAK.search(forms[one.form].surface)]
        whole = [one for one in whole if one.head in rules.things or not any(_goes_on(one, other) for other in whole)]
        if whole:
            found |= {forms[one.form].key for one in named if one not in whole and (one.between or one.head)}
    return frozenset(found)


def _goes_on(short: Name, long: Name) -> bool:
    """Is `long` what `short` was cut from?"""
    return short != long and (long.between + long.head).startswith(short.between + short.head)
