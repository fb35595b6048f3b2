"""A concept entry as separate fields, so that every one of them can be compared, decided, merged and undone alone.

A field has a path: ("status",), ("extra", "client"), ("lang", "en", "definitions"), ("term", "en", "unicorn company", "note").
A field that is not there is empty. `("lang", "en", "terms")` holds the terms of a language in their order.
"""

from __future__ import annotations

import typing
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from termbuilder.model import ConceptEntry, LangSec, TermSec

from .codec import decoder

Path = tuple[str, ...]

# What a run finds and a person does not set.
MINED_FACTS = ("score", "reasons", "frequency", "document_frequency", "spread")
# Lists that grow with every document: a person's own members stay, a run adds others.
EVIDENCE = ("contexts", "sources", "definitions", "frequency")
# Always present, so that a change back to the weakest value is a change and no gap.
PICKLISTS = ("status", "term_type", "administrative_status", "process_status")
WEAKEST = {
    "status": "suggested",
    "term_type": "fullForm",
    "administrative_status": "admittedTerm",
    "process_status": "unprocessed",
}

_ENTRY_FIELDS = ("status", "subject_field", "category", "note", "links", *MINED_FACTS)
_TERM_FIELDS = tuple(f.name for f in fields(TermSec) if f.name != "term")
_ENTRY_DEFAULTS: dict[str, Any] = {f.name: f.default for f in fields(ConceptEntry)}
_TERM_DEFAULTS: dict[str, Any] = {f.name: f.default for f in fields(TermSec)}
_HINTS = {
    **typing.get_type_hints(ConceptEntry),
    **typing.get_type_hints(LangSec),
    **typing.get_type_hints(TermSec),
    "terms": tuple[str, ...],
    "langs": tuple[str, ...],
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed: its value before and after (None: empty)."""

    path: Path
    before: Any
    after: Any


def flatten(entry: ConceptEntry) -> dict[Path, Any]:
    """All fields of `entry` that are not empty, by path (ids and transactions are no fields).

    >>> entry = ConceptEntry("c0001", (LangSec("zh-CN", (TermSec("瞪羚企业"),)),), subject_field="industry")
    >>> flatten(entry)[("lang", "zh-CN", "terms")], flatten(entry)[("subject_field",)]
    (('瞪羚企业',), 'industry')
    """
    flat: dict[Path, Any] = {}
    for name in _ENTRY_FIELDS:
        value = getattr(entry, name)
        if value != _ENTRY_DEFAULTS[name] or name in PICKLISTS:
            flat[(name,)] = value
    for key, value in zip(_distinct(key for key, _ in entry.extra), (value for _, value in entry.extra)):
        flat[("extra", key)] = value
    langs = _distinct(section.lang for section in entry.lang_secs)
    if langs:
        flat[("langs",)] = langs
    for lang, section in zip(langs, entry.lang_secs):
        if section.note:
            flat[("lang", lang, "note")] = section.note
        if section.definitions:
            flat[("lang", lang, "definitions")] = section.definitions
        names = _distinct(sec.term for sec in section.term_secs)
        if names:
            flat[("lang", lang, "terms")] = names
        for name, sec in zip(names, section.term_secs):
            for part in _TERM_FIELDS:
                value = getattr(sec, part)
                if value != _TERM_DEFAULTS[part] or part in PICKLISTS:
                    flat[("term", lang, name, part)] = value
    return flat


def unflatten(entry: ConceptEntry, flat: Mapping[Path, Any]) -> ConceptEntry:
    """The entry with the id and transactions of `entry` and the fields of `flat`; the way back from `flatten`."""
    plain = {name: _ENTRY_DEFAULTS[name] if (value := flat.get((name,))) is None else value for name in _ENTRY_FIELDS}
    extra = tuple((_plain(path[1]), value) for path, value in flat.items() if path[0] == "extra" and value is not None)
    sections = []
    for lang in flat.get(("langs",)) or ():
        secs = []
        for name in flat.get(("lang", lang, "terms")) or ():
            given = {part: flat.get(("term", lang, name, part)) for part in _TERM_FIELDS}
            secs.append(TermSec(_plain(name), **{part: value for part, value in given.items() if value is not None}))
        definitions = flat.get(("lang", lang, "definitions")) or ()
        sections.append(LangSec(_plain(lang), tuple(secs), definitions, flat.get(("lang", lang, "note")) or ""))
    return replace(entry, lang_secs=tuple(sections), extra=extra, **plain)


def changes(before: ConceptEntry, after: ConceptEntry) -> tuple[Change, ...]:
    """Every field in which `after` differs from `before`, in a fixed order.

    >>> old = ConceptEntry("c0001", (LangSec("zh-CN", (TermSec("瞪羚企业"),)),))
    >>> changes(old, replace(old, status="approved"))
    (Change(path=('status',), before='suggested', after='approved'),)
    """
    old, new = flatten(before), flatten(after)
    paths = [*old, *(path for path in new if path not in old)]
    return tuple(Change(path, old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path))


def decode_value(path: Path, data: Any) -> Any:
    """The value of the field at `path` from parsed JSON (None stays None)."""
    if data is None or path[-1] not in _HINTS or path[0] == "extra":
        return data
    return decoder(_HINTS[path[-1]])(data)


def told(changed: Sequence[Change]) -> tuple[str, ...]:
    """The changes as a person would tell them: of a term that came or went only that it did.

    >>> old = ConceptEntry("c0001", (LangSec("en", (TermSec("gazelle"),)),))
    >>> told(changes(old, replace(old, lang_secs=(LangSec("en", (TermSec("gazelle company"),)),), note="核")))
    ('en terms: gazelle → gazelle company', 'note: (empty) → 核')
    """
    came_or_went = {
        (change.path[1], term)
        for change in changed
        if change.path[0] == "lang" and change.path[2] == "terms"
        for term in set(change.before or ()) ^ set(change.after or ())
    }
    return tuple(described(c) for c in changed if c.path[0] != "term" or (c.path[1], c.path[2]) not in came_or_went)


# Of a longer list only what came and went is told: ten synonyms twice over hide the one that is new.
_TOLD_IN_FULL = 4


def described(change: Change) -> str:
    """One change as a person would say it.

    >>> described(Change(("status",), "suggested", "approved"))
    'status: suggested → approved'
    >>> described(Change(("lang", "en", "terms"), ("gazelle",), ("gazelle company", "gazelle")))
    'en terms: gazelle → gazelle company | gazelle'
    >>> described(Change(("lang", "zh-CN", "terms"), tuple("甲乙丙丁戊"), tuple("己甲乙丁戊")))
    'zh-CN terms: first now 己, out 丙'
    """
    before, after = change.before, change.after
    is_long = isinstance(before, tuple) and isinstance(after, tuple) and max(len(before), len(after)) > _TOLD_IN_FULL
    if is_long and (steps := _steps(before, after)):
        return f"{field_name(change.path)}: {', '.join(steps)}"
    return f"{field_name(change.path)}: {shown(before)} → {shown(after)}"


def _steps(before: tuple[Any, ...], after: tuple[Any, ...]) -> list[str]:
    """What came and went in a list; nothing if what stayed has changed its order, or nothing stayed."""
    kept = [member for member in after if member in before]
    if not kept or kept != [member for member in before if member in after]:
        return []
    first = after[0] if after[0] not in before else None
    new = [member for member in after if member not in before and member is not first]
    steps = [f"first now {shown(first)}"] if first is not None else []
    steps += [f"new {shown(tuple(new))}"] if new else []
    gone = tuple(member for member in before if member not in after)
    return steps + ([f"out {shown(gone)}"] if gone else [])


def field_name(path: Path) -> str:
    """The name of a field for people: status, en terms, reading of 瞪羚企业, client."""
    if path[0] == "term":
        return f"{path[3].replace('_', ' ')} of {_plain(path[2])}"
    if path[0] == "lang":
        return f"{_plain(path[1])} {path[2]}"
    return path[-1].replace("_", " ")


def shown(value: Any) -> str:
    """A field's value in few words."""
    if value is None or value == "" or value == ():
        return "(empty)"
    if isinstance(value, tuple):
        return " | ".join(shown(part) for part in value)
    for name in ("text", "term", "rule", "document"):
        if text := getattr(value, name, ""):
            return str(text)
    return str(value)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names, made different from each other: a second 高企 becomes 高企 with a unit separator and 2."""
    seen: Counter[str] = Counter()
    distinct = []
    for name in names:
        seen[name] += 1
        distinct.append(name if seen[name] == 1 else f"{name}\x1f{seen[name]}")
    return tuple(distinct)


def _plain(name: str) -> str:
    return name.split("\x1f")[0]
