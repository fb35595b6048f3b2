"""Ranks term candidates, with reasons: the score is the sum of the reasons' weights.

Boosted trees weigh what the tagger, the finders, the surroundings, the background and the lexicon say (see `features.NAMES`). The score is a
log odds: 0 means as likely a term as not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence import UNIT, Table
from termbuilder.model import Reason
from termbuilder.rank import features, lexicon
from termbuilder.rank.candidate import Candidate, candidates
from termbuilder.rank.cover import fragments
from termbuilder.rank.features import Counts, Known
from termbuilder.rank.lexicon import Lexicon
from termbuilder.rank.phrases import Wording
from termbuilder.rank.trees import Trees

__all__ = ["Candidate", "Ranker", "Ranking", "candidates", "fragments", "load", "probability"]

_DATA = Path(__file__).parents[1] / "data"
NAMES = features.NAMES + lexicon.NAMES
WORDING = Wording.of(NAMES)
BLOCK = 8_192  # candidates that are looked at together: 10 MB of features
TOLD_TOGETHER = 2_048  # candidates whose reasons are made together


Judged = tuple[list[Candidate], NDArray[np.float32], int]
Each = Callable[[Callable[[Table], Judged], list[Table]], Iterable[Judged]]


@dataclass(frozen=True)
class Ranking:
    """The candidates above a floor, best first (equal scores in the order of their keys), and what is needed to say why."""

    candidates: tuple[Candidate, ...]
    trees: Trees
    keys: tuple[str, ...]
    rows: NDArray[np.float32]  # the features of each key
    count: int  # candidates, also below the floor
    expected: float  # how many of them are terms in the eyes of the tagger

    def reasons(self, wanted: Set[str], most: int = 0) -> dict[str, tuple[Reason, ...]]:
        """Why the candidates `wanted` score as they do: what each feature adds, the largest share first, and what all start from.

        The weights add up to the score. With `most`, smaller shares are put together in one last reason.
        """
        places = [place for place, key in enumerate(self.keys) if key in wanted]
        told: dict[str, tuple[Reason, ...]] = {}
        for start in range(0, len(places), TOLD_TOGETHER):
            some = places[start : start + TOLD_TOGETHER]
            rows = self.rows[some]
            for place, reasons in zip(some, _told(*self.trees.shares(rows), rows, most), strict=True):
                told[self.keys[place]] = reasons
        return told


@dataclass(frozen=True)
class Ranker:
    """Trees, lexicon and background: all that ranking looks up."""

    known: Known
    lexicon: Lexicon
    trees: Trees

    def rank(
        self, tables: Iterable[Table], floor: float = -math.inf, each: Each = map, pieces: int = 1, most: int = 0
    ) -> Ranking:
        """Rank the candidates of a corpus whose evidence comes in parts (no candidate in two of them; gone through twice).

        Candidates that score less than `floor`, or are not among the best `most` (0: all), are counted and forgotten. `each` applies a function to each table of a list; it may share
        the work, for which every part is cut into `pieces` at least.
        """
        nesting = features.Nesting.of(tables)
        kept: list[Candidate] = []
        rows = [np.zeros((0, len(NAMES)), dtype=np.float32)]
        count = expected = 0
        for whole in tables:
            count += len(whole)
            size = max(1, min(BLOCK, -(-len(whole) // pieces)))
            for good, own_rows, own_expected in each(
                lambda block: self._judged(block, nesting, floor), list(whole.blocks(size))
            ):
                kept += good
                rows.append(own_rows)
                expected += own_expected
                if most and len(kept) > most:
                    kept, rows = _best(kept, rows, most)
        kept, [features_of] = _best(kept, rows, most)
        return Ranking(tuple(kept), self.trees, tuple(one.key for one in kept), features_of, count, expected / UNIT)

    def _judged(self, table: Table, nesting: features.Nesting, floor: float) -> Judged:
        """The candidates of a table that reach `floor` with their features; how many terms the tagger expects, in units of `UNIT`."""
        # in whole units, so that the sum does not depend on the order of adding
        expected = int(np.rint(-np.expm1(table.sums[:, -2] / UNIT) * UNIT).sum())
        _, rows = features.matrix(table, self.known, nesting)
        rows = np.concatenate([rows, self.lexicon.rows(table.keys_, table.shapes)], axis=1)
        scores = np.round(self.trees.scores(rows), 6)
        good = np.flatnonzero(scores >= floor)
        return list(candidates(table.chosen(good), scores[good].tolist())), rows[good], expected


def _best(
    kept: Sequence[Candidate], rows: Sequence[NDArray[np.float32]], most: int
) -> tuple[list[Candidate], list[NDArray[np.float32]]]:
    """The best `most` (0: all) candidates in their order, with their features in one piece."""
    order = sorted(range(len(kept)), key=lambda number: (-kept[number].score, kept[number].key))[: most or None]
    return [kept[number] for number in order], [np.concatenate(rows)[order]]


def _told(
    biases: NDArray[np.float64], shares: NDArray[np.float64], rows: NDArray[np.float32], most: int
) -> Iterator[tuple[Reason, ...]]:
    """The reasons of each row: the largest shares, what all start from, and the rest. Features that say the same are told as one."""
    shares = shares @ WORDING.adding
    order = np.argsort(-np.abs(shares), axis=1, kind="stable")[:, : most or None]
    shown = np.take_along_axis(shares, order, axis=1).round(4).tolist()
    totals = (shares.sum(axis=1) + biases).tolist()
    numbers = np.count_nonzero(shares, axis=1).tolist()
    for total, number, bias, phrases, weights in zip(totals, numbers, biases.tolist(), WORDING.told(rows, order), shown):
        listed = list(zip(phrases, weights))[:number]
        reasons = [Reason(phrase, weight, note) for (phrase, note), weight in listed]
        reasons.append(Reason("start", round(bias, 4), "what every candidate starts from"))
        rest = total - sum(reason.weight for reason in reasons)
        if abs(rest) >= 5e-7:
            smaller = number - len(listed)
            reasons.append(Reason("the rest", round(rest, 6), f"{smaller} smaller reasons" if smaller else "rounding"))
        yield tuple(reasons)


def probability(score: float) -> float:
    """The share of candidates of this score that are terms.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-score))


def load(glossary: frozenset[str], ranker: Path = _DATA / "ranker.npz", background: Path = _DATA / "background.npz") -> Ranker:
    """The shipped ranker; `glossary`: the keys of the terms of all glossaries in use."""
    with np.load(background) as data:
        known = Known(Counts(data["report_codes"], data["report_logs"]), Counts(data["law_codes"], data["law_logs"]), glossary)
    with np.load(ranker) as data:
        counts = dict(zip(data["lexicon_codes"].tolist(), zip(data["lexicon_terms"].tolist(), data["lexicon_all"].tolist())))
        trees = Trees(
            data["roots"], data["feature"], data["threshold"], data["left"], data["right"], data["value"], float(data["bias"])
        )
        return Ranker(known, Lexicon(counts, float(data["rate"])), trees)
