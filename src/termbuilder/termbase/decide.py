"""What a person decides about one entry, or about which forms make one concept."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from termbuilder.errors import TermbaseError
from termbuilder.model import ConceptEntry, LangSec

from . import entries as rows
from . import history
from .fields import MINED_FACTS, changes, described

_STATUSES = ("suggested", "approved", "rejected")
_NOT_DECIDED = ("id", "transactions", *MINED_FACTS)


def decide(db: sqlite3.Connection, number: int, wanted: Mapping[str, Any], act: history.Act) -> None:
    """Set fields of an entry inside the open transaction; see `Termbase.decide`."""
    (before,) = rows.read(db, [number])
    write(db, number, before, decided_entry(before, wanted), act)


def decided_entry(before: ConceptEntry, wanted: Mapping[str, Any]) -> ConceptEntry:
    """`before` with the wanted fields; raises TermbaseError for a field that nobody can set and for an unknown status."""
    for name in wanted:
        if name in _NOT_DECIDED or name not in ConceptEntry.__dataclass_fields__:
            raise TermbaseError(f"{before.id}: {name} is not a field that can be decided.")
    if wanted.get("status", "suggested") not in _STATUSES:
        raise TermbaseError(f"{before.id}: {wanted['status']} is no status. Use one of: {', '.join(_STATUSES)}.")
    after = replace(before, **wanted)
    return with_final_terms(after) if wanted.get("status") == "approved" else after


def with_final_terms(entry: ConceptEntry) -> ConceptEntry:
    """Approving an entry decides its main terms: the first of each language is no longer a proposal."""

    def settled(section: LangSec) -> LangSec:
        first, rest = section.term_secs[:1], section.term_secs[1:]
        return replace(section, term_secs=(*(replace(sec, process_status="finalized") for sec in first), *rest))

    return replace(entry, lang_secs=tuple(map(settled, entry.lang_secs)))


def write(
    db: sqlite3.Connection, number: int, before: ConceptEntry, after: ConceptEntry, act: history.Act, batch: int | None = None
) -> bool:
    """Write what a person changed and who it was; False (and nothing written) if nothing differs."""
    changed = changes(before, after)
    if not changed:
        return False
    _check_links(db, after)
    what = act.what or "; ".join(map(described, changed))
    history.record(db, number, replace(act, what=what), changed, history.decided(db, number), batch)
    rows.update(db, number, after)
    history.mark_decided(db, number, changed)
    return True


def add(db: sqlite3.Connection, entry: ConceptEntry, act: history.Act, number: int | None = None) -> int:
    """Write a new entry that a person made (links apart); returns its number."""
    number = number or rows.next_number(db)
    rows.insert(db, number, replace(entry, links=()), None)
    history.record_given(db, number, entry.transactions)
    history.record(db, number, act)
    history.mark_decided(db, number, changes(ConceptEntry("", ()), replace(entry, links=())))
    return number


def _check_links(db: sqlite3.Connection, entry: ConceptEntry) -> None:
    for link in entry.links:
        if link.target == entry.id:
            raise TermbaseError(f"{entry.id} cannot be linked to itself.")
        number = rows.number_of(link.target)
        if number is None or not db.execute("SELECT 1 FROM concept WHERE number = ?", (number,)).fetchone():
            raise TermbaseError(f"{entry.id} cannot be linked to {link.target}: there is no such entry.")
