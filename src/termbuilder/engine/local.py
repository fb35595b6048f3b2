"""Runs a function over documents in this process or in a few local ones; results come in the order of the inputs."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from termbuilder.errors import TermbuilderError

Given = TypeVar("Given")
Made = TypeVar("Made")

# Fewer inputs than this are done before a second process has loaded its dictionaries.
WORTH_A_POOL = 4
# So many inputs go to a process at once: less talk between the processes; few enough that none waits long for the last one.
MOST_TOGETHER = 8


@dataclass(frozen=True)
class Batch(Generic[Given, Made]):
    """A function applied to a few inputs, one after another, so that it can be sent to another process."""

    function: Callable[[Given], Made]

    def __call__(self, some: Sequence[Given]) -> list[Made]:
        """The results, in order."""
        return [self.function(one) for one in some]


def batches(inputs: Iterable[Given], size: int) -> Iterator[list[Given]]:
    """The inputs in lists of `size`, in order.

    >>> list(batches("揭榜挂帅", 3))
    [['揭', '榜', '挂'], ['帅']]
    """
    rest = iter(inputs)
    while some := list(islice(rest, size)):
        yield some


def run(function: Callable[[Given], Made], inputs: Iterable[Given], workers: int = 1, count: int = 0) -> Iterator[Made]:
    """Apply `function` (of module level, so that it can be sent to another process) to all inputs, in order.

    The result does not depend on `workers`. `count`: how many inputs there are, if they are no sequence. Only a few inputs and results
    are held at any time. Raises TermbuilderError if a process was killed.

    >>> list(run(len, ["揭榜", "揭榜挂帅"]))
    [2, 4]
    """
    count = len(inputs) if isinstance(inputs, Sequence) else count
    if workers <= 1 or count < WORTH_A_POOL:
        yield from map(function, inputs)
        return
    size = max(1, min(MOST_TOGETHER, count // (workers * 8)))
    pool = ProcessPoolExecutor(workers, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))
    try:
        waiting: deque[Future[list[Made]]] = deque()
        work = Batch[Given, Made](function)
        for some in batches(inputs, size):
            waiting.append(pool.submit(work, some))
            if len(waiting) > 2 * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise TermbuilderError(
            "A worker process was stopped from outside, most likely because memory ran out. Start again with fewer --workers."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)
