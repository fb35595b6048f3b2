"""What the sheet About of the workbook tells: figures, where the glossary comes from, and how to work with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from termbuilder.formats.workbook_rows import shown_definition
from termbuilder.model import ConceptEntry, EntryStatus, Run


@dataclass(slots=True)
class Totals:
    """How many entries there are of each status, with English, with a definition."""

    statuses: Counter[EntryStatus] = field(default_factory=Counter)
    english: int = 0
    defined: int = 0

    def count(self, entry: ConceptEntry) -> None:
        """Count one more entry."""
        self.statuses[entry.status] += 1
        self.english += bool(entry.equivalents)
        self.defined += shown_definition(entry) is not None


def facts(totals: Totals, run: Run) -> list[tuple[str, str]]:
    """The rows of the sheet: what, and the text to it."""
    entries = totals.statuses.total()
    counts = [
        f"{totals.statuses[status]} {status}" for status in ("suggested", "approved", "rejected") if totals.statuses[status]
    ]
    told = [
        ("Concepts", ", ".join([str(entries), *counts])),
        ("With English", f"{totals.english} of {entries}"),
        ("With a definition", f"{totals.defined} of {entries}"),
        ("Documents", str(len(run.documents))),
        ("Made", run.started.replace("T", " ")),
        ("Made with", ", ".join(f"{name} {version}" for name, version in sorted(run.versions.items()))),
        ("Settings", run.signature),
        (
            "How to work with it",
            "Edit any cell of Terms; choose the status from its list. Separate several terms in one cell with |. Add a term in a new row at "
            "the end. Sort, filter and hide as you like, add columns of your own. Then give the file to termbuilder import: it "
            "finds what you changed and never overwrites a decision made meanwhile.",
        ),
        (
            "What status means",
            "suggested: proposed by the program, nobody has checked it (English in italics). approved: a person decided that it is right. "
            "rejected: a person decided that it is no term; it will not be proposed again.",
        ),
        (
            "Printing",
            "Terms prints its first columns on A4, landscape, the header on every page. Change it under Page Layout > Print Area.",
        ),
        (
            "Hidden",
            "The column ID of each sheet, and a hidden sheet with a copy of the entries as exported, serve the way back into the termbase.",
        ),
    ]
    told += [("Notice", notice) for notice in run.notices]
    told += [("Remark", warning) for warning in run.warnings]
    return [(label, text) for label, text in told if text]
