"""Rows of numbers that wait in memory or on disk until all are there."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from termbuilder.errors import TermbuilderError
from termbuilder.pipeline.divided import PARTS, Divided


def rows(*hashes: int) -> np.ndarray[Any, np.dtype[np.uint64]]:
    return np.array([(one << 36 | place, place) for place, one in enumerate(hashes)], dtype=np.uint64)


@pytest.mark.parametrize("limit", [1, 1 << 20])
def test_rows_come_back_by_hash_in_the_order_of_adding(tmp_path: Path, limit: int) -> None:
    with Divided(2, limit, str(tmp_path)) as waiting:
        waiting.add(rows(5, (1 << 28) - 1, 7))
        waiting.add(rows(7, 5))
        parts = [part.tolist() for part in waiting]
        again = [part.tolist() for part in waiting]
    assert len(parts) == PARTS
    assert parts == again
    assert parts[0] == [[5 << 36, 0], [7 << 36 | 2, 2], [7 << 36, 0], [5 << 36 | 1, 1]]
    assert parts[-1] == [[((1 << 28) - 1) << 36 | 1, 1]]
    assert list(tmp_path.iterdir()) == []


def test_no_rows_are_parts_without_rows() -> None:
    with Divided(1, 100) as waiting:
        assert [part.shape for part in waiting] == [(0, 1)] * PARTS


def test_a_full_disk_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def seek(self, *_: int) -> None: ...

        def close(self) -> None: ...

        def write(self, _: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("termbuilder.pipeline.divided.tempfile.TemporaryFile", lambda dir: Full())
    with Divided(2, 1) as waiting, pytest.raises(TermbuilderError, match="disk is full"):
        waiting.add(rows(1, 2))
