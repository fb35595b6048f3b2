"""What is counted for a term candidate, and how counts add up.

`observe` looks at one document: where each candidate stands, how probable the tagger finds it there, what surrounds it. The evidence of
documents is added with `added`, which is exactly associative and commutative (sums are kept as whole numbers of 2 ** -36), so that a run
gives the same answer however the work was cut and in whatever order it was done.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from termbuilder.model import Passage, Word

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Span = tuple[int, int]

_DROPPED = frozenset(" \t\n\r\"'“”‘’「」『』《》〈〉()（）[]【】·•,，、。:：;；")

# What is measured at each occurrence. For each, the mean and the largest value over the occurrences become features.
MEASURES = (
    "longest",  # probability under the CRF trained on longest terms
    "shortest",  # ... on shortest terms
    "longest begins", "longest ends", "longest left inside", "longest right inside", "longest outside",
    "shortest begins", "shortest ends", "shortest left inside", "shortest right inside", "shortest outside",
    "before: edge", "before: 、", "before: verb", "before: noun", "before: number", "before: 的", "before: quote",
    "after: edge", "after: 、", "after: noun", "after: verb", "after: number", "after: 等", "after: quote", "after: 的",
    "begins with a word", "ends with a word", "outside running text", "place in document",
    "bond to the left", "bond to the right", "bond inside",
    "best longer", "best shorter", "best crossing", "best list neighbour",
    "title", "quoted", "numeric", "listed", "headed", "explained", "parallel", "known", "cohesive",
)  # fmt: skip
COLUMN: Mapping[str, int] = {name: number for number, name in enumerate(MEASURES)}


def key_of(text: str) -> str:
    """The key of a form: width-folded, lower case, without quotation marks, brackets, spaces and commas.

    >>> key_of("“532”发展战略"), key_of("ＧＤＰ万亿之城")
    ('532发展战略', 'gdp万亿之城')
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c not in _DROPPED).lower()


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


class Shape(NamedTuple):
    """How a candidate is built, read off the occurrence that the tagger likes best (ties: the first in text order).

    Of two documents, the greater shape is kept.
    """

    liking: float
    surface: str
    first_word: str
    last_word: str
    first_tag: str
    last_tag: str
    words: int


@dataclass(frozen=True)
class Evidence:
    """All that is known of one candidate key."""

    frequency: int
    document_frequency: int
    sums: Floats  # (len(MEASURES),) added over the occurrences
    maxima: Floats  # (len(MEASURES),)
    missed: Floats  # (2,) sum of log(1 - probability) under the two CRFs
    shape: Shape
    surfaces: tuple[tuple[str, int], ...]  # printed in the passages, with quotation marks inside; sorted
    right: tuple[tuple[str, int], ...] = ()  # words that follow, with counts; the eight most frequent
    left: tuple[tuple[str, int], ...] = ()

    def share(self, measure: str) -> float:
        """The mean of a measure over the occurrences, 0 to 1 for those that say yes or no."""
        return float(self.sums[COLUMN[measure]]) / self.frequency


UNIT = float(
    1 << 36
)  # sums are whole numbers of this fraction, so that the order of adding cannot show; room for 10 million occurrences
MOST_NEIGHBOURS = 8  # of one document, and of all together
Tally = tuple[tuple[str, int], ...]  # strings with counts, sorted


