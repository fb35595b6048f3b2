"""Writes tables: CSV, TSV and plain one-sheet workbooks, in our own columns or in those that a tool recognises by itself."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from pathlib import Path

from termbuilder.errors import FormatError
from termbuilder.formats import workbook_rows as rows
from termbuilder.formats.exchange import DEFAULTS, Options
from termbuilder.formats.files import written
from termbuilder.formats.select import chosen
from termbuilder.formats.table_profiles import PROFILES, Profile, languages_of, section_of, words
from termbuilder.formats.text import plain
from termbuilder.formats.waiting import Again
from termbuilder.model import ConceptEntry, Run


def dump_csv(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write comma-separated (some profiles: semicolon-separated) values, UTF-8."""
    profile = profile_named(options.profile)
    return _dump_text(entries, path, options, profile, profile.delimiter)


def dump_tsv(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write tab-separated values, UTF-8."""
    return _dump_text(entries, path, options, profile_named(options.profile), "\t")


def dump_sheet(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write a workbook of one plain sheet with the columns of a profile, for tools that import XLSX."""
    from termbuilder.formats.xlsx_package import packaged
    from termbuilder.formats.xlsx_rows import RowSheet
    from termbuilder.formats.xlsx_write import created_at

    profile = profile_named(options.profile)
    kept = _fitting(entries, options, profile)
    with written(path) as beside, packaged(beside) as workbook:
        workbook.set_properties({"title": plain(run.name), "created": created_at(run)})
        sheet = workbook.add_worksheet("Glossary", RowSheet)
        table = profile.rows(kept)
        bold = workbook.add_format({"bold": True})
        for column, title in enumerate(next(table)):
            sheet.write_string(0, column, rows.fitting(title), bold)
        for row in table:
            sheet.add_texts([rows.fitting(text) for text in row])
    return len(kept)


def _dump_text(entries: Sequence[ConceptEntry], path: Path, options: Options, profile: Profile, delimiter: str) -> int:
    kept = _fitting(entries, options, profile)
    encoding = "utf-8-sig" if profile.byte_order_mark else "utf-8"
    with written(path) as beside, open(beside, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        for row in profile.rows(kept):
            writer.writerow([guarded(text) for text in row])
    return len(kept)


def _fitting(entries: Sequence[ConceptEntry], options: Options, profile: Profile) -> Collection[ConceptEntry]:
    kept = chosen(entries, options)
    if not profile.both:
        return kept
    source, target = languages_of(kept)[:2]
    paired = Again(lambda: (entry for entry in kept if words(section_of(entry, source)) and words(section_of(entry, target))))
    if not paired:
        raise FormatError(f"There is nothing to write: none of {len(kept)} entries has both a Chinese and an English term.")
    return paired


def profile_named(name: str) -> Profile:
    """The profile of that name; FormatError with the names there are."""
    if name not in PROFILES:
        raise FormatError(f"There is no column profile “{name}”. Choose one of: {', '.join(sorted(filter(None, PROFILES)))}.")
    return PROFILES[name]


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """A cell that a spreadsheet would run as a formula, with the apostrophe that stops it.

    >>> guarded("=1+1"), guarded("1+4")
    ("'=1+1", '1+4')
    """
    text = plain(text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.startswith(tuple("'" + c for c in FORMULA_STARTS)) else text
