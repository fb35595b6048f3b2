"""Writes the workbook that is sent round: Terms, Variants, Contexts, Relations, Sources, About, and a hidden copy for the way back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from termbuilder.formats import workbook_rows as rows
from termbuilder.formats.exchange import DEFAULTS, Options
from termbuilder.formats.files import written
from termbuilder.formats.json_record import as_json
from termbuilder.formats.select import chosen
from termbuilder.formats.text import one_line, plain, shown_spans
from termbuilder.formats.workbook_about import Totals, facts
from termbuilder.formats.workbook_rows import Cell, Column
from termbuilder.formats.xlsx_looks import LINE, Looks
from termbuilder.formats.xlsx_package import packaged
from termbuilder.formats.xlsx_rows import Linked, Marked, RowSheet, Value
from termbuilder.model import ConceptEntry, Run

ROOM = 500  # rows below the last that have rules and a status list, for entries yet to be added
_NUMBERS = ("frequency", "document_frequency", "reliability", "score", "characters", "passages", "entries")
_STATUS_COLOURS = {
    "suggested": ("#FFF2CC", "#7F6000"),
    "approved": ("#E2F0D9", "#274E13"),
    "rejected": ("#E7E6E6", "#7F7F7F"),
}
_SOURCES = (
    Column("name", "Document", 40), Column("format", "Format", 8), Column("date", "Date", 12), Column("characters", "Characters", 12),
    Column("passages", "Sentences", 11), Column("entries", "Entries", 9), Column("encoding", "Encoding", 12),
    Column("repairs", "Repairs", 40), Column("warnings", "Remarks", 50), Column("digest", "SHA-256", 20),
)  # fmt: skip


def dump(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write the workbook; FormatError if there is nothing to write or the file cannot be written."""
    ahead = _Ahead()
    kept = chosen(entries, options, ahead.look)
    with written(path) as beside, packaged(beside) as workbook:
        _Workbook(workbook, kept, ahead, run).write()
    return len(kept)


def created_at(run: Run) -> datetime.datetime:
    """The date that stands in the file: that of the run, so that the same run gives the same bytes."""
    try:
        return datetime.datetime.fromisoformat(run.started).replace(tzinfo=None)
    except ValueError:
        return datetime.datetime(2000, 1, 1)


class _Ahead:
    """What has to be known of all entries before the first row is written."""

    def __init__(self) -> None:
        self.row_of: dict[str, int] = {}  # row of each entry on the sheet Terms (0 is the header), for the links
        self.linked = False
        self.names: dict[str, None] = {}  # of facts that get a column
        self._row = 0

    def look(self, entry: ConceptEntry) -> None:
        self._row += 1
        if entry.id:
            self.row_of[entry.id] = self._row
        self.linked = self.linked or bool(entry.links)
        self.names.update(dict.fromkeys(name for name, _ in entry.extra))


