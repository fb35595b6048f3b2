"""Brings the entries of a run into the termbase."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from termbuilder.model import ConceptEntry, DocumentReport, Link, Run

from . import entries as rows
from . import history
from . import settled as settling
from .fields import changes
from .keys import key_of, language
from .refresh import combined, refreshed, removed_path
from .reports import MergeReport, Offer

MACHINE = "termbuilder"

# For each key of a mined entry, the entries of the termbase (number, status) that hold it.
Holders = Mapping[str, Sequence[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a mined entry goes: an entry that is there, or a new one; and which of its forms are others'."""

    number: int
    is_new: bool
    elsewhere: frozenset[str]  # keys of its forms that other entries hold
    offered: tuple[tuple[int, str], ...]  # those other entries (not the rejected ones), each with one such form


def merge(db: sqlite3.Connection, mined: Sequence[ConceptEntry], run: Run) -> MergeReport:
    """Merge inside the open transaction; see `Termbase.merge`."""
    run_number = _record_run(db, run)
    places = _places(db, mined)
    ids = tuple(rows.id_of(place.number) for place in places)
    known_as = {entry.id: own for entry, own in zip(mined, ids) if entry.id}
    arrivals: defaultdict[int, list[ConceptEntry]] = defaultdict(list)
    elsewhere: dict[int, frozenset[str]] = {}
    for place, entry in zip(places, mined):
        arrivals[place.number].append(replace(entry, links=_own_links(entry.links, known_as)))
        elsewhere[place.number] = elsewhere.get(place.number, frozenset()) | place.elsewhere
    origin = _Origin(run_number, run)
    stamps = {number: settling.stamp_of(arrivals[number], elsewhere[number], origin.program) for number in arrivals}
    new = list(dict.fromkeys(place.number for place in places if place.is_new))
    _insert_all(db, {number: _without(combined(arrivals[number]), elsewhere[number]) for number in new}, origin)
    known = list(dict.fromkeys(place.number for place in places if not place.is_new))
    db.executemany("UPDATE concept SET last_run = ? WHERE number = ?", [(run_number, number) for number in known])
    as_before = settling.settled(db, {number: stamps[number] for number in known})
    unlike = [number for number in known if number not in as_before]
    changed = [ours.id for ours in rows.each(db, unlike) if _refresh(db, ours, arrivals, elsewhere, origin)]
    # an entry that is nothing but what was found once is what refreshing it with the same would make of it
    plain = [number for number in new if len(arrivals[number]) == 1 and not elsewhere[number]]
    same = set(unlike) - set(map(rows.number_of, changed))
    settling.settle(db, [(number, stamps[number]) for number in (*plain, *same)])
    rejected = {number for (number,) in db.execute("SELECT number FROM concept WHERE status = 'rejected'")}
    return MergeReport(
        run=run_number,
        ids=ids,
        new=tuple(map(rows.id_of, new)),
        joined=tuple(rows.id_of(number) for number in known if number not in rejected),
        changed=tuple(changed),
        rejected=tuple(rows.id_of(number) for number in known if number in rejected),
        offered=tuple(
            dict.fromkeys(
                Offer(rows.id_of(place.number), rows.id_of(other), form) for place in places for other, form in place.offered
            )
        ),
    )


@dataclass(frozen=True, slots=True)
class _Origin:
    number: int
    run: Run

    @property
    def what(self) -> str:
        return f"mined: {self.run.name}"

    @property
    def program(self) -> str:
        return self.run.versions.get("termbuilder", "")


def _insert_all(db: sqlite3.Connection, new: Mapping[int, ConceptEntry], origin: _Origin) -> None:
    for number, entry in new.items():
        rows.insert(db, number, entry, origin.number)
        history.record_given(db, number, entry.transactions)
        made = history.Act("origination", origin.run.started, MACHINE, origin.what, origin.run.signature)
        history.record(db, number, made)
    # Links may point forward, so they follow when all entries are there.
    for number, entry in new.items():
        rows.write_links(db, number, [link for link in entry.links if link.target != rows.id_of(number)])


def _refresh(
    db: sqlite3.Connection,
    ours: ConceptEntry,
    arrivals: Mapping[int, list[ConceptEntry]],
    elsewhere: Mapping[int, frozenset[str]],
    origin: _Origin,
) -> bool:
    """Write what the run adds to `ours`; False if it adds nothing."""
    number = rows.number_of(ours.id)
    assert number is not None
    main = key_of(ours.term)
    some = sorted(arrivals[number], key=lambda entry: key_of(entry.term) != main)
    now = refreshed(ours, combined(some), history.decided(db, number), elsewhere[number])
    if now == ours:
        return False
    rows.update(db, number, now)
    made = history.Act("refresh", origin.run.started, MACHINE, origin.what, origin.run.signature)
    history.record(db, number, made, changes(ours, now))
    return True


