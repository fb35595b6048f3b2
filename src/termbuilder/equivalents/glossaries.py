"""English from glossaries: our reviewed reference glossary, and the user's own, which win over it."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import opencc

from termbuilder.equivalents import spreadsheets, tbx_terms
from termbuilder.equivalents.columns import Columns, columns_of
from termbuilder.equivalents.keys import has_han, key_of, sameness
from termbuilder.equivalents.spreadsheets import SheetRow
from termbuilder.errors import FormatError, TableError
from termbuilder.model import Proposal
from termbuilder.tables import read_table

# How far a row may be trusted: a translator's own glossary is an instruction, official English is in use, the rest is usage.
USER_RELIABILITY = 9
RELIABILITY = {"official": 8, "press": 7, "own": 6}

_SEVERAL = re.compile(r"\s*(?:\||;|；|\n| / )\s*")
_BARS = re.compile(r"\s*\|\s*")
_DEPRECATED = (
    "deprecated",
    "superseded",
    "obsolete",
    "forbidden",
    "rejected",
    "not recommended",
    "true",
    "禁用",
    "弃用",
    "不宜",
)
_REJECTED_ROW = ("rejected", "否决")


@dataclass(frozen=True, slots=True)
class GlossaryRow:
    """One row of a glossary: a Chinese term, its preferred English, and what else the glossary says about it."""

    term: str
    english: str
    other: tuple[str, ...] = ()
    deprecated: tuple[tuple[str, str], ...] = ()  # (rendering, why not)
    subject_field: str = ""
    term_type: str = "fullForm"
    kind: str = ""  # official, press, own; empty in a user's glossary
    short_of: str = ""
    note: str = ""
    place: str = ""  # file and row
    origin: Literal["glossary", "user glossary"] = "user glossary"

    def proposals(self) -> list[Proposal]:
        """What the row offers: its preferred English, other English a little below, and what is not to be used.

        >>> row = GlossaryRow("揭榜挂帅", "open competition mechanism", kind="press", place="a.tsv, line 2", origin="glossary")
        >>> [(one.english, one.reliability, one.source) for one in row.proposals()]
        [('open competition mechanism', 7, 'a.tsv, line 2, press')]
        """
        trust = RELIABILITY.get(self.kind, USER_RELIABILITY)
        source = f"{self.place}, {self.kind}" if self.kind else self.place
        found = [Proposal(self.english, self.origin, source, trust, note=self.note)] if self.english else []
        found += [Proposal(one, self.origin, source, trust - 1, preferred=False) for one in self.other]
        found += [Proposal(one, self.origin, source, trust, True, why, preferred=False) for one, why in self.deprecated]
        return found


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rows that give one term different preferred English; the first is the one that counts."""

    used: GlossaryRow
    other: GlossaryRow

    def __str__(self) -> str:
        """One line for a person."""
        return (
            f"{self.used.term}: “{self.used.english}” ({self.used.place}) is used, "
            f"not “{self.other.english}” ({self.other.place})"
        )


