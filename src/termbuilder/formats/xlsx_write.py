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
from termbuilder.formats.workbook_rows import Cell, Column
from termbuilder.formats.xlsx_rows import RowSheet, Style, marked_cell, number_cell, text_cell
from termbuilder.model import ConceptEntry, Run

# Excel refuses a sheet with more than 65,530 links.
MOST_LINKS = 65_000

_FONT = "Microsoft YaHei"  # has pinyin with tone marks and every common Han character; others fall back by themselves
_LINE_HEIGHT = 15.5
ROOM = 500  # rows below the last that have rules and a status list, for entries yet to be added
_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t")
_DARK, _PALE, _LINE = "#1F3864", "#F2F5FA", "#C9D1DE"
_NUMBERS = ("frequency", "document_frequency", "reliability", "score", "characters", "passages", "entries")
_STATUS_COLOURS = {
    "suggested": ("#FFF2CC", "#7F6000"),
    "approved": ("#E2F0D9", "#274E13"),
    "rejected": ("#E7E6E6", "#7F7F7F"),
}


def dump(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write the workbook; FormatError if there is nothing to write or the file cannot be written."""
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    kept = chosen(entries, options)
    with written(path) as beside:
        try:
            # rows go to disk as they come: memory does not grow with the glossary
            with xlsxwriter.Workbook(str(beside), {"constant_memory": True, "strings_to_formulas": False}) as workbook:
                _Workbook(workbook, kept, run).write()
        except (XlsxWriterException, UnicodeDecodeError) as error:  # a full disk: rows come back from it cut off
            raise OSError(str(error)) from error
    return len(kept)


def created_at(run: Run) -> datetime.datetime:
    """The date that stands in the file: that of the run, so that the same run gives the same bytes."""
    try:
        return datetime.datetime.fromisoformat(run.started).replace(tzinfo=None)
    except ValueError:
        return datetime.datetime(2000, 1, 1)


def _height(columns: Sequence[Column], texts: Iterable[Cell]) -> float:
    """The height that the longest cell of a row needs (Excel allows 409 points)."""
    lines = max(rows.lines_in(text, column.width) for column, text in zip(columns, texts) if text and isinstance(text, str))
    return min(_LINE_HEIGHT * lines + 3, 409)


class _Workbook:
    """The sheets of one workbook and the few cell formats that they share."""

    def __init__(self, workbook: Any, entries: Sequence[ConceptEntry], run: Run) -> None:
        self.workbook, self.entries, self.run = workbook, entries, run
        # row of each entry on the sheet Terms (0 is the header), for the links
        self.row_of = {entry.id: row for row, entry in enumerate(entries, 1) if entry.id}
        self.extra = rows.extra_columns(entries)
        base = {"font_name": _FONT, "font_size": 10, "valign": "top"}
        self.body = Style(workbook.add_format({**base, "text_wrap": True}))
        # a cell that starts with = + - @ stays text even when somebody edits it
        self.quoted = Style(workbook.add_format({**base, "text_wrap": True, "quote_prefix": True}))
        self.term = Style(workbook.add_format({**base, "text_wrap": True, "bold": True, "font_size": 11}))
        self.number = Style(workbook.add_format({**base, "align": "right"}))
        self.link = Style(workbook.add_format({**base, "text_wrap": True, "font_color": "#0563C1", "underline": 1}))
        self.head = workbook.add_format(
            {**base, "bold": True, "font_color": "white", "bg_color": _DARK, "text_wrap": True, "valign": "vcenter"}
        )
        self.title = workbook.add_format({"font_name": _FONT, "font_size": 16, "bold": True, "font_color": _DARK})
        ruled = {"bottom": 1, "bottom_color": _LINE}
        self.label = Style(workbook.add_format({**base, **ruled, "bold": True, "bg_color": _PALE, "text_wrap": True}))
        self.fact = Style(workbook.add_format({**base, **ruled, "text_wrap": True}))
        self.hit_cell = Style(workbook.add_format({**base, "text_wrap": True, "bold": True, "font_color": "#C00000"}))
        self.ruled = workbook.add_format({"border": 1, "border_color": _LINE})
        self.bare = Style(workbook.formats[0])  # how a cell looks that nobody has formatted
        self.links_left = MOST_LINKS

    def write(self) -> None:
        created = created_at(self.run)
        self.workbook.set_properties({"title": plain(self.run.name), "author": "termbuilder", "created": created})
        self._terms()
        self._variants()
        self._contexts()
        if any(entry.links for entry in self.entries):
            self._relations()
        self._sources()
        self._about()
        self._hidden_copy()

    # --- cells ---------------------------------------------------------------------------------------------------

    def _cell(self, row: int, column: int, value: Cell, style: Style | None = None) -> str:
        """Text is always written as text: no cell is ever a formula."""
        if value == "":  # nearly half of all cells
            return ""
        if isinstance(value, str):
            text = rows.fitting(value)
            return text_cell(row, column, text, self.quoted if text.startswith(_RUNS_AS_FORMULA) else style or self.body)
        return number_cell(row, column, value, style or self.number)

    def _link_cell(self, sheet: RowSheet, row: int, column: int, text: str, target: str) -> str:
        to = self.row_of.get(target)
        if to is None or not text or len(text) > 255 or self.links_left <= 0:
            return self._cell(row, column, text)
        self.links_left -= 1
        sheet.add_link(row, column, text, f"'Terms'!A{to + 1}")
        return text_cell(row, column, text, self.link)

    def _marked_cell(self, row: int, column: int, text: str, spans: Sequence[tuple[int, int]]) -> str:
        """The text with the term in it highlighted."""
        if len(text) > rows.LONGEST_TEXT or not spans:
            return self._cell(row, column, text)
        if spans[0] == (0, len(text)):
            return self._cell(row, column, text, self.hit_cell)
        return marked_cell(row, column, text, spans, _FONT, self.quoted if text.startswith(_RUNS_AS_FORMULA) else self.body)

    def _sheet(self, name: str, columns: Sequence[Column], length: int, printed: int = 0) -> RowSheet:
        """A sheet with its header frozen, filtered, and set up to be printed."""
        sheet: RowSheet = self.workbook.add_worksheet(name, RowSheet)
        for number, column in enumerate(columns):
            look = self.term if column.key == "term" else self.number if column.key in _NUMBERS else self.body
            sheet.set_column(number, number, column.width, look.format, {"hidden": 1} if column.hidden else {})
            sheet.write_string(0, number, column.title, self.head)
        self.links_left = MOST_LINKS
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(length, 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, max(length, 1), (printed or sum(not column.hidden for column in columns)) - 1)
        title = plain(self.run.name).replace("&", "&&")[:80]
        sheet.set_header(f"&L{title}&R{name}")
        sheet.set_footer(f"&L{plain(self.run.started)[:10]}&RPage &P of &N")
        return sheet

    def _rule(self, sheet: RowSheet, length: int, *blocks: tuple[int, int]) -> None:
        """Lines between the rows, by a rule and not cell by cell: lighter, and rows that somebody adds are ruled, too.

        Blocks of columns (first, last) that have a conditional format of their own get this one after it: of several that
        overlap otherwise, LibreOffice applies only one.
        """
        rule = {"type": "formula", "criteria": '=$A2<>""', "format": self.ruled}
        for first, last in blocks:
            sheet.conditional_format(1, first, length + ROOM, last, rule)

    # --- sheets --------------------------------------------------------------------------------------------------

    def _terms(self) -> None:
        extra = tuple(Column(f"extra {name}", title, 18) for name, title in self.extra.items())
        columns = (*rows.TERMS, *extra, rows.SCORE, rows.ID)
        last = len(self.entries)
        sheet = self._sheet("Terms", columns, last, rows.PRINTED)
        place = {column.key: number for number, column in enumerate(columns)}
        for row, entry in enumerate(self.entries, 1):
            cells = rows.terms_row(entry)
            cells |= {f"extra {name}": value for name, value in rows.extra_cells(entry).items() if name in self.extra}
            context = rows.shown_context(entry)
            line = []
            for column, number in place.items():
                if column == "id":
                    line.append(self._cell(row, number, entry.id))
                elif column == "score":
                    line.append(self._cell(row, number, round(entry.score, 2)))
                elif column in ("broader", "related"):
                    target = next((link.target for link in entry.links if link.kind == column), "")
                    line.append(self._link_cell(sheet, row, number, str(cells[column]), target))
                elif column == "context" and context:
                    text = str(cells["context"])
                    spans = shown_spans(context, rows.chinese_forms(entry)) if text == context.text else ()
                    line.append(self._marked_cell(row, number, text, spans))
                else:
                    line.append(self._cell(row, number, cells.get(column, ""), self.term if column == "term" else None))
            sheet.add_row(row, _height(columns, (cells.get(column.key, "") for column in columns)), line)
        self._choices(sheet, place, last)
        status, english, other = place["status"], place["english"], place["other_english"]
        self._rule(sheet, last, (english, other), (status, status), (0, english - 1), (status + 1, len(columns) - 1))

    def _choices(self, sheet: Any, place: dict[str, int], last: int) -> None:
        """The status drop-down (for rows yet to be added, too), colours that follow it, hints on the headers."""
        status, room = place["status"], last + ROOM
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
                {"bg_color": fill, "font_color": ink, "bold": value == "approved", "border": 1, "border_color": _LINE}
            )
            sheet.conditional_format(
                1, status, room, status, {"type": "cell", "criteria": "==", "value": f'"{value}"', "format": shade}
            )
        unsure = self.workbook.add_format({"italic": True, "font_color": "#7F6000", "border": 1, "border_color": _LINE})
        letter = chr(ord("A") + status)
        sheet.conditional_format(
            1, place["english"], room, place["other_english"],
            {"type": "formula", "criteria": f'=${letter}2="suggested"', "format": unsure},
        )  # fmt: skip
        for column in rows.TERMS:
            if column.help:
                sheet.write_comment(0, place[column.key], column.help, {"x_scale": 1.6, "y_scale": 0.6})

    def _variants(self) -> None:
        length = sum(len(section.term_secs) for entry in self.entries for section in entry.lang_secs)
        sheet = self._sheet("Variants", (*rows.VARIANTS, rows.KEY, rows.ID), length)
        row = 0
        for entry in self.entries:
            for cells in rows.variant_rows(entry):
                row += 1
                line = [self._link_cell(sheet, row, 0, str(cells["concept"]), entry.id)]
                line += [self._cell(row, number, cells[column.key]) for number, column in enumerate(rows.VARIANTS[1:], 1)]
                line.append(self._cell(row, len(rows.VARIANTS), f"{cells['lang']} {cells['form']}"))
                line.append(self._cell(row, len(rows.VARIANTS) + 1, entry.id))
                sheet.add_row(row, _height(rows.VARIANTS, cells.values()), line)
        self._rule(sheet, length, (0, len(rows.VARIANTS) - 1))

    def _contexts(self) -> None:
        length = sum(1 for entry in self.entries for _ in rows.evidence_rows(entry))
        sheet = self._sheet("Contexts", (*rows.CONTEXTS, rows.KEY, rows.ID), length)
        row = 0
        for entry in self.entries:
            forms = rows.chinese_forms(entry)
            for evidence in rows.evidence_rows(entry):
                row += 1
                exact = evidence.context is not None and evidence.context.text == evidence.text
                spans = shown_spans(evidence.context, forms) if evidence.context and exact else ()
                line = [
                    self._link_cell(sheet, row, 0, one_line(entry.term), entry.id),
                    self._cell(row, 1, evidence.kind),
                    self._marked_cell(row, 2, evidence.text, spans),
                    self._cell(row, 3, evidence.source),
                    self._cell(row, 4, evidence.key),
                    self._cell(row, 5, entry.id),
                ]
                shown = (entry.term, evidence.kind, evidence.text, evidence.source)
                sheet.add_row(row, _height(rows.CONTEXTS, shown), line)
        self._rule(sheet, length, (0, len(rows.CONTEXTS) - 1))

    def _relations(self) -> None:
        length = sum(len(entry.links) for entry in self.entries)
        sheet = self._sheet("Relations", rows.RELATIONS, length)
        row = 0
        for entry in self.entries:
            for link in entry.links:
                row += 1
                line = [
                    self._link_cell(sheet, row, 0, one_line(entry.term), entry.id),
                    self._cell(row, 1, link.kind),
                    self._link_cell(sheet, row, 2, one_line(link.term) or link.target, link.target),
                    self._cell(row, 3, link.rule),
                ]
                sheet.add_row(row, None, line)
        self._rule(sheet, length, (0, len(rows.RELATIONS) - 1))

    def _sources(self) -> None:
        columns = (
            Column("name", "Document", 40), Column("format", "Format", 8), Column("date", "Date", 12), Column("characters", "Characters", 12),
            Column("passages", "Sentences", 11), Column("entries", "Entries", 9), Column("encoding", "Encoding", 12),
            Column("repairs", "Repairs", 40), Column("warnings", "Remarks", 50), Column("digest", "SHA-256", 20),
        )  # fmt: skip
        sheet = self._sheet("Sources", columns, len(self.run.documents), printed=len(columns) - 1)
        for row, document in enumerate(self.run.documents, 1):
            repairs = "\n".join(f"{repair.name}: {repair.count}" for repair in document.repairs)
            cells: tuple[Cell, ...] = (
                document.name, document.format, document.date, document.characters, document.passages, document.entries,
                document.encoding, repairs, "\n".join(document.warnings), document.digest,
            )  # fmt: skip
            line = [self._cell(row, number, value) for number, value in enumerate(cells)]
            sheet.add_row(row, _height(columns[:-1], cells), line)
        self._rule(sheet, len(self.run.documents), (0, len(columns) - 1))

    def _about(self) -> None:
        sheet: RowSheet = self.workbook.add_worksheet("About", RowSheet)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 100)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, plain(self.run.name), self.title)
        for row, (label, text) in enumerate(self._facts(), 2):
            line = [self._cell(row, 0, label, self.label), self._cell(row, 1, text, self.fact)]
            sheet.add_row(row, _LINE_HEIGHT * rows.lines_in(str(text), 100) + 3, line)

    def _facts(self) -> list[tuple[str, Cell]]:
        counts = {status: sum(entry.status == status for entry in self.entries) for status in _STATUS_COLOURS}
        english = sum(bool(entry.equivalents) for entry in self.entries)
        defined = sum(rows.shown_definition(entry) is not None for entry in self.entries)
        facts: list[tuple[str, Cell]] = [
            (
                "Concepts",
                ", ".join([str(len(self.entries)), *(f"{count} {status}" for status, count in counts.items() if count)]),
            ),
            ("With English", f"{english} of {len(self.entries)}"),
            ("With a definition", f"{defined} of {len(self.entries)}"),
            ("Documents", str(len(self.run.documents))),
            ("Made", self.run.started.replace("T", " ")),
            ("Made with", ", ".join(f"{name} {version}" for name, version in sorted(self.run.versions.items()))),
            ("Settings", self.run.signature),
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
        facts += [("Notice", notice) for notice in self.run.notices]
        facts += [("Remark", warning) for warning in self.run.warnings]
        return [(label, text) for label, text in facts if text]

    def _hidden_copy(self) -> None:
        """Each entry as it was exported, so that an import can tell what a person changed since."""
        sheet: RowSheet = self.workbook.add_worksheet(rows.HIDDEN_COPY, RowSheet)
        sheet.very_hidden()
        sheet.write_string(0, 0, "1")
        sheet.write_string(0, 1, self.run.signature)
        sheet.write_string(0, 2, self.run.started)
        for number, (name, title) in enumerate(self.extra.items()):
            sheet.write_string(0, 3 + 2 * number, title)
            sheet.write_string(0, 4 + 2 * number, name)
        for row, entry in enumerate(self.entries, 1):
            text = as_json(entry)
            pieces = (text[start : start + rows.LONGEST_TEXT] for start in range(0, len(text), rows.LONGEST_TEXT))
            sheet.add_row(row, None, [text_cell(row, number, piece, self.bare) for number, piece in enumerate(pieces)])
