"""Checks on entries against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from termbuilder.model import ConceptEntry

from .codes import Finding, about
from .entry import folded, usable
from .scripts import bare


def ids(entries: Sequence[ConceptEntry]) -> Iterator[Finding]:
    """Ids given twice, and links that lead nowhere or to the entry itself; rejected entries count as being there."""
    seen: set[str] = set()
    for entry in entries:
        if entry.id and entry.id in seen:
            yield about("E101", entry, f"the id {entry.id} belongs to another entry already")
        seen.add(entry.id)
    for entry in entries:
        if entry.status == "rejected":
            continue
        for link in entry.links:
            if link.target == entry.id:
                yield about("E106", entry, f"linked to itself as {link.kind}", link.kind)
            elif link.target not in seen:
                yield about(
                    "E105",
                    entry,
                    f"{link.kind} leads to {link.target}, which is not there",
                    f"{link.kind} {link.term or link.target}",
                )


def _circles(entries: Sequence[ConceptEntry]) -> Iterator[Finding]:
    broader: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for link in entry.links:
            if link.target != entry.id and link.kind in ("broader", "whole"):
                broader[entry.id].add(link.target)
            elif link.target != entry.id and link.kind in ("narrower", "part"):
                broader[link.target].add(entry.id)
    reported: set[str] = set()
    for entry in entries:
        circle = _circle_from(entry.id, broader)
        if circle and not reported & set(circle):
            reported |= set(circle)
            yield about("E107", entry, f"the broader entries go round: {' > '.join([*circle, entry.id])}")


def _circle_from(start: str, broader: dict[str, set[str]]) -> list[str]:
    """The way up from `start` that leads back to it, if there is one."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for target in sorted(broader.get(way[-1], ())):
            if target == start:
                return way
            if target not in seen:
                seen.add(target)
                ways.append([*way, target])
    return []


def _chinese_doubles(entries: Sequence[ConceptEntry]) -> Iterator[Finding]:
    by_term: defaultdict[str, list[ConceptEntry]] = defaultdict(list)
    for entry in entries:
        for term in dict.fromkeys(bare(sec.term) for sec in entry.lang_sec("zh").term_secs):
            if term:
                by_term[term].append(entry)
    for term, holders in by_term.items():
        first = holders[0]
        for other in holders[1:]:
            if first.subject_field == other.subject_field or not (first.subject_field and other.subject_field):
                yield about(
                    "E103",
                    other,
                    f"{term} is in {first.id} {first.term} too: join the two or tell them apart",
                    f"{term} | {first.term}",
                )
            else:
                fields = f"{first.subject_field} and {other.subject_field}"
                yield about(
                    "W217",
                    other,
                    f"{term} is in {first.id} too ({fields}): fine if these are two concepts",
                    f"{term} | {first.term}",
                )


def _english_doubles(entries: Sequence[ConceptEntry]) -> Iterator[Finding]:
    by_term: defaultdict[str, list[ConceptEntry]] = defaultdict(list)
    for entry in entries:
        # Only the first: two concepts may well share a second choice.
        for sec in usable(entry)[:1]:
            by_term[folded(sec.term)].append(entry)
    for holders in by_term.values():
        first = holders[0]
        for other in holders[1:]:
            if any(link.kind in ("fullForm", "shortForm") and link.target == first.id for link in other.links):
                continue  # 高企 is 高新技术企业: one English is right
            english = usable(other)[0].term
            yield about(
                "W203",
                other,
                f"{english} is the English of {first.id} {first.term} as well",
                f"{folded(english)} | {first.term}",
            )


GLOSSARY_CHECKS: tuple[Callable[[Sequence[ConceptEntry]], Iterator[Finding]], ...] = (
    _circles,
    _chinese_doubles,
    _english_doubles,
)
