"""Writes the rows of a sheet as XML at once.

XlsxWriter takes every cell through a dozen calls, which for a glossary is half of the time of a whole run. Here it still makes the
workbook, the styles and everything around the rows; the rows themselves are put together as text, the way it would write them.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from xlsxwriter.worksheet import Worksheet

from termbuilder.formats.xlsx_cells import column_letter

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_LITERAL_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
_DATA = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = str.maketrans({"&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;", "\n": "&#xA;"})

_LINKS_IN_MEMORY = 1 << 20

letter_of = cache(column_letter)


class RowSheet(Worksheet):  # type: ignore[misc]
    """A worksheet (of a workbook in constant memory) that takes whole rows of ready cells after its header row.

    Row heights are a first guess: programs fit them again when somebody edits a row, as no height is marked as chosen by a person.
    """

    def __init__(self) -> None:
        """An empty sheet."""
        super().__init__()
        self._in_header = True
        # they stand below all rows, so they wait in a file: 65,000 of them take as much memory as the entries
        self._links = tempfile.SpooledTemporaryFile(max_size=_LINKS_IN_MEMORY, mode="w+", encoding="utf-8", newline="")  # noqa: SIM115

    def add_row(self, row: int, height: float | None, cells: Sequence[str]) -> None:
        """Write a row below all others; `cells` in the order of the columns."""
        if self._in_header:
            self._in_header = False
            self._write_single_row(row)
        look = ""
        if height is not None:  # in whole pixels, as spreadsheet programs keep heights
            look = f' ht="{int(height * 4.0 / 3.0 + 0.5) * 0.75:.16g}"'
        self.fh.write(f'<row r="{row + 1}"{look}>{"".join(cells)}</row>')
        self.dim_rowmax = row
        self.dim_colmax: int = max(self.dim_colmax, len(cells) - 1)

    def add_link(self, row: int, column: int, text: str, target: str) -> None:
        """Make a cell lead to a place in the workbook ('Terms'!A2)."""
        self._links.write(
            f'<hyperlink ref="{letter_of(column)}{row + 1}" location="{target}" display="{text.translate(_ATTRIBUTE)}"/>'
        )

    def _write_hyperlinks(self) -> None:
        with self._links as links:
            if links.tell():
                links.seek(0)
                self.fh.write("<hyperlinks>")
                shutil.copyfileobj(links, self.fh)
                self.fh.write("</hyperlinks>")

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = None) -> None:
        if tag == "row":
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


class Style:
    """A cell format; as text it is the attribute that a cell of this format has."""

    def __init__(self, format: Format) -> None:
        """The style of `format`."""
        self.format = format
        self._attribute: str | None = None

    def __str__(self) -> str:
        """The attribute; formats get their numbers in the order of their first use."""
        if self._attribute is None:
            number = self.format._get_xf_index()
            self._attribute = f' s="{number}"' if number else ""
        return self._attribute


def text_cell(row: int, column: int, text: str, style: Style) -> str:
    """A cell with a text; an empty cell is none and looks like its column."""
    if not text:
        return ""
    return f'<c r="{letter_of(column)}{row + 1}"{style} t="inlineStr"><is><t{_kept(text)}>{_escaped(text)}</t></is></c>'


def number_cell(row: int, column: int, number: float, style: Style) -> str:
    """A cell with a number."""
    return f'<c r="{letter_of(column)}{row + 1}"{style}><v>{number:.16G}</v></c>'


def marked_cell(row: int, column: int, text: str, spans: Sequence[tuple[int, int]], font: str, style: Style) -> str:
    """A cell with a text in which `spans` (in order, none overlapping) stand out: bold and red, in size 10 of `font`."""
    plain = f'<rPr><sz val="10"/><color theme="1"/><rFont val="{font}"/><family val="2"/></rPr>'
    marked = f'<rPr><b/><sz val="10"/><color rgb="FFC00000"/><rFont val="{font}"/><family val="2"/></rPr>'
    runs = []
    end = 0
    for start, stop in spans:
        if start > end:
            # before the first mark the font of the cell holds, afterwards a run must say its own
            runs.append((plain if end else "", text[end:start]))
        runs.append((marked, text[start:stop]))
        end = stop
    if end < len(text):
        runs.append((plain, text[end:]))
    inner = "".join(f"<r>{look}<t{_kept(part)}>{_escaped(part)}</t></r>" for look, part in runs)
    return f'<c r="{letter_of(column)}{row + 1}"{style} t="inlineStr"><is>{inner}</is></c>'


def _escaped(text: str) -> str:
    if "_x" in text:
        text = _LITERAL_ESCAPE.sub(r"_x005F\1", text)
    return text.translate(_DATA) if "&" in text or "<" in text or ">" in text else text


def _kept(text: str) -> str:
    return ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
