"""How English nouns take what stands before them in Chinese: modifiers, other nouns, quantities, brackets, suffixes.

Every rule takes two neighbours and gives their English as parts, or nothing. A part's cost is that of the step alone.
"""

from __future__ import annotations

import re

from termbuilder.equivalents.inflect import English
from termbuilder.equivalents.parts import Part

# A noun before a noun reads well up to so many English words; a longer one goes behind: `platform for ...`.
_LONGEST_MODIFIER = 4
# Adjectives that English puts before all other modifiers, wherever Chinese has them: 教育综合改革 is comprehensive education reform.
_FIRST = frozenset(
    (
        "comprehensive", "special", "overall", "major", "key", "new", "unified", "joint", "annual", "one-stop",
        "long-term", "regular", "high-quality", "outstanding", "first-class", "important", "additional", "various", "dedicated", "new-type", "one-off", "differentiated", "full-chain",
        "whole-process", "full-life-cycle", "all-around", "dynamic", "multi-tiered", "high-caliber", "high-level", "leading", "specialty", "old",
    )
)  # fmt: skip
# ... and these are so close to the noun that they come after the others: new agricultural varieties, not agricultural new varieties.
_RELATIONAL = re.compile(
    r"(?:agricultural|industrial|educational|scientific|technological|digital|ecological|environmental|cultural|medical|financial|fiscal|"
    r"administrative|judicial|economic|social|political|marine|urban|rural|chemical|electronic|biological|clinical|vocational|online|smart)$"
)
# A rank is that of the whole: 国家知识产权试点城市 is a national pilot city, not a city for national intellectual property.
_RANK = re.compile(
    r"(?:nation|province|state|city)(?:al|wide)$|(?:national|provincial|municipal|county|district|state|city)(?:-level)?$"
)
_ACT = re.compile(r"(?:tion|ment|ing|sion|ance|ence|sal|val|age|reform|support|management|sis)$")
# Acts that are done to other acts: 考核管理 is the management of assessments, not assessment and management.
ON_ACTS = frozenset(
    (
        "management", "service", "services", "reform", "training", "supervision", "guidance", "promotion", "support", "guarantee",
        "improvement", "innovation", "facilitation", "drive", "incentives", "security", "statistics", "standardization",
        "matchmaking", "assistance", "planning", "regulation", "governance", "attraction", "acceleration", "optimization", "subsidy",
    )
)  # fmt: skip
# What is measured goes with the act and not with what it is done to: commercialization rate of research results.
_MEASURES = frozenset(("rate", "cost", "price", "index", "quota"))
_OPENING_UP = re.compile(r"\bopening up$")
_SERIES = re.compile(r"\b(services|programs|standards|projects|organizations)$")


def modifier_noun(left: Part, right: Part, english: English) -> list[Part]:
    """现代物流: a modifier goes before the noun, inside the template of a head."""
    head = right.head if right.words == 1 else None
    if head and "{a}" in head.noun_left:
        template = head.noun_left
        if not template.startswith("{a}"):
            return [templated(template, left.text, right, 0.1)]
    if right.counted and right.text.startswith(f"{right.lead} "):
        # 省级三大平台: the number comes first
        text = f"{right.lead} {left.text} {right.text[len(right.lead) + 1 :]}"
        return [right._replace(text=text, cost=0.4 if right.post else 0.1, head=None)]
    if _opens(right) and _RELATIONAL.search(left.text):
        text = f"{right.lead} {left.text} {right.text[len(right.lead) + 1 :]}"
        return [right._replace(text=text, cost=0.1, head=None, placed=False, items=())]
    # 大科技、大平台: in an enumeration a modifier usually belongs to its own member
    # an adjective that the table gives goes before the noun that it also is: marine industries, not ocean industries
    cost = 0.35 if right.items else 0.04 if right.head is not None else 0.1
    rank = _RANK.fullmatch(left.text) and right.words > 1 and not right.act  # an act has no rank
    if rank and not right.items:
        cost = 0.02
    # 公共数据目录: what stands before a ready part with something behind it mostly belongs to what is behind
    elif right.post and left.text.split(" ")[0] not in _FIRST:
        cost += 0.5 if right.words == 1 else 0.3
    return [
        right._replace(
            text=f"{left.text} {right.text}",
            cost=cost,
            head=None,
            placed=False,
            items=(),
            lead=left.text,
            led=left.verbal or right.led,
        )
    ]


