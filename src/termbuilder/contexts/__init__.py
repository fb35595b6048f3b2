"""The best sentences of a term: whole, short enough to read, informative, from different documents, never one twice.

What is kept per concept is bounded, and two collections can be merged in any order and grouping with the same result, so that worker
processes can share the work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from termbuilder.contexts.scores import FINAL, Rules, Shown, of_term, score, shown
from termbuilder.contexts.windows import window
from termbuilder.model import Context, Occurrence, Passage, Source

__all__ = ["Pool", "Rules", "best", "choose", "collect", "merge", "score"]

Pool = Mapping[str, tuple[Context, ...]]

# How many sentences are kept per concept while documents are read; a few more than are shown, so that different documents can be preferred.
KEPT = 12
# A sentence may be this much worse than another and still be shown before it, because it is from another document.
WORTH_OF_ANOTHER_DOCUMENT = 0.25
# A second or third sentence below this was judged not worth a translator's time more often than not.
GOOD_ENOUGH = 0.6
# Even the only sentence of a term is not shown below this (one term in twenty): it breaks off, counts or is about somebody.
SHOWABLE = 0.5

# Where a term stands in no sentence at all, this is shown instead and called what it is. Below 0, so that every sentence goes first.
_INSTEAD: Mapping[str, float] = {"": -0.1, "heading": -0.2, "list item": -0.3, "table": -0.4, "annex": -0.5}
_SAYS_MORE = 2  # characters beside the term; one more tells a translator nothing


def collect(
    occurrences: Iterable[Occurrence], locate: Callable[[str, int], Source], rules: Rules
) -> dict[str, tuple[Context, ...]]:
    """The best sentences per concept among `occurrences`, at most KEPT each, best first.

    `locate(document, offset)` tells where an offset stands. The order of the occurrences does not matter. Headings, cells and items that are
    no sentences are kept with a score below 0, and the place of their source says what they are.
    """
    pool: dict[str, dict[str, Context]] = {}
    sentences: dict[tuple[str, int, str, int, int], tuple[Shown, str]] = {}  # a sentence with several terms is measured once
    for one in occurrences:
        passage = one.passage
        start, end = window(passage.text, one.start, one.end)
        where = (passage.document, passage.number, passage.text, start, end)
        if where not in sentences:
            sentence = shown(passage, start, end, rules)
            sentences[where] = sentence, _same(sentence.text)
        sentence, group = sentences[where]
        value = of_term(sentence, passage.text, one.start, one.end, rules)
        what = ""
        if value <= 0:
            instead = _instead(passage, start, end, one)
            if instead is None:
                continue
            what, value = instead, _INSTEAD[instead]
        kept = pool.setdefault(one.key, {})
        text = sentence.text
        rival = kept.get(group)
        at = passage.at[start]
        if rival is not None and (rival.score, passage.document, at) > (value, rival.source.document, rival.source.offset):
            continue
        if rival is None and len(kept) >= 2 * KEPT:
            pool[one.key] = kept = _keep(kept)
        spans = tuple(_spans(text, passage.text[one.start : one.end]))
        source = locate(passage.document, at)
        if what:
            source = replace(source, place=", ".join(filter(None, (source.place, what))))
        candidate = Context(text, source, spans, value)
        if rival is None or _order(candidate) < _order(rival):
            kept[group] = candidate
    return {key: tuple(sorted(_keep(kept).values(), key=_order)) for key, kept in pool.items()}


def merge(one: Pool, other: Pool) -> dict[str, tuple[Context, ...]]:
    """Two collections as one; associative and commutative, so the order in which workers finish does not matter."""
    merged: dict[str, tuple[Context, ...]] = dict(one)
    for key, contexts in other.items():
        if key not in one:
            merged[key] = contexts
            continue
        kept: dict[str, Context] = {}
        for context in (*one[key], *contexts):
            group = _same(context.text)
            if group not in kept or _order(context) < _order(kept[group]):
                kept[group] = context
        merged[key] = tuple(sorted(_keep(kept).values(), key=_order))
    return merged


def _instead(passage: Passage, start: int, end: int, one: Occurrence) -> str | None:
    """What the passage is that holds the term and is no sentence to show; None if it says nothing beside the term, or is not to be shown."""
    text = passage.text[start:end]
    others = sum(sign.isalnum() for sign in text) - sum(sign.isalnum() for sign in passage.text[one.start : one.end])
    if passage.repeat or others < _SAYS_MORE:
        return None
    if passage.section == "annex":  # an entry of the annex defines its own term and is a context of the others
        return "annex" if passage.text[: one.start].strip("“《【 1234567890.、") else None
    if passage.section != "body":
        return None
    if passage.kind in ("heading", "table"):
        return passage.kind
    finished = any(sign in FINAL for sign in text[-1:] + passage.text[end : end + 1])
    return "" if finished else "list item" if passage.kind == "list" else None


def choose(pool: Pool, limit: int = 3) -> dict[str, tuple[Context, ...]]:
    """The `limit` contexts to show per concept: the best ones, another document preferred to a slightly better sentence.

    A concept that no sentence shows has the heading, item or cell it stands in, if there is one.
    """
    chosen = {key: tuple(_varied(contexts, limit)) or _only(contexts) for key, contexts in pool.items()}
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


def _only(contexts: Iterable[Context]) -> tuple[Context, ...]:
    return tuple(sorted((context for context in contexts if context.score < 0), key=_order)[:1])


def _order(context: Context) -> tuple[float, str, int, str]:
    return (-context.score, context.source.document, context.source.offset, context.text)


def _keep(kept: Mapping[str, Context]) -> dict[str, Context]:
    return dict(sorted(kept.items(), key=lambda item: _order(item[1]))[:KEPT])


def _same(text: str) -> str:
    """What two sentences share that differ in figures and punctuation only."""
    return _NOT_LETTERS.sub("", text)


_NOT_LETTERS = re.compile(r"[\W\d_]+")


def _spans(text: str, form: str) -> Iterator[tuple[int, int]]:
    start = text.find(form)
    while start >= 0:
        yield start, start + len(form)
        start = text.find(form, start + len(form))
