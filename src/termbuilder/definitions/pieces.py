"""What a coinage stands for, told piece by piece: 一是 ... 二是 ..., headings below it, “1” 是指 ..., 包括 ..., and what a quoted list is called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbuilder.definitions.explicit import Span
from termbuilder.definitions.lists import Found, forms_before, list_end, members_of
from termbuilder.definitions.rules import Rules, counts
from termbuilder.definitions.text import SENTENCE_ENDS, Forms, bare, clause_end, clause_start, trimmed
from termbuilder.model import Passage

_SAID = re.compile("本[\u4e00-\u9fff]{1,4}(?:所称|所指|中)的?|所称的?")
_FIRST = re.compile("”?[：，]?(?=一是)一是")
_ORDINAL = "一二三四五六七八九十"


def in_sequence(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """Members told in the next sentences (一是…；二是…) or as the headings that follow a heading with the coinage."""
    passage = passages[number]
    text = passage.text
    told = _FIRST.search(text)  # in the same sentence: 开展“三大行动”：一是 …
    end = told.start() if told else len(text.rstrip("：:。 ”"))
    while end and text[end - 1] in "”":
        end -= 1
    for start, key in forms.ending_at(text, end):
        wanted = [count for count in counts(text[start:end]) if 2 <= count <= 12]
        if not wanted or not rules.begins(text, start):
            continue
        pieces = _ordinals(passages, number + (told is None), wanted, told.end() - 2 if told else 0) or (
            _headings(passages, number + 1, wanted, bare(text[start:end])[-2:]) if passage.kind == "heading" else ()
        )
        if pieces:
            yield Found(key, "expansion", 0.75, pieces)
        break


def _ordinals(passages: Sequence[Passage], number: int, wanted: Sequence[int], start: int = 0) -> tuple[Span, ...]:
    """The heads of 一是…二是…, as many as the coinage counts; each up to its first stop."""
    pieces: list[Span] = []
    for later in range(number, min(len(passages), number + 40)):
        text = passages[later].text
        for match in re.compile(f"(?<![{_ORDINAL}第])[{_ORDINAL}](?:是|要|、)").finditer(text, start if later == number else 0):
            if text[match.start()] != _ORDINAL[min(len(pieces), 9)]:
                return ()
            pieces.append((later, match.end(), clause_end(text, match.end())))
        if len(pieces) in wanted and (later + 1 == len(passages) or not re.match(f"[{_ORDINAL}]是", passages[later + 1].text)):
            return tuple(pieces)
        if not pieces and later > number:
            return ()
    return ()


def _headings(passages: Sequence[Passage], number: int, wanted: Sequence[int], head: str) -> tuple[Span, ...]:
    """The headings that end in the same noun as the coinage, if they are as many as it counts."""
    pieces = []
    for later in range(number, len(passages)):
        passage = passages[later]
        text = passage.text
        if passage.kind in ("heading", "list") and text.rstrip("。 ").endswith(head) and len(text) <= 30:
            pieces.append((later, *trimmed(text, 0, len(text))))
            if len(pieces) == max(wanted):
                return tuple(pieces)
    return ()


def covering(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """X包括A、B和C: the term is the subject of the clause, the members are named one by one."""
    text = passages[number].text
    for match in re.finditer(rules.pattern("parts"), text):
        start = clause_start(text, match.start())
        named = _SAID.match(text, start, match.start())
        key = forms.key(text[named.end() if named else start : match.start()])
        last = clause_end(text, match.end(), SENTENCE_ENDS)
        begin, end = trimmed(text, match.end(), list_end(text, match.end(), last, ()))
        members = members_of(text, begin, end)
        if key and len(members) > 1 and match.start() > start and not re.search(r"\d", text[begin:end]) and end - begin <= 120:
            yield Found(key, "expansion", 0.65, ((number, begin, end),))
    # 建立X，明确A、B、C等内容
    for match in re.finditer("，明确(?P<told>[^，。；]{4,60}?等)(?:内容|事项|要求)", text):
        for key, _, _ in forms_before(text, match.start(), forms, rules):
            if "、" in match["told"]:
                yield Found(key, "expansion", 0.5, ((number, match.start() + 1, match.end()),))


_CODED = re.compile(
    r"(?:“(?:[\dNnXx]{1,3}|[一二三四五六七八九十])”(?:主要)?(?:是指|指的是|就是|即|为|是|指|：)[^，；。“”]{2,60}[，；、]?(?:[^，；。“”]{2,40}[，；])*){2,}"
)


def coded(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """What each figure of a coinage stands for: “1+3+N”体系：“1”是指一个方案，“3”是指三个文件，“N”是指若干细则."""
    text = passages[number].text
    for match in _CODED.finditer(text):
        codes = re.findall("“([^”]{1,3})”", match[0])
        where = [(text, match.start())] if match.start() else []
        if not where and number and passages[number - 1].paragraph == passages[number].paragraph:
            where = [(passages[number - 1].text, len(passages[number - 1].text))]
        for before, end in where:
            for key, first, last in forms_before(before, len(before[:end].rstrip("：，。；、其中")), forms, rules):
                if all(code in before[first:last] for code in codes):
                    yield Found(key, "expansion", 0.8, ((number, *trimmed(text, *match.span())),))


def summed_up(passages: Sequence[Passage], number: int, forms: Forms, rules: Rules) -> Iterator[Found]:
    """A quoted list that is a coinage itself, and what it is called: “产权平等、交易公平、监管统一”三原则."""
    text = passages[number].text
    for match in re.finditer(
        r"“(?P<list>[^“”]{5,60})”(?P<number>[二三四五六七八九两]|\d{1,2})[大个项条]?(?P<head>(?![者方位端层])[\u4e00-\u9fff]{2,8})",
        text,
    ):
        key = forms.key(match["list"])
        members = members_of(text, *match.span("list"), last_two=False)
        if key is None or len(members) not in counts(match["number"]):
            continue
        end = match.start("head") + 1
        while end < match.end() and not (end - match.start("head") > 1 and rules.ends(text, end)):
            end += 1
        yield Found(key, "genus", 0.55, ((number, match.start(), end),))