@dataclass(frozen=True, slots=True)
class Glossary:
    """Rows by the key of their term, those that count most first."""

    rows: Mapping[str, tuple[GlossaryRow, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def lookup(self, forms: Iterable[str]) -> list[Proposal]:
        """What the glossary offers for a concept, given its forms, main form first.

        >>> glossary = of_rows([GlossaryRow("瞪羚企业", "gazelle company", place="mine.csv, row 2")])
        >>> [one.english for one in glossary.lookup(["“瞪羚” 企业"])]
        ['gazelle company']
        """
        keys = dict.fromkeys(key_of(form) for form in forms)
        found = [row for key in keys for row in self.rows.get(key, ())]
        found.sort(key=lambda row: row.origin != "user glossary")
        return [proposal for row in found for proposal in row.proposals()]

    def terms(self) -> Mapping[str, GlossaryRow]:
        """The row that counts for each key."""
        return MappingProxyType({key: rows[0] for key, rows in self.rows.items()})

    def conflicts(self) -> list[Conflict]:
        """Rows that give a term other preferred English than the row that counts, and that the latter does not accept either."""
        return [
            Conflict(rows[0], row)
            for rows in self.rows.values()
            for row in rows[1:]
            if row.english and not _accepted(rows[0], row)
        ]


def of_rows(rows: Iterable[GlossaryRow]) -> Glossary:
    """A glossary of `rows`; of several rows for one term the first counts."""
    by_key: dict[str, list[GlossaryRow]] = {}
    for row in rows:
        by_key.setdefault(key_of(row.term), []).append(row)
    return Glossary(MappingProxyType({key: tuple(rows) for key, rows in by_key.items() if key}))


def combined(glossaries: Sequence[Glossary]) -> Glossary:
    """One glossary out of several: those of the user before ours, and in each kind the first named before the others."""
    if len(glossaries) == 1:
        return glossaries[0]
    every = [row for glossary in glossaries for rows in glossary.rows.values() for row in rows]
    return of_rows(sorted(every, key=lambda row: row.origin != "user glossary"))


def load_reference(folder: Path | None = None) -> Glossary:
    """Our reviewed glossary: every table of `folder` (the shipped one unless named).

    Raises TableError with file and line for a row that is none.
    """
    return of_rows(row for path in sorted((folder or shipped_folder()).glob("*.tsv")) for row in reference_rows(path))


def shipped_folder() -> Path:
    """Where the reference glossary lies: inside the installed package, or beside `src/` in a checkout."""
    packaged = Path(str(importlib.resources.files("termbuilder"))) / "reference_glossary"
    beside = Path(__file__).parents[3] / "glossary"
    found = next((folder for folder in (packaged, beside) if folder.is_dir()), None)
    if found is None:
        raise TableError(f"The reference glossary is missing: there is no folder {packaged}. Install termbuilder again.")
    return found


def reference_rows(path: Path) -> list[GlossaryRow]:
    """The rows of one table of the reference glossary, each with its line; TableError if a row is none."""
    rows = read_table(path)
    lines = [n for n, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1) if _is_row(line)][1:]
    found = []
    for row, line in zip(rows, lines, strict=True):
        if row.get("source", "") not in RELIABILITY or not row.get("english", ""):
            raise TableError(
                f"{path.name}, line {line}: a row needs English and one of {', '.join(RELIABILITY)} as its source."
            )
        found.append(
            GlossaryRow(
                term=row["term"],
                english=row["english"],
                other=_between_bars(row["other"]),
                deprecated=tuple(map(_warned, _between_bars(row["deprecated"]))),
                subject_field=row["subject_field"],
                term_type=row["term_type"],
                kind=row["source"],
                short_of=row["short_of"],
                note=row["note"],
                place=f"{path.name}, line {line}",
                origin="glossary",
            )
        )
    return found


def load(path: Path) -> Glossary:
    """A user's glossary: XLSX, CSV, TSV, TBX (v2 or v3) or OmegaT's tab-separated text; columns are found by themselves.

    Raises FormatError if the file cannot be read or holds no Chinese beside English.
    """
    suffix = path.suffix.lower()
    if suffix == ".tbx" or (suffix == ".xml" and path.is_file()):
        rows = list(_simplified(_tbx_rows(path)))
    elif suffix in spreadsheets.SUFFIXES:
        rows = list(_simplified(_sheet_rows(path)))
    else:
        known = ", ".join(sorted((*spreadsheets.SUFFIXES, ".tbx")))
        raise FormatError(f"{path.name}: a glossary is one of {known}. Save it as one of these, then try again.")
    if not rows:
        raise FormatError(
            f"{path.name} holds no Chinese terms beside English ones: give one column the heading “Chinese” and one “English”."
        )
    return of_rows(rows)


def _sheet_rows(path: Path) -> Iterator[GlossaryRow]:
    for _, group in groupby(spreadsheets.rows(path), key=lambda row: row.sheet):
        sheet = list(group)
        columns = columns_of(sheet)
        if columns is None:
            continue
        for row in sheet[1:] if columns.headed else sheet:
            found = _sheet_row(row, columns, path.name)
            if found is not None:
                yield found


def _sheet_row(row: SheetRow, columns: Columns, name: str) -> GlossaryRow | None:
    term = row.at(columns.term)
    status = row.at(columns.status).lower()
    english = [one for one in _SEVERAL.split(row.at(columns.english)) if one]
    refused = [_warned(one) for one in _BARS.split(row.at(columns.deprecated)) if one and one.lower() not in ("true", "false")]
    if not has_han(term) or not (english or refused) or status in _REJECTED_ROW:
        return None
    if any(word in status for word in _DEPRECATED):
        refused, english = [*refused, *((one, "") for one in english)], []
    other = [*english[1:], *(one for one in _SEVERAL.split(row.at(columns.other)) if one)]
    return GlossaryRow(
        term=term,
        english=english[0] if english else "",
        other=tuple(other),
        deprecated=tuple(refused),
        subject_field=row.at(columns.subject_field),
        note=row.at(columns.note),
        place=f"{name}, sheet {row.sheet}, row {row.number}" if row.sheet else f"{name}, row {row.number}",
    )


def _tbx_rows(path: Path) -> Iterator[GlossaryRow]:
    for number, entry in enumerate(tbx_terms.entries(path), 1):
        usable = sorted((term for term in entry.english if not term.deprecated), key=lambda term: not term.preferred)
        refused = tuple((term.text, "") for term in entry.english if term.deprecated)
        for term in entry.chinese:
            if usable or refused:
                yield GlossaryRow(
                    term=term.text,
                    english=usable[0].text if usable else "",
                    other=tuple(one.text for one in usable[1:]),
                    deprecated=refused,
                    subject_field=entry.subject_field,
                    note=entry.note,
                    place=f"{path.name}, entry {entry.id or number}",
                )


def _simplified(rows: Iterable[GlossaryRow]) -> Iterator[GlossaryRow]:
    """Rows with their terms in simplified characters: a glossary from Taipei finds the terms of a text from Beijing."""
    converter = opencc.OpenCC("tw2s")
    for row in rows:
        yield replace(row, term=str(converter.convert(row.term)))


def _accepted(used: GlossaryRow, other: GlossaryRow) -> bool:
    theirs = sameness(other.english, {})
    return any(sameness(one, {}) == theirs for one in (used.english, *used.other) if one)


def _between_bars(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, _BARS.split(cell))) if cell else ()  # most cells are empty


def _warned(cell: str) -> tuple[str, str]:
    rendering, _, why = cell.partition(": ")
    return rendering.strip(), why.strip()


def _is_row(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")
