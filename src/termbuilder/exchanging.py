"""Between files and the termbase: import, export, decisions; what the command line calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from termbuilder import __version__, formats
from termbuilder.equivalents.dictionary import cited, notices
from termbuilder.errors import FormatError, TermbaseError, UsageError
from termbuilder.formats import FORMATS, PRESETS, Format, LoadOptions, Options, Problem
from termbuilder.formats.waiting import Waiting
from termbuilder.model import ConceptEntry, LangSec, Run, TermSec
from termbuilder.termbase import HistoryItem, ImportReport, Termbase


@dataclass(frozen=True)
class Outcome:
    """What became of one file: the report and the problems met while reading, or why it was refused."""

    report: ImportReport | None = None
    problems: tuple[Problem, ...] = ()
    refused: str = ""


def import_files(
    files: Sequence[Path],
    termbase: Path,
    who: str,
    format_: str = "",
    columns: tuple[tuple[str, str], ...] = (),
    overwrite: bool = False,
    dry_run: bool = False,
) -> Iterator[Outcome]:
    """Bring each of `files` into the termbase, one after another; a file that is refused costs only itself."""
    for path in files:
        try:
            loaded = format_of(path, format_).load(path, LoadOptions(columns=columns))
            with Termbase.open(termbase) as base:  # only now: a file that is refused does not make a termbase
                report = base.import_entries(loaded.entries, who, path.name, loaded.base, overwrite, dry_run)
            unread = tuple((problem.place, problem.message) for problem in loaded.problems if problem.refused)
            remarks = tuple(problem for problem in loaded.problems if not problem.refused)
            yield Outcome(replace(report, refused=(*unread, *report.refused)), remarks)
        except (FormatError, TermbaseError) as error:
            yield Outcome(refused=str(error))


def format_of(path: Path, name: str = "") -> Format:
    """The format called `name`, else the one whose file names end as that of `path` does; UsageError if there is none."""
    if name and name not in FORMATS:
        raise UsageError(f"There is no format {name!r}. Known: {', '.join(FORMATS)}.")
    fitting = FORMATS[name] if name else formats.format_of(path)
    if fitting is None:
        raise UsageError(f"{path.name}: no format has this suffix. Name one with --format: {', '.join(FORMATS)}.")
    return fitting


@dataclass(frozen=True)
class Exported:
    """What an export wrote: the path, how many entries, what was left out and why, how to load the file into the tool it is for."""

    path: Path
    entries: int
    left_out: tuple[str, ...] = ()
    load_it: str = ""
    warning: str = ""


def export(
    termbase: Path,
    path: Path,
    format_: str = "",
    status: str = "",
    deprecated: str = "",
    codes: Sequence[str] = (),
    tool: str = "",
    progress: Callable[[str, int, int], None] = lambda stage, done, of: None,
) -> Exported:
    """Write the entries of the termbase to `path`; `progress` is told (stage, done, of) now and then.

    `tool` (a name of PRESETS) chooses format and options; `format_`, `status` (approved, all), `deprecated` (keep, drop) and language
    `codes` (zh-Hans, en-GB) override what it or the suffix of `path` says.
    """
    if tool and tool not in PRESETS:
        raise UsageError(f"There is no preset for {tool!r}. Known: {', '.join(PRESETS)}.")
    preset = PRESETS.get(tool)
    chosen = format_of(path, format_ or (preset.format if preset else ""))
    path = _named_for(chosen, path, tool if not format_ else "")
    options = preset.options if preset else Options()
    if status:
        options = replace(options, statuses=("approved",) if status == "approved" else ("suggested", "approved"))
    if deprecated:
        options = replace(options, deprecated="drop" if deprecated == "drop" else "keep")
    if codes:
        options = replace(options, codes=tuple((code.split("-")[0], code) for code in codes))
    statuses: Counter[str] = Counter()
    releases: set[str] = set()  # of the dictionary

    def is_wanted(entry: ConceptEntry) -> bool:
        progress("reading", statuses.total(), held)
        statuses[entry.status] += 1
        if entry.status not in options.statuses:
            return False
        releases.update(cited(entry))
        return True

    with Termbase.open(termbase, create=False) as base:
        held = base.count()
        entries = Waiting(filter(is_wanted, base.each()))
    held = statuses.total() - statuses["rejected"]
    if held and not entries:
        raise TermbaseError(
            f"There is nothing to write: none of the {held} entries of {termbase.name} is approved. Approve the good ones first "
            "(review, decide, or the workbook), or write the suggestions too: --status all."
        )
    run = Run(
        signature="export",
        started=datetime.now().astimezone().isoformat(timespec="seconds"),
        name=path.name.split(".")[0],
        versions={"termbuilder": __version__},
        notices=notices(releases),
    )
    written = chosen.dump(entries.watched(partial(progress, "writing")), run, path, options)
    barred, wanting = held - len(entries), len(entries) - written
    left_out = [f"{barred} not approved"] if barred else []
    left_out += [f"{wanting} without the terms that the file needs"] if wanting else []
    warning = "" if chosen.fits(path) else f"{path.name} holds {chosen.name}, which its name does not say ({chosen.suffix})."
    return Exported(path, written, tuple(left_out), preset.load_it if preset else "", warning)


def _named_for(chosen: Format, path: Path, tool: str) -> Path:
    """The path with an ending that says the format, added if there is none; an ending that `tool` does not know is refused."""
    if formats.format_of(path) is None and not chosen.fits(path):  # no ending, or a dot with something else after it
        return path.with_name(path.name + chosen.suffix)
    if tool and not chosen.fits(path):
        fitting = path.with_name(path.name.split(".")[0] + chosen.suffix)
        raise UsageError(f"{path.name}: {tool} takes a {chosen.suffix} file and would not read this one. Write -o {fitting}.")
    return path


# --- decisions --------------------------------------------------------------------------------------------------------


def _found(base: Termbase, name: str) -> ConceptEntry:
    """The entry with the id or the Chinese form `name`."""
    hits = [entry for entry in base.search(name, 20) if any(sec.term == name for sec in entry.lang_sec("zh").term_secs)]
    return hits[0] if hits else base.entry(name)


def decide(termbase: Path, name: str, wanted: Mapping[str, str], who: str) -> ConceptEntry:
    """Set `status`, `english` (preferred), `note`, `subject_field` of an entry; returns it as it is then."""
    with Termbase.open(termbase, create=False) as base:
        entry = _found(base, name)
        changes: dict[str, Any] = {key: value for key, value in wanted.items() if key != "english"}
        if "english" in wanted:
            changes["lang_secs"] = _with_english(entry, wanted["english"])
        return base.decide(entry.id, changes, who)


def _with_english(entry: ConceptEntry, english: str) -> tuple[LangSec, ...]:
    own = next((sec for sec in entry.equivalents if sec.term == english), TermSec(english, origin="human"))
    chosen = replace(own, administrative_status="preferredTerm", process_status="finalized")
    others = tuple(
        replace(sec, administrative_status="admittedTerm") if sec.administrative_status == "preferredTerm" else sec
        for sec in entry.equivalents
        if sec.term != english
    )
    section = replace(entry.lang_sec("en"), term_secs=(chosen, *others))
    return (*(one for one in entry.lang_secs if not one.lang.startswith("en")), section)


def history(termbase: Path, name: str) -> list[str]:
    """Every change of an entry as a line."""
    with Termbase.open(termbase, create=False) as base:
        return [_told(item) for item in base.history(_found(base, name).id)]


def _told(item: HistoryItem) -> str:
    origin = f" ({item.act.origin})" if item.act.origin else ""
    undone = ", undone since" if item.undone else ""
    return f"{item.serial}: {item.act.made} {item.act.who}: {item.act.what}{origin}{undone}"


def undo(termbase: Path, name: str, serial: int | None, who: str) -> ConceptEntry:
    """Take back a decision; returns the entry as it is then."""
    with Termbase.open(termbase, create=False) as base:
        return base.undo(_found(base, name).id, who, serial)
