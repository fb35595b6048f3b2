"""Files that are either written in full or not at all, and large ones that are read without pauses."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from termbuilder.errors import FormatError


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; when the block ends well, it takes the place of `path`.

    Whatever goes wrong, `path` is left as it was. An unwritable folder or a full disk is a FormatError.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise FormatError(f"{path} is a folder: give the name of a file to write.")
        yield beside
        with open(beside, "rb") as file:
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        why = error.strerror or str(error)
        raise FormatError(
            f"{path} cannot be written ({why}). Close it if another program has it open, or choose another folder."
        ) from error
    finally:
        beside.unlink(missing_ok=True) if _there(beside) else None


@contextmanager
def no_collections() -> Iterator[None]:
    """Let the collector of cyclic garbage rest while a large file is read: it looked through all entries again and again, a
    quarter of the time, and there are no cycles to find."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # the folder itself cannot be entered
        return False
