"""How good a sentence is as a context of a term."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from termbuilder.contexts.windows import BREAKS_OFF, CLAUSE_BORDER, CONDITION, LONGEST, PREPOSITION, SHORTEST, window
from termbuilder.errors import TableError
from termbuilder.model import Passage
from termbuilder.tables import Tables

FINAL = "。！？；"


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
    return of_term(shown(passage, *window(passage.text, start, end), rules), passage.text, start, end, rules)


class Shown(NamedTuple):
    """What is shown of a passage, and what of its value is the same for every term in it."""

    left: int
    right: int
    text: str
    usable: bool  # not: a caption or heading, no sentence
    value: float
    page_mark: bool
    opener: float
    inside: float


def shown(passage: Passage, left: int, right: int, rules: Rules) -> Shown:
    """What counts for all terms in the passage from `left` to `right`."""
    text = passage.text[left:right]
    length = len(text)
    finished = passage.text[right : right + 1] in FINAL or text[-1:] in FINAL
    running = not passage.repeat and passage.section == "body" and passage.kind in ("body", "list", "note")
    if not running or length < 8 or (passage.kind == "list" and not finished and "，" not in text):
        return Shown(left, right, text, False, 0.0, False, 0.0, 0.0)
    value = 1.0
    if length < SHORTEST:
        value -= 0.04 * (SHORTEST - length)
    elif length > LONGEST:
        value -= min(0.6, 0.01 * (length - LONGEST))
    value += 0.1 if 20 <= length <= 50 else 0.0
    value -= 0.15 if not finished else 0.0
    value -= 0.1 if left and passage.text[left - 1] not in FINAL else 0.0  # trimmed at its beginning
    if not finished:
        last_clause = CLAUSE_BORDER.split(text)[-1]
        value -= 0.3 * bool(BREAKS_OFF.search(last_clause) or PREPOSITION.match(last_clause)) + 0.3 * bool(
            CONDITION.match(text)
        )
    value -= 1.2 * sum(map(str.isdigit, text)) / length + 0.2 * max(0, len(_COUNTED.findall(text)) - 1)
    value -= 0.06 * max(0, text.count("、") - 2) + 0.03 * max(0, text.count("“") - 1)
    value -= 0.15 if text[-1:] in "！？!?" else 0.6 if text[-1:] in "：:" else 0.0
    value -= 0.2 if _slogan(text) else 0.0
    page_mark = _PAGE_MARK.search(text) is not None  # marks of a page or a form
    opener = next((weight for cue, weight in rules.opener if text.startswith(cue)), 0.0)
    inside = sum(weight for cue, weight in rules.inside if cue in text)
    return Shown(left, right, text, True, value, page_mark, opener, inside)


def of_term(shown: Shown, whole: str, start: int, end: int, rules: Rules) -> float:
    """`score` of what is shown of the text `whole` for the term at `whole[start:end]`."""
    left = shown.left
    if not shown.usable or len(shown.text) - (end - start) < 5:
        return 0.0
    value = shown.value
    # within a title or somebody's speech, not in a sentence of its own (a quoted term has its mark right before it)
    lead = whole[left:start]
    value -= 0.3 if lead.count("《") > lead.count("》") and not lead.endswith("《") else 0.0
    value -= 0.2 if lead.count("“") > lead.count("”") and not lead.endswith("“") else 0.0
    neighbours = whole[start - 1 : start] + whole[end : end + 1]
    value -= 0.08 * neighbours.count("、")
    value -= 0.1 if start == left and not whole[end : end + 1].strip("，、") else 0.0
    value -= 0.3 if shown.page_mark else 0.0
    value += shown.opener if start > left else 0.0
    value += shown.inside
    value += next((weight for cue, weight in rules.after if whole.startswith(cue, end)), 0.0)
    value -= 0.25 if _LONGER_NAME.match(whole, end) else 0.0
    value += rules.before.get(lead.rstrip("“《")[-2:], 0.0)
    return round(max(0.01, value), 4)


_PAGE_MARK = re.compile(r"[\[\]#*|<>]")
_SHORT_CLAUSE_BORDER = re.compile("[，、；。！]")
_COUNTED = re.compile(r"\d(?:\.\d+)?[余多]?[万亿]?(?:家|项|名|个|人|元|台|件|次|户|亩|所|支|笔|篇|位|%)")
# 威卢克斯主动式建筑|应用研究基地: the term is part of somebody's name
_LONGER_NAME = re.compile(
    "[^，。；、：（）“”《》的和与及等]{2,12}(?:委员会|基地|研究院|研究所|公司|学院|实验室|分院|协会|学会|联盟|大学|总部)(?![建认培发])"
)


def _slogan(text: str) -> bool:
    """Three or more clauses of the same few characters: 谋发展，促创新，惠民生."""
    clauses = [clause for clause in _SHORT_CLAUSE_BORDER.split(text) if clause]
    return len(clauses) >= 3 and max(map(len, clauses)) <= 6
