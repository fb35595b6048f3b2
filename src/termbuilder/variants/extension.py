"""Joins between a term and the same term with something before or after it that makes no other concept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from termbuilder.variants.index import Index
from termbuilder.variants.model import Join
from termbuilder.variants.rules import DIVISIONS, Rules

# before a term: rank, place, round, number, degree: the concept stays
_LIGHT = frozenset({"level", "area", "body", "place", "round", "count", "any", "degree", "act"})
# of these, what may stand before a term that the texts also use without it
_LIGHT_ANYWHERE = frozenset({"area", "any", "round", "act"})
_PLAIN_AFTER = frozenset({"doing", "how", "state", "edition", "degree"})
# an activity named after what it does is a programme of its own (产业集群培育提升行动)
_PROGRAMMES = ("行动", "工程", "计划")
# reforming bodies is a policy of its own (国企改革), reforming a mechanism is done to it (要素市场化配置改革)
_BODIES = "企社司位业构"
_RULE = {
    "unknown": "never without the word before it",
    "scope": "field before the term, left out elsewhere",
    "level": "rank before the term",
    "area": "place before the term",
    "body": "place before the term",
    "place": "place before the term",
    "round": "round or year before the term",
    "count": "number before the term",
    "any": "word for all before the term",
    "degree": "degree word before the term",
    "act": "verb before the term",
}
_LONGEST_SECOND = 3
# what makes another thing of a short form that is a designation of its own
_STANDS_APART = frozenset({"level", "area", "place", "degree"})
_PLACES = frozenset({"area", "place", "body"})
_NATIONAL = ("国家", "全国")


def joins(index: Index, rules: Rules) -> Iterator[Join]:
    """A term with rank, place, round, degree or field before it; with an activity or property after it; a quoted core and its head."""
    found = [join for outer, inner in index.head.items() for join in _before(index, index.before, rules, inner, outer)]
    after: dict[str, frozenset[str]] = {}
    found += [join for outer, inner in index.stem.items() for join in _after(index, after, rules, inner, outer)]
    order = {rule: n for n, rule in enumerate(ORDER)}
    yield from sorted(found, key=lambda join: (order[join.rule], join.longer, join.other))


# which of two terms inside a longer form it belongs to: the surer rule decides
ORDER = (
    "nickname without its head",
    "round or year before the term",
    "rank before the term",
    "word for all before the term",
    "number before the term",
    "quoted core and its head",
    "degree word before the term",
    "place before the term",
    "verb before the term",
    "field before the term, left out elsewhere",
    "activity or property after the term",
    "goes on with 和",
    "never without the word before it",
)


def _before(index: Index, before: Mapping[int, frozenset[str]], rules: Rules, inner: int, outer: int) -> Iterator[Join]:
    term, kinds = index.forms[inner].key, before[outer]
    nested = index.alone[inner] == 0
    only = len(index.headed[inner]) == 1
    if not kinds or "sort" in kinds or ("place" in kinds and term[0] in DIVISIONS):
        return  # a bare 市科技局 is whose the texts say it is (spelling.py)
    if term in rules.terms and kinds <= _STANDS_APART:
        return  # 省双创 is a programme of the province, 有效高企 a figure of the statistics
    if kinds <= _PLACES and not nested and term.startswith(_NATIONAL):
        return  # each 国家高新区 is one of many
    rule = _RULE[next(kind for kind in _RULE if kind in kinds)]
    if kinds <= _LIGHT:
        if nested:
            light = all(
                before[other] <= _LIGHT - {"place"} and index.forms[other].frequency <= 1 for other in index.headed[inner]
            )
            if only or light:
                yield Join(inner, outer, rule, heads="place" not in kinds, longer=outer)
        elif kinds <= _LIGHT_ANYWHERE or _tally(index, inner, outer) or (only and not kinds & {"level", "count"}):
            yield Join(inner, outer, rule, heads="place" not in kinds, longer=outer)
    elif nested and only and (kinds <= _LIGHT | {"scope"} or _inseparable(index, rules, inner, outer)):
        yield Join(inner, outer, rule, longer=outer)


def _tally(index: Index, inner: int, outer: int) -> bool:
    """三家瞪羚企业 counts firms; 四大工程 and 三个同心圆 are coinages."""
    before = index.forms[outer].key[: -len(index.forms[inner].key)]
    return index.before[outer] == {"count"} and before[-1] == "家"


def _inseparable(index: Index, rules: Rules, inner: int, outer: int) -> bool:
    term, longer = index.forms[inner], index.forms[outer]
    before = longer.key[: -len(term.key)]
    return (
        term.frequency == longer.frequency
        and (len(term.key) >= 5 or term.quoted >= 0.5)
        and not term.key.endswith(rules.classes)
        and len(before) <= 7
        and before not in index.number
        and not any(c in before for c in "和与及+—、")
        and before[-1] != "的"
    )


def _after(index: Index, after: dict[str, frozenset[str]], rules: Rules, inner: int, outer: int) -> Iterator[Join]:
    """`after` remembers the kinds of the tails seen so far."""
    term, longer = index.forms[inner], index.forms[outer]
    tail = longer.key[len(term.key) :]
    if rules.nicknames.get(term.key) == longer.key:
        yield Join(outer, inner, "nickname without its head", "shortForm")
        return
    nested = index.alone[inner] == 0
    only = len(index.stemmed[inner]) == 1
    if tail not in after:
        after[tail] = frozenset(rules.parts.kinds_after(tail))
    kinds = after[tail]
    quoted = term.quoted >= 0.5 and term.key not in rules.terms and term.key not in rules.words
    if kinds == {"reform"} and term.key[-1] not in _BODIES:
        kinds = frozenset({"doing"})
    programme = tail.endswith(_PROGRAMMES) and tail not in rules.parts.after
    if (
        kinds <= _PLAIN_AFTER
        and not (programme and not quoted)
        and (kinds == {"edition"} or (nested and only) or (quoted and kinds == {"doing"}))
    ):
        yield Join(inner, outer, "activity or property after the term", longer=outer)
    elif quoted and nested and only and tail[0] != "等":
        yield Join(inner, outer, "quoted core and its head", longer=outer)
    elif nested and only and tail[0] in "和与及" and len(tail) <= 1 + _LONGEST_SECOND:
        yield Join(inner, outer, "goes on with 和", longer=outer)
