"""Annexes and notes in which the authors explain their own terms: the best source there is.

Two shapes: an annex that the cleaner has marked (名词解释), and a run of list items `X：是指…` at the end of a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbuilder.definitions.explicit import Explained, Span
from termbuilder.definitions.text import QUOTES, outside, trimmed, unquoted
from termbuilder.model import Passage

LONGEST_HEAD = 40
_MARK = re.compile(r"^(?:[（(［\[]?\s*\d{1,3}\s*[)）\]］.．、]|[①-⑳]|注\s*\d*[：:.．]?)\s*")
_MEANS = re.compile("[，,]?(?=(?:是指|系指|指的是|指|即|意为|又称|是))")
_SHORT_OF = re.compile("^(?:是|即|为)?(?P<full>[^，。；]{4,60}?)的(?:简称|缩写)")


def entries(passages: Sequence[Passage]) -> Iterator[Explained]:
    """Every entry of a glossary annex, and of runs of list items that explain terms."""
    heads = {number: found for number, passage in enumerate(passages) if (found := _head(passages, number)) is not None}
    annex = [number for number in heads if passages[number].section == "annex"]
    # where the author numbers the entries, a colon inside an explanation opens none
    if sum(passages[number].kind == "list" for number in annex) * 2 > len(annex):
        annex = [number for number in annex if passages[number].kind in ("list", "heading", "note")]
    for number in [*annex, *_runs(passages, heads)]:
        (start, end), body = heads[number]
        pieces = _body(passages, number, body, frozenset(heads if passages[number].section != "annex" else annex))
        if pieces:
            yield Explained((number, start, end), "annex", tuple(pieces), _full(passages, pieces))


def _head(passages: Sequence[Passage], number: int) -> tuple[tuple[int, int], int] | None:
    """Span of the term that the passage opens with, and where its explanation begins: `“双高计划”：`, `【标准海】指…`."""
    passage = passages[number]
    text = passage.text
    if number and passages[number - 1].paragraph == passage.paragraph:
        return None  # an entry opens a paragraph
    mark = _MARK.match(text)
    start = mark.end() if mark else 0
    colon = next(outside(text, "：:。，；", start), None)
    if colon is not None and text[colon] in "：:" and 2 <= colon - start <= LONGEST_HEAD:
        return unquoted(text, *trimmed(text, start, colon)), colon + 1
    if passage.section != "annex":
        return None
    boxed = re.match("[【“]([^【】“”]+)[】”](?P<tail>[^，。；：“”是指]{0,8})", text[start:])
    if boxed:
        tail = boxed.end() if _MEANS.match(text, start + boxed.end()) else start + boxed.end(1) + 1 - start
        return unquoted(text, *trimmed(text, start, start + tail)), start + tail
    if passage.kind in ("list", "heading") and not re.search("[。；！？，]", text):
        return unquoted(text, *trimmed(text, start, len(text))), len(text)
    means = re.match("[^，。；：]{2,30}?(?=是指|系指|指的是)", text[start:])
    if means:
        return unquoted(text, *trimmed(text, start, start + means.end())), start + means.end()
    return None


def _runs(passages: Sequence[Passage], heads: dict[int, tuple[tuple[int, int], int]]) -> list[int]:
    """Runs of list items outside an annex: at least two in a row, and half of them say 是指 or 指."""
    found: list[int] = []
    run: list[int] = []
    for number in [*sorted(n for n in heads if passages[n].section != "annex" and passages[n].kind in ("list", "note")), -9]:
        if run and number != -9 and passages[number].paragraph - passages[run[-1]].paragraph == 1:
            run.append(number)
            continue
        said = [bool(re.match("是?指", passages[n].text[heads[n][1] :].lstrip())) for n in run]
        if len(run) > 1 and 2 * sum(said) >= len(run):
            found += run
        run = [number]
    return found


def _body(passages: Sequence[Passage], number: int, start: int, heads: frozenset[int]) -> list[Span]:
    """The pieces of the explanation: the rest of the passage and what follows it before the next entry."""
    pieces: list[Span] = []
    text = passages[number].text
    if text[start:].strip():
        pieces.append((number, _skip(text, start), len(text)))
    own = passages[number]
    for later in range(number + 1, len(passages)):
        passage = passages[later]
        if later in heads or passage.section != own.section or passage.kind == "heading":
            break
        if own.section != "annex" and passage.paragraph != own.paragraph:
            break
        if passage.kind == "list" and passage.paragraph != own.paragraph and own.kind == "list" and pieces:
            break
        pieces.append((later, 0, len(passage.text)))
    return pieces


def _skip(text: str, start: int) -> int:
    while start < len(text) and text[start] in " ：:":
        start += 1
    return start


def _full(passages: Sequence[Passage], pieces: Sequence[Span]) -> Span | None:
    """The full form, if the explanation opens with 是…的简称."""
    number, start, end = pieces[0]
    found = _SHORT_OF.match(passages[number].text[start:end])
    if not found:
        return None
    first, last = found.span("full")
    text = passages[number].text
    first, last = start + first, start + last
    while first < last and text[first] in QUOTES:
        first += 1
    while last > first and text[last - 1] in QUOTES:
        last -= 1
    return number, first, last