class _Workbook:
    """The sheets of one workbook, filled side by side: each entry adds its rows to all of them."""

    def __init__(self, workbook: Any, entries: Iterable[ConceptEntry], ahead: _Ahead, run: Run) -> None:
        self.workbook, self.entries, self.run = workbook, entries, run
        self.row_of, self.linked, self.extra = ahead.row_of, ahead.linked, rows.extra_columns(ahead.names)
        self.looks = Looks(workbook)
        self.ruled = workbook.add_format({"border": 1, "border_color": LINE})

    def write(self) -> None:
        created = created_at(self.run)
        self.workbook.set_properties({"title": plain(self.run.name), "author": "termbuilder", "created": created})
        extra = (Column(f"extra {name}", title, 18) for name, title in self.extra.items())
        columns = (*rows.TERMS, *extra, rows.SCORE, rows.ID)
        terms = self._sheet("Terms", columns, len(columns) - 2)
        variants = self._sheet("Variants", (*rows.VARIANTS, rows.KEY, rows.ID), len(rows.VARIANTS))
        contexts = self._sheet("Contexts", (*rows.CONTEXTS, rows.KEY, rows.ID), len(rows.CONTEXTS))
        relations = self._sheet("Relations", rows.RELATIONS, 0) if self.linked else None
        sources = self._sheet("Sources", _SOURCES, len(_SOURCES) - 1)
        about, copy = self._about(), self._hidden_copy()
        totals = Totals()
        for entry in self.entries:
            self._add_term(terms, entry)
            self._add_variants(variants, entry)
            self._add_evidence(contexts, entry)
            if relations:
                self._add_relations(relations, entry)
            text = as_json(entry)
            copy.add_texts([text[start : start + rows.LONGEST_TEXT] for start in range(0, len(text), rows.LONGEST_TEXT)])
            totals.count(entry)
        self._add_documents(sources)
        for fact in facts(totals, self.run):
            about.add_row(fact)
        self._finish_terms(terms)
        self._finish(variants, len(rows.VARIANTS), (0, len(rows.VARIANTS) - 1))
        self._finish(contexts, len(rows.CONTEXTS), (0, len(rows.CONTEXTS) - 1))
        if relations:
            self._finish(relations, len(rows.RELATIONS), (0, len(rows.RELATIONS) - 1))
        self._finish(sources, len(_SOURCES) - 1, (0, len(_SOURCES) - 1))

    # --- sheets --------------------------------------------------------------------------------------------------

    def _sheet(self, name: str, columns: Sequence[Column], growing: int) -> RowSheet:
        """A sheet with its header frozen, set up to be printed; texts in its first `growing` columns make their row higher."""
        sheet: RowSheet = self.workbook.add_worksheet(name, RowSheet)
        looks = self.looks
        styles = [looks.term if c.key == "term" else looks.number if c.key in _NUMBERS else looks.body for c in columns]
        for number, (column, style) in enumerate(zip(columns, styles)):
            sheet.set_column(number, number, column.width, style.format, {"hidden": 1} if column.hidden else {})
            sheet.write_string(0, number, column.title, looks.head.format)
        sheet.take_rows(looks, styles, [column.width for column in columns[:growing]])
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        title = plain(self.run.name).replace("&", "&&")[:80]
        sheet.set_header(f"&L{title}&R{name}")
        sheet.set_footer(f"&L{plain(self.run.started)[:10]}&RPage &P of &N")
        return sheet

    def _finish(self, sheet: RowSheet, printed: int, *blocks: tuple[int, int]) -> None:
        """Filter the rows, print the first columns, and draw lines between the rows.

        The lines come from a rule and not cell by cell: lighter, and rows that somebody adds are ruled, too. Blocks of columns
        (first, last) that have a conditional format of their own get this one after it: of several that overlap otherwise,
        LibreOffice applies only one.
        """
        last = max(sheet.last_row, 1)
        sheet.autofilter(0, 0, last, sheet.dim_colmax)
        sheet.print_area(0, 0, last, printed - 1)
        rule = {"type": "formula", "criteria": '=$A2<>""', "format": self.ruled}
        for first, end in blocks:
            sheet.conditional_format(1, first, sheet.last_row + ROOM, end, rule)

    def _finish_terms(self, sheet: RowSheet) -> None:
        """The status drop-down (for rows yet to be added, too), colours that follow it, hints on the headers."""
        place = {column.key: number for number, column in enumerate(rows.TERMS)}
        status, english, other, room = place["status"], place["english"], place["other_english"], sheet.last_row + ROOM
        choices = list(_STATUS_COLOURS)
        sheet.data_validation(
            1, status, room, status,
            {
                "validate": "list", "source": choices, "error_title": "Status",
                "error_message": "Choose suggested, approved or rejected.",
            },
        )  # fmt: skip
        for value, (fill, ink) in _STATUS_COLOURS.items():
            shade = self.workbook.add_format(
                {"bg_color": fill, "font_color": ink, "bold": value == "approved", "border": 1, "border_color": LINE}
            )
            sheet.conditional_format(
                1, status, room, status, {"type": "cell", "criteria": "==", "value": f'"{value}"', "format": shade}
            )
        unsure = self.workbook.add_format({"italic": True, "font_color": "#7F6000", "border": 1, "border_color": LINE})
        letter = chr(ord("A") + status)
        sheet.conditional_format(
            1, english, room, other, {"type": "formula", "criteria": f'=${letter}2="suggested"', "format": unsure}
        )
        for column in rows.TERMS:
            if column.help:
                sheet.write_comment(0, place[column.key], column.help, {"x_scale": 1.6, "y_scale": 0.6})
        blocks = ((english, other), (status, status), (0, english - 1), (status + 1, sheet.dim_colmax))
        self._finish(sheet, rows.PRINTED, *blocks)

    def _about(self) -> RowSheet:
        sheet: RowSheet = self.workbook.add_worksheet("About", RowSheet)
        sheet.hide_gridlines(2)
        widths = (26, 100)
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, plain(self.run.name), self.looks.title.format)
        sheet.take_rows(self.looks, (self.looks.label, self.looks.fact), widths, first=2)
        return sheet

    def _hidden_copy(self) -> RowSheet:
        """Each entry as it was exported, so that an import can tell what a person changed since."""
        sheet: RowSheet = self.workbook.add_worksheet(rows.HIDDEN_COPY, RowSheet)
        sheet.very_hidden()
        sheet.write_string(0, 0, "1")
        sheet.write_string(0, 1, self.run.signature)
        sheet.write_string(0, 2, self.run.started)
        for number, (name, title) in enumerate(self.extra.items()):
            sheet.write_string(0, 3 + 2 * number, title)
            sheet.write_string(0, 4 + 2 * number, name)
        return sheet

    # --- rows ----------------------------------------------------------------------------------------------------

    def _to(self, text: str, target: str) -> Value:
        """A text that leads to the row of the entry `target`, if there is one."""
        row = self.row_of.get(target)
        return text if row is None else Linked(text, row)

    def _add_term(self, sheet: RowSheet, entry: ConceptEntry) -> None:
        cells: dict[str, Value] = {**rows.terms_row(entry)}
        for kind in ("broader", "related"):
            target = next((link.target for link in entry.links if link.kind == kind), "")
            cells[kind] = self._to(str(cells[kind]), target)
        context = rows.shown_context(entry)
        if context:
            cells["context"] = Marked(context.text, shown_spans(context, rows.chinese_forms(entry)))
        facts = rows.extra_cells(entry)
        sheet.add_row([*cells.values(), *(facts.get(name, "") for name in self.extra), round(entry.score, 2), entry.id])

    def _add_variants(self, sheet: RowSheet, entry: ConceptEntry) -> None:
        for cells in rows.variant_rows(entry):
            concept, *others = cells.values()
            sheet.add_row([self._to(str(concept), entry.id), *others, f"{cells['lang']} {cells['form']}", entry.id])

    def _add_evidence(self, sheet: RowSheet, entry: ConceptEntry) -> None:
        concept, forms = self._to(one_line(entry.term), entry.id), rows.chinese_forms(entry)
        for evidence in rows.evidence_rows(entry):
            context = evidence.context
            text = Marked(context.text, shown_spans(context, forms)) if context else evidence.text
            sheet.add_row([concept, evidence.kind, text, evidence.source, evidence.key, entry.id])

    def _add_relations(self, sheet: RowSheet, entry: ConceptEntry) -> None:
        concept = self._to(one_line(entry.term), entry.id)
        for link in entry.links:
            sheet.add_row([concept, link.kind, self._to(one_line(link.term) or link.target, link.target), link.rule])

    def _add_documents(self, sheet: RowSheet) -> None:
        for document in self.run.documents:
            repairs = "\n".join(f"{repair.name}: {repair.count}" for repair in document.repairs)
            cells: tuple[Cell, ...] = (
                document.name, document.format, document.date, document.characters, document.passages, document.entries,
                document.encoding, repairs, "\n".join(document.warnings), document.digest,
            )  # fmt: skip
            sheet.add_row(cells)
