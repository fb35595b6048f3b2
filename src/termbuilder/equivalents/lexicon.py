"""The parts that terms are composed of, and how a term is cut into them: longest attested parts first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from termbuilder.equivalents import numerals
from termbuilder.equivalents.coinages import Coinages
from termbuilder.equivalents.dictionary import Dictionary, Rendering
from termbuilder.equivalents.glossaries import Glossary, GlossaryRow
from termbuilder.equivalents.inflect import English, gerund
from termbuilder.equivalents.keys import has_han, key_of
from termbuilder.equivalents.places import Places
from termbuilder.errors import TableError
from termbuilder.tables import Tables

# N noun phrase, A modifier, V verb, W verb that takes acts as objects (推进改革), C verb with its object, D adverb, M quantity,
# & and, of 的, K partner in a chain (产学研), S suffix (导向型), B bracket
Kind = Literal["N", "A", "V", "W", "C", "D", "M", "&", "of", "K", "S", "B"]


@dataclass(frozen=True, slots=True)
class Head:
    """How a head takes what stands before it: see heads_english.tsv."""

    noun_left: str
    verb_left: str


@dataclass(frozen=True, slots=True)
class Part:
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
    state: bool = False  # N: the state that a law is of
    link: str = "of"  # N: what joins it to a long noun phrase that goes behind


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch `text[start:end]` with what it may be; `share` says how well attested it is (1: a glossary row, 0: a guess)."""

    start: int
    end: int
    parts: tuple[Part, ...]
    cost: float
    share: float
    text: str
    cited: str = ""  # whose English it is, if not ours


# What a token costs: one well-attested long part is better than two short ones, and a lone character is a last resort.
_GLOSSARY, _WORD, _PLACE, _NUMBER, _CHARACTER, _GUESS, _DICTIONARY = 0.9, 1.0, 0.9, 0.8, 1.6, 1.4, 1.3
_SHARE_OF = {"glossary": 1.0, "word": 0.75, "place": 0.9, "number": 0.9, "character": 0.4, "guess": 0.3, "dictionary": 0.55}
_FIRST_LONG = 0.03  # a character: what stands first is mostly one ready part, 科技成果转化 + 收益
_LONGEST_LOOKED_UP = 4  # characters; what is longer is a term of its own, not a part
_MARKS: Mapping[str, Part] = {
    "和": Part("&", "and"), "与": Part("&", "and"), "及": Part("&", "and"), "以及": Part("&", "and"), "、": Part("&", ","),
    "或": Part("&", "or"), "·": Part("&", ","), ",": Part("&", ","), "+": Part("&", "plus"), "—": Part("&", "-"), "-": Part("&", "-"), "–": Part("&", "-"), "的": Part("of", "of"), "之": Part("of", "of"),
}  # fmt: skip
_DROPPED = dict.fromkeys(map(ord, "“”‘’「」『』〝〞\"'《》〈〉＂＇<> \t\r\n\u00a0\u3000\u200b\ufeff"))
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&-]*|\d+(?:\.\d+)?[A-Za-z]+(?![+])")
_ADJECTIVAL = re.compile(
    r"(?:-\w+ed|-based|-oriented|-level|-wide|-driven|-term|-type|-quality|-class|-tech|-end|ive|ous|able|ical|onal)$"
)
_GERUND = re.compile(r"^[a-z]+ing\b")


