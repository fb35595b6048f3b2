"""From ranked and grouped forms, and what the second pass collected, to concept entries."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from termbuilder import contexts, subject_fields
from termbuilder.evidence import key_of
from termbuilder.model import (
    ConceptEntry,
    Context,
    Definition,
    Form,
    LangSec,
    Link,
    Proposal,
    Reason,
    Spread,
    TermSec,
)
from termbuilder.pipeline.english import Asked, weighed
from termbuilder.pipeline.kit import Kit
from termbuilder.pipeline.said import Said
from termbuilder.pipeline.second_pass import Collected
from termbuilder.pipeline.store import Shelf
from termbuilder.rank import Candidate
from termbuilder.settings import Settings
from termbuilder.variants import Group, Grouping


@dataclass(frozen=True)
class Gathered:
    """What all inputs together say of the chosen terms, by the key of the concept's main form."""

    contexts: Mapping[str, tuple[Context, ...]]
    definitions: Mapping[str, tuple[Definition, ...]]
    glosses: Mapping[str, tuple[Proposal, ...]]
    spread: Mapping[str, tuple[Spread, ...]]  # of a large corpus, only the documents that hold most of a term
    totals: Mapping[str, tuple[int, int]]  # frequency and document frequency in all documents
    holds: Mapping[str, array[int]]  # name of a document -> numbers of the concepts in it, as counted in `totals`
    forms: Mapping[str, int]
    together: Iterable[tuple[tuple[str, ...], ...]]  # to be gone through once


# Definitions of one concept that are looked at, the best first: a thousand laws that define 行政机关 say it in a few ways.
MOST_DEFINITIONS = 200
# Contexts of one concept that wait to be merged.
MOST_CONTEXTS = 60
# Of a large corpus an entry names so many documents, those in which its term is most frequent; it is counted in all of them.
MOST_DOCUMENTS = 100


def gathered(parts: Iterable[Collected], limit: int, shelf: Shelf | None = None) -> Gathered:
    """Put together what the second pass brought home, in the order of the inputs; `limit`: contexts per term.

    `shelf`: for a large corpus, where the concepts of the sentences wait, which are as many as the corpus has sentences; without it they
    stay in memory, and all documents of a term are named.
    """
    pool: dict[str, list[Context]] = {}
    defined: dict[str, list[Definition]] = {}
    glossed: dict[str, list[Proposal]] = {}
    spread: dict[str, list[Spread]] = {}
    totals: dict[str, tuple[int, int]] = {}
    numbers: dict[str, int] = {}
    holds: dict[str, array[int]] = {}
    counts: Counter[str] = Counter()
    together: list[tuple[tuple[str, ...], ...]] = []
    for part in parts:
        if shelf is None:
            together += part.together
        elif part.together:
            shelf.put(part.together)
        for key, shown in part.contexts.items():
            waiting = pool.setdefault(key, [])
            waiting += shown
            if len(waiting) > MOST_CONTEXTS:
                waiting[:] = _merged(key, waiting)
        for key, definition in part.definitions:
            own = defined.setdefault(key, [])
            own.append(definition)
            if len(own) >= 2 * MOST_DEFINITIONS:
                own[:] = _best_first(own)
        for key, proposal in part.glosses:
            glossed.setdefault(key, []).append(proposal)
        for key, one in part.spread:
            standing = spread.setdefault(key, [])
            standing.append(one)
            if shelf is not None and len(standing) >= 2 * MOST_DOCUMENTS:
                standing[:] = _most_frequent(standing)
            frequency, documents = totals.get(key, (0, 0))
            totals[key] = frequency + one.frequency, documents + 1
            holds.setdefault(one.document, array("l")).append(numbers.setdefault(key, len(numbers)))
        counts.update(part.forms)
    return Gathered(
        contexts.choose({key: _merged(key, waiting) for key, waiting in pool.items()}, limit),
        {key: _each_once(found) for key, found in defined.items()},
        {key: tuple(found) for key, found in glossed.items()},
        {
            key: tuple(sorted(found if shelf is None else _most_frequent(found), key=lambda s: s.document))
            for key, found in spread.items()
        },
        totals,
        holds,
        counts,
        together if shelf is None else chain.from_iterable(shelf),
    )


def _merged(key: str, waiting: Iterable[Context]) -> tuple[Context, ...]:
    return contexts.merge({key: ()}, {key: tuple(waiting)})[key]


def _most_frequent(standing: Iterable[Spread]) -> list[Spread]:
    return sorted(standing, key=lambda spread: (-spread.frequency, spread.document))[:MOST_DOCUMENTS]


