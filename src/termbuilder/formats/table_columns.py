"""What each column of a table of terms holds: by its title, by --map, or by the script of what stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from termbuilder.errors import FormatError
from termbuilder.formats import workbook_rows as rows
from termbuilder.formats.exchange import LoadOptions
from termbuilder.formats.languages import language_of
from termbuilder.formats.table_titles import TWO_FOLD, Meaning, code_in, fold, meaning_of
from termbuilder.formats.text import one_line

_OUR_TITLES = {column.title.lower(): column.key for column in (*rows.TERMS, rows.ID)}
_MAP_FIELDS = ("term", "english", *(column.key for column in rows.TERMS[1:] if column.key != "english"), "id", "ignore")


def columns_of(
    path: Path, table: Sequence[tuple[int, list[str]]], options: LoadOptions
) -> tuple[dict[int, Meaning], Sequence[tuple[int, list[str]]], bool]:
    """What each column holds, the rows below the header, and whether the columns are our own."""
    titles = [one_line(title) for title in table[0][1]]
    if rows.TERMS[0].title in titles and not options.columns:
        return (
            {n: Meaning(_OUR_TITLES.get(title.lower(), f"extra {title}")) for n, title in enumerate(titles) if title},
            table[1:],
            True,
        )
    chosen = {fold(title): what for title, what in options.columns}
    two_fold = [number for number, title in enumerate(titles) if fold(title) in TWO_FOLD and fold(title) not in chosen]
    columns: dict[int, Meaning] = {}
    known = 0
    for number, title in enumerate(titles):
        if fold(title) in chosen:
            columns[number] = _mapped(path, title, chosen.pop(fold(title)))
            known += 1
        elif title:
            meaning = _in_place(title, columns, number)
            known += meaning is not None
            columns[number] = meaning or Meaning(f"extra {title}")
    if chosen:
        raise FormatError(
            f"{path.name} has no column “{next(iter(chosen))}”. Its columns are: {', '.join(filter(None, titles))}."
        )
    _settle(path, columns, titles, two_fold)
    if known == 0 or not any(meaning.field == "term" for meaning in columns.values()):
        columns = _without_header(path, table, titles, known)
        return columns, table if known == 0 else table[1:], False
    return columns, table[1:], False


def _settle(path: Path, columns: dict[int, Meaning], titles: Sequence[str], two_fold: Sequence[int]) -> None:
    """A column called “Source” holds the terms only beside a column of the target language and without another one for the source."""
    sides = {number: meaning.lang for number, meaning in columns.items() if meaning.field == "term" and number not in two_fold}
    for number in two_fold:
        if any(lang == "source" or lang.startswith("zh") for lang in sides.values()):
            columns[number] = Meaning(f"extra {titles[number]}")
        elif not sides:
            raise FormatError(_unclear(path, titles))


def _unclear(path: Path, titles: Sequence[str]) -> str:
    names = ", ".join(f"“{title}”" for title in titles if title) or "none"
    return (
        f"{path.name}: which column holds the Chinese term is not clear. Say it with --map TITLE=term and --map TITLE=english. "
        f"Columns: {names}."
    )


def _in_place(title: str, before: Mapping[int, Meaning], number: int) -> Meaning | None:
    """A title that repeats for each language (Notes, Example of use, Term_Example) belongs to the term column before it."""
    meaning = meaning_of(title)
    short = fold(title)
    if short in ("notes", "exampleofuse", "termexample"):
        last = next((before[n].lang for n in range(number - 1, -1, -1) if n in before and before[n].field == "term"), "")
        return Meaning({"notes": "note"}.get(short, "context"), last)
    return meaning


def _mapped(path: Path, title: str, what: str) -> Meaning:
    if what == "ignore":
        return Meaning("")
    if what in ("term", "english"):
        return Meaning("term", "source" if what == "term" else "target")
    if code_in(what):
        return Meaning("term", code_in(what))
    if what in _MAP_FIELDS:
        return Meaning(what)
    raise FormatError(
        f"{path.name}: --map {title}={what}: there is no field “{what}”. Fields: {', '.join(_MAP_FIELDS)}, or a language code."
    )


def _without_header(
    path: Path, table: Sequence[tuple[int, list[str]]], titles: Sequence[str], known: int
) -> dict[int, Meaning]:
    """A table of two to four columns without titles: the script says which column is which."""
    sample = [cells for _, cells in table[:50]]
    width = max(len(cells) for cells in sample)

    def is_han(column: int) -> float:
        filled = [cells[column] for cells in sample if column < len(cells) and cells[column].strip()]
        return sum(language_of(text) == "zh" for text in filled) / len(filled) if filled else -1.0

    if known == 0 and 2 <= width <= 4:
        first, second = is_han(0), is_han(1)
        if first > 0.8 and 0 <= second < 0.3:
            return {0: Meaning("term", "source"), 1: Meaning("term", "target"), 2: Meaning("note")}
        if second > 0.8 and 0 <= first < 0.3:
            return {0: Meaning("term", "target"), 1: Meaning("term", "source"), 2: Meaning("note")}
        if first > 0.8 and second < 0:  # no English yet
            return {0: Meaning("term", "source"), 1: Meaning("term", "target"), 2: Meaning("note")}
    raise FormatError(_unclear(path, titles))