@dataclass(frozen=True)
class Lexicon:
    """Every part that is known, by its Chinese."""

    words: Mapping[str, tuple[Part, ...]]
    rows: Mapping[str, tuple[Part, str]]  # of the glossary: the part and where it stands
    places: Places
    english: English
    longest: int = field(default=0)
    dictionary: Dictionary | None = None
    coinages: Coinages = field(default_factory=Coinages)

    @classmethod
    def from_tables(cls, tables: Tables, glossary: Glossary, dictionary: Dictionary | None = None) -> Lexicon:
        """Compile morphemes.tsv, heads_english.tsv, the place tables and the rows of `glossary`; `dictionary` knows rarer words."""
        english = English.from_tables(tables)
        heads = {
            row["head"]: (row["english"], Head(row["noun_left"], row["verb_left"])) for row in tables.rows("heads_english")
        }
        words: dict[str, list[Part]] = {}
        for row in tables.rows("morphemes"):
            words.setdefault(row["chinese"], []).append(_part(row, english))
        for chinese, (rendering, head) in heads.items():
            others = [part for part in words.get(chinese, []) if part.kind != "N"]
            words[chinese] = [Part("N", rendering, head=head, link=_link(head)), *others]
        for chinese, parts in words.items():
            if any(part.kind in ("V", "W") for part in parts):
                words[chinese] = [
                    replace(part, verbal=part.kind == "A" and part.text.endswith(("ed", "built")), act=part.kind == "N")
                    for part in parts
                ]
        bases = {part.text.partition(" ")[0] for parts in words.values() for part in parts if part.kind in ("V", "W")}
        verbs = {gerund(base): base for base in bases}
        rows = {key: (_of_row(row, verbs), row.place) for key, row in glossary.terms().items() if row.english and _usable(row)}
        rows.update(
            {folded(row.term).lower(): rows[key] for key, row in glossary.terms().items() if key in rows and "、" in row.term}
        )
        frozen = {chinese: tuple(parts) for chinese, parts in words.items()}
        longest = max(map(len, [*frozen, *rows]), default=0)
        return cls(frozen, rows, Places.from_tables(tables), english, longest, dictionary, Coinages.from_tables(tables))

    def cut(self, text: str, named: Sequence[str] = (), whole: bool = False, early: bool = False) -> list[Token] | None:
        """The cheapest way to cut `text` into known parts, or None if something in it is not known.

        `named` are words that the segmenter takes for places. `whole` allows a glossary row for all of `text`. Of two ways that cost
        the same, the one with the longer part last (heads stand there), or with `early` first.
        """
        unreached: tuple[float, Token | None] = (float("inf"), None)
        best = [(0.0, None), *([unreached] * len(text))]
        for start in range(len(text)):
            cost = best[start][0]
            if cost == float("inf"):
                continue
            for token in self.tokens(text, start, named, whole):
                size = token.end - start
                bonus = (
                    _FIRST_LONG * size * (start == 0) + 1e-4 * size * (len(text) - start) if early else 1e-4 * size * token.end
                )
                total = cost + token.cost - bonus
                if total < best[token.end][0]:
                    best[token.end] = (total, token)
        tokens: list[Token] = []
        at = len(text)
        while at:
            last = best[at][1]
            if last is None:
                return None
            tokens.append(last)
            at = last.start
        return tokens[::-1]

    def tokens(self, text: str, start: int, named: Sequence[str] = (), whole: bool = False) -> Iterable[Token]:
        """Every known part that starts at `start`."""
        for length in range(min(self.longest, len(text) - start), 0, -1):
            end = start + length
            chunk = text[start:end].lower()
            known = self.words.get(chunk, ())
            row = self.rows.get(chunk) if length > 1 and (whole or length < len(text)) else None
            if row:
                # the glossary's English counts; our table knows what else the word may be, and how a head combines
                parts = _with_row(row[0], known)
                yield Token(start, end, parts, _GLOSSARY, _SHARE_OF["glossary"], text[start:end])
            elif known and length > 1:
                yield Token(start, end, known, _WORD, _SHARE_OF["word"], text[start:end])
            elif known:
                yield Token(start, end, known, _CHARACTER, _SHARE_OF["character"], text[start:end])
            # not the whole term: the dictionary itself offers that, and one source does not count as two
            elif self.dictionary is not None and 2 <= length <= _LONGEST_LOOKED_UP and (whole or length < len(text)):
                part = _of_dictionary(self.dictionary.word(chunk))
                if part is not None:
                    cited = f" ({self.dictionary.cited})"
                    yield Token(start, end, (part,), _DICTIONARY, _SHARE_OF["dictionary"], text[start:end], cited)
        mark = next((m for m in ("以及", text[start]) if text.startswith(m, start) and m in _MARKS), None)
        if mark:
            yield Token(start, start + len(mark), (_MARKS[mark],), 0.5, 1.0, mark)
        for number in numerals.at(text, start):
            measures = Head(f"{number.english} {{s}}", "") if number.kind == "H" else None
            kind: Kind = "N" if number.kind == "H" else number.kind
            part = Part(kind, number.english, proper=number.kind == "N", head=measures)
            if measures:
                many = number.english.partition(" measures")[0]
                part = replace(part, text=number.english.removesuffix(" for"), lead=many, counted=True, plural=True)
            yield Token(start, number.end, (part,), _NUMBER, _SHARE_OF["number"], text[start : number.end])
        paired = self.coinages.paired(text, start)
        if paired:
            parts = (Part("N", paired, plural=True), Part("A", f'"{paired}"'))
            yield Token(start, start + 4, parts, _NUMBER, _SHARE_OF["number"], text[start : start + 4])
        for end, english, sure in self.places.at(text, start, named):
            share = _SHARE_OF["place" if sure else "guess"]
            part = Part("N", english, proper=True, placed=True, state=english in self.places.states)
            yield Token(start, end, (part,), _PLACE if sure else _GUESS, share, text[start:end])
        latin = _LATIN.match(text, start)
        if latin:
            yield Token(start, latin.end(), (Part("N", latin[0], proper=True),), _NUMBER, 1.0, latin[0])


