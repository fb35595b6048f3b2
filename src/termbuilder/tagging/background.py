"""What general and policy Chinese look like: shipped counts, clusters of words of similar use, bonds of characters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Background:
    """Counts over the background corpus, in a form that answers for whole arrays at once."""

    words: Mapping[str, tuple[int, int, int]]
    pairs: NDArray[np.uint64]  # sorted codes of character pairs
    bond: NDArray[np.uint8]  # 1 (repel) to 9 (belong together), for each pair

    @classmethod
    def load(cls, path: Path) -> Background:
        """Read the file that training/background.py made."""
        with np.load(path) as data:
            words = data["words"].tobytes().decode().split("\n")
            return cls(dict(zip(words, map(tuple, data["clusters"].tolist()))), data["pairs"], data["bonds"])

    def clusters(self, word: str) -> tuple[int, int, int]:
        """The word's cluster on three scales (64, 256, 1000 clusters), 0 where it is unknown."""
        return self.words.get(word, (0, 0, 0))

    def bonds(self, chars: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """For each character: how firmly it belongs to the next one (0 unknown)."""
        code = chars * np.uint64(1 << 21) ^ np.roll(chars, -1)
        at = np.minimum(np.searchsorted(self.pairs, code), len(self.pairs) - 1)
        return np.where(self.pairs[at] == code, self.bond[at], 0).astype(np.uint64)
