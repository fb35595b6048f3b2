"""What terms are composed of: English for a stretch of Chinese, made from a row of a table, of the glossary or of a dictionary."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from termbuilder.equivalents.dictionary import Rendering
from termbuilder.equivalents.glossaries import GlossaryRow
from termbuilder.equivalents.inflect import gerund
from termbuilder.equivalents.keys import has_han, key_of
from termbuilder.errors import TableError

# N noun phrase, A modifier, V verb, W verb that takes acts as objects (推进改革), C verb with its object, D adverb, M quantity,
# & and, of 的, K partner in a chain (产学研), S suffix (导向型), B bracket
Kind = Literal["N", "A", "V", "W", "C", "D", "M", "&", "of", "K", "S", "B"]


@dataclass(frozen=True, slots=True)
class Head:
    """How a head takes what stands before it: see heads_english.tsv."""

    noun_left: str
    verb_left: str


class Part(NamedTuple):  # of which composition makes thousands
    """English for a stretch of the term.

    N: `text` ends with the head noun and `post` follows it. V and C: `text` is the base form, `nominal` the noun for it and
    `post` what follows the noun. D: `text` the adverb, `nominal` its adjective. `cost` rises with every step that may be wrong.
    """

    kind: Kind
    text: str
    nominal: str = ""
    post: str = ""
    preposition: str = "of"
    cost: float = 0.0
    proper: bool = False
    placed: bool = False  # starts with a place
    plural: bool = False  # its number is settled
    items: tuple[str, ...] = ()  # the members of an enumeration
    acts: tuple[str, ...] = ()  # the same in -ing, of verbs
    head: Head | None = None
    words: int = 1  # parts inside
    ing: str = ""  # V and C: the -ing form, where it is not that of the first word
    lead: str = ""  # N: the modifier that it starts with
    led: bool = False  # ... which may be a verb as well: 共享
    verbal: bool = False  # A: the word may be a verb as well
    act: bool = False  # N: the noun for a verb
    act_first: bool = False  # N: starts with the noun for a verb: 评估机制
    counted: bool = False  # N: starts with a quantity
    attribute: str = ""  # N: its form before another noun, where that is not `text`
    state: bool = False  # N: the state that a law is of
    link: str = "of"  # N: what joins it to a long noun phrase that goes behind


_ADJECTIVAL = re.compile(
    r"(?:-\w+ed|-based|-oriented|-level|-wide|-driven|-term|-type|-quality|-class|-tech|-end|ive|ous|able|ical|onal)$"
)
_LONGEST_PART = 8  # words: what is longer explains a term and is no part of one
_GERUND = re.compile(r"^[a-z]+ing\b")


def with_row(row: Part, known: Sequence[Part]) -> tuple[Part, ...]:
    """What a word may be that the glossary renders as `row` and our tables as `known`.

    >>> [one.text for one in with_row(Part("N", "sci-tech"), [Part("N", "technology"), Part("A", "technological")])]
    ['sci-tech', 'technological']
    """
    if _GERUND.match(row.text) and any(part.kind in ("V", "W") for part in known):
        return tuple(known)  # the glossary gives the act, the table the verb that it is made from
    head = next((part.head for part in known if part.head), None)
    act = any(part.kind in ("V", "W") for part in known)
    return (row._replace(head=head, link=link_of(head), act=act), *(part for part in known if part.kind != row.kind))


def link_of(head: Head | None) -> str:
    """What a head serves is `for`, what it is made of or belongs to is `of`: its form for verbs tells."""
    return "for" if head and re.search(r" (?:for|to) \{", head.verb_left) else "of"


def of_table(row: Mapping[str, str]) -> Part:
    """A row of morphemes.tsv as a part; TableError if its class is none.

    >>> of_table({"chinese": "港口", "class": "n", "english": "port", "nominal": ""}).text
    'port'
    """
    kind, text, nominal = row["class"], row["english"], row["nominal"]
    if kind in ("n", "u", "p"):
        head, _, post = _before_preposition(text)  # letters of commitment, no letter of commitments
        return Part("N", head, post=post, plural=kind != "n", lead=_lead(head))
    if kind == "a":
        return Part("A", text)
    if kind in ("v", "w"):
        noun, preposition = _with_preposition(nominal)
        return Part("V" if kind == "v" else "W", text, nominal=noun, preposition=preposition)
    if kind == "d":
        return Part("D", text, nominal=nominal)
    if kind in ("k", "s"):
        return Part("K" if kind == "k" else "S", text)
    raise TableError(f"morphemes.tsv: {row['chinese']} has the class “{kind}”; known are n, u, p, a, v, w, d, k and s.")


def of_dictionary(rendering: Rendering | None) -> Part | None:
    """A dictionary's first rendering of a word, if it is short enough to be a part."""
    if (
        rendering is None
        or rendering.english.count(" ") > 2
        or not rendering.english.replace(" ", "").replace("-", "").isalpha()
    ):
        return None
    english = rendering.english
    return Part("V", english, nominal=gerund(english)) if rendering.verb else Part("N", english)


