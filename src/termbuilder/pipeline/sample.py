"""Which passages of a large corpus are read closely: a bounded sample of those that promise most, each string represented by few.

The tagger and the finders are costly, and of what stands in a thousand places a few say all they can learn. So a first look at the whole text
notes only the strings of four characters and how much the characters there speak for a term. A string is represented by the same few passages
that hold it, those with the smallest hash (bottom-k sampling: Cohen and Kaplan, "Summarizing data using bottom-k sketches", 2007): as one hash
orders the passages for all strings, strings share their passages, and a document more changes little. Of the passages that represent
something the most promising are read. The choice depends on nothing but the texts.
"""

from __future__ import annotations

import re
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence import key_of
from termbuilder.model import Passage
from termbuilder.pipeline.store import appending

Marks = NDArray[np.uint32]
Promise = NDArray[np.int8]
Ints = NDArray[np.int64]

# A text of so many characters (200 pages) is read closely whole; of a longer one, so many times the fourth root of what it is longer. What that
# costs in terms: benchmarks/speed.
WHOLE = 300_000
GROWS = 1 / 4
EACH = 2  # passages that represent a string; most terms hold several strings, so they are seen more often than this
GRAM = 4  # most terms have four characters or more, and shorter ones stand beside others
# Promise is noted in quarters of a unit of the tagger's weights, so that a few documents more seldom change the choice for all.
STEPS, MOST = 4, 126
QUOTED = (
    127  # a quotation is the surest sign of a coinage: it comes before all others, with the terms of the user's own glossaries
)
_HASHES = 1 << 28  # of passages and of strings: both, and the promise, fit into one number
PARTS = 64  # files that the strings are divided among when memory is too small
PIECE = 1 << 19  # places of strings that are sorted at a time

_QUOTATION = re.compile("“([^“”\n]{2,16})”")
# Characters of running text that a term hardly holds: particles, conjunctions, prepositions, pronouns
_BETWEEN = "的了是在和与及或等为对将由按从以并应其不该各此"
_BREAKS = np.ones(1 << 16, dtype=bool)
_BREAKS[0x4E00:0xA000] = False
_BREAKS[[ord(c) for c in "+0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"]] = False
_BREAKS[[ord(c) for c in _BETWEEN]] = True


@dataclass(frozen=True)
class Skimmed:
    """The first look at the passages of one input, in order: nothing but numbers."""

    marks: Marks  # a hash of each passage's text
    lengths: Marks  # characters of each
    sizes: Marks  # how many of the strings stand in each
    strings: Marks  # hashes of the strings, passage by passage
    promise: Promise  # how much speaks for a term at each


_NONE = np.zeros(0, dtype=np.uint32)
NOTHING = Skimmed(_NONE, _NONE, _NONE, _NONE, np.zeros(0, dtype=np.int8))  # of an input that cannot be read


