"""The second pass: what one input says of the chosen terms, as values that any engine can send to where the work is done."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from termbuilder import contexts, definitions
from termbuilder.equivalents import glosses
from termbuilder.evidence import key_of
from termbuilder.model import Context, Definition, Occurrence, Passage, Proposal, Source, Spread
from termbuilder.pipeline import packing
from termbuilder.pipeline.kit import Kit, kit
from termbuilder.pipeline.places import Patterns, Places
from termbuilder.pipeline.prepared import Ints, Prepared, locator, parted
from termbuilder.settings import Settings

_SENTENCE_END = re.compile("[。；！？]")


@dataclass(frozen=True)
class Collected:
    """What the second pass brings home from one input, by the key of the concept."""

    contexts: Mapping[str, tuple[Context, ...]]
    definitions: tuple[tuple[str, Definition], ...]
    glosses: tuple[tuple[str, Proposal], ...]
    spread: tuple[tuple[str, Spread], ...]
    forms: Mapping[str, int]  # frequency of each form
    together: tuple[tuple[tuple[str, ...], ...], ...]  # the concepts of each sentence, those named side by side in one run


@dataclass(frozen=True, eq=False)
class Collect:
    """The second pass as a value that can be sent to another process; `forms` maps each form to the key of its concept."""

    settings: Settings
    forms: Mapping[str, str]
    rules: Kit | None = None

    @cached_property
    def _digest(self) -> bytes:
        return hashlib.sha256(repr(sorted(self.forms.items())).encode()).digest()

    def __eq__(self, other: object) -> bool:
        """Is the same looked for?"""
        return isinstance(other, Collect) and self._digest == other._digest

    def __hash__(self) -> int:
        """That of the forms."""
        return hash(self._digest)

    def __call__(self, one: tuple[tuple[Prepared, ...] | bytes, Ints | None]) -> Collected:
        """Collect what one input (as the first pass brought it home) says of the chosen terms.

        With it come the numbers of the passages that were read closely, if not all were: from these and from sentences that explain are
        taken contexts, definitions and glosses; the terms are counted everywhere.
        """
        rules = self.rules or kit(self.settings)
        prepared: Sequence[Prepared] = packing.unpacked(one[0]) if isinstance(one[0], bytes) else one[0]
        if one[1] is None:
            parts = [collect(own, sought(self), rules) for own in prepared]
        else:
            parts = [collect(own, sought(self), rules, some) for own, some in parted(prepared, one[1])]
        pool: Mapping[str, tuple[Context, ...]] = {}
        counts: dict[str, int] = {}
        for part in parts:
            pool = contexts.merge(pool, part.contexts)
            for form, count in part.forms.items():
                counts[form] = counts.get(form, 0) + count
        return Collected(
            pool,
            tuple(item for part in parts for item in part.definitions),
            tuple(item for part in parts for item in part.glosses),
            tuple(item for part in parts for item in part.spread),
            counts,
            tuple(runs for part in parts for runs in part.together),
        )


@dataclass(frozen=True)
class Sought:
    """All forms that are looked for, compiled once: as they stand in a text, and as keys, that is with marks, spaces and width aside."""

    forms: Mapping[str, str]
    patterns: Patterns
    _spelt: Mapping[str, tuple[str, ...]]  # key of the form -> forms
    _keys: Sequence[str]
    _automaton: Any

    @classmethod
    def of(cls, forms: Mapping[str, str]) -> Sought:
        """Compile `forms`."""
        import ahocorasick_rs

        spelt: dict[str, list[str]] = {}
        for form in sorted(forms):
            spelt.setdefault(key_of(form), []).append(form)
        spelt.pop("", None)
        keys = sorted(spelt)
        by_key = {key: tuple(some) for key, some in spelt.items()}
        return cls(forms, Patterns.of(forms), by_key, keys, ahocorasick_rs.AhoCorasick(keys))

    def within(self, passages: Sequence[Passage]) -> dict[str, str]:
        """The forms that can be in these passages, quotation marks, spaces and width aside."""
        # all at once: a sign that no form holds and no key drops keeps the passages apart
        together = key_of("\0".join(passage.text for passage in passages))
        found = {number for number, _, _ in self._automaton.find_matches_as_indexes(together, overlapping=True)}
        return {form: self.forms[form] for number in sorted(found) for form in self._spelt[self._keys[number]]}


@lru_cache(maxsize=1)  # a value made from a value: each process makes it once a run
def sought(work: Collect) -> Sought:
    """The forms of a second pass, compiled."""
    return Sought.of(work.forms)


def collect(own: Prepared, sought: Sought, rules: Kit, closely: Ints | None = None) -> Collected:
    """Contexts, definitions, glosses and counts of the chosen terms in one document.

    `closely`: numbers of the passages that all but the counts are taken from, besides those that explain something.
    """
    locate = locator(own.document)
    patterns = sought.patterns
    places = patterns.places(own.passages)
    read, near = own.passages, places
    if closely is not None:
        read, near = _near(own.passages, closely), places.only(np.isin(places.passage, closely))
    forms = sought.within(read)
    found = list(patterns.occurrences(own.passages, near))
    whole = [one for one, nested in found if not nested]
    standing = {one.key for one in whole}
    shown = whole + [one for one, nested in found if nested and one.key not in standing]
    return Collected(
        contexts.collect(shown, lambda _, offset: locate(offset), rules.contexts),
        tuple(definitions.find(read, forms, rules.definitions, locate)),
        tuple(glosses.find(read, forms, lambda passage, index: locate(passage.at[index]))),
        tuple(_spread(own, patterns, places, locate)),
        _frequency(patterns, places),
        tuple(_together(whole)),
    )


def _spread(own: Prepared, patterns: Patterns, places: Places, locate: Callable[[int], Source]) -> Iterator[tuple[str, Spread]]:
    """How often and from where to where each concept stands in the document, by key."""
    pairs = zip(places.passage.tolist(), places.start.tolist(), strict=True)
    at = np.array([own.passages[number].at[start] for number, start in pairs], np.int64)
    numbers = patterns.concept[places.form]
    grouped = np.argsort(numbers, kind="stable")
    concepts, begins, counts = np.unique(numbers[grouped], return_index=True, return_counts=True)
    if len(concepts):
        first, last = (how.reduceat(at[grouped], begins).tolist() for how in (np.minimum, np.maximum))
        for concept, count, one, other in zip(concepts.tolist(), counts.tolist(), first, last, strict=True):
            yield patterns.concepts[concept], Spread(own.document.name, count, locate(one), locate(other), own.report.date)


def _frequency(patterns: Patterns, places: Places) -> dict[str, int]:
    """How often each form stands in the document, in the order of the text."""
    numbers, begins, counts = np.unique(places.form, return_index=True, return_counts=True)
    order = np.argsort(begins)
    pairs = zip(numbers[order].tolist(), counts[order].tolist(), strict=True)
    return {patterns.forms[number]: count for number, count in pairs}


def _together(whole: Sequence[Occurrence]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The concepts of each sentence, those named side by side in one run."""
    # 智能网联 and 新能源汽车 do not meet in 智能网联新能源汽车: what is part of another term is not among these
    sentences: dict[tuple[int, int], list[list[Occurrence]]] = {}
    for one in whole:
        before = len(_SENTENCE_END.findall(one.passage.text, 0, one.start))
        runs = sentences.setdefault((one.passage.at[0], before), [])
        if runs and _SIDE_BY_SIDE.fullmatch(one.passage.text, runs[-1][-1].end, one.start):
            runs[-1].append(one)
        else:
            runs.append([one])
    for runs in sentences.values():
        yield tuple(tuple(one.key for one in run) for run in runs)


# What nearly every sentence that explains a term holds (see definition_cues.tsv), and after it the sentences that may go on.
_EXPLAINS = re.compile("[是系即均特泛，]指|所称|简称|统称|称为|[定界][义定]为|即“")
_GOES_ON = 3


def _near(passages: Sequence[Passage], closely: Ints) -> list[Passage]:
    """These passages and those that explain, each with the next ones; an empty one stands where others were left out."""
    numbers = set(closely.tolist())
    numbers.update(
        number for number, passage in enumerate(passages) if passage.section == "annex" or _EXPLAINS.search(passage.text)
    )
    taken = sorted({number + more for number in numbers for more in range(_GOES_ON)} & set(range(len(passages))))
    out: list[Passage] = []
    for before, number in itertools.pairwise([-1, *taken]):
        if number - before > 1:
            out.append(Passage(passages[number].document, -1, "", (), repeat=True))
        out.append(passages[number])
    return out


_SIDE_BY_SIDE = re.compile(r"[”》]?(?:[、/]|以及|[和与及或])[“《]?")
