"""Makes a concept entry from the facts that a TBX entry states, whatever dialect stated them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, cast, get_args

from termbuilder.formats import notes
from termbuilder.formats.exchange import LoadOptions
from termbuilder.formats.languages import language_code, language_of
from termbuilder.formats.notes import Notes
from termbuilder.formats.select import NOT_TO_BE_USED, taken_for
from termbuilder.formats.tbx_names import (
    PART_OF_SPEECH_WORDS,
    PROCESS_WORDS,
    STATUS_SUFFIX,
    STATUS_WORDS,
    TERM_TYPE_WORDS,
    folded,
)
from termbuilder.formats.text import one_line, reading_of, source_of, spans_in
from termbuilder.model import (
    AdministrativeStatus,
    ConceptEntry,
    Context,
    Definition,
    DefinitionKind,
    EntryStatus,
    LangSec,
    Link,
    ProcessStatus,
    Reading,
    Source,
    TermSec,
    TermType,
    Transaction,
)


class Fact(NamedTuple):
    """One statement: its category (ours, or as written), the name as written, its text; `inner`: what is told about it."""

    category: str
    name: str
    text: str
    target: str = ""
    lang: str = ""
    inner: tuple[Fact, ...] = ()


class RawTerm(NamedTuple):
    """A term and what is stated about it."""

    text: str
    facts: list[Fact]


class RawLanguage(NamedTuple):
    """The terms of a language and what is stated about them together."""

    lang: str
    facts: list[Fact]
    terms: list[RawTerm]


_STATUSES = frozenset(get_args(EntryStatus))
_ADMINISTRATIVE = frozenset(get_args(AdministrativeStatus))
_PROCESS = frozenset(get_args(ProcessStatus))
_DEFINITIONS = frozenset(get_args(DefinitionKind))


class _Draft:
    """An entry in the making: what was stated somewhere and belongs somewhere else waits here.

    `stated` and `frequency`: what a note of ours says about the whole entry, which its terms then leave to be understood.
    """

    def __init__(self) -> None:
        self.stated: EntryStatus | None = None
        self.frequency = 0
        self.definitions: list[tuple[str, Definition]] = []  # with the language, "" if not said
        self.links: list[Link] = []
        self.transactions: list[Transaction] = []
        self.remarks: list[str] = []
        self.approved = False
        self.main = ""  # the language of the main term
        self.begun: set[str] = set()  # languages with a term
        self.usable: set[str] = set()  # languages with a term that may be used


def entry_from(
    identifier: str, facts: Sequence[Fact], languages: Sequence[RawLanguage], options: LoadOptions
) -> tuple[ConceptEntry | None, list[str]]:
    """The entry, or None if it has no term; and remarks about what was not as expected.

    A note `id: ...` names an id that the file could not hold as one; `identifier` is what it held instead.
    """
    draft = _Draft()
    extra: list[tuple[str, str]] = []
    subject_fields: list[str] = []
    texts: list[str] = []
    for fact in facts:
        if fact.category == "note":
            texts.append(fact.text)
        elif fact.category == "subjectField":
            subject_fields.append(fact.text)
        elif not _shared(fact, draft, fact.lang):
            extra.append((fact.name, _with_target(fact)))
    told = notes.told_apart(texts)
    draft.stated = cast(EntryStatus, told.take_one_of("status", _STATUSES)) or None
    identifier = told.take("id") or identifier
    category, documents = told.take("category"), 0
    counts = told.take_counted("frequency")
    if counts:
        draft.frequency, documents = int(counts[0] or 0), counts[1]
    documents = documents or told.take_number("documents")
    sections = _sections(languages, draft)
    if not any(section.term_secs for section in sections.values()):
        return None, draft.remarks
    _definitions_home(draft, sections)
    _language_notes(told, sections)
    links = [*draft.links, *(_link_note(kind, text) for kind, text in told.links)]
    entry = ConceptEntry(
        id=identifier,
        lang_secs=tuple(sections.values()),
        subject_field="; ".join(subject_fields),
        category=category,
        status=draft.stated or ("approved" if draft.approved else options.status),
        links=tuple(links),
        transactions=tuple(draft.transactions),
        note="\n".join([*told.free, *(notes.own(name, value) for name, value in told.own.items())]),
        frequency=draft.frequency,
        document_frequency=documents,
        extra=(*extra, *told.named),
    )
    return entry, draft.remarks


# --- languages and terms ----------------------------------------------------------------------------------------------


def _sections(languages: Sequence[RawLanguage], draft: _Draft) -> dict[str, LangSec]:
    sections: dict[str, LangSec] = {}
    draft.main = next((language.lang for language in languages if language.lang.startswith("zh")), "")
    for language in languages:
        section = _section(language, draft)
        before = sections.get(section.lang)
        if before is not None:
            draft.remarks.append(f"two sections for {section.lang}: read as one")
            section = replace(
                before, term_secs=before.term_secs + section.term_secs, definitions=before.definitions + section.definitions,
                note="\n".join(filter(None, (before.note, section.note))),
            )  # fmt: skip
        sections[section.lang] = section
    return sections


def _section(language: RawLanguage, draft: _Draft) -> LangSec:
    texts: list[str] = []
    outside = len(draft.definitions)
    for fact in language.facts:
        if fact.category == "note":
            texts.append(fact.text)
        elif not _shared(fact, draft, language.lang):
            texts.append(notes.named(fact.name, _with_target(fact)))
    terms = []
    forms = [one_line(raw.text) for raw in language.terms]
    for term, raw in zip(forms, language.terms):
        if term:
            terms.append(_term(term, raw, forms, language.lang, draft))
        else:
            draft.remarks.append(f"an empty {language.lang} term was left out")
    own: tuple[Definition, ...] = ()
    if len(draft.definitions) > outside:
        own = tuple(definition for _, definition in draft.definitions[outside:])
        del draft.definitions[outside:]
    return LangSec(language.lang, tuple(terms), own, "\n".join(texts))


def _term(term: str, raw: RawTerm, forms: Sequence[str], lang: str, draft: _Draft) -> TermSec:
    texts: list[str] = []
    contexts: list[Context] = []
    sources: list[str] = []
    reading: Reading | None = None
    found: dict[str, str] = {}
    administrative: AdministrativeStatus = "admittedTerm"
    process: ProcessStatus = "unprocessed"
    for fact in raw.facts:
        category, text = fact.category, fact.text
        if category == "note":
            texts.append(text)
        elif category == "administrativeStatus":
            word = text.removesuffix(STATUS_SUFFIX)
            if word in _ADMINISTRATIVE:  # as the standard has it
                administrative = cast(AdministrativeStatus, word)
                continue
            word = folded(word.replace("AdmnSts", ""))
            if fact.name.lower() == "status" and word in PROCESS_WORDS:  # a workflow status under the same name
                process = cast(ProcessStatus, PROCESS_WORDS[word])
            elif word in STATUS_WORDS:
                administrative = cast(AdministrativeStatus, STATUS_WORDS[word])
            else:
                texts.append(notes.named(fact.name, text))
        elif category == "context":
            contexts.append(Context(text, source_of(_source_text(fact)), spans_in(text, forms)))
        elif category == "source":
            sources.append(text)
        elif category == "reading" and (lang.startswith("zh") or fact.name == "reading"):
            reading = reading_of(text, term)
            if any(inner.name == "readingNote" and inner.text == "uncertain" for inner in fact.inner):
                reading = replace(reading, uncertain=True)
        elif category == "processStatus" and folded(text) in PROCESS_WORDS:
            process = cast(ProcessStatus, PROCESS_WORDS[folded(text)])
        elif category == "forbidden" and text.lower() in ("true", "yes", "1"):
            administrative = "deprecatedTerm"
        elif category == "preferred" and text.lower() in ("true", "yes", "1"):
            administrative = "preferredTerm"
        elif category == "termType" and folded(text) in TERM_TYPE_WORDS:
            found[category] = TERM_TYPE_WORDS[folded(text)]
        elif category == "partOfSpeech":
            found[category] = PART_OF_SPEECH_WORDS.get(folded(text), text)
        elif category == "geographicalUsage" or (category == "reliabilityCode" and text.isdecimal()):
            found[category] = text
        elif not _shared(fact, draft, lang, about=term):
            texts.append(notes.named(fact.name, _with_target(fact)))
    told = notes.told_apart(texts)
    recorded = process_note = part_of_speech = origin = ""
    reliability = 0
    frequency = draft.frequency if lang == draft.main and lang not in draft.begun else 0
    draft.begun.add(lang)
    if told.own:  # taken before the rest becomes the note
        reading = _noted_reading(told, term, reading)
        recorded = told.take_one_of("recorded status", _ADMINISTRATIVE)
        process_note = told.take_one_of("process status", _PROCESS)
        part_of_speech = told.take("part of speech")
        origins = told.take_counted("origin")
        origin, reliability = origins or ("", 0)
        reliability = reliability or told.take_number("reliability")
        if "frequency" in told.own:
            frequency = told.take_number("frequency")
    if not recorded and draft.stated:
        recorded = taken_for(draft.stated, administrative, lang not in draft.usable)
    if administrative not in NOT_TO_BE_USED:
        draft.usable.add(lang)
    sec = TermSec(
        term=term,
        term_type=cast(TermType, found.get("termType", "fullForm")),
        administrative_status=cast(AdministrativeStatus, recorded or administrative),
        process_status=cast(ProcessStatus, process_note or process),
        part_of_speech=part_of_speech or found.get("partOfSpeech", ""),
        reading=reading,
        contexts=tuple(contexts),
        sources=tuple(sources),
        origin=origin,
        reliability=reliability or int(found.get("reliabilityCode", "0")),
        frequency=frequency,
        geographical_usage=found.get("geographicalUsage", ""),
        note="\n".join(told.lines()) if texts else "",
    )
    if sec.process_status == "finalized" and lang.startswith("zh"):
        draft.approved = True
    return sec


def _noted_reading(told: Notes, term: str, reading: Reading | None) -> Reading | None:
    """The reading that a note states, with the syllables of another note where they cannot be read off."""
    pinyin, syllables = told.take("pinyin"), told.own.pop("syllables", None)
    if reading is None and pinyin:
        reading = reading_of(pinyin, term)
    if reading is not None and syllables is not None:
        reading = replace(reading, syllables=tuple(syllables.split()) if syllables != "-" else ())
    return reading


# --- facts that stand at any level ------------------------------------------------------------------------------------


def _shared(fact: Fact, draft: _Draft, lang: str, about: str = "") -> bool:
    """Take in a definition, a link or a transaction; False if the fact is none of these."""
    if fact.category == "definition":
        draft.definitions.append((lang, _definition(fact)))
    elif fact.category.startswith("link:") and fact.target:
        draft.links.append(_link(fact))
    elif fact.category == "transactionType":
        draft.transactions.append(_transaction(fact, about))
    else:
        return False
    return True


_KIND = re.compile(r" ?\[([a-z ]+)\]$")


def _definition(fact: Fact) -> Definition:
    source, kind = _source_text(fact), "human"
    match = _KIND.search(source)
    if match and match[1] in _DEFINITIONS:
        source, kind = source[: match.start()], match[1]
    return Definition(fact.text, source_of(source) if source else Source(""), cast(DefinitionKind, kind))


def _source_text(fact: Fact) -> str:
    return "; ".join(inner.text for inner in fact.inner if inner.category in ("source", "note") and inner.text)


_LINK_TEXT = re.compile(r"(?P<kind>[A-Za-z]+):(?: (?P<tail>.*))?", re.DOTALL)
_TAIL = re.compile(r"(?P<term>.*?)(?: ?\[(?P<rule>[^\[\]]*)\])?", re.DOTALL)


def _link(fact: Fact) -> Link:
    kind, tail = fact.category.removeprefix("link:"), fact.text
    match = _LINK_TEXT.fullmatch(tail)
    if match and match["kind"] in notes.LINK_KINDS:
        kind, tail = match["kind"], match["tail"] or ""
    parts = _TAIL.fullmatch(tail)
    return Link(kind, fact.target, parts["term"] if parts else tail, (parts["rule"] or "") if parts else "")


def _link_note(kind: str, text: str) -> Link:
    """`broader: 企业 [head] -> c0007`: a link to an entry that is not in the file."""
    tail, _, target = text.rpartition("-> ")
    parts = _TAIL.fullmatch(tail.rstrip(" "))
    return Link(kind, target, parts["term"] if parts else tail, (parts["rule"] or "") if parts else "")


def _transaction(fact: Fact, about: str) -> Transaction:
    told = {inner.category if inner.category != "date" else "date": inner.text for inner in fact.inner}
    kind = "origination" if fact.text in ("origination", "creation", "input") else "modification"
    what = told.get("note", "")
    return Transaction(kind, told.get("date", ""), told.get("responsibility", ""), what or about)


def _with_target(fact: Fact) -> str:
    return f"{fact.text} <{fact.target}>" if fact.target else fact.text


# --- putting together -------------------------------------------------------------------------------------------------


def _definitions_home(draft: _Draft, sections: dict[str, LangSec]) -> None:
    """Give definitions of the whole concept to the language they are in."""
    for written, definition in draft.definitions:
        lang = language_code(written)
        wanted = (
            lang
            if lang in sections or (lang and language_of(definition.text) == lang.split("-")[0])
            else language_of(definition.text)
        )
        key = next((code for code in sections if code == wanted or code.split("-")[0] == wanted.split("-")[0]), "")
        if not key:
            # the file's default language says little about a text that is plainly in another
            key = lang if lang and lang not in sections and wanted == lang else wanted if wanted not in ("zh",) else "zh-CN"
            sections[key] = LangSec(key)
        section = sections[key]
        sections[key] = replace(section, definitions=(*section.definitions, definition))


def _language_notes(told: Notes, sections: dict[str, LangSec]) -> None:
    """`[note de] ...` is the note of a language that has no term in the file."""
    for name, value in list(told.named):
        code = language_code(name.removeprefix("note ")) if name.startswith("note ") else ""
        if code:
            told.named.remove((name, value))
            section = sections.get(code, LangSec(code))
            sections[code] = replace(section, note=value)
