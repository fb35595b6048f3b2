"""What tells from its words that a line is only a piece of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Joins:
    """The words that no paragraph begins or ends with, and those that only sentences have; each compiled to one pattern."""

    end: re.Pattern[str]
    begin: re.Pattern[str]
    sentence: re.Pattern[str]

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[str, str]]) -> Joins:
        """Compile the rows of clean_joins.tsv.

        >>> joins = Joins.from_rows([{"text": "的", "where": "end", "except": "目的"}])
        >>> bool(joins.end.search("今年经济社会发展的")), bool(joins.end.search("总体目的"))
        (True, False)
        """
        found: dict[str, list[str]] = {"end": [], "begin": [], "sentence": [], "opening": []}
        for row in rows:
            text = re.escape(row["text"])
            spared = [re.escape(word) for word in row["except"].split()]
            if row["where"] == "end":
                text = "".join(f"(?<!{word})" for word in (s[: -len(text)] for s in spared)) + text
            elif spared:
                text = f"(?!{'|'.join(spared)}){text}"
            found[row["where"]].append(text)
        nothing = ["(?!)"]
        return cls(
            re.compile(f"(?:{'|'.join(found['end'] or nothing)})$"),
            re.compile("|".join(found["begin"] or nothing)),
            # An opening adverbial needs its comma: 目前， but 目前形势
            re.compile(
                rf"^(?:{'|'.join(found['opening'] or nothing)})[^，。]{{0,30}}，|^\d{{1,4}}年[^，]{{0,20}}，|{'|'.join(found['sentence'] or nothing)}"
            ),
        )