@dataclass(frozen=True, eq=False)
class Table(Mapping[str, Evidence]):
    """The evidence of many candidates side by side, as columns; keys sorted."""

    keys_: Sequence[str]
    counts: Ints  # (n, 2): frequency, document frequency
    sums: Ints  # (n, len(MEASURES) + 2): measures and `missed`, in units of 2 ** -36
    maxima: NDArray[np.float32]  # (n, len(MEASURES))
    shapes: Sequence[Shape]
    surfaces: Sequence[Tally]
    right: Sequence[Tally]  # the most frequent of each document
    left: Sequence[Tally]

    @cached_property
    def _place(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.keys_)}

    def __len__(self) -> int:
        """How many candidates."""
        return len(self.keys_)

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self.keys_)

    def __contains__(self, key: object) -> bool:
        """Is this a candidate?"""
        return key in self._place

    def __getitem__(self, key: str) -> Evidence:
        """All that is known of one candidate; KeyError if it is none."""
        return self.row(self._place[key])

    def row(self, number: int) -> Evidence:
        """All that is known of the candidate of that number."""
        sums = self.sums[number] / UNIT
        frequency, documents = self.counts[number].tolist()
        return Evidence(
            frequency, documents, sums[:-2], self.maxima[number].astype(np.float64), sums[-2:], self.shapes[number],
            self.surfaces[number], _most(self.right[number]), _most(self.left[number]),
        )  # fmt: skip

    def chosen(self, rows: Ints) -> Table:
        """Only these rows."""
        numbers = rows.tolist()

        def some(column: Sequence[Any]) -> list[Any]:
            return [column[number] for number in numbers]

        return Table(
            some(self.keys_), self.counts[rows], self.sums[rows], self.maxima[rows], some(self.shapes),
            some(self.surfaces), some(self.right), some(self.left),
        )  # fmt: skip

    def blocks(self, size: int) -> Iterator[Table]:
        """The same in tables of `size` candidates, without copying."""
        for start in range(0, len(self.keys_), size):
            own = slice(start, start + size)
            yield Table(
                self.keys_[own], self.counts[own], self.sums[own], self.maxima[own], self.shapes[own],
                self.surfaces[own], self.right[own], self.left[own],
            )  # fmt: skip

    @property
    def bytes(self) -> int:
        """About how much memory it takes."""
        return len(self.keys_) * BYTES_OF_A_ROW

    @classmethod
    def of(cls, evidence: Mapping[str, Evidence]) -> Table:
        """The same evidence as columns."""
        keys = sorted(evidence)
        if not keys:
            return NOTHING
        some = [evidence[key] for key in keys]
        return cls(
            keys, np.array([(one.frequency, one.document_frequency) for one in some]),
            np.rint(np.array([[*one.sums, *one.missed] for one in some]) * UNIT).astype(np.int64),
            np.array([one.maxima for one in some], dtype=np.float32), [one.shape for one in some],
            [one.surfaces for one in some], [one.right for one in some], [one.left for one in some],
        )  # fmt: skip


# Measured on laws and reports: arrays 620, strings and tuples the rest.
BYTES_OF_A_ROW = 1500
NOTHING = Table(
    (), np.zeros((0, 2), np.int64), np.zeros((0, len(MEASURES) + 2), np.int64), np.zeros((0, len(MEASURES)), np.float32),
    (), (), (), (),
)  # fmt: skip


def _added(one: Tally, other: Tally) -> Tally:
    if not one or not other:
        return one or other
    total = dict(one)
    for item, count in other:
        total[item] = total.get(item, 0) + count
    return tuple(sorted(total.items()))


def _most(counts: Tally) -> Tally:
    if len(counts) <= MOST_NEIGHBOURS:
        return counts
    return tuple(sorted(sorted(counts, key=lambda item: (-item[1], item[0]))[:MOST_NEIGHBOURS]))


def added(parts: Iterable[Table]) -> Table:
    """The evidence of several documents together, in whatever order they come."""
    tables = [part for part in parts if len(part)]
    if len(tables) < 2:
        return tables[0] if tables else NOTHING
    keys = sorted(set().union(*(table.keys_ for table in tables)))
    place = {key: number for number, key in enumerate(keys)}
    target = np.array([place[key] for table in tables for key in table.keys_])
    order = np.argsort(target, kind="stable")
    begins = np.flatnonzero(np.diff(target[order], prepend=-1))

    def summed(columns: list[Ints]) -> Ints:
        return np.asarray(np.add.reduceat(np.concatenate(columns)[order], begins, axis=0))

    shapes: list[Shape | None] = [None] * len(keys)
    tallies: tuple[list[Tally], ...] = tuple([()] * len(keys) for _ in range(3))
    row = 0
    for table in tables:
        for shape, *others in zip(table.shapes, table.surfaces, table.right, table.left):
            at = int(target[row])
            row += 1
            before = shapes[at]
            if before is None:
                shapes[at] = shape
                for tally, other in zip(tallies, others):
                    tally[at] = other
            else:
                shapes[at] = max(before, shape)
                for tally, other in zip(tallies, others):
                    tally[at] = _added(tally[at], other)
    maxima = np.concatenate([table.maxima for table in tables])[order]
    return Table(
        keys,
        summed([table.counts for table in tables]),
        summed([table.sums for table in tables]),
        np.maximum.reduceat(maxima, begins, axis=0),
        [shape for shape in shapes if shape is not None],
        *tallies,
    )


def worth(table: Table, least: float) -> Table:
    """Without the candidates that the tagger likes less than `least` wherever they stand, and that bear no sure sign."""
    liked = np.fromiter((shape.liking for shape in table.shapes), dtype=np.float64, count=len(table)) >= least
    sure = (table.maxima[:, [COLUMN[name] for name in SURE_SIGNS]] > 0).any(axis=1)
    return table.chosen(np.flatnonzero(liked | sure))


