"""What the measurements share: files of ../shared, the words of Chinese, when two renderings are one."""

from __future__ import annotations

import csv
from pathlib import Path

from termbuilder import segment, tables
from termbuilder.equivalents import memories
from termbuilder.equivalents.keys import sameness
from termbuilder.equivalents.spelling import Spelling
from termbuilder.model import SegmentPair

SHARED = Path(__file__).parents[2] / ".." / "shared"
PARALLEL = SHARED / "corpus" / "parallel"
TABLES = tables.load()
RULES = memories.Rules.from_tables(TABLES)
SPELLING = Spelling.from_tables(TABLES)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        kept = (line for line in lines if not line.startswith("#"))
        return list(csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE))


def cut(text: str) -> list[str]:
    return [word.text for word in segment.words(text)]


def same(english: str) -> str:
    return sameness(SPELLING.folded(english), SPELLING.american)


def paragraph_pairs(*names: str) -> list[SegmentPair]:
    return [
        SegmentPair(row["zh"], row["en"], f"{name}.tsv, row {number}")
        for name in names
        for number, row in enumerate(rows_of(PARALLEL / f"{name}.tsv"), 2)
    ]
