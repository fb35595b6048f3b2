"""Which passages of a large corpus are read closely: a bounded sample of those that promise most, each string represented by few.

The tagger and the finders are costly, and of what stands in a thousand places a few say all they can learn. So a first look at the whole text
notes only the strings of four characters and how much the characters there speak for a term. A string is represented by the same few passages
that hold it, those with the smallest hash (bottom-k sampling: Cohen and Kaplan, "Summarizing data using bottom-k sketches", 2007): as one hash
orders the passages for all strings, strings share their passages, and a document more changes little. Of the passages that represent
something the most promising are read. The choice depends on nothing but the texts.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence import key_of
from termbuilder.model import Passage
from termbuilder.pipeline.divided import HASH_BITS, Divided, Rows

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
_HASHES = 1 << HASH_BITS  # of passages and of strings: both, and the promise, fit into one number
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

    What does not fit in memory waits in files without a name: the strings divided by their hash, the passages by theirs.
    """

    def __init__(self, limit: int, spill: str = "") -> None:
        """`limit`: bytes of each kind of number in memory (about); `spill`: folder for what is too much, default the system's temporary one."""
        self._names: list[tuple[str, str]] = []
        self._sizes: list[int] = []
        self._total = 0
        self._strings = Divided(1, limit, spill)  # string, mark, promise
        self._passages = Divided(2, limit, spill)  # mark, length; input, number
        self._represent = Divided(1, limit, spill)  # mark, promise of a string that it represents

    def __enter__(self) -> Sample:
        """The sample itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Give back memory and disk."""
        for numbers in (self._strings, self._passages, self._represent):
            numbers.__exit__(kind, error, trace)

    def add(self, digest: str, name: str, skimmed: Skimmed) -> None:
        """The first look at one more input: `digest` of its content and `name` put the inputs in an order that is not that of the call."""
        marks, lengths = skimmed.marks.astype(np.uint64), skimmed.lengths.astype(np.uint64)
        place = np.uint64(len(self._names) << 32) | np.arange(len(marks), dtype=np.uint64)
        self._passages.add(np.stack([marks << _HASH | lengths, place], axis=1))
        promise = (QUOTED - skimmed.promise.astype(np.int16)).astype(np.uint64)  # the most promising place of a passage first
        strings = skimmed.strings.astype(np.uint64) << _HASH | np.repeat(marks, skimmed.sizes) << _PROMISE | promise
        self._strings.add(strings[:, None])
        self._names.append((digest, name))
        self._sizes.append(len(marks))
        self._total += int(lengths.sum())

    def choose(self) -> list[Ints]:
        """For each input, in the order of adding, the numbers of its passages that are to be read closely, sorted.

        If all of them are short enough together, all.
        """
        if self._total <= WHOLE:
            return [np.arange(size) for size in self._sizes]
        room = int(WHOLE * (self._total / WHOLE) ** GROWS)
        self._find_representatives()
        least = self._least(room)
        good = [(rows[worth >= least], worth[worth >= least]) for rows, worth in self._judged()]
        rows, worth = (np.concatenate(column) for column in zip(*good))
        marks, lengths = rows[:, 0] >> _HASH, (rows[:, 0] & _LENGTH).astype(np.int64)
        of, number = (rows[:, 1] >> np.uint64(32)).astype(np.int64), (rows[:, 1] & np.uint64(0xFFFFFFFF)).astype(np.int64)
        # the first passage of each text, in an order of the inputs that is their own
        rank = np.empty(len(self._names), dtype=np.int64)
        rank[sorted(range(len(rank)), key=self._names.__getitem__)] = np.arange(len(rank))
        order = np.lexsort((number, rank[of], marks))
        first = order[np.flatnonzero(np.diff(marks[order], prepend=~marks[order[:1]]))]
        best_first = first[np.argsort(-worth[first], kind="stable")]
        chosen = best_first[np.cumsum(lengths[best_first]) <= room]
        chosen = chosen[np.lexsort((number[chosen], of[chosen]))]
        return np.split(number[chosen], np.searchsorted(of[chosen], np.arange(1, len(self._names))))

    def _find_representatives(self) -> None:
        """Note of each passage the most promising strings that it represents: those whose smallest marks it bears."""
        for rows in self._strings:
            pieces = len(rows) // PIECE + 1  # by the lower bits of the string, that do not say which part it is in
            piece = (rows[:, 0] >> _HASH) % np.uint64(pieces)
            for number in range(pieces):
                keys = np.sort(rows[piece == number, 0])
                places = keys >> _PROMISE
                one = np.flatnonzero(np.diff(places, prepend=~places[:1]))  # the most promising place of a string in a passage
                strings = keys[one] >> _HASH
                begins = np.flatnonzero(np.diff(strings, prepend=~strings[:1]))
                represents = np.arange(len(one)) - np.repeat(begins, np.diff(begins, append=len(one))) < EACH
                self._represent.add(np.unique((keys[one[represents]] & _MARK_AND_PROMISE) << np.uint64(28))[:, None])

    def _judged(self) -> Iterator[tuple[Rows, NDArray[np.int16]]]:
        """The passages, part by part, each with what the most promising string says that its text represents."""
        for rows, found in zip(self._passages, self._represent):
            different, place = np.unique(rows[:, 0] >> _HASH, return_inverse=True)
            worth = np.full(len(different), -MOST - 1, dtype=np.int16)
            promise = QUOTED - (found[:, 0] >> np.uint64(28) & np.uint64(0xFF)).astype(np.int16)
            np.maximum.at(worth, np.searchsorted(different, found[:, 0] >> _HASH), promise)
            yield rows, worth[place]

    def _least(self, room: int) -> int:
        """The worth at which the room is filled, a step less for texts that share a mark: what is worth less need not be sorted."""
        filled = np.zeros(QUOTED + MOST + 2)
        for rows, worth in self._judged():
            longest_first = np.argsort(rows[:, 0], kind="stable")[::-1]
            marks = rows[longest_first, 0] >> _HASH
            one = longest_first[np.flatnonzero(np.diff(marks, prepend=~marks[:1]))]
            np.add.at(filled, worth[one] + MOST + 1, (rows[one, 0] & _LENGTH).astype(np.float64))
        return QUOTED - int(np.searchsorted(filled[::-1].cumsum(), room)) - 1


_HASH, _PROMISE = np.uint64(64 - HASH_BITS), np.uint64(8)  # how far up the numbers stand that are put into one
_LENGTH, _MARK_AND_PROMISE = np.uint64((1 << 36) - 1), np.uint64((1 << 36) - 1)
