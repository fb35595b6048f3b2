"""Puts parts together: Chinese order to English order, head by head, the cheapest analysis of all.

Every rule takes two neighbours and gives their English, or nothing; `analyse` tries them on all stretches, shortest first.
Costs are for comparing analyses: what is idiomatic is cheap, what may be right is dear, what cannot be said has no rule.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from termbuilder.equivalents.inflect import English, gerund
from termbuilder.equivalents.lexicon import Part

# A noun before a noun reads well up to so many English words; a longer one goes behind: `platform for ...`.
_LONGEST_MODIFIER = 4
_LONGEST_OBJECT_BEFORE = 2


def analyse(tokens: Sequence[Sequence[Part]], english: English) -> Part | None:
    """The cheapest reading of a row of parts as one expression, or None.

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
    whole = [part for part in chart[0, size].values() if part.kind in _UNLIKELY_WHOLE or part.kind == "N"]
    return min(whole, key=lambda part: part.cost + _UNLIKELY_WHOLE.get(part.kind, 0), default=None)


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
        return " ".join(filter(None, (part.text, part.post)))
    if part.kind in ("V", "W"):
        return part.nominal or gerund(part.text)
    return gerund(part.text) if part.kind == "C" else part.text


def _as_noun(part: Part) -> Part | None:
    if part.kind in ("V", "W") and part.nominal:
        return Part("N", part.nominal, cost=part.cost + (0.35 if part.kind == "V" else 0.6), words=part.words, plural=True)
    return None


def _joined(left: Part, right: Part, english: English) -> list[Part]:
    rule = _RULES.get((left.kind, right.kind))
    if rule is None:
        return []
    cost, words = left.cost + right.cost, left.words + right.words
    return [
        replace(part, text=_once(part.text), cost=cost + part.cost, words=words, items=())
        for part in rule(left, right, english)
    ]


def _once(text: str) -> str:
    """The head of a ready part and the head after it are often the same word: reform reform is said once."""
    words = text.split(" ")
    kept = words[:1] + [word for before, word in itertools.pairwise(words) if word != before]
    return " ".join(kept)


def _modifier_noun(left: Part, right: Part, english: English) -> list[Part]:
    head = right.head if right.words == 1 else None
    if head and "{a}" in head.noun_left and not head.noun_left.startswith("{a}"):
        return [_templated(head.noun_left, left.text, right, 0.1)]
    # 大科技、大平台: in an enumeration a modifier usually belongs to its own member
    # an adjective that the table gives goes before the noun that it also is: marine industries, not ocean industries
    cost = 0.35 if right.items else 0.04 if right.head is not None else 0.1
    return [replace(right, text=f"{left.text} {right.text}", cost=cost, head=None, placed=False, items=())]


def _noun_noun(left: Part, right: Part, english: English) -> list[Part]:
    if right.proper and not left.proper:
        # 英才计划3.0, 科创宜兴: a version or a place behind what it qualifies
        return [Part("N", f"{left.text} {left.post} {right.text}".replace("  ", " "), cost=0.4, plural=True)]
    modifier = " ".join(filter(None, (left.text, left.post)))
    short = not left.post and modifier.count(" ") < _LONGEST_MODIFIER
    if left.proper:
        # a place or a code before anything: Jiangsu ..., "532" ...
        return [replace(right, text=f"{modifier} {right.text}", cost=0.1, head=None, placed=left.placed)]
    if left.text.rpartition(" ")[2] == right.text and right.words == 1:
        return [replace(left, cost=0.05)]  # the ready part has the head already
    behind = f"{left.text if left.plural else english.object(left.text)} {left.post}".strip()
    late = 0.3 if left.placed else 0.0  # the place belongs to the whole
    if right.head is not None and right.words == 1:
        template = right.head.noun_left
        if "{a}" in template and not short:
            return [replace(right, post=f"for {behind}", cost=0.4 + late, head=None, placed=False)]
        return [_templated(template, modifier if "{a}" in template else behind, right, 0.05 + late)]
    if short:
        # 港口收费清单: a head that English puts first takes all that stands before it
        early = 0.4 if right.post else 0.0
        return [replace(right, text=f"{modifier} {right.text}", cost=0.3 + late + early, head=None, placed=left.placed)]
    if right.post:
        return []
    return [replace(right, post=f"of {behind}", cost=0.9 + late, head=None, placed=False)]


def _templated(template: str, value: str, right: Part, cost: float) -> Part:
    text = template.replace("{a}", value).replace("{s}", value).replace("{g}", value).replace("{v}", value)
    opening = template.find("{")
    if opening > 0 and template.endswith("}"):
        # program for {s}: the head comes first
        start, preposition = template[:opening].rstrip().rsplit(" ", 1)
        return replace(right, text=start, post=f"{preposition} {value}", cost=cost, head=None, placed=False)
    return replace(right, text=text, cost=cost, head=None, placed=False)


