"""Counts everything about the candidates of one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from termbuilder.evidence import spans
from termbuilder.evidence.spans import CLOSERS, OPENERS, Span
from termbuilder.evidence.surroundings import Judgement, measure
from termbuilder.evidence.table import NOTHING, UNIT, Floats, Ints, Shape, Table, Tally, key_of, most
from termbuilder.model import Passage, Word

SURE_CUES = ("quoted", "titled", "numeric", "known", "explained", "parallel")  # offered whatever the tagger thinks
LONGEST_SURFACE = 80


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
    likely = spans.likely(judged.spans, flat)
    offered = spans.offered(cues, starts, flat)
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
    measured = measure(passages, words, offered, likely, judged, bonds, flat, number, first, last)
    return _summed(words, surfaces, pattern, number, first, last, measured, starts, flat)


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
    left = first - np.isin(characters[np.maximum(first - 1, 0)], OPENERS) - 1
    right = last + np.isin(characters[np.minimum(last, len(flat) - 1)], CLOSERS)
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
            right_of.append(most(_counted([every_word[i].text for i in after_in[begin:end] if i >= 0])))
            left_of.append(most(_counted([every_word[i].text for i in before_in[begin:end] if i >= 0])))
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
