"""Forms of English words: plurals, -ing forms, title case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from termbuilder.tables import Tables

_VOWELS = "aeiou"
_SMALL = frozenset(
    (
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "for",
        "to",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "into",
        "as",
        "per",
        "under",
        "through",
    )
)


# In -ation and -ing, and yet things or bodies that can be counted
_COUNTABLE_ACTS = frozenset(
    (
        "station", "workstation", "organization", "association", "corporation", "federation", "foundation", "publication", "qualification",
        "recommendation", "location", "reservation", "destination", "generation", "nation", "donation", "building", "meeting", "ranking",
        "wing", "ring", "spring", "string", "thing", "setting", "offering", "rating", "filing", "crossing", "application", "operation", "variation", "obligation", "innovation",
    )
)  # fmt: skip


# the building of something that is no house
_BUILDING_UP = re.compile(r"\b(?:Party|capacity|team|brand|platform|institution|community|network|nation) building$")


@dataclass(frozen=True, slots=True)
class English:
    """What no rule says about English nouns: which have no plural, which take `the`, which plurals are irregular."""

    uncountable: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    plurals: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_tables(cls, tables: Tables) -> English:
        """Compile english_nouns.tsv."""
        rows = tables.rows("english_nouns")
        return cls(
            frozenset(row["noun"] for row in rows if row["kind"] in ("uncountable", "definite")),
            frozenset(row["noun"] for row in rows if row["kind"] == "definite"),
            {row["noun"]: row["plural"] for row in rows if row["plural"]},
        )

    def counts(self, noun_phrase: str) -> bool:
        """Has the last word of the phrase a plural? Names of acts have none, unless the table gives them one.

        >>> English(frozenset(["innovation"])).counts("technological innovation"), English().counts("data center")
        (False, True)
        >>> English().counts("talent evaluation"), English().counts("smart upgrading"), English().counts("organization")
        (False, False, True)
        """
        last = _last(noun_phrase).lower()
        if not last or last in self.uncountable:
            return False
        if last in self.plurals or (last in _COUNTABLE_ACTS and not _BUILDING_UP.search(noun_phrase)):
            return True
        return not last.endswith(("ation", "ing"))

    def plural(self, noun_phrase: str, counted: bool = False) -> str:
        """The plural of a phrase whose last word is its head; what has no plural is returned as it is.

        After a number (`counted`) what mostly stands for the one thing that everybody knows has its plural too: four sectors.

        >>> English().plural("industry policy"), English().plural("SME"), English(plurals={"person": "people"}).plural("young person")
        ('industry policies', 'SMEs', 'young people')
        """
        last = _last(noun_phrase)
        lower = last.lower()
        known = counted and lower in self.definite
        if not last or not last[-1].isalpha() or not (known or self.counts(noun_phrase)):
            return noun_phrase
        start = noun_phrase[: len(noun_phrase) - len(last)]
        if lower in self.plurals:
            return start + self.plurals[lower]
        if lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
            return noun_phrase  # a plural already
        if lower.endswith("y") and lower[-2:-1] not in _VOWELS:
            return start + last[:-1] + "ies"
        return start + last + ("es" if lower.endswith(("s", "x", "z", "ch", "sh")) else "s")

    def object(self, noun_phrase: str) -> str:
        """The phrase as it follows a verb or preposition: in the plural, or with `the`, or bare.

        >>> English(frozenset(["environment"]), frozenset(["environment"])).object("business environment")
        'the business environment'
        """
        if _last(noun_phrase).lower() in self.definite and not noun_phrase[:1].isupper():
            return f"the {noun_phrase}"
        return self.plural(noun_phrase)


def gerund(verb_phrase: str) -> str:
    """The -ing form of a verb phrase in its base form; verbs that share an object all change, what follows an object does not.

    >>> [gerund(verb) for verb in ("cultivate", "set up", "cut", "tie", "research and develop", "agree on", "make breakthroughs in")]
    ['cultivating', 'setting up', 'cutting', 'tying', 'researching and developing', 'agreeing on', 'making breakthroughs in']
    >>> gerund("set up and improve"), gerund("commercialize scientific and technological achievements")
    ('setting up and improving', 'commercializing scientific and technological achievements')
    """
    parts = re.split(r"( and |, )", verb_phrase)
    bare = True
    for number, part in enumerate(parts):
        if number % 2 == 0:
            parts[number] = _ing(part) if bare else part
            bare = bare and (" " not in part or part.rpartition(" ")[2] in _PARTICLES)
    return "".join(parts)


_PARTICLES = frozenset(("up", "out", "in", "on", "off", "down", "for", "with", "to", "from", "into", "of", "over", "against"))


def _ing(phrase: str) -> str:
    verb, _, rest = phrase.partition(" ")
    if verb.endswith("ing"):
        form = verb
    elif verb.endswith("ie"):
        form = verb[:-2] + "ying"
    elif verb.endswith("e") and len(verb) > 2 and not verb.endswith(("ee", "oe", "ye")):
        form = verb[:-1] + "ing"
    elif verb in _DOUBLED:
        form = verb + verb[-1] + "ing"
    else:
        form = verb + "ing"
    return f"{form} {rest}" if rest else form


_DOUBLED = frozenset(
    (
        "set",
        "get",
        "put",
        "cut",
        "let",
        "run",
        "plan",
        "stop",
        "cap",
        "tap",
        "fit",
        "win",
        "begin",
        "control",
        "permit",
        "commit",
    )
)


def title(phrase: str) -> str:
    """Capitals as in the name of a program or an institution.

    >>> title("national demonstration zone for science and technology-based services")
    'National Demonstration Zone for Science and Technology-Based Services'
    """
    words = phrase.split(" ")
    return " ".join(word if number and word in _SMALL else _capital(word) for number, word in enumerate(words))


def _capital(word: str) -> str:
    return "-".join(
        part if part in _SMALL and number else part[:1].upper() + part[1:] for number, part in enumerate(word.split("-"))
    )


def _last(phrase: str) -> str:
    return phrase[max(phrase.rfind(" "), phrase.rfind("-")) + 1 :]