def _with_row(row: Part, known: Sequence[Part]) -> tuple[Part, ...]:
    if _GERUND.match(row.text) and any(part.kind in ("V", "W") for part in known):
        return tuple(known)  # the glossary gives the act, the table the verb that it is made from
    head = next((part.head for part in known if part.head), None)
    act = any(part.kind in ("V", "W") for part in known)
    return (replace(row, head=head, link=_link(head), act=act), *(part for part in known if part.kind != row.kind))


def _link(head: Head | None) -> str:
    """What a head serves is `for`, what it is made of or belongs to is `of`: its form for verbs tells."""
    return "for" if head and re.search(r" (?:for|to) \{", head.verb_left) else "of"


def folded(term: str) -> str:
    """A term as composition reads it: width folded, without quotation and title marks and spaces; 、 and brackets stay.

    >>> folded("“专精特新” 企业（机构）、平台")
    '专精特新企业(机构)、平台'
    """
    return unicodedata.normalize("NFKC", term).translate(_DROPPED)


def _part(row: Mapping[str, str], english: English) -> Part:
    kind, text, nominal = row["class"], row["english"], row["nominal"]
    if kind in ("n", "u", "p"):
        return Part("N", text, plural=kind == "p", lead=_lead(text))
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


def _of_dictionary(rendering: Rendering | None) -> Part | None:
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


def _of_row(row: GlossaryRow, verbs: Mapping[str, str]) -> Part:
    """A glossary row as a part: its English tells what it is; `verbs` gives the base form of known -ing forms."""
    text = row.english
    first, _, rest = text.partition(" ")
    if _GERUND.match(text) and rest and row.term_type == "phrase":
        base = verbs.get(first)
        return Part("C", f"{base} {rest}" if base else text, nominal=text, ing=text)
    if first in verbs.values() and rest and row.term_type == "phrase" and text[:1].islower():
        return Part("C", text)
    if _ADJECTIVAL.search(text) and text.count(" ") <= 6 and text[:1].islower():
        return Part("A", text)
    head, _, post = _before_preposition(text)
    act = post.startswith("of ") and head.endswith(("ing", "ion", "ment"))  # building of the talent pool is no two buildings
    proper = text[:1].isupper() and " " in text and text.split(" ")[-1][:1].isupper()
    return Part("N", head, post=post, plural=act, proper=proper, lead=_lead(head))


def _lead(text: str) -> str:
    """The first word of a ready part if English puts it before whatever else comes: 综合治理, 专项资金."""
    first, _, rest = text.partition(" ")
    return first if rest and first in _MOVABLE else ""


_MOVABLE = frozenset(
    ("comprehensive", "special", "major", "key", "overall", "unified", "joint", "dedicated", "annual", "long-term")
)


def _before_preposition(text: str) -> tuple[str, str, str]:
    match = re.search(r" (?=(?:of|for|on|in|to|with|between|from|by|against|under|at) )", text)
    return (text[: match.start()], " ", text[match.end() :]) if match else (text, "", "")


def _usable(row: GlossaryRow) -> bool:
    # maker of an achievement: in a longer term the number would be wrong
    return has_han(row.term) and len(key_of(row.term)) > 1 and not re.search(r"\ban? ", row.english)
