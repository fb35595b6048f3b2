"""Checks the reference glossary against the rules that its README states."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import opencc

from termbuilder.equivalents.glossaries import GlossaryRow, reference_rows, shipped_folder
from termbuilder.equivalents.keys import has_han, key_of, sameness
from termbuilder.equivalents.spelling import Spelling
from termbuilder.tables import Tables

SUBJECT_FIELDS = frozenset(
    (
        "science and technology policy", "governance", "talent and education", "industry", "institutions", "finance",
        "society and environment", "enterprise", "agriculture and regional development",
    )
)  # fmt: skip
TERM_TYPES = frozenset(("fullForm", "shortForm", "abbreviation", "phrase"))
COLUMNS = ("term", "english", "other", "deprecated", "subject_field", "term_type", "source", "short_of", "note")

# `a number of` is a quantity; 本办法 is the Measures that say so
_ARTICLE = re.compile(r"(?i)(?:an?|the)\s(?!number of)")
_THIS = ("本", "该")
_REMARK = re.compile(r"[()\[\]{}]|[.;:]$")
_UNUSUAL = re.compile(r"[^A-Za-z0-9é ,.'&+/\"%–()\[\]{};:-]")
_WORD = re.compile(r"[a-z]{6,}")
_OUTER_QUOTES = re.compile(r"^[“\"「『‘].*[”\"」』’]$")
# 开放 as a noun is two words; the hyphen is for the attribute of a noun that follows
_HYPHENED_NOUN = re.compile(r"(?i)\b(opening)-(up)(?=$|,|\s(?:and|by|for|in|of|on|or|through|to|with)\b)")
_SPACES = re.compile(r"\s{2,}|^\s|\s$")
# A word seen once that is one slip away from a word seen so often is looked at.
_USUAL = 12
_WORDS_OF_THEIR_OWN = frozenset(
    (
        "actors",
        "bounty",
        "grading",
        "lading",
        "leasing",
        "leaving",
        "lights",
        "omissions",
        "soaring",
        "lasting",
        "coupled",
        "insurance",
        "mission",
    )
)


@dataclass(frozen=True, slots=True)
class GlossaryProblem:
    """A row that breaks a rule: where, which rule, what is wrong."""

    place: str
    rule: str
    message: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.place}: {self.message} ({self.rule})"


def check(tables: Tables, folder: Path | None = None) -> list[GlossaryProblem]:
    """All problems of the glossary in `folder` (the shipped one unless named), rule by rule; an empty list is a clean glossary."""
    paths = sorted((folder or shipped_folder()).glob("*.tsv"))
    rows = [row for path in paths for row in reference_rows(path)]
    spelling = Spelling.from_tables(tables, "US")
    checks: tuple[Callable[[], Iterable[GlossaryProblem]], ...] = (
        lambda: _headings(paths),
        lambda: chain.from_iterable(map(_one_row, rows)),
        lambda: _duplicates(rows),
        lambda: _contradictions(rows),
        lambda: _shared_english(rows),
        lambda: _british(rows, spelling),
        lambda: _slips(rows),
        lambda: _traditional(rows),
    )
    return [problem for run in checks for problem in run()]


def _headings(paths: Sequence[Path]) -> Iterator[GlossaryProblem]:
    for path in paths:
        first = path.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r").split("\t")
        if tuple(first) != COLUMNS:
            yield GlossaryProblem(path.name, "columns", f"the columns are to be {', '.join(COLUMNS)}")


def _one_row(row: GlossaryRow) -> Iterator[GlossaryProblem]:
    def problem(rule: str, message: str) -> GlossaryProblem:
        return GlossaryProblem(row.place, rule, f"{row.term}: {message}")

    if row.subject_field not in SUBJECT_FIELDS:
        yield problem("subject field", f"“{row.subject_field}” is no field of the scheme")
    if row.term_type not in TERM_TYPES:
        yield problem("term type", f"“{row.term_type}” is none of {', '.join(sorted(TERM_TYPES))}")
    if _OUTER_QUOTES.match(row.term) or _SPACES.search(row.term):
        yield problem("characters", "no outer quotation marks and no spaces around a term")
    if row.short_of and key_of(row.short_of) == key_of(row.term):
        yield problem("short form", "a term is no short form of itself")
    for english in (row.english, *row.other):
        yield from (problem(rule, f"“{english}” {message}") for rule, message in _english_faults(english, row.term))
    accepted = [sameness(one, {}) for one in (row.english, *row.other)]
    if len(set(accepted)) < len(accepted):
        yield problem("other English", "the same English twice")
    for rendering, why in row.deprecated:
        if not why:
            yield problem("deprecated", f"“{rendering}” needs a reason: rendering: reason")
        if rendering in (row.english, *row.other):
            yield problem("deprecated", f"“{rendering}” is both accepted and to be avoided")
        if has_han(rendering):
            yield problem("deprecated", f"“{rendering}” is not English")


def _english_faults(english: str, term: str) -> Iterator[tuple[str, str]]:
    if has_han(english) or _UNUSUAL.search(english):
        yield "characters", "holds characters that do not belong there"
    if _ARTICLE.match(english) and not term.startswith(_THIS):
        yield "article", "starts with an article"
    if _REMARK.search(english):
        yield "remark", "holds a bracket or ends with a stop"
    if _SPACES.search(english):
        yield "spaces", "holds spaces that do not belong there"
    two_words = _HYPHENED_NOUN.sub(r"\1 \2", english)
    if two_words != english:
        yield "opening up", f"hyphens a noun: write “{two_words}”"
    if english.count('"') % 2:
        yield "quotation marks", "has an odd number of quotation marks"
    if english.isupper() and len(english) > 12 and not term.isascii():
        yield "capitals", "is all capitals"


def _duplicates(rows: Iterable[GlossaryRow]) -> Iterator[GlossaryProblem]:
    seen: dict[str, GlossaryRow] = {}
    for row in rows:
        first = seen.setdefault(key_of(row.term), row)
        if first is not row:
            yield GlossaryProblem(row.place, "duplicate", f"{row.term} stands in {first.place} too")


def _contradictions(rows: Sequence[GlossaryRow]) -> Iterator[GlossaryProblem]:
    """A short form whose English shares nothing with that of its full form; English accepted here, deprecated there."""
    by_term = {key_of(row.term): row for row in rows}
    for row in rows:
        full = by_term.get(key_of(row.short_of)) if row.short_of else None
        if full is None:
            continue
        refused = {sameness(rendering, {}) for rendering, _ in full.deprecated} - {
            sameness(one, {}) for one in (full.english, *full.other)
        }
        if sameness(row.english, {}) in refused:
            yield GlossaryProblem(row.place, "contradiction", f"{row.term}: “{row.english}” is deprecated in {full.place}")


def _shared_english(rows: Sequence[GlossaryRow]) -> Iterator[GlossaryProblem]:
    """Two concepts with one preferred English, and no note in either row that says why."""
    by_term = {key_of(row.term): row for row in rows}
    groups: dict[str, list[GlossaryRow]] = defaultdict(list)
    for row in rows:
        groups[sameness(row.english, {})].append(row)
    for group in groups.values():
        concepts = {_root(row, by_term) for row in group}
        if len(concepts) > 1 and not any(row.note for row in group):
            terms = ", ".join(row.term for row in group)
            yield GlossaryProblem(
                group[1].place, "shared English", f"“{group[1].english}” is the English of {terms}: a note must say why"
            )


def _root(row: GlossaryRow, by_term: dict[str, GlossaryRow]) -> str:
    """The concept that a row names: the full form at the end of its short forms."""
    seen = {row.term}
    while row.short_of and row.short_of not in seen:
        seen.add(row.short_of)
        full = by_term.get(key_of(row.short_of))
        if full is None:
            return key_of(row.short_of)
        row = full
    return key_of(row.term)


def _british(rows: Iterable[GlossaryRow], spelling: Spelling) -> Iterator[GlossaryProblem]:
    for row in rows:
        for english in (row.english, *row.other):
            if spelling.spelled(english) != english:
                yield GlossaryProblem(row.place, "US spelling", f"{row.term}: “{english}”, write “{spelling.spelled(english)}”")


def _slips(rows: Sequence[GlossaryRow]) -> Iterator[GlossaryProblem]:
    """Words seen once that differ by one slip from a usual word: most are misspelled."""
    counts = Counter(word for row in rows for word in _words(row))
    usual = [word for word, count in counts.items() if count >= _USUAL]
    for row in rows:
        for word in _words(row):
            if counts[word] > 1 or word in _WORDS_OF_THEIR_OWN:
                continue
            near = next((one for one in usual if abs(len(one) - len(word)) <= 1 and _slip(word, one)), None)
            if near:
                yield GlossaryProblem(row.place, "spelling", f"{row.term}: “{word}”, or is it “{near}”?")


def _words(row: GlossaryRow) -> list[str]:
    return _WORD.findall(" ".join((row.english, *row.other)).lower())


def _slip(word: str, usual: str) -> bool:
    stem = min(len(word), len(usual)) - 3
    # program, programs, programmed: a difference at the end is an inflection
    return word[:stem] != usual[:stem] and _one_edit(word, usual)


def _one_edit(word: str, usual: str) -> bool:
    """Is one letter added, left out or another, or are two neighbors exchanged?"""
    at = next((n for n, (one, other) in enumerate(zip(word, usual, strict=False)) if one != other), min(len(word), len(usual)))
    rest, usual_rest = word[at:], usual[at:]
    if len(word) != len(usual):
        return rest[1:] == usual_rest or rest == usual_rest[1:]
    exchanged = rest[:2] == usual_rest[1::-1] and rest[2:] == usual_rest[2:]
    return bool(rest) and (rest[1:] == usual_rest[1:] or exchanged)


def _traditional(rows: Iterable[GlossaryRow]) -> Iterator[GlossaryProblem]:
    converter = opencc.OpenCC("tw2s")
    for row in rows:
        simplified = str(converter.convert(row.term))
        if simplified != row.term:
            yield GlossaryProblem(row.place, "characters", f"{row.term}: write simplified characters: {simplified}")
