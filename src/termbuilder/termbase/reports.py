"""What a merge or an import did, for the summary that a person reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """Two entries that share a form and may be one concept; a person joins them or leaves them apart."""

    entry: str  # id
    other: str  # id
    form: str


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a run brought: `ids` has the id of each mined entry, in the order given; the others are ids in the same order."""

    run: int
    ids: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()  # were there before and have been found again
    changed: tuple[str, ...] = ()  # of those, the ones that got something new
    rejected: tuple[str, ...] = ()  # found again, but a person rejected them
    offered: tuple[Offer, ...] = ()
