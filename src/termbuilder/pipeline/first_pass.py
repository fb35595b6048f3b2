"""The first pass: the evidence of one input, as values that any engine can send to where the work is done."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from termbuilder import candidates, definitions, evidence, read, segment
from termbuilder.engine.remote import Remote
from termbuilder.errors import InputRefused
from termbuilder.evidence import Table, key_of
from termbuilder.model import DocumentReport, Passage, SegmentPair
from termbuilder.pipeline import packing, packing_tables
from termbuilder.pipeline.kit import Kit, kit
from termbuilder.pipeline.prepared import Ints, Prepared, Words, parted, prepare
from termbuilder.pipeline.sample import Skimmed, skim
from termbuilder.settings import Settings
from termbuilder.tagging import Tagged


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
    skimmed: Skimmed | None = None  # the first look, where only a sample of the passages is read closely


@dataclass(frozen=True)
class Observe:
    """The first pass as a value that can be sent to another process."""

    settings: Settings
    pack: bool = False  # bring the prepared documents home packed
    keep: bool = False  # bring everything home packed, for later runs
    every: bool = False  # also candidates that have no chance, to explain why
    rules: Kit | None = None  # instead of the shipped ones; cannot be sent to another process

    def __call__(self, one: read.Input | Remote) -> Observed:
        """Count the evidence of one input."""
        rules = self.rules or kit(self.settings)
        try:
            prepared = prepare(one, self.settings, rules)
        except InputRefused as refused:
            return Observed(refused=str(refused))
        pairs: list[tuple[str, str]] = []
        found = []
        for observed, introduced in observe(prepared, rules, 0.0 if self.every else WORTH_A_LOOK):
            found.append(observed)
            pairs += introduced
        kept = tuple(replace(own, words=()) for own in prepared)  # the second pass needs no words
        return Observed(
            packing.packed(kept) if self.pack or self.keep else kept,
            tuple(own.report for own in prepared),
            packing_tables.packed(found) if self.keep else tuple(found),
            tuple(pairs),
            _segments(prepared),
            folded=_folded(prepared) if self.keep else b"",
        )


@dataclass(frozen=True)
class Skim:
    """The first look at one input of a large corpus, as a value that can be sent to another process: read and cleaned, and its strings."""

    settings: Settings
    keep: bool = False  # for later runs, too
    rules: Kit | None = None  # instead of the shipped ones; cannot be sent to another process

    def __call__(self, one: read.Input | Remote) -> Observed:
        """Read and clean one input; no evidence is in the result."""
        rules = self.rules or kit(self.settings)
        try:
            prepared = prepare(one, self.settings, rules, cut=False)
        except InputRefused as refused:
            return Observed(refused=str(refused))
        return Observed(
            packing.packed(tuple(prepared)),
            tuple(own.report for own in prepared),
            segments=_segments(prepared),
            folded=_folded(prepared) if self.keep else b"",
            skimmed=skim([passage for own in prepared for passage in own.passages], rules.tagger.glance, rules.wanted),
        )


@dataclass(frozen=True)
class ReadClosely:
    """The evidence of chosen passages of one input, as a value that can be sent to another process."""

    settings: Settings
    keep: bool = False  # bring it home packed, for later runs
    least: float = 0.0  # candidates that the tagger likes less than this and that no sure sign offers are not worth counting
    every: bool = False  # see `Observe`
    rules: Kit | None = None

    def __call__(self, some: Sequence[tuple[tuple[Prepared, ...] | bytes, Ints]]) -> list[Observed]:
        """Count the evidence of several inputs (as the first look brought them home) in the passages of these numbers.

        Judging short texts together takes a fraction of the time; what is found in one does not depend on the others.
        """
        rules = self.rules or kit(self.settings)
        look, least = (0.0, 0.0) if self.every else (WORTH_A_LOOK, self.least)
        inputs = [list(_parts(*one)) for one in some]
        observed = observe([own for one in inputs for own in one], rules, look, least)
        return [self._home([next(observed) for _ in one]) for one in inputs]

    def _home(self, observed: list[tuple[Table, list[tuple[str, str]]]]) -> Observed:
        found = [table for table, _ in observed]
        pairs = tuple(pair for _, introduced in observed for pair in introduced)
        return Observed(evidence=packing_tables.packed(found) if self.keep else tuple(found), pairs=pairs)


@dataclass(frozen=True)
class Chosen:
    """Some passages of a document with their words, without the document, so that those of several need little room."""

    passages: Sequence[Passage]
    words: Words


def _parts(prepared: Sequence[Prepared] | bytes, closely: Ints) -> Iterator[Chosen]:
    """Of each document of an input the passages of these numbers, cut into words."""
    for own, numbers in parted(packing.unpacked(prepared) if isinstance(prepared, bytes) else prepared, closely):
        passages = [own.passages[number] for number in numbers.tolist()]
        yield Chosen(passages, segment.segmented(passages))


def _segments(prepared: Sequence[Prepared]) -> tuple[SegmentPair, ...]:
    return tuple(pair for own in prepared for pair in own.document.pairs)


def _folded(prepared: Sequence[Prepared]) -> bytes:
    return zlib.compress("\n".join(key_of(passage.text) for own in prepared for passage in own.passages).encode(), 1)


# Half of the candidates the tagger likes less than this wherever they stand, and they bear no sure sign either. Of 7,542 annotated terms of
# unseen documents that come to a score of -2 or more, about 12 are among them, none of them high.
WORTH_A_LOOK = 0.003


def observe(
    documents: Sequence[Prepared | Chosen], rules: Kit, look: float = 0.0, least: float = 0.0
) -> Iterator[tuple[Table, list[tuple[str, str]]]]:
    """For each document its evidence (see `evidence.observe`), and the pairs of short and full form (as keys) that it introduces."""
    read = [own for own in documents if own.passages]
    sizes = [len(own.passages) for own in read]
    passages = [passage for own in read for passage in own.passages]
    judged = rules.tagger.read(passages, [row for own in read for row in own.words], sizes) if read else None
    begin = 0
    for own in documents:
        if judged is None or not own.passages:
            yield evidence.NOTHING, []
            continue
        end = begin + len(own.passages)
        yield _observed(own, judged.of(begin, end), rules, look, least)
        begin = end


def _observed(
    own: Prepared | Chosen, judged: Tagged, rules: Kit, look: float, least: float
) -> tuple[Table, list[tuple[str, str]]]:
    explained = definitions.explained_terms(own.passages, rules.definitions)
    spans = [span for one in explained for span in (one.term, one.full) if span is not None]
    cues = candidates.in_document(own.passages, own.words, rules.candidates, spans)
    characters = np.array([ord(c) for passage in own.passages for c in passage.text], dtype=np.uint64)
    bonds = rules.tagger.background.bonds(characters).astype(np.float64)
    found = evidence.observe(own.passages, own.words, cues, judged, bonds, look, least)

    def key(span: tuple[int, int, int]) -> str:
        return key_of(own.passages[span[0]].text[span[1] : span[2]])

    return found, [(key(one.term), key(one.full)) for one in explained if one.full is not None]
