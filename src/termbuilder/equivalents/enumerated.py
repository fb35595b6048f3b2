"""English for enumerations that are a term: 建机制、搭平台、促合作; 高端化、智能化等四大趋势."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from termbuilder.equivalents import grammar, verb_rules
from termbuilder.equivalents.parts import Part

# Reads a stretch as an act where it can be one; None if it cannot be read.
Read = Callable[[str], Part | None]

_BETWEEN = re.compile("[、，；]")
_SUMMED = re.compile(r"(?P<members>.+[、，].+?)等(?P<whole>(?:[一二三四五六七八九十两\d]+|多)[大项个类种方].+)")
_ACTS = ("V", "W", "C")
_SHORTEST = 2


def enumerated(text: str, read: Read, acts_only: bool = False) -> str:
    """English for an enumeration, or nothing; `acts_only`: only if each of its members is an act of three characters or more.

    Acts are put as acts, which is how slogans are translated: building mechanisms, setting up platforms and promoting cooperation.
    """
    members = [member.removesuffix("等") for member in _BETWEEN.split(text)]
    if len(members) < 2 or min(map(len, members)) < _SHORTEST + acts_only:
        return ""
    parts = [part for member in members if (part := read(member)) is not None]
    if len(parts) < len(members):
        return ""
    if all(part.kind in _ACTS for part in parts):
        return _joined([verb_rules.ing(part) for part in parts])
    return "" if acts_only else _joined([grammar.phrase(part) for part in parts])


def summed_up(text: str, read: Read) -> str:
    """English for members that are counted together, or nothing: 智慧城市、数字乡村等六大工程."""
    found = _SUMMED.fullmatch(text)
    if not found:
        return ""
    whole, members = read(found["whole"]), enumerated(found["members"], read)
    return f"{grammar.phrase(whole)} including {members}" if whole is not None and members else ""


def _joined(members: Sequence[str]) -> str:
    if len(members) > 2 and any(" and " in member for member in members):
        return f"{', '.join(members[:-1])}, and {members[-1]}"
    return f"{', '.join(members[:-1])} and {members[-1]}"
