"""Paired segments from the files that users have: memories, bilingual files and tables, and two documents of which one translates the other."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from termbuilder import segment, tables
from termbuilder.equivalents import bitexts, spreadsheets
from termbuilder.equivalents.lexical import FunctionWords
from termbuilder.model import Document, SegmentPair
from termbuilder.read import bilingual, read_file

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

TABLES = (".xlsx", ".xlsm", ".csv", ".tsv", ".tab", ".utf8")
MEMORIES = (
    ".tmx",
    ".xlf",
    ".xliff",
    ".sdlxliff",
    ".mqxliff",
    ".mxliff",
)  # read unit by unit: they may be larger than the memory

Watch = Callable[[str, int, int], None]  # stage, bytes read, bytes in all
Warn = Callable[[str], None]


def cut(text: str) -> list[str]:
    """The words of a Chinese text."""
    return [word.text for word in segment.words(text)]


def of_file(path: Path, encoding: str = "", warn: Warn = lambda message: None) -> Iterator[SegmentPair]:
    """The pairs of one bilingual file or table, one after another; InputRefused or FormatError if it holds none."""
    yield from _of_file(path, encoding, warn, spreadsheets.opened)


def of_memories(
    paths: Sequence[Path], encoding: str = "", warn: Warn = lambda message: None, watch: Watch = lambda stage, done, of: None
) -> Iterator[SegmentPair]:
    """The pairs of all files, one after another; `watch` is told how far they are read, `warn` what is damaged in them."""
    sizes = [path.stat().st_size if path.is_file() else 0 for path in paths]
    before = 0
    for path, size in zip(paths, sizes, strict=True):

        def opened(path: Path, before: int = before) -> IO[bytes]:
            spreadsheets.opened(path).close()  # says why it cannot be read, if so
            return io.BufferedReader(_Watched(path, lambda done: watch("memories", before + done, sum(sizes))), _BLOCK)

        yield from _of_file(path, encoding, warn, opened)
        before += size
    if paths:
        watch("learning from memories", 0, 1)  # takes as long again, and has no steps that a person could watch


def look_over(paths: Sequence[Path], encoding: str = "") -> None:
    """Read the first pair of each file, so that one that holds none is refused before the work is done."""
    for path in () if _translations(paths, encoding) else paths:
        for _ in islice(of_file(path, encoding), 1):
            pass


def of_files(
    paths: Sequence[Path], encoding: str = "", warn: Warn = lambda message: None, watch: Watch = lambda stage, done, of: None
) -> Iterator[SegmentPair]:
    """The pairs of all files; of two documents of which one is Chinese and the other its English translation, those of the two."""
    both = _translations(paths, encoding)
    if both:
        yield from bitexts.of_documents(*both, cut, FunctionWords.from_tables(tables.load()))
    else:
        yield from of_memories(paths, encoding, warn, watch)


def _translations(paths: Sequence[Path], encoding: str) -> tuple[Document, Document] | None:
    """A Chinese document and its English translation, in whichever order they are named; None for everything else."""
    if len(paths) != 2 or any(path.suffix.lower() in (*TABLES, *MEMORIES) for path in paths):
        return None
    first, second = (read_file(path, encoding, lang="en") for path in paths)
    if _is_chinese(first) == _is_chinese(second):
        return None
    return (first, second) if _is_chinese(first) else (second, first)


def _of_file(path: Path, encoding: str, warn: Warn, opened: spreadsheets.Opener) -> Iterator[SegmentPair]:
    kind = path.suffix.lower()
    if kind in TABLES:
        yield from bitexts.of_table(path, opened)
    elif kind in MEMORIES:
        with opened(path) as file:
            yield from bitexts.of_units(bilingual.pairs(path.name, file, warn), path.name)
    elif kind == ".txt" and bitexts.is_table(path):
        yield from bitexts.of_table(path, opened)
    else:
        yield from bitexts.of_document(read_file(path, encoding))


def _is_chinese(document: Document) -> bool:
    """Is a tenth of the letters Chinese characters? A translation may keep some names, a Chinese text has English in it."""
    letters = [character for character in document.text if character.isalpha()]
    return sum(character >= "\u3400" for character in letters) * 10 > len(letters)


_BLOCK = 1 << 18


class _Watched(io.FileIO):
    """A file that tells how many bytes of it were read."""

    def __init__(self, path: Path, told: Callable[[int], None]) -> None:
        super().__init__(path)
        self._told = told

    def readinto(self, buffer: Buffer, /) -> int:
        count = super().readinto(buffer) or 0
        self._told(self.tell())
        return count
