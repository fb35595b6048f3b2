"""Writes lists of pairs, a source and a target term a row: OmegaT's tab glossary and UTX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from termbuilder.formats import workbook_rows as rows
from termbuilder.formats.exchange import DEFAULTS, Options
from termbuilder.formats.files import written
from termbuilder.formats.select import NOT_TO_BE_USED, chosen, shown_status, standing
from termbuilder.formats.table_profiles import languages_of, section_of
from termbuilder.formats.text import one_line, plain, reading_text
from termbuilder.model import ConceptEntry, LangSec, Run, TermSec

# A comment stands beside the suggestion in a narrow pane: the first sentence or so.
LONGEST_COMMENT = 160


def dump_omegat(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write OmegaT's glossary: source, target, comment by tabs, no header, one row for each pair of terms.

    Terms that are not to be used are left out always, since OmegaT would offer them like any other. An entry without English
    stays, with an empty target, so that the translator sees that the term is known.
    """
    kept = chosen(entries, options)
    source, target = languages_of(kept)[:2]
    with written(path) as beside, open(beside, "w", encoding="utf-8", newline="\n") as file:
        # OmegaT skips lines with #; the first tells it the encoding whatever the file is called
        file.write("# -*- coding: utf-8 -*-\n")
        for entry in kept:
            for term, english in _pairs(entry, source, target):
                word = one_line(english.term) if english else ""
                file.write(f"{one_line(term.term)}\t{word}\t{_comment(entry, english)}\n")
    return len(kept)


def _pairs(entry: ConceptEntry, source: str, target: str) -> Iterator[tuple[TermSec, TermSec | None]]:
    terms, english = _in_use(section_of(entry, source)), _in_use(section_of(entry, target))
    for term in terms:
        if one_line(term.term).startswith("#"):
            continue  # would be a comment line
        if not english:
            yield term, None
        for word in english:
            yield term, word


def _in_use(section: LangSec) -> list[TermSec]:
    return [sec for sec in section.term_secs if sec.administrative_status not in NOT_TO_BE_USED]


def _comment(entry: ConceptEntry, english: TermSec | None) -> str:
    """Status, pinyin, and the definition or else the note, on one line."""
    status = standing(entry, english) if english else entry.status
    definition = rows.shown_definition(entry)
    reading = entry.term_sec.reading
    about = plain(definition.text) if definition else plain(entry.note)
    about = about if len(about) <= LONGEST_COMMENT else about[: LONGEST_COMMENT - 1] + "…"
    return one_line("; ".join(part for part in (status, reading_text(reading) if reading else "", about) if part))


UTX_STATUS = {
    "preferredTerm": "approved",
    "admittedTerm": "non-standard",
    "deprecatedTerm": "forbidden",
    "supersededTerm": "forbidden",
}


def dump_utx(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write UTX 1.11 (Asia-Pacific Association for Machine Translation): pairs with status, part of speech and concept id."""
    kept = chosen(entries, options)
    source, target = languages_of(kept)[:2]
    with written(path) as beside, open(beside, "w", encoding="utf-8", newline="") as file:
        date = f"{run.started}; " if run.started else ""
        file.write(f"#UTX 1.11; {source}/{target}; {date}dictionary ID: {one_line(run.name)};\r\n")
        file.write("#src\ttgt\tsrc:pos\tterm status\tsrc:pinyin\tsrc:comment\tconcept ID\r\n")
        for entry in kept:
            for row in _utx_rows(entry, source, target):
                file.write("\t".join(one_line(cell) or "-" for cell in row) + "\r\n")
    return len(kept)


def _utx_rows(entry: ConceptEntry, source: str, target: str) -> Iterator[tuple[str, ...]]:
    chinese, english = section_of(entry, source), section_of(entry, target)
    about = rows.shown_definition(entry)
    for term in _in_use(chinese):
        reading = reading_text(term.reading) if term.reading else ""
        for sec in english.term_secs or (None,):
            yield (
                term.term,
                sec.term if sec else "",
                term.part_of_speech or "noun",
                _utx_status(entry, english, sec) if sec else _utx_status(entry, chinese, term),
                reading,
                about.text if about else entry.note,
                entry.id,
            )


def _utx_status(entry: ConceptEntry, section: LangSec, sec: TermSec) -> str:
    status = shown_status(entry, section, sec)
    return "provisional" if standing(entry, sec) == "suggested" and status == "admittedTerm" else UTX_STATUS[status]
