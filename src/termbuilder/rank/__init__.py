"""Ranks term candidates, with reasons: the score is the sum of the reasons' weights.

Boosted trees weigh what the tagger, the finders, the surroundings, the background and the lexicon say (see `features.NAMES`). The score is a
log odds: 0 means as likely a term as not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence import Evidence
from termbuilder.model import Reason
from termbuilder.rank import features, lexicon
from termbuilder.rank.candidate import Candidate
from termbuilder.rank.cover import fragments
from termbuilder.rank.features import Counts, Known
from termbuilder.rank.lexicon import Lexicon
from termbuilder.rank.trees import Trees

__all__ = ["Candidate", "Ranker", "Ranking", "fragments", "load", "probability"]

_DATA = Path(__file__).parents[1] / "data"
NAMES = features.NAMES + lexicon.NAMES


@dataclass(frozen=True)
class Ranking:
    """All candidates, best first (equal scores in the order of their keys), and what is needed to say why."""

    candidates: tuple[Candidate, ...]
    trees: Trees
    keys: tuple[str, ...]
    rows: NDArray[np.float32]  # the features of each key

    def reasons(self, wanted: Set[str], most: int = 0) -> dict[str, tuple[Reason, ...]]:
        """Why the candidates `wanted` score as they do: what each feature adds, the largest share first, and what all start from.

        The weights add up to the score. With `most`, smaller shares are put together in one last reason.
        """
        places = [place for place, key in enumerate(self.keys) if key in wanted]
        if not places:
            return {}
        rows = self.rows[places]
        biases, shares = self.trees.shares(rows)
        return {self.keys[place]: _told(float(biases[i]), shares[i], rows[i], most) for i, place in enumerate(places)}


@dataclass(frozen=True)
class Ranker:
    """Trees, lexicon and background: all that ranking looks up."""

    known: Known
    lexicon: Lexicon
    trees: Trees

    def rank(self, evidence: Mapping[str, Evidence]) -> Ranking:
        """Rank all candidates."""
        keys, rows = features.matrix(evidence, self.known)
        if not keys:
            return Ranking((), self.trees, (), rows)
        learned = self.lexicon.rows(keys, [evidence[key].shape for key in keys])
        rows = np.concatenate([rows, learned], axis=1)
        ranked = [
            Candidate(key, evidence[key], round(score, 6))
            for key, score in zip(keys, self.trees.scores(rows).tolist(), strict=True)
        ]
        ranked.sort(key=lambda candidate: (-candidate.score, candidate.key))
        return Ranking(tuple(ranked), self.trees, tuple(keys), rows)


def _told(bias: float, shares: NDArray[np.float64], row: NDArray[np.float32], most: int) -> tuple[Reason, ...]:
    order = sorted((i for i in range(len(shares)) if shares[i]), key=lambda i: (-abs(shares[i]), i))
    shown = order[:most] if most else order
    reasons = [Reason(NAMES[i], round(float(shares[i]), 4), f"is {row[i]:.4g}") for i in shown]
    start = round(bias, 4)
    reasons.append(Reason("start", start, "what every candidate starts from"))
    rest = float(shares.sum()) + bias - sum(reason.weight for reason in reasons)
    if abs(rest) >= 5e-7:
        reasons.append(
            Reason(
                "the rest",
                round(rest, 6),
                f"{len(order) - len(shown)} smaller reasons" if len(order) > len(shown) else "rounding",
            )
        )
    return tuple(reasons)


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
