"""Text that remembers where each of its characters stood in the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace `text[start:end]` by `to`, which is never longer than what it replaces."""

    start: int
    end: int
    to: str = ""


class Traced(NamedTuple):
    """`text`, and in `at` the offset in the document of each of its characters, strictly increasing."""

    text: str
    at: Sequence[int]

    def edited(self, edits: Iterable[Edit]) -> Traced:
        """This text after `edits`, which stand in order and do not overlap.

        A replacement takes the places of the first characters it replaces.

        >>> Traced("高质（zhì）量", range(9)).edited([Edit(2, 7)])
        Traced(text='高质量', at=[0, 1, 7, 8])
        """
        pieces: list[str] = []
        at: list[int] = []
        done = 0
        for start, end, to in edits:
            pieces += self.text[done:start], to
            at.extend(self.at[done:start])
            at.extend(self.at[start : start + len(to)])
            done = end
        if not done and not pieces:
            return self
        pieces.append(self.text[done:])
        at.extend(self.at[done:])
        return Traced("".join(pieces), at)

    def cut(self, start: int, end: int) -> Traced:
        """The stretch from `start` to `end`; its places are a range where nothing was repaired."""
        at = self.at[start:end]
        if len(at) and at[-1] - at[0] == len(at) - 1:
            at = range(at[0], at[-1] + 1)
        return Traced(self.text[start:end], at)


def without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    """`edits` in order, each that overlaps an earlier one left out.

    >>> without_overlaps([Edit(4, 6), Edit(0, 5)])
    [Edit(start=0, end=5, to='')]
    """
    kept: list[Edit] = []
    done = 0
    for edit in sorted(edits):
        if edit.start >= done:
            kept.append(edit)
            done = edit.end
    return kept