def skim(passages: Sequence[Passage], glance: Callable[[Sequence[str]], NDArray[np.float32]], wanted: Any = None) -> Skimmed:
    """Note the strings of `passages`; of those that repeat an earlier one nothing is noted.

    `glance` says for each character of some texts how much speaks for a term that begins there; `wanted`: automaton of forms that the
    user asked for.

    >>> skimmed = skim([Passage("通知.txt", 0, "实施“揭榜挂帅”，支持瞪羚企业。", range(16))], lambda texts: np.ones(17))
    >>> skimmed.sizes.tolist(), skimmed.promise.tolist()  # 揭榜挂帅, 支持瞪羚 ... 瞪羚企业, and the quotation
    ([5], [4, 4, 4, 4, 127])
    """
    texts = ["" if passage.repeat else passage.text + "\n" for passage in passages]
    characters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    number = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    breaks = np.concatenate([[0], np.cumsum(_BREAKS[np.minimum(characters, 0xFFFF)])])
    starts = np.flatnonzero(breaks[GRAM:] == breaks[:-GRAM]) if len(characters) >= GRAM else np.zeros(0, dtype=np.int64)
    plain = np.zeros(len(starts), dtype=np.uint64)
    for offset in range(GRAM):  # FNV-1a, a character at a time, then mixed so that the upper bits are good
        plain = (plain ^ characters[starts + offset]) * np.uint64(0x100000001B3)
    plain = (plain ^ (plain >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    strings = (plain >> np.uint64(36)).astype(np.uint32)
    promise = np.clip(np.floor(glance(texts)[starts] * STEPS), -MOST, MOST).astype(np.int8)
    of = number[starts]
    sure = [(place, one) for place, text in enumerate(texts) if "“" in text for one in _QUOTATION.findall(text)]
    if wanted is not None:
        found = ((place, text, wanted.find_matches_as_indexes(text, overlapping=True)) for place, text in enumerate(texts))
        sure += [(place, text[start:end]) for place, text, matches in found for _, start, end in matches]
    quoted = [(place, zlib.crc32(key_of(one).encode()) % _HASHES) for place, one in sure]
    if quoted:
        places, hashes = np.array(quoted, dtype=np.int64).T
        of = np.concatenate([of, places])
        order = np.argsort(of, kind="stable")
        of, strings = of[order], np.concatenate([strings, hashes.astype(np.uint32)])[order]
        promise = np.concatenate([promise, np.full(len(quoted), QUOTED, np.int8)])[order]
    return Skimmed(
        np.array([zlib.crc32(passage.text.encode()) % _HASHES for passage in passages], dtype=np.uint32),
        np.array([len(passage.text) for passage in passages], dtype=np.uint32),
        np.bincount(of, minlength=len(passages)).astype(np.uint32),
        strings,
        promise,
    )


class Sample:
    """Chooses among the passages of all inputs; a context manager that gives back disk.

    What does not fit in memory waits in files without a name, divided by string.
    """

    def __init__(self, limit: int, spill: str = "") -> None:
        """`limit`: bytes of strings in memory (about); `spill`: folder for what is too much, default the system's temporary one."""
        self._limit, self._folder = limit, spill or None
        self._names: list[tuple[str, str]] = []
        self._passages: list[tuple[Marks, Marks]] = []  # marks and lengths
        self._waiting: list[NDArray[np.uint64]] = []
        self._bytes = 0
        self._files: list[IO[bytes]] = []

    def __enter__(self) -> Sample:
        """The sample itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Give back memory and disk."""
        self._waiting = []
        for file in self._files:
            file.close()

    def add(self, digest: str, name: str, skimmed: Skimmed) -> None:
        """The first look at one more input: `digest` of its content and `name` put the inputs in an order that is not that of the call."""
        self._names.append((digest, name))
        self._passages.append((skimmed.marks, skimmed.lengths))
        marks = np.repeat(skimmed.marks, skimmed.sizes).astype(np.uint64)
        promise = (QUOTED - skimmed.promise.astype(np.int16)).astype(np.uint64)  # the most promising place of a passage first
        self._waiting.append((skimmed.strings.astype(np.uint64) << np.uint64(36)) | (marks << np.uint64(8)) | promise)
        self._bytes += self._waiting[-1].nbytes
        if self._bytes > self._limit:
            self._spill()

    def choose(self) -> list[Ints]:
        """For each input, in the order of adding, the numbers of its passages that are to be read closely, sorted.

        If all of them are short enough together, all.
        """
        begins = np.cumsum([0, *(len(marks) for marks, _ in self._passages)])
        total = sum(int(lengths.sum()) for _, lengths in self._passages)
        if total <= WHOLE:
            return [np.arange(size) for size in np.diff(begins)]
        room = int(WHOLE * (total / WHOLE) ** GROWS)
        marks, lengths = (np.concatenate(column) for column in zip(*self._passages))
        self._passages = []
        different = _different(marks)
        place = _places(marks, different)
        of_each = self._worth(different)
        worth = of_each[place]
        good = np.flatnonzero(worth >= _least(of_each, place, lengths, room))
        marks, lengths, worth = marks[good], lengths[good].astype(np.int64), worth[good]
        # the first passage of each text, in an order of the inputs that is their own
        rank = np.empty(len(self._names), dtype=np.int64)
        rank[sorted(range(len(rank)), key=self._names.__getitem__)] = np.arange(len(rank))
        document = rank[np.searchsorted(begins, good, side="right") - 1]
        order = np.lexsort((good, document, marks))
        first = order[np.flatnonzero(np.diff(marks[order].astype(np.int64), prepend=-1))]
        best_first = first[np.argsort(-worth[first], kind="stable")]
        chosen = np.sort(good[best_first[np.cumsum(lengths[best_first]) <= room]])
        return [own - begin for own, begin in zip(np.split(chosen, np.searchsorted(chosen, begins[1:-1])), begins)]

    def _worth(self, marks: Marks) -> NDArray[np.int16]:
        """For each passage (`marks` are all different, and sorted) what the most promising string says that it represents."""
        worth = np.full(len(marks), -MOST - 1, dtype=np.int16)
        for keys in self._parts():
            keys.sort()
            places = keys >> np.uint64(8)
            keys, places = keys[one := np.flatnonzero(np.diff(places, prepend=~places[:1]))], places[one]
            strings = (places >> np.uint64(28)).astype(np.int64)
            begins = np.flatnonzero(np.diff(strings, prepend=-1))
            represents = np.arange(len(keys)) - np.repeat(begins, np.diff(begins, append=len(keys))) < EACH
            found = np.searchsorted(marks, (places[represents] & np.uint64(_HASHES - 1)).astype(np.uint32))
            np.maximum.at(worth, found, QUOTED - (keys[represents] & np.uint64(0xFF)).astype(np.int16))
        return worth

    def _parts(self) -> Iterator[NDArray[np.uint64]]:
        """The strings with the marks of the passages that hold them, all places of a string in one part."""
        if not self._files:
            yield np.concatenate(self._waiting)
            return
        if self._waiting:
            self._spill()
        for file in self._files:
            file.seek(0)
            keys = np.frombuffer(file.read(), dtype=np.uint64)
            pieces = len(keys) // PIECE + 1  # by the lower bits of the string, that do not say which file it is in
            piece = (keys >> np.uint64(36)) % np.uint64(pieces)
            for number in range(pieces):
                yield keys[piece == number]

    def _spill(self) -> None:
        keys, self._waiting, self._bytes = np.concatenate(self._waiting), [], 0
        if not self._files:
            self._files = [tempfile.TemporaryFile(dir=self._folder) for _ in range(PARTS)]  # noqa: SIM115 - closed in __exit__
        keys.sort()
        bounds = np.searchsorted(keys, np.arange(1, PARTS, dtype=np.uint64) * np.uint64((1 << 64) // PARTS))
        for file, part in zip(self._files, np.split(keys, bounds)):
            with appending(file):
                file.write(part.tobytes())


def _different(marks: Marks) -> Marks:
    """All marks once, sorted."""
    every = np.sort(marks)
    new = np.ones(len(every), dtype=bool)
    np.not_equal(every[1:], every[:-1], out=new[1:])
    return every[new]


def _places(marks: Marks, different: Marks) -> NDArray[np.int32]:
    """Where each mark stands in `different`: looked up in order, which is many times as fast as without."""
    found = np.empty(len(marks), dtype=np.int32)
    for begin in range(0, len(marks), PIECE):
        own = marks[begin : begin + PIECE]
        order = np.argsort(own)
        found[begin + order] = np.searchsorted(different, own[order])
    return found


def _least(worth: NDArray[np.int16], place: NDArray[np.int32], lengths: Marks, room: int) -> int:
    """The worth at which the room is filled, a step less for texts that share a mark: what is worth less need not be sorted.

    `worth`: of each mark; `place`, `lengths`: which mark each passage has, and how long it is.
    """
    longest = np.zeros(len(worth), dtype=np.uint32)
    np.maximum.at(longest, place, lengths)
    filled = np.bincount(worth + np.int16(MOST + 1), weights=longest)[::-1].cumsum()
    return len(filled) - 1 - int(np.searchsorted(filled, room)) - MOST - 2
