"""What the cleaner knows of the language, compiled once from the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from termbuilder.clean.characters import width_table
from termbuilder.clean.joins import Joins
from termbuilder.clean.script import Converters
from termbuilder.errors import TableError
from termbuilder.tables import Tables


@dataclass(frozen=True)
class Rules:
    """The cleaner's tables, compiled: `from_tables` makes them, `clean` takes them."""

    widths: Mapping[int, str]
    syllables: frozenset[str]
    surnames: frozenset[str]
    cues: Mapping[tuple[str, str], frozenset[str]]  # (role, label or line) to the cues
    converters: Converters
    joins: Joins

    @classmethod
    def from_tables(cls, tables: Tables) -> Rules:
        """Compile the tables clean_*.tsv; raises TableError for a character that is written wrong.

        >>> from termbuilder import tables
        >>> "浏览次数" in Rules.from_tables(tables.load()).cue("chrome", "label")
        True
        """
        cues: dict[tuple[str, str], set[str]] = {}
        for row in tables.rows("clean_furniture"):
            for role in row["roles"].split():
                cues.setdefault((role, row["match"]), set()).add(row["cue"])
        return cls(
            width_table({_character(row["character"]): _character(row["folded"]) for row in tables.rows("clean_characters")}),
            frozenset(
                row["initial"].strip("-") + final for row in tables.rows("clean_syllables") for final in row["finals"].split()
            ),
            frozenset(name for cell in tables.column("clean_surnames") for name in (cell.split() if " " in cell else cell)),
            {key: frozenset(value) for key, value in cues.items()},
            Converters(
                {
                    row["traditional"]: row["simplified"]
                    for row in tables.rows("clean_traditional")
                    if len(row["traditional"]) > 1
                },
                frozenset(row["simplified"] for row in tables.rows("clean_traditional") if len(row["traditional"]) == 1),
            ),
            Joins.from_rows(tables.rows("clean_joins")),
        )

    def cue(self, role: str, match: str) -> frozenset[str]:
        """The cues of one role that are labels (before a colon) or whole lines."""
        return self.cues.get((role, match), frozenset())


def _character(code: str) -> str:
    try:
        return chr(int(code.removeprefix("U+"), 16))
    except (ValueError, OverflowError) as error:
        raise TableError(f"clean_characters.tsv: {code} is no character; write it as U+E5E5.") from error
