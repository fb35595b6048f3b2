"""How verbs and acts take their objects, subjects, adverbs and one another.

Every rule takes two neighbours and gives their English as parts, or nothing. A part's cost is that of the step alone.
"""

from __future__ import annotations

from termbuilder.equivalents.inflect import English, gerund
from termbuilder.equivalents.noun_rules import ON_ACTS, before_noun, opening_up, templated, with_act_of_head
from termbuilder.equivalents.parts import Part

_LONGEST_OBJECT_BEFORE = 2


def ing(part: Part) -> str:
    """The -ing form of a verb or of a verb with its object."""
    return part.ing or gerund(part.text)


def noun_verb(left: Part, right: Part, english: English) -> list[Part]:
    """成果转化: the act and what it is done to (or who does it)."""
    if not right.nominal or (left.plural and left.words > 1 and not left.counted):
        return []
    short = not left.post and left.text.count(" ") < _LONGEST_OBJECT_BEFORE
    # 考核评估 is assessment and evaluation, 投资促进 is promotion of investment
    side_by_side = 0.6 if left.act and left.words < 3 and right.words == 1 and right.nominal not in ON_ACTS else 0.0
    if (left.proper or (short and not left.counted)) and not opening_up(right.nominal):
        return [Part("N", f"{before_noun(left.text)} {right.nominal}", cost=0.25 + side_by_side, plural=True, act=True)]
    if right.post:
        return []
    behind = f"{right.preposition} {left.text if left.plural or left.proper else english.object(left.text)} {left.post}".strip()
    return [Part("N", right.nominal, post=behind, cost=0.45, plural=True, act=True)]


def modifier_verb(left: Part, right: Part, english: English) -> list[Part]:
    """智能制造: before a modifier's verb stands its act."""
    if not right.nominal:
        return []
    return [Part("N", f"{left.text} {right.nominal}", post=right.post, cost=0.1, plural=True, act=True, lead=left.text)]


def verb_noun(left: Part, right: Part, english: English) -> list[Part]:
    """培育企业 is a verb with its object, 创新平台 a noun with a modifier: known heads tell them apart."""
    found = []
    if left.nominal and right.words == 1 and right.head is not None and not left.post:
        template = right.head.noun_left
        if "{a}" in template:
            act = before_noun(with_act_of_head(left.nominal, right))
            found.append(templated(template, act, right, 0.2 if left.kind == "V" else 0.7))
        elif right.head.verb_left:
            found.append(templated(right.head.verb_left, ing(left), right, 0.3))
    elif left.nominal and not left.post and not (right.act and right.words == 1):
        # two acts side by side are no compound: introduction innovation
        found.append(right._replace(text=f"{before_noun(left.nominal)} {right.text}", cost=0.9, head=None))
    if not right.proper:
        target = f"{right.text if right.plural else english.object(right.text)} {right.post}".strip()
        nominal = f"{left.nominal} {left.preposition} {target}" if left.nominal else ""
        cost = 0.9 if right.head is not None and right.words == 1 else 0.3
        found.append(Part("C", f"{left.text} {target}", nominal=nominal, cost=cost, ing=f"{ing(left)} {target}"))
    return found


def clause_noun(left: Part, right: Part, english: English) -> list[Part]:
    """提升服务质量行动: a verb with its object before a head."""
    if right.head is None or right.words != 1 or not right.head.verb_left:
        return []
    template = right.head.verb_left
    if "{v}" in template and left.text == left.ing:
        # the glossary has the phrase in -ing only
        template = f"{template[: template.index('{v}')].rstrip().rpartition(' ')[0]} for {{g}}"
    return [templated(template, left.text if "{v}" in template else ing(left), right, 0.15)]


def noun_clause(left: Part, right: Part, english: English) -> list[Part]:
    """企业履行使命: who does it goes behind. Rarely meant, so dear."""
    if not right.nominal or left.post or left.proper:
        return []
    return [Part("N", right.nominal, post=f"by {english.object(left.text)}", cost=1.3, plural=True)]


def adverb_verb(left: Part, right: Part, english: English) -> list[Part]:
    """严格执行: an adverb before its verb."""
    nominal = f"{left.nominal} {right.nominal}".strip() if right.nominal else ""
    return [right._replace(text=f"{left.text} {right.text}", nominal=nominal, ing=f"{left.text} {ing(right)}", cost=0.1)]


def verb_verb(left: Part, right: Part, english: English) -> list[Part]:
    """培育壮大: two verbs side by side."""
    if left.text == right.text:
        return [left._replace(cost=0.05)]
    if left.preposition != right.preposition and not (left.nominal and right.nominal):
        return []
    nominal = f"{left.nominal} and {right.nominal}" if left.nominal and right.nominal else ""
    cost = 0.6 if not nominal or right.nominal in ON_ACTS else 0.2
    return [
        Part(
            "V",
            f"{left.text} and {right.text}",
            nominal=nominal,
            preposition=right.preposition,
            cost=cost,
            ing=f"{ing(left)} and {ing(right)}",
        )
    ]


def act_of_act(left: Part, right: Part, english: English) -> list[Part]:
    """加快发展, 推进改革: a verb whose object is an act."""
    if not right.nominal:
        return []
    rest = f"the {right.nominal} {right.preposition}"
    nominal = f"{left.nominal} {left.preposition} {right.nominal}" if left.nominal else ""
    return [
        Part("V", f"{left.text} {rest}", nominal=nominal, preposition=right.preposition, cost=0.15, ing=f"{ing(left)} {rest}")
    ]


def act_of_clause(left: Part, right: Part, english: English) -> list[Part]:
    """推动提升服务质量."""
    rest = right.nominal or ing(right)
    return [Part("C", f"{left.text} {rest}", cost=0.3, ing=f"{ing(left)} {rest}")]


def adverb_clause(left: Part, right: Part, english: English) -> list[Part]:
    """依法保护产权: an adverb before a verb with its object."""
    return [right._replace(text=f"{left.text} {right.text}", cost=0.1, nominal="", ing=f"{left.text} {ing(right)}")]


def clauses(left: Part, right: Part, english: English) -> list[Part]:
    """稳就业促增收: verbs with their objects side by side."""
    return [Part("C", f"{left.text} and {right.text}", cost=0.3, ing=f"{ing(left)} and {ing(right)}")]


def partners_verb(left: Part, right: Part, english: English) -> list[Part]:
    """校企合作: a chain of partners before an act."""
    return modifier_verb(left, right, english) if left.words > 1 else []
