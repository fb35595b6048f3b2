"""What a document explains in so many words, whether or not the term is known: X是指Y, 所谓X就是Y, Y（以下简称X)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from termbuilder.definitions.rules import Rules
from termbuilder.definitions.text import bare, bracket_before, clause_end, clause_start, outside, trimmed, unquoted
from termbuilder.model import Passage

Span = tuple[int, int, int]  # number of the passage in the sequence, start, end

LONGEST_TERM = 30
_ADVERB = re.compile("(?:主要|一般|通常|都|均|则|也|又|其实|实际上|具体|大致|本身|，|,)+$")
_OPENER = re.compile(
    "^(?:其中|而且|而|但是|但|因此|所以|这里的?|文中的?|本文的?|上述|同时|此外|另外|目前|当前|通常|一般来说|简单来说|简单地说|具体来说|具体而言|例如|比如|如)(?=.)"
)
_NO_SUBJECT = re.compile(
    "^(?:在(?!线|岗|职|校|研|建)|对(?!外|口|标)|从(?!业)|按|经(?!济|营)|这|那|其|它|他|她|我们|你们|该|此|本|谁|什么|哪|有的|一是|二是|三是|就|不|又|也|都|它们|目的|意思|前者|后者)"
)
# “白名单”制度指对信用良好企业予以便利的办法: 指 alone means something only behind a quoted coinage and before a phrase
_BARE_MEANS = re.compile(
    "(?<=[\u4e00-\u9fff”])(?<![是系所手])指(?=(?:对|由|在|以|将|为|通过|利用|把|从|依托|具有|能够|那些|一种|一个))"
)
_SHORT_LIST = re.compile(r"[、和或,，]|以及")


@dataclass(frozen=True, slots=True)
class Explained:
    """A term that the document explains: where it stands, how it is explained, and where the explanation stands.

    `term` and the `definition` spans are (number of the passage in the sequence given, start, end). `full` is the span of the full
    form when the term is its short form (`kind` short form), or of the other name when it is a synonym; None if what stands there is
    a description and no name.
    """

    term: Span
    kind: Literal["annex", "explicit", "short form", "synonym"]
    definition: tuple[Span, ...] = ()
    full: Span | None = None


def explicit(passages: Sequence[Passage], rules: Rules) -> Iterator[Explained]:
    """The explicit explanations of running text, in order."""
    means = re.compile(f"(?P<cue>{rules.pattern('means')})(?!南|标|数|导|引|挥|定|示|出|令)")
    defined = re.compile(f"[将把](?P<term>[^，。；：将把]{{2,40}}?)(?:，)?(?P<cue>{rules.pattern('defined')})")
    called = re.compile(
        "^(?:.*[，：])?所谓(?P<term>[^，。；：]{2,40}?)，?(?P<cue>(?:也|其实|实际上|无非)?(?:就是|即|是))(?!指)"
    )
    for number, passage in enumerate(passages):
        if passage.kind == "heading" or passage.repeat:
            continue
        text = passage.text
        for match in means.finditer(text):
            span = subject(text, match.start(), rules)
            if span and not text[: match.start()].endswith("不"):
                yield from _meaning(text, number, span, match.end(), passages)
        for match in _BARE_MEANS.finditer(text):
            span = subject(text, match.start(), rules)
            if span and (text[match.start() - 1] == "”" or "”" in text[span[0] : span[1]]):
                yield from _meaning(text, number, span, match.end(), passages)
        for pattern in (defined, called):
            for match in pattern.finditer(text):
                span = unquoted(text, *match.span("term"))
                if _could_be_term(text, span):
                    yield from _meaning(text, number, span, match.end(), passages)
        yield from _of_something(text, number, rules)
        yield from pairs(text, number, rules)


def subject(text: str, end: int, rules: Rules) -> tuple[int, int] | None:
    """The noun phrase right before a cue at `end`: what the sentence speaks about, without what leads up to it.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> text = "本办法所称技术经理人，是指促成技术交易的人员。"
    >>> text[slice(*subject(text, text.index("是指"), rules))]
    '技术经理人'
    """
    stop = _before_adverbs(text, end)
    start = clause_start(text, stop)
    if start > 1 and text[start - 1] == "，" and text.startswith(rules.cues.get("synonym", ()), start):
        stop = _before_adverbs(text, start - 1)  # 概念验证中心，又称概念验证平台，是 …
        start = clause_start(text, stop)
    # a heading printed before its first entry: 《政府工作报告》名词解释“四区联动”是指 …
    title = re.match(".*(?:名词|术语|用语)(?:解释|注释|释义|说明)[：:]?", text[start:stop])
    start += title.end() if title else 0
    named = list(re.finditer(rules.pattern("named"), text[start:stop]))
    if named:
        start += named[-1].end()
    else:
        opener = _OPENER.match(text[start:stop])
        start += opener.end() if opener else 0
    span = unquoted(text, *trimmed(text, start, stop))
    return span if _could_be_term(text, span) else None


def _before_adverbs(text: str, end: int) -> int:
    adverb = _ADVERB.search(text, 0, end)
    return bracket_before(text, adverb.start() if adverb else end)


def _could_be_term(text: str, span: tuple[int, int]) -> bool:
    term = text[span[0] : span[1]]
    return (
        2 <= len(bare(term)) <= LONGEST_TERM
        and not _NO_SUBJECT.match(term)
        and not re.search("[。；！？]|[的了是]$|第.{1,8}条", term)
    )


def _meaning(text: str, number: int, span: tuple[int, int], start: int, passages: Sequence[Passage]) -> Iterator[Explained]:
    start, end = trimmed(text, start, clause_end(text, start, "。！？；"))
    told = text[start:end]
    if end - start < 4 or told.endswith(("什么", "如何", "吗")) or (end - start < 15 and re.search("[下以上]列|以下", told)):
        return
    pieces: list[Span] = [(number, start, end)]
    follower = passages[number + 1] if number + 1 < len(passages) else None
    # 包括 … opens the extension of what was just defined
    if follower and follower.paragraph == passages[number].paragraph and re.match("(?:主要|具体)?(?:包括|分为)", follower.text):
        pieces = [(number, start, clause_end(text, start, "") if text[end : end + 1] else end)]
        pieces.append((number + 1, *trimmed(follower.text, 0, len(follower.text))))
    yield Explained((number, *span), "explicit", tuple(pieces))


def _of_something(text: str, number: int, rules: Rules) -> Iterator[Explained]:
    """X是Y的简称 (a short form with its full form), X是Y的统称 (an explanation)."""
    for match in re.finditer(
        f"(?:是|即|为)(?P<full>[^，。；]{{2,60}}?)(?P<cue>{rules.pattern('shortof')}|{rules.pattern('sumof')})", text
    ):
        span = subject(text, match.start(), rules)
        if span is None:
            continue
        full = unquoted(text, *match.span("full"))
        if rules.ends_in(match["cue"], "shortof"):
            yield Explained((number, *span), "short form", ((number, *full),), (number, *full))
        else:
            yield Explained((number, *span), "explicit", ((number, match.start("full"), match.end()),))


def pairs(text: str, number: int, rules: Rules) -> Iterator[Explained]:
    """Short forms and other names that a bracket or a clause introduces: Y（以下简称X）, Y，又称X.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> text = "支持高新技术企业（以下简称“高企”）发展。"
    >>> [(text[p.term[1]:p.term[2]], text[p.full[1]:p.full[2]]) for p in pairs(text, 0, rules)]
    [('高企', '高新技术企业')]
    """
    cue = re.compile(
        f"(?P<open>[（，,])(?:也|又|即|通常|常|可)?(?P<cue>{rules.pattern('short')}|{rules.pattern('synonym')})[：:]?"
    )
    for match in cue.finditer(text):
        inside = match["open"] == "（"
        end = clause_end(text, match.end(), "）。；，" if not inside else "）；。")
        if inside and text[end : end + 1] != "）":
            continue
        shorts = list(_names(text, match.end(), end))
        fulls = list(_titles_before(text, match.start()))
        kind: Literal["short form", "synonym"] = "short form" if match["cue"] in rules.cues["short"] else "synonym"
        for position, short in enumerate(shorts):
            name = text[short[0] : short[1]]
            if not 2 <= len(bare(name)) <= LONGEST_TERM or name in rules.cues["genus"] or re.match("本|该", name):
                continue
            titled = bool(fulls)
            if len(fulls) == len(shorts):
                full: tuple[int, int] | None = fulls[position]
            elif fulls:
                full = fulls[-1]
            else:
                full = _full_form(text, match.start(), bare(name), rules)
            if full is not None and bare(text[full[0] : full[1]]) != bare(name):
                # quoted up to the bracket that introduces the short form: 深圳市科技创新局（以下简称市科创局）
                told = ((number, full[0], end + inside),)
                if re.search("应当|可以|必须|不得|^[、，]|^(?:凡|本)", text[full[0] : full[1]]):
                    continue
                if match["cue"].endswith(("统称", "合称")):
                    yield Explained((number, *short), "explicit", told)
                else:
                    is_name = titled or not re.search("[的、，）是]|及其|或者", text[full[0] : full[1]])
                    yield Explained((number, *short), kind, told, (number, *full) if is_name else None)


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names in a list of them, unquoted: “A”、“B”, A或B."""
    borders = [start - 1, *outside(text, "、或和", start, end), end]
    spans = [trimmed(text, before + 1, after) for before, after in pairwise(borders)]
    if not all(b - a >= 3 for a, b in spans):  # 区、县运输管理机构 is one name
        spans = [trimmed(text, start, end)]
    yield from (unquoted(text, *span) for span in spans if span[1] > span[0])


