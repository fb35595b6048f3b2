"""Where term candidates come from: one file a finder, and their order.

A finder is a function `find(passage, words, rules) -> iterable of (start, end)` over one passage, or, if it looks for sequences of words, a
function `find(rows, rules) -> iterable of (first words, last words)` over the words of a document. It may offer too much: the ranker weighs.
Which finders offered a span is part of the evidence and of the reasons shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

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
from termbuilder.candidates.rows import Ints, Rows
from termbuilder.candidates.rules import EDGE, Rules, trimmed
from termbuilder.model import Passage, Word

__all__ = ["NAMES", "Offered", "Rules", "in_document", "trimmed"]

Span = tuple[int, int]

IN_PASSAGES: tuple[tuple[str, Callable[[Passage, Sequence[Word], Rules], Iterable[Span]]], ...] = (
    ("quoted", quoted.find),  # “揭榜挂帅”: quotation marks are the surest sign of a coinage
    ("titled", titled.find),  # 《...行动计划》
    ("numeric", numeric.find),  # “532”发展战略, 三高一资, 1+4
    ("explained", explained.find),  # 本办法所称研发费用，是指…; （以下简称“双创”）
    ("known", known.find),  # in our glossary or the user's
    ("parallel", parallel.find),  # 资源化、资产化、资本化: equal members, one slogan
    ("framed", framed.find),  # 以企业为主体, 从跟跑到并跑
    ("coordinated", coordinated.find),  # 项目、人才、资金一体化配置; 政策和制度创新
    ("listed", listed.find),  # 瞪羚企业、独角兽企业、上市企业
)
OF_WORDS: tuple[tuple[str, Callable[[Rows, Rules], Iterable[tuple[Ints, Ints]]]], ...] = (
    ("phrasal", phrasal.find),  # the last words before a pause or a function word
    ("headed", headed.find),  # ends in a known head: 瞪羚企业, 众创空间
    ("cohesive", cohesive.find),  # what keeps recurring together, whatever it is
)
NAMES = tuple(name for name, _ in (*IN_PASSAGES, *OF_WORDS))
_EDGES = np.zeros(1 << 16, dtype=bool)
_EDGES[[ord(character) for character in EDGE]] = True
_LENGTHS = 1 << 16  # more than a span can be long


@dataclass(frozen=True)
class Offered:
    """The spans that finders offer in a document, each once, in the order of the text; characters are counted over all passages."""

    first: Ints
    last: Ints  # one past the last character
    finders: Ints  # for each, a bit for each of its finders: the lowest for the first of `names`
    names: tuple[str, ...] = NAMES


def in_document(
    passages: Sequence[Passage],
    words: Sequence[Sequence[Word]],
    rules: Rules,
    explained_spans: Iterable[tuple[int, int, int]] = (),
) -> Offered:
    """What the finders offer in the passages of one document; none of it begins or ends with punctuation or a space.

    `explained_spans`: (place in `passages`, start, end) of the terms that the document explains.
    """
    explained_here: dict[int, list[Span]] = {}
    for place, start, end in explained_spans:
        explained_here.setdefault(passages[place].number, []).append((start, end))
    own = replace(rules, explained=explained_here)
    rows = Rows.of(passages, words, rules)
    offers = [
        np.array(
            [
                (begin + start, begin + end)
                for begin, passage, row in zip(rows.begins, passages, words, strict=True)
                for start, end in finder(passage, row, own)
            ],
            dtype=np.int64,
        ).reshape(-1, 2)
        for _, finder in IN_PASSAGES
    ]
    for _, of_words in OF_WORDS:
        found = [np.stack([rows.first[begins], rows.last[ends]], axis=1) for begins, ends in of_words(rows, rules)]
        offers.append(np.concatenate(found))
    return _offered(rows.text, offers)


def _offered(text: str, offers: Sequence[Ints]) -> Offered:
    """The spans (n, 2) of each finder, trimmed and put together."""
    spans = np.concatenate(offers)
    edge = _EDGES[np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32), 0xFFFF)]
    whole = spans[:, 0] < spans[:, 1]
    at_edge = whole.copy()
    at_edge[whole] = edge[spans[whole, 0]] | edge[spans[whole, 1] - 1]
    for number in np.flatnonzero(at_edge).tolist():
        spans[number] = trimmed(text, int(spans[number, 0]), int(spans[number, 1]))
    bits = np.repeat(1 << np.arange(len(offers)), [len(own) for own in offers])
    kept = spans[:, 1] - spans[:, 0] >= 2
    codes = spans[kept, 0] * _LENGTHS + (spans[kept, 1] - spans[kept, 0])
    order = np.argsort(codes, kind="stable")
    codes, bits = codes[order], bits[kept][order]
    begins = np.flatnonzero(np.diff(codes, prepend=-1))
    finders = np.bitwise_or.reduceat(bits, begins) if len(begins) else bits
    first = codes[begins] // _LENGTHS
    return Offered(first, first + codes[begins] % _LENGTHS, finders)
