"""Values of this program as bytes, to travel between processes and to wait on disk from run to run.

What comes back from disk may have been written by anybody, so `unpacked` makes nothing but the plain values of our own that are listed
here, numbers and arrays; a file that asks for more is refused.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Mapping
from typing import Any

# Module -> names that may come out of it; None: every dataclass of the module.
_OURS: Mapping[str, frozenset[str] | None] = {
    "termbuilder.model": None,
    "termbuilder.evidence.table": frozenset({"Table", "Shape"}),
    "termbuilder.pipeline.prepared": frozenset({"Prepared"}),
    "termbuilder.pipeline.sample": frozenset({"Skimmed"}),
    "termbuilder.pipeline.second_pass": frozenset({"Collected"}),
}
_OTHERS = {
    "builtins": frozenset({"range"}),
    "numpy": frozenset({"dtype", "ndarray"}),
    "numpy._core.numeric": frozenset({"_frombuffer"}),
    "numpy._core.multiarray": frozenset({"_reconstruct", "scalar"}),
    "numpy.core.numeric": frozenset({"_frombuffer"}),
    "numpy.core.multiarray": frozenset({"_reconstruct", "scalar"}),
}


def packed(value: Any) -> bytes:
    """A value as bytes."""
    return zlib.compress(pickle.dumps(value, protocol=5), 1)


def unpacked(data: bytes) -> Any:
    """The value that `packed` made bytes of; UnpicklingError or zlib.error if it did not make these.

    >>> from termbuilder.model import Reason
    >>> unpacked(packed(("瞪羚企业", Reason("quoted", 0.5))))
    ('瞪羚企业', Reason(rule='quoted', weight=0.5, note=''))
    >>> unpacked(packed(print))
    Traceback (most recent call last):
    _pickle.UnpicklingError: builtins.print is none of our values
    """
    return _Plain(io.BytesIO(zlib.decompress(data))).load()


class _Plain(pickle.Unpickler):
    """Makes plain values only."""

    def find_class(self, module: str, name: str) -> Any:
        """A class that may be made; UnpicklingError for every other name."""
        found: Any = None
        if "." not in name and ((module in _OTHERS and name in _OTHERS[module]) or module in _OURS):
            found = super().find_class(module, name)
        if found is not None and module in _OURS:
            names = _OURS[module]
            ours = isinstance(found, type) and found.__module__ == module
            if not ours or not (name in names if names is not None else hasattr(found, "__dataclass_fields__")):
                found = None
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name} is none of our values")
        return found
