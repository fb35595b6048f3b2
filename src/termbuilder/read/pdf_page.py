"""One page of a PDF: its lines in the order of reading, raised digits, and where the lines at its top and bottom stand."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from termbuilder.read.building import RAISED

_EDGE_LINES = 3  # lines at the top and at the bottom of a page that may be running heads and feet
# pdfium ends lines with CR LF, writes U+FFFE or U+0002 for a hyphen at a line's end, and NUL for what it has no character for.
_SIGNS = str.maketrans(
    {"\r": None, "\ufffe": "-", "\x02": "-", "\0": None, "\x0b": " ", "\x0c": " ", "\u2028": " ", "\u2029": " ", "\x85": " "}
)
_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2014\u2018-\u201d"
_MAYBE_RAISED = re.compile(rf"(?<=[{_CJK}])\d{{1,3}}(?=[{_CJK}\r\n]|$)")
# Where a glyph is missing from a font, office programs print it afterwards from another: quotation marks above all.
_MAYBE_DISPLACED = re.compile(r"[ “”‘’—…·]+")
_WORD_GAP = 0.15  # of the height of the line: from here on a gap between two characters is a space
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
class _Line:
    """A line or half a line; `at[i]` is the number that pdfium gives to the character `text[i]`, -1 for one that we put in."""

    text: str
    at: Sequence[int]

    def cut(self, start: int, end: int) -> _Line:
        """A part of the line."""
        return _Line(self.text[start:end], self.at[start:end])


_Box = tuple[float, float, float, float]  # left, bottom, right, top


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
        lines = [_with_raised_digits(_in_place(line, textpage), textpage) for line in lines]
        lines = _by_columns(lines, textpage)
    return _page(lines, textpage, across=angle in (90, 270))


def _lines(raw: str) -> list[_Line]:
    starts = [0, *(match.end() for match in re.finditer("\n", raw))]
    ends = [start - 1 for start in starts[1:]] + [len(raw)]
    return [
        _Line(text, range(start, start + len(text)))
        for start, end in zip(starts, ends)
        if (text := raw[start:end].rstrip("\r")).strip()
    ]


def _page(lines: list[_Line], textpage: Any, across: bool) -> Page:
    texts = [line.text.translate(_SIGNS) for line in lines]
    edges = []
    start = 0
    for number, (line, text) in enumerate(zip(lines, texts)):
        if number < _EDGE_LINES or number >= len(lines) - _EDGE_LINES:
            box = _box(textpage, line, len(line.text) - len(line.text.lstrip()))
            if box:
                edges.append(EdgeLine(start, text, box[0] if across else box[1]))
        start += len(text) + 1
    return Page("\n".join(texts), tuple(edges))


def _box(textpage: Any, line: _Line, index: int, loose: bool = False) -> _Box | None:
    """The box of the character line.text[index], `loose` with the space around it; None where pdfium counts otherwise."""
    from pypdfium2 import raw

    number = line.at[index]
    if number < 0 or raw.FPDFText_GetUnicode(textpage, number) != ord(line.text[index]):
        return None
    try:
        left, bottom, right, top = textpage.get_charbox(number, loose)
    except Exception:  # a character without a box: pypdfium2 raises errors of several kinds
        return None
    return left, bottom, right, top


def _angle(textpage: Any) -> int:
    """The angle at which most characters stand on the unturned page: 0, 90, 180 or 270 degrees."""
    from pypdfium2 import raw

    count = textpage.count_chars()
    angles = [raw.FPDFText_GetCharAngle(textpage, count * part // 9) for part in range(9)]
    turns = [round(math.degrees(angle) / 90) * 90 % 360 for angle in angles if angle > 0]
    return max(set(turns), key=turns.count) if 2 * len(turns) > len(angles) else 0


def _in_place(line: _Line, textpage: Any) -> _Line:
    """The characters of a line from left to right, where some were printed after those that follow them."""
    from pypdfium2 import raw

    text = line.text
    for match in _MAYBE_DISPLACED.finditer(text):
        around = [index for index in range(max(0, match.start() - 1), min(len(text), match.end() + 1)) if text[index] != " "]
        boxes = [_box(textpage, line, index, loose=True) for index in around]
        if any(a and b and b[0] < a[0] for a, b in pairwise(boxes)):
            break
    else:
        return line
    placed: list[tuple[_Box, str, int]] = []
    for index, number in enumerate(line.at):
        if raw.FPDFText_IsGenerated(textpage, number) == 1:
            continue  # a space that pdfium put in where the displaced character is missing
        box = _box(textpage, line, index, loose=True)
        if box is None:
            return line
        placed.append((box, text[index], number))
    placed.sort(key=lambda character: character[0][0])
    characters: list[str] = []
    numbers: list[int] = []
    end = placed[0][0][2]
    for box, character, number in placed:
        if box[0] - end > _WORD_GAP * (box[3] - box[1]):
            characters.append(" ")
            numbers.append(-1)
        characters.append(character)
        numbers.append(number)
        end = box[2]
    return _Line("".join(characters), numbers)


def _with_raised_digits(line: _Line, textpage: Any) -> _Line:
    """Digits that stand above the middle of the character before them become raised digits: note marks are such."""
    text = line.text
    for match in _MAYBE_RAISED.finditer(text):
        before, digit = _box(textpage, line, match.start() - 1), _box(textpage, line, match.start())
        if before and digit:
            height = before[3] - before[1]
            if digit[1] > before[1] + 0.3 * height and digit[3] - digit[1] < 0.75 * height:
                text = text[: match.start()] + match[0].translate(RAISED) + text[match.end() :]
    return _Line(text, line.at) if text != line.text else line


def _by_columns(lines: list[_Line], textpage: Any) -> list[_Line]:
    """The lines in the order of two columns, where the file holds them row by row, left and right half in one line.

    Cells of a table also stand side by side; columns are told by their left halves, which are long and end together.
    """
    halves = {number: halved for number, line in enumerate(lines) if (halved := _halved(line))}
    if len(halves) < max(_FEWEST_ROWS, 0.4 * len(lines)):
        return lines
    left_ends, right_starts = [], []
    for left, right in halves.values():
        end, start = _box(textpage, left, -1), _box(textpage, right, 0)
        if end is None or start is None:
            return lines
        left_ends.append(end[2])
        right_starts.append(start[0])
    gutter = max(left_ends)
    full = sum(end > gutter - 0.06 * gutter for end in left_ends)  # up to two characters of a column of 20
    lengths = sorted(len(left.text) for left, _ in halves.values())
    if gutter >= min(right_starts) or 2 * full < len(halves) or lengths[len(lengths) // 2] < _SHORTEST_HALF:
        return lines
    ordered: list[_Line] = []
    right_column: list[_Line] = []
    for number, line in enumerate(lines):
        if number in halves:
            ordered.append(halves[number][0])
            right_column.append(halves[number][1])
            continue
        first, last = _box(textpage, line, 0), _box(textpage, line, len(line.text.rstrip()) - 1)
        if first and first[0] > gutter:
            right_column.append(line)
        else:
            if last and last[2] > gutter + 1:  # a line across both columns: what stood above it is complete
                ordered += right_column
                right_column = []
            ordered.append(line)
    return ordered + right_column


def _halved(line: _Line) -> tuple[_Line, _Line] | None:
    gaps = list(_HALF_GAP.finditer(line.text))
    if len(gaps) != 1:
        return None
    left, right = line.cut(0, gaps[0].start()), line.cut(gaps[0].end(), len(line.text))
    return (left, right) if min(len(left.text), len(right.text)) >= 2 else None
