"""Writes the rows of a sheet as XML at once.

XlsxWriter takes every cell through a dozen calls, which for a glossary is half of the time of a whole run. Here it still makes the
workbook, the styles and everything around the rows; the rows themselves are put together as text, the way it would write them.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from xlsxwriter.worksheet import Worksheet

from termbuilder.formats.workbook_rows import Cell, fitting, lines_in
from termbuilder.formats.xlsx_cells import column_letter
from termbuilder.formats.xlsx_looks import FONT, Looks, Style

# Excel refuses a sheet with more than 65,530 links, and a link with a longer text.
MOST_LINKS = 65_000
LONGEST_LINK = 255

_LINE_HEIGHT = 15.5
_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t")
_LITERAL_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
_PLAIN = f'<rPr><sz val="10"/><color theme="1"/><rFont val="{FONT}"/><family val="2"/></rPr>'
_MARKED = f'<rPr><b/><sz val="10"/><color rgb="FFC00000"/><rFont val="{FONT}"/><family val="2"/></rPr>'

_BUFFERED = 1 << 16


class Linked(NamedTuple):
    """A text that leads to a row of the sheet Terms (0 is the header)."""

    text: str
    row: int


class Marked(NamedTuple):
    """A text in which `spans` (in order, none overlapping) stand out."""

    text: str
    spans: Sequence[tuple[int, int]]


Value = Cell | Linked | Marked


class RowSheet(Worksheet):  # type: ignore[misc]
    """A worksheet (of a workbook in constant memory) that takes whole rows of values below its header row.

    The rows wait on disk until the workbook is packed. Row heights are a first guess: programs fit them again when somebody edits
    a row, as no height is marked as chosen by a person.
    """

    def __init__(self) -> None:
        """An empty sheet."""
        super().__init__()
        self.next_row = 1
        self.rows = tempfile.TemporaryFile(buffering=_BUFFERED)  # noqa: SIM115 - closed when they are in their place
        # links stand below all rows: 65,000 of them take as much memory as the entries
        self._links = tempfile.TemporaryFile(buffering=_BUFFERED)  # noqa: SIM115
        self._links_left = MOST_LINKS

    def take_rows(self, looks: Looks, styles: Sequence[Style], widths: Sequence[int], first: int = 1) -> None:
        """Say how the rows from `first` on look: the styles of the columns; long texts in those with a width make a row higher."""
        self.next_row = first
        self._looks = looks
        no_width = [0] * (len(styles) - len(widths))
        letters, attributes = map(column_letter, range(len(styles))), (style.attribute for style in styles)
        self._columns = list(zip(letters, attributes, (*widths, *no_width)))
        self._least_lines = 1 if widths else 0

    @property
    def last_row(self) -> int:
        """The last row written, 0 if there is only the header."""
        return self.next_row - 1

    def add_row(self, values: Sequence[Value]) -> None:
        """Write the next row, its values from the left. Text stays text: no cell is ever a formula; an empty one is no cell."""
        cells: list[str] = []
        row, lines = str(self.next_row + 1), self._least_lines
        for (letter, look, width), value in zip(self._columns, values):
            if value == "":  # nearly half of all cells
                continue
            if isinstance(value, str):
                inner, needed, formula = _text(value, width)
                if formula:
                    look = self._looks.quoted.attribute
            elif isinstance(value, Linked):
                inner, needed, _ = _text(value.text, width)
                if self._leads(letter + row, value):
                    look = self._looks.link.attribute
            elif isinstance(value, Marked):
                inner, needed, look = self._marked(value, width, look)
            else:
                inner, needed, look = f"><v>{value:.16G}</v></c>", 0, self._looks.number.attribute
            if inner:
                cells.append(f'<c r="{letter}{row}"{look}{inner}')
            if needed > lines:
                lines = needed
        self._write(cells, _height(lines), len(values))

    def add_texts(self, texts: Sequence[str]) -> None:
        """Write the next row to the letter, in cells that nobody has formatted."""
        cells = [
            f'<c r="{column_letter(column)}{self.next_row + 1}" t="inlineStr"><is>{_run(text)}</is></c>'
            for column, text in enumerate(texts)
            if text
        ]
        self._write(cells, "", len(texts))

    def _marked(self, marked: Marked, width: int, look: str) -> tuple[str, int, str]:
        text, spans = marked
        whole = spans[:1] == ((0, len(text)),)
        formula = text.startswith(_RUNS_AS_FORMULA)
        if formula:
            look = self._looks.quoted.attribute
        elif whole:
            look = self._looks.hit.attribute
        if whole or not spans or text != fitting(text):  # a text that is too long is cut, and has no marks
            return *_text(text, width)[:2], look
        return _marked_runs(text, spans), lines_in(text, width), look

    def _leads(self, place: str, to: Linked) -> bool:
        """Make a cell lead to a row of the sheet Terms, if it has a text and there may be another link."""
        if not to.text or len(to.text) > LONGEST_LINK or self._links_left <= 0:
            return False
        self._links_left -= 1
        display = _escaped(to.text).replace('"', "&quot;").replace("\n", "&#xA;")
        self._links.write(f'<hyperlink ref="{place}" location="\'Terms\'!A{to.row + 1}" display="{display}"/>'.encode())
        return True

    def _write(self, cells: Sequence[str], height: str, width: int) -> None:
        self.rows.write(f'<row r="{self.next_row + 1}"{height}>{"".join(cells)}</row>'.encode())
        self.dim_rowmax = self.next_row
        self.dim_colmax: int = max(self.dim_colmax, width - 1)
        self.next_row += 1

    def _write_hyperlinks(self) -> None:
        with self._links as links:
            if links.tell():
                links.seek(0)
                self.fh.write("<hyperlinks>")
                self.fh.flush()
                shutil.copyfileobj(links, self.fh.buffer)
                self.fh.write("</hyperlinks>")

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = None) -> None:
        if tag == "row":
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


@cache
def _height(lines: int) -> str:
    """The height of a row of so many lines, in whole pixels, as spreadsheet programs keep it (Excel allows 409 points)."""
    return f' ht="{int(min(_LINE_HEIGHT * lines + 3, 409) * 4.0 / 3.0 + 0.5) * 0.75:.16g}"' if lines else ""


@lru_cache(maxsize=1024)  # most cells say one of a few words, or what the row above says
def _text(text: str, width: int) -> tuple[str, int, bool]:
    """What a cell with this text holds after its style; the lines that it takes in a column with a width; is it like a formula?"""
    text = fitting(text)
    inner = f' t="inlineStr"><is><t>{_literal(text)}</t></is></c>' if text else ""
    return inner, lines_in(text, width) if width else 0, text.startswith(_RUNS_AS_FORMULA)


def _marked_runs(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """What a cell holds in which `spans` of the text stand out: bold and red."""
    runs = []
    end = 0
    for start, stop in spans:
        if start > end:
            # before the first mark the font of the cell holds, afterwards a run must say its own
            runs.append(f"<r>{_PLAIN if end else ''}{_run(text[end:start])}</r>")
        runs.append(f"<r>{_MARKED}{_run(text[start:stop])}</r>")
        end = stop
    if end < len(text):
        runs.append(f"<r>{_PLAIN}{_run(text[end:])}</r>")
    return f' t="inlineStr"><is>{"".join(runs)}</is></c>'


def _run(text: str) -> str:
    kept = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f"<t{kept}>{_literal(text)}</t>"


def _literal(text: str) -> str:
    """A text that holds something like _x0041_ must say that it means that."""
    return _escaped(_LITERAL_ESCAPE.sub(r"_x005F\1", text) if "_x" in text else text)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
