"""Paired segments from the files that users have: memories, bilingual files and tables, and two documents of which one translates the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from termbuilder import segment, tables
from termbuilder.equivalents import bitexts
from termbuilder.equivalents.keys import has_han
from termbuilder.equivalents.lexical import FunctionWords
from termbuilder.model import SegmentPair
from termbuilder.read import read_file

TABLES = (".xlsx", ".xlsm", ".csv", ".tsv")


def cut(text: str) -> list[str]:
    """The words of a Chinese text."""
    return [word.text for word in segment.words(text)]


def of_file(path: Path, encoding: str = "") -> Iterator[SegmentPair]:
    """The pairs of one bilingual file or table, one after another; InputRefused if it holds none."""
    if path.suffix.lower() in TABLES:
        yield from bitexts.of_table(path)
    else:
        yield from bitexts.of_document(read_file(path, encoding))


def of_files(paths: Sequence[Path], encoding: str = "") -> Iterator[SegmentPair]:
    """The pairs of all files; of exactly two files of which the second holds no Chinese, the pairs of the two documents."""
    if len(paths) == 2 and not has_han(read_file(paths[1], encoding, lang="en").text):
        chinese, english = read_file(paths[0], encoding), read_file(paths[1], encoding, lang="en")
        yield from bitexts.of_documents(chinese, english, cut, FunctionWords.from_tables(tables.load()))
        return
    for path in paths:
        yield from of_file(path, encoding)
