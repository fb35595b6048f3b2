"""Shares work on values that are in memory already with a few copies of this process; results come in the order of the items."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from typing import TypeVar

from termbuilder.errors import TermbuilderError

Given = TypeVar("Given")
Made = TypeVar("Made")


def share(function: Callable[[Given], Made], items: Sequence[Given], workers: int = 1) -> list[Made]:
    """Apply `function` to all items, this process and `workers` - 1 copies of it each taking the next item when it is free.

    The copies hold all that this process holds, so nothing but the results travels, and `function` may be any function. Where the system
    cannot copy a process safely (Windows, macOS) this process does it all. An exception in a copy is raised here. Raises TermbuilderError if a
    copy was killed.

    >>> share(len, ["揭榜", "揭榜挂帅"], workers=2)
    [2, 4]
    """
    copies = min(workers, len(items)) - 1
    if copies < 1 or sys.platform != "linux":
        return [function(item) for item in items]
    fork = multiprocessing.get_context("fork")
    following = fork.Value("q", 0)
    made: dict[int, Made] = {}
    started = []
    try:
        for _ in range(copies):
            here, there = fork.Pipe(duplex=False)
            copy = fork.Process(target=_help, args=(function, items, following, there), daemon=True)
            copy.start()
            there.close()
            started.append((copy, here))
        made.update(_taken(function, items, following))
        for _, here in started:
            made.update(_received(here))
        for copy, _ in started:
            copy.join()
    finally:
        for copy, here in started:
            if copy.is_alive():
                copy.kill()
            here.close()
    return [made[number] for number in range(len(items))]


def _taken(
    function: Callable[[Given], Made], items: Sequence[Given], following: Synchronized[int]
) -> Iterator[tuple[int, Made]]:
    while True:
        with following.get_lock():
            number = following.value
            following.value += 1
        if number >= len(items):
            return
        yield number, function(items[number])


def _help(function: Callable[[Given], Made], items: Sequence[Given], following: Synchronized[int], home: Connection) -> None:
    """What a copy does: its share, then the results (or the exception) go home."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process stops the others
    result: dict[int, Made] | Exception
    try:
        result = dict(_taken(function, items, following))
    except Exception as error:
        result = error
    with contextlib.suppress(BrokenPipeError):
        home.send(result)


def _received(here: Connection) -> dict[int, Made]:
    try:
        result: dict[int, Made] | Exception = here.recv()
    except EOFError as error:
        raise TermbuilderError(
            "A worker process was stopped from outside, most likely because memory ran out. Start again with fewer --workers."
        ) from error
    if isinstance(result, Exception):
        raise result
    return result
