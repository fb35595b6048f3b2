"""One page of a PDF: its lines in the order of reading, raised digits, and where the lines at its top and bottom stand."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from termbuilder.read.building import RAISED

_EDGE_LINES = 3  # lines at the top and at the bottom of a page that may be running heads and feet
# pdfium ends lines with CR LF, writes U+FFFE or U+0002 for a hyphen at a line's end, and NUL for what it has no character for.
_SIGNS = str.maketrans(
    {"\r": None, "\ufffe": "-", "\x02": "-", "\0": None, "\x0b": " ", "\x0c": " ", "\u2028": " ", "\u2029": " ", "\x85": " "}
)
_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2014\u2018-\u201d"
_MAYBE_RAISED = re.compile(rf"(?<=[{_CJK}])\d{{1,3}}(?=[{_CJK}\r\n]|$)")
_MOST_RAISED = 300  # candidates looked at on one page
_HALF_GAP = re.compile(rf"(?<=[{_CJK}\w]) +(?=[{_CJK}\w])")
_FEWEST_ROWS = 6  # lines that fall into two halves, for a page to have columns that are written row by row
_SHORTEST_HALF = 8  # characters, in the median: cells of tables are shorter


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """A line at the top or bottom of a page: its offset in the page's text, and the height at which it stands, in points."""

    start: int
    text: str
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page, and the lines that may be running heads and feet."""

    text: str = ""
    edges: tuple[EdgeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class _Span:
    """A line or half a line: raw[start:end]."""

    start: int
    end: int


def read_page(pdf: Any, number: int) -> Page:
    """Read page `number` (from 0) of a pypdfium2 document; a damaged page reads as empty."""
    import pypdfium2

    try:
        page = pdf[number]
        textpage = page.get_textpage()
        if textpage.count_chars() <= 0:
            return Page()
        angle = _angle(textpage)
        # Lines that run down the displayed page come out of pdfium last line first; upside down they come out right.
        if (page.get_rotation() + angle) % 360 == 90:
            page.set_rotation((page.get_rotation() + 180) % 360)
            textpage = page.get_textpage()
        raw = textpage.get_text_range()
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return Page()
    lines = _lines(raw)
    if angle == 0:
        raw = _with_raised_digits(raw, textpage)
        lines = _by_columns(raw, lines, textpage)
    return _page(raw, lines, textpage, across=angle in (90, 270))


def _lines(raw: str) -> list[_Span]:
    starts = [0, *(match.end() for match in re.finditer("\n", raw))]
    ends = [start - 1 for start in starts[1:]] + [len(raw)]
    return [_Span(start, end) for start, end in zip(starts, ends) if raw[start:end].strip()]


def _page(raw: str, lines: list[_Span], textpage: Any, across: bool) -> Page:
    texts = [raw[line.start : line.end].translate(_SIGNS) for line in lines]
    edges = []
    start = 0
    for number, (line, text) in enumerate(zip(lines, texts)):
        if number < _EDGE_LINES or number >= len(lines) - _EDGE_LINES:
            first = line.start + len(raw[line.start : line.end]) - len(raw[line.start : line.end].lstrip())
            box = _box(textpage, raw, first)
            if box:
                edges.append(EdgeLine(start, text, box[0] if across else box[1]))
        start += len(text) + 1
    return Page("\n".join(texts), tuple(edges))


def _box(textpage: Any, raw: str, index: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right, top of the character raw[index]; None where pdfium counts otherwise than we do."""
    from pypdfium2 import raw as pdfium

    if not 0 <= index < len(raw) or pdfium.FPDFText_GetUnicode(textpage, index) != ord(raw[index]):
        return None
    try:
        left, bottom, right, top = textpage.get_charbox(index)
    except Exception:  # a character without a box: pypdfium2 raises errors of several kinds
        return None
    return left, bottom, right, top


def _angle(textpage: Any) -> int:
    """The angle at which most characters stand on the unturned page: 0, 90, 180 or 270 degrees."""
    from pypdfium2 import raw as pdfium

    count = textpage.count_chars()
    angles = [pdfium.FPDFText_GetCharAngle(textpage, count * part // 9) for part in range(9)]
    turns = [round(math.degrees(angle) / 90) * 90 % 360 for angle in angles if angle > 0]
    return max(set(turns), key=turns.count) if 2 * len(turns) > len(angles) else 0


def _with_raised_digits(raw: str, textpage: Any) -> str:
    """Digits that stand above the middle of the character before them become raised digits: note marks are such."""
    found = []
    for number, match in enumerate(_MAYBE_RAISED.finditer(raw)):
        if number >= _MOST_RAISED:
            break
        before, digit = _box(textpage, raw, match.start() - 1), _box(textpage, raw, match.start())
        if (
            before
            and digit
            and digit[1] > before[1] + 0.3 * (before[3] - before[1])
            and digit[3] - digit[1] < 0.75 * (before[3] - before[1])
        ):
            found.append(match.span())
    for start, end in found:
        raw = raw[:start] + raw[start:end].translate(RAISED) + raw[end:]
    return raw


def _by_columns(raw: str, lines: list[_Span], textpage: Any) -> list[_Span]:
    """The lines in the order of two columns, where the file holds them row by row, left and right half in one line.

    Cells of a table also stand side by side; columns are told by their left halves, which are long and end together.
    """
    halves = {number: halved for number, line in enumerate(lines) if (halved := _halved(raw, line))}
    if len(halves) < max(_FEWEST_ROWS, 0.4 * len(lines)):
        return lines
    left_ends, right_starts = [], []
    for left, right in halves.values():
        end, start = _box(textpage, raw, left.end - 1), _box(textpage, raw, right.start)
        if end is None or start is None:
            return lines
        left_ends.append(end[2])
        right_starts.append(start[0])
    gutter = max(left_ends)
    full = sum(end > gutter - 0.06 * gutter for end in left_ends)  # up to two characters of a column of 20
    lengths = sorted(left.end - left.start for left, _ in halves.values())
    if gutter >= min(right_starts) or 2 * full < len(halves) or lengths[len(lengths) // 2] < _SHORTEST_HALF:
        return lines
    ordered: list[_Span] = []
    right_column: list[_Span] = []
    for number, line in enumerate(lines):
        if number in halves:
            ordered.append(halves[number][0])
            right_column.append(halves[number][1])
            continue
        first, last = _box(textpage, raw, line.start), _box(textpage, raw, _last_printed(raw, line))
        if first and first[0] > gutter:
            right_column.append(line)
        else:
            if last and last[2] > gutter + 1:  # a line across both columns: what stood above it is complete
                ordered += right_column
                right_column = []
            ordered.append(line)
    return ordered + right_column


def _halved(raw: str, line: _Span) -> tuple[_Span, _Span] | None:
    gaps = list(_HALF_GAP.finditer(raw, line.start, line.end))
    if len(gaps) != 1:
        return None
    left, right = _Span(line.start, gaps[0].start()), _Span(gaps[0].end(), line.end)
    return (left, right) if min(left.end - left.start, right.end - right.start) >= 2 else None


def _last_printed(raw: str, line: _Span) -> int:
    return line.start + len(raw[line.start : line.end].rstrip()) - 1
