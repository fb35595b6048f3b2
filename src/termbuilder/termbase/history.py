"""Who changed what and when; which fields a person decided; undo."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from termbuilder.errors import TermbaseError
from termbuilder.model import ConceptEntry, Transaction

from . import entries as rows
from .codec import encode
from .fields import Change, Path, decode_value, described, field_name, flatten, unflatten
from .refresh import removed_path


@dataclass(frozen=True, slots=True)
class Act:
    """What is written down of one change: its kind, when, who, in words what, and the file or run it came from."""

    kind: str  # origination, modification (a person's), refresh (a machine's)
    made: str
    who: str
    what: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One change of an entry as the termbase remembers it; `serial` is what `undo` takes."""

    serial: int
    act: Act
    changes: tuple[Change, ...]  # of a machine's refreshing only the values before are kept
    undoes: int | None = None
    undone: bool = False


def record(
    db: sqlite3.Connection,
    number: int,
    act: Act,
    changed: Sequence[Change] = (),
    was_decided: frozenset[Path] = frozenset(),
    batch: int | None = None,
    undoes: int | None = None,
) -> int:
    """Write down a change of entry `number`; returns its serial. Changes with one `batch` are undone together."""
    if act.kind == "refresh":
        told = [[change.path, encode(change.before)] for change in changed]
    else:
        told = [[c.path, encode(c.before), encode(c.after), c.path in was_decided] for c in changed]
    serial = next_serial(db)
    db.execute(
        "INSERT INTO history (serial, batch, concept, kind, made, who, what, origin, undoes, changes) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            serial,
            batch or serial,
            number,
            act.kind,
            act.made,
            act.who,
            act.what,
            act.origin,
            undoes,
            json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        ),
    )
    return serial


def record_given(db: sqlite3.Connection, number: int, transactions: Iterable[Transaction]) -> None:
    """Keep the transactions that an entry brought along from elsewhere."""
    for one in transactions:
        record(db, number, Act(one.kind, one.when, one.who, one.what))


def next_serial(db: sqlite3.Connection) -> int:
    """The serial that the next change will have; all changes before it make up the present state."""
    return int(db.execute("SELECT coalesce(max(serial), 0) + 1 FROM history").fetchone()[0])


def decided(db: sqlite3.Connection, number: int) -> frozenset[Path]:
    """The paths of the fields that a person set in entry `number`."""
    found = db.execute("SELECT path FROM decided WHERE concept = ?", (number,))
    return frozenset(tuple(json.loads(path)) for (path,) in found)


def mark_decided(db: sqlite3.Connection, number: int, changed: Iterable[Change]) -> None:
    """Remember that a person made these changes; terms they took out are kept out, terms they put in may come again."""
    for change in changed:
        _mark(db, number, change.path, True)
        if change.path[0] == "lang" and change.path[2] == "terms":
            before, after = set(change.before or ()), set(change.after or ())
            for term in before - after:
                _mark(db, number, removed_path(change.path[1], term), True)
            for term in after:
                _mark(db, number, removed_path(change.path[1], term), False)


def _mark(db: sqlite3.Connection, number: int, path: Path, is_decided: bool) -> None:
    text = json.dumps(path, ensure_ascii=False)
    if is_decided:
        db.execute("INSERT OR IGNORE INTO decided (concept, path) VALUES (?, ?)", (number, text))
    else:
        db.execute("DELETE FROM decided WHERE concept = ? AND path = ?", (number, text))


def of(db: sqlite3.Connection, number: int) -> list[HistoryItem]:
    """All changes of entry `number`, oldest first."""
    found = db.execute(
        "SELECT serial, kind, made, who, what, origin, undoes, changes, "
        "EXISTS (SELECT 1 FROM history AS later WHERE later.undoes = history.serial) FROM history "
        "WHERE concept = ? ORDER BY serial",
        (number,),
    )
    return [
        HistoryItem(serial, Act(*act), tuple(_change(*told) for told in json.loads(told)), undoes, bool(undone))
        for serial, *act, undoes, told, undone in found
    ]


def _change(path: list[str], before: object, after: object = None, was_decided: bool = False) -> Change:
    where = tuple(path)
    return Change(where, decode_value(where, before), decode_value(where, after))


def undo(db: sqlite3.Connection, number: int, made: str, who: str, serial: int | None) -> None:
    """Take back one change of a person (the latest that stands, unless `serial` names one) with all of its batch.

    Raises TermbaseError if there is nothing to undo, or if one of its fields has been changed again since.
    """
    wanted = _undoable(db, number, serial)
    (batch,) = db.execute("SELECT batch FROM history WHERE serial = ?", (wanted.serial,)).fetchone()
    members = db.execute("SELECT serial, concept FROM history WHERE batch = ? ORDER BY serial DESC", (batch,)).fetchall()
    undoing = next_serial(db)
    for member, concept in members:
        _undo_one(db, concept, member, Act("modification", made, who, ""), undoing)


def _undoable(db: sqlite3.Connection, number: int, serial: int | None) -> HistoryItem:
    entry_id = rows.id_of(number)
    items = [item for item in of(db, number) if item.act.kind == "modification" and item.changes and not item.undone]
    if serial is None:
        items = [item for item in items if item.undoes is None]
    else:
        items = [item for item in items if item.serial == serial]
    if not items:
        raise TermbaseError(f"{entry_id} has no change to undo. Look at its history for what was decided.")
    return items[-1]


def _undo_one(db: sqlite3.Connection, number: int, serial: int, act: Act, batch: int) -> None:
    told = json.loads(db.execute("SELECT changes FROM history WHERE serial = ?", (serial,)).fetchone()[0])
    entry = rows.read(db, [number])[0]
    flat = flatten(entry)
    was_decided = decided(db, number)
    back = []
    for path, before, after, decided_before in told:
        change = Change(tuple(path), decode_value(tuple(path), after), decode_value(tuple(path), before))
        if flat.get(change.path) != change.before:
            raise TermbaseError(
                f"{entry.id}: {field_name(change.path)} has been changed again since. Undo the later change first, or set it anew."
            )
        back.append((change, decided_before))
    for change, _ in back:
        flat[change.path] = change.after
    rows.update(db, number, unflatten(entry, flat))
    mark_decided(db, number, [change for change, _ in back])
    for change, decided_before in back:
        if not decided_before:
            _mark(db, number, change.path, False)
    what = "undone: " + "; ".join(described(change) for change, _ in back)
    record(db, number, replace(act, what=what), [change for change, _ in back], was_decided, batch, undoes=serial)


def entry_as_of(entry: ConceptEntry, later: Iterable[Sequence[tuple[Path, object]]]) -> ConceptEntry:
    """The entry before the `later` changes, given newest first as (path, value before)."""
    flat = flatten(entry)
    for told in later:
        for path, before in told:
            flat[path] = before
    return unflatten(entry, flat)
