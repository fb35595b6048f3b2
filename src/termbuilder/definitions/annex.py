"""Annexes and notes in which the authors explain their own terms: the best source there is.

An annex that the cleaner has marked (名词解释); a run of list items `X：是指…`, or of notes on what stood in quotation marks before; the items below
本条例下列用语的含义：; and a table of terms with a head such as 术语 | 定义.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbuilder.definitions.explicit import Explained, Span
from termbuilder.definitions.rules import Rules
from termbuilder.definitions.text import QUOTES, bare, outside, trimmed, unquoted
from termbuilder.model import Passage

LONGEST_HEAD = 40
_MARK = re.compile(r"^(?:注\s*\d*[：:.．]?\s*)?(?:[（(［\[〔]?\s*\d{1,3}\s*[)）\]］〕.．、]|[①-⑳])?\s*")
# what a colon inside an explanation follows, and no term
_LEAD_IN = re.compile(
    "^(?:主要|具体|一般|通常)?(?:包括|分为|如下|其中|即|例如|比如|内容|任务|目标|措施|特点|标准)|^(?:一|二|三)是"
)
_MEANS = re.compile("[，,]?(?=(?:是指|系指|指的是|指|即|意为|又称|是))")
_SHORT_OF = re.compile("^(?:是|即|为)?(?P<full>[^，。；]{4,60}?)的(?:简称|缩写)")


def entries(passages: Sequence[Passage], rules: Rules) -> Iterator[Explained]:
    """Every entry of a glossary annex, of runs of list items that explain terms, and of tables of terms."""
    heads = {number: found for number, passage in enumerate(passages) if (found := _head(passages, number)) is not None}
    annex = [number for number in heads if passages[number].section == "annex"]
    # where the author numbers the entries, a colon inside an explanation opens none
    if sum(passages[number].kind == "list" for number in annex) * 2 > len(annex):
        annex = [number for number in annex if passages[number].kind in ("list", "heading", "note")]
    for number in dict.fromkeys([*annex, *_runs(passages, heads), *_clause(passages, heads)]):
        (start, end), body = heads[number]
        pieces = _body(passages, number, body, frozenset(heads if passages[number].section != "annex" else annex))
        if pieces:
            yield Explained((number, start, end), "annex", tuple(pieces), _full(passages, pieces))
    yield from _table(passages, rules)


def _head(passages: Sequence[Passage], number: int) -> tuple[tuple[int, int], int] | None:
    """Span of the term that the passage opens with, and where its explanation begins: `“双高计划”：`, `【标准海】指…`."""
    passage = passages[number]
    text = passage.text
    if number and passages[number - 1].paragraph == passage.paragraph and not _runs_on(passages, number):
        return None  # an entry opens a paragraph
    mark = _MARK.match(text)
    start = mark.end() if mark else 0
    colon = next(outside(text, "：:—。，；", start), None)
    if (
        colon is not None
        and text[colon] in "：:—"
        and 2 <= colon - start <= LONGEST_HEAD
        and not _LEAD_IN.match(text[start:colon])
    ):
        end = colon + 1 + (text[colon : colon + 2] == "——")
        if text[colon] != "—" or (end == colon + 2 and passage.section == "annex"):
            return unquoted(text, *trimmed(text, start, colon)), end
    if text[start : start + 1] != "【" and passage.section != "annex":
        return None
    boxed = re.match("[【“]([^【】“”]+)[】”](?P<tail>[^，。；：“”是指]{0,8})", text[start:])
    if boxed:
        tail = boxed.end() if _MEANS.match(text, start + boxed.end()) else start + boxed.end(1) + 1 - start
        return unquoted(text, *trimmed(text, start, start + tail)), start + tail
    if passage.section == "annex" and passage.kind in ("list", "heading") and not re.search("[。；！？，]", text):
        return unquoted(text, *trimmed(text, start, len(text))), len(text)
    if passage.section != "annex":
        return None
    means = re.match("[^，。；：]{2,30}?(?=是指|系指|指的是|指(?![标数导引挥定示出令南]))", text[start:])
    if means is None and passage.kind in ("list", "note"):
        means = re.match("[^，。；：的是]{2,20}(?=是(?!否))", text[start:])
    if means:
        return unquoted(text, *trimmed(text, start, start + means.end())), start + means.end()
    return None


def _runs_on(passages: Sequence[Passage], number: int) -> bool:
    """Entries printed one after another in one paragraph, each `term：explanation` and a full stop before the next."""
    before, own = passages[number - 1], passages[number]
    return own.section == "annex" and own.kind == "body" and before.text.endswith("。") and bool(_ONE_LINE.match(own.text))


_ONE_LINE = re.compile(r"(?:[\[［(（〔]?\d{1,3}[\]］)）〕.．、]\s*)?[“]?[^，。；：“”]{2,16}[”]?[^，。；：“”]{0,8}[：:].{6,}")


def _runs(passages: Sequence[Passage], heads: dict[int, tuple[tuple[int, int], int]]) -> list[int]:
    """Runs outside an annex: at least two list items or notes in a row of which half say 是指 or 指, or two boxed heads in a row."""
    found: list[int] = []
    run: list[int] = []
    for number in [*sorted(n for n in heads if _may_run(passages[n])), -9]:
        if run and number != -9 and passages[number].paragraph - passages[run[-1]].paragraph == 1:
            run.append(number)
            continue
        said = [
            bool(re.match("【|.*是?指", passages[n].text[: heads[n][1]] + passages[n].text[heads[n][1] :].lstrip()[:2]))
            for n in run
        ]
        if len(run) > 1 and (2 * sum(said) >= len(run) or _notes_on_coinages(passages, run, heads)):
            found += run
        run = [number]
    return found


def _notes_on_coinages(passages: Sequence[Passage], run: Sequence[int], heads: dict[int, tuple[tuple[int, int], int]]) -> bool:
    """Do most heads of the run name what stood in quotation marks before it: notes at the end of a speech, their marks gone?"""
    before = "".join(passage.text for passage in passages[: run[0]])
    named = [bare(passages[number].text[slice(*heads[number][0])]) for number in run]
    return 2 * sum(
        f"“{name}”" in before or any(f"“{name[:at]}”{name[at:]}" in before for at in range(2, len(name))) for name in named
    ) > len(run)


_CLAUSE = re.compile("(?:用语|术语|名词|概念)的?(?:含义|定义|意义|意思|涵义)[^。；]{0,6}[：:]$")


def _clause(passages: Sequence[Passage], heads: dict[int, tuple[tuple[int, int], int]]) -> list[int]:
    """The items `X：…` below 本条例下列用语的含义：, up to the first item that explains nothing."""
    found: list[int] = []
    for number, passage in enumerate(passages):
        if passage.section == "annex" or not _CLAUSE.search(passage.text):
            continue
        for later in range(number + 1, len(passages)):
            if later in heads and passages[later].kind == "list":
                found.append(later)
            elif not re.search("[，,]?(?:是指|系指|指的是|即|指|是)", passages[later].text[:40]):
                break
    return found


def _may_run(passage: Passage) -> bool:
    return passage.section != "annex" and (
        passage.kind in ("list", "note") or passage.text.startswith(("【", "注：", "注1", "注①"))
    )


def _body(passages: Sequence[Passage], number: int, start: int, heads: frozenset[int]) -> list[Span]:
    """The pieces of the explanation: the rest of the passage and what follows it before the next entry."""
    pieces: list[Span] = []
    text = passages[number].text
    if text[start:].strip():
        start = _skip(text, start)
        start += text[start] == "是" and text[start - 1] not in "：: " and not text.startswith("是指", start)
        pieces.append((number, start, len(text)))
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
    if pieces and passages[pieces[-1][0]].text.endswith("；"):  # the next entry goes on with the sentence
        last, first, end = pieces.pop()
        pieces.append((last, first, end - 1))
    return pieces


def _table(passages: Sequence[Passage], rules: Rules) -> Iterator[Explained]:
    """The rows of a table whose head says 术语 | 定义 (a column of numbers before them does not matter)."""
    rows: dict[int, list[int]] = {}
    for number, passage in enumerate(passages):
        if passage.kind == "table":
            rows.setdefault(passage.paragraph, []).append(number)
    head = -9
    for paragraph, cells in rows.items():
        texts = [passages[number].text.strip() for number in cells if passages[number].text.strip() != "序号"]
        if len(texts) == 2 and texts[0] in rules.cues["termcolumn"] and texts[1] in rules.cues["meaningcolumn"]:
            head = paragraph
        elif paragraph - head == 1 and len(cells) > 1:
            head = paragraph
            first = passages[cells[0]].text
            if 2 <= len(first) <= LONGEST_HEAD and not first.endswith(("。", "；")):
                term = unquoted(first, *trimmed(first, 0, len(first)))
                yield Explained((cells[0], *term), "annex", tuple((n, 0, len(passages[n].text)) for n in cells[1:]))


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
