"""Brings entries that people edited or sent back into the termbase, and says what became of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from termbuilder.errors import TermbaseError
from termbuilder.model import ConceptEntry, LangSec, Link, TermSec

from . import entries as rows
from . import history
from .decide import STATUSES, add, with_final_terms, write
from .fields import MINED_FACTS, changes, field_name, flatten, shown, told, unflatten
from .keys import key_of, language
from .merge import Holders, holding
from .reports import Conflict, EntryChange, ImportReport, Offer
from .threeway import filled, merged


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry of the file and where it goes; without `number` it is refused and `why` says why."""

    entry: ConceptEntry
    number: int | None = None
    base: ConceptEntry | None = None  # as it was exported, if the file knows
    is_new: bool = False
    is_double: bool = False
    offered: tuple[tuple[int, str], ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Outcome:
    change: EntryChange | None = None
    conflicts: tuple[Conflict, ...] = ()


def import_entries(
    db: sqlite3.Connection,
    entries: Sequence[ConceptEntry],
    base: Mapping[str, ConceptEntry],
    act: history.Act,
    overwrite: bool,
) -> ImportReport:
    """Import inside the open transaction; see `Termbase.import_entries`."""
    if not entries:
        raise TermbaseError(f"{act.origin or 'The file'} gave no entry; nothing was changed. Check that it is the right file.")
    placed = _placed(db, entries, base)
    taken = [(one, one.number) for one in placed if one.number is not None]
    known_as = {one.entry.id: rows.id_of(number) for one, number in taken if one.entry.id}
    for one, number in taken:
        if one.is_new and not one.is_double:
            brought = replace(act, kind="origination", what=f"imported{f' from {act.origin}' if act.origin else ''}")
            add(db, _with_origin(one.entry, act.origin, None), brought, number)
    # Links may point forward, so they follow when all new entries are there.
    for one, number in taken:
        if one.is_new and not one.is_double and one.entry.links:
            rows.write_links(db, number, _own_links(db, one.entry, number, known_as))
    known = [(one, number) for one, number in taken if not one.is_new or one.is_double]
    outcomes = [(number, _update(db, one, number, known_as, act, overwrite)) for one, number in known]
    changed = tuple(outcome.change for _, outcome in outcomes if outcome.change)
    new = tuple(rows.id_of(number) for one, number in taken if one.is_new and not one.is_double)
    touched = {*new, *(change.entry for change in changed)}
    return ImportReport(
        read=len(entries),
        new=new,
        joined=tuple(dict.fromkeys(rows.id_of(number) for one, number in taken if one.is_double)),
        changed=changed,
        unchanged=tuple(dict.fromkeys(rows.id_of(number) for number, _ in outcomes if rows.id_of(number) not in touched)),
        conflicts=tuple(conflict for _, outcome in outcomes for conflict in outcome.conflicts),
        refused=tuple((one.entry.id or one.entry.term, one.why) for one in placed if one.number is None),
        offered=tuple(
            dict.fromkeys(
                Offer(rows.id_of(number), rows.id_of(other), form) for one, number in taken for other, form in one.offered
            )
        ),
        origin=act.origin,
    )


# --- where each entry goes -----------------------------------------------------------------------------------------------


def _placed(db: sqlite3.Connection, entries: Sequence[ConceptEntry], base: Mapping[str, ConceptEntry]) -> list[_Placed]:
    by_id = _entries_with_their_ids(db, entries, base)
    # Ids that the file brings and that are free are kept, so that an exported file restores a termbase.
    free = {n for entry in entries if (n := rows.number_of(entry.id)) is not None and not rows.is_taken(db, n)}
    following = max([rows.next_number(db) - 1, *free]) + 1
    new: dict[tuple[str, str], int] = {}  # main key to number
    seen: set[str] = set()
    placed = []
    for entry in entries:
        why = _why_refused(entry, seen)
        seen.add(entry.id)
        main = _main_key(entry)
        if why:
            placed.append(_Placed(entry, why=why))
        elif entry.id in by_id:
            placed.append(_Placed(entry, by_id[entry.id], base.get(entry.id)))
        elif (double := _double(db, entry, holders := _holders(db, entry))) is not None:
            placed.append(_Placed(entry, double, is_double=True))
        elif main in new:
            placed.append(_Placed(entry, new[main], is_new=True, is_double=True))
        else:
            own = rows.number_of(entry.id)
            number = own if own in free and own is not None else following
            free.discard(number)
            following += number == following
            if main[1]:
                new[main] = number
            placed.append(_Placed(entry, number, is_new=True, offered=_offered(holders)))
    return placed


def _why_refused(entry: ConceptEntry, seen: set[str]) -> str:
    if not any(sec.term.strip() for section in entry.lang_secs for sec in section.term_secs):
        return "it has no term"
    if entry.status not in STATUSES:
        return f"{entry.status} is no status; use one of: {', '.join(STATUSES)}"
    if entry.id and entry.id in seen:
        return f"the id {entry.id} stands in the file twice"
    return ""


def _entries_with_their_ids(
    db: sqlite3.Connection, entries: Sequence[ConceptEntry], base: Mapping[str, ConceptEntry]
) -> dict[str, int]:
    """The ids of the file that mean an entry of this termbase: it must share a term, for another termbase has a c0001 too."""
    numbers = {entry.id: rows.living_number(db, rows.number_of(entry.id)) for entry in entries if entry.id}
    ours = {entry.id: entry for entry in rows.read(db, sorted({n for n in numbers.values() if n is not None}))}
    found = {}
    for entry in entries:
        number = numbers.get(entry.id)
        if number is not None:
            theirs = _keys(entry) | (_keys(base[entry.id]) if entry.id in base else set())
            if theirs & _keys(ours[rows.id_of(number)]):
                found[entry.id] = number
    return found


def _keys(entry: ConceptEntry) -> set[tuple[str, str]]:
    return {
        (language(section.lang), key_of(sec.term, section.lang)) for section in entry.lang_secs for sec in section.term_secs
    }


def _main_key(entry: ConceptEntry) -> tuple[str, str]:
    """Language and key of the main term: the Chinese one, else the first there is."""
    if entry.term:
        return "zh", key_of(entry.term)
    first = next((section for section in entry.lang_secs if section.term_secs), LangSec("zh"))
    return language(first.lang), key_of(first.term_secs[0].term, first.lang) if first.term_secs else ""


def _holders(db: sqlite3.Connection, entry: ConceptEntry) -> Holders:
    of, main = _main_key(entry)
    if of != "zh":
        return holding(db, (main,), of)
    return holding(db, (key_of(sec.term) for sec in entry.lang_sec("zh").term_secs))


def _double(db: sqlite3.Connection, entry: ConceptEntry, holders: Holders) -> int | None:
    """The entry with the same main term (Chinese, or without any Chinese), unless the two are homonyms of different subject fields."""
    main = _main_key(entry)
    found = sorted(holders.get(main[1], ()), key=lambda holder: holder[1] == "rejected")
    for ours in rows.read(db, [number for number, _ in found]):
        fields = {ours.subject_field, entry.subject_field} - {""}
        english = {key for key in _keys(entry) & _keys(ours) if key[0] not in ("zh", main[0])}
        if _main_key(ours) == main and (len(fields) < 2 or english):
            return rows.number_of(ours.id)
    return None


def _offered(holders: Holders) -> tuple[tuple[int, str], ...]:
    """The entries that share a form with a new one, each with that form."""
    held = [(holder, key) for key, found in holders.items() for holder, status in found if status != "rejected"]
    return tuple(sorted(dict(reversed(held)).items()))


# --- what becomes of it -----------------------------------------------------------------------------------------------------


def _update(
    db: sqlite3.Connection, placed: _Placed, number: int, known_as: Mapping[str, str], act: history.Act, overwrite: bool
) -> _Outcome:
    if placed.base == placed.entry:
        return _Outcome()
    (ours,) = rows.read(db, [number])
    base = placed.base
    theirs = _with_origin(placed.entry, act.origin, base)
    theirs = replace(theirs, links=tuple(_own_links(db, placed.entry, number, known_as)))
    if base is None and replace(theirs, id=ours.id, transactions=ours.transactions) == ours:
        return _Outcome()
    if base is not None:
        facts = {name: getattr(base, name) for name in MINED_FACTS}
        flat, clashes = merged(flatten(base), flatten(replace(theirs, **facts)), flatten(ours), overwrite)
    else:
        flat, clashes = filled(flatten(_in_our_sections(theirs, ours)), flatten(ours), overwrite)
    after = unflatten(ours, flat)
    if after.status == "approved" != ours.status:
        after = with_final_terms(after)
    changed = changes(ours, after)
    what = f"imported{f' from {act.origin}' if act.origin else ''}: {'; '.join(told(changed))}"
    write(db, number, ours, after, replace(act, what=what), lists_grew=base is None)
    conflicts = tuple(
        Conflict(ours.id, ours.term, field_name(clash.path), shown(clash.ours), shown(clash.theirs)) for clash in clashes
    )
    return _Outcome(EntryChange(ours.id, after.term, told(changed)) if changed else None, conflicts)


def _in_our_sections(theirs: ConceptEntry, ours: ConceptEntry) -> ConceptEntry:
    """Theirs with our language tags: a file that says zh means our zh-CN, not another language beside it."""
    tags = {language(section.lang): section.lang for section in reversed(ours.lang_secs)}
    own = {section.lang for section in ours.lang_secs}
    sections = (
        section if section.lang in own else replace(section, lang=tags.get(language(section.lang), section.lang))
        for section in theirs.lang_secs
    )
    return replace(theirs, lang_secs=tuple(sections))


def _with_origin(entry: ConceptEntry, origin: str, base: ConceptEntry | None) -> ConceptEntry:
    """English that does not say where it is from: a person typed it into our file, or it is a glossary that somebody sent."""
    before = {sec.term for section in base.lang_secs for sec in section.term_secs} if base else set()
    sources = (origin,) if origin else ()

    def named(sec: TermSec) -> TermSec:
        if sec.origin or sec.term in before:
            return sec
        if base is not None:
            return replace(sec, origin="human", sources=sec.sources or sources, process_status="finalized")
        return replace(sec, origin="user glossary", sources=sec.sources or sources)

    def section(one: LangSec) -> LangSec:
        return one if language(one.lang) == "zh" else replace(one, term_secs=tuple(map(named, one.term_secs)))

    return replace(entry, lang_secs=tuple(map(section, entry.lang_secs)))


def _own_links(db: sqlite3.Connection, entry: ConceptEntry, number: int, known_as: Mapping[str, str]) -> Iterable[Link]:
    """The links that lead to an entry of the termbase, by its ids there."""
    for link in entry.links:
        target = known_as.get(link.target, link.target)
        living = rows.living_number(db, rows.number_of(target))
        if living is not None and living != number:
            yield replace(link, target=rows.id_of(living))
