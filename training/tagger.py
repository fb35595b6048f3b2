"""Trains the two CRFs by L-BFGS on the exact log likelihood, and packs their weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.optimize import minimize

from termbuilder.tagging import crf, features
from termbuilder.tagging.background import Background
from termbuilder.tagging.tagger import Weights, feature_numbers
from training.annotated import Annotated, cuts, labels

PENALTY = 1.0  # of squared weights; 0.3 and 3 were worse by 0.01 of R-precision
ITERATIONS = 50  # more did not help on unseen documents
LEAST_COUNT = 2  # a feature seen once teaches nothing general


@dataclass(frozen=True)
class Numbers:
    """An annotated document as feature numbers and labels."""

    numbers: NDArray[np.int64]  # (characters, templates)
    labels: Mapping[str, NDArray[np.int64]]  # longest, shortest
    cuts: Mapping[str, Sequence[int]]


def numbered(document: Annotated, background: Background) -> Numbers:
    """Features and labels of one document."""
    sheet = features.lay_out(document.passages, document.words, background, [len(document.passages)])
    both = {"longest": labels(document, True), "shortest": labels(document, False)}
    return Numbers(
        np.stack(feature_numbers(sheet), axis=1), both, {name: cuts(document, label) for name, label in both.items()}
    )


def train(documents: Sequence[Numbers], which: str) -> Weights:
    """The CRF `which` (longest or shortest) trained on `documents`."""
    numbers = np.concatenate([d.numbers for d in documents])
    label = np.concatenate([d.labels[which] for d in documents])
    starts = np.concatenate([[0], np.cumsum(np.concatenate([d.cuts[which] for d in documents]))]).astype(np.int64)
    known, back, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    keep = counts >= LEAST_COUNT
    column = (np.cumsum(keep) - 1)[back.reshape(numbers.shape)]
    kept = keep[back.reshape(numbers.shape)]
    size, width = len(numbers), int(keep.sum())
    rows = sparse.csr_matrix(
        (np.ones(int(kept.sum()), np.float32), column[kept], np.concatenate([[0], np.cumsum(kept.sum(axis=1))])),
        shape=(size, width),
    )
    columns = rows.T.tocsr()
    truth = np.zeros((size, 4), np.float32)
    truth[np.arange(size), label] = 1
    observed = columns @ truth
    inner = np.ones(size, dtype=bool)
    inner[starts[1:] - 1] = False
    steps = np.zeros((4, 4))
    here = np.flatnonzero(inner)
    np.add.at(steps, (label[here], label[here + 1]), 1)

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        values, transitions = theta[: width * 4].reshape(width, 4), theta[width * 4 :].reshape(4, 4)
        emissions = (rows @ values.astype(np.float32)).astype(np.float64)
        grid = crf.lattice(emissions, starts, transitions)
        expected = crf.label_marginals(grid).astype(np.float32)
        gradient = columns @ expected - observed + PENALTY * values
        moves = np.where(crf.LEGAL, crf.transition_marginals(grid, transitions) - steps, 0) + PENALTY * transitions
        true_score = emissions[np.arange(size), label].sum() + (transitions * steps).sum()
        value = float(grid.log_z.sum() - true_score + PENALTY / 2 * (theta @ theta))
        return value, np.concatenate([gradient.ravel(), moves.ravel()]).astype(np.float64)

    found = minimize(loss, np.zeros(width * 4 + 16), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS, "maxcor": 6})
    return Weights(known[keep], found.x[: width * 4].reshape(width, 4).astype(np.float32), found.x[width * 4 :].reshape(4, 4))


SMALLEST = 0.01  # features whose four weights are all smaller are left out of the file


def pack(weights: Mapping[str, Weights], out: Path) -> None:
    """Write the weights rounded to 1/127 of the largest, feature numbers as gaps."""
    arrays = {}
    for name, one in weights.items():
        keep = np.abs(one.values).max(axis=1) >= SMALLEST
        numbers, values = one.numbers[keep], one.values[keep]
        scale = float(np.abs(values).max()) / 127
        arrays[f"{name}_gaps"] = np.diff(numbers, prepend=0).astype(
            np.uint16 if np.diff(numbers, prepend=0).max() < 65536 else np.uint32
        )
        arrays[f"{name}_values"] = np.round(values / scale).astype(np.int8)
        arrays[f"{name}_scale"] = np.float32(scale)
        arrays[f"{name}_transitions"] = one.transitions
    np.savez_compressed(out, **arrays)
