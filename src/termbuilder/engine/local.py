"""Runs a function over documents in this process or in a few local ones; results come in the order of the inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

# Fewer inputs than this are done before a second process has loaded its dictionaries.
WORTH_A_POOL = 4


def run(function: Callable[[Given], Made], inputs: Sequence[Given], workers: int = 1) -> Iterator[Made]:
    """Apply `function` (of module level, so that it can be sent to another process) to all inputs, in order.

    The result does not depend on `workers`.

    >>> list(run(len, ["揭榜", "揭榜挂帅"]))
    [2, 4]
    """
    if workers <= 1 or len(inputs) < WORTH_A_POOL:
        yield from map(function, inputs)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(function, inputs, chunksize=max(1, len(inputs) // (workers * 8)))
