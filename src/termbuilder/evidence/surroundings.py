"""What is measured at each occurrence of a candidate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence.spans import CLOSERS, OPENERS, PUNCTUATION, Judged, Likely, Offered, code_of
from termbuilder.evidence.table import COLUMN, MEASURES, Floats, Ints, among, members
from termbuilder.model import Passage, Word

_VERB, _NOUN, _NUMBER = "v", "nabjl", "mq"
_CUES = MEASURES[MEASURES.index("numeric") :]  # the finders whose offers are measures
_PUNCTUATION = members(PUNCTUATION)
_NOTHING = 0  # the character and the tag beyond the ends of a passage


class Judgement(Protocol):
    """What the tagger says of the passages of one document (see `tagging.tagger.Tagged`)."""

    @property
    def starts(self) -> Ints:
        """Where each passage starts, counted over the characters of all passages; one more at the end."""

    @property
    def spans(self) -> Judged:
        """The spans that may be terms."""

    @property
    def labels(self) -> Floats:
        """(N, 8): probability of B, I, E, O of each character under the two CRFs."""


@dataclass(frozen=True)
class Grid:
    """The characters of all passages of a document side by side, and the words that they belong to."""

    passages: Sequence[Passage]
    flat: str
    characters: Ints  # code points
    strange: Ints  # for each place between characters, how many before it are no Chinese characters
    words: Sequence[Word]
    word_at: Ints  # for each character, the number of its word
    edges: NDArray[np.bool_]  # for each place between characters, whether a word begins (and another ends) there

    @classmethod
    def of(cls, passages: Sequence[Passage], words: Sequence[Sequence[Word]]) -> Grid:
        """Lay out `passages`, whose `words` join back to them."""
        flat = "".join(passage.text for passage in passages)
        every = [word for row in words for word in row]
        lengths = np.array([word.end - word.start for word in every], dtype=np.int64)
        edges = np.zeros(len(flat) + 1, dtype=bool)
        edges[np.concatenate([[0], np.cumsum(lengths)])] = True
        characters = codes_of(flat)
        strange = np.concatenate([[0], np.cumsum((characters < ord("一")) | (characters > ord("鿿")))])
        return cls(passages, flat, characters, strange, every, np.repeat(np.arange(len(every)), lengths), edges)

    @property
    def tags(self) -> Ints:
        """For each character, the first letter of its word's tag."""
        return codes_of("".join([word.tag[0] for word in self.words]))[self.word_at]


