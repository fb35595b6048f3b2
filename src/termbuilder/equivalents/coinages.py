"""Coinages in fixed shapes: 一企一策 (one enterprise, one policy), 以赛促训 (promoting training through competitions), 先用后付."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from termbuilder.equivalents.inflect import English, gerund
from termbuilder.errors import TableError
from termbuilder.tables import Tables

_SLOT = re.compile(r"\{(?P<role>[a-z]+)(?P<number>\d?)(?P<open>\+?)\}")
_LONGEST = 4
_LONGEST_PART = 8

Known = Callable[[str, str], str]  # role and a longer stretch: its English, or an empty string


@dataclass(frozen=True, slots=True)
class Slot:
    """What fills a slot of a shape, with the forms that its English may ask for: {act.ing}, {means.s}, {thing.a}."""

    text: str
    english: English

    def __str__(self) -> str:
        """The English as it is."""
        return self.text

    @property
    def ing(self) -> str:
        """The -ing form of a verb."""
        return gerund(self.text)

    @property
    def s(self) -> str:
        """The noun as it follows a verb: plural, or with `the`."""
        return self.english.object(self.text)

    @property
    def a(self) -> str:
        """The noun with its article, bare if it is not counted."""
        if not self.english.counts(self.text) or self.english.plural(self.text) == self.text:
            return self.text
        return f"{'an' if self.text[:1].lower() in 'aeio' else 'a'} {self.text}"


@dataclass(frozen=True)
class Shape:
    """A row of coinage_shapes.tsv, compiled."""

    pattern: re.Pattern[str]
    slots: tuple[tuple[str, str], ...]  # name and role
    english: str
    inside: bool  # may it be a part of a longer term?


@dataclass(frozen=True)
class Coinages:
    """The shapes, and what the single characters in them mean, by role and character."""

    characters: Mapping[tuple[str, str], str] = field(default_factory=dict)
    rows: Sequence[Mapping[str, str]] = ()

    @classmethod
    def from_tables(cls, tables: Tables) -> Coinages:
        """Compile coinage_shapes.tsv and characters_english.tsv; TableError if a shape asks for a role that has no characters."""
        characters = {(row["role"], row["character"]): row["english"] for row in tables.rows("characters_english")}
        roles = {role for role, _ in characters}
        rows = tables.rows("coinage_shapes")
        for row in rows:
            for slot in _SLOT.finditer(row["shape"]):
                if slot["role"] not in roles:
                    raise TableError(f"coinage_shapes.tsv: {row['shape']} has a slot “{slot['role']}” that no character fills.")
        return cls(characters, rows)

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The shapes in the order of the table."""
        return tuple(self._compiled(row) for row in self.rows)

    def whole(self, term: str, known: Known, english: English) -> str:
        """English for a term that is a coinage, or an empty string; `known` gives the English of longer words, if there is any.

        >>> rows = [{"shape": "以{means+}促{end}", "english": "promoting {end} through {means.s}", "use": "whole"}]
        >>> coinages = Coinages({("means", "赛"): "competition", ("end", "训"): "training"}, rows)
        >>> coinages.whole("以赛促训", lambda role, text: "", English())
        'promoting training through competitions'
        """
        return next(
            filter(None, (self._filled(shape, shape.pattern.fullmatch(term), known, english) for shape in self.shapes)), ""
        )

    def part(self, text: str, start: int, english: English) -> tuple[int, str]:
        """Where a coinage that may be a part of a longer term and starts at `start` ends, and its English; (start, "") if none does.

        >>> rows = [{"shape": "一{thing}一{thing2}", "english": "one {thing}, one {thing2}", "use": "part"}]
        >>> Coinages({("thing", "企"): "enterprise", ("thing", "策"): "policy"}, rows).part("一企一策机制", 0, English())
        (4, 'one enterprise, one policy')
        """
        best = (start, "")
        for shape in self.shapes if text[start : start + 1] in self._openings else ():
            match = shape.pattern.match(text, start) if shape.inside else None
            if match and best[0] < match.end() <= start + _LONGEST_PART:
                filled = self._filled(shape, match, _nothing, english)
                best = (match.end(), filled) if filled else best
        return best

    @cached_property
    def _openings(self) -> frozenset[str]:
        return frozenset(shape["shape"][0] for shape in self.rows) | frozenset(
            character[0] for role, character in self.characters for row in self.rows if row["shape"].startswith(f"{{{role}")
        )

    def _compiled(self, row: Mapping[str, str]) -> Shape:
        slots: dict[str, str] = {}
        pattern, at = "", 0
        for slot in _SLOT.finditer(row["shape"]):
            name = slot["role"] + slot["number"]
            pattern += row["shape"][at : slot.start()]
            at = slot.end()
            if name in slots:
                pattern += f"(?P={name})"
                continue
            slots[name] = slot["role"]
            known = sorted((character for role, character in self.characters if role == slot["role"]), key=len, reverse=True)
            pattern += f"(?P<{name}>[\\u3400-\\u9fff]{{1,{_LONGEST}}}?)" if slot["open"] else f"(?P<{name}>{'|'.join(known)})"
        pattern += row["shape"][at:]
        return Shape(re.compile(pattern), tuple(slots.items()), row["english"], row["use"] == "part")

    def _filled(self, shape: Shape, match: re.Match[str] | None, known: Known, english: English) -> str:
        if match is None:
            return ""
        said = {}
        for name, role in shape.slots:
            text = match[name]
            found = self.characters.get((role, text), "") or (known(role, text) if len(text) > 1 else "")
            if not found:
                return ""
            said[name] = Slot(found, english)
        return shape.english.format(**said)


def _nothing(role: str, text: str) -> str:
    return ""
