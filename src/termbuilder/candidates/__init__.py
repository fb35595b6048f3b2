"""Where term candidates come from: one file a finder, and their order.

A finder is a function `find(passage, words, rules) -> iterable of (start, end)` over one passage. It may offer too much: the ranker weighs.
Which finders offered a span is part of the evidence and of the reasons shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from termbuilder.candidates import (
    cohesive,
    coordinated,
    explained,
    framed,
    headed,
    known,
    listed,
    numeric,
    parallel,
    phrasal,
    quoted,
    titled,
)  # fmt: skip
from termbuilder.candidates.rules import Rules, trimmed
from termbuilder.model import Passage, Word

__all__ = ["FINDERS", "Rules", "find", "in_document", "trimmed"]

Span = tuple[int, int]
Finder = Callable[[Passage, Sequence[Word], Rules], Iterable[Span]]

FINDERS: tuple[tuple[str, Finder], ...] = (
    ("quoted", quoted.find),  # “揭榜挂帅”: quotation marks are the surest sign of a coinage
    ("titled", titled.find),  # 《...行动计划》
    ("numeric", numeric.find),  # “532”发展战略, 三高一资, 1+4
    ("explained", explained.find),  # 本办法所称研发费用，是指…; （以下简称“双创”）
    ("known", known.find),  # in our glossary or the user's
    ("parallel", parallel.find),  # 资源化、资产化、资本化: equal members, one slogan
    ("framed", framed.find),  # 以企业为主体, 从跟跑到并跑
    ("coordinated", coordinated.find),  # 项目、人才、资金一体化配置; 政策和制度创新
    ("phrasal", phrasal.find),  # the last words before a pause or a function word
    ("headed", headed.find),  # ends in a known head: 瞪羚企业, 众创空间
    ("listed", listed.find),  # 瞪羚企业、独角兽企业、上市企业
    ("cohesive", cohesive.find),  # what keeps recurring together, whatever it is
)


def in_document(
    passages: Sequence[Passage],
    words: Sequence[Sequence[Word]],
    rules: Rules,
    explained_spans: Iterable[tuple[int, int, int]] = (),
) -> list[dict[Span, list[str]]]:
    """`find` for each passage of one document.

    `explained_spans`: (place in `passages`, start, end) of the terms that the document explains.
    """
    spans: dict[int, list[Span]] = {}
    for place, start, end in explained_spans:
        spans.setdefault(passages[place].number, []).append((start, end))
    own = rules.for_document(cohesive.recurring(zip(passages, words, strict=True), rules), spans)
    return [find(passage, row, own) for passage, row in zip(passages, words, strict=True)]


def find(passage: Passage, words: Sequence[Word], rules: Rules) -> dict[Span, list[str]]:
    """All spans of `passage` that some finder offers, each with the names of its finders, in the order of `FINDERS`.

    Spans are offsets into `passage.text`; none begins or ends with punctuation or a space.
    """
    found: dict[Span, list[str]] = {}
    for name, finder in FINDERS:
        for span in finder(passage, words, rules):
            at = trimmed(passage.text, *span)
            if at[1] - at[0] >= 2:
                names = found.setdefault(at, [])
                if name not in names:
                    names.append(name)
    return found
