"""US and UK spelling of English words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from termbuilder.tables import Tables

Preference = Literal["US", "UK"]

# organise, modernisation, prioritised; not enterprise, expertise, supervise, premise
_ISE = re.compile(r"(?i)\b(\w{2,}(?:al|an|rn|gn|ar|it|er|il|on|en|im|id|ic|as|rd|iv|at))is(e[ds]?|ers?|ing|ations?)\b")
_IZE = re.compile(r"(?i)\b(\w{2,}(?:al|an|rn|gn|ar|it|er|il|on|en|im|id|ic|as|rd|iv|at))iz(e[ds]?|ers?|ing|ations?)\b")
_NOT_ISE = frozenset(("treatise",))
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Spelling:
    """The words that differ, each way, and which way is wanted."""

    american: Mapping[str, str]  # British word to American
    british: Mapping[str, str]
    wanted: Preference = "US"

    @classmethod
    def from_tables(cls, tables: Tables, wanted: str = "US") -> Spelling:
        """Compile english_spelling.tsv; the regular plural of each word goes with it."""
        pairs = [(row["british"], row["american"]) for row in tables.rows("english_spelling")]
        pairs += [(british + "s", american + "s") for british, american in pairs if not british.endswith(("s", "ed", "ing"))]
        # check, ton and program are British words too, so only the way to American is free of doubt for them
        back = {
            american: british
            for british, american in pairs
            if british not in ("cheque", "cheques", "tonne", "tonnes", "storey")
        }
        return cls(dict(pairs), back, "UK" if wanted.upper() in ("UK", "GB", "EN-GB") else "US")

    def spelled(self, english: str) -> str:
        """`english` in the wanted spelling, its capitals kept.

        >>> Spelling({"centre": "center"}, {}).spelled("National Modernisation Centre")
        'National Modernization Center'
        >>> Spelling({}, {"center": "centre"}, "UK").spelled("enterprise standardization center")
        'enterprise standardisation centre'
        """
        words = self.american if self.wanted == "US" else self.british
        text = self._endings(english)
        if not any(word.lower() in words for word in _WORD.findall(text)):  # most renderings have no such word
            return text
        return _WORD.sub(lambda match: _respelled(match[0], words), text)

    def _endings(self, english: str) -> str:
        if ("iz" if self.wanted == "UK" else "is") not in english.casefold():
            return english
        if self.wanted == "UK":
            return _IZE.sub(r"\1is\2", english)
        return _ISE.sub(lambda match: match[0] if match[0].lower() in _NOT_ISE else f"{match[1]}iz{match[2]}", english)

    def folded(self, english: str) -> str:
        """`english` in American spelling, whatever is wanted: for comparing."""
        return Spelling(self.american, self.british, "US").spelled(english)


def _respelled(word: str, words: Mapping[str, str]) -> str:
    other = words.get(word.lower())
    if other is None:
        return word
    if word.isupper():
        return other.upper()
    return other.capitalize() if word[0].isupper() else other
