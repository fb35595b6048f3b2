"""Values of the model as nested tuples of texts and numbers, and back: half of the time that pickling takes."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import starmap
from operator import attrgetter
from typing import Any


@cache
def plain_of(kind: Any) -> Callable[[Any], Any]:
    """The function that makes of a value of type `kind` (a type annotation of the model) tuples, texts and numbers.

    >>> from termbuilder.model import Context, Source
    >>> plain_of(Context)(Context("实施揭榜挂帅。", Source("通知.docx", line=3), ((2, 6),)))
    ('实施揭榜挂帅。', ('通知.docx', 3, 0, ''), ((2, 6),), 0.0)
    """
    inner = _inner(kind)
    if is_dataclass(kind):
        names = [field.name for field in fields(kind)]
        parts = attrgetter(*names)
        deep = [(place, plain_of(hint)) for place, hint in _deep(kind)]
        if not deep:
            return parts

        def plain(value: Any) -> tuple[Any, ...]:
            made = list(parts(value))
            for place, of_part in deep:
                if made[place]:
                    made[place] = of_part(made[place])
            return tuple(made)

        return plain
    if inner is not None:
        of_one = plain_of(inner)
        return lambda values: tuple(map(of_one, values))
    return plain_of(_given(kind))


@cache
def value_of(kind: Any) -> Callable[[Any], Any]:
    """The function that makes a value of type `kind` of what `plain_of` made.

    >>> from termbuilder.model import Reading
    >>> value_of(Reading | None)(("jiēbǎng guàshuài", ("jiē", "bǎng", "guà", "shuài"), False)).text
    'jiēbǎng guàshuài'
    """
    inner = _inner(kind)
    if is_dataclass(kind):
        deep = [(place, value_of(hint)) for place, hint in _deep(kind)]
        make: Any = kind
        if not deep:
            return lambda made: make(*made)

        def value(made: Any) -> Any:
            parts = list(made)
            for place, of_part in deep:
                if parts[place]:
                    parts[place] = of_part(parts[place])
            return make(*parts)

        return value
    if inner is not None:
        if not _deep(inner):
            return lambda values: tuple(starmap(inner, values))
        of_one = value_of(inner)
        return lambda values: tuple(map(of_one, values))
    return value_of(_given(kind))


def _deep(kind: Any) -> list[tuple[int, Any]]:
    """Place and type of the fields that hold values of the model."""
    hints = typing.get_type_hints(kind)
    return [(place, hints[field.name]) for place, field in enumerate(fields(kind)) if _holds_values(hints[field.name])]


def _holds_values(hint: Any) -> bool:
    return is_dataclass(hint) or any(map(_holds_values, typing.get_args(hint)))


def _inner(kind: Any) -> Any:
    """The type of the parts of a tuple of values."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


def _given(kind: Any) -> Any:
    """The type of a value that may be missing."""
    assert isinstance(kind, types.UnionType)
    return next(part for part in typing.get_args(kind) if part is not type(None))
