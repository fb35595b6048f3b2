"""Finds the terms of a termbase in a text: the longest ones, in any of their forms, wherever they are printed apart.

Traditional characters, full-width letters, quotation marks and line breaks inside a term do not hide it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import ahocorasick_rs
import opencc

from termbuilder.model import ConceptEntry
from termbuilder.segment import words

_QUOTES = "“”‘’「」『』〝〞\"'《》〈〉＂＇"
_CLOSING, _OPENING = "”’」』〞》〉", "“‘「『〝《〈"
_MATES = MappingProxyType(dict(zip(_OPENING, _CLOSING)))


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found: `text[start:end]` is printed as `printed`; `form` is the form of the entry that it is."""

    entry: ConceptEntry
    form: str
    start: int
    end: int
    printed: str


@dataclass(frozen=True, slots=True)
class Recogniser:
    """The Chinese forms of many entries, compiled once; thousands of texts can be searched with it."""

    _automaton: ahocorasick_rs.AhoCorasick
    _forms: tuple[tuple[str, ConceptEntry], ...]  # by number of the pattern

    @classmethod
    def of(cls, entries: Iterable[ConceptEntry]) -> Recogniser:
        """Compile all Chinese forms of `entries`; a form that two entries share belongs to the first."""
        forms: dict[str, tuple[str, ConceptEntry]] = {}
        for entry in entries:
            for sec in entry.lang_sec("zh").term_secs:
                folded, _ = _folded(sec.term)
                if folded:
                    forms.setdefault(folded, (sec.term, entry))
        return cls(ahocorasick_rs.AhoCorasick(list(forms)), tuple(forms.values()))

    def find(self, text: str) -> list[Hit]:
        """The terms in `text`, in their order; of two that overlap the longer one, of two as long the first.

        >>> from termbuilder.model import LangSec, TermSec
        >>> entries = [ConceptEntry("", (LangSec("zh-CN", (TermSec(term),)),)) for term in ("企业", "瞪羚企业", "532战略")]
        >>> [hit.printed for hit in Recogniser.of(entries).find("「瞪羚」企業和一般企业实施“532”战略")]
        ['「瞪羚」企業', '企业', '“532”战略']
        """
        folded, at = _folded(text)
        taken = bytearray(len(folded))
        inside = {place for word in words(folded) for place in range(word.start + 1, word.end)}
        hits = []
        found = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        for number, start, end in sorted(found, key=lambda match: (match[1] - match[2], match[1])):
            first, last = at[start], at[end - 1] + 1
            if any(taken[start:end]) or not _is_one_term(text, first, last, folded, start, end):
                continue
            if _is_piece_of_words(start, end, inside):
                continue
            taken[start:end] = b"\x01" * (end - start)
            form, entry = self._forms[number]
            first, last = _with_its_quotes(text, first, last)
            hits.append(Hit(entry, form, first, last, text[first:last]))
        return sorted(hits, key=lambda hit: hit.start)


@dataclass(frozen=True, slots=True)
class Found:
    """A concept found in a text: how often, in which printed forms, and where first."""

    entry: ConceptEntry
    count: int
    printed: tuple[str, ...]
    first: int


def lookup(text: str, recogniser: Recogniser) -> list[Found]:
    """The concepts in `text`, each once, in the order of their first occurrence."""
    hits: defaultdict[int, list[Hit]] = defaultdict(list)
    for hit in recogniser.find(text):
        hits[id(hit.entry)].append(hit)
    return [
        Found(
            some[0].entry,
            len(some),
            tuple(form for form, _ in Counter(hit.printed for hit in some).most_common()),
            some[0].start,
        )
        for some in hits.values()
    ]


def _with_its_quotes(text: str, first: int, last: int) -> tuple[int, int]:
    """The borders of a term moved out to a quotation mark whose other half stands inside it: “532”发展战略, 打造“两个示范区”."""
    printed = text[first:last]
    if first and (mate := _MATES.get(text[first - 1])) and printed.count(mate) > printed.count(text[first - 1]):
        return first - 1, last
    after = text[last : last + 1]
    opening = next((one for one, mate in _MATES.items() if mate == after), "")
    return (first, last + 1) if opening and printed.count(opening) > printed.count(after) else (first, last)


def _is_one_term(text: str, first: int, last: int, folded: str, start: int, end: int) -> bool:
    """Not two quotations side by side (“科技创新”“企业”), not a piece of a longer number or Latin word (5G in 15G)."""
    printed = text[first:last]
    side_by_side = any(
        printed[n] in _CLOSING and after in _OPENING for n in range(len(printed) - 1) if (after := printed[n + 1])
    )
    cut = _joins(folded, start) or _joins(folded, end)
    return not side_by_side and not cut


def _is_piece_of_words(start: int, end: int, inside: set[int]) -> bool:
    """Do the edges of a match cut words: 民生 out of 人民生活, 等保 out of 平等保护?

    One cut edge is no proof for a longer term, as the segmenter knows few coinages and joins what it does not know (广大中|小企业);
    in a sample of two government reports all cut matches of two characters were pieces of words or of other terms.
    """
    cuts = (start in inside) + (end in inside)
    return cuts == 2 or (cuts == 1 and end - start <= 2)


def _joins(folded: str, border: int) -> bool:
    """Is `border` inside a word of Latin letters or a number?"""
    if not 0 < border < len(folded):
        return False
    left, right = folded[border - 1], folded[border]
    return _is_latin(left) and _is_latin(right) and left.isdigit() == right.isdigit()


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("tw2s")


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is compared, and where each of its characters stands.

    Only a space between two Latin words or numbers is kept, as one.

    >>> _folded("“５３２” 战　略 high  tech")
    ('532战略high tech', [1, 2, 3, 6, 8, 10, 11, 12, 13, 15, 16, 17, 18, 19])
    """
    kept: list[str] = []
    at: list[int] = []
    space = -1  # where the space before this character stands, if there is one
    for n, character in enumerate(text):
        if character.isspace():
            space = n
        elif character not in _QUOTES:
            # Width and case one by one, so that every character keeps its place.
            plain = unicodedata.normalize("NFKC", character).lower()
            plain = plain if len(plain) == 1 else character
            if space >= 0 and kept and _is_latin(kept[-1]) and _is_latin(plain):
                kept.append(" ")
                at.append(space)
            kept.append(plain)
            at.append(n)
            space = -1
    folded = "".join(kept)
    simplified = folded if folded.isascii() else str(_simplifier().convert(folded))
    return (simplified if len(simplified) == len(folded) else folded), at


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
