"""What each source of English adds, for the terms that annotators would have in the glossary (tier A)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.equivalents.common import RULES, SHARED, SPELLING, TABLES, cut, paragraph_pairs, rows_of, same
from termbuilder import clean, read, segment
from termbuilder.equivalents import composed, dictionary, glossaries, glosses, memories, weigh
from termbuilder.equivalents.keys import key_of
from termbuilder.errors import UsageError
from termbuilder.model import Proposal, Source


@dataclass(frozen=True)
class Concept:
    """A tier A term with what the annotators rendered it as, and the documents that it was annotated in."""

    term: str
    printed: str  # as the documents have it: with the quotation marks, if an annotator noted them
    english: tuple[str, ...]
    documents: tuple[str, ...]


def concepts() -> list[Concept]:
    """The tier A terms of all annotated documents, each once."""
    english: dict[str, list[str]] = {}
    documents: dict[str, list[str]] = {}
    printed: dict[str, str] = {}
    for path in sorted((SHARED / "eval" / "gold").glob("*.tsv")):
        for row in rows_of(path):
            if row["tier"] == "A":
                english.setdefault(row["term"], []).extend(alternatives(row["english"] or ""))
                documents.setdefault(row["term"], []).append(path.stem)
                for variant in (row["variants"] or "").split("|"):
                    if variant != row["term"] and key_of(variant) == key_of(row["term"]):
                        printed.setdefault(row["term"], variant)
    return [
        Concept(term, printed.get(term, term), tuple(dict.fromkeys(english[term])), tuple(documents[term])) for term in english
    ]


def alternatives(english: str) -> list[str]:
    """What an annotator wrote, as renderings: alternatives apart, explanations in brackets off.

    >>> alternatives("Core of Innovation (epithet of a park) | innovation core; core")
    ['Core of Innovation', 'innovation core', 'core']
    """
    return [
        text
        for one in re.split(r"[|;]", english)
        if (text := " ".join(re.sub(r"[(（][^()（）]*[)）]", "", one).split()).strip(' “”"'))
    ]


class Sources:
    """Each source of English as a function of a concept, asked as the whole job asks it."""

    def __init__(self) -> None:
        self.glossary = glossaries.load_reference()
        self.plain = composed.Rules.from_tables(TABLES, self.glossary)
        try:
            self.dictionary: dictionary.Dictionary | None = dictionary.load(dictionary.Rules.from_tables(TABLES))
        except UsageError:
            self.dictionary = None
        self.rich = composed.Rules.from_tables(TABLES, self.glossary, self.dictionary)
        self._memory: memories.Memory | None = None
        self._asked: dict[tuple[str, str], list[Proposal]] = {}  # each source is asked once a term
        self._glosses: dict[str, list[Proposal]] = {}
        self.by_name: dict[str, Callable[[Concept], list[Proposal]]] = {
            "glossary": lambda concept: self.glossary.lookup([concept.term]),
            "glosses in the text": self.gloss,
            "composed": lambda concept: self.composes(concept.printed, self.plain),
            "memory of two reports": self.remembered,
            "dictionary": lambda concept: self.dictionary.lookup([concept.term]) if self.dictionary else [],
            "composed with dictionary": lambda concept: self.composes(concept.printed, self.rich),
            "user glossary of the other documents": user_glossary,
        }

    def composes(self, term: str, rules: composed.Rules) -> list[Proposal]:
        return composed.compose(term, segment.words(term), rules)

    def remembered(self, concept: Concept) -> list[Proposal]:
        self._memory = self._memory or memories.learn(paragraph_pairs("gwr2016", "gwr2017"), cut, RULES)
        return self._memory.find(concept.term)

    def gloss(self, concept: Concept) -> list[Proposal]:
        if not self._glosses:
            self._glosses = glossed(concepts())
        return self._glosses.get(concept.term, [])

    def _said(self, name: str, concept: Concept) -> list[Proposal]:
        key = name, concept.term
        if key not in self._asked:
            self._asked[key] = self.by_name[name](concept)
        return self._asked[key]

    def offered(self, concept: Concept, names: Sequence[str]) -> list[Proposal]:
        """Everything that the named sources offer and that may be used, weighed."""
        found = [one for name in names for one in self._said(name, concept)]
        return [one for one in weigh.rank(found, SPELLING) if not one.deprecated]


def glossed(every: Sequence[Concept]) -> dict[str, list[Proposal]]:
    """English that the annotated documents themselves give beside a term."""
    rules = clean.Rules.from_tables(TABLES)
    forms = {concept.term: concept.term for concept in every}
    found: dict[str, list[Proposal]] = {"": []}
    for folder in ("seeds", "extra"):
        for path in sorted((SHARED / "corpus" / folder).glob("*.txt")):
            passages = clean.clean(read.read_file(path), rules).passages
            for term, proposal in glosses.find(passages, forms, lambda passage, index: Source(passage.document, 0, index)):
                found.setdefault(term, []).append(proposal)
    return found


def user_glossary(concept: Concept) -> list[Proposal]:
    """What a translator would have who had made a glossary of all the other annotated documents."""
    known = len(set(concept.documents)) > 1 and concept.english
    return [Proposal(concept.english[0], "user glossary", "other documents", 9)] if known else []


ALONE = (
    "glossary",
    "glosses in the text",
    "composed",
    "memory of two reports",
    "dictionary",
    "user glossary of the other documents",
)
ADDED = (
    ("glossary",),
    ("glossary", "glosses in the text"),
    ("glossary", "glosses in the text", "composed"),
    ("glossary", "glosses in the text", "composed", "memory of two reports"),
    ("glossary", "glosses in the text", "composed with dictionary", "memory of two reports", "dictionary"),
    (
        "glossary",
        "glosses in the text",
        "composed with dictionary",
        "memory of two reports",
        "dictionary",
        "user glossary of the other documents",
    ),
)


def table() -> None:
    sources, every = Sources(), concepts()
    print(f"{len(every)} tier A terms of {len({name for one in every for name in one.documents})} annotated documents")
    print("some: share with some English; first, any: share whose first, or any, rendering is one of the annotator's")
    if sources.dictionary is None:
        print("the dictionary is not installed (termbuilder[cedict]): its lines are empty")
    print(" some  first    any")
    for names in [*((name,) for name in ALONE), *ADDED]:
        some = first = hit = 0
        for concept in every:
            found = [same(one.english) for one in sources.offered(concept, names)]
            accepted = set(map(same, concept.english))
            some += bool(found)
            first += bool(found) and found[0] in accepted
            hit += bool(accepted & set(found))
        print(f"{some / len(every):5.3f}  {first / len(every):5.3f}  {hit / len(every):5.3f}  {' + '.join(names)}")
