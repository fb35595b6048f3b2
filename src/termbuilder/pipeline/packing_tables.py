"""Evidence as few bytes, without loss: it is the largest part of what is kept of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence import UNIT, Table
from termbuilder.pipeline import packing


def packed(tables: Sequence[Table]) -> bytes:
    """Tables as bytes: numbers column by column, byte by byte, so that what is alike stands together.

    Of a candidate that stands in one place (three of four), the largest value of a measure is its sum: of maxima only the difference to that is
    written, which is mostly nothing.
    """
    return packing.packed(
        [
            (
                len(one), one.sums.shape[1], _spread(one.counts), _spread(one.sums),
                _spread(_only(one.sums).view(np.uint32) ^ one.maxima.view(np.uint32)),
                list(one.keys_), list(one.shapes), list(one.surfaces), list(one.right), list(one.left),
            )
            for one in tables
        ]
    )  # fmt: skip


def unpacked(data: bytes) -> list[Table]:
    """The tables that `packed` made bytes of, the same to the last bit."""
    return [_table(*parts) for parts in packing.unpacked(data)]


def _table(size: int, width: int, counts: bytes, sums: bytes, maxima: bytes, keys: Any, *others: Any) -> Table:
    whole = _together(sums, np.int64, size, width)
    differences = _together(maxima, np.uint32, size, width - 2)
    largest = (_only(whole).view(np.uint32) ^ differences).view(np.float32)
    return Table(keys, _together(counts, np.int64, size, 2), whole, largest, *others)


def _only(sums: NDArray[np.int64]) -> NDArray[np.float32]:
    """The largest values if there was one occurrence; dividing by a power of two and rounding is the same on every machine."""
    return np.ascontiguousarray((sums[:, :-2] / UNIT).astype(np.float32))


def _spread(numbers: NDArray[Any]) -> bytes:
    columns = np.ascontiguousarray(numbers.T)
    return columns.view(np.uint8).reshape(*columns.shape, columns.itemsize).transpose(0, 2, 1).tobytes()


def _together(data: bytes, kind: Any, size: int, width: int) -> NDArray[Any]:
    kind = np.dtype(kind)
    parts = np.frombuffer(data, np.uint8).reshape(width, kind.itemsize, size)
    columns = np.ascontiguousarray(parts.transpose(0, 2, 1)).view(kind).reshape(width, size)
    return np.ascontiguousarray(columns.T)
