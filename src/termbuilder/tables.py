"""The linguistics as data: reads `tables/*.tsv`; a bad row is reported as file, line, reason.

A table is a TSV file with a header line; lines that start with `#` and empty lines are comments. An overlay folder (a
client's rules) may hold files of the same names: their rows are added after ours, and a row whose first column repeats one of
ours replaces it; a first column that starts with `-` takes our row out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from termbuilder.errors import TableError

SHIPPED = Path(__file__).parent / "tables"

Row = Mapping[str, str]


def read_table(path: Path) -> tuple[Row, ...]:
    """Read one TSV table.

    Returns one mapping (column name to value, stripped) a row; missing last columns are empty.
    Raises TableError with file and line for a row with too many columns, an empty first column, or a repeated row.
    """
    rows: list[Row] = []
    header: list[str] = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{path.name} cannot be read as a UTF-8 table: {error}.") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.rstrip("\r").split("\t")]
        if not header:
            header = cells
            continue
        if len(cells) > len(header):
            raise TableError(f"{path.name}, line {number}: {len(cells)} columns where the header names {len(header)}.")
        if not cells[0]:
            raise TableError(f"{path.name}, line {number}: the first column ({header[0]}) is empty.")
        rows.append(dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True)))
    return tuple(rows)


@dataclass(frozen=True)
class Tables:
    """All tables of one run, by file name without suffix."""

    by_name: Mapping[str, tuple[Row, ...]]

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of table `name`; raises TableError if there is no such table."""
        if name not in self.by_name:
            raise TableError(f"There is no table {name}.tsv.")
        return self.by_name[name]

    def column(self, name: str, column: str = "") -> tuple[str, ...]:
        """One column (the first unless named) of table `name`, in order."""
        return tuple(row[column] if column else next(iter(row.values())) for row in self.rows(name))


def load(overlay: Path | None = None) -> Tables:
    """Read the shipped tables, and over them those of the folder `overlay`."""
    by_name = {path.stem: read_table(path) for path in sorted(SHIPPED.glob("*.tsv"))}
    if overlay is not None:
        if not overlay.is_dir():
            raise TableError(f"{overlay} is not a folder of tables.")
        for path in sorted(overlay.glob("*.tsv")):
            if path.stem not in by_name:
                raise TableError(f"{path.name}: there is no shipped table of that name; known: {', '.join(by_name)}.")
            by_name[path.stem] = _overlaid(by_name[path.stem], read_table(path))
    return Tables(by_name)


def _overlaid(ours: tuple[Row, ...], theirs: tuple[Row, ...]) -> tuple[Row, ...]:
    def first(row: Row) -> str:
        return next(iter(row.values()))

    named = {first(row).removeprefix("-") for row in theirs}
    return tuple(row for row in ours if first(row) not in named) + tuple(
        row for row in theirs if not first(row).startswith("-")
    )


def sizes_by_opening(texts: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The lengths of the texts by their first two characters, longest first: few texts open alike.

    >>> sizes_by_opening(["产业", "产业链", "企业"])
    {'产业': (3, 2), '企业': (2,)}
    """
    sizes: dict[str, set[int]] = {}
    for text in texts:
        sizes.setdefault(text[:2], set()).add(len(text))
    return {opening: tuple(sorted(some, reverse=True)) for opening, some in sizes.items()}
