"""Names of local government bodies by pattern: 常州市科技局 is the Changzhou Municipal Science and Technology Bureau."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from termbuilder.equivalents.places import Places
from termbuilder.tables import Tables

_LEVELS = {"省": "Provincial", "市": "Municipal", "区": "District", "县": "County", "自治区": "Regional"}
_NAME = re.compile(r"(?P<place>[\u3400-\u9fff]{2,8}?)(?P<level>自治区|省|市|区|县)(?P<rest>[\u3400-\u9fff]{1,14})")


@dataclass(frozen=True)
class Bodies:
    """The patterns, longest body first, and the fields of work."""

    patterns: tuple[tuple[str, str], ...]
    fields: Mapping[str, str]

    @classmethod
    def from_tables(cls, tables: Tables) -> Bodies:
        """Compile government_bodies.tsv and government_fields.tsv."""
        rows = sorted(tables.rows("government_bodies"), key=lambda row: -len(row["body"]))
        fields = {row["field"]: row["english"] for row in tables.rows("government_fields")}
        return cls(tuple((row["body"], row["english"]) for row in rows), fields)

    def named(self, term: str, places: Places) -> str:
        """The English name of the body, or an empty string if `term` names none that is known.

        >>> bodies = Bodies((("局", "{place} {level} {field} Bureau"),), {"科技": "Science and Technology"})
        >>> bodies.named("常州市科技局", Places({"常州": "Changzhou"}, {}))
        'Changzhou Municipal Science and Technology Bureau'
        >>> bodies.named("常州市科技园", Places({"常州": "Changzhou"}, {}))
        ''
        """
        match = _NAME.fullmatch(term)
        place = places.names.get(match["place"], "") if match else ""
        if match is None or not place:
            return ""
        for body, pattern in self.patterns:
            field = self.fields.get(match["rest"].removesuffix(body), "")
            fits = match["rest"] == body if "{field}" not in pattern else match["rest"].endswith(body) and field
            if fits:
                return pattern.format(place=place, level=_LEVELS[match["level"]], field=field)
        return ""
