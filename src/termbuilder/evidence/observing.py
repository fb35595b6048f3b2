"""Counts everything about the candidates of one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence import spans
from termbuilder.evidence.spans import Offers
from termbuilder.evidence.surroundings import Grid, Judgement, Places, bears_sign, measure, neighbours
from termbuilder.evidence.table import NOTHING, UNIT, Floats, Ints, Shape, Table, Tally, added, key_of, most
from termbuilder.model import Passage, Word

SURE_CUES = frozenset(  # offered whatever the tagger thinks
    {"quoted", "titled", "numeric", "known", "explained", "parallel", "framed", "coordinated", "phrasal"}
)
SURE_SIGNED = SURE_CUES - {"framed", "coordinated", "phrasal"}  # ... and hardly ever wrong
LONGEST_SURFACE = 80
# Neighbours are for the grouping of terms; candidates that the tagger likes less than this hardly become terms.
WORTH_NEIGHBOURS = 0.05
TOGETHER = 1 << 17  # places that are measured at a time (50 MB of numbers)


def observe(
    passages: Sequence[Passage],
    words: Sequence[Sequence[Word]],
    cues: Offers,
    judged: Judgement,
    bonds: Floats,
    look: float = 0.0,
    least: float = 0.0,
) -> Table:
    """Count everything about the candidates of one document.

    `words`: those of each passage, which join back to it; `cues`: the spans that finders offered;
    `judged`: the tagger's view; `bonds`: for each character of all passages, how firmly it belongs to the next (0 to 9). Passages that
    repeat an earlier one are not counted. Candidates that the tagger likes less than `look` at all places that it reads as a possible term, and
    that no sure finder offered, are passed over; so are those that it likes less than `least` wherever they stand and that bear no sure sign.
    """
    grid = Grid.of(passages, words)
    likely = spans.likely(judged.spans, grid.flat, grid.characters)
    offered = spans.offered(cues, grid.flat, grid.characters)
    cues_taken = SURE_CUES if not look else SURE_SIGNED
    sure = offered.by(cues_taken)
    liked = likely.probability.sum(axis=1) >= look
    keys = _keys(grid, likely.first[liked], likely.last[liked]) | _keys(grid, offered.first[sure], offered.last[sure])
    if look:  # another print of a liked one is liked, too
        wanted = set(keys.values())
        rest = _keys(grid, likely.first[~liked], likely.last[~liked])
        keys |= {surface: key for surface, key in rest.items() if key in wanted}
    surfaces = sorted(keys)
    places = _occurrences(passages, surfaces, judged.starts) if surfaces else None
    if places is None:
        return NOTHING
    key = [keys[surface] for surface in surfaces]
    if least:
        promising = (likely.of(places.first, places.last).sum(axis=1) >= least) | bears_sign(
            grid, places, offered, judged.starts
        )
        wanted = {key[surface] for surface in set(places.surface[promising].tolist())}
        places = places.chosen(np.array([one in wanted for one in key])[places.surface])
        if not len(places.first):
            return NOTHING
    return added(
        _summed(grid, surfaces, key, some, measure(grid, some, offered, likely, judged, bonds), judged.starts)
        for some in _by_candidate(places, key)
    )


def _by_candidate(places: Places, key: Sequence[str]) -> Iterator[Places]:
    """The places of a few candidates at a time, all those of a candidate together; of a short document all at once."""
    count = len(places.first)
    if count <= TOGETHER:
        yield places
        return
    index = {name: number for number, name in enumerate(sorted(set(key)))}
    candidate = np.array([index[name] for name in key])[places.surface]
    order = np.argsort(candidate, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(candidate[order])) + 1, count)
    begin = 0
    while begin < count:
        end = int(ends[min(int(np.searchsorted(ends, begin + TOGETHER)), len(ends) - 1)])
        yield places.chosen(order[begin:end])
        begin = end


def _keys(grid: Grid, first: Ints, last: Ints) -> dict[str, str]:
    """The key of each different text among the spans, if it is long enough for a term and not too long."""
    flat = grid.flat
    kept = (last - first >= 2) & (last - first <= LONGEST_SURFACE)
    plain = grid.strange[first] == grid.strange[last]

    def texts(rows: NDArray[np.bool_]) -> set[str]:
        return {flat[start:end] for start, end in zip(first[rows].tolist(), last[rows].tolist())}

    own = texts(kept & plain)  # Chinese characters are their own key
    return dict(zip(own, own)) | {text: key for text in texts(kept & ~plain) if len(key := key_of(text)) >= 2}


def _occurrences(passages: Sequence[Passage], surfaces: Sequence[str], starts: Ints) -> Places | None:
    """Every place of every surface."""
    import ahocorasick_rs

    joined = "\n".join(passage.text for passage in passages)
    matches = ahocorasick_rs.AhoCorasick(surfaces).find_matches_as_indexes(joined, overlapping=True)
    if not matches:
        return None
    found = np.fromiter(chain.from_iterable(matches), dtype=np.int64, count=3 * len(matches)).reshape(-1, 3)
    begins = starts[:-1] + np.arange(len(passages))
    number = np.searchsorted(begins, found[:, 1], side="right") - 1
    counted = ~np.array([passage.repeat for passage in passages])[number]
    found, number = found[counted], number[counted]
    return Places(found[:, 0], number, found[:, 1] - number, found[:, 2] - number) if len(found) else None


def _summed(grid: Grid, surfaces: Sequence[str], keys: Sequence[str], places: Places, measured: Floats, starts: Ints) -> Table:
    names = sorted(set(keys))
    index = {key: i for i, key in enumerate(names)}
    group = np.array([index[key] for key in keys])[places.surface]
    order = np.argsort(group, kind="stable")
    group, rows = group[order], measured[order]
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    ends = np.append(begins[1:], len(group))
    sums = np.add.reduceat(rows, begins, axis=0)
    maxima = np.maximum.reduceat(rows, begins, axis=0)
    missed = np.add.reduceat(np.log(np.maximum(1 - rows[:, :2], 1e-6)), begins, axis=0)
    liking = rows[:, 0] + rows[:, 1]
    best_of = np.maximum.reduceat(liking, begins)
    # the first occurrence in text order that the tagger likes best, for each group
    at_best = np.flatnonzero(liking == np.repeat(best_of, ends - begins))
    best = order[at_best[np.searchsorted(at_best, begins)]]
    before, after = neighbours(grid, places, starts)
    shapes: list[Shape] = []
    surfaces_of: list[Tally] = []
    right_of: list[Tally] = []
    left_of: list[Tally] = []
    # plain lists: picking single numbers out of arrays is slow
    pattern_in, after_in, before_in = (column[order].tolist() for column in (places.surface, after, before))
    first_word, last_word = grid.word_at[places.first[best]].tolist(), grid.word_at[places.last[best] - 1].tolist()
    patterns = places.surface[best].tolist()
    words = grid.words
    for begin, end, liked, one, other, surface in zip(
        begins.tolist(), ends.tolist(), best_of.tolist(), first_word, last_word, patterns
    ):
        begun, ended = words[one], words[other]
        shapes.append(Shape(liked, surfaces[surface], begun.text, ended.text, begun.tag[:2], ended.tag[:2], other - one + 1))
        if end - begin == 1:
            surfaces_of.append(((surfaces[surface], 1),))
        else:
            surfaces_of.append(_counted([surfaces[i] for i in pattern_in[begin:end]]))
        if liked >= WORTH_NEIGHBOURS:
            right_of.append(_beside(words, after_in[begin:end]))
            left_of.append(_beside(words, before_in[begin:end]))
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


def _beside(words: Sequence[Word], numbers: list[int]) -> Tally:
    """The words of these numbers with their counts, the most frequent ones; -1 is none."""
    if len(numbers) == 1:
        return ((words[numbers[0]].text, 1),) if numbers[0] >= 0 else ()
    return most(_counted([words[number].text for number in numbers if number >= 0]))


def _counted(items: list[str]) -> Tally:
    """Items with their counts, sorted."""
    return ((items[0], 1),) if len(items) == 1 else tuple(sorted(Counter(items).items()))
