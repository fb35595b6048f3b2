"""Checks on one entry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from termbuilder.model import ConceptEntry, LangSec, TermSec

from .codes import Finding, about
from .scripts import lookalike, mixed_characters

# A longer Chinese “term” was a clause in every case that we looked at; the longest titles of laws have about 40 characters.
LONGEST_TERM = 45

_STATUSES = ("suggested", "approved", "rejected")
_PICKLISTS = {
    "term_type": ("fullForm", "shortForm", "abbreviation", "acronym", "variant", "phrase"),
    "administrative_status": ("preferredTerm", "admittedTerm", "deprecatedTerm", "supersededTerm"),
    "process_status": ("unprocessed", "provisionallyProcessed", "finalized"),
    "part_of_speech": ("", "noun", "verb", "adjective", "adverb", "properNoun", "phrase", "other"),
}
NOT_TO_BE_USED = ("deprecatedTerm", "supersededTerm")

_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8}|-x(-[A-Za-z0-9]{1,8})+)*")
_XML_ID = re.compile(r"[^\W\d][\w.\-·]*")
# What XML 1.0 (and so TBX and XLSX) cannot hold, and characters that are none.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_EDGE = re.compile(r"^[\s，。、；：！？,;:!?]|[\s，。、；：！？,;:]$")
_FORMULA = re.compile(r"[=+\-@\t]")
_PAIRS = (
    ("(", ")"),
    ("（", "）"),
    ("[", "]"),
    ("【", "】"),
    ("“", "”"),
    ("《", "》"),
    ("「", "」"),
    ("『", "』"),
    ("〈", "〉"),
)


def _terms(entry: ConceptEntry) -> Iterator[tuple[LangSec, TermSec]]:
    return ((section, sec) for section in entry.lang_secs for sec in section.term_secs)


def _is_chinese(section: LangSec) -> bool:
    return section.lang.split("-")[0] == "zh"


def usable(entry: ConceptEntry) -> list[TermSec]:
    """The English terms that may be used: neither empty nor deprecated."""
    return [sec for sec in entry.equivalents if sec.term.strip() and sec.administrative_status not in NOT_TO_BE_USED]


def folded(english: str) -> str:
    """What two English terms share that differ only in case, article, number, hyphen or spacing.

    >>> folded("the National High-Tech Zones") == folded("national high tech zone"), folded("business") == folded("busines")
    (True, False)
    """
    words = [word for word in re.findall(r"[^\W_]+|[+&]", english.casefold()) if word not in ("a", "an", "the")]
    return " ".join(_PLURAL.sub("", word[:-3] + "y" if word.endswith("ies") else word) for word in words)


_PLURAL = re.compile(r"(?<=[^sui\W]{1})(?<=\w{3})s$")


def _structure(entry: ConceptEntry) -> Iterator[Finding]:
    if not list(_terms(entry)):
        yield about("E102", entry, "the entry has no term")
    elif not entry.term.strip() and not entry.lang_sec("zh").term_secs:
        yield about("W218", entry, "the entry has no Chinese term")
    for section, sec in _terms(entry):
        if not sec.term.strip():
            yield about("E102", entry, f"an empty term ({section.lang})")
    if entry.id and not _XML_ID.fullmatch(entry.id):
        yield about("E111", entry, f"the id {entry.id} is no XML name: begin it with a letter, without spaces or colons")
    for section in entry.lang_secs:
        if not _LANGUAGE_CODE.fullmatch(section.lang):
            hint = " (write it with a hyphen)" if "_" in section.lang else ""
            yield about("E108", entry, f"{section.lang or 'an empty code'} is no language code{hint}", section.lang)
        seen: set[str] = set()
        for sec in section.term_secs:
            if sec.term in seen and sec.term.strip():
                yield about("E104", entry, f"{sec.term} stands twice in {section.lang}", sec.term)
            seen.add(sec.term)


def _values(entry: ConceptEntry) -> Iterator[Finding]:
    if entry.status not in _STATUSES:
        yield about("E109", entry, f"status {entry.status}: use one of {', '.join(_STATUSES)}")
    for _, sec in _terms(entry):
        for name, allowed in _PICKLISTS.items():
            value = getattr(sec, name)
            if value not in allowed:
                shown = ", ".join(filter(None, allowed))
                yield about(
                    "E109", entry, f"{name.replace('_', ' ')} {value} of {sec.term}: use one of {shown}", f"{name} {sec.term}"
                )
    for section in entry.lang_secs:
        preferred = [sec.term for sec in section.term_secs if sec.administrative_status == "preferredTerm"]
        if len(preferred) > 1:
            yield about(
                "E112", entry, f"{section.lang} has {len(preferred)} preferred terms: {' | '.join(preferred)}", section.lang
            )


def _texts(entry: ConceptEntry) -> Iterator[tuple[str, str]]:
    yield "id", entry.id
    yield "subject field", entry.subject_field
    yield "note", entry.note
    yield from entry.extra
    for section in entry.lang_secs:
        for definition in section.definitions:
            yield "definition", definition.text
        for sec in section.term_secs:
            yield "term", sec.term
            yield f"note of {sec.term}", sec.note
            for context in sec.contexts:
                yield "context", context.text


def _characters(entry: ConceptEntry) -> Iterator[Finding]:
    for name, text in _texts(entry):
        if match := _UNWRITABLE.search(text):
            yield about("E110", entry, f"{name}: character U+{ord(match.group()):04X} at {match.start() + 1}", name)


def _english(entry: ConceptEntry) -> Iterator[Finding]:
    english = entry.equivalents
    if not any(sec.term.strip() for sec in english):
        yield about("W201", entry, "no English term")
        return
    if not usable(entry) and entry.status == "approved":
        yield about("E113", entry, "approved, but every English term is deprecated or superseded")
    if entry.status == "approved" and usable(entry) and all(sec.process_status == "unprocessed" for sec in usable(entry)):
        yield about(
            "W206",
            entry,
            f"approved, but {usable(entry)[0].term} is still a proposal: approve or replace it",
            usable(entry)[0].term,
        )
    seen: dict[str, str] = {}
    for sec in english:
        if _HAN.search(sec.term):
            yield about("E114", entry, f"the English term {sec.term} has Chinese characters in it", sec.term)
        if not sec.origin and not sec.sources:
            yield about("W205", entry, f"{sec.term} does not say where it comes from", sec.term)
        if any("！" <= character <= "～" for character in sec.term):
            yield about(
                "W211", entry, f"full-width letters in {sec.term}: write {unicodedata.normalize('NFKC', sec.term)}", sec.term
            )
        key = folded(sec.term)
        if key in seen and seen[key] != sec.term:
            yield about("W214", entry, f"{seen[key]} and {sec.term} are one term", f"{seen[key]} | {sec.term}")
        seen.setdefault(key, sec.term)


def _evidence(entry: ConceptEntry) -> Iterator[Finding]:
    definitions = [definition for section in entry.lang_secs for definition in section.definitions]
    contexts = [context for _, sec in _terms(entry) for context in sec.contexts]
    if not definitions and not contexts:
        yield about("W202", entry, "neither a definition nor a context")
    for definition in definitions:
        if not definition.source.document:
            yield about("W204", entry, f"the definition “{definition.text[:20]}…” has no source", definition.text)
    for context in contexts:
        if not context.source.document:
            yield about("W204", entry, f"the context “{context.text[:20]}…” has no source", context.text)
    if not entry.subject_field:
        yield about("W208", entry, "no subject field")


def _reading(entry: ConceptEntry) -> Iterator[Finding]:
    sec = entry.term_sec
    if not _HAN.search(sec.term):
        return
    if sec.reading is None or not sec.reading.text:
        yield about("W207", entry, "no pinyin")
        return
    characters = len(_HAN.findall(sec.term))
    if sec.reading.uncertain:
        yield about("W207", entry, f"the pinyin {sec.reading.text} is uncertain: look at it", sec.reading.text)
    elif sec.reading.syllables and len(sec.reading.syllables) != characters:
        yield about(
            "W207",
            entry,
            f"{len(sec.reading.syllables)} syllables for {characters} characters: {sec.reading.text}",
            sec.reading.text,
        )


def _printed(entry: ConceptEntry) -> Iterator[Finding]:
    for section, sec in _terms(entry):
        term = sec.term
        if not term.strip():
            continue
        if _EDGE.search(term) or "\n" in term:
            yield about("W209", entry, f"“{term}” has a space, line break or punctuation at its edge", term)
        if unpaired := _unpaired(term, _is_chinese(section)):
            yield about("W213", entry, f"{unpaired} stands alone in {term}", term)
        if _FORMULA.match(term):
            yield about("W216", entry, f"a spreadsheet may take {term} for a formula", term)
        if _is_chinese(section):
            if len(term) > LONGEST_TERM:
                yield about("W215", entry, f"{term[:20]}… has {len(term)} characters: is it a term?", term)
            if mixed := mixed_characters(term):
                yield about("W212", entry, f"{term} mixes traditional {mixed[0]} and simplified {mixed[1]}", term)
        elif strange := lookalike(term):
            yield about("W210", entry, f"{strange} in {term} looks like a Latin letter: U+{ord(strange):04X}", term)


def _unpaired(term: str, chinese: bool) -> str:
    """A bracket or quotation mark without its other half, also one that closes before it opens.

    >>> _unpaired("“532”战略", True), _unpaired("”双一流“", True), _unpaired('the "532" strategy', False), _unpaired("SMEs’ bonds", False)
    ('', '”', '', '')
    """
    # in English ’ is mostly an apostrophe
    for opening, closing in (*_PAIRS, ("‘", "’")) if chinese else _PAIRS:
        open_ = 0
        for character in term:
            open_ += (character == opening) - (character == closing)
            if open_ < 0:
                return closing
        if open_:
            return opening
    return '"' if term.count('"') % 2 else ""


ENTRY_CHECKS: tuple[Callable[[ConceptEntry], Iterator[Finding]], ...] = (
    _structure,
    _values,
    _characters,
    _english,
    _evidence,
    _reading,
    _printed,
)