def _noun_verb(left: Part, right: Part, english: English) -> list[Part]:
    """成果转化: the act and what it is done to (or who does it)."""
    if not right.nominal or (left.plural and left.words > 1):
        return []
    short = not left.post and left.text.count(" ") < _LONGEST_OBJECT_BEFORE
    if left.proper or short:
        return [Part("N", f"{left.text} {right.nominal}", cost=0.25, plural=True)]
    if right.post:
        return []
    behind = f"{right.preposition} {english.object(left.text)} {left.post}".strip()
    return [Part("N", right.nominal, post=behind, cost=0.35, plural=True)]


def _modifier_verb(left: Part, right: Part, english: English) -> list[Part]:
    if not right.nominal:
        return []
    return [Part("N", f"{left.text} {right.nominal}", post=right.post, cost=0.1, plural=True)]


def _verb_noun(left: Part, right: Part, english: English) -> list[Part]:
    """培育企业 is a verb with its object, 创新平台 a noun with a modifier: known heads tell them apart."""
    found = []
    if left.nominal and right.words == 1 and right.head is not None and not left.post:
        template = right.head.noun_left
        if "{a}" in template:
            found.append(_templated(template, left.nominal, right, 0.2 if left.kind == "V" else 0.7))
        elif right.head.verb_left:
            found.append(_templated(right.head.verb_left, gerund(left.text), right, 0.3))
    elif left.nominal and not left.post:
        found.append(replace(right, text=f"{left.nominal} {right.text}", cost=0.9, head=None))
    if not right.proper:
        target = f"{right.text if right.plural else english.object(right.text)} {right.post}".strip()
        nominal = f"{left.nominal} {left.preposition} {target}" if left.nominal else ""
        cost = 0.9 if right.head is not None and right.words == 1 else 0.3
        found.append(Part("C", f"{left.text} {target}", nominal=nominal, cost=cost))
    return found


def _clause_noun(left: Part, right: Part, english: English) -> list[Part]:
    """提升服务质量行动: a verb with its object before a head."""
    if right.head is None or right.words != 1 or not right.head.verb_left:
        return []
    template = right.head.verb_left
    value = left.text if "{v}" in template else gerund(left.text)
    return [_templated(template, value, right, 0.15)]


def _noun_clause(left: Part, right: Part, english: English) -> list[Part]:
    """企业履行使命: who does it goes behind."""
    if not right.nominal or left.post or left.proper:
        return []
    return [Part("N", right.nominal, post=f"by {english.object(left.text)}", cost=0.6, plural=True)]


def _adverb_verb(left: Part, right: Part, english: English) -> list[Part]:
    nominal = f"{left.nominal} {right.nominal}".strip() if right.nominal else ""
    return [replace(right, text=f"{left.text} {right.text}", nominal=nominal, cost=0.1)]


def _verb_verb(left: Part, right: Part, english: English) -> list[Part]:
    """培育壮大: two verbs side by side; 推进改革: a verb whose object is an act."""
    if left.preposition != right.preposition and not (left.nominal and right.nominal):
        return []
    nominal = f"{left.nominal} and {right.nominal}" if left.nominal and right.nominal else ""
    cost = 0.4 if nominal else 0.6
    return [Part("V", f"{left.text} and {right.text}", nominal=nominal, preposition=right.preposition, cost=cost)]


def _act_of_act(left: Part, right: Part, english: English) -> list[Part]:
    """加快发展, 推进改革: a verb whose object is an act."""
    if not right.nominal:
        return []
    nominal = f"{left.nominal} {left.preposition} {right.nominal}" if left.nominal else ""
    return [
        Part(
            "V",
            f"{left.text} the {right.nominal} {right.preposition}",
            nominal=nominal,
            preposition=right.preposition,
            cost=0.15,
        )
    ]


def _act_of_clause(left: Part, right: Part, english: English) -> list[Part]:
    """推动提升服务质量."""
    return [Part("C", f"{left.text} {right.nominal or gerund(right.text)}", cost=0.3)]


def _adverb_clause(left: Part, right: Part, english: English) -> list[Part]:
    return [replace(right, text=f"{left.text} {right.text}", cost=0.1, nominal="")]


def _bracketed(left: Part, right: Part, english: English) -> list[Part]:
    if left.post:
        return [replace(left, post=f"{left.post} {right.text}", cost=0.05)]
    return [replace(left, text=f"{left.text} {right.text}", cost=0.05, head=None)]


