"""The best sentences of a term: whole, short enough to read, informative, from different documents, never one twice.

What is kept per concept is bounded, and two collections can be merged in any order and grouping with the same result, so that worker
processes can share the work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from termbuilder.errors import TableError
from termbuilder.model import Context, Occurrence, Passage, Source
from termbuilder.tables import Tables

__all__ = ["Pool", "Rules", "best", "choose", "collect", "merge", "score"]

Pool = Mapping[str, tuple[Context, ...]]

SHORTEST, LONGEST = 15, 60  # a sentence a translator takes in at a glance; longer ones are trimmed at clause borders
EASY = 36  # what a trimmed one aims at
STILL_WHOLE = 90  # a sentence that breaks off badly wherever it is cut (对符合条件的X，…，给予补助) is shown whole up to here
# How many sentences are kept per concept while documents are read; a few more than are shown, so that different documents can be preferred.
KEPT = 12
# A sentence may be this much worse than another and still be shown before it, because it is from another document.
WORTH_OF_ANOTHER_DOCUMENT = 0.25
# A second or third sentence below this was judged not worth a translator's time more often than not.
GOOD_ENOUGH = 0.6
# Even the only sentence of a term is not shown below this (one term in twenty): it breaks off, counts or is about somebody.
SHOWABLE = 0.5

_OPEN, _CLOSE = "（《“‘【", "）》”’】"
_FINAL = "。！？；"


@dataclass(frozen=True)
class Rules:
    """Cues by role, each with its weight."""

    opener: tuple[tuple[str, float], ...]
    inside: tuple[tuple[str, float], ...]
    before: Mapping[str, float]
    after: tuple[tuple[str, float], ...]

    @classmethod
    def from_tables(cls, tables: Tables) -> Rules:
        """Compile context_cues.tsv; raises TableError for a weight that is no number."""
        by_role: dict[str, dict[str, float]] = {"opener": {}, "inside": {}, "before": {}, "after": {}}
        for row in tables.rows("context_cues"):
            try:
                by_role[row["role"]][row["cue"]] = float(row["weight"])
            except (KeyError, ValueError) as error:
                raise TableError(f"context_cues.tsv, row {row['cue']}: role or weight is wrong ({error}).") from error

        def longest_first(role: str) -> tuple[tuple[str, float], ...]:
            return tuple(sorted(by_role[role].items(), key=lambda item: (-len(item[0]), item[0])))

        return cls(longest_first("opener"), longest_first("inside"), by_role["before"], longest_first("after"))


def score(passage: Passage, start: int, end: int, rules: Rules) -> float:
    """How good a context the passage is for the term at `passage.text[start:end]`, about 0 to 1.3; 0 or less: not to be shown.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> good, bare = (Passage("a", 0, t, range(len(t))) for t in ("鼓励银行为瞪羚企业提供信用贷款。", "独角兽、瞪羚企业、小巨人12家。"))
    >>> score(good, 5, 9, rules) > score(bare, 4, 8, rules) > 0
    True
    """
    window = _window(passage.text, start, end)
    return _score(passage, *window, start, end, rules)


def collect(
    occurrences: Iterable[Occurrence], locate: Callable[[str, int], Source], rules: Rules
) -> dict[str, tuple[Context, ...]]:
    """The best sentences per concept among `occurrences`, at most KEPT each, best first.

    `locate(document, offset)` tells where an offset stands. The order of the occurrences does not matter.
    """
    pool: dict[str, dict[str, Context]] = {}
    for one in occurrences:
        passage = one.passage
        start, end = _window(passage.text, one.start, one.end)
        value = _score(passage, start, end, one.start, one.end, rules)
        if value <= 0:
            continue
        kept = pool.setdefault(one.key, {})
        text = passage.text[start:end]
        group = _same(text)
        rival = kept.get(group)
        at = passage.at[start]
        if rival is not None and (rival.score, passage.document, at) > (value, rival.source.document, rival.source.offset):
            continue
        if rival is None and len(kept) >= 2 * KEPT:
            pool[one.key] = kept = _keep(kept)
        spans = tuple(_spans(text, passage.text[one.start : one.end]))
        candidate = Context(text, locate(passage.document, at), spans, value)
        if rival is None or _order(candidate) < _order(rival):
            kept[group] = candidate
    return {key: tuple(sorted(_keep(kept).values(), key=_order)) for key, kept in pool.items()}


def merge(one: Pool, other: Pool) -> dict[str, tuple[Context, ...]]:
    """Two collections as one; associative and commutative, so the order in which workers finish does not matter."""
    merged: dict[str, tuple[Context, ...]] = dict(one)
    for key, contexts in other.items():
        kept: dict[str, Context] = {}
        for context in (*merged.get(key, ()), *contexts):
            group = _same(context.text)
            if group not in kept or _order(context) < _order(kept[group]):
                kept[group] = context
        merged[key] = tuple(sorted(_keep(kept).values(), key=_order))
    return merged


def choose(pool: Pool, limit: int = 3) -> dict[str, tuple[Context, ...]]:
    """The `limit` contexts to show per concept: the best ones, another document preferred to a slightly better sentence."""
    chosen = {key: tuple(_varied(contexts, limit)) for key, contexts in pool.items()}
    return {key: contexts for key, contexts in chosen.items() if contexts}


def best(
    occurrences: Iterable[Occurrence], locate: Callable[[str, int], Source], rules: Rules, limit: int = 3
) -> dict[str, tuple[Context, ...]]:
    """Collect and choose at once, for one process.

    >>> from termbuilder import tables
    >>> text = "符合条件的瞪羚企业可申请最高50万元的研发补助，每年受理一次。"
    >>> seen = Occurrence(Passage("办法.txt", 0, text, range(len(text))), 5, 9, "瞪羚企业", "k1")
    >>> found = best([seen], lambda document, at: Source(document, 1, at), Rules.from_tables(tables.load()))
    >>> found["k1"][0].text, found["k1"][0].term_spans
    ('符合条件的瞪羚企业可申请最高50万元的研发补助，每年受理一次。', ((5, 9),))
    """
    return choose(collect(occurrences, locate, rules), limit)


def _varied(contexts: Iterable[Context], limit: int) -> Iterator[Context]:
    left = sorted((context for context in contexts if context.score >= SHOWABLE), key=_order)
    documents: set[str] = set()
    shown: list[str] = []
    while left and len(shown) < limit:
        chosen = min(
            left, key=lambda c: (-c.score + (WORTH_OF_ANOTHER_DOCUMENT if c.source.document in documents else 0), _order(c))
        )
        left.remove(chosen)
        same = _same(chosen.text)
        # a clause of a sentence already shown tells nothing new; a poor sentence is only shown where there is no other
        if any(same in other or other in same for other in shown) or (shown and chosen.score < GOOD_ENOUGH):
            continue
        documents.add(chosen.source.document)
        shown.append(same)
        yield chosen


def _order(context: Context) -> tuple[float, str, int, str]:
    return (-context.score, context.source.document, context.source.offset, context.text)


def _keep(kept: Mapping[str, Context]) -> dict[str, Context]:
    return dict(sorted(kept.items(), key=lambda item: _order(item[1]))[:KEPT])


def _same(text: str) -> str:
    """What two sentences share that differ in figures and punctuation only."""
    return re.sub(r"[\W\d_]+", "", text)


def _spans(text: str, form: str) -> Iterator[tuple[int, int]]:
    start = text.find(form)
    while start >= 0:
        yield start, start + len(form)
        start = text.find(form, start + len(form))


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole sentence, or, if it runs on, the clauses around the term that read best in about LONGEST characters."""
    left, right = _trim(text, 0, len(text))
    label = _LABEL.match(text, left)
    if label and left < label.end() <= start:
        left = label.end()
    if right - left <= LONGEST:
        return left, right
    borders = [left, *(i + 1 for i in _outside(text, "，；", left, right)), right]
    first = max((i for i, border in enumerate(borders) if border <= start), default=0)
    last = min((i for i, border in enumerate(borders) if border >= end), default=len(borders) - 1)
    first = min(first, last - 1)
    candidates = [
        (borders[i], borders[j])
        for i in range(first, -1, -1)
        for j in range(last, len(borders))
        if borders[j] - borders[i] <= LONGEST or (i == first and j <= last + 1) or (i == 0 and right - left <= STILL_WHOLE)
    ]
    return _trim(text, *max(candidates, key=lambda window: (_readable(text, left, right, *window), -window[0])))


