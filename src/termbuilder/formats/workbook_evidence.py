"""Applies what a person changed in the sheets Variants and Contexts of the workbook to the entry that their rows belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast, get_args

from termbuilder.formats.languages import language_of
from termbuilder.formats.text import one_line, plain, reading_of, source_of, spans_in
from termbuilder.formats.workbook_edits import Cells, with_main, with_section
from termbuilder.model import (
    AdministrativeStatus,
    ConceptEntry,
    Context,
    Definition,
    LangSec,
    TermSec,
    TermType,
)


def with_designation(entry: ConceptEntry, lang: str, form: str, cells: Cells) -> tuple[ConceptEntry, list[tuple[str, str]]]:
    """The entry with the changed cells of a Variants row; a form that it does not have yet is added."""
    remarks: list[tuple[str, str]] = []
    section = next((s for s in entry.lang_secs if s.lang == lang), LangSec(lang))
    secs = list(section.term_secs)
    place = next((n for n, sec in enumerate(secs) if one_line(sec.term) == form), None)
    if place is None:
        secs.append(
            TermSec(
                form,
                "variant" if secs else "fullForm",
                process_status="finalized",
                origin="" if lang.startswith("zh") else "human",
            )
        )
        place = len(secs) - 1
    sec = secs[place]
    for column, text in cells.items():
        if column == "form" and one_line(text):
            sec = replace(sec, term=one_line(text))
        elif column == "term_type":
            if text in get_args(TermType):
                sec = replace(sec, term_type=cast(TermType, text))
            else:
                remarks.append((column, f"“{text}” is no type ({', '.join(get_args(TermType))}): left as it was"))
        elif column == "administrative_status":
            if f"{text}Term" in get_args(AdministrativeStatus):
                sec = replace(sec, administrative_status=cast(AdministrativeStatus, f"{text}Term"), process_status="finalized")
            else:
                remarks.append((column, f"“{text}” is none of preferred, admitted, deprecated, superseded: left as it was"))
        elif column == "decision":
            if text == "rejected":
                sec = replace(sec, administrative_status="deprecatedTerm", process_status="finalized")
            elif text in ("approved", "suggested"):
                sec = replace(sec, process_status="finalized" if text == "approved" else "unprocessed")
            else:
                remarks.append((column, f"“{text}” is no status (suggested, approved, rejected): left as it was"))
        elif column == "pinyin":
            sec = replace(sec, reading=reading_of(text, sec.term) if text else None)
        elif column == "reliability" and (not text or text.isdecimal()):
            sec = replace(sec, reliability=int(text or 0))
        elif column == "sources":
            sec = replace(sec, sources=tuple(line for line in plain(text).split("\n") if line))
        elif column == "region":
            sec = replace(sec, geographical_usage=text)
        elif column in ("origin", "note"):
            sec = replace(sec, **{column: text})  # type: ignore[arg-type]
        else:
            remarks.append((column, "not taken over: change it on the sheet Terms"))
    secs[place] = sec
    return with_section(entry, replace(section, term_secs=tuple(secs))), remarks


def with_evidence(entry: ConceptEntry, edits: Sequence[tuple[str, str, Cells]]) -> ConceptEntry:
    """The entry with edited rows of the sheet Contexts, as (key, kind, changed cells); a row without key is new."""
    for key, kind, cells in edits:
        if not key:
            entry = _with_new_evidence(entry, kind, cells)
            continue
        what, lang, *numbers = key.split(" ")
        section = next((s for s in entry.lang_secs if s.lang == lang), None)
        if section is None or not all(number.isdecimal() for number in numbers):
            continue
        if what == "definition":
            definitions = list(section.definitions)
            number = int(numbers[0])
            if number < len(definitions):
                definitions[number] = _edited_definition(definitions[number], cells)
                entry = with_section(entry, replace(section, definitions=tuple(definitions)))
        elif len(numbers) == 2 and int(numbers[0]) < len(section.term_secs):
            secs = list(section.term_secs)
            place, number = int(numbers[0]), int(numbers[1])
            contexts = list(secs[place].contexts)
            if number < len(contexts):
                contexts[number] = _edited_context(contexts[number], cells, [sec.term for sec in secs])
                secs[place] = replace(secs[place], contexts=tuple(contexts))
                entry = with_section(entry, replace(section, term_secs=tuple(secs)))
    return _without_emptied(entry)


def _edited_definition(definition: Definition, cells: Cells) -> Definition:
    if "source" in cells:
        definition = replace(definition, source=source_of(cells["source"]))
    return replace(definition, text=cells["text"], kind="human") if "text" in cells else definition


def _edited_context(context: Context, cells: Cells, forms: Sequence[str]) -> Context:
    if "source" in cells:
        context = replace(context, source=source_of(cells["source"]))
    return replace(context, text=cells["text"], term_spans=spans_in(cells["text"], forms)) if "text" in cells else context


def _with_new_evidence(entry: ConceptEntry, kind: str, cells: Cells) -> ConceptEntry:
    text = cells.get("text", "")
    source = source_of(cells.get("source", ""))
    if not text:
        return entry
    if kind.startswith("definition"):
        section = entry.lang_sec(language_of(text))
        return with_section(entry, replace(section, definitions=(*section.definitions, Definition(text, source, "human"))))
    main = entry.term_sec
    forms = [sec.term for sec in entry.lang_sec("zh").term_secs]
    return with_main(entry, contexts=(*main.contexts, Context(text, source, spans_in(text, forms))))


def _without_emptied(entry: ConceptEntry) -> ConceptEntry:
    sections = tuple(
        replace(
            section,
            definitions=tuple(definition for definition in section.definitions if definition.text),
            term_secs=tuple(replace(sec, contexts=tuple(c for c in sec.contexts if c.text)) for sec in section.term_secs),
        )
        for section in entry.lang_secs
    )
    return replace(entry, lang_secs=sections)
