"""Which column of a stranger's table holds what: by its headings, and where there are none by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from termbuilder.equivalents.keys import has_han
from termbuilder.equivalents.spreadsheets import SheetRow

# Headings as glossaries and CAT tools name them, folded to lower-case letters and Han; the first name found in this order counts.
_HEADINGS = {
    "term": (
        "term zhcn", "term zh", "chinese term", "simplified chinese", "chinese simplified", "chinese", "zhcn", "zhhans", "zh", "chs", "cn",
        "中文术语", "中文", "汉语", "简体中文", "中文名称", "术语", "词条", "原文", "源语", "source term", "source text", "source", "term",
    ),
    "english": (
        "term enus", "term engb", "term en", "english term", "english", "enus", "engb", "en", "eng", "preferred english", "英文术语", "英文",
        "英语", "英译", "英文名称", "译文", "译语", "翻译", "译名", "target term", "target text", "target", "translation",
    ),
    "other": ("other english", "other", "synonyms", "synonym", "alternative", "alternatives", "admitted", "其他译法", "同义词", "备选"),
    "deprecated": ("do not use", "deprecated", "forbidden terms", "not to use", "禁用译法", "禁用", "不宜"),
    "status": ("status enus", "status en", "term status", "administrative status", "status", "usage status", "状态", "使用状态"),
    "subject_field": ("subject field", "subjectfield", "subject", "domain", "field", "concept subject", "领域", "学科", "分类", "专业"),
    "note": ("note", "notes", "comment", "comments", "remark", "remarks", "备注", "注释", "说明"),
}  # fmt: skip
_LOOKED_AT = 50  # rows that decide, where there are no headings


@dataclass(frozen=True, slots=True)
class Columns:
    """Column numbers (the first is 0; -1: there is none); `headed` says that the first row is a heading."""

    term: int
    english: int
    other: int = -1
    deprecated: int = -1
    status: int = -1
    subject_field: int = -1
    note: int = -1
    headed: bool = False


def columns_of(first_rows: Sequence[SheetRow]) -> Columns | None:
    """Find the columns of a sheet from its first rows, or None if it holds no Chinese beside English.

    >>> columns_of([SheetRow("", 1, ("No.", "English", "中文")), SheetRow("", 2, ("1", "gazelle company", "瞪羚企业"))])
    Columns(term=2, english=1, other=-1, deprecated=-1, status=-1, subject_field=-1, note=-1, headed=True)
    >>> columns_of([SheetRow("", 1, ("瞪羚企业", "gazelle company", "fast-growing firm"))])
    Columns(term=0, english=1, other=-1, deprecated=-1, status=-1, subject_field=-1, note=2, headed=False)
    """
    if not first_rows:
        return None
    headings = [_folded(cell) for cell in first_rows[0].cells]
    found = {field: _named(headings, names) for field, names in _HEADINGS.items()}
    if found["term"] >= 0 and found["english"] >= 0 and found["term"] != found["english"]:
        return Columns(**found, headed=True)
    return _by_content(first_rows[:_LOOKED_AT])


def _folded(heading: str) -> str:
    letters = re.sub(r"[\[\]()（）:：*]", " ", heading.lower().replace("-", "").replace("_", " "))
    return " ".join(letters.split())


def _named(headings: Sequence[str], names: Iterable[str]) -> int:
    return next((headings.index(name) for name in names if name in headings), -1)


def _by_content(some_rows: Sequence[SheetRow]) -> Columns | None:
    width = max(len(row.cells) for row in some_rows)
    han = [sum(has_han(row.at(column)) for row in some_rows) for column in range(width)]
    latin = [sum(_is_latin(row.at(column)) for row in some_rows) for column in range(width)]
    term, english = _most(han), _most(latin)
    if min(han[term], latin[english]) * 2 < len(some_rows) or term == english:
        return None
    # two columns of Chinese: the first is the term, the other explains it; what follows both is a comment (as in OmegaT)
    after = max(term, english) + 1
    return Columns(term, english, note=after if after < width else -1)


def _most(counts: Sequence[int]) -> int:
    best = max(counts)
    return next(column for column, count in enumerate(counts) if count * 10 >= best * 9)


def _is_latin(cell: str) -> bool:
    return not has_han(cell) and sum(character.isascii() and character.isalpha() for character in cell) >= 2
