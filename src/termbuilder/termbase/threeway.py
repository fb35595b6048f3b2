"""Three states of one entry made one: as it was (base), as somebody changed it (theirs), as the termbase has it now (ours).

The same step serves an import (base: what was exported) and undo (base: what the decision made, theirs: what was before it).
Lists (terms, definitions, contexts, sources, links) are merged member by member, so that what a run has added meanwhile is
no contradiction to what a person took out or put in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from termbuilder.model import Link

from .fields import MINED_FACTS, WEAKEST, Path, shown

Flat = Mapping[Path, Any]

_LISTS = ("terms", "langs", "definitions", "contexts", "sources", "links")
# What the machine knows of a term by itself; a file that states something else is no decision about it.
_TERM_FACTS = ("frequency", "origin", "reliability")
# What a person works on in a term: one of these changed, and the term is not simply taken out by somebody else.
_WORKED_ON = ("administrative_status", "process_status", "term_type", "note", "reading", "geographical_usage")


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both sides changed, each in its way."""

    path: Path
    base: Any
    ours: Any
    theirs: Any


def merged(base: Flat, theirs: Flat, ours: Flat, overwrite: bool = False) -> tuple[dict[Path, Any], list[Clash]]:
    """Bring the step from `base` to `theirs` into `ours`.

    Returns the fields then and the clashes: fields where `ours` is neither as in `base` nor as in `theirs`; ours stays
    there unless `overwrite`.

    >>> note, field = ("note",), ("subject_field",)
    >>> merged({note: "", field: "a"}, {note: "新", field: "b"}, {note: "", field: "c"})
    ({('note',): '新', ('subject_field',): 'c'}, [Clash(path=('subject_field',), base='a', ours='c', theirs='b')])
    """
    result = dict(ours)
    clashes: list[Clash] = []
    for path in (*theirs, *(path for path in base if path not in theirs)):
        was, wanted, now = base.get(path), theirs.get(path), ours.get(path)
        if wanted in (was, now) or not _is_of_listed_term(path, theirs):
            continue
        if not _is_of_listed_term(path, base) and _is_of_listed_term(path, ours):
            # A term that both sides put in: each may say of it what the other leaves open.
            value, is_clash = _filled_value(path, wanted, now)
        elif _is_list(path):
            value, is_clash = _merged_list(was or (), wanted or (), now or (), overwrite)
            worked_on = [term for term in now or () if term not in value and _worked_on(path, term, base, ours)]
            if worked_on and not overwrite:
                value, is_clash = (*value, *worked_on), True
            ours_first = "" if overwrite else _decided_first(path, was or (), wanted or (), now or (), ours)
            if ours_first in value:
                value, is_clash = (ours_first, *(term for term in value if term != ours_first)), True
        else:
            value, is_clash = (wanted, False) if now == was else (now, True)
        if is_clash:
            clashes.append(Clash(path, was, now, wanted))
        _put(result, path, wanted if is_clash and overwrite and not _is_list(path) else value)
    return result, clashes


def filled(theirs: Flat, ours: Flat, overwrite: bool = False) -> tuple[dict[Path, Any], list[Clash]]:
    """Bring a file that does not say what it was made from into `ours`: gaps are filled, lists grow, nothing is cleared.

    Returns the fields then and the clashes: fields where both say something and not the same; ours stays unless `overwrite`.

    >>> filled({("note",): "", ("subject_field",): "b"}, {("note",): "旧"})
    ({('note',): '旧', ('subject_field',): 'b'}, [])
    """
    result = dict(ours)
    clashes: list[Clash] = []
    for path, wanted in theirs.items():
        now = ours.get(path)
        if path[0] in MINED_FACTS or says_nothing(path, wanted) or wanted == now:
            continue
        if _is_list(path):
            have = {_key(member) for member in now or ()}
            result[path] = (*(now or ()), *(member for member in wanted if _key(member) not in have))
            continue
        value, is_clash = _filled_value(path, wanted, now)
        if is_clash:
            clashes.append(Clash(path, None, now, wanted))
        _put(result, path, wanted if is_clash and overwrite else value)
    return result, clashes


