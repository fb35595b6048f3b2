"""Puts parts together: Chinese order to English order, head by head, the cheapest analysis of all.

`analyse` tries the rules for two neighbours (noun_rules, verb_rules) and for what marks link on all stretches, shortest first.
Costs are for comparing analyses: what is idiomatic is cheap, what may be right is dear, what cannot be said has no rule.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence

from termbuilder.equivalents import noun_rules, verb_rules
from termbuilder.equivalents.inflect import English
from termbuilder.equivalents.parts import Part


def analyse(tokens: Sequence[Sequence[Part]], english: English, acting: bool = False) -> Part | None:
    """The cheapest reading of a row of parts as one expression, or None; with `acting`, of those that say what is done, if there are any.

    >>> noun, verb = Part("N", "enterprise"), Part("V", "cultivate", nominal="cultivation")
    >>> analyse([[verb], [noun]], English()).text, analyse([[noun], [verb]], English()).text
    ('cultivate enterprises', 'enterprise cultivation')
    """
    size = len(tokens)
    chart: dict[tuple[int, int], dict[str, Part]] = {}
    for start, parts in enumerate(tokens):
        chart[start, start + 1] = _cheapest([*parts, *filter(None, map(_as_noun, parts))])
    for length in range(2, size + 1):
        for start in range(size - length + 1):
            end = start + length
            found = [
                part
                for middle in range(start + 1, end)
                for left in chart[start, middle].values()
                for right in chart[middle, end].values()
                for part in _joined(left, right, english)
            ]
            found += [
                part
                for middle in range(start + 1, end - 1)
                for left in chart[start, middle].values()
                for mark in chart[middle, middle + 1].values()
                if mark.kind in ("&", "of")
                for right in chart[middle + 1, end].values()
                for part in _linked(left, mark, right, english)
            ]
            chart[start, end] = _cheapest([*found, *filter(None, map(_as_noun, found))])
    whole = [part for part in chart[0, size].values() if _stands_alone(part)]
    if acting:
        whole = [part for part in whole if part.kind == "C"] or whole
    return min(whole, key=lambda part: part.cost + _UNLIKELY_WHOLE.get(part.kind, 0), default=None)


def _stands_alone(part: Part) -> bool:
    """A noun, an act, a clause; of modifiers one or two, or an enumeration: 绿色低碳, 数字化、网络化."""
    few = part.kind != "A" or part.words < 3 or "and" in part.text.split()
    return part.kind == "N" or (part.kind in _UNLIKELY_WHOLE and few)


# A term is a noun phrase first of all.
_UNLIKELY_WHOLE = {"V": 0.1, "W": 0.1, "C": 0.3, "A": 0.4}


def _cheapest(parts: Sequence[Part]) -> dict[str, Part]:
    best: dict[str, Part] = {}
    for part in parts:
        # a noun phrase with something behind its head combines differently, so both are kept
        slot = part.kind + ("+" if part.post and part.kind == "N" else "")
        if slot not in best or part.cost < best[slot].cost:
            best[slot] = part
    return best


def phrase(part: Part) -> str:
    """The English of a finished analysis, as a glossary writes it: singular, verbs in -ing."""
    if part.kind == "N":
        return re.sub(r"\b(non) (?=[a-z])", r"\1-", " ".join(filter(None, (part.text, part.post))))
    if part.kind in ("V", "W"):
        return part.nominal or verb_rules.ing(part)
    if part.kind == "A" and part.lead and part.text.startswith(f"{part.lead} "):
        return f"{part.lead} and {part.text[len(part.lead) + 1 :]}"
    return verb_rules.ing(part) if part.kind == "C" else part.text


def _as_noun(part: Part) -> Part | None:
    if part.kind in ("V", "W") and part.nominal:
        cost = part.cost + (0.35 if part.kind == "V" else 0.6)
        return Part("N", part.nominal, cost=cost, words=part.words, plural=True, act=True)
    return None


def _joined(left: Part, right: Part, english: English) -> list[Part]:
    rule = _RULES.get((left.kind, right.kind))
    if rule is None:
        return []
    cost, words = left.cost + right.cost, left.words + right.words
    return [
        part._replace(
            text=_once(part.text),
            cost=cost + part.cost,
            words=words,
            items=(),
            act_first=_starts_with_act(left),
            attribute=part.attribute if right.kind == "N" and left.kind == "M" else "",
        )
        for part in rule(left, right, english)
    ]


def _starts_with_act(left: Part) -> bool:
    if left.words > 1:
        return left.act_first
    return (left.act or left.kind in ("V", "W")) and (left.nominal or left.text) not in noun_rules.ON_ACTS


def _once(text: str) -> str:
    """The head of a ready part and the head after it are often the same word: reform reform, networks network are said once."""
    words = text.split(" ")
    return " ".join(
        word for word, after in itertools.zip_longest(words, words[1:]) if after is None or word not in (after, f"{after}s")
    )


_RULES: Mapping[tuple[str, str], Callable[[Part, Part, English], list[Part]]] = {
    ("N", "N"): noun_rules.noun_noun,
    ("A", "N"): noun_rules.modifier_noun,
    ("M", "N"): noun_rules.quantity_noun,
    ("D", "N"): noun_rules.adverb_noun,
    ("K", "N"): noun_rules.partners_noun,
    ("A", "A"): noun_rules.modifiers,
    ("K", "K"): noun_rules.partners,
    ("N", "S"): noun_rules.suffixed,
    ("N", "B"): noun_rules.bracketed,
    ("A", "B"): noun_rules.bracketed,
    ("V", "B"): noun_rules.bracketed,
    ("N", "V"): verb_rules.noun_verb,
    ("N", "W"): verb_rules.noun_verb,
    ("N", "C"): verb_rules.noun_clause,
    ("A", "V"): verb_rules.modifier_verb,
    ("A", "W"): verb_rules.modifier_verb,
    ("K", "V"): verb_rules.partners_verb,
    ("V", "N"): verb_rules.verb_noun,
    ("W", "N"): verb_rules.verb_noun,
    ("C", "N"): verb_rules.clause_noun,
    ("D", "V"): verb_rules.adverb_verb,
    ("D", "W"): verb_rules.adverb_verb,
    ("D", "C"): verb_rules.adverb_clause,
    ("V", "V"): verb_rules.verb_verb,
    ("W", "W"): verb_rules.verb_verb,
    ("V", "W"): verb_rules.verb_verb,
    ("W", "V"): verb_rules.act_of_act,
    ("W", "C"): verb_rules.act_of_clause,
    ("C", "C"): verb_rules.clauses,
}


def _linked(left: Part, mark: Part, right: Part, english: English) -> list[Part]:
    cost, words = left.cost + right.cost, left.words + right.words
    if mark.kind == "of":
        return [part._replace(cost=cost + part.cost, words=words) for part in _owned(left, right, english)]
    if left.kind != right.kind or left.kind not in ("N", "A", "V", "W", "C") or right.items:
        return []
    items = (*(left.items or (_whole(left),)), _whole(right))
    text = _listed(items, mark.text)
    settled = left.plural and right.plural
    if left.kind in ("N", "A"):
        before = f"{left.attribute}, {right.attribute}" if left.attribute and right.attribute else ""
        return [Part(left.kind, text, cost=cost + 0.2, words=words, plural=settled, items=items, attribute=before)]
    nominal = _listed((left.nominal, right.nominal), mark.text) if left.nominal and right.nominal and not left.items else ""
    acts = (*(left.acts or (verb_rules.ing(left),)), verb_rules.ing(right))
    return [
        Part(
            left.kind,
            text,
            nominal=nominal,
            preposition=right.preposition,
            cost=cost + 0.2,
            words=words,
            items=items,
            acts=acts,
            ing=_listed(acts, mark.text),
        )
    ]


def _whole(part: Part) -> str:
    return f"{part.text} {part.post}" if part.post and part.kind == "N" else part.text


def _listed(items: Sequence[str], mark: str) -> str:
    """An enumeration as running English writes it.

    >>> _listed(("a", "b", "c"), ","), _listed(("a", "b"), "or"), _listed(("a", "b"), "-"), _listed(("a", "b"), "plus")
    ('a, b and c', 'a or b', 'a-b', 'a plus b')
    """
    items = tuple(dict.fromkeys(items))  # 堵点 and 卡点 are bottlenecks
    if len(items) == 1:
        return items[0]
    if mark == "-":
        return "-".join(items)
    if mark == "plus":
        return " plus ".join(items)
    return f"{', '.join(items[:-1])} {'or' if mark == 'or' else 'and'} {items[-1]}"


def _owned(left: Part, right: Part, english: English) -> list[Part]:
    """甲的乙."""
    if right.kind != "N":
        return []
    if left.kind == "A":
        return [right._replace(text=f"{left.text} {right.text}", cost=0.1, head=None)]
    if right.post:
        return []
    if left.kind == "N":
        target = left.text if left.proper or left.plural else english.object(left.text)
        return [right._replace(post=f"of {target} {left.post}".strip(), cost=0.2, head=None)]
    if left.kind == "C":
        if right.head and right.head.verb_left and right.words == 1:
            return verb_rules.clause_noun(left, right, english)
        having = left.text.removeprefix("have ")
        if having != left.text:
            # 具有全国影响力的中心: a center with national influence
            return [right._replace(post=f"with {having}", cost=0.2, head=None)]
        return [right._replace(post=f"for {verb_rules.ing(left)}", cost=0.5, head=None)]
    return []
