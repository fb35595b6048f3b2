"""A ranked candidate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from termbuilder.evidence.table import COLUMN, UNIT, Shape, Table, Tally, most


class Candidate(NamedTuple):  # tens of thousands are kept, so without the measures that only the ranker looks at
    """A candidate with its score (log odds) and what of its evidence is shown or asked for again; the shares go from 0 to 1."""

    key: str
    score: float
    frequency: int
    document_frequency: int
    quoted: float  # share of the occurrences in quotation marks
    titled: float  # ... in 《》
    known: float  # ... found because a glossary has it
    shape: Shape
    surfaces: Tally
    left: Tally
    right: Tally


def candidates(table: Table, scores: Sequence[float]) -> Iterator[Candidate]:
    """Each candidate of a table with its score."""
    shares = [(table.sums[:, COLUMN[measure]] / UNIT / table.counts[:, 0]).tolist() for measure in ("quoted", "title", "known")]
    for key, score, (frequency, documents), quoted, titled, known, shape, surfaces, left, right in zip(
        table.keys_, scores, table.counts.tolist(), *shares, table.shapes, table.surfaces, table.left, table.right, strict=True
    ):
        yield Candidate(
            key, score, frequency, documents, quoted, titled, known, shape, surfaces, most(left), most(right)
        )  # fmt: skip
