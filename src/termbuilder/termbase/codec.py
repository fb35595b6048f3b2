"""Model values as plain JSON and back; fields that have their default value are left out."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

Decoder = Callable[[Any], Any]

_SCALARS = (str, int, float, bool)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def encode(value: Any) -> Any:
    """Turn a model value into lists, dicts and scalars for JSON.

    >>> from termbuilder.model import Source
    >>> encode((Source("通知.docx", line=3),))
    [{'document': '通知.docx', 'line': 3}]
    """
    kind: Any = type(value)
    if kind in _SCALARS or value is None:
        return value
    if kind in (tuple, list):
        return [encode(part) for part in value]
    return {name: encode(part) for name, default in _defaults(kind) if (part := getattr(value, name)) != default}


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default) for f in fields(kind))


def dumps(value: Any) -> str:
    """Encode `value` and write it as compact JSON text (the empty string for None and empty tuples)."""
    return "" if value is None or value == () else _ENCODER.encode(encode(value))


def loads(hint: Any, text: str) -> Any:
    """Read a value of type `hint` (a type annotation of the model) from what `dumps` wrote."""
    return decoder(hint)(json.loads(text) if text else None)


@cache
def decoder(hint: Any) -> Decoder:
    """Make the function that builds a value of type `hint` out of parsed JSON."""
    if is_dataclass(hint):
        return _dataclass_decoder(hint)
    if typing.get_origin(hint) is tuple:
        part = decoder(typing.get_args(hint)[0])
        return lambda parts: tuple(map(part, parts)) if parts else ()
    if isinstance(hint, types.UnionType):
        wanted = decoder(next(kind for kind in typing.get_args(hint) if kind is not type(None)))
        return lambda data: None if data is None else wanted(data)
    return lambda data: data


def _dataclass_decoder(hint: Any) -> Decoder:
    hints = typing.get_type_hints(hint)
    nested = {f.name: decoder(hints[f.name]) for f in fields(hint) if not _is_scalar(hints[f.name])}

    def build(data: Any) -> Any:
        return hint(**{name: nested[name](part) if name in nested else part for name, part in data.items() if name in hints})

    return build


def _is_scalar(hint: Any) -> bool:
    return hint in (str, int, float, bool) or typing.get_origin(hint) is typing.Literal
