"""What the command line shows: a progress bar, the summary of a run, the reasons of a term."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from termbuilder.aligning import Aligned
from termbuilder.formats import Problem
from termbuilder.mining import Done
from termbuilder.model import ConceptEntry, Source
from termbuilder.pipeline import Why
from termbuilder.termbase import ImportReport

if TYPE_CHECKING:
    from rich.progress import TaskID

TOP = 15  # terms shown in the summary
EVERY = 0.1  # seconds between two drawings of the progress bar


class Progress:
    """A progress bar on standard error, if that is a terminal; call it with (stage, done, of)."""

    def __init__(self, quiet: bool) -> None:
        """`quiet`: show nothing."""
        self._shown = not quiet and sys.stderr.isatty()
        self._bar: Any = None
        self._task: TaskID | None = None
        self._stage = ""
        self._drawn = 0.0

    def __enter__(self) -> Progress:
        """Show the bar."""
        if self._shown:
            from rich.console import Console
            from rich.progress import Progress as Bar

            # A thread that draws by itself would hold locks while processes are copied, and a copy could wait for them forever.
            self._bar = Bar(console=Console(stderr=True), transient=True, auto_refresh=False)
            self._bar.start()
            self._task = self._bar.add_task("reading", total=None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Move the bar."""
        if self._bar is not None:
            now = time.monotonic()
            redraw = stage != self._stage or done == of or now - self._drawn > EVERY
            self._bar.update(self._task, description=stage, completed=done, total=of, refresh=redraw)
            if redraw:
                self._stage, self._drawn = stage, now


def summary(done: Done) -> str:
    """The best terms of a run with pinyin and English, and what was written."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE, pad_edge=False)
    for title in ("term", "pinyin", "English (suggested)", "found"):
        table.add_column(title, overflow="fold", justify="right" if title == "found" else "left")
    for entry in done.entries[:TOP]:
        reading = entry.term_sec.reading
        table.add_row(entry.term, reading.text if reading else "", _english(entry), str(entry.frequency))
    lines = [_rendered(table).rstrip()] if done.entries else []
    lines.append(_counts(done))
    lines += [f"written: {path}" for path in done.files]
    return "\n".join(lines)


def _english(entry: ConceptEntry) -> str:
    usable = [sec for sec in entry.equivalents if sec.administrative_status != "deprecatedTerm"]
    return f"{usable[0].term}  [{usable[0].origin}]" if usable else ""


def _counts(done: Done) -> str:
    characters = sum(report.characters for report in done.run.documents)
    with_english = defined = 0
    for entry in done.entries:
        with_english += bool(_english(entry))
        defined += entry.definition is not None
    parts = [
        f"{len(done.run.documents)} document{'s' * (len(done.run.documents) != 1)} ({characters:,} characters)",
        f"{len(done.entries)} entries",
        f"{with_english} with English",
        f"{defined} with a definition",
    ]
    return ", ".join(parts) + "."


def _rendered(table: Any) -> str:
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=110, color_system=None, markup=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def told(term: str, why: Why | None, places: Sequence[tuple[Source, str]]) -> str:
    """The reasons of a term and its places, for people."""
    if why is None:
        return f"{term} is no candidate in these documents: " + (
            "it stands there, but nothing speaks for it." if places else "it does not stand there."
        )
    verdict = "left out" if why.left_out else "kept" if why.score >= why.needed else "not kept"
    lines = [f"{term}: {verdict}, score {why.score:+.3f} (needed {why.needed:+.1f}), rank {why.rank} of {why.candidates}"]
    if why.kind:
        lines.append(f"  it is a {why.kind}")
    lines += [f"  {reason.weight:+8.4f}  {reason.rule}  {reason.note}".rstrip() for reason in why.reasons]
    lines.append(f"  {sum(reason.weight for reason in why.reasons):+8.4f}  together")
    lines += [f"  {source}, offset {source.offset}: {' '.join(printed.split())}" for source, printed in places]
    return "\n".join(lines)


def imported(report: ImportReport, problems: Sequence[Problem], dry_run: bool) -> str:
    """What an import brought (or would bring), for people."""
    lines = [("would change: " if dry_run else "") + str(report)]
    lines += [f"  {problem}" for problem in problems]
    lines += [f"  {change.entry} {change.term}: {'; '.join(change.fields)}" for change in report.changed]
    lines += [
        f"  conflict in {one.entry} {one.term}, {one.field}: termbase {one.ours!r}, file {one.theirs!r}"
        for one in report.conflicts
    ]
    lines += [f"  refused: {what}: {why}" for what, why in report.refused]
    lines += [f"  perhaps one concept: {offer.entry} and {offer.other} ({offer.form})" for offer in report.offered]
    return "\n".join(lines)


def aligned(done: Aligned) -> str:
    """What an alignment gave, for people."""
    lines = [f"{done.pairs} pairs of segments"]
    for entry in done.found[:TOP]:
        lines.append(f"  {entry.term}: " + " | ".join(sec.term for sec in entry.equivalents))
    if done.merged is not None:
        changed = len(done.merged.changed)
        lines.append(f"{len(done.found)} terms with English in the pairs; {changed} entries of the termbase changed.")
    return "\n".join(lines)
