"""CSV and TSV: one line a record, a tab between cells, each cell marked with its column and record."""

from __future__ import annotations

import csv
import io

from termbuilder.errors import InputRefused
from termbuilder.model import Document
from termbuilder.read.bounds import MOST_CELLS
from termbuilder.read.building import TextBuilder, column_letters
from termbuilder.read.encodings import decode


def read(name: str, data: bytes, encoding: str = "") -> Document:
    """Read a table of text; the sign that separates its columns is the one the first lines use most evenly.

    Raises InputRefused where the encoding cannot be told or a quotation mark is never closed.

    >>> read("a.csv", "术语,英文\\n揭榜挂帅,open competition\\n".encode()).text
    '术语\\t英文\\n揭榜挂帅\\topen competition'
    """
    table, found, warnings = decode(name, data, encoding)
    text = TextBuilder()
    letters: list[str] = []
    cells = 0
    reader = csv.reader(io.StringIO(table, newline=""), delimiter=_delimiter(table))
    try:
        for number, record in enumerate(reader, 1):
            while len(letters) < len(record):
                letters.append(column_letters(len(letters)))
            cells += len(record)
            if cells > MOST_CELLS:
                raise InputRefused(f"{name} has more than {MOST_CELLS:,} cells. Split it.")
            text.row([f"{letter}{number}" for letter in letters], record)
    except csv.Error as error:
        raise InputRefused(
            f"{name}, line {reader.line_num}: a quoted cell never ends. Close the quotation mark and try again."
        ) from error
    return text.document(name, "csv", encoding=found, warnings=warnings)


def _delimiter(table: str) -> str:
    """The separator that is most frequent in the first lines, where every line that has one counts."""
    lines = [line for line in table[:20_000].split("\n")[:50] if line.strip()]
    return max("\t,;|", key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines)))
