"""The two passes over the documents, each a function over one document, so that any engine can run them."""

from __future__ import annotations

import bisect
import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from termbuilder import candidates, clean, contexts, definitions, evidence, read, segment
from termbuilder.engine.remote import Remote
from termbuilder.equivalents import glosses
from termbuilder.errors import InputRefused
from termbuilder.evidence import Table, key_of
from termbuilder.model import (
    Context,
    Definition,
    Document,
    DocumentReport,
    Occurrence,
    Passage,
    Proposal,
    SegmentPair,
    Source,
    Spread,
    Word,
)
from termbuilder.pipeline import packing, packing_tables
from termbuilder.pipeline.kit import Kit, kit
from termbuilder.settings import Settings

Words = Sequence[tuple[Word, ...]]

_SENTENCE_END = re.compile("[。；！？]")


@dataclass(frozen=True)
class Prepared:
    """A document read, cleaned and segmented."""

    document: Document
    passages: Sequence[Passage]
    words: Words
    report: DocumentReport


@dataclass(frozen=True)
class Observed:
    """What the first pass brings home from one input; `refused` instead of the rest if it could not be read."""

    prepared: tuple[Prepared, ...] | bytes = ()  # as it is in memory, or packed to travel and to wait on disk
    reports: tuple[DocumentReport, ...] = ()
    evidence: tuple[Table, ...] | bytes = ()
    pairs: tuple[tuple[str, str], ...] = ()  # keys of the short and full forms that the documents introduce
    segments: tuple[SegmentPair, ...] = ()
    refused: str = ""
    folded: bytes = b""  # the keys of the passages, a line each, packed: what a later run looks for new forms in


@dataclass(frozen=True)
class Collected:
    """What the second pass brings home from one input, by the key of the concept."""

    contexts: Mapping[str, tuple[Context, ...]]
    definitions: tuple[tuple[str, Definition], ...]
    glosses: tuple[tuple[str, Proposal], ...]
    spread: tuple[tuple[str, Spread], ...]
    forms: Mapping[str, int]  # frequency of each form
    together: tuple[tuple[tuple[str, ...], ...], ...]  # the concepts of each sentence, those named side by side in one run


def prepare(one: read.Input, settings: Settings, rules: Kit) -> list[Prepared]:
    """Read, clean and segment one input; raises InputRefused."""
    out = []
    for document in read.read(one, settings.encoding):
        cleaned = clean.clean(document, rules.clean)
        report = DocumentReport(
            document.name,
            document.format,
            document.digest,
            characters=len(document.text),
            passages=len(cleaned.passages),
            encoding=document.encoding,
            date=date_of(document.text),
            repairs=cleaned.repairs,
            warnings=document.warnings,
        )
        out.append(Prepared(document, cleaned.passages, segment.segmented(cleaned.passages), report))
    return out


# --- first pass -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Observe:
    """The first pass as a value that can be sent to another process."""

    settings: Settings
    pack: bool = False  # bring the prepared documents home packed
    keep: bool = False  # bring everything home packed, for later runs
    least: float = 0.0  # candidates that the tagger likes less than this and that no sure sign offers are not worth counting
    every: bool = False  # also candidates that have no chance, to explain why
    rules: Kit | None = None  # instead of the shipped ones; cannot be sent to another process

    def __call__(self, one: read.Input | Remote) -> Observed:
        """Count the evidence of one input."""
        rules = self.rules or kit(self.settings)
        try:
            if isinstance(one, Remote):  # its suffix is that of the URL
                one = read.Input(one.name, Path(one.url), one.fetch())
            prepared = prepare(one, self.settings, rules)
        except InputRefused as refused:
            return Observed(refused=str(refused))
        pairs: list[tuple[str, str]] = []
        found = []
        for own in prepared:
            observed, introduced = observe(own, rules, 0.0 if self.every else WORTH_A_LOOK)
            found.append(evidence.worth(observed, self.least) if self.least else observed)
            pairs += introduced
        segments = tuple(pair for own in prepared for pair in own.document.pairs)
        reports = tuple(own.report for own in prepared)
        kept = tuple(replace(own, words=()) for own in prepared)  # the second pass needs no words
        if not self.keep:
            return Observed(packing.packed(kept) if self.pack else kept, reports, tuple(found), tuple(pairs), segments)
        folded = "\n".join(key_of(passage.text) for own in prepared for passage in own.passages)
        return Observed(
            packing.packed(kept), reports, packing_tables.packed(found), tuple(pairs), segments,
            folded=zlib.compress(folded.encode(), 1),
        )  # fmt: skip


# Half of the candidates the tagger likes less than this wherever they stand, and they bear no sure sign either. Of 7,542 annotated terms of
# unseen documents that come to a score of -2 or more, about 12 are among them, none of them high.
WORTH_A_LOOK = 0.003