def _readable(text: str, left: int, right: int, start: int, end: int) -> float:
    """How well a cut-out of a long sentence stands by itself."""
    length = end - start
    value = 0.25 * (start == left) + 0.3 * (end == right) - 0.004 * abs(length - EASY) - 0.02 * max(0, length - LONGEST)
    last_clause = re.split("[，；]", text[start:end].rstrip("，；"))[-1]
    if end < right:
        value -= 0.9 * bool(_CONDITION.match(text[start:end]))
        value -= 0.6 * bool(_BREAKS_OFF.search(last_clause)) + 0.45 * bool(_PREPOSITION.match(last_clause))
    if start > left:
        value += 0.1 * bool(_PREPOSITION.match(text[start:end])) - 0.3 * bool(_HANGS_ON.match(text[start:end]))
        # 以市场为导向， | 企业和院所紧密合作的技术创新体系: the cut would go through an attribute
        value -= 0.3 * bool(re.search("(?:^|[，、；])以[^，；]+为[^，；]+，$", text[:start]))
    return value


# …，但在产业发展史上 | and …，6月19日上午 | and …，且纳入企业库的 | break off before anything is said
_BREAKS_OFF = re.compile(
    r"以[^，；]+为[^，；]{1,8}$|(?:上|中|下|时|后|前|以来|期间|方面|过程中|上午|下午|近日|的|的形式|的方式|一经..|等地|等地区|因此|所以|但是|例如|包括|即|表示|指出|\d日|\d月|\d年)$"
)
_PREPOSITION = re.compile("(?:但|而|并|且|同时)?(?:在|对|从|当|随着|为|围绕|按照|根据|由于|以|通过|依托|针对|作为)")
# [方法/过程]通过 …, 【导读】…, 第五，…, 此外，…: how the paragraph goes on, no part of what is said
_LABEL = re.compile(
    r"\s*(?:\[[^\[\]]{1,12}\][：:]?|【[^【】]{1,12}】[：:]?|(?:第[一二三四五六七八九十]|[一二三四五六七八九]是)，?|"
    r"(?:与此同时|同时|此外|另外|因此|所以|但是|然而|当前|目前|首先|其次|再次|最后|数据显示|据悉|据了解|会上|活动中|多年来|近年来|为此|对此)，)+\s*"
)
# 对违反承诺、骗取资金的单位 | and … nothing is said yet
_CONDITION = re.compile("(?:且|但)?(?:对|对于|凡|凡是|除|经|符合|属于|纳入|随着|经过|根据|按照|上月|近日)")
_HANGS_ON = re.compile("并|从而|以及|进而|使|让|且|也|还|又|则|就|等|其|该|但|而|同时|同比|其中|是")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in "，；、 ":
        end -= 1
    while start < end and text[start] in "，；、。 ":
        start += 1
    return start, end


