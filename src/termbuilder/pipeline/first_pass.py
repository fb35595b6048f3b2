"""The first pass: the evidence of one input, as values that any engine can send to where the work is done."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from termbuilder import candidates, definitions, evidence, read, segment
from termbuilder.engine.remote import Remote
from termbuilder.errors import InputRefused
from termbuilder.evidence import Table, key_of
from termbuilder.model import DocumentReport, SegmentPair
from termbuilder.pipeline import packing, packing_tables
from termbuilder.pipeline.kit import Kit, kit
from termbuilder.pipeline.prepared import Ints, Prepared, parted, prepare
from termbuilder.pipeline.sample import Skimmed, skim
from termbuilder.settings import Settings


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
        for own in prepared:
            observed, introduced = observe(own, rules, 0.0 if self.every else WORTH_A_LOOK)
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

    def __call__(self, one: tuple[tuple[Prepared, ...] | bytes, Ints]) -> Observed:
        """Count the evidence of an input as `Skim` brought it home, in the passages of these numbers (counted over all its documents)."""
        rules = self.rules or kit(self.settings)
        prepared, closely = one
        pairs: list[tuple[str, str]] = []
        found = []
        for own, numbers in parted(packing.unpacked(prepared) if isinstance(prepared, bytes) else prepared, closely):
            passages = [own.passages[number] for number in numbers.tolist()]
            own = replace(own, passages=passages, words=segment.segmented(passages))
            observed, introduced = observe(own, rules, 0.0 if self.every else WORTH_A_LOOK)
            found.append(evidence.worth(observed, self.least) if self.least else observed)
            pairs += introduced
        return Observed(evidence=packing_tables.packed(found) if self.keep else tuple(found), pairs=tuple(pairs))


def _segments(prepared: Sequence[Prepared]) -> tuple[SegmentPair, ...]:
    return tuple(pair for own in prepared for pair in own.document.pairs)


def _folded(prepared: Sequence[Prepared]) -> bytes:
    return zlib.compress("\n".join(key_of(passage.text) for own in prepared for passage in own.passages).encode(), 1)


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
