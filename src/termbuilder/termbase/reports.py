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


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that the file and the termbase state differently; the termbase's value stands unless overwritten."""

    entry: str  # id
    term: str
    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What an import changed in one entry, field by field in words."""

    entry: str  # id
    term: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one file brought. With a dry run: what it would bring (new ids are then only foretold).

    `new`, `joined` and `unchanged` are ids: every entry read is in one of them, in `changed` or in `refused`. `joined`:
    rows without an id (of this termbase) that have the same term as an entry; they may be in `changed` as well.
    """

    read: int
    new: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    changed: tuple[EntryChange, ...] = ()
    unchanged: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()  # (term or id, why)
    offered: tuple[Offer, ...] = ()
    origin: str = ""

    def __str__(self) -> str:
        """Count everything in one line.

        >>> print(ImportReport(3, new=("c0001",), unchanged=("c0002", "c0003"), origin="round1.xlsx"))
        round1.xlsx: 3 entries read: 1 new, 0 joined, 0 changed, 2 unchanged, 0 conflicts, 0 refused
        """
        counts = (
            (self.new, "new"),
            (self.joined, "joined"),
            (self.changed, "changed"),
            (self.unchanged, "unchanged"),
            (self.conflicts, "conflicts"),
            (self.refused, "refused"),
        )
        told = ", ".join(f"{len(ids)} {what}" for ids, what in counts)
        return f"{self.origin}{': ' if self.origin else ''}{self.read} entries read: {told}"