def observe(own: Prepared, rules: Kit, least: float = 0.0) -> tuple[Table, list[tuple[str, str]]]:
    """The evidence of one document (see `evidence.observe`), and the pairs of short and full form (as keys) that it introduces."""
    if not own.passages:
        return evidence.NOTHING, []
    explained = definitions.explained_terms(own.passages, rules.definitions)
    spans = [span for one in explained for span in (one.term, one.full) if span is not None]
    cues = candidates.in_document(own.passages, own.words, rules.candidates, spans)
    judged = rules.tagger.read(own.passages, own.words, [len(own.passages)])
    characters = np.array([ord(c) for passage in own.passages for c in passage.text], dtype=np.uint64)
    bonds = rules.tagger.background.bonds(characters).astype(np.float64)
    found = evidence.observe(own.passages, own.words, cues, judged, bonds, least)

    def key(span: tuple[int, int, int]) -> str:
        return key_of(own.passages[span[0]].text[span[1] : span[2]])

    return found, [(key(one.term), key(one.full)) for one in explained if one.full is not None]


# --- second pass ------------------------------------------------------------------------------------------------------


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

    def __call__(self, one: tuple[Prepared, ...] | bytes) -> Collected:
        """Collect what one input (as the first pass brought it home) says of the chosen terms."""
        rules = self.rules or kit(self.settings)
        prepared: Sequence[Prepared]
        if isinstance(one, bytes):
            prepared = packing.unpacked(one)
        else:
            prepared = one
        parts = [collect(own, sought(self).within(own.passages), rules) for own in prepared]
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
        found: set[int] = set()
        for passage in passages:
            found.update(
                number for number, _, _ in self._automaton.find_matches_as_indexes(key_of(passage.text), overlapping=True)
            )
        return {form: self.forms[form] for number in sorted(found) for form in self._spelt[self._keys[number]]}


@lru_cache(maxsize=1)  # a value made from a value: each process makes it once a run
def sought(work: Collect) -> Sought:
    """The forms of a second pass, compiled."""
    return Sought.of(work.forms)


def collect(own: Prepared, forms: Mapping[str, str], rules: Kit) -> Collected:
    """Contexts, definitions, glosses and counts of the chosen terms in one document."""
    locate = locator(own.document)
    found = list(occurrences(own.passages, forms))
    whole = [one for one, nested in found if not nested]
    standing = {one.key for one in whole}
    shown = whole + [one for one, nested in found if nested and one.key not in standing]
    spread: dict[str, tuple[int, int, int]] = {}
    counts: dict[str, int] = {}
    sentences: dict[tuple[int, int], list[list[Occurrence]]] = {}
    for one, nested in found:
        if not nested:  # 智能网联 and 新能源汽车 do not meet in 智能网联新能源汽车
            before = len(_SENTENCE_END.findall(one.passage.text, 0, one.start))
            runs = sentences.setdefault((one.passage.at[0], before), [])
            if runs and _SIDE_BY_SIDE.fullmatch(one.passage.text, runs[-1][-1].end, one.start):
                runs[-1].append(one)
            else:
                runs.append([one])
        at = one.passage.at[one.start]
        frequency, first, last = spread.get(one.key, (0, at, at))
        spread[one.key] = (frequency + 1, min(first, at), max(last, at))
        counts[one.form] = counts.get(one.form, 0) + 1
    name = own.document.name
    return Collected(
        contexts.collect(shown, lambda _, offset: locate(offset), rules.contexts),
        tuple(definitions.find(own.passages, forms, rules.definitions, locate)),
        tuple(glosses.find(own.passages, forms, lambda passage, index: locate(passage.at[index]))),
        tuple(
            (key, Spread(name, frequency, locate(first), locate(last), own.report.date))
            for key, (frequency, first, last) in sorted(spread.items())
        ),
        counts,
        tuple(tuple(tuple(one.key for one in run) for run in runs) for runs in sentences.values()),
    )


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


def locator(document: Document) -> Callable[[int], Source]:
    """`Document.locate` with the line starts found once."""
    breaks = [match.start() for match in re.finditer("\n", document.text)]

    def locate(offset: int) -> Source:
        line = bisect.bisect_left(breaks, offset) + 1
        return Source(document.name, line, offset, document.place(offset))

    return locate


_DATE = re.compile(r"((?:19|20)\d\d)\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})(?!\d)")


def date_of(text: str) -> str:
    """The date that a document states of itself (near its beginning or at its very end), ISO, or nothing.

    >>> date_of("关于培育瞪羚企业的通知\\n2026年3月5日\\n各有关单位：")
    '2026-03-05'
    """
    for part in (text[:600], text[-200:]):
        match = _DATE.search(part)
        if match and 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31:
            return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
    return ""