SURE_SIGNS = ("title", "quoted", "numeric", "explained", "parallel", "known")


# --- one document -------------------------------------------------------------------------------------------------

SURE_CUES = ("quoted", "titled", "numeric", "known", "explained", "parallel")  # offered whatever the tagger thinks
_VERB, _NOUN, _NUMBER = ("v",), ("n", "a", "b", "j", "l"), ("m", "q")
_PUNCTUATION = "，。；：！？、“”‘’（）《》【】—…·,.;:!?()|"
LONGEST_SURFACE = 80
_CUES = frozenset(MEASURES[MEASURES.index("numeric") :])  # the finders whose offers are measures


def observe(
    passages: Sequence[Passage],
    words: Sequence[Sequence[Word]],
    cues: Sequence[Mapping[Span, Sequence[str]]],
    judged: Judgement,
    bonds: Floats,
) -> Table:
    """Count everything about the candidates of one document.

    `cues`: for each passage, the spans that finders offered, with the finders' names; `judged`: the tagger's view; `bonds`: for each
    character of all passages, how firmly it belongs to the next (0 to 9). Passages that repeat an earlier one are not counted.
    """
    flat = "".join(passage.text for passage in passages)
    starts = judged.starts
    likely = _likely(judged, flat)
    offered = _offered(cues, starts, flat)
    sure = {span for span, names in offered.items() if any(name in SURE_CUES for name in names)}
    surfaces = sorted(
        {
            surface
            for start, end in likely.keys() | sure
            if len(surface := flat[start:end]) <= LONGEST_SURFACE and len(key_of(surface)) >= 2
        }
    )
    where = _occurrences(passages, surfaces, starts) if surfaces else None
    if where is None:
        return NOTHING
    pattern, number, first, last = where
    measured = _measure(passages, words, offered, likely, judged, bonds, flat, number, first, last)
    return _summed(words, surfaces, pattern, number, first, last, measured, starts, flat)


def _likely(judged: Judgement, flat: str) -> dict[Span, tuple[float, float]]:
    """The tagger's spans without or with both of their marks; what it gave to a span and to the same with a mark more is added."""
    found: dict[Span, tuple[float, float]] = {}
    for (start, end), (longest, shortest) in judged.spans.items():
        span = whole(flat, start, end)
        if span is not None:
            before = found.get(span, (0.0, 0.0))
            found[span] = (min(1.0, before[0] + longest), min(1.0, before[1] + shortest))
    return found


def _offered(cues: Sequence[Mapping[Span, Sequence[str]]], starts: Ints, flat: str) -> dict[Span, frozenset[str]]:
    found: dict[Span, frozenset[str]] = {}
    for first, spans in zip(starts.tolist(), cues):
        for (start, end), names in spans.items():
            span = whole(flat, first + start, first + end)
            if span is not None:
                found[span] = found.get(span, frozenset()) | frozenset(names)
    return found


_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "【": "】"}
_OPENERS, _CLOSERS = list(_PAIRS), list(_PAIRS.values())
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}


def whole(text: str, start: int, end: int) -> Span | None:
    """The span without punctuation at its ends and with whole pairs of marks inside; None if a pair is cut and cannot be made whole.

    >>> text = "深化轨道交通“四网融合”，推进“一带一路”建设"
    >>> [text[slice(*whole(text, *span))] for span in ((6, 12), (2, 11), (15, 23), (7, 11))]
    ['四网融合', '轨道交通“四网融合”', '“一带一路”建设', '四网融合']
    """
    while (
        start < end
        and text[start] in _PUNCTUATION
        and not (text[start] in _PAIRS and 0 < text.find(_PAIRS[text[start]], start, end) < end - 1)
    ):
        start += 1
    while (
        start < end
        and text[end - 1] in _PUNCTUATION
        and not (text[end - 1] in _OPENING and _OPENING[text[end - 1]] in text[start : end - 1])
    ):
        end -= 1
    open_marks: list[str] = []
    for character in text[start:end]:
        if character in _PAIRS:
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
    if len(open_marks) == 1 and text[end : end + 1] == _PAIRS[open_marks[0]]:
        return whole(text, start, end + 1)
    return None


