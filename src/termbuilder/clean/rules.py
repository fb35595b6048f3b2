"""What the cleaner knows of the language, compiled once from the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from termbuilder.clean.characters import width_table
from termbuilder.clean.cues import Cues
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
    cues: Cues
    converters: Converters
    joins: Joins

    @classmethod
    def from_tables(cls, tables: Tables) -> Rules:
        """Compile the tables clean_*.tsv; raises TableError for a character that is written wrong.

        >>> from termbuilder import tables
        >>> "参考文献" in Rules.from_tables(tables.load()).cues.line["references"]
        True
        """
        return cls(
            width_table({_character(row["character"]): _character(row["folded"]) for row in tables.rows("clean_characters")}),
            frozenset(
                row["initial"].strip("-") + final for row in tables.rows("clean_syllables") for final in row["finals"].split()
            ),
            frozenset(name for cell in tables.column("clean_surnames") for name in (cell.split() if " " in cell else cell)),
            Cues.from_rows(tables.rows("clean_furniture")),
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


def _character(code: str) -> str:
    try:
        return chr(int(code.removeprefix("U+"), 16))
    except (ValueError, OverflowError) as error:
        raise TableError(f"clean_characters.tsv: {code} is no character; write it as U+E5E5.") from error
