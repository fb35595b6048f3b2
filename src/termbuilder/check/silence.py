"""Findings that a person has looked at and wants to hear no more of: by their keys, in a file or in the entry itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from termbuilder.model import ConceptEntry

from .codes import Finding

# The fact of an entry (`ConceptEntry.extra`; a column in workbooks and tables) that holds keys, or codes for all findings of that code.
FACT = "silenced"
_KEY = re.compile(r"\b[EW]\d{3}-[0-9a-f]{8}\b")
_KEY_OR_CODE = re.compile(r"\b[EW]\d{3}(?:-[0-9a-f]{8})?\b")


def keys_in(text: str) -> frozenset[str]:
    """The keys in a text, one or more a line, whatever else stands there; lines that begin with # are comments.

    >>> sorted(keys_in("# looked at in May\\nglossary.tbx: c0001 瞪羚企业: W201-0123abcd no English term\\nW203-89abcdef"))
    ['W201-0123abcd', 'W203-89abcdef']
    """
    return frozenset(key for line in text.splitlines() if not line.lstrip().startswith("#") for key in _KEY.findall(line))


def told(findings: Iterable[Finding], entries: Sequence[ConceptEntry], keys: Collection[str]) -> list[Finding]:
    """The findings that neither `keys` nor the entry they are about silences.

    >>> from termbuilder.model import LangSec, TermSec
    >>> entry = ConceptEntry("c0001", (LangSec("zh-CN", (TermSec("瞪羚企业"),)),), extra=(("silenced", "W208 is fine here"),))
    >>> [one.code for one in told([Finding("W201", "c0001", "瞪羚企业", ""), Finding("W208", "c0001", "瞪羚企业", "")], [entry], ())]
    ['W201']
    """
    own: Mapping[tuple[str, str], frozenset[str]] = {
        (entry.id, entry.term): frozenset(_KEY_OR_CODE.findall(" ".join(value for name, value in entry.extra if name == FACT)))
        for entry in entries
        if any(name == FACT for name, _ in entry.extra)
    }
    return [
        one for one in findings if one.key not in keys and not {one.code, one.key} & own.get((one.entry, one.term), frozenset())
    ]


def with_silenced(entry: ConceptEntry, keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The facts of `entry` with `keys` among the silenced ones."""
    held = " ".join(value for name, value in entry.extra if name == FACT)
    words = dict.fromkeys((*held.split(), *keys))
    return (*((name, value) for name, value in entry.extra if name != FACT), (FACT, " ".join(words)))
