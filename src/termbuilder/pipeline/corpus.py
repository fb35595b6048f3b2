"""The two passes over a whole corpus, in bounded memory, on this machine or on a cluster."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain
from types import TracebackType
from typing import TypeVar

from termbuilder.engine import cluster, local
from termbuilder.engine.remote import Remote
from termbuilder.errors import InputRefused
from termbuilder.pipeline import packing_tables
from termbuilder.pipeline.first_pass import Observe, Observed, ReadClosely, Skim
from termbuilder.pipeline.kept import Kept, Known, stamp_of
from termbuilder.pipeline.kit import Kit
from termbuilder.pipeline.prepared import Ints, Prepared
from termbuilder.pipeline.said import Said, Stamped
from termbuilder.pipeline.sample import NOTHING, Sample
from termbuilder.pipeline.second_pass import Collect, Collected
from termbuilder.pipeline.store import Shelf, Store
from termbuilder.read import Input
from termbuilder.read.inputs import load
from termbuilder.settings import Settings

Given = TypeVar("Given")
Made = TypeVar("Made")
Progress = Callable[[str, int, int], None]

# From so many bytes on, prepared documents wait on disk between the passes (in memory they take thirty times the room of their text), and
# only a sample of long texts is read closely.
BULKY = 3_000_000
# There, candidates that the tagger likes less than this everywhere in a document are left out: they are two thirds of all. In the annotated
# documents, terms that the tagger likes so little come last in the list.
WORTH_COUNTING = 0.05
TOGETHER = 16  # at most so many documents have their chosen passages judged together, and no more than there are such groups
# Memory of the program with its dictionaries and weights before it has read anything (bytes), and the share that evidence may take of what is
# left of the allowed memory before it is spilled: adding up takes as much again, candidates and entries the rest.
PROGRAM = 220 << 20
SHARE = 0.25


def room(limit: int) -> int:
    """Bytes of the allowed memory that are left beside the program; a little of any limit, so that a run with too low a one comes to an end.

    >>> room(1 << 30) >> 20, room(200 << 20) >> 20
    (804, 25)
    """
    return int(max(limit - PROGRAM, limit / 8))


class Corpus:
    """The inputs of a run and what the passes found; a context manager that gives back memory and disk.

    Nothing that grows with the corpus stays in memory beyond the limit: evidence and prepared documents wait on disk.
    """

    def __init__(
        self,
        inputs: Sequence[Input | Remote],
        settings: Settings,
        progress: Progress,
        rules: Kit | None = None,
        kept: Kept | None = None,
        every: bool = False,
    ) -> None:
        """Nothing is read yet; `rules` instead of the shipped ones, for one worker only; `kept`: what earlier runs read; `every`: count
        also candidates that have no chance.
        """
        self._every = every
        self._inputs, self._settings, self._progress, self._rules, self._kept = inputs, settings, progress, rules, kept
        self._bulky = sum(map(_size, inputs)) >= BULKY
        self._closely: list[Ints] = []  # of each input of a bulky corpus: the passages that are read closely
        self._stack = ExitStack()
        self.observed: list[Observed] = []  # of each input, without what waits elsewhere
        self._numbers: list[int | None] = []  # of each input: its number among what is kept
        self._on_shelf: dict[int, int] = {}  # place of an input -> its number on the shelf

    def __enter__(self) -> Corpus:
        """The corpus itself."""
        self.store = self._stack.enter_context(Store(self._room))
        self._shelf = self._stack.enter_context(Shelf()) if self._bulky else None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Give back memory and disk."""
        self._stack.close()

    def observe(self) -> None:
        """First pass: all the evidence, into the store. What is kept of documents is not observed again."""
        if self._bulky:
            self._skim()
            self._read_closely()
            return
        signs = [self._sign(one) for one in self._inputs]
        known = [self._known(one, sign) for one, sign in zip(self._inputs, signs)]
        pack = self._settings.workers > 1 or self._settings.engine != "local"
        work = Observe(self._settings.choices, pack, self._kept is not None, self._every, self._rules)
        new = [one for one, earlier in zip(self._inputs, known) if earlier is None]
        results = self._run(work, new, len(new))
        for place, (earlier, sign) in enumerate(zip(known, signs)):
            if earlier is not None and self._kept is not None:
                self._numbers.append(earlier.number)
                one = replace(earlier.observed, evidence=tuple(self._kept.evidence(earlier.number)))
            else:
                one = self._laid_down(place, next(results), sign)
            self._add(one)
            self.observed.append(replace(one, evidence=(), folded=b""))
            self._progress("reading", place + 1, len(self._inputs))

    def _skim(self) -> None:
        """A first look at every input, and the choice of the passages that are worth a closer one."""
        signs = [self._sign(one) for one in self._inputs]
        known = [self._skimmed(one, sign) for one, sign in zip(self._inputs, signs)]
        new = [one for one, earlier in zip(self._inputs, known) if earlier is None]
        results = self._run(Skim(self._settings.choices, self._kept is not None, self._rules), new, len(new))
        with Sample(self._room // 16) as sample:
            for place, (earlier, sign) in enumerate(zip(known, signs)):
                if earlier is not None:
                    self._numbers.append(earlier.number)
                    one = earlier.observed
                else:
                    one = self._laid_down(place, next(results), sign)
                digest = "".join(report.digest for report in one.reports)
                sample.add(digest, self._inputs[place].name, one.skimmed or NOTHING)
                self.observed.append(replace(one, folded=b"", skimmed=None))
                self._progress("reading", place + 1, len(self._inputs))
            self._closely = sample.choose()

    def _read_closely(self) -> None:
        """The evidence in the chosen passages."""
        wanted = [place for place, numbers in enumerate(self._closely) if len(numbers)]
        stamps = {place: hashlib.sha256(self._closely[place].tobytes()).hexdigest() for place in wanted}
        seen = {place: self._kept_evidence(place, stamps[place]) for place in wanted}
        work = ReadClosely(self._settings.choices, self._kept is not None, WORTH_COUNTING, self._every, self._rules)
        again = [place for place in wanted if not seen[place]]
        size = max(1, min(TOGETHER, math.isqrt(len(again))))  # few large documents go to as many processes as there are
        given = local.batches(((self._prepared(place), self._closely[place]) for place in again), size)
        results = chain.from_iterable(self._run(work, given, math.ceil(len(again) / size)))
        for done, place in enumerate(wanted, 1):
            number = self._numbers[place]
            one = self._kept.seen(number) if seen[place] and self._kept and number is not None else next(results)
            if self._kept is not None and number is not None and not seen[place]:
                self._kept.add_seen(number, stamps[place], one)
            self._add(one)
            self.observed[place] = replace(self.observed[place], pairs=one.pairs)
            self._progress("reading closely", done, len(wanted))

    def _add(self, one: Observed) -> None:
        for table in packing_tables.unpacked(one.evidence) if isinstance(one.evidence, bytes) else one.evidence:
            self.store.add(table)

    def collect(self, forms: dict[str, str]) -> Iterator[Collected]:
        """Second pass: what each input says of the chosen terms (form -> key of its concept), in the order of the inputs.

        Documents in which no form is new, gone or of another concept are not searched again.
        """
        read = [place for place, one in enumerate(self.observed) if not one.refused]
        numbers = {number for number in self._numbers if number is not None}
        same = self._kept.unchanged(numbers, forms) if self._kept is not None else set()
        again = [place for place in read if self._numbers[place] not in same]
        given = ((self._prepared(place), self._closely[place] if self._closely else None) for place in again)
        results = self._run(Collect(self._settings.choices, forms, self._rules), given, len(again))
        stamp = stamp_of(forms)
        for done, place in enumerate(read, 1):
            number = self._numbers[place]
            if self._kept is not None and number is not None and number in same:
                part = self._kept.collected(number)
            else:
                part = next(results)
                if self._kept is not None and number is not None:
                    self._kept.add_collected(number, stamp, part)
            self._progress("collecting", done, len(read))
            yield part
        if self._kept is not None:
            self._kept.confirm(same, forms)
            self._kept.forget(numbers)

    def said(self) -> dict[bytes, Said]:
        """What an earlier run said of concepts because of their forms, by its stamp; nothing where a dictionary may be a newer one now."""
        return self._kept.said() if self._kept is not None and not self._settings.dictionary else {}

    def keep_said(self, said: Sequence[Stamped]) -> None:
        """Keep that for the next run."""
        if self._kept is not None and not self._settings.dictionary:
            self._kept.keep_said(dict(said))

    @property
    def _room(self) -> int:
        """Bytes that evidence may take."""
        return int(room(self._settings.memory_limit) * SHARE)

    def shelf(self) -> Shelf | None:
        """Room on disk for what grows with the corpus; None if the corpus is so small that memory will do."""
        return self._stack.enter_context(Shelf()) if self._bulky else None

    def _sign(self, one: Input | Remote) -> str:
        """The hash of a document's content; empty where it need not or cannot be known here."""
        if self._kept is None or isinstance(one, Remote) or one.path is None:
            return ""
        try:
            return hashlib.sha256(load(one)).hexdigest()
        except InputRefused:
            return ""

    def _known(self, one: Input | Remote, sign: str) -> Known | None:
        if self._kept is None or not sign:
            return None
        return self._kept.known(sign, one.name, _path(one))

    def _skimmed(self, one: Input | Remote, sign: str) -> Known | None:
        return self._kept.skimmed(sign, one.name) if self._kept is not None and sign else None

    def _kept_evidence(self, place: int, stamp: str) -> bool:
        number = self._numbers[place]
        return self._kept is not None and number is not None and self._kept.has_seen(number, stamp)

    def _laid_down(self, place: int, one: Observed, sign: str) -> Observed:
        """What was observed in an input, its prepared documents laid down where they need no memory."""
        number = None
        # a file that was changed a moment ago is not the one whose content was looked at
        if self._kept is not None and sign and not one.refused and one.reports[0].digest == sign:
            number = self._kept.add(sign, one.reports[0].name, _path(self._inputs[place]), one)
        self._numbers.append(number)
        if number is not None:
            return replace(one, prepared=())
        if self._shelf is not None and not one.refused:
            self._on_shelf[place] = self._shelf.put(one.prepared)
            return replace(one, prepared=())
        return one

    def _prepared(self, place: int) -> tuple[Prepared, ...] | bytes:
        number = self._numbers[place]
        if number is not None and self._kept is not None:
            return self._kept.prepared(number)
        if self._shelf is not None:
            waiting: tuple[Prepared, ...] | bytes = self._shelf.get(self._on_shelf[place])
            return waiting
        return self.observed[place].prepared

    def _run(self, work: Callable[[Given], Made], inputs: Sequence[Given] | Iterator[Given], count: int) -> Iterator[Made]:
        if self._settings.engine == "dask":
            return cluster.run(work, inputs, self._settings.scheduler, count)
        return local.run(work, inputs, self._settings.workers, count)


def _path(one: Input | Remote) -> str:
    path = None if isinstance(one, Remote) else one.path
    return os.path.abspath(path) if path is not None else ""


def _size(one: Input | Remote) -> int:
    """Bytes of an input, about: a missing file has none."""
    if isinstance(one, Remote):
        return one.size
    if one.data is not None:
        return len(one.data)
    return one.path.stat().st_size if one.path is not None and one.path.is_file() else 0
