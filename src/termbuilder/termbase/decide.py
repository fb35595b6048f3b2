"""What a person decides about one entry, or about which forms make one concept."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from termbuilder.errors import TermbaseError
from termbuilder.model import ConceptEntry, LangSec

from . import entries as rows
from . import history
from .fields import EVIDENCE, MINED_FACTS, Change, changes, told
from .refresh import ALL_STATED, combined

STATUSES = ("suggested", "approved", "rejected")
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
    if wanted.get("status", "suggested") not in STATUSES:
        raise TermbaseError(f"{before.id}: {wanted['status']} is no status. Use one of: {', '.join(STATUSES)}.")
    after = replace(before, **wanted)
    return with_final_terms(after) if wanted.get("status") == "approved" else after


def with_final_terms(entry: ConceptEntry) -> ConceptEntry:
    """Approving an entry decides its main terms: the first of each language is no longer a proposal."""

    def settled(section: LangSec) -> LangSec:
        first, rest = section.term_secs[:1], section.term_secs[1:]
        return replace(section, term_secs=(*(replace(sec, process_status="finalized") for sec in first), *rest))

    return replace(entry, lang_secs=tuple(map(settled, entry.lang_secs)))


def write(
    db: sqlite3.Connection,
    number: int,
    before: ConceptEntry,
    after: ConceptEntry,
    act: history.Act,
    batch: int | None = None,
    lists_grew: bool = False,
) -> bool:
    """Write what a person changed and who it was; False (and nothing written) if nothing differs.

    `lists_grew`: evidence was only added, so runs may go on adding to it.
    """
    changed = changes(before, after)
    if not changed:
        return False
    _check_links(db, after)
    what = act.what or "; ".join(told(changed))
    history.record(db, number, replace(act, what=what), changed, history.decided(db, number), batch)
    rows.update(db, number, after)
    history.mark_decided(db, number, (c for c in changed if not (lists_grew and c.path[-1] in EVIDENCE)))
    return True


def add(
    db: sqlite3.Connection, entry: ConceptEntry, act: history.Act, number: int | None = None, batch: int | None = None
) -> int:
    """Write a new entry that a person made or brought; returns its number.

    All it states is the person's; a run may fill its gaps and add evidence. Its links are not written: their targets may
    not be there yet.
    """
    number = number or rows.next_number(db)
    rows.insert(db, number, replace(entry, links=()), None)
    history.record_given(db, number, entry.transactions)
    history.record(db, number, act, batch=batch)
    history.mark(db, number, ALL_STATED)
    return number


def join(db: sqlite3.Connection, number: int, other: int, act: history.Act) -> None:
    """Make two entries one: the forms, English, evidence and links of `other` go to `number`; undone as one act."""
    if number == other:
        raise TermbaseError(f"{rows.id_of(number)} cannot be joined to itself.")
    into, gone = rows.read(db, [number, other])
    batch = history.next_serial(db)
    gone_to = Change(history.JOINED, None, into.id)
    history.record(db, other, replace(act, what=f"joined to {into.id} {into.term}"), [gone_to], batch=batch)
    history.retire(db, other, number)
    links = tuple(link for link in gone.links if link.target != into.id)
    together = combined(
        [replace(into, links=tuple(link for link in into.links if link.target != gone.id)), replace(gone, links=links)]
    )
    write(db, number, into, together, replace(act, what=f"{gone.id} {gone.term} joined to it"), batch)


def split(db: sqlite3.Connection, number: int, terms: Sequence[str], act: history.Act) -> int:
    """Make Chinese forms of an entry an entry of their own, undone as one act; returns the new one's number."""
    (entry,) = rows.read(db, [number])
    chinese = entry.lang_sec("zh")
    leaving = tuple(sec for sec in chinese.term_secs if sec.term in terms)
    staying = tuple(sec for sec in chinese.term_secs if sec.term not in terms)
    if not leaving or not staying:
        raise TermbaseError(
            f"{entry.id} cannot be split: name some, but not all, of {', '.join(s.term for s in chinese.term_secs)}."
        )
    sections = tuple(replace(section, term_secs=staying) if section is chinese else section for section in entry.lang_secs)
    what = f"{', '.join(sec.term for sec in leaving)} split off"
    batch = history.next_serial(db)
    write(db, number, entry, replace(entry, lang_secs=sections), replace(act, what=what), batch)
    own = ConceptEntry(
        "",
        (LangSec(chinese.lang, leaving),),
        subject_field=entry.subject_field,
        category=entry.category,
        score=entry.score,
        frequency=sum(sec.frequency for sec in leaving),
    )
    return add(db, own, replace(act, kind="origination", what=f"split off {entry.id} {entry.term}"), batch=batch)


def _check_links(db: sqlite3.Connection, entry: ConceptEntry) -> None:
    for link in entry.links:
        if link.target == entry.id:
            raise TermbaseError(f"{entry.id} cannot be linked to itself.")
        number = rows.number_of(link.target)
        if number is None or not db.execute("SELECT 1 FROM concept WHERE number = ?", (number,)).fetchone():
            raise TermbaseError(f"{entry.id} cannot be linked to {link.target}: there is no such entry.")
