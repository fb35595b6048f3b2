"""The second pass: what one input says of the chosen terms, as values that any engine can send to where the work is done."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from termbuilder import contexts, definitions
from termbuilder.equivalents import glosses
from termbuilder.evidence import key_of
from termbuilder.model import Context, Definition, Occurrence, Passage, Proposal, Spread
from termbuilder.pipeline import packing
from termbuilder.pipeline.kit import Kit, kit
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
            parts = [collect(own, sought(self).within(own.passages), rules) for own in prepared]
        else:
            parts = [collect(own, sought(self).within(own.passages), rules, some) for own, some in parted(prepared, one[1])]
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
    """All forms that are looked for, compiled once: of ten thousand a document holds a few hundred, and the rest need not be tried on it."""

    forms: Mapping[str, str]
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
        return cls(forms, {key: tuple(some) for key, some in spelt.items()}, keys, ahocorasick_rs.AhoCorasick(keys))

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


def collect(own: Prepared, forms: Mapping[str, str], rules: Kit, closely: Ints | None = None) -> Collected:
    """Contexts, definitions, glosses and counts of the chosen terms in one document.

    `closely`: numbers of the passages that all but the counts are taken from, besides those that explain something.
    """
    locate = locator(own.document)
    found = list(occurrences(own.passages, forms))
    read, near = own.passages, found
    if closely is not None:
        read, numbers = _near(own.passages, closely), set(closely.tolist())
        near = [(one, nested) for one, nested in found if one.passage.number in numbers]
    whole = [one for one, nested in near if not nested]
    standing = {one.key for one in whole}
    shown = whole + [one for one, nested in near if nested and one.key not in standing]
    spread: dict[str, tuple[int, int, int]] = {}
    counts: dict[str, int] = {}
    sentences: dict[tuple[int, int], list[list[Occurrence]]] = {}
    for one, nested in near:
        if not nested:  # 智能网联 and 新能源汽车 do not meet in 智能网联新能源汽车
            before = len(_SENTENCE_END.findall(one.passage.text, 0, one.start))
            runs = sentences.setdefault((one.passage.at[0], before), [])
            if runs and _SIDE_BY_SIDE.fullmatch(one.passage.text, runs[-1][-1].end, one.start):
                runs[-1].append(one)
            else:
                runs.append([one])
    for one, _ in found:
        at = one.passage.at[one.start]
        frequency, first, last = spread.get(one.key, (0, at, at))
        spread[one.key] = (frequency + 1, min(first, at), max(last, at))
        counts[one.form] = counts.get(one.form, 0) + 1
    name = own.document.name
    return Collected(
        contexts.collect(shown, lambda _, offset: locate(offset), rules.contexts),
        tuple(definitions.find(read, forms, rules.definitions, locate)),
        tuple(glosses.find(read, forms, lambda passage, index: locate(passage.at[index]))),
        tuple(
            (key, Spread(name, frequency, locate(first), locate(last), own.report.date))
            for key, (frequency, first, last) in sorted(spread.items())
        ),
        counts,
        tuple(tuple(tuple(one.key for one in run) for run in runs) for runs in sentences.values()),
    )


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


def occurrences(passages: Sequence[Passage], forms: Mapping[str, str]) -> Iterator[tuple[Occurrence, bool]]:
    """Where the forms stand, in text order, each with whether it is part of a longer term of another concept.

    A form inside a longer form of its own concept is no occurrence of its own. Passages that repeat an earlier one are left out.
    """
    import ahocorasick_rs

    patterns = sorted(forms)
    if not patterns:
        return
    automaton = ahocorasick_rs.AhoCorasick(patterns)
    for passage in passages:
        if passage.repeat:
            continue
        matches = automaton.find_matches_as_indexes(passage.text, overlapping=True)
        longest = sorted(((start, end, patterns[number]) for number, start, end in matches), key=lambda m: (m[0], -m[1]))
        reach: list[tuple[int, int, str]] = []  # the spans that may still hold later ones
        for start, end, form in longest:
            reach = [span for span in reach if span[1] > start]
            around = [span for span in reach if span[1] >= end]
            if not any(forms[span[2]] == forms[form] for span in around):
                yield Occurrence(passage, start, end, form, forms[form]), bool(around)
            reach.append((start, end, form))
