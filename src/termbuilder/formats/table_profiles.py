"""What stands in the tables that tools recognise by themselves: their columns, and the rows made of entries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from termbuilder.formats import workbook_rows as rows
from termbuilder.formats.select import NOT_TO_BE_USED, shown_status
from termbuilder.formats.text import one_line, plain, reading_text
from termbuilder.model import ConceptEntry, LangSec, TermSec

Row = list[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """The columns of a tool: its delimiter, what it is, and the rows, header first.

    `byte_order_mark`: for Excel, which takes a file without it for an old encoding; other programs read it as part of the first title.
    `both`: an empty cell would delete a translation that is there already, so entries without English are left out.
    """

    about: str
    rows: Callable[[Collection[ConceptEntry]], Iterator[Row]]
    delimiter: str = ","
    byte_order_mark: bool = False
    both: bool = False


# --- what rows are made of --------------------------------------------------------------------------------------------


def languages_of(entries: Iterable[ConceptEntry]) -> list[str]:
    """The languages with a term, Chinese first, English second (also if there is none yet)."""
    return ordered(section.lang for entry in entries for section in entry.lang_secs if section.term_secs)


def ordered(langs: Iterable[str]) -> list[str]:
    """Languages, each once: Chinese first, English second (also if there is none yet).

    >>> ordered(["de", "en-GB", "de"])
    ['zh-CN', 'en-GB', 'de']
    """
    codes = dict.fromkeys(langs)
    for place, (primary, code) in enumerate((("zh", "zh-CN"), ("en", "en"))):
        found = next((lang for lang in codes if lang.split("-")[0] == primary), None)
        codes.pop(found or "", None)
        codes = dict([*list(codes.items())[:place], (found or code, None), *list(codes.items())[place:]])
    return list(codes)


def section_of(entry: ConceptEntry, lang: str) -> LangSec:
    """The section of exactly this language."""
    return next((section for section in entry.lang_secs if section.lang == lang), LangSec(lang))


def used(section: LangSec) -> list[TermSec]:
    """The terms that may be used. A table without a place for "do not use" leaves the others out."""
    return [sec for sec in section.term_secs if sec.administrative_status not in NOT_TO_BE_USED]


def words(section: LangSec) -> list[str]:
    """The same as text."""
    return [one_line(sec.term) for sec in used(section)]


def _definition(section: LangSec) -> str:
    return plain(section.definitions[0].text) if section.definitions else ""


def _pinyin(entry: ConceptEntry) -> str:
    return reading_text(entry.term_sec.reading) if entry.term_sec.reading else ""


def _remark(entry: ConceptEntry, *texts: str) -> str:
    """What a tool without a status field shows beside the term; it begins with the status."""
    return "; ".join([entry.status, *(text for text in texts if text)])


# --- profiles ---------------------------------------------------------------------------------------------------------


def _own(entries: Collection[ConceptEntry]) -> Iterator[Row]:
    extra = rows.extra_columns(name for entry in entries for name, _ in entry.extra)
    yield [rows.ID.title, *(column.title for column in rows.TERMS), *extra.values()]
    for entry in entries:
        cells, facts = rows.terms_row(entry), rows.extra_cells(entry)
        yield [entry.id, *(str(cells[column.key]) for column in rows.TERMS), *(facts.get(name, "") for name in extra)]


CROWDIN_STATUS = {
    "preferredTerm": "preferred",
    "admittedTerm": "admitted",
    "deprecatedTerm": "not recommended",
    "supersededTerm": "obsolete",
}


def _crowdin(entries: Collection[ConceptEntry]) -> Iterator[Row]:
    """A row for each further synonym; rows with the same concept id belong together."""
    langs = languages_of(entries)
    fields = ("Term", "Description", "Part of Speech", "Type", "Status", "Note")
    yield [
        "Concept ID",
        "Concept Definition",
        "Concept Subject",
        "Concept Note",
        *(f"{field} [{lang}]" for lang in langs for field in fields),
    ]
    for entry in entries:
        sections = [section_of(entry, lang) for lang in langs]
        definition = rows.shown_definition(entry)
        for number in range(max(len(section.term_secs) for section in sections)):
            row = (
                [entry.id, plain(definition.text) if definition else "", entry.subject_field, plain(entry.note)]
                if number == 0
                else [entry.id, "", "", ""]
            )
            for section in sections:
                row += _crowdin_term(entry, section, number)
            yield row


def _crowdin_term(entry: ConceptEntry, section: LangSec, number: int) -> Row:
    if number >= len(section.term_secs):
        return [""] * 6
    sec = section.term_secs[number]
    status = shown_status(entry, section, sec)
    decided = entry.status == "approved" and (sec.process_status == "finalized" or sec.origin in ("", "human"))
    shown = "draft" if not decided and status == "admittedTerm" else CROWDIN_STATUS[status]
    context = plain(sec.contexts[0].text) if sec.contexts else ""
    reading = reading_text(sec.reading) if sec.reading else ""
    kind = {"fullForm": "full form", "shortForm": "short form"}.get(sec.term_type, sec.term_type)
    return [one_line(sec.term), context, sec.part_of_speech, kind, shown, "; ".join(filter(None, (reading, plain(sec.note))))]


def _phrase(entries: Collection[ConceptEntry]) -> Iterator[Row]:
    """Phrase Strings: one term a row, a column for each locale."""
    langs = languages_of(entries)
    yield ["term", "case sensitive", "translatable", "description", *langs]
    for entry in entries:
        definition = rows.shown_definition(entry)
        remark = _remark(entry, _pinyin(entry), plain(definition.text) if definition else "")
        first = [(words(section_of(entry, lang)) or [""])[0] for lang in langs]
        yield [first[0] or one_line(entry.term), "false", "true", remark, *first]


def _lokalise(entries: Collection[ConceptEntry]) -> Iterator[Row]:
    """Lokalise: one term a row, a translation and its description for each language."""
    langs = languages_of(entries)
    yield [
        "term", "description", "casesensitive", "translatable", "forbidden", "tags",
        *(title for lang in langs for title in (lang.replace("-", "_"), f"{lang.replace('-', '_')}_description")),
    ]  # fmt: skip
    for entry in entries:
        first = [(words(section_of(entry, lang)) or [""])[0] for lang in langs]
        definition = rows.shown_definition(entry)
        tags = ",".join(filter(None, (entry.status, entry.category)))
        row = [first[0], plain(definition.text) if definition else _pinyin(entry), "no", "yes", "no", tags]
        for lang, word in zip(langs, first):
            row += [word, _definition(section_of(entry, lang))]
        yield row


def _trados(entries: Collection[ConceptEntry]) -> Iterator[Row]:
    """Trados cloud terminology: one entry a row, synonyms by |, a column for each locale."""
    langs = languages_of(entries)
    yield [*langs, "Definition", "Subject", "Status", "Pinyin", "Context", "Note", "ID"]
    for entry in entries:
        definition, context = rows.shown_definition(entry), rows.shown_context(entry)
        yield [
            *("|".join(words(section_of(entry, lang))) for lang in langs),
            plain(definition.text) if definition else "", entry.subject_field, entry.status, _pinyin(entry),
            plain(context.text) if context else "", plain(entry.note), entry.id,
        ]  # fmt: skip


def _tilde(entries: Collection[ConceptEntry]) -> Iterator[Row]:
    """Tilde Term and EuroTermBank: ID, then term and definition for each language."""
    langs = languages_of(entries)
    yield ["ID", *(f"{what}-{lang}" for lang in langs for what in ("Term", "Definition")), "Domain", "Status", "Note"]
    for entry in entries:
        row = [entry.id]
        for lang in langs:
            section = section_of(entry, lang)
            row += ["|".join(words(section)), _definition(section)]
        yield [*row, entry.subject_field, entry.status, "; ".join(filter(None, (_pinyin(entry), plain(entry.note))))]


MEMOQ_LANGUAGES = {
    "zh-CN": "Chinese_PRC", "zh-TW": "Chinese_Taiwan", "zh-HK": "Chinese_Hong_Kong_SAR", "zh-Hans": "Chinese_PRC", "en": "English",
    "en-US": "English_United_States", "en-GB": "English_United_Kingdom", "de": "German", "fr": "French", "es": "Spanish",
}  # fmt: skip


def _memoq(entries: Collection[ConceptEntry]) -> Iterator[Row]:
    """One entry a row; for each language its definition, then three columns for each term."""
    langs = languages_of(entries)
    most = dict.fromkeys(langs, 1)
    for entry in entries:
        most = {lang: max(number, len(used(section_of(entry, lang)))) for lang, number in most.items()}
    head = [
        "Entry_ID",
        "Entry_Subject",
        "Entry_Domain",
        "Entry_ClientID",
        "Entry_ProjectID",
        "Entry_Created",
        "Entry_Creator",
        "Entry_LastModified",
        "Entry_Modifier",
        "Entry_Note",
    ]
    for lang in langs:
        name = MEMOQ_LANGUAGES.get(lang, lang)
        head += [f"{name}_Def", *([name, "Term_Info", "Term_Example"] * most[lang])]
    yield head
    for number, entry in enumerate(entries, 1):
        note = _remark(entry, _pinyin(entry), plain(entry.note), f"id: {entry.id}" if entry.id else "")
        row = [str(number), entry.subject_field, entry.category, "", "", "", "", "", "", note]
        for lang in langs:
            section = section_of(entry, lang)
            row.append(_definition(section))
            secs = used(section)
            for sec in secs:
                row += [one_line(sec.term), "", plain(sec.contexts[0].text) if sec.contexts else ""]
            row += [""] * (3 * (most[lang] - len(secs)))
        yield row


def _matecat(entries: Collection[ConceptEntry]) -> Iterator[Row]:
    """MateCat: concept columns, then term, notes and example for each locale."""
    langs = languages_of(entries)
    yield [
        "Forbidden",
        "Domain",
        "Subdomain",
        "Definition",
        *(title for lang in langs for title in (lang, "Notes", "Example of use")),
    ]
    for entry in entries:
        definition, context = rows.shown_definition(entry), rows.shown_context(entry)
        row = ["FALSE", entry.subject_field, entry.category, plain(definition.text) if definition else ""]
        for place, lang in enumerate(langs):
            terms = words(section_of(entry, lang))
            remark = _remark(entry, _pinyin(entry), plain(entry.note)) if place == 0 else "; ".join(terms[1:])
            row += [terms[0] if terms else "", remark, plain(context.text) if context and place == 0 else ""]
        yield row


PROFILES = MappingProxyType(
    {
        "": Profile("our own columns", _own, byte_order_mark=True),
        "crowdin": Profile("Crowdin", _crowdin),
        "phrase": Profile("Phrase Strings", _phrase),
        "lokalise": Profile("Lokalise", _lokalise, delimiter=";", both=True),
        "trados": Profile("Trados cloud terminology", _trados),
        "tilde": Profile("Tilde Term, EuroTermBank", _tilde),
        "memoq": Profile("memoQ, Qterm", _memoq, delimiter=";"),
        "matecat": Profile("MateCat", _matecat),
    }
)
