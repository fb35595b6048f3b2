"""Cells of tables that stand on one line become lines of their own: tabs, Markdown bars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbuilder.clean.lines import list_mark
from termbuilder.clean.markup import CELL
from termbuilder.clean.traced import Edit

_LINE = re.compile(r"[^\n]+")
_BARRED = re.compile(r"^[ \t]*\|[^\n]*\|[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"[\s|:+=-]+")
_PAGE = re.compile(r"\d{1,4}")
_FEWEST_ENTRIES = 3


def tabs(text: str) -> Iterator[Edit]:
    """Tabs inside a line divide cells; one behind a list mark, or before the page number of a contents list, does not.

    >>> [edit.to == CELL for edit in tabs("任务\\t牵头单位\\n第一条\\t为规范管理")]
    [True, False]
    """
    if "\t" not in text:
        return
    rows = [row for row in _LINE.finditer(text) if "\t" in row[0].strip()]
    listed = _contents(rows)
    for number, row in enumerate(rows):
        inner = row[0].rstrip()
        begin = len(inner) - len(inner.lstrip())
        at = [i for i in range(begin, len(inner)) if inner[i] == "\t"]
        if not at or number in listed:
            continue
        before = inner[begin : at[0]].strip()
        for i in at:
            marked = i == at[0] and list_mark(before + " 甲").strip() == before
            yield Edit(row.start() + i, row.start() + i + 1, " " if marked else CELL)


def _contents(rows: list[re.Match[str]]) -> set[int]:
    """Numbers of the rows that belong to a contents list: three or more in a row whose page numbers do not fall."""
    found: set[int] = set()
    run: list[int] = []
    pages: list[int] = []
    for number, row in enumerate(rows):
        title, _, last = row[0].strip().rpartition("\t")
        entry = _PAGE.fullmatch(last.strip()) if "\t" not in title.rstrip() else None
        follows = not run or row.start() - rows[run[-1]].end() <= 2
        if entry and follows and (not pages or int(entry[0]) >= pages[-1]):
            run.append(number)
            pages.append(int(entry[0]))
        else:
            run, pages = ([number], [int(entry[0])]) if entry else ([], [])
        if len(run) >= _FEWEST_ENTRIES:
            found.update(run)
    return found


def bars(text: str) -> Iterator[Edit]:
    """Rows of a Markdown table fall into cells; the line of dashes under the head goes.

    >>> from termbuilder.clean.traced import Traced
    >>> table = "| 指标 | 目标 |\\n| --- | --- |\\n| 中试基地 | 12家 |"
    >>> Traced(table, range(len(table))).edited(bars(table)).text.replace(CELL, "/").split("\\n")
    ['/ 指标 / 目标 /', '', '/ 中试基地 / 12家 /']
    """
    for row in _BARRED.finditer(text):
        if row[0].count("|") < 3:
            continue
        if _RULE.fullmatch(row[0]):
            yield Edit(*row.span())
            continue
        for bar in re.finditer(r"(?<!\\)\|", row[0]):
            yield Edit(row.start() + bar.start(), row.start() + bar.end(), CELL)