def entries_in(found: Gathered, entries: Iterable[ConceptEntry]) -> dict[str, int]:
    """How many of `entries` stand in each document, by its name."""
    numbers = {key: number for number, key in enumerate(found.totals)}
    kept = {numbers[key] for entry in entries if (key := key_of(entry.term)) in numbers}
    return {name: sum(number in kept for number in some) for name, some in found.holds.items()}


def _each_once(found: Iterable[Definition]) -> tuple[Definition, ...]:
    """The definitions of one concept, the best first; what several documents say in the same words, or in part of them, once."""
    kept: dict[str, Definition] = {}
    for one in _best_first(found):
        words = key_of(one.text).strip("。；，")
        if not any(words in other for other in kept):
            kept[words] = one
    return tuple(kept.values())


def _best_first(found: Iterable[Definition]) -> list[Definition]:
    return sorted(found, key=lambda d: (-d.score, d.source.document, d.source.offset))[:MOST_DEFINITIONS]


def lists_of(found: Gathered, concept: Mapping[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """(key of the whole, keys of its parts): what the texts enumerate as members of a term, where two members or more are terms.

    `concept`: key of any form -> key of its concept's main form.
    """
    out = []
    for key, definitions in found.definitions.items():
        for definition in definitions:
            if definition.kind == "expansion":
                members = [key_of(member) for member in re.split(r"[、，；]|以及|[和与及]", definition.text)]
                parts = tuple(
                    dict.fromkeys(concept[member] for member in members if member in concept and concept[member] != key)
                )
                if len(parts) > 1:
                    out.append((key, parts))
    return out


def form_of(candidate: Candidate) -> Form:
    """A ranked candidate as the grouping wants it."""
    return Form(
        key=candidate.key,
        surface=max(candidate.surfaces, key=lambda item: (item[1], item[0]))[0],
        score=candidate.score,
        frequency=candidate.frequency,
        document_frequency=candidate.document_frequency,
        surfaces=candidate.surfaces,
        left=candidate.left,
        right=candidate.right,
        quoted=candidate.quoted,
        titled=candidate.titled,
    )


def build(
    grouping: Grouping,
    found: Gathered,
    said: Sequence[Said],
    asked: Asked,
    reasons: Mapping[str, tuple[Reason, ...]],
    rules: Kit,
    settings: Settings,
) -> list[ConceptEntry]:
    """One concept entry a group, numbered in order: c0001 is the best. `said`: of each group."""
    ids = [f"c{number:04d}" for number in range(1, len(grouping.groups) + 1)]
    links: dict[int, list[Link]] = {}
    for link in grouping.links:
        other = grouping.groups[link.target]
        links.setdefault(link.source, []).append(Link(link.kind, ids[link.target], other.main.surface, link.rule))
    translated = weighed(grouping.groups, [one.english for one in said], asked, rules)
    entries = []
    for number, (group, one) in enumerate(zip(grouping.groups, said, strict=True)):
        key = group.main.key
        frequency, documents = found.totals.get(key, (0, 0))
        entries.append(
            ConceptEntry(
                id=ids[number],
                lang_secs=(_chinese(group, one, found), translated[number]),
                subject_field=settings.subject_field or subject_fields.field_of(_keys(group), rules.fields),
                category=one.category,
                links=tuple(links.get(number, ())),
                score=group.main.score,
                reasons=reasons.get(key, ()),
                frequency=frequency,
                document_frequency=documents,
                spread=found.spread.get(key, ()),
            )
        )
    return _of_categories(entries, settings.categories)


def _of_categories(entries: list[ConceptEntry], wanted: Collection[str]) -> list[ConceptEntry]:
    """Only the entries of the categories wanted (all, if none is named), with the links between them."""
    if not wanted:
        return entries
    kept = {entry.id for entry in entries if entry.category in wanted}
    return [
        replace(entry, links=tuple(link for link in entry.links if link.target in kept))
        for entry in entries
        if entry.id in kept
    ]


def _keys(group: Group) -> list[str]:
    return [member.form.key for member in group.members]


def _chinese(group: Group, said: Said, found: Gathered) -> LangSec:
    key = group.main.key
    secs = [
        TermSec(
            term=member.form.surface,
            term_type=member.term_type,
            administrative_status="preferredTerm" if place == 0 else "admittedTerm",
            part_of_speech=spoken.part_of_speech,
            reading=spoken.reading,
            contexts=found.contexts.get(key, ()) if place == 0 else (),
            frequency=sum(found.forms.get(surface, 0) for surface, _ in member.form.surfaces),
            note=member.rule,
        )
        for place, (member, spoken) in enumerate(zip(group.members, said.spoken, strict=True))
    ]
    return LangSec("zh-CN", tuple(secs), found.definitions.get(key, ()))
