"""Checks on files and termbases, terms in a text, translations against a termbase; what the command line calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from termbuilder import __version__, read, tables
from termbuilder import check as checks
from termbuilder.check import report as reports
from termbuilder.check import silence
from termbuilder.check.english import Avoid, across
from termbuilder.check.entry import folded
from termbuilder.check.scripts import bare
from termbuilder.equivalents.glossaries import load_reference
from termbuilder.errors import FormatError, TermbaseError, UsageError
from termbuilder.exchanging import format_of
from termbuilder.model import ConceptEntry, SegmentPair
from termbuilder.pipeline import pairs
from termbuilder.read.encodings import decode
from termbuilder.termbase import Termbase


def check(files: Sequence[Path], report: str, every: bool = False, silenced: Sequence[Path] = ()) -> tuple[str, int]:
    """Check termbases and glossary files; returns the report (as text, with `every` finding or summed up) and the number of errors.

    What a person has silenced, in an entry or by its key in one of the files `silenced`, is left out and only counted.
    """
    findings: dict[str, list[checks.Finding]] = {}
    every_entry: dict[str, Sequence[ConceptEntry]] = {}
    avoid = _avoided()
    for path in files:
        if path.suffix == ".db":
            with Termbase.open(path, create=False) as base:
                every_entry[path.name] = list(base.entries())
                findings[path.name] = checks.check(every_entry[path.name], avoid)
            continue
        try:
            loaded = format_of(path).load(path)
        except FormatError as error:
            findings[path.name] = checks.of_file([("", str(error), True)])
            continue
        met = checks.of_file((problem.place, problem.message, problem.refused) for problem in loaded.problems)
        every_entry[path.name] = loaded.entries
        findings[path.name] = [*met, *checks.check(loaded.entries, avoid)]
    for name, found in across(every_entry).items():
        findings[name] += found
    findings, left_out = _heard(findings, every_entry, silenced)
    told = reports.as_summary(findings) if report == "text" and not every else _reported(findings, report)
    told += _left_out(left_out) if report == "text" else ""
    return told, sum(one.is_error for found in findings.values() for one in found)


def _heard(
    findings: Mapping[str, Sequence[checks.Finding]], entries: Mapping[str, Sequence[ConceptEntry]], silenced: Sequence[Path]
) -> tuple[dict[str, list[checks.Finding]], int]:
    """The findings that nobody has silenced, and how many were."""
    keys = silence.keys_in("\n".join(decode(path.name, path.read_bytes())[0] for path in silenced))
    heard = {name: silence.told(found, entries.get(name, ()), keys) for name, found in findings.items()}
    return heard, sum(len(found) for found in findings.values()) - sum(len(found) for found in heard.values())


def _left_out(count: int) -> str:
    return f", {count} silenced" if count else ""


def silence_findings(termbase: Path, keys: Sequence[str], who: str) -> list[str]:
    """Write down in the entries of a termbase that a person wants to hear no more of these findings; returns one line each.

    Raises UsageError for a key that no finding about an entry has.
    """
    with Termbase.open(termbase, create=False) as base:
        entries = {entry.id: entry for entry in base.entries()}
        found = {one.key: one for one in checks.check(list(entries.values()), _avoided()) if one.entry in entries}
        if unknown := [key for key in keys if key not in found]:
            raise UsageError(
                f"{termbase.name} has no finding {unknown[0]}. See the keys with: termbuilder check {termbase} --all"
            )
        for key in keys:
            entry = base.entry(found[key].entry)
            base.decide(entry.id, {"extra": silence.with_silenced(entry, [key])}, who)
    return [f"silenced: {found[key].entry} {found[key].term}: {key} {found[key].message}" for key in keys]


def _avoided() -> Avoid:
    """What our reference glossary tells to avoid."""
    found: dict[str, dict[str, str]] = {}
    for rows in load_reference().rows.values():
        for row in rows:
            for english, why in row.deprecated:
                found.setdefault(bare(row.term), {})[folded(english)] = why
    return found


def _reported(findings: Mapping[str, Sequence[checks.Finding]], report: str) -> str:
    if report == "json":
        return reports.as_json(findings)
    return reports.as_sarif(findings, __version__) if report == "sarif" else reports.as_text(findings)


def lookup(text: str, termbase: Path, encoding: str) -> list[str]:
    """The termbase's terms in a text or text file, one line each: term, English, count, printed forms."""
    from termbuilder.check.entry import usable
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
        english = usable(found.entry)
        printed = "、".join(found.printed)
        lines.append(
            f"{found.entry.term}\t{english[0].term if english else '-'}\t{found.entry.status}\t{found.count}\t{printed}"
        )
    return lines


def qa(
    files: Sequence[Path], termbase: Path, report: str, suggested: bool = False, silenced: Sequence[Path] = ()
) -> tuple[str, list[str], int]:
    """Check translations against the approved (and the `suggested`) terms; returns the report, summaries, the number of findings.

    `silenced`: as for `check`.
    """
    from termbuilder.qa import qa as compare
    from termbuilder.qa_english import EnglishMatcher

    with Termbase.open(termbase, create=False) as base:
        held = [entry for entry in base.entries() if entry.status != "rejected"]
    entries = held if suggested else [entry for entry in held if entry.status == "approved"]
    if not entries:
        raise TermbaseError(
            f"{termbase.name} has no approved entry to check against. Approve terms first"
            + (f", or check against its {len(held)} suggestions: --status all." if held else ".")
        )
    matcher = EnglishMatcher.from_tables(tables.load())
    findings: dict[str, Sequence[checks.Finding]] = {}
    summaries: list[str] = []
    for path in files:
        compared = compare(_pairs(path), entries, matcher)
        findings[path.name] = compared.findings
        summaries.append(f"{path.name}: {compared}")
    heard, left_out = _heard(findings, dict.fromkeys(findings, entries), silenced)
    if left_out:
        summaries.append(f"{left_out} silenced")
    if skipped := len(held) - len(entries):
        summaries.append(
            f"checked against {_entries(len(entries), 'approved')}; {_entries(skipped, 'suggested')} left aside (--status all takes them in)"
        )
    return _reported(heard, report), summaries, sum(map(len, heard.values()))


def _entries(count: int, status: str) -> str:
    return f"{count:,} {status} {'entry' if count == 1 else 'entries'}"


def _pairs(path: Path) -> Sequence[SegmentPair]:
    """The segments of a translation file, or the rows of a bilingual table."""
    if path.suffix.lower() in pairs.TABLES:
        return [replace(pair, unit=pair.unit.removeprefix(f"{path.name}, ")) for pair in pairs.of_file(path)]
    return read.read_file(path).pairs or list(pairs.of_file(path))
