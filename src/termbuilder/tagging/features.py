"""What the tagger looks at around each character, as hashed feature numbers.

Each template states something a terminologist would look at: the characters and words around, their parts of speech, words
of similar use, quotation marks and titles around, how firmly two characters belong together, what keeps recurring in the
document. Everything is computed on whole arrays: one flat array of characters with three blanks before each passage, so that a
neighbour is a shift.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from termbuilder.model import Passage, Word
from termbuilder.tagging.background import Background

Codes = NDArray[np.uint64]

GAP = 3  # blanks between passages; the widest window
_OPEN = {"“": 1, "‘": 1, "《": 2, "〈": 2, "（": 3, "〔": 3, "【": 3, "[": 3, "(": 3}
_CLOSE = {"”": 1, "’": 1, "》": 2, "〉": 2, "）": 3, "〕": 3, "】": 3, "]": 3, ")": 3}
_STOPS = "，。；：！？、"
_MIX = np.uint64(0x9E3779B97F4A7C15)


def code_of(word: str) -> int:
    """A number for a word or tag that is the same on every machine."""
    return zlib.crc32(word.encode("utf-8"))


@dataclass(frozen=True)
class Sheet:
    """The characters of many passages side by side: parallel arrays over the flat, padded text."""

    real: NDArray[np.int64]  # positions of the true characters
    starts: NDArray[np.int64]  # where each passage starts among the true characters; one more at the end
    columns: dict[str, Codes]


def _kind(character: str) -> int:
    if "\u3400" <= character <= "\u9fff":
        return 1
    if character.isdigit():
        return 2
    if character.isalpha():
        return 3
    if character == "、":
        return 4
    if character in _STOPS:
        return 5
    if character in _OPEN or character in _CLOSE:
        return 6
    return 7


def lay_out(
    passages: Sequence[Passage], words: Sequence[Sequence[Word]], background: Background, sizes: Sequence[int]
) -> Sheet:
    """Put the characters of `passages` (with their words) side by side.

    `sizes` says how many passages belong to each document, in order: recurrence is counted inside a document.
    """
    size = GAP + sum(len(p.text) + GAP for p in passages)
    columns = {
        name: np.zeros(size, dtype=np.uint64)
        for name in (
            "char",
            "kind",
            "word",
            "tag",
            "edge",
            "k64",
            "k256",
            "k1000",
            "quote",
            "prev",
            "next",
            "prevw",
            "nextw",
            "prevtag",
            "nexttag",
            "prevk",
            "nextk",
            "pptag",
            "nntag",
            "wlen",
        )
    }
    at = GAP
    kinds: dict[str, int] = {}
    codes: dict[str, tuple[int, int, int, int]] = {}
    tags: dict[str, int] = {}
    real = np.zeros(sum(len(p.text) for p in passages), dtype=np.int64)
    starts = np.zeros(len(passages) + 1, dtype=np.int64)
    done = 0
    for number, (passage, own) in enumerate(zip(passages, words, strict=True)):
        text = passage.text
        length = len(text)
        end = at + length
        real[done : done + length] = np.arange(at, end)
        done += length
        starts[number + 1] = done
        columns["char"][at:end] = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        for c in text:
            if c not in kinds:
                kinds[c] = _kind(c)
        columns["kind"][at:end] = [kinds[c] for c in text]
        columns["quote"][at:end] = _quotes(text)
        columns["prev"][at:end], columns["next"][at:end] = _stops(text)
        word_rows = []
        edges: list[int] = []
        lengths: list[int] = []
        for word in own:
            row = codes.get(word.text)
            if row is None:
                row = codes[word.text] = (code_of(word.text), *background.clusters(word.text))
            tag = tags.get(word.tag)
            if tag is None:
                tag = tags[word.tag] = code_of(word.tag)
            n = word.end - word.start
            word_rows.append((*row, tag))
            lengths.append(n)
            edges.extend([4] if n == 1 else [1, *([2] * (n - 2)), 3])
        if not word_rows:
            at = end + GAP
            continue
        table = np.array([(0,) * 5, (0,) * 5, *word_rows, (0,) * 5, (0,) * 5], dtype=np.uint64)
        spread = np.repeat(np.arange(len(word_rows)), lengths) + 2
        columns["word"][at:end] = table[spread, 0]
        columns["k64"][at:end] = table[spread, 1]
        columns["k256"][at:end] = table[spread, 2]
        columns["k1000"][at:end] = table[spread, 3]
        columns["tag"][at:end] = table[spread, 4]
        columns["edge"][at:end] = edges
        columns["wlen"][at:end] = np.minimum(np.repeat(lengths, lengths), 5)
        for name, shift, column in (
            ("prevw", -1, 0),
            ("nextw", 1, 0),
            ("prevtag", -1, 4),
            ("nexttag", 1, 4),
            ("prevk", -1, 2),
            ("nextk", 1, 2),
            ("pptag", -2, 4),
            ("nntag", 2, 4),
        ):
            columns[name][at:end] = table[spread + shift, column]
        at = end + GAP
    columns["bond"] = background.bonds(columns["char"])
    columns["again2"], columns["again4"] = _recurrence(columns["char"], real, starts, sizes)
    return Sheet(real, starts, columns)


def _quotes(text: str) -> list[int]:
    """For each character: 0 outside, else kind of the innermost open mark, how far from its opening, and whether it closes soon."""
    state = [0] * len(text)
    stack: list[tuple[int, int]] = []
    for i, c in enumerate(text):
        if c in _OPEN:
            stack.append((_OPEN[c], i))
        elif c in _CLOSE and stack:
            kind, opened = stack.pop()
            if kind == _CLOSE[c]:
                size = min(i - opened - 1, 20) // 4
                for j in range(opened + 1, i):
                    state[j] = kind * 100 + size * 10 + min(j - opened, 2) + (3 if j == i - 1 else 0)
    return state


def _stops(text: str) -> tuple[list[int], list[int]]:
    """For each character: the punctuation before and after with the distance to it (0, 1-2, 3-4, 5-8, more)."""

    def walk(sequence: str) -> list[int]:
        out, last, distance = [], 1, 0
        for c in sequence:
            out.append(
                last * 8 + (0 if distance == 0 else 1 if distance < 3 else 2 if distance < 5 else 3 if distance < 9 else 4)
            )
            if c in _OPEN or c in _CLOSE or c in _STOPS:
                last, distance = ord(c), 0
            else:
                distance += 1
        return out

    return walk(text), walk(text[::-1])[::-1]


def _recurrence(chars: Codes, real: NDArray[np.int64], starts: NDArray[np.int64], sizes: Sequence[int]) -> tuple[Codes, Codes]:
    """How often the two and the four characters from here on stand in the document, on a coarse scale."""
    two, four = np.zeros_like(chars), np.zeros_like(chars)
    pair = chars * np.uint64(1 << 21) ^ np.roll(chars, -1)
    quad = pair * _MIX ^ np.roll(pair, -2)
    scale = np.array([0, 1, 2, 3, 3, 4, 4, 4, 4, 5])
    first = 0
    for size in sizes:
        own = real[starts[first] : starts[first + size]]
        first += size
        for source, out in ((pair, two), (quad, four)):
            _, back, counts = np.unique(source[own], return_inverse=True, return_counts=True)
            out[own] = scale[np.minimum(counts, 9)][back]
    return two, four


def templates(sheet: Sheet) -> list[Codes]:
    """One array of feature codes (not yet bound to a table) a template, over the true characters."""
    col = sheet.columns
    shifted: dict[tuple[str, int], Codes] = {}

    def x(name: str, shift: int = 0) -> Codes:
        if (name, shift) not in shifted:
            shifted[name, shift] = np.roll(col[name], -shift)[sheet.real]
        return shifted[name, shift]

    out: list[Codes] = []

    def add(*parts: Codes) -> None:
        code = np.full(len(sheet.real), len(out) + 1, dtype=np.uint64)
        for part in parts:
            code = (code ^ part) * _MIX
            code ^= code >> np.uint64(29)
        out.append(code)

    edge = x("edge")
    for d in (-2, -1, 0, 1, 2):
        add(x("char", d))
    for a, b in ((-2, -1), (-1, 0), (0, 1), (1, 2), (-1, 1)):
        add(x("char", a), x("char", b))
    for a in (-2, -1, 0):
        add(x("char", a), x("char", a + 1), x("char", a + 2))
    add(x("kind", -2), x("kind", -1), x("kind"), x("kind", 1), x("kind", 2))
    add(edge, x("kind", -1), x("kind"), x("kind", 1))
    add(edge, x("word"))
    add(edge, x("prevw"))
    add(edge, x("nextw"))
    add(edge, x("prevw"), x("word"))
    add(edge, x("word"), x("nextw"))
    add(edge, x("tag"), x("wlen"))
    add(edge, x("prevtag"), x("tag"))
    add(edge, x("tag"), x("nexttag"))
    add(edge, x("prevtag"), x("tag"), x("nexttag"))
    add(edge, x("pptag"), x("prevtag"), x("tag"))
    add(edge, x("tag"), x("nexttag"), x("nntag"))
    add(edge, x("tag"), x("prevw"))
    add(edge, x("tag"), x("nextw"))
    add(edge, x("k64"))
    add(edge, x("k256"))
    add(edge, x("k1000"))
    add(edge, x("prevk"), x("k256"))
    add(edge, x("k256"), x("nextk"))
    add(edge, x("prevk"))
    add(edge, x("nextk"))
    add(edge, x("quote"))
    add(x("quote"), x("tag"), edge)
    add(edge, x("prev"))
    add(edge, x("next"))
    add(edge, x("prev"), x("next"))
    add(edge, x("bond", -1), x("bond"))
    add(x("bond", -1), x("bond"), x("bond", 1))
    add(edge, x("again2"), x("again2", -1))
    add(edge, x("again4"), x("again4", -1))
    add(edge, x("wlen"), x("bond", -1), x("again2"))
    return out