def noun_noun(left: Part, right: Part, english: English) -> list[Part]:
    """企业名录, 长三角创新券: a noun before a noun, or behind it where it is long or the head wants it so."""
    if right.proper and not left.proper:
        # 英才计划3.0, 科创宜兴: a version or a place behind what it qualifies
        return [Part("N", f"{left.text} {left.post} {right.text}".replace("  ", " "), cost=0.4, plural=True)]
    modifier = left.attribute or _SERIES.sub(lambda some: some[0][:-1], " ".join(filter(None, (left.text, left.post))))
    modifier = before_noun(modifier)
    short = not left.post and modifier.count(" ") < _LONGEST_MODIFIER
    if left.state and right.text:
        # 中华人民共和国专利法: the state that a law is of stands behind
        return [right._replace(post=f"{right.post} of the {left.text}".strip(), cost=0.1, head=None, proper=True)]
    if left.proper and not opening_up(right.text):
        # a place or a code before anything: Jiangsu ..., "532" ...
        return [
            right._replace(
                text=f"{modifier} {right.text}",
                cost=0.8 if left.post else 0.1,
                head=None,
                placed=left.placed,
                lead="",
                led=False,
            )
        ]
    if left.text.rpartition(" ")[2] == right.text and right.words == 1:
        return [left._replace(cost=0.05)]  # the ready part has the head already
    behind = f"{left.text if left.plural or left.proper else english.object(left.text)} {left.post}".strip()
    if opening_up(right.text) and not right.post:
        return [right._replace(post=f"of {behind}", cost=0.3, head=None, placed=False, lead="", led=False)]
    late = 0.3 if left.placed else 0.0  # the place belongs to the whole
    late += 0.4 if right.led else 0.0  # 资源共享机制: behind a noun 共享 is an act, no attribute
    acts = right.act_first or (right.act and right.words == 1 and right.text not in ON_ACTS)
    if left.act and left.words < 3 and acts:
        late += 0.6  # 考核评估机制: two acts side by side, mechanism for assessment and evaluation
    if right.head is not None and right.words == 1:
        template = right.head.noun_left
        if right.text in _MEASURES and left.post.startswith("of ") and " of " not in left.text:
            return [right._replace(text=f"{left.text} {right.text}", post=left.post, cost=0.1 + late, head=None, placed=False)]
        if "{a}" in template and not short:
            return [right._replace(post=f"for {behind}", cost=0.4 + late, head=None, placed=False)]
        before = with_act_of_head(modifier, right) if left.act and not left.post else modifier
        return [templated(template, before if "{a}" in template else behind, right, 0.05 + late)]
    if right.post and right.words == 1 and short:
        inner = _inside(left, right, english)
        if inner:
            return [inner._replace(cost=inner.cost + late)]
    if short:
        if _opens(right) and not left.placed:
            text = f"{right.lead} {modifier} {right.text[len(right.lead) + 1 :]}"
            return [right._replace(text=text, cost=0.25 + late, head=None)]
        # 港口收费清单: a head that English puts first takes all that stands before it
        early = 0.4 if right.post else 0.0
        return [
            right._replace(
                text=f"{modifier} {right.text}",
                cost=0.3 + late + early,
                head=None,
                placed=left.placed,
                lead="",
                led=False,
            )
        ]
    if right.post:
        return []
    return [right._replace(post=f"{right.link} {behind}", cost=0.7 + late, head=None, placed=False, lead="", led=False)]


def opening_up(act: str) -> bool:
    """Is the act that of opening up? Nothing stands before it as an object: opening up of markets.

    >>> opening_up("wider opening up"), opening_up("development")
    (True, False)
    """
    return _OPENING_UP.search(act) is not None


def before_noun(modifier: str) -> str:
    """The modifier as it stands before its noun: 开放 is two words as a noun and has a hyphen as an attribute.

    >>> before_noun("reform and opening up"), before_noun("reform")
    ('reform and opening-up', 'reform')
    """
    return _OPENING_UP.sub("opening-up", modifier)


