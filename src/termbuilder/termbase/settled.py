"""Which mined entries bring nothing: those that are as they were in an earlier run, for entries that nobody has changed since.

A run over a corpus that grew by ten documents finds nearly all of its entries as they were; these are neither read nor compared.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from termbuilder.model import ConceptEntry
from termbuilder.values import plain_of

# SQLite takes so many numbers in one statement at least.
_AT_ONCE = 500


def stamp_of(mined: Sequence[ConceptEntry], elsewhere: Collection[str], program: str) -> bytes:
    """What `mined` entries that meet one entry of the termbase are known by, whatever their ids in the run.

    `elsewhere`: keys of their forms that belong to other entries; `program`: its version, for another one may bring in other things.

    >>> stamp_of([ConceptEntry("c1", ())], (), "1.0") == stamp_of([ConceptEntry("c2", ())], (), "1.0")
    True
    """
    plain = plain_of(ConceptEntry)
    told = repr(([plain(entry)[1:] for entry in mined], sorted(elsewhere), program))  # the first field is the id
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def settled(db: sqlite3.Connection, stamps: Mapping[int, bytes]) -> set[int]:
    """The numbers of the entries for which what is known by their stamp was brought in before, and that are as they were then."""
    return {number for number, stamp in _last(db, list(stamps)) if stamps[number] == stamp}


def _last(db: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        yield from db.execute(
            f"SELECT concept, stamp FROM settled WHERE concept IN ({','.join('?' * len(some))}) "
            "AND serial = (SELECT max(serial) FROM history WHERE history.concept = settled.concept)",
            some,
        )


def settle(db: sqlite3.Connection, stamps: Iterable[tuple[int, bytes]]) -> None:
    """Remember of entries (number, stamp) that bringing the same in again would change nothing, as long as they stay as they are."""
    db.executemany(
        "INSERT OR REPLACE INTO settled (concept, stamp, serial) SELECT ?1, ?2, max(serial) FROM history WHERE concept = ?1",
        stamps,
    )
