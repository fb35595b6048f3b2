"""What the annotated documents taught about words: how often candidates that begin or end with a word are terms.

Rates are smoothed towards the general rate and looked up by a hash of the word, so that the shipped file holds numbers only.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence import Shape

VIEWS = (
    "last word",
    "first word",
    "last character",
    "first character",
    "last two",
    "first two",
    "first tag",
    "last tag",
    "pattern",
    "length",
)
PRIOR = 5.0  # a rate counts as if five more candidates of the general rate had been seen
MOST_COUNTED = 50.0


def views(key: str, shape: Shape) -> tuple[str, ...]:
    """The aspects of a candidate that have rates, in the order of `VIEWS`.

    >>> views("瞪羚企业", Shape(1.0, "瞪羚企业", "瞪羚", "企业", "x", "n", 2))[:2]
    ('企业', '瞪羚')
    """
    return (
        shape.last_word,
        shape.first_word,
        key[-1],
        key[0],
        key[-2:],
        key[:2],
        shape.first_tag,
        shape.last_tag,
        f"{shape.first_tag}{shape.last_tag}{shape.words}",
        str(min(len(key), 20)),
    )


def code(view: int, text: str) -> int:
    """The number under which a view's text is kept."""
    return zlib.crc32(f"{view}:{text}".encode())


@dataclass(frozen=True)
class Lexicon:
    """For each (view, text): in how many plausible candidates of the annotated documents it was seen, how many were terms.

    View number -1 counts whole keys by documents: in how many annotated documents it is a term, in how many it is plausible and none.
    """

    counts: Mapping[int, tuple[float, float]]  # code -> (terms, all)
    rate: float

    def rows(self, keys: Sequence[str], shapes: Sequence[Shape], without: Lexicon | None = None) -> NDArray[np.float32]:
        """(candidates, 2 * len(VIEWS) + 2): rate and support of each view, then documents with the key as a term, and not.

        `without` takes one document's own counts out (for training).
        """
        out = np.zeros((len(keys), 2 * len(VIEWS) + 2), dtype=np.float32)
        looks = zip(*(views(key, shape) for key, shape in zip(keys, shapes, strict=True)), strict=True)
        for view, texts in enumerate(looks):
            terms, all_ = self._counted(view, texts, without)
            out[:, 2 * view] = (terms + self.rate * PRIOR) / (all_ + PRIOR)
            out[:, 2 * view + 1] = np.minimum(all_, MOST_COUNTED)
        terms, all_ = self._counted(-1, keys, without)
        out[:, -2] = terms
        out[:, -1] = all_ - terms
        return out

    def _counted(
        self, view: int, texts: Sequence[str], without: Lexicon | None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(terms, all) of each text."""
        nothing = (0.0, 0.0)
        place: dict[str, int] = {}
        spread = [place.setdefault(text, len(place)) for text in texts]
        numbers = [code(view, text) for text in place]
        counts = np.array([self.counts.get(number, nothing) for number in numbers], dtype=np.float64).reshape(-1, 2)
        if without is not None:
            counts -= np.array([without.counts.get(number, nothing) for number in numbers], dtype=np.float64).reshape(-1, 2)
        return counts[spread, 0], counts[spread, 1]


NAMES = (*(name for view in VIEWS for name in (f"rate: {view}", f"support: {view}")), "a term elsewhere", "no term elsewhere")