def codes_of(text: str) -> Ints:
    """The code points of a text.

    >>> codes_of("瞪羚").tolist()
    [30634, 32666]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)


@dataclass(frozen=True)
class Places:
    """Every occurrence of every surface, as columns."""

    surface: Ints  # number of the surface
    passage: Ints
    first: Ints  # character
    last: Ints  # one past the last character

    def chosen(self, rows: NDArray[np.bool_] | Ints) -> Places:
        """Only these (numbers, or yes or no for each)."""
        return Places(self.surface[rows], self.passage[rows], self.first[rows], self.last[rows])


def bears_sign(grid: Grid, places: Places, offered: Offered, starts: Ints) -> NDArray[np.bool_]:
    """Does each occurrence bear a sign that is hardly ever wrong: stands it between marks, or did a sure finder offer it?"""
    before, after = _around(grid.characters, places, starts)
    cued = np.isin(code_of(places.first, places.last), offered.codes[offered.by(_SURE)])
    return _quoted(before, after) | _titled(before, after) | cued


_SURE = frozenset({"numeric", "explained", "parallel", "known"})


def _around(values: Ints, places: Places, starts: Ints) -> tuple[Ints, Ints]:
    """What each occurrence has before and after it in its passage; `values` has one for each character."""
    left, right = np.maximum(places.first - 1, 0), np.minimum(places.last, len(values) - 1)
    before = np.where(places.first > starts[places.passage], values[left], _NOTHING)
    after = np.where(places.last < starts[places.passage + 1], values[right], _NOTHING)
    return before, after


def _quoted(before: Ints, after: Ints) -> NDArray[np.bool_]:
    return _among(before, "“‘") & _among(after, "”’")


def _titled(before: Ints, after: Ints) -> NDArray[np.bool_]:
    return np.asarray((before == ord("《")) & (after == ord("》")))


def measure(grid: Grid, places: Places, offered: Offered, likely: Likely, judged: Judgement, bonds: Floats) -> Floats:
    """(occurrences, measures)."""
    starts, size = judged.starts, len(grid.flat)
    first, last, passage = places.first, places.last, places.passage
    out = np.zeros((len(first), len(MEASURES)))
    out[:, :2] = likely.of(first, last)
    for offset, name in ((0, "longest"), (4, "shortest")):
        b, i, e, o = (judged.labels[:, offset + label] for label in range(4))
        out[:, COLUMN[f"{name} begins"]] = b[first]
        out[:, COLUMN[f"{name} ends"]] = e[last - 1]
        out[:, COLUMN[f"{name} left inside"]] = (i + e)[first]
        out[:, COLUMN[f"{name} right inside"]] = (b + i)[last - 1]
        total = np.concatenate([[0.0], np.cumsum(o)])
        out[:, COLUMN[f"{name} outside"]] = (total[last] - total[first]) / (last - first)
    left_in, right_in = first > starts[passage], last < starts[passage + 1]
    before, after = _around(grid.characters, places, starts)
    tag_before, tag_after = _around(grid.tags, places, starts)

    def put(name: str, values: NDArray[np.generic]) -> None:
        out[:, COLUMN[name]] = values

    put("before: edge", ~left_in | among(before, _PUNCTUATION))
    put("before: 、", before == ord("、"))
    put("before: verb", _among(tag_before, _VERB))
    put("before: noun", _among(tag_before, _NOUN))
    put("before: number", _among(tag_before, _NUMBER))
    put("before: 的", before == ord("的"))
    put("before: quote", _among(before, "“‘"))
    put("after: edge", ~right_in | among(after, _PUNCTUATION))
    put("after: 、", after == ord("、"))
    put("after: noun", _among(tag_after, _NOUN))
    put("after: verb", _among(tag_after, _VERB))
    put("after: number", _among(tag_after, "m"))
    put("after: 等", after == ord("等"))
    put("after: quote", _among(after, "”’"))
    put("after: 的", after == ord("的"))
    put("begins with a word", grid.edges[first])
    put("ends with a word", grid.edges[last])
    put("outside running text", np.array([passage.kind != "body" for passage in grid.passages])[passage])
    put("place in document", first / size)
    put("bond to the left", np.where(left_in, bonds[np.maximum(first - 1, 0)], 0.0))
    put("bond to the right", np.where(right_in, bonds[last - 1], 0.0))
    running = np.concatenate([[0.0], np.cumsum(bonds)])
    put("bond inside", (running[last - 1] - running[first]) / np.maximum(last - first - 1, 1))
    put("quoted", _quoted(before, after))
    put("title", _titled(before, after))
    _rivals(out, likely, starts, places)
    _neighbours(out, likely, size, before == ord("、"), after == ord("、"), places)
    _cued(out, offered, places)
    return out


def _among(values: Ints, characters: str) -> NDArray[np.bool_]:
    """Which of `values` are code points of these few `characters`?"""
    found = np.asarray(values == ord(characters[0]))
    for character in characters[1:]:
        found |= values == ord(character)
    return found


_STRONG = 0.03  # rivals less probable than this do not count


def _rivals(out: Floats, likely: Likely, starts: Ints, places: Places) -> None:
    """The most probable spans that contain, are contained in, or cross each occurrence."""
    probability = likely.probability.sum(axis=1)
    strong = probability >= 2 * _STRONG
    if not strong.any():
        return
    a, b, p = likely.first[strong], likely.last[strong], probability[strong] / 2
    first, last = places.first, places.last
    # those that overlap it, in its own passage
    low = np.searchsorted(a, np.maximum(first - (b - a).max() + 1, starts[places.passage]))
    counts = np.maximum(np.searchsorted(a, np.minimum(last, starts[places.passage + 1])) - low, 0)
    rows = np.flatnonzero(counts)
    for some in np.split(rows, np.flatnonzero(np.diff(np.cumsum(counts[rows]) // _PAIRS)) + 1):
        _compared(out, (a, b, p), places, some, low[some], counts[some])


_PAIRS = 1 << 20  # compared at once


def _compared(out: Floats, strong: tuple[Ints, Ints, Floats], places: Places, rows: Ints, low: Ints, counts: Ints) -> None:
    """What `_rivals` tells of the occurrences `rows`, each compared with `counts` strong spans from number `low` on."""
    if not len(rows):
        return
    begins = np.cumsum(counts) - counts
    rival = np.arange(counts.sum()) + np.repeat(low - begins, counts)
    a, b, p = (column[rival] for column in strong)
    x, y = (np.repeat(column[rows], counts) for column in (places.first, places.last))
    other = (a != x) | (b != y)
    longer = (a <= x) & (b >= y) & other
    shorter = (a >= x) & (b <= y) & other
    crossing = ((a < x) & (b > x) & (b < y)) | ((a > x) & (a < y) & (b > y))
    for name, mask in (("best longer", longer), ("best shorter", shorter), ("best crossing", crossing)):
        out[rows, COLUMN[name]] = np.maximum.reduceat(p * mask, begins)


def _neighbours(
    out: Floats, likely: Likely, size: int, listed_left: NDArray[np.bool_], listed_right: NDArray[np.bool_], places: Places
) -> None:
    """The most probable item on the other side of a list comma."""
    best_end, best_start = np.zeros(size + 2), np.zeros(size + 2)
    probability = likely.probability.sum(axis=1) / 2
    np.maximum.at(best_end, likely.last, probability)
    np.maximum.at(best_start, likely.first, probability)
    left = np.where(listed_left, best_end[np.maximum(places.first - 1, 0)], 0.0)
    right = np.where(listed_right, best_start[np.minimum(places.last + 1, size)], 0.0)
    out[:, COLUMN["best list neighbour"]] = np.maximum(left, right)


def _cued(out: Floats, offered: Offered, places: Places) -> None:
    """Which finders offered the very span."""
    if not len(offered.codes):
        return
    wanted = code_of(places.first, places.last)
    at = np.minimum(np.searchsorted(offered.codes, wanted), len(offered.codes) - 1)
    rows = np.flatnonzero(offered.codes[at] == wanted)
    for name in _CUES:
        out[rows, COLUMN[name]] = offered.by({name})[at[rows]]


def neighbours(grid: Grid, places: Places, starts: Ints) -> tuple[Ints, Ints]:
    """(before, after): the numbers of the words next to each occurrence, quotation and title marks aside; -1 where there is none."""
    first, last = places.first, places.last
    end = len(grid.flat) - 1
    left = first - _among(grid.characters[np.maximum(first - 1, 0)], "".join(OPENERS)) - 1
    right = last + _among(grid.characters[np.minimum(last, end)], "".join(CLOSERS))
    before = np.where(left >= starts[places.passage], grid.word_at[np.maximum(left, 0)], -1)
    after = np.where(right < starts[places.passage + 1], grid.word_at[np.minimum(right, end)], -1)
    return before, after
