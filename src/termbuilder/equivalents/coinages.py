"""Coinages in fixed shapes: 一企一策 (one enterprise, one policy), 以赛促训 (promoting training through competitions), 科教兴市."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from termbuilder.equivalents.inflect import English, gerund
from termbuilder.tables import Tables

_PAIRED = re.compile(r"一([\u3400-\u9fff])一([\u3400-\u9fff])")
_THROUGH = re.compile(
    r"以(?P<means>[\u3400-\u9fff]{1,4}?)(?P<act>促进?|带动?|引|聚|育|兴|强|提|养|助|固)(?P<end>[\u3400-\u9fff]{1,2})"
)
_THROUGH_INVESTMENT = re.compile(r"以(?P<means>[\u3400-\u9fff]{1,4})招商(?:引资)?")
_INVIGORATED = re.compile(r"(?P<means>[\u3400-\u9fff]{2,4})兴(?P<place>国|省|市|区|县|镇|村|农|企)")
_PLACES = {
    "国": "the country", "省": "the province", "市": "the city", "区": "the district", "县": "the county", "镇": "the town", "村": "villages",
    "农": "agriculture", "企": "enterprises",
}  # fmt: skip


@dataclass(frozen=True)
class Coinages:
    """What the single characters of coinages mean, by role and character."""

    characters: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def from_tables(cls, tables: Tables) -> Coinages:
        """Compile characters_english.tsv."""
        return cls({(row["role"], row["character"]): row["english"] for row in tables.rows("characters_english")})

    def paired(self, text: str, start: int) -> str:
        """English for 一甲一乙 at `start`, or an empty string.

        >>> Coinages({("thing", "企"): "enterprise", ("thing", "策"): "policy"}).paired("一企一策", 0)
        'one enterprise, one policy'
        """
        match = _PAIRED.match(text, start)
        things = [self.characters.get(("thing", character), "") for character in match.groups()] if match else []
        return f"one {things[0]}, one {things[1]}" if things and all(things) else ""

    def through(self, term: str, noun: Callable[[str], str], english: English) -> str:
        """English for 以甲促乙, 以甲招商 and 甲兴乙, or an empty string; `noun` gives the English of a longer noun, if it is known.

        >>> coinages = Coinages({("means", "赛"): "competition", ("act", "促"): "promote", ("end", "训"): "training"})
        >>> coinages.through("以赛促训", lambda text: "", English()), coinages.through("科教兴市", lambda text: "science", English())
        ('promoting training through competitions', 'invigorating the city through sciences')
        """
        match = _THROUGH.fullmatch(term)
        if match:
            act = self.characters.get(("act", match["act"][0]), "")
            end = self.characters.get(("end", match["end"]), "") or (noun(match["end"]) if len(match["end"]) > 1 else "")
        else:
            match = _THROUGH_INVESTMENT.fullmatch(term)
            act, end = ("attract", "investment") if match else ("", "")
        if not match:
            match = _INVIGORATED.fullmatch(term)
            act, end = ("invigorate", _PLACES[match["place"]]) if match else ("", "")
        if not match:
            return ""
        known = self.characters.get(("means", match["means"]), "")
        means = known or (noun(match["means"]) if len(match["means"]) > 1 else "")
        return f"{gerund(act)} {end} through {english.object(means)}" if act and end and means else ""
