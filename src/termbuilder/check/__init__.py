"""Coded checks on concept entries, of a termbase or of any glossary that was read.

A code says how grave it is: E errors must be put right before a glossary is given away, W warnings should be looked at.
The table of codes with examples is docs/checks.md; a test keeps the two equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType

from termbuilder.model import ConceptEntry

from .codes import CODES, Finding
from .english import Avoid, avoided, of_documents
from .entry import ENTRY_CHECKS
from .glossary import GLOSSARY_CHECKS, ids

__all__ = ["CODES", "Finding", "check", "of_file"]


def check(entries: Sequence[ConceptEntry], avoid: Avoid = MappingProxyType({})) -> list[Finding]:
    """All that is wrong or doubtful in `entries`, in the order of the entries, errors of an entry first.

    Rejected entries are left out of everything but the checks on ids: they go into no glossary. `avoid`: English that a glossary tells
    to avoid, see `check.english.Avoid`.

    >>> from termbuilder.model import LangSec, TermSec
    >>> entry = ConceptEntry("c0001", (LangSec("zh-CN", (TermSec("瞪羚企业。"),)), LangSec("en", (TermSec("瞪羚 company"),))))
    >>> [finding.code for finding in check([entry])]
    ['E114', 'W202', 'W205', 'W207', 'W208', 'W209']
    """
    used = [entry for entry in entries if entry.status != "rejected"]
    position = {entry.id: n for n, entry in reversed(list(enumerate(entries)))}
    found = [finding for entry in used for test in ENTRY_CHECKS for finding in test(entry)]
    found += ids(entries)
    found += [finding for test in GLOSSARY_CHECKS for finding in test(used)]
    found += [*avoided(used, avoid), *(finding for entry in used for finding in of_documents(entry))]
    return sorted(found, key=lambda finding: (position.get(finding.entry, -1), finding.code))


def of_file(problems: Iterable[tuple[str, str, bool]]) -> list[Finding]:
    """The problems that a format met while it read a file, as (place, message, refused), with their codes."""
    return [Finding("E115" if refused else "W219", "", "", message, place, message) for place, message, refused in problems]