def _titles_before(text: str, end: int) -> Iterator[tuple[int, int]]:
    """The titles or quoted names that stand right before `end`, joined by 、 or 和: 《A》和《B》（."""
    found = re.search("(?:[《“][^《》“”]+[》”](?:[、和及与]|以及)?)+$", text[:end])
    if found:
        for one in re.finditer("[《“]([^《》“”]+)[》”]", found[0]):
            title = one.group().startswith("《")
            yield (found.start() + one.start() + (not title), found.start() + one.end() - (not title))


def _full_form(text: str, end: int, short: str, rules: Rules) -> tuple[int, int] | None:
    """The full form that ends at `end`: its characters contain those of the short form in their order."""
    limit = clause_start(text, end)
    starts = [i for i in range(limit, end) if text[i] == short[0] and _reads_off(short, text[i:end])]
    if not starts:
        start = rules.without_opening(text, limit, end)
        return (start, end) if 4 <= end - start <= LONGEST_TERM and rules.begins(text, start) else None
    start = next((i for i in starts if rules.begins(text, i)), starts[-1])
    # the nearest start is none in 省科学院粤创中心（以下简称“粤创中心”）, in 滨河市科技局（以下简称市科技局） and within a description
    if (
        bare(text[start:end]) == short
        or "的" in text[start:end]
        or (short[0] in "市省区县州" and not rules.begins(text, start))
    ):
        start = rules.without_opening(text, limit, end)
        if short[0] in "市省区县州" and not rules.begins(text, text.index(short[0], start)):
            # 本办法由滨河市科技局（以下简称市科技局）负责: the last place before its 市 at which a name can begin
            own = text.index(short[0], start)
            start = next((i for i in range(own - 1, start, -1) if rules.begins(text, i)), start)
    return (start, end) if end - start <= 2 * LONGEST_TERM else None


def _reads_off(short: str, full: str) -> bool:
    rest = iter(full)
    return all(sign in rest for sign in short)
