"""What the tagger looks at around each character, as hashed feature numbers.

Each template states something a terminologist would look at: the characters and words around, their parts of speech, words
of similar use, quotation marks and titles around, how firmly two characters belong together, what keeps recurring in the
document. Everything is computed on whole arrays: one flat array of characters with three blanks before each passage, so that a
neighbour is a shift.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
    texts = [passage.text for passage in passages]
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    passage_of = np.repeat(np.arange(len(texts)), lengths)
    real = np.arange(starts[-1]) + GAP * (passage_of + 1)
    size = int(starts[-1]) + GAP * (len(texts) + 1)
    chars = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    values: dict[str, NDArray[Any]] = {
        "char": chars,
        "kind": _kinds(chars),
        "quote": np.concatenate([np.zeros(0, np.int64), *(_quotes(text) for text in texts)]),
        **_stops(chars, starts, passage_of),
        **_word_columns(words, background, passage_of),
    }
    columns = {}
    for name, column in values.items():
        columns[name] = np.zeros(size, dtype=np.uint64)
        columns[name][real] = column
    columns["bond"] = background.bonds(columns["char"])
    columns["again2"], columns["again4"] = _recurrence(columns["char"], real, starts, sizes)
    return Sheet(real, starts, columns)


def _kinds(chars: NDArray[np.uint32]) -> NDArray[np.int64]:
    every, back = np.unique(chars, return_inverse=True)
    return np.array([_kind(chr(code)) for code in every.tolist()], dtype=np.int64)[back]


_PADDING = 2  # words of nothing between passages; the widest window
_NEAR = (
    ("prevw", -1, "word"), ("nextw", 1, "word"), ("prevtag", -1, "tag"), ("nexttag", 1, "tag"),
    ("prevk", -1, "k256"), ("nextk", 1, "k256"), ("pptag", -2, "tag"), ("nntag", 2, "tag"),
)  # fmt: skip


def _word_columns(
    words: Sequence[Sequence[Word]], background: Background, passage_of: NDArray[np.int64]
) -> dict[str, NDArray[Any]]:
    """What each character has from its word and from the words next to it."""
    every = [word for row in words for word in row]
    texts, tags = [word.text for word in every], [word.tag for word in every]
    text_numbers, text_of = _numbered(texts)
    tag_numbers, tag_of = _numbered(tags)
    known = np.array([(code_of(text), *background.clusters(text)) for text in text_numbers], dtype=np.uint64).reshape(-1, 4)
    values = dict(zip(("word", "k64", "k256", "k1000"), known.T))
    values["tag"] = np.array([code_of(tag) for tag in tag_numbers], dtype=np.uint64)
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    place = np.arange(len(every)) + _PADDING * (np.repeat(np.arange(len(words)), [len(row) for row in words]) + 1)
    table = {}
    for name, column in values.items():
        table[name] = np.zeros(len(every) + _PADDING * (len(words) + 1), dtype=np.uint64)
        table[name][place] = column[tag_of if name == "tag" else text_of]
    own = np.repeat(place, lengths)
    ends = np.cumsum(lengths)
    begins_here, ends_here = np.zeros(len(passage_of), dtype=bool), np.zeros(len(passage_of), dtype=bool)
    begins_here[ends - lengths] = True
    ends_here[ends - 1] = True
    return {
        **{name: column.take(own) for name, column in table.items()},
        "edge": np.where(begins_here, np.where(ends_here, 4, 1), np.where(ends_here, 3, 2)),
        "wlen": np.minimum(np.repeat(lengths, lengths), 5),
        **{name: table[column].take(own + shift) for name, shift, column in _NEAR},
    }


def _numbered(items: Sequence[str]) -> tuple[dict[str, int], NDArray[np.int64]]:
    """(item -> number, the number of each)."""
    numbers = {item: number for number, item in enumerate(dict.fromkeys(items))}
    return numbers, np.array([numbers[item] for item in items], dtype=np.int64)


def _quotes(text: str) -> list[int]:
    """For each character: 0 outside, else kind of the innermost open mark, how far from its opening, and whether it closes soon."""
    state = [0] * len(text)
    stack: list[tuple[int, int]] = []
    for mark in _MARKS.finditer(text):
        c, i = mark[0], mark.start()
        if c in _OPEN:
            stack.append((_OPEN[c], i))
        elif stack:
            kind, opened = stack.pop()
            if kind == _CLOSE[c]:
                size = min(i - opened - 1, 20) // 4
                for j in range(opened + 1, i):
                    state[j] = kind * 100 + size * 10 + min(j - opened, 2) + (3 if j == i - 1 else 0)
    return state


_MARKS = re.compile("[" + re.escape("".join({**_OPEN, **_CLOSE})) + "]")
_MARKED = np.array(sorted(map(ord, {*_OPEN, *_CLOSE, *_STOPS})), dtype=np.uint32)
_DISTANCES = np.array([0, 1, 1, 2, 2, 3, 3, 3, 3, 4])


def _stops(chars: NDArray[np.uint32], starts: NDArray[np.int64], passage_of: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """For each character: the punctuation before and after in the passage, with the distance to it (0, 1-2, 3-4, 5-8, more)."""
    here = np.arange(len(chars))
    marked = np.isin(chars, _MARKED)
    first, last = starts[passage_of], starts[passage_of + 1] - 1
    upto = np.maximum.accumulate(np.where(marked, here, -1))
    before = np.concatenate([[-1], upto[:-1]])
    onward = np.minimum.accumulate(np.where(marked, here, len(chars))[::-1])[::-1]
    after = np.concatenate([onward[1:], [len(chars)]])

    def told(place: NDArray[np.int64], inside: NDArray[np.bool_], distance: NDArray[np.int64]) -> NDArray[np.int64]:
        mark = np.where(inside, chars[np.clip(place, 0, len(chars) - 1)], 1).astype(np.int64)
        return np.asarray(mark * 8 + _DISTANCES[np.minimum(distance, 9)])

    return {
        "prev": told(before, before >= first, here - np.maximum(before + 1, first)),
        "next": told(after, after <= last, np.minimum(after - 1, last) - here),
    }


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


class _Coder:
    """Makes one array of feature codes (not yet bound to a table) a template, over the true characters."""

    def __init__(self, columns: dict[str, Codes], real: NDArray[np.int64]) -> None:
        self._columns, self._real = columns, real
        self._shifted: dict[tuple[str, int], Codes] = {}
        self.out: list[Codes] = []

    def x(self, name: str, shift: int = 0) -> Codes:
        """A column, `shift` characters on."""
        if (name, shift) not in self._shifted:
            self._shifted[name, shift] = self._columns[name].take(self._real + shift)  # there are blanks at both ends
        return self._shifted[name, shift]

    def add(self, *parts: Codes) -> None:
        """One more template."""
        code = np.full(len(self._real), len(self.out) + 1, dtype=np.uint64)
        for part in parts:
            code ^= part
            code *= _MIX
            code ^= code >> np.uint64(29)
        self.out.append(code)

    def characters(self) -> None:
        """The templates that need nothing but the characters; they come first."""
        x, add = self.x, self.add
        for d in (-2, -1, 0, 1, 2):
            add(x("char", d))
        for a, b in ((-2, -1), (-1, 0), (0, 1), (1, 2), (-1, 1)):
            add(x("char", a), x("char", b))
        for a in (-2, -1, 0):
            add(x("char", a), x("char", a + 1), x("char", a + 2))


def of_characters(texts: Sequence[str]) -> list[Codes]:
    """The feature codes of `texts`, one array a template, of the templates that need nothing but characters (the first of `templates`)."""
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    real = np.arange(lengths.sum()) + GAP * (np.repeat(np.arange(len(texts)), lengths) + 1)
    columns = np.zeros(int(lengths.sum()) + GAP * (len(texts) + 1), dtype=np.uint64)
    columns[real] = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    coder = _Coder({"char": columns}, real)
    coder.characters()
    return coder.out


def templates(sheet: Sheet, own: slice) -> list[Codes]:
    """One array of feature codes (not yet bound to a table) a template, over the true characters of this slice."""
    coder = _Coder(sheet.columns, sheet.real[own])
    x, add = coder.x, coder.add
    edge = x("edge")
    coder.characters()
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
    return coder.out
