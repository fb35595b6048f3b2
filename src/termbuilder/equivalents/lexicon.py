"""The parts that terms are composed of, and how a term is cut into them: longest attested parts first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from termbuilder.equivalents import numerals
from termbuilder.equivalents.coinages import Coinages
from termbuilder.equivalents.dictionary import Dictionary
from termbuilder.equivalents.glossaries import Glossary, GlossaryRow
from termbuilder.equivalents.inflect import English, gerund
from termbuilder.equivalents.parts import Head, Kind, Part, link_of, of_dictionary, of_row, of_table, usable, wieldy, with_row
from termbuilder.equivalents.places import Places
from termbuilder.tables import Tables, sizes_by_opening


class Token(NamedTuple):
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
_COINED = 0.95  # a ready part is surer: 城中村
_FIRST_LONG = 0.03  # a character: what stands first is mostly one ready part, 科技成果转化 + 收益
_LONGEST_LOOKED_UP = 4  # characters; what is longer is a term of its own, not a part
_MARKS: Mapping[str, Part] = {
    "和": Part("&", "and"), "与": Part("&", "and"), "及": Part("&", "and"), "以及": Part("&", "and"), "、": Part("&", ","), "/": Part("&", ","),
    "或": Part("&", "or"), "·": Part("&", ","), ",": Part("&", ","), "+": Part("&", "plus"), "—": Part("&", "-"), "-": Part("&", "-"), "–": Part("&", "-"), "的": Part("of", "of"), "之": Part("of", "of"),
}  # fmt: skip
_DROPPED = dict.fromkeys(map(ord, "“”‘’「」『』〝〞\"'《》〈〉＂＇<> \t\r\n\u00a0\u3000\u200b\ufeff"))
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&-]*|\d+(?:\.\d+)?[A-Za-z]+(?![+])")


@dataclass(frozen=True)
class Ready:
    """The rows of the glossary as ready parts, each made when it is first wanted: of thousands of rows a run needs some hundred."""

    terms: Mapping[str, GlossaryRow]
    verbs: Mapping[str, str]  # -ing form to base form
    bases: Set[str]
    made: dict[str, Part | None] = field(default_factory=dict)

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """The keys of the rows, and the forms with 、 that composition reads as such, with the key of the row that each stands for."""
        enumerated = {
            folded(row.term).lower(): key for key, row in self.terms.items() if "、" in row.term and row.english and usable(row)
        }
        return {key: key for key in self.terms} | enumerated

    def of(self, text: str) -> Part | None:
        """The part that stands for `text`, or None if no row that may be a part does."""
        key = self.keys.get(text)
        if key is None:
            return None
        if key not in self.made:
            row = self.terms[key]
            row = wieldy(row)
            self.made[key] = of_row(row, self.verbs, self.bases) if row.english and usable(row) else None
        return self.made[key]


@dataclass(frozen=True)
class Lexicon:
    """Every part that is known, by its Chinese."""

    words: Mapping[str, tuple[Part, ...]]
    ready: Ready
    places: Places
    english: English
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
            words.setdefault(row["chinese"], []).append(of_table(row))
        for chinese, (rendering, head) in heads.items():
            others = [part for part in words.get(chinese, []) if part.kind != "N"]
            words[chinese] = [Part("N", rendering, head=head, link=link_of(head)), *others]
        for chinese, parts in words.items():
            if any(part.kind in ("V", "W") for part in parts):
                words[chinese] = [
                    part._replace(verbal=part.kind == "A" and part.text.endswith(("ed", "built")), act=part.kind == "N")
                    for part in parts
                ]
        bases = {part.text.partition(" ")[0] for parts in words.values() for part in parts if part.kind in ("V", "W")}
        verbs = {gerund(base): base for base in bases}
        ready = Ready(glossary.terms(), verbs, bases)
        frozen = {chinese: tuple(parts) for chinese, parts in words.items()}
        return cls(frozen, ready, Places.from_tables(tables), english, dictionary, Coinages.from_tables(tables))

    @cached_property
    def sizes(self) -> Mapping[str, tuple[int, ...]]:
        """The lengths of the known parts by their first two characters, longest first."""
        return sizes_by_opening([*self.words, *self.ready.keys])

    def cut(self, text: str, named: Sequence[str] = (), whole: bool = False) -> list[Token] | None:
        """The cheapest way to cut `text` into known parts, or None if something in it is not known.

        `named` are words that the segmenter takes for places. `whole` allows a glossary row for all of `text`. Of two ways that cost
        the same, the one with the longer part last (heads stand there).
        """
        return _cheapest(self._steps(text, named, whole), early=False)

    def cuts(self, text: str, named: Sequence[str] = ()) -> tuple[list[Token], list[Token]] | None:
        """Two cheapest ways: of ways that cost the same the one with the longer part first, and as `cut` has it."""
        steps = self._steps(text, named)
        early, late = _cheapest(steps, early=True), _cheapest(steps, early=False)
        return None if early is None or late is None else (early, late)

    def _steps(self, text: str, named: Sequence[str], whole: bool = False) -> list[list[Token]]:
        """The known parts that start at each place of `text`; none at places where no row of known parts ends."""
        steps: list[list[Token]] = [[] for _ in text]
        reached = {0}
        for start in range(len(text)):
            if start in reached:
                steps[start] = list(self.tokens(text, start, named, whole))
                reached.update(token.end for token in steps[start])
        return steps

    def tokens(self, text: str, start: int, named: Sequence[str] = (), whole: bool = False) -> Iterable[Token]:
        """Every known part that starts at `start`."""
        sizes: Iterable[int] = self.sizes.get(text[start : start + 2].lower(), ())
        if self.dictionary is not None:
            sizes = sorted({*sizes, *range(2, _LONGEST_LOOKED_UP + 1)}, reverse=True)
        for length in dict.fromkeys((*sizes, 1)):
            end = start + length
            if end > len(text):
                continue
            chunk = text[start:end].lower()
            known = self.words.get(chunk, ())
            row = self.ready.of(chunk) if length > 1 and (whole or length < len(text)) else None
            if row:
                # the glossary's English counts; our table knows what else the word may be, and how a head combines
                parts = with_row(row, known)
                yield Token(start, end, parts, _GLOSSARY, _SHARE_OF["glossary"], text[start:end])
            elif known and length > 1:
                yield Token(start, end, known, _WORD, _SHARE_OF["word"], text[start:end])
            elif known:
                yield Token(start, end, known, _CHARACTER, _SHARE_OF["character"], text[start:end])
            # not the whole term: the dictionary itself offers that, and one source does not count as two
            elif self.dictionary is not None and 2 <= length <= _LONGEST_LOOKED_UP and (whole or length < len(text)):
                part = of_dictionary(self.dictionary.word(chunk))
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
                part = part._replace(text=number.english.removesuffix(" for"), lead=many, counted=True, plural=True)
            yield Token(start, number.end, (part,), _NUMBER, _SHARE_OF["number"], text[start : number.end])
        end, coined = self.coinages.part(text, start, self.english)
        if coined and (start == 0 or coined.startswith("one ") or end - start == 2):
            yield Token(start, end, _of_coinage(coined), _COINED, _SHARE_OF["number"], text[start:end])
        for end, english, sure in self.places.at(text, start, named):
            share = _SHARE_OF["place" if sure else "guess"]
            part = Part("N", english, proper=True, placed=True, state=english in self.places.states)
            yield Token(start, end, (part,), _PLACE if sure else _GUESS, share, text[start:end])
        latin = _LATIN.match(text, start)
        if latin:
            yield Token(start, latin.end(), (Part("N", latin[0], proper=True),), _NUMBER, 1.0, latin[0])


def _of_coinage(coined: str) -> tuple[Part, ...]:
    """A coinage as a part: what says that something is done, a name of people, or a saying, quoted before a noun."""
    if re.match(r"\w+ing\b", coined):
        return (Part("C", coined, nominal=coined, ing=coined),)
    if coined.endswith("-level"):
        return (Part("A", coined),)
    if coined.endswith(" entrepreneur"):
        return (Part("N", coined, counted=True),)  # who does something goes behind it
    return Part("N", coined, plural=True), Part("A", f'"{coined}"')


def _cheapest(steps: Sequence[Sequence[Token]], early: bool) -> list[Token] | None:
    """The cheapest row of parts that covers all places; of two that cost the same the one with the longer part last, or first."""
    unreached: tuple[float, Token | None] = (float("inf"), None)
    best = [(0.0, None), *([unreached] * len(steps))]
    for start, tokens in enumerate(steps):
        cost = best[start][0]
        for token in tokens:
            size = token.end - start
            if early:
                bonus = _FIRST_LONG * size * (start == 0) + 1e-4 * size * (len(steps) - start)
            else:
                bonus = 1e-4 * size * token.end
            total = cost + token.cost - bonus
            if total < best[token.end][0]:
                best[token.end] = (total, token)
    row: list[Token] = []
    at = len(steps)
    while at:
        last = best[at][1]
        if last is None:
            return None
        row.append(last)
        at = last.start
    return row[::-1]


def folded(term: str) -> str:
    """A term as composition reads it: width folded, without quotation and title marks and spaces; 、 and brackets stay.

    >>> folded("“专精特新” 企业（机构）、平台")
    '专精特新企业(机构)、平台'
    """
    return unicodedata.normalize("NFKC", term).translate(_DROPPED)
