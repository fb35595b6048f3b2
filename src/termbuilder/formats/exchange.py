"""What every exchange format takes and gives: the options of a dump, and what a load brings back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from termbuilder.errors import FormatError
from termbuilder.model import ConceptEntry, EntryStatus


@dataclass(frozen=True, slots=True)
class Options:
    """How entries are to be written.

    `statuses`: entries (and single suggestions inside approved entries) of other statuses are left out.
    `deprecated`: `keep` writes terms that are not to be used, marked as such; `drop` leaves them out, for tools that would offer them.
    `codes`: language codes to write, by primary subtag: `(("zh", "zh-Hans"), ("en", "en-GB"))`; others stay as they are.
    `notes`: `all` writes what only termbuilder understands (category, frequency, origin ...) as named notes; `short` only
    what a translator needs beside the text (status, pinyin, note).
    `profile`: the column layout of csv, tsv and sheet; empty: our own.
    """

    statuses: tuple[EntryStatus, ...] = ("suggested", "approved")
    deprecated: Literal["keep", "drop"] = "keep"
    codes: tuple[tuple[str, str], ...] = ()
    notes: Literal["all", "short"] = "all"
    profile: str = ""


DEFAULTS = Options()


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How a file is to be understood where it does not say so itself.

    `status`: of entries that state none. `columns`: for tables, pairs of a column title and what it holds (`--map Titel=term`).
    `source_lang`, `target_lang`: the languages of a table without language codes.
    """

    status: EntryStatus = "suggested"
    columns: tuple[tuple[str, str], ...] = ()
    source_lang: str = "zh-CN"
    target_lang: str = "en"


LOAD_DEFAULTS = LoadOptions()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that a person should know: where it stands, what it is; `refused` if that row or entry was not read."""

    place: str
    message: str
    refused: bool = False

    def __str__(self) -> str:
        """As one line for the screen."""
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a file held: entries read, entries or rows refused, and (workbooks) how many differ from what was exported."""

    read: int = 0
    refused: int = 0
    changed: int = 0
    new: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file brings back.

    `base` holds, by id, each entry as it was when the file was exported, for formats that remember it (our workbook): with
    it, an empty field was emptied by a person, and an import can tell a change from what stood there before. Entries
    without a base are sparse: an empty field says nothing. An entry with an empty id is new.
    """

    entries: tuple[ConceptEntry, ...]
    problems: tuple[Problem, ...] = ()
    counts: Counts = Counts()
    base: Mapping[str, ConceptEntry] = field(default_factory=dict)


def loaded(
    path: Path, entries: Sequence[ConceptEntry], problems: Sequence[Problem], base: Mapping[str, ConceptEntry] | None = None
) -> Loaded:
    """What was read, counted; a file that gave no entry at all is a FormatError, never a silent success."""
    if not entries:
        why = f" The first of {len(problems)} problems: {problems[0]}" if problems else ""
        raise FormatError(f"{path.name} gave no entry: it holds no term that could be read.{why}")
    base = base or {}
    changed = sum(entry != base[entry.id] for entry in entries if entry.id in base)
    new = sum(not entry.id for entry in entries)
    refused = sum(problem.refused for problem in problems)
    return Loaded(tuple(entries), tuple(problems), Counts(len(entries), refused, changed, new), base)
