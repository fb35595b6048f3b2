"""Reads tables."""

from __future__ import annotations

from pathlib import Path

from termbuilder.errors import FormatError
from termbuilder.formats.exchange import Loaded, LoadOptions
from termbuilder.formats.xlsx_cells import Workbook


def load_workbook(book: Workbook, path: Path, options: LoadOptions) -> Loaded:
    """Not yet."""
    raise FormatError("not yet")
