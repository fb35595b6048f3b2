"""Named notes: facts that a format has no field for, as text that people understand and we read back.

`pinyin: jiēbǎng guàshuài` is one of ours (the names below); `[Client] ACME` is a fact named by somebody else, such as a
column of a workbook or a data category of another program. A note that only looks like one of these is written as `[note] ...`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

# What we name ourselves, at any level. "id" is an id that XML cannot hold as one.
OURS = (
    "id", "status", "category", "frequency", "documents", "pinyin", "syllables", "origin", "reliability",
    "process status", "recorded status", "part of speech", "term type", "region", "source",
    "broader", "narrower", "related", "fullForm", "shortForm", "whole", "part", "link",
)  # fmt: skip

_OUR_NAMES = frozenset(OURS)
_NAMED = re.compile(r"\[((?:[^\]\\]|\\.)+)\] ?(.*)", re.DOTALL)
_COUNT = re.compile(r" ?\((?:reliability|documents) (\d+)\)\Z")
_ANY_NOTE = "note"


def own(name: str, value: str | int) -> str:
    """One of our own named notes.

    >>> own("pinyin", "dènglíng qǐyè")
    'pinyin: dènglíng qǐyè'
    """
    return f"{name}: {value}".rstrip(" ")


def counted(name: str, value: str | int, what: str, number: int) -> str:
    """One of our own notes with a number to it.

    >>> counted("origin", "glossary", "reliability", 9)
    'origin: glossary (reliability 9)'
    """
    return own(name, f"{value} ({what} {number})".lstrip() if number else value)


def named(name: str, value: str) -> str:
    """A fact named by somebody else.

    >>> named("Client", "ACME")
    '[Client] ACME'
    """
    escaped = name.replace("\\", "\\\\").replace("]", "\\]")
    return f"[{escaped}] {value}".rstrip(" ")


def free(text: str) -> str:
    """A note in free words, marked where it would be taken for a named one.

    >>> free("省级政策用语"), free("status: 待定")
    ('省级政策用语', '[note] status: 待定')
    """
    name, colon, value = text.partition(":")
    ours = colon and name in _OUR_NAMES and value[:1] in ("", " ")
    return named(_ANY_NOTE, text) if ours or _named_in(text) else text


def _named_in(text: str) -> tuple[str, str] | None:
    """Name and value of a note that `named` could have written, to the letter."""
    match = _NAMED.fullmatch(text) if text[:1] == "[" else None
    if match is None:
        return None
    name = re.sub(r"\\(.)", r"\1", match[1])
    return (name, match[2]) if named(name, match[2]) == text else None


@dataclass(slots=True)
class Notes:
    """The notes of an entry, a language or a term, told apart."""

    own: dict[str, str] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)
    named: list[tuple[str, str]] = field(default_factory=list)
    free: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """What is left, as notes again: free words first, then what nobody took, then what others named."""
        rest = [own(name, value) for name, value in self.own.items()]
        return [*self.free, *rest, *(named(name, value) for name, value in self.named)]

    def take(self, name: str) -> str:
        """The note of that name, which then counts as understood."""
        return self.own.pop(name, "")

    def take_number(self, name: str) -> int:
        """The note of that name as a number; if it is none, it stays a note."""
        return int(self.own.pop(name)) if self.own.get(name, "").isdecimal() else 0

    def take_counted(self, name: str) -> tuple[str, int] | None:
        """A note of that name like `glossary (reliability 9)` or `7 (documents 3)`: the text and the number in it."""
        if name not in self.own:
            return None
        value = self.own.pop(name)
        match = _COUNT.search(value) if value.endswith(")") else None
        return (value[: match.start()], int(match[1])) if match else (value, 0)

    def take_one_of(self, name: str, values: frozenset[str]) -> str:
        """The note of that name if it has one of these values; else it stays a note."""
        return self.own.pop(name) if self.own.get(name) in values else ""


LINK_KINDS = ("broader", "narrower", "related", "fullForm", "shortForm", "whole", "part", "link")


def told_apart(texts: Iterable[str]) -> Notes:
    """Sort notes by what they are.

    >>> told_apart(["status: approved", "[Client] ACME", "省级政策用语"]).named
    [('Client', 'ACME')]
    """
    notes = Notes()
    for text in texts:
        name, colon, value = text.partition(":")
        if colon and name in _OUR_NAMES and value[:1] in ("", " "):
            if name in LINK_KINDS:
                notes.links.append((name, value[1:]))
                continue
            if name not in notes.own:
                notes.own[name] = value[1:]
                continue
        fact = _named_in(text)
        if fact:
            notes.free.append(fact[1]) if fact[0] == _ANY_NOTE else notes.named.append(fact)
        elif text:
            notes.free.append(text)
    return notes


def tail_apart(note: str) -> tuple[str, list[tuple[str, str]]]:
    """A note field cut into free words and the named facts on its last lines.

    >>> tail_apart("省级用语\\n[register] technicalRegister")
    ('省级用语', [('register', 'technicalRegister')])
    """
    if "[" not in note:
        return note, []
    lines = note.split("\n")
    named: list[tuple[str, str]] = []
    while lines and (fact := _named_in(lines[-1])) and fact[0] != _ANY_NOTE:
        named.insert(0, fact)
        lines.pop()
    # a blank line between the two would not come back
    return (note, []) if named and lines and not lines[-1] else ("\n".join(lines), named)