def says_nothing(path: Path, value: Any) -> bool:
    """Is the field empty, or a status that every entry has before anybody has looked at it?

    >>> says_nothing(("status",), "suggested"), says_nothing(("status",), "rejected")
    (True, False)
    """
    return value is None or value == "" or value == () or WEAKEST.get(path[-1]) == value


def _put(result: dict[Path, Any], path: Path, value: Any) -> None:
    if value is None or value == ():
        result.pop(path, None)
    else:
        result[path] = value


def _is_list(path: Path) -> bool:
    return path[-1] in _LISTS and path[0] != "extra"


def _is_of_listed_term(path: Path, flat: Flat) -> bool:
    """True for every field but those of a term that `flat` does not list."""
    return path[0] != "term" or path[2] in (flat.get(("lang", path[1], "terms")) or ())


def _filled_value(path: Path, wanted: Any, now: Any) -> tuple[Any, bool]:
    """What stands in the field if only gaps are filled, and whether the two contradict each other."""
    if says_nothing(path, now):
        return wanted, False
    if says_nothing(path, wanted) or path[-1] in _TERM_FACTS or shown(wanted) == shown(now):
        return now, False
    return now, True


def _worked_on(path: Path, term: str, base: Flat, ours: Flat) -> bool:
    """Has the termbase, since, worked on a term that they took out?"""
    if path[-1] != "terms" or path[0] != "lang":
        return False
    fields = [("term", path[1], term, name) for name in _WORKED_ON]
    return term in (base.get(path) or ()) and any(base.get(field) != ours.get(field) for field in fields)


def _decided_first(path: Path, was: Sequence[Any], wanted: Sequence[Any], now: Sequence[Any], ours: Flat) -> str:
    """The term that a person has put first since, if they put another one first. What a run put first gives way to them."""
    if path[0] != "lang" or path[-1] != "terms" or len({*was[:1], *wanted[:1], *now[:1]}) != 3:
        return ""
    return now[0] if ours.get(("term", path[1], now[0], "process_status")) == "finalized" else ""


def _merged_list(
    base: Sequence[Any], theirs: Sequence[Any], ours: Sequence[Any], overwrite: bool
) -> tuple[tuple[Any, ...], bool]:
    """Ours without what they took out, with what they put in at its place; and whether both replaced the same member."""
    was, wanted, now = ({_key(member): member for member in members} for members in (base, theirs, ours))
    taken_out = {key for key in was if key not in wanted}
    put_in = [key for key in wanted if key not in was and key not in now]
    ours_put_in = {key for key in now if key not in was and key not in wanted}
    is_clash = bool(put_in and ours_put_in and any(key not in now for key in taken_out))
    if is_clash and not overwrite:
        return tuple(ours), True
    dropped = taken_out | ours_put_in if is_clash else taken_out
    order = _order([key for key in now if key not in dropped], list(was), list(wanted))
    # A member changed within (a definition's source) takes their form, unless ours was changed too.
    changed = {key for key in wanted if key in was and now.get(key) == was[key]} | set(put_in)
    return tuple(wanted[key] if key in changed else now[key] for key in order), is_clash


def _order(kept: list[Any], was: list[Any], wanted: list[Any]) -> list[Any]:
    """The kept members with those that they put in: after the member that precedes it in theirs, else first."""
    here, there = ([key for key in keys if key in was and key in kept] for keys in (kept, wanted))
    if there != here and here == [key for key in was if key in kept]:
        kept = there + [key for key in kept if key not in there]  # they put them into another order, we did not
    for position, key in enumerate(wanted):
        if key not in was and key not in kept:
            before = [kept.index(other) for other in wanted[:position] if other in kept]
            kept.insert(max(before) + 1 if before else 0, key)
    return kept


def _key(member: Any) -> Any:
    if isinstance(member, Link):
        return member.target
    return getattr(member, "text", member)
