"""The two passes over a whole corpus, in bounded memory, on this machine or on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType
from typing import TypeVar

from termbuilder.engine import cluster, local
from termbuilder.engine.remote import Remote
from termbuilder.pipeline.kit import Kit
from termbuilder.pipeline.passes import Collect, Collected, Observe, Observed, Prepared
from termbuilder.pipeline.store import Shelf, Store
from termbuilder.read import Input
from termbuilder.settings import Settings

Given = TypeVar("Given")
Made = TypeVar("Made")
Progress = Callable[[str, int, int], None]

# From so many bytes on, prepared documents wait on disk between the passes: in memory they take thirty times the room of their text.
BULKY = 3_000_000
# In corpora of so many bytes (4,000 pages), candidates that the tagger likes less than WORTH_COUNTING everywhere in a document are left
# out there: they are two thirds of all. In the annotated documents, terms that the tagger likes so little come last in the list.
LARGE = 20_000_000
WORTH_COUNTING = 0.05
# Share of the allowed memory that evidence may take before it is spilled: adding up takes as much again, the processes the rest.
SHARE = 0.25


class Corpus:
    """The inputs of a run and what the passes found; a context manager that gives back memory and disk.

    Nothing that grows with the corpus stays in memory beyond the limit: evidence and prepared documents wait on disk.
    """

    def __init__(
        self, inputs: Sequence[Input | Remote], settings: Settings, progress: Progress, rules: Kit | None = None
    ) -> None:
        """Nothing is read yet; `rules` instead of the shipped ones, for one worker only."""
        self._inputs, self._settings, self._progress, self._rules = inputs, settings, progress, rules
        size = sum(map(_size, inputs))
        self._bulky, self._large = size >= BULKY, size >= LARGE
        self._stack = ExitStack()
        self.observed: list[Observed] = []  # of each input, without what the store and the shelf hold

    def __enter__(self) -> Corpus:
        """The corpus itself."""
        self.store = self._stack.enter_context(Store(int(self._settings.memory_limit * SHARE)))
        self._shelf = self._stack.enter_context(Shelf()) if self._bulky else None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Give back memory and disk."""
        self._stack.close()

    def observe(self) -> None:
        """First pass: all the evidence, into the store."""
        pack = self._bulky or self._settings.workers > 1 or self._settings.engine != "local"
        work = Observe(self._settings.choices, pack, WORTH_COUNTING if self._large else 0.0, self._rules)
        for number, one in enumerate(self._run(work, self._inputs, len(self._inputs)), 1):
            for table in one.evidence:
                self.store.add(table)
            prepared = one.prepared
            if self._shelf is not None:
                self._shelf.put(prepared)
                prepared = ()
            self.observed.append(replace(one, evidence=(), prepared=prepared))
            self._progress("reading", number, len(self._inputs))

    def collect(self, forms: dict[str, str]) -> Iterator[Collected]:
        """Second pass: what each input says of the chosen terms (form -> key of its concept)."""
        read = sum(not one.refused for one in self.observed)
        work = Collect(self._settings.choices, forms, self._rules)
        for number, part in enumerate(self._run(work, self._prepared(), read), 1):
            self._progress("collecting", number, read)
            yield part

    def _prepared(self) -> Iterator[tuple[Prepared, ...] | bytes]:
        for number, one in enumerate(self.observed):
            if not one.refused:
                yield self._shelf.get(number) if self._shelf is not None else one.prepared

    def _run(self, work: Callable[[Given], Made], inputs: Sequence[Given] | Iterator[Given], count: int) -> Iterator[Made]:
        if self._settings.engine == "dask":
            return cluster.run(work, inputs, self._settings.scheduler, count)
        return local.run(work, inputs, self._settings.workers, count)


def _size(one: Input | Remote) -> int:
    """Bytes of an input, about: a missing file has none."""
    if isinstance(one, Remote):
        return one.size
    if one.data is not None:
        return len(one.data)
    return one.path.stat().st_size if one.path is not None and one.path.is_file() else 0
