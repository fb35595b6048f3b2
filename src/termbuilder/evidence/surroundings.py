"""What is measured at each occurrence of a candidate."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence.spans import PUNCTUATION, Span
from termbuilder.evidence.table import COLUMN, MEASURES, Floats, Ints
from termbuilder.model import Passage, Word

_VERB, _NOUN, _NUMBER = ("v",), ("n", "a", "b", "j", "l"), ("m", "q")
_CUES = frozenset(MEASURES[MEASURES.index("numeric") :])  # the finders whose offers are measures


class Judgement(Protocol):
    """What the tagger says of the passages of one document (see `tagging.tagger.Tagged`)."""

    @property
    def starts(self) -> Ints:
        """Where each passage starts, counted over the characters of all passages; one more at the end."""

    @property
    def spans(self) -> Mapping[Span, tuple[float, float]]:
        """(start, end) -> probability under the longest-term and the shortest-term CRF."""

    @property
    def labels(self) -> Floats:
        """(N, 8): probability of B, I, E, O of each character under the two."""


def measure(
    passages: Sequence[Passage],
    words: Sequence[Sequence[Word]],
    offered: Mapping[Span, frozenset[str]],
    likely: Mapping[Span, tuple[float, float]],
    judged: Judgement,
    bonds: Floats,
    flat: str,
    number: Ints,
    first: Ints,
    last: Ints,
) -> Floats:
    """(occurrences, measures)."""
    starts, size = judged.starts, len(flat)
    out = np.zeros((len(first), len(MEASURES)))
    probabilities = [likely.get(span, (0.0, 0.0)) for span in zip(first.tolist(), last.tolist())]
    out[:, :2] = probabilities
    for offset, name in ((0, "longest"), (4, "shortest")):
        b, i, e, o = (judged.labels[:, offset + label] for label in range(4))
        out[:, COLUMN[f"{name} begins"]] = b[first]
        out[:, COLUMN[f"{name} ends"]] = e[last - 1]
        out[:, COLUMN[f"{name} left inside"]] = (i + e)[first]
        out[:, COLUMN[f"{name} right inside"]] = (b + i)[last - 1]
        total = np.concatenate([[0.0], np.cumsum(o)])
        out[:, COLUMN[f"{name} outside"]] = (total[last] - total[first]) / (last - first)
    characters = np.array(list(flat))
    tags, word_starts, word_ends = _word_grid(words, starts, size)
    left_in, right_in = first > starts[number], last < starts[number + 1]
    before = np.where(left_in, characters[np.maximum(first - 1, 0)], "|")
    after = np.where(right_in, characters[np.minimum(last, size - 1)], "|")
    tag_before = np.where(left_in, tags[np.maximum(first - 1, 0)], "|")
    tag_after = np.where(right_in, tags[np.minimum(last, size - 1)], "|")

    def put(name: str, values: NDArray[np.generic]) -> None:
        out[:, COLUMN[name]] = values

    edges = np.array(list(PUNCTUATION))
    put("before: edge", np.isin(before, edges))
    put("before: 、", before == "、")
    put("before: verb", np.isin(tag_before, _VERB))
    put("before: noun", np.isin(tag_before, _NOUN))
    put("before: number", np.isin(tag_before, _NUMBER))
    put("before: 的", before == "的")
    put("before: quote", np.isin(before, ["“", "‘"]))
    put("after: edge", np.isin(after, edges))
    put("after: 、", after == "、")
    put("after: noun", np.isin(tag_after, _NOUN))
    put("after: verb", np.isin(tag_after, _VERB))
    put("after: number", tag_after == "m")
    put("after: 等", after == "等")
    put("after: quote", np.isin(after, ["”", "’"]))
    put("after: 的", after == "的")
    put("begins with a word", word_starts[first])
    put("ends with a word", word_ends[last])
    put("outside running text", np.array([passage.kind != "body" for passage in passages])[number])
    put("place in document", first / size)
    put("bond to the left", np.where(left_in, bonds[np.maximum(first - 1, 0)], 0.0))
    put("bond to the right", np.where(right_in, bonds[last - 1], 0.0))
    running = np.concatenate([[0.0], np.cumsum(bonds)])
    put("bond inside", (running[last - 1] - running[first]) / np.maximum(last - first - 1, 1))
    put("quoted", np.isin(before, ["“", "‘"]) & np.isin(after, ["”", "’"]))
    put("title", (before == "《") & (after == "》"))
    _rivals(out, likely, starts, number, first, last)
    _neighbours(out, likely, size, before, after, first, last)
    for row, span in enumerate(zip(first.tolist(), last.tolist())):
        for name in offered.get(span, ()):
            if name in _CUES:
                out[row, COLUMN[name]] = 1.0
    return out


def _word_grid(
    words: Sequence[Sequence[Word]], starts: Ints, size: int
) -> tuple[NDArray[np.str_], NDArray[np.bool_], NDArray[np.bool_]]:
    tags = np.full(size, "x", dtype="U1")
    begins, ends = np.zeros(size + 1, dtype=bool), np.zeros(size + 1, dtype=bool)
    for number, row in enumerate(words):
        at = int(starts[number])
        for word in row:
            tags[at + word.start : at + word.end] = word.tag[:1]
            begins[at + word.start] = True
            ends[at + word.end] = True
    return tags, begins, ends


_STRONG = 0.03  # rivals less probable than this do not count


def _rivals(
    out: Floats, likely: Mapping[Span, tuple[float, float]], starts: Ints, number: Ints, first: Ints, last: Ints
) -> None:
    """The most probable spans that contain, are contained in, or cross each occurrence."""
    rivals = sorted((a, b, (x + y) / 2) for (a, b), (x, y) in likely.items() if x + y >= 2 * _STRONG)
    if not rivals:
        return
    a, b, p = (np.array(column) for column in zip(*rivals))
    order = np.argsort(number, kind="stable")
    bounds = np.flatnonzero(np.diff(number[order], prepend=-1, append=-1))
    columns = [COLUMN["best longer"], COLUMN["best shorter"], COLUMN["best crossing"]]
    for begin, end in itertools.pairwise(bounds):
        rows = order[begin:end]
        here = int(number[rows[0]])
        low, high = np.searchsorted(a, [starts[here], starts[here + 1]])
        if low == high:
            continue
        ra, rb, rp = a[None, low:high], b[None, low:high], p[None, low:high]
        x, y = first[rows][:, None], last[rows][:, None]
        same = (ra == x) & (rb == y)
        longer = (ra <= x) & (rb >= y) & ~same
        shorter = (ra >= x) & (rb <= y) & ~same
        crossing = ((ra < x) & (rb > x) & (rb < y)) | ((ra > x) & (ra < y) & (rb > y))
        for column, mask in zip(columns, (longer, shorter, crossing), strict=True):
            out[rows, column] = (rp * mask).max(axis=1)


def _neighbours(
    out: Floats,
    likely: Mapping[Span, tuple[float, float]],
    size: int,
    before: NDArray[np.str_],
    after: NDArray[np.str_],
    first: Ints,
    last: Ints,
) -> None:
    """The most probable item on the other side of a list comma."""
    best_end, best_start = np.zeros(size + 2), np.zeros(size + 2)
    for (a, b), (x, y) in likely.items():
        best_end[b] = max(best_end[b], (x + y) / 2)
        best_start[a] = max(best_start[a], (x + y) / 2)
    left = np.where(before == "、", best_end[np.maximum(first - 1, 0)], 0.0)
    right = np.where(after == "、", best_start[np.minimum(last + 1, size)], 0.0)
    out[:, COLUMN["best list neighbour"]] = np.maximum(left, right)
