"""MultiTerm XML (`.mtf.xml`), and the termbase definition (`.xdt`) that MultiTerm needs before it imports it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from termbuilder.errors import FormatError
from termbuilder.formats import notes
from termbuilder.formats.exchange import DEFAULTS, LOAD_DEFAULTS, Loaded, LoadOptions, Options, Problem, loaded
from termbuilder.formats.files import written
from termbuilder.formats.languages import language_code
from termbuilder.formats.multiterm_definition import definition
from termbuilder.formats.select import chosen, main_term, statuses
from termbuilder.formats.table_profiles import ordered
from termbuilder.formats.tbx_entry import Fact, RawLanguage, RawTerm, entry_from
from termbuilder.formats.tbx_names import CATEGORY_WORDS, folded
from termbuilder.formats.text import han_count, one_line, plain, reading_text, source_text, syllables_of
from termbuilder.model import ConceptEntry, Run, Source, TermSec

if TYPE_CHECKING:
    from lxml.etree import _Element

# MultiTerm knows languages by name and code; the name is what the user sees in its index list.
LANGUAGES = {
    "zh-CN": ("Chinese (PRC)", "ZH-CN"), "zh-Hans": ("Chinese (PRC)", "ZH-CN"), "zh": ("Chinese", "ZH"), "zh-TW": ("Chinese (Taiwan)", "ZH-TW"),
    "en": ("English", "EN"), "en-US": ("English (United States)", "EN-US"), "en-GB": ("English (United Kingdom)", "EN-GB"),
    "de": ("German", "DE"), "fr": ("French", "FR"), "es": ("Spanish", "ES"), "ru": ("Russian", "RU"), "ja": ("Japanese", "JA"),
}  # fmt: skip

# Fields of ours, and the named note that each is when read back.
FIELDS = {
    "Status": "status", "Category": "category", "Entry ID": "id", "Frequency": "frequency", "Documents": "documents",
    "Origin": "origin", "Reliability": "reliability", "Process status": "process status", "Recorded status": "recorded status",
    "Syllables": "syllables",
}  # fmt: skip
_OF_CONCEPTS = ("Status", "Category", "Entry ID", "Documents")  # in a term, these are somebody else's fields
ENTRY_FIELDS = ("Entry ID", "Status", "Subject", "Category", "Frequency", "Documents", "Note")
LANGUAGE_FIELDS = ("Definition", "Source", "Note")
TERM_FIELDS = (
    "Use", "Part of Speech", "Term type", "Pinyin", "Syllables", "Region", "Context", "Source", "Origin", "Reliability",
    "Frequency", "Process status", "Recorded status", "Note",
)  # fmt: skip


def dump(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write MultiTerm XML, and beside it the definition of a termbase that takes it (same name, `.xdt`)."""
    kept = chosen(entries, options)
    numbers: dict[str, tuple[int, str]] = {}
    extra: dict[str, None] = {}
    links: dict[str, None] = {}
    langs: dict[str, None] = {}
    for number, entry in enumerate(kept, 1):
        numbers[entry.id] = (number, one_line(entry.term))
        extra.update(dict.fromkeys(name for name, _ in entry.extra if not _is_ours(name)))
        links.update(dict.fromkeys(_link_field(link.kind) for link in entry.links))
        langs.update(dict.fromkeys(section.lang for section in entry.lang_secs if section.term_secs))
    names = [_language(lang) for lang in ordered(langs)]
    with written(path) as beside, open(beside, "w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<mtf>\n')
        for number, entry in enumerate(kept, 1):
            file.write("\n".join(_concept(entry, number, numbers)) + "\n")
        file.write("</mtf>\n")
    with written(path.with_name(f"{path.name.removesuffix('.xml').removesuffix('.mtf')}.xdt")) as beside:
        fields = {"entry": (*ENTRY_FIELDS, *links, *extra), "language": LANGUAGE_FIELDS, "term": TERM_FIELDS}
        beside.write_text(definition(fields, names, plain(run.name)), encoding="utf-8")
    return len(kept)


def _language(lang: str) -> tuple[str, str]:
    return LANGUAGES.get(lang, (lang, lang.upper()))


def _link_field(kind: str) -> str:
    return {"broader": "Broader term", "narrower": "Narrower term", "related": "See also"}.get(kind, kind)


def _field(name: str, value: str | int, *inner: str, link: int | None = None) -> str:
    if not value:
        return ""
    aim = f' Clink="{link}"' if link else ""
    return (
        f"<descripGrp><descrip type={quoteattr(name)}{aim}>{escape(plain(str(value)))}</descrip>{''.join(inner)}</descripGrp>"
    )


def _is_ours(name: str) -> bool:
    """Would a field of this name be read as one of ours?"""
    return name in ENTRY_FIELDS or name in FIELDS or name in _LINKS or folded(name) in CATEGORY_WORDS


def _concept(entry: ConceptEntry, number: int, numbers: dict[str, tuple[int, str]]) -> Iterator[str]:
    yield f"  <conceptGrp>\n    <concept>{number}</concept>"
    for transaction in entry.transactions:
        if len(transaction.when) >= 10:
            date = transaction.when if "T" in transaction.when else f"{transaction.when}T00:00:00"
            kind = "origination" if transaction.kind == "origination" else "modification"
            yield f'    <transacGrp><transac type="{kind}">{escape(plain(transaction.who))}</transac><date>{escape(date[:19])}</date></transacGrp>'
    fields = [
        _field("Entry ID", entry.id),
        _field("Status", entry.status),
        _field("Subject", entry.subject_field),
        _field("Category", entry.category),
        _field("Frequency", entry.frequency),
        _field("Documents", entry.document_frequency),
        _field("Note", notes.free(plain(entry.note))),
    ]
    for link in entry.links:
        inside, term = numbers.get(link.target, (None, ""))
        shown = one_line(link.term) or term
        tail = f"{shown} [{link.rule}]" if link.rule else shown
        fields.append(_field(_link_field(link.kind), tail if inside else f"{tail} -> {link.target}", link=inside))
    # a user's own column called Status is none of our statuses
    fields += [
        _field("Note", notes.named(name, value)) if _is_ours(name) else _field(name, value) for name, value in entry.extra
    ]
    yield from (f"    {field}" for field in fields if field)
    main = main_term(entry)
    for section in entry.lang_secs:
        if not section.term_secs:
            continue
        name, code = _language(section.lang)
        yield f"    <languageGrp>\n      <language type={quoteattr(name)} lang={quoteattr(code)}/>"
        for text in section.definitions:
            kind = "" if text.kind == "human" else f"[{text.kind}]"
            source = " ".join(filter(None, (source_text(text.source), kind)))
            yield f"      {_field('Definition', text.text, _field('Source', source))}"
        if section.note:
            yield f"      {_field('Note', section.note)}"
        for sec, (shown, recorded) in zip(section.term_secs, statuses(entry, section)):
            yield "      <termGrp>"
            yield f"        <term>{escape(one_line(sec.term))}</term>"
            assumed = entry.frequency if sec is main else 0
            frequency = str(sec.frequency) if sec.frequency != assumed else ""
            yield from (f"        {field}" for field in _term_fields(sec, shown, recorded or "", frequency) if field)
            yield "      </termGrp>"
        yield "    </languageGrp>"
    yield "  </conceptGrp>"


def _term_fields(sec: TermSec, status: str, recorded: str, frequency: str) -> list[str]:
    return [
        _field("Use", status.removesuffix("Term")),
        _field("Part of Speech", sec.part_of_speech),
        _field("Term type", sec.term_type),
        _field("Pinyin", reading_text(sec.reading) if sec.reading else ""),
        _field("Syllables", _syllables(sec)),
        _field("Region", sec.geographical_usage),
        *(
            _field("Context", c.text, _field("Source", source_text(c.source) if c.source != Source("") else ""))
            for c in sec.contexts
        ),
        *(_field("Source", source) for source in sec.sources),
        _field("Origin", sec.origin),
        _field("Reliability", sec.reliability),
        _field("Frequency", frequency),
        _field("Process status", sec.process_status if sec.process_status != "unprocessed" else ""),
        _field("Recorded status", recorded),
        _field("Note", notes.free(plain(sec.note))),
    ]


def _syllables(sec: TermSec) -> str:
    """The syllables where they cannot be read off the pinyin; a hyphen if there are none."""
    if sec.reading is None or sec.reading.syllables == syllables_of(plain(sec.reading.text), han_count(one_line(sec.term))):
        return ""
    return " ".join(sec.reading.syllables) or "-"


# --- and back ---------------------------------------------------------------------------------------------------------


def load(path: Path, options: LoadOptions = LOAD_DEFAULTS) -> Loaded:
    """Read MultiTerm XML, ours or an export of MultiTerm; FormatError if it is no such file or holds no entry."""
    from lxml import etree

    entries: list[ConceptEntry] = []
    problems: list[Problem] = []
    ids: dict[str, str] = {}
    first = True
    try:
        events = etree.iterparse(
            str(path), events=("start", "end"), tag=None, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for event, element in events:
            if first:
                first = False
                if element.tag != "mtf":
                    raise FormatError(f"{path.name} is no MultiTerm XML: it begins with <{element.tag}>, not with <mtf>.")
            if event == "end" and element.tag == "conceptGrp":
                entry = _entry(element, path.name, options, problems)
                if entry is not None:
                    number = (element.findtext("concept") or "").strip()
                    ids[number] = entry.id
                    entries.append(entry)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise FormatError(f"{path.name} is no well-formed XML ({error.msg}). Export it again from MultiTerm.") from error
    except OSError as error:
        raise FormatError(f"{path} cannot be read ({error.strerror or error}). Check the name and try again.") from error
    entries = [
        replace(e, links=tuple(replace(link, target=ids.get(link.target, link.target)) for link in e.links)) for e in entries
    ]
    return loaded(path, entries, problems)


def _entry(element: _Element, name: str, options: LoadOptions, problems: list[Problem]) -> ConceptEntry | None:
    number = (element.findtext("concept") or "").strip()
    place = f"{name}, concept {number}, line {element.sourceline}"
    languages = []
    for group in element.iterfind("languageGrp"):
        language = group.find("language")
        written = [language.get("lang") or "", language.get("type") or ""] if language is not None else []
        code = next((code for text in written if (code := language_code(text))), "und")
        if code == "und":
            problems.append(
                Problem(place, f"a language without a known code ({', '.join(filter(None, written))}): read as und")
            )
        terms = [RawTerm(term.findtext("term") or "", list(_facts(term))) for term in group.iterfind("termGrp")]
        languages.append(RawLanguage(code, list(_facts(group)), terms))
    entry, remarks = entry_from(f"mt{number}" if number else "", list(_facts(element)), languages, options)
    problems.extend(Problem(place, remark) for remark in remarks)
    if entry is None:
        problems.append(Problem(place, "no term in it, so it was not read", refused=True))
        return None
    return entry


_LINKS = {
    "Broader term": "broader",
    "Narrower term": "narrower",
    "See also": "related",
    **{kind: kind for kind in notes.LINK_KINDS},
}


def _facts(element: _Element) -> Iterator[Fact]:
    for group in element:
        if group.tag == "transacGrp":
            transac = group.find("transac")
            if transac is not None:
                who, date = transac.text or "", (group.findtext("date") or "").removesuffix("T00:00:00")
                inner = (Fact("responsibility", "responsibility", who), Fact("date", "date", date))
                yield Fact("transactionType", "transactionType", transac.get("type") or "", inner=inner)
        elif group.tag == "system" and group.get("type") == "status" and (group.text or "") == "approved":
            yield Fact("note", "note", "status: approved")
        elif group.tag == "descripGrp":
            descrip = group.find("descrip")
            if descrip is not None:
                yield _fact(descrip, tuple(_facts(group)))


def _fact(descrip: _Element, inner: tuple[Fact, ...]) -> Fact:
    label = descrip.get("type") or ""
    text = plain("".join(part for part in descrip.itertext() if isinstance(part, str)))
    if label in _LINKS:
        tail, _, target = text.rpartition("-> ")
        number = descrip.get("Clink") or ""
        return Fact("link:" + _LINKS[label], label, text if number else tail.strip(), number or target)
    parent = descrip.getparent()
    concept = parent is not None and (above := parent.getparent()) is not None and above.tag == "conceptGrp"
    if label in FIELDS and (concept or label not in _OF_CONCEPTS):
        return Fact("note", "note", notes.own(FIELDS[label], text))
    if label == "Pinyin":  # of any language
        return Fact("reading", "reading", text)
    return Fact(CATEGORY_WORDS.get(folded(label), label), label, text, inner=inner)
