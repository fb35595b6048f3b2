"""Pairs of segments out of what people have: bilingual tables, and two documents of which one translates the other.

Memories and bilingual files of CAT tools (TMX, XLIFF, SDLXLIFF) arrive with their pairs: `of_document` takes those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice
from pathlib import Path

from termbuilder.equivalents import align, spreadsheets
from termbuilder.equivalents.columns import columns_of
from termbuilder.equivalents.keys import has_han
from termbuilder.equivalents.lexical import Cut, FunctionWords, Lexicon, train
from termbuilder.errors import InputRefused, UsageError
from termbuilder.model import Document, SegmentPair

_LOOKED_AT = 50


def of_document(document: Document) -> list[SegmentPair]:
    """The pairs that a bilingual document was read with, or the rows of its two-column tables; each says where it stands.

    Raises InputRefused if there are none.

    >>> of_document(Document("a.tmx", "揭榜挂帅", pairs=(SegmentPair("揭榜挂帅", "open competition", "7"),)))
    [SegmentPair(source='揭榜挂帅', target='open competition', unit='a.tmx, unit 7')]
    """
    if document.pairs:
        return list(of_units(document.pairs, document.name))
    found = list(_cells(document))
    if not found:
        raise InputRefused(
            f"{document.name} holds no Chinese beside English. Give the Chinese and the English document as a pair, or a bilingual file."
        )
    return found


def of_units(pairs: Iterable[SegmentPair], name: str) -> Iterator[SegmentPair]:
    """The pairs of a memory, each with its place in the file `name`; InputRefused if none holds Chinese beside another language."""
    some = False
    for number, pair in enumerate(pairs, 1):
        some = True
        yield replace(pair, unit=f"{name}, unit {pair.unit or number}")
    if not some:
        raise InputRefused(f"{name} holds no Chinese segment with its translation. Export a Chinese-English memory.")


def of_table(path: Path, open_: spreadsheets.Opener = spreadsheets.opened) -> Iterator[SegmentPair]:
    """The rows of a bilingual workbook, CSV or TSV, one after the other; columns are found by themselves.

    Raises InputRefused if no sheet holds Chinese beside English, FormatError if the file cannot be read.
    """
    some = False
    for _, group in groupby(spreadsheets.rows(path, open_), key=lambda row: row.sheet):
        rows = iter(group)
        first = list(islice(rows, _LOOKED_AT))
        columns = columns_of(first)
        if columns is None:
            continue
        for row in (*first[columns.headed :], *rows) if len(first) < _LOOKED_AT else _chained(first[columns.headed :], rows):
            source, target = row.at(columns.term), row.at(columns.english)
            if has_han(source) and target:
                some = True
                sheet = f"sheet {row.sheet}, " if row.sheet else ""
                yield SegmentPair(source, target, f"{path.name}, {sheet}row {row.number}")
    if not some:
        raise InputRefused(f"{path.name} holds no Chinese column beside an English one. Give each a heading: Chinese, English.")


def is_table(path: Path) -> bool:
    """Is a text file a table with tabs, Chinese in one column and English in another? (FormatError if it cannot be read.)"""
    first = list(islice(spreadsheets.rows(path), _LOOKED_AT))
    return sum(len(row.cells) > 1 for row in first) * 2 > len(first) and columns_of(first) is not None


def _chained(first: Sequence[spreadsheets.SheetRow], rest: Iterator[spreadsheets.SheetRow]) -> Iterator[spreadsheets.SheetRow]:
    yield from first
    yield from rest


def of_documents(chinese: Document, english: Document, cut: Cut, function_words: FunctionWords) -> list[SegmentPair]:
    """The paragraphs of a Chinese document with those of its English translation that stand against them.

    Raises UsageError if one of the two is not in its language.
    """
    source, target = paragraphs(chinese), paragraphs(english)
    if not any(has_han(text) for _, text in source):
        raise UsageError(f"{chinese.name} holds no Chinese. Name the Chinese document first, then the English one.")
    if sum(has_han(text) for _, text in target) * 2 > len(target):
        raise UsageError(f"{english.name} is Chinese too. Name the Chinese document first, then its English translation.")
    pairs = []
    for bead in paragraph_beads([text for _, text in source], [text for _, text in target], cut, function_words):
        ours, theirs = source[slice(*bead.source)], target[slice(*bead.target)]
        if ours and theirs:
            unit = f"{chinese.name}, line {ours[0][0]} / {english.name}, line {theirs[0][0]}"
            pairs.append(SegmentPair("".join(text for _, text in ours), " ".join(text for _, text in theirs), unit))
    return pairs


def paragraph_beads(source: Sequence[str], target: Sequence[str], cut: Cut, function_words: FunctionWords) -> list[align.Bead]:
    """Align paragraphs: first by lengths and numbers, then again with the words that this taught."""

    def content(text: str) -> list[str]:
        return function_words.units(text, cut)

    beads = align.align(source, target)
    lexicon = _learned(beads, source, target, content, function_words)
    return align.align(source, target, lexicon, content, beads) if lexicon is not None else beads


def _learned(
    beads: Sequence[align.Bead], source: Sequence[str], target: Sequence[str], content: Cut, function_words: FunctionWords
) -> Lexicon | None:
    pairs: list[tuple[Sequence[str], Sequence[str]]] = []
    cells = 0
    matched = [bead for bead in beads if bead.source[0] < bead.source[1] and bead.target[0] < bead.target[1]]
    for bead in sorted(matched, key=lambda bead: _length(source, bead.source) * _length(target, bead.target)):
        units, stems = (
            content("".join(source[slice(*bead.source)])),
            function_words.stems(" ".join(target[slice(*bead.target)])),
        )
        cells += len(units) * len(stems)
        if cells > _MOST_CELLS and pairs:  # the shortest teach most, and there are enough of them in a long document
            break
        pairs.append((units, stems))
    return train(pairs) if pairs else None


_MOST_CELLS = 3_000_000  # Chinese words times English words of all paragraphs learned from


def _length(texts: Sequence[str], span: tuple[int, int]) -> int:
    return sum(map(len, texts[slice(*span)]))


def paragraphs(document: Document) -> list[tuple[int, str]]:
    """The lines of a document that are not empty, with their numbers."""
    return [(n, line.strip()) for n, line in enumerate(document.text.split("\n"), 1) if line.strip()]


def _cells(document: Document) -> Iterator[SegmentPair]:
    """Neighbouring cells of a table as the reader marks them: Chinese in one, English in the next."""
    cells = [mark for mark in document.marks if mark.kind == "cell"]
    texts = []
    for number, mark in enumerate(cells):
        end = cells[number + 1].at if number + 1 < len(cells) else len(document.text)
        after = next((m.at for m in document.marks if m.at > mark.at), end)
        texts.append((mark.label, document.text[mark.at : min(end, after)].strip()))
    at = 0
    while at + 1 < len(texts):
        (label, first), (_, second) = texts[at], texts[at + 1]
        chinese, english = (first, second) if has_han(first) else (second, first)
        found = has_han(chinese) and not has_han(english) and any(c.isascii() and c.isalpha() for c in english)
        if found:
            yield SegmentPair(chinese, english, f"{document.name}, cell {label}")
        at += 2 if found else 1