def _occurrences(passages: Sequence[Passage], surfaces: Sequence[str], starts: Ints) -> tuple[Ints, Ints, Ints, Ints] | None:
    """Every place of every surface: (number of the surface, of the passage, first character, one past the last)."""
    import ahocorasick_rs

    joined = "\n".join(passage.text for passage in passages)
    matches = ahocorasick_rs.AhoCorasick(surfaces).find_matches_as_indexes(joined, overlapping=True)
    if not matches:
        return None
    found = np.array(matches, dtype=np.int64)
    begins = starts[:-1] + np.arange(len(passages))
    number = np.searchsorted(begins, found[:, 1], side="right") - 1
    counted = ~np.array([passage.repeat for passage in passages])[number]
    found, number = found[counted], number[counted]
    return (found[:, 0], number, found[:, 1] - number, found[:, 2] - number) if len(found) else None


def _measure(
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

    edges = np.array(list(_PUNCTUATION))
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


def _summed(
    words: Sequence[Sequence[Word]],
    surfaces: Sequence[str],
    pattern: Ints,
    number: Ints,
    first: Ints,
    last: Ints,
    measured: Floats,
    starts: Ints,
    flat: str,
) -> Table:
    keys = [key_of(surface) for surface in surfaces]
    names = sorted(set(keys))
    index = {key: i for i, key in enumerate(names)}
    group = np.array([index[key] for key in keys])[pattern]
    order = np.argsort(group, kind="stable")
    group, rows = group[order], measured[order]
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    ends = np.append(begins[1:], len(group))
    sums = np.add.reduceat(rows, begins, axis=0)
    maxima = np.maximum.reduceat(rows, begins, axis=0)
    missed = np.add.reduceat(np.log(np.maximum(1 - rows[:, :2], 1e-6)), begins, axis=0)
    every_word = [word for row in words for word in row]
    word_at = np.zeros(len(flat), dtype=np.int64)
    count = 0
    for passage_number, row in enumerate(words):
        at = int(starts[passage_number])
        for word in row:
            word_at[at + word.start : at + word.end] = count
            count += 1
    liking = rows[:, 0] + rows[:, 1]
    best_of = np.maximum.reduceat(liking, begins)
    # the first occurrence in text order that the tagger likes best, for each group
    at_best = np.flatnonzero(liking == np.repeat(best_of, ends - begins))
    best = order[at_best[np.searchsorted(at_best, begins)]]
    first_word, last_word = word_at[first], word_at[last - 1]
    characters = np.array(list(flat))
    # neighbours are the words outside of quotation and title marks
    left = first - np.isin(characters[np.maximum(first - 1, 0)], _OPENERS) - 1
    right = last + np.isin(characters[np.minimum(last, len(flat) - 1)], _CLOSERS)
    before = np.where(left >= starts[number], word_at[np.maximum(left, 0)], -1)
    after = np.where(right < starts[number + 1], word_at[np.minimum(right, len(flat) - 1)], -1)
    shapes: list[Shape] = []
    surfaces_of: list[Tally] = []
    right_of: list[Tally] = []
    left_of: list[Tally] = []
    # plain lists: picking single numbers out of arrays is slow
    pattern_in, after_in, before_in = (column[order].tolist() for column in (pattern, after, before))
    ones, others, patterns = first_word[best].tolist(), last_word[best].tolist(), pattern[best].tolist()
    for begin, end, liked, one, other, surface in zip(begins.tolist(), ends.tolist(), best_of.tolist(), ones, others, patterns):
        begun, ended = every_word[one], every_word[other]
        shapes.append(Shape(liked, surfaces[surface], begun.text, ended.text, begun.tag[:2], ended.tag[:2], other - one + 1))
        if end - begin == 1:
            surfaces_of.append(((surfaces[surface], 1),))
        else:
            surfaces_of.append(_counted([surfaces[i] for i in pattern_in[begin:end]]))
        if liked >= WORTH_NEIGHBOURS:
            right_of.append(_most(_counted([every_word[i].text for i in after_in[begin:end] if i >= 0])))
            left_of.append(_most(_counted([every_word[i].text for i in before_in[begin:end] if i >= 0])))
        else:
            right_of.append(())
            left_of.append(())
    return Table(
        [names[number] for number in group[begins].tolist()],
        np.stack([ends - begins, np.ones(len(begins), np.int64)], axis=1),
        np.rint(np.concatenate([sums, missed], axis=1) * UNIT).astype(np.int64),
        maxima.astype(np.float32),
        shapes,
        surfaces_of,
        right_of,
        left_of,
    )


# Neighbours are for the grouping of terms; candidates that the tagger likes less than this hardly become terms.
WORTH_NEIGHBOURS = 0.05


def _counted(items: list[str]) -> Tally:
    """Items with their counts, sorted."""
    return ((items[0], 1),) if len(items) == 1 else tuple(sorted(Counter(items).items()))
