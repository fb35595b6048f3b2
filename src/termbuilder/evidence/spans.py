"""Spans of text as candidates: whole pairs of marks, no punctuation at the ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from termbuilder.evidence.table import Ints

Span = tuple[int, int]

PUNCTUATION = "，。；：！？、“”‘’（）《》【】—…·,.;:!?()|"
PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "【": "】"}
OPENERS, CLOSERS = list(PAIRS), list(PAIRS.values())
_OPENING = {closing: opening for opening, closing in PAIRS.items()}


def whole(text: str, start: int, end: int) -> Span | None:
    """The span without punctuation at its ends and with whole pairs of marks inside; None if a pair is cut and cannot be made whole.

    >>> text = "深化轨道交通“四网融合”，推进“一带一路”建设"
    >>> [text[slice(*whole(text, *span))] for span in ((6, 12), (2, 11), (15, 23), (7, 11))]
    ['四网融合', '轨道交通“四网融合”', '“一带一路”建设', '四网融合']
    """
    while (
        start < end
        and text[start] in PUNCTUATION
        and not (text[start] in PAIRS and 0 < text.find(PAIRS[text[start]], start, end) < end - 1)
    ):
        start += 1
    while (
        start < end
        and text[end - 1] in PUNCTUATION
        and not (text[end - 1] in _OPENING and _OPENING[text[end - 1]] in text[start : end - 1])
    ):
        end -= 1
    open_marks: list[str] = []
    for character in text[start:end]:
        if character in PAIRS:
            open_marks.append(character)
        elif character in _OPENING:
            if open_marks and open_marks[-1] == _OPENING[character]:
                open_marks.pop()
            elif start and text[start - 1] == _OPENING[character]:
                return whole(text, start - 1, end)
            else:
                return None
    if not open_marks:
        return (start, end) if start < end else None
    if len(open_marks) == 1 and text[end : end + 1] == PAIRS[open_marks[0]]:
        return whole(text, start, end + 1)
    return None


def likely(judged: Mapping[Span, tuple[float, float]], flat: str) -> dict[Span, tuple[float, float]]:
    """The tagger's spans without or with both of their marks; what it gave to a span and to the same with a mark more is added."""
    found: dict[Span, tuple[float, float]] = {}
    for (start, end), (longest, shortest) in judged.items():
        span = whole(flat, start, end)
        if span is not None:
            before = found.get(span, (0.0, 0.0))
            found[span] = (min(1.0, before[0] + longest), min(1.0, before[1] + shortest))
    return found


def offered(cues: Sequence[Mapping[Span, Sequence[str]]], starts: Ints, flat: str) -> dict[Span, frozenset[str]]:
    """What the finders offered in each passage, in characters of the whole document: made whole, with the finders' names."""
    found: dict[Span, frozenset[str]] = {}
    for first, spans in zip(starts.tolist(), cues):
        for (start, end), names in spans.items():
            span = whole(flat, first + start, first + end)
            if span is not None:
                found[span] = found.get(span, frozenset()) | frozenset(names)
    return found
