"""Between files and the termbase: import, export, decisions, checks, recognition; what the command line calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from termbuilder import __version__, formats, read, tables
from termbuilder import check as checking
from termbuilder.check import report as reports
from termbuilder.equivalents.dictionary import notices
from termbuilder.errors import FormatError, InputRefused, TermbaseError, UsageError
from termbuilder.formats import FORMATS, PRESETS, Format, LoadOptions, Options, Problem
from termbuilder.model import ConceptEntry, LangSec, Run, SegmentPair, TermSec
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
            yield Outcome(report, loaded.problems)
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
    """What an export wrote: the path, the number of entries, and how to load the file into the tool it is for."""

    path: Path
    entries: int
    load_it: str = ""


def export(
    termbase: Path,
    path: Path,
    format_: str = "",
    status: str = "",
    deprecated: str = "",
    codes: Sequence[str] = (),
    tool: str = "",
) -> Exported:
    """Write the entries of the termbase to `path`.

    `tool` (a name of PRESETS) chooses format and options; `format_`, `status` (approved, all), `deprecated` (keep, drop) and language
    `codes` (zh-Hans, en-GB) override what it or the suffix of `path` says.
    """
    if tool and tool not in PRESETS:
        raise UsageError(f"There is no preset for {tool!r}. Known: {', '.join(PRESETS)}.")
    preset = PRESETS.get(tool)
    chosen = format_of(path, format_ or (preset.format if preset else ""))
    options = preset.options if preset else Options()
    if status:
        options = replace(options, statuses=("approved",) if status == "approved" else ("suggested", "approved"))
    if deprecated:
        options = replace(options, deprecated="drop" if deprecated == "drop" else "keep")
    if codes:
        options = replace(options, codes=tuple((code.split("-")[0], code) for code in codes))
    with Termbase.open(termbase, create=False) as base:
        entries = [entry for entry in base.entries() if entry.status in options.statuses]
    run = Run(
        signature="export",
        started=datetime.now().astimezone().isoformat(timespec="seconds"),
        name=path.name.split(".")[0],
        versions={"termbuilder": __version__},
        notices=notices(entries),
    )
    chosen.dump(entries, run, path, options)
    return Exported(path, len(entries), preset.load_it if preset else "")


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


# --- checks -----------------------------------------------------------------------------------------------------------


def check(files: Sequence[Path], report: str) -> tuple[str, int]:
    """Check termbases and glossary files; returns the report and the number of errors."""
    findings = {}
    for path in files:
        if path.suffix == ".db":
            with Termbase.open(path, create=False) as base:
                findings[path.name] = checking.check(base.entries())
            continue
        try:
            loaded = format_of(path).load(path)
        except FormatError as error:
            findings[path.name] = checking.of_file([("", str(error), True)])
            continue
        met = checking.of_file((problem.place, problem.message, problem.refused) for problem in loaded.problems)
        findings[path.name] = [*met, *checking.check(loaded.entries)]
    return _reported(findings, report), sum(one.is_error for found in findings.values() for one in found)


def _reported(findings: Mapping[str, Sequence[checking.Finding]], report: str) -> str:
    if report == "json":
        return reports.as_json(findings)
    return reports.as_sarif(findings, __version__) if report == "sarif" else reports.as_text(findings)


def lookup(text: str, termbase: Path, encoding: str) -> list[str]:
    """The termbase's terms in a text or text file, one line each: term, English, count, printed forms."""
    from termbuilder.recognise import Recogniser
    from termbuilder.recognise import lookup as look_up

    path = Path(text)
    try:
        is_file = path.is_file()
    except OSError:  # a text too long for a file name
        is_file = False
    searched = read.read_file(path, encoding).text if is_file else text
    with Termbase.open(termbase, create=False) as base:
        entries = [entry for entry in base.entries() if entry.status != "rejected"]
    lines = []
    for found in look_up(searched, Recogniser.of(entries)):
        usable = [sec.term for sec in found.entry.equivalents if sec.administrative_status != "deprecatedTerm"]
        printed = "、".join(found.printed)
        lines.append(f"{found.entry.term}\t{usable[0] if usable else '-'}\t{found.entry.status}\t{found.count}\t{printed}")
    return lines


def qa(files: Sequence[Path], termbase: Path, report: str) -> tuple[str, list[str], int]:
    """Check translations against the approved terms; returns the report, one summary a file, the number of findings."""
    from termbuilder.qa import qa as compare
    from termbuilder.qa_english import EnglishMatcher

    with Termbase.open(termbase, create=False) as base:
        entries = base.entries()
    if not any(entry.status == "approved" for entry in entries):
        raise TermbaseError(f"{termbase.name} has no approved entry to check against. Approve terms first.")
    matcher = EnglishMatcher.from_tables(tables.load())
    findings, summaries = {}, []
    for path in files:
        compared = compare(_pairs(path), entries, matcher)
        findings[path.name] = compared.findings
        summaries.append(f"{path.name}: {compared}")
    return _reported(findings, report), summaries, sum(map(len, findings.values()))


def _pairs(path: Path) -> Sequence[SegmentPair]:
    pairs = read.read_file(path).pairs
    if not pairs:
        raise InputRefused(f"{path.name} holds no pairs of source and target. Give an XLIFF, TMX or bilingual table.")
    return pairs
