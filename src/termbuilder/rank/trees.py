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
        total = np.full(len(rows), self.bias)
        for root in self.roots:
            total += self.value[self._leaves(rows, int(root))]
        return total

    def shares(self, row: NDArray[np.float32]) -> tuple[float, Floats]:
        """(bias, shares): what each feature adds to the score of one row; the sum of all is the score."""
        shares = np.zeros(len(row))
        bias = self.bias
        for root in self.roots:
            node = int(root)
            bias += float(self.value[node])
            while self.feature[node] >= 0:
                feature = int(self.feature[node])
                after = int(self.left[node] if row[feature] <= self.threshold[node] else self.right[node])
                shares[feature] += float(self.value[after]) - float(self.value[node])
                node = after
        return bias, shares

    def _leaves(self, rows: NDArray[np.float32], root: int) -> NDArray[np.int32]:
        node = np.full(len(rows), root, dtype=np.int32)
        everyone = np.arange(len(rows))
        while True:
            feature = self.feature[node]
            inner = feature >= 0
            if not inner.any():
                return node
            goes_left = rows[everyone[inner], feature[inner]] <= self.threshold[node[inner]]
            node[inner] = np.where(goes_left, self.left[node[inner]], self.right[node[inner]])