def _outside(text: str, signs: str, start: int, end: int) -> Iterator[int]:
    depth = 0
    for offset in range(start, end):
        sign = text[offset]
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth -= 1
        elif sign in signs and depth <= 0:
            yield offset


def _score(passage: Passage, left: int, right: int, start: int, end: int, rules: Rules) -> float:
    if passage.repeat or passage.section != "body" or passage.kind not in ("body", "list", "note"):
        return 0.0
    text = passage.text[left:right]
    length = len(text)
    finished = passage.text[right : right + 1] in _FINAL or text[-1:] in _FINAL
    if length < 8 or length - (end - start) < 5 or (passage.kind == "list" and not finished and "，" not in text):
        return 0.0  # a caption or heading, not a sentence
    value = 1.0
    if length < SHORTEST:
        value -= 0.04 * (SHORTEST - length)
    elif length > LONGEST:
        value -= min(0.6, 0.01 * (length - LONGEST))
    value += 0.1 if 20 <= length <= 50 else 0.0
    value -= 0.15 if not finished else 0.0
    value -= 0.1 if left and passage.text[left - 1] not in _FINAL else 0.0  # trimmed at its beginning
    if not finished:
        last_clause = re.split("[，；]", text)[-1]
        value -= 0.3 * bool(_BREAKS_OFF.search(last_clause) or _PREPOSITION.match(last_clause)) + 0.3 * bool(
            _CONDITION.match(text)
        )
    value -= 1.2 * sum(sign.isdigit() for sign in text) / length + 0.2 * max(0, len(_COUNTED.findall(text)) - 1)
    value -= 0.06 * max(0, text.count("、") - 2) + 0.03 * max(0, text.count("“") - 1)
    value -= 0.15 if text[-1:] in "！？!?" else 0.6 if text[-1:] in "：:" else 0.0
    value -= 0.2 if _slogan(text) else 0.0
    # within a title or somebody's speech, not in a sentence of its own (a quoted term has its mark right before it)
    lead = passage.text[left:start]
    value -= 0.3 if lead.count("《") > lead.count("》") and not lead.endswith("《") else 0.0
    value -= 0.2 if lead.count("“") > lead.count("”") and not lead.endswith("“") else 0.0
    neighbours = passage.text[start - 1 : start] + passage.text[end : end + 1]
    value -= 0.08 * neighbours.count("、")
    value -= 0.1 if start == left and not passage.text[end : end + 1].strip("，、") else 0.0
    value -= 0.3 if re.search(r"[\[\]#*|<>]", text) else 0.0  # marks of a page or a form
    value += next((weight for cue, weight in rules.opener if text.startswith(cue) and start > left), 0.0)
    value += sum(weight for cue, weight in rules.inside if cue in text)
    value += next((weight for cue, weight in rules.after if passage.text.startswith(cue, end)), 0.0)
    value -= 0.25 if _LONGER_NAME.match(passage.text, end) else 0.0
    before = passage.text[left:start].rstrip("“《")
    value += rules.before.get(before[-2:], 0.0)
    return round(max(0.01, value), 4)


_COUNTED = re.compile(r"\d(?:\.\d+)?[余多]?[万亿]?(?:家|项|名|个|人|元|台|件|次|户|亩|所|支|笔|篇|位|%)")
# 威卢克斯主动式建筑|应用研究基地: the term is part of somebody's name
_LONGER_NAME = re.compile(
    "[^，。；、：（）“”《》的和与及等]{2,12}(?:委员会|基地|研究院|研究所|公司|学院|实验室|分院|协会|学会|联盟|大学|总部)(?![建认培发])"
)


def _slogan(text: str) -> bool:
    """Three or more clauses of the same few characters: 谋发展，促创新，惠民生."""
    clauses = [clause for clause in re.split("[，、；。！]", text) if clause]
    return len(clauses) >= 3 and max(map(len, clauses)) <= 6