def _with_preposition(nominal: str) -> tuple[str, str]:
    words = nominal.split(" ")
    if len(words) > 1 and words[-1] in ("in", "for", "on", "to", "with", "against", "from", "of"):
        return " ".join(words[:-1]), words[-1]
    return nominal, "of"


def of_row(row: GlossaryRow, verbs: Mapping[str, str], bases: Set[str]) -> Part:
    """A glossary row as a part: its English tells what it is; `verbs` gives the base form of known -ing forms, `bases` are all of these."""
    text = row.english
    first, _, rest = text.partition(" ")
    if _GERUND.match(text) and rest and row.term_type == "phrase":
        base = verbs.get(first)
        return Part("C", f"{base} {rest}" if base else text, nominal=text, ing=text)
    if first in bases and rest and row.term_type == "phrase" and text[:1].islower():
        return Part("C", text)
    if _ADJECTIVAL.search(text) and text.count(" ") <= 6 and text[:1].islower():
        return Part("A", text)
    head, _, post = _before_preposition(text)
    act = post.startswith("of ") and head.endswith(("ing", "ion", "ment"))  # building of the talent pool is no two buildings
    proper = text[:1].isupper() and " " in text and text.split(" ")[-1][:1].isupper()
    return Part("N", head, post=post, plural=act or head.startswith("one "), proper=proper, lead=_lead(head))


def _lead(text: str) -> str:
    """The first word of a ready part if English puts it before whatever else comes: 综合治理, 专项资金."""
    first, _, rest = text.partition(" ")
    return first if rest and first in _MOVABLE else ""


_MOVABLE = frozenset(
    ("comprehensive", "special", "major", "key", "overall", "unified", "joint", "dedicated", "annual", "long-term")
)


def _before_preposition(text: str) -> tuple[str, str, str]:
    match = re.search(r" (?=(?:of|for|on|in|to|with|between|from|by|against|under|at|per) )", text)
    return (text[: match.start()], " ", text[match.end() :]) if match else (text, "", "")


def wieldy(row: GlossaryRow) -> GlossaryRow:
    """The row with the first of its renderings that is short enough to be a part; without English if none is.

    >>> wieldy(GlossaryRow("揭榜挂帅", "mechanism for selecting the best candidates to lead research projects", ("open competition",))).english
    'open competition'
    """
    short = (english for english in (row.english, *row.other) if english.count(" ") < _LONGEST_PART)
    return row if row.english.count(" ") < _LONGEST_PART else replace(row, english=next(short, ""))


def usable(row: GlossaryRow) -> bool:
    """Does a glossary row serve as a part of longer terms?

    >>> usable(GlossaryRow("链长制", "chain chief system")), usable(GlossaryRow("揭榜方", "winner of an open call"))
    (True, False)
    """
    # maker of an achievement: in a longer term the number would be wrong
    return has_han(row.term) and len(key_of(row.term)) > 1 and not re.search(r"\ban? ", row.english)