def _opens(part: Part) -> bool:
    return part.lead in _FIRST and part.text.startswith(f"{part.lead} ")


def _inside(left: Part, right: Part, english: English) -> Part | None:
    """技术要素市场化配置: what stands before a ready part belongs to the noun behind its first one, or to the act that it names."""
    if right.post.startswith("of "):
        article = "the " if right.post.startswith("of the ") else ""
        return right._replace(post=f"of {article}{left.text} {right.post[3 + len(article) :]}", cost=0.25, head=None, words=2)
    if _ACT.search(right.text):
        return right._replace(post=f"of {english.object(left.text)} {right.post}", cost=0.35, head=None, words=2)
    return None


def with_act_of_head(act: str, head: Part) -> str:
    """优化提升行动: an act joins the one that the head begins with: optimization and improvement campaign.

    >>> with_act_of_head("optimization", Part("N", "improvement campaign")), with_act_of_head("optimization", Part("N", "campaign"))
    ('optimization and', 'optimization')
    """
    first, _, rest = head.text.partition(" ")
    joins = rest and first == "improvement" and not act.endswith(first)  # cooperation demonstration zone: joins nothing
    return f"{act} and" if joins else act


def templated(template: str, value: str, right: Part, cost: float) -> Part:
    """The head as its template has it, with what stands before it filled in; `cost` is that of the step."""
    text = template.replace("{a}", value).replace("{s}", value).replace("{g}", value).replace("{v}", value)
    opening = template.find("{")
    if opening > 0 and template.endswith("}"):
        # program for {s}: the head comes first
        start, preposition = template[:opening].rstrip().rsplit(" ", 1)
        return right._replace(text=start, post=f"{preposition} {value}", cost=cost, head=None, placed=False)
    # what a ready part has behind it is in the template
    return right._replace(text=text, post="", cost=cost, head=None, placed=False)


def quantity_noun(left: Part, right: Part, english: English) -> list[Part]:
    """三大平台: things are counted; an act is not (三网融合 is no three integrations)."""
    if left.text == "one":
        return [right._replace(text=f"one {right.text}", cost=0.35 if right.items else 0.1, head=None, plural=True)]
    plural = english.plural(right.text, counted=True)
    cost = 0.35 if right.items else 0.1 if plural != right.text or (right.plural and not right.act) else 0.5
    before = ""
    if right.words == 1 and right.text.isalpha() and " major" not in left.text:
        # 千村示范: a thousand-village demonstration
        before = f"{left.text.removeprefix('one ').replace(' ', '-')}-{right.text}"
    return [
        right._replace(
            text=f"{left.text} {plural}", cost=cost, head=None, plural=True, counted=True, lead=left.text, attribute=before
        )
    ]


def adverb_noun(left: Part, right: Part, english: English) -> list[Part]:
    """严格标准: before a noun an adverb is its adjective."""
    return modifier_noun(Part("A", left.nominal), right, english) if left.nominal and not right.proper else []


def suffixed(left: Part, right: Part, english: English) -> list[Part]:
    """任务导向型: task-oriented."""
    if left.post or left.text.count(" ") > 1 or (left.proper and right.text != "-level"):
        return []
    return [Part("A", f"{left.text.replace(' ', '-')}{right.text}", cost=0.3)]


def bracketed(left: Part, right: Part, english: English) -> list[Part]:
    """企业（机构）: a bracket follows what it explains."""
    if left.post:
        return [left._replace(post=f"{left.post} {right.text}", cost=0.05)]
    return [left._replace(text=f"{left.text} {right.text}", cost=0.05, head=None)]


def modifiers(left: Part, right: Part, english: English) -> list[Part]:
    """新型绿色: modifiers side by side."""
    return [Part("A", f"{left.text} {right.text}", cost=0.15, lead=left.text if left.words == right.words == 1 else "")]


def partners(left: Part, right: Part, english: English) -> list[Part]:
    """产学研: partners in a chain."""
    return [Part("K", f"{left.text}-{right.text}", cost=0.05, words=2)]


def partners_noun(left: Part, right: Part, english: English) -> list[Part]:
    """银企平台: a chain of partners before a noun."""
    if left.words < 2:
        return []
    return modifier_noun(Part("A", left.text, words=left.words), right, english)
