"""Boosted trees, evaluated on whole arrays, with each feature's exact share of a score.

A tree adds the value of the leaf that a candidate falls into. On the way from the root, each split moves the expected value (the
mean of the training examples in the node) a little: that move is the share of the split's feature. The shares along a path add up to leaf
minus root, so bias and shares together are the score (the decomposition of Saabas, 2014).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


# A third of all candidates are hopeless, and the first trees know it: whoever stands below HOPELESS after FIRST trees keeps that score. On
# unseen documents that cost 3 of 2,946 candidates above the default least score; one of these 3 was an annotated term.
FIRST = 90
HOPELESS = -2.8


@dataclass(frozen=True)
class Trees:
    """A forest as flat arrays over all nodes; `roots` are the numbers of the trees' first nodes.

    A node with `feature` -1 is a leaf. `value` is the mean of the node, leaf values included.
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    bias: float

    def scores(self, rows: NDArray[np.float32]) -> Floats:
        """The score (log odds) of each row."""
        total = self._summed(rows, self.roots[:FIRST]) + self.bias
        alive = np.flatnonzero(total >= HOPELESS)
        total[alive] += self._summed(rows[alive], self.roots[FIRST:])
        return total

    def shares(self, rows: NDArray[np.float32]) -> tuple[Floats, Floats]:
        """(biases, shares): what each feature adds to the score of each row; bias and shares of a row add up to its score."""
        shares = np.zeros(rows.shape)
        biases = np.full(len(rows), self.bias)
        everyone = np.arange(len(rows))
        for number, root in enumerate(self.roots.tolist()):
            if number == FIRST:
                everyone = np.flatnonzero(biases + shares.sum(axis=1) >= HOPELESS)
            biases[everyone] += self.value[root]
            node, walking = np.full(len(everyone), root, dtype=np.int32), everyone
            while self.feature[root] >= 0 and len(walking):
                feature = self.feature[node]
                after = np.where(rows[walking, feature] <= self.threshold[node], self.left[node], self.right[node])
                shares[walking, feature] += self.value[after].astype(np.float64) - self.value[node]
                inner = self.feature[after] >= 0
                node, walking = after[inner], walking[inner]
        return biases, shares

    def _summed(self, rows: NDArray[np.float32], roots: NDArray[np.int32]) -> Floats:
        total = np.zeros(len(rows))
        for root in roots.tolist():
            total += self.value[self._leaves(rows, root)]
        return total

    def _leaves(self, rows: NDArray[np.float32], root: int) -> NDArray[np.int32]:
        leaves = np.full(len(rows), root, dtype=np.int32)
        walking = np.arange(len(rows)) if self.feature[root] >= 0 else np.zeros(0, dtype=np.int64)
        node = leaves[walking]
        while len(walking):
            after = np.where(rows[walking, self.feature[node]] <= self.threshold[node], self.left[node], self.right[node])
            inner = self.feature[after] >= 0
            leaves[walking[~inner]] = after[~inner]
            node, walking = after[inner], walking[inner]
        return leaves