def _clauses(left: Part, right: Part, english: English) -> list[Part]:
    return [Part("C", f"{left.text} and {right.text}", cost=0.3)]


def _suffixed(left: Part, right: Part, english: English) -> list[Part]:
    """任务导向型: task-oriented."""
    if left.post or left.text.count(" ") > 1 or (left.proper and right.text != "-level"):
        return []
    return [Part("A", f"{left.text.replace(' ', '-')}{right.text}", cost=0.3)]


def _adverb_noun(left: Part, right: Part, english: English) -> list[Part]:
    return _modifier_noun(Part("A", left.nominal), right, english) if left.nominal and not right.proper else []


def _quantity_noun(left: Part, right: Part, english: English) -> list[Part]:
    plural = right.text if left.text == "one" else english.plural(right.text)
    return [replace(right, text=f"{left.text} {plural}", cost=0.35 if right.items else 0.1, head=None, plural=True)]


def _modifiers(left: Part, right: Part, english: English) -> list[Part]:
    return [Part("A", f"{left.text} {right.text}", cost=0.15)]


def _partners(left: Part, right: Part, english: English) -> list[Part]:
    return [Part("K", f"{left.text}-{right.text}", cost=0.05, words=2)]


def _partners_noun(left: Part, right: Part, english: English) -> list[Part]:
    if left.words < 2:
        return []
    return _modifier_noun(Part("A", left.text, words=left.words), right, english)


def _partners_verb(left: Part, right: Part, english: English) -> list[Part]:
    return _modifier_verb(left, right, english) if left.words > 1 else []


_RULES = {
    ("N", "S"): _suffixed,
    ("N", "C"): _noun_clause,
    ("D", "N"): _adverb_noun,
    ("N", "B"): _bracketed,
    ("A", "B"): _bracketed,
    ("V", "B"): _bracketed,
    ("N", "W"): _noun_verb,
    ("A", "W"): _modifier_verb,
    ("W", "N"): _verb_noun,
    ("D", "W"): _adverb_verb,
    ("W", "V"): _act_of_act,
    ("W", "W"): _verb_verb,
    ("V", "W"): _verb_verb,
    ("W", "C"): _act_of_clause,
    ("D", "C"): _adverb_clause,
    ("A", "N"): _modifier_noun,
    ("N", "N"): _noun_noun,
    ("N", "V"): _noun_verb,
    ("A", "V"): _modifier_verb,
    ("V", "N"): _verb_noun,
    ("C", "N"): _clause_noun,
    ("D", "V"): _adverb_verb,
    ("V", "V"): _verb_verb,
    ("C", "C"): _clauses,
    ("M", "N"): _quantity_noun,
    ("A", "A"): _modifiers,
    ("K", "K"): _partners,
    ("K", "N"): _partners_noun,
    ("K", "V"): _partners_verb,
}


def _linked(left: Part, mark: Part, right: Part, english: English) -> list[Part]:
    cost, words = left.cost + right.cost, left.words + right.words
    if mark.kind == "of":
        return [replace(part, cost=cost + part.cost, words=words) for part in _owned(left, right, english)]
    if left.kind != right.kind or left.kind not in ("N", "A", "V", "W", "C") or right.items:
        return []
    items = (*(left.items or (_whole(left),)), _whole(right))
    text = _listed(items, mark.text)
    settled = left.plural and right.plural
    if left.kind in ("N", "A"):
        return [Part(left.kind, text, cost=cost + 0.2, words=words, plural=settled, items=items)]
    nominal = _listed((left.nominal, right.nominal), mark.text) if left.nominal and right.nominal and not left.items else ""
    preposition = right.preposition
    return [Part(left.kind, text, nominal=nominal, preposition=preposition, cost=cost + 0.2, words=words, items=items)]


def _whole(part: Part) -> str:
    return f"{part.text} {part.post}" if part.post and part.kind == "N" else part.text


def _listed(items: Sequence[str], mark: str) -> str:
    """An enumeration as running English writes it.

    >>> _listed(("a", "b", "c"), ","), _listed(("a", "b"), "or"), _listed(("a", "b"), "-"), _listed(("a", "b"), "plus")
    ('a, b and c', 'a or b', 'a-b', 'a plus b')
    """
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
        return [replace(right, text=f"{left.text} {right.text}", cost=0.1, head=None)]
    if right.post:
        return []
    if left.kind == "N":
        target = left.text if left.proper or left.plural else english.object(left.text)
        return [replace(right, post=f"of {target} {left.post}".strip(), cost=0.2, head=None)]
    if left.kind == "C":
        if right.head and right.head.verb_left and right.words == 1:
            return _clause_noun(left, right, english)
        return [replace(right, post=f"for {gerund(left.text)}", cost=0.5, head=None)]
    return []