def _record_run(db: sqlite3.Connection, run: Run) -> int:
    number = db.execute(
        "INSERT INTO run (signature, started, name, versions) VALUES (?, ?, ?, ?)",
        (run.signature, run.started, run.name, json.dumps(dict(run.versions), ensure_ascii=False, sort_keys=True)),
    ).lastrowid
    assert number is not None
    db.executemany(
        "INSERT INTO document (name, digest, format, characters, date, first_run, last_run) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (digest, name) DO UPDATE SET last_run = excluded.last_run",
        [_document_row(document, number) for document in run.documents],
    )
    return number


def _document_row(document: DocumentReport, run: int) -> tuple[object, ...]:
    return (document.name, document.digest, document.format, document.characters, document.date, run, run)


def _places(db: sqlite3.Connection, mined: Sequence[ConceptEntry]) -> list[_Place]:
    """Find for each entry the concept of the termbase that it is; number the new ones in the order given."""
    following = rows.next_number(db)
    new: dict[str, int] = {}  # main key to number
    places = []
    for entry in mined:
        main = key_of(entry.term)
        holders = holding(db, (key_of(sec.term) for sec in entry.lang_sec("zh").term_secs))
        known = _known(db, main, holders)
        if known is not None:
            places.append(_place(known, False, holders))
            continue
        number = new.setdefault(main, following) if main else following
        following += number == following
        places.append(_place(number, True, holders))
    return places


def _place(number: int, is_new: bool, holders: Holders) -> _Place:
    others = [(holder, status, key) for key, found in holders.items() for holder, status in found if holder != number]
    offered = {holder: key for holder, status, key in reversed(others) if status != "rejected"}
    return _Place(number, is_new, frozenset(key for *_, key in others), tuple(sorted(offered.items())))


def _known(db: sqlite3.Connection, main: str, holders: Holders) -> int | None:
    """The number of the entry that holds the main term, else of the one that holds most of the other forms."""
    if holders.get(main):
        return min(holders[main], key=lambda holder: (holder[1] == "rejected", holder[0]))[0]
    if (corrected := history.renamed(db, main)) is not None:
        return corrected
    shared: defaultdict[int, int] = defaultdict(int)
    for found in holders.values():
        for number, status in found:
            # Rejecting 工作方案 rejects that form, not every term that has it among its variants; and where a person has
            # taken the main term out of an entry, a shared variant does not bring it back.
            if status != "rejected" and removed_path("zh", main) not in history.decided(db, number):
                shared[number] += 1
    return min(shared, key=lambda number: (-shared[number], number), default=None)


def holding(db: sqlite3.Connection, keys: Iterable[str], of: str = "zh") -> dict[str, list[tuple[int, str]]]:
    """The entries (number, status), oldest first, that have a form of the language `of` with each of `keys`."""
    wanted = [key for key in dict.fromkeys(keys) if key]
    found = db.execute(
        "SELECT DISTINCT term_sec.key, concept.number, concept.status, lang_sec.lang FROM term_sec "
        "JOIN concept ON concept.number = term_sec.concept "
        "JOIN lang_sec ON lang_sec.concept = term_sec.concept AND lang_sec.position = term_sec.section "
        f"WHERE term_sec.key IN ({','.join('?' * len(wanted))}) AND concept.retired = 0 ORDER BY concept.number",
        wanted,
    )
    holders: dict[str, list[tuple[int, str]]] = {key: [] for key in wanted}
    for key, number, status, lang in found:
        if language(lang) == of and (number, status) not in holders[key]:
            holders[key].append((number, status))
    return holders


def _without(entry: ConceptEntry, keys: frozenset[str]) -> ConceptEntry:
    """A new entry without the variants that other entries hold; its main term stays in any case."""
    chinese = entry.lang_sec("zh")
    kept = tuple(sec for n, sec in enumerate(chinese.term_secs) if n == 0 or key_of(sec.term) not in keys)
    sections = (replace(section, term_secs=kept) if section is chinese else section for section in entry.lang_secs)
    return replace(entry, lang_secs=tuple(sections)) if keys else entry


def _own_links(links: Iterable[Link], known_as: Mapping[str, str]) -> tuple[Link, ...]:
    # A link to something that the run did not keep has nothing to point at.
    return tuple(replace(link, target=known_as[link.target]) for link in links if link.target in known_as)
