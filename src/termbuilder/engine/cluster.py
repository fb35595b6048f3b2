"""Runs a function over documents on a Dask cluster; scheduling, retries and spilling are Dask's."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from termbuilder.engine.local import Batch, batches
from termbuilder.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client

Given = TypeVar("Given")
Made = TypeVar("Made")

TOGETHER = 8  # inputs that travel together
WAITING = 4  # batches for each thread of the cluster: enough to keep it busy, few enough for memory
RETRIES = 5  # times that a batch is done again if its worker dies
PATIENCE = 30  # seconds to wait for the scheduler


def run(function: Callable[[Given], Made], inputs: Iterable[Given], scheduler: str, count: int = 0) -> Iterator[Made]:
    """Apply `function` to all inputs on the cluster at `scheduler` (tcp://...), in order; the result is that of `local.run`.

    The workers need termbuilder in the same version. Raises UsageError if Dask is not installed or the cluster cannot be reached.
    """
    with _client(scheduler) as client:
        threads = max(1, sum(client.nthreads().values()))
        size = max(1, min(TOGETHER, count // (threads * 4)))
        waiting: deque[Any] = deque()
        for some in batches(inputs, size):
            # impure: the same name on two computers need not be the same file
            waiting.append(client.submit(Batch[Given, Made](function), some, pure=False, retries=RETRIES))
            if len(waiting) > WAITING * threads:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _client(scheduler: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("--engine dask needs Dask. Install it with: pip install 'termbuilder[dask]'") from error
    if not scheduler:
        raise UsageError("--engine dask needs --scheduler, the address of a running cluster, as tcp://10.0.0.1:8786.")
    try:
        return Client(scheduler, timeout=PATIENCE)  # the caller closes it
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"The cluster at {scheduler} cannot be reached. Is its scheduler running, and the address right?"
        ) from error
