"""Who changed what and when; which fields a person decided; undo."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from termbuilder.errors import TermbaseError
from termbuilder.model import Transaction

from . import entries as rows
from .codec import encode
from .fields import MINED_FACTS, Change, Path, changes, decode_value, field_name, flatten, told, unflatten
from .keys import language
from .refresh import removed_path, renamed_path
from .threeway import merged

# Where an entry lives on that a person joined to another; no field of the entry, but a change that can be undone.
JOINED = ("joined_to",)


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
) -> None:
    """Write down a change of entry `number`. Changes with one `batch` are undone together."""
    if act.kind == "refresh":
        kept = [[change.path, encode(change.before)] for change in changed]
    else:
        kept = [[c.path, encode(c.before), encode(c.after), c.path in was_decided] for c in changed]
    db.execute(
        "INSERT INTO history (batch, concept, kind, made, who, what, origin, undoes, changes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            batch,
            number,
            act.kind,
            act.made,
            act.who,
            act.what,
            act.origin,
            undoes,
            json.dumps(kept, ensure_ascii=False, separators=(",", ":")),
        ),
    )


def record_given(db: sqlite3.Connection, number: int, transactions: Iterable[Transaction]) -> None:
    """Keep the transactions that an entry brought along from elsewhere."""
    for one in transactions:
        record(db, number, Act(one.kind, one.when, one.who, one.what))


def next_serial(db: sqlite3.Connection) -> int:
    """The serial that the next change will have."""
    return int(db.execute("SELECT coalesce(max(serial), 0) + 1 FROM history").fetchone()[0])


def decided(db: sqlite3.Connection, number: int) -> frozenset[Path]:
    """The paths of the fields that a person set in entry `number`."""
    found = db.execute("SELECT path FROM decided WHERE concept = ?", (number,))
    return frozenset(tuple(json.loads(path)) for (path,) in found)


def mark_decided(db: sqlite3.Connection, number: int, changed: Iterable[Change]) -> None:
    """Remember that a person made these changes; terms they took out are kept out, terms they put in may come again.

    As many Chinese terms put in as taken out are corrections: what was taken out still means this entry.
    """
    for change in changed:
        mark(db, number, change.path)
        if change.path[0] != "lang" or change.path[2] != "terms":
            continue
        lang, before, after = change.path[1], set(change.before or ()), set(change.after or ())
        is_correction = language(lang) == "zh" and len(before - after) == len(after - before)
        for term in before - after:
            mark(db, number, removed_path(lang, term))
            if is_correction:
                mark(db, number, renamed_path(term))
        for term in after:
            unmark(db, number, removed_path(lang, term))
            unmark(db, number, renamed_path(term))


def renamed(db: sqlite3.Connection, key: str) -> int | None:
    """The entry in use in which a person put another term in the place of the one with this key."""
    path = json.dumps(renamed_path(key), ensure_ascii=False)
    row = db.execute(
        "SELECT concept FROM decided JOIN concept ON number = concept WHERE path = ? AND retired = 0 ORDER BY concept", (path,)
    ).fetchone()
    return int(row[0]) if row else None


def mark(db: sqlite3.Connection, number: int, path: Path) -> None:
    """Remember that a person decided what stands at `path`."""
    db.execute("INSERT OR IGNORE INTO decided (concept, path) VALUES (?, ?)", (number, json.dumps(path, ensure_ascii=False)))


def unmark(db: sqlite3.Connection, number: int, path: Path) -> None:
    """Forget that: the field is the machine's again."""
    db.execute("DELETE FROM decided WHERE concept = ? AND path = ?", (number, json.dumps(path, ensure_ascii=False)))


def of(db: sqlite3.Connection, number: int) -> list[HistoryItem]:
    """All changes of entry `number`, oldest first."""
    found = db.execute(
        "SELECT serial, kind, made, who, what, origin, undoes, changes, "
        "EXISTS (SELECT 1 FROM history AS later WHERE later.undoes = history.serial) FROM history "
        "WHERE concept = ? ORDER BY serial",
        (number,),
    )
    return [
        HistoryItem(serial, Act(*act), tuple(_change(*one) for one in json.loads(kept)), undoes, bool(undone))
        for serial, *act, undoes, kept, undone in found
    ]


def _change(path: list[str], before: object, after: object = None, was_decided: bool = False) -> Change:
    where = tuple(path)
    return Change(where, decode_value(where, before), decode_value(where, after))


def undo(db: sqlite3.Connection, number: int, made: str, who: str, serial: int | None) -> None:
    """Take back one change of a person (the latest that stands, unless `serial` names one) with all of its batch.

    Raises TermbaseError if there is nothing to undo, or if one of its fields has been changed again since.
    """
    wanted = _undoable(db, number, serial)
    members = db.execute(
        "SELECT serial, concept, kind FROM history WHERE serial = ?1 "
        "OR batch = (SELECT batch FROM history WHERE serial = ?1) ORDER BY serial DESC",
        (wanted.serial,),
    ).fetchall()
    undoing = next_serial(db)
    for member, concept, kind in members:
        if kind == "origination":
            retire(db, concept, number)
            record(db, concept, Act("modification", made, who, "undone: its creation"), batch=undoing, undoes=member)
        else:
            _undo_one(db, concept, member, Act("modification", made, who, ""), undoing)


def retire(db: sqlite3.Connection, number: int, joined_to: int | None) -> None:
    """Take an entry out of use, its content kept; it lives on in `joined_to`. With None: bring it back into use."""
    db.execute("UPDATE concept SET retired = ?, joined_to = ? WHERE number = ?", (joined_to is not None, joined_to, number))


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
    kept = json.loads(db.execute("SELECT changes FROM history WHERE serial = ?", (serial,)).fetchone()[0])
    done = [_change(*one) for one in kept]
    (entry,) = rows.read(db, [number])
    now = flatten(entry)
    # The decision backwards, as a step that is brought into what stands now: what runs have added since stays.
    base = {**now, **{change.path: change.after for change in done}}
    before = {**now, **{change.path: change.before for change in done}}
    flat, clashes = merged(base, before, now)
    for clash in clashes:
        if clash.path[0] not in MINED_FACTS:
            raise TermbaseError(
                f"{entry.id}: {field_name(clash.path)} has been changed again since. Undo the later change first, or set it anew."
            )
    was_decided = decided(db, number)
    after = unflatten(entry, flat)
    back = changes(entry, after)
    rows.update(db, number, after)
    mark_decided(db, number, back)
    for path, _, _, decided_before in kept:
        if not decided_before:
            unmark(db, number, tuple(path))
    for change in done:
        if change.path == JOINED:
            retire(db, number, rows.number_of(change.before) if change.before else None)
            back = (*back, Change(JOINED, change.after, change.before))
    what = "undone: " + "; ".join(told(back))
    record(db, number, replace(act, what=what), back, was_decided, batch, undoes=serial)
