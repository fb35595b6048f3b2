"""What the features of the ranker are called when a person asks why: one plain phrase for all that say the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Phrase:
    """A reason as people hear it: `no` is said instead of `yes` where there is nothing of it; `note` tells how much there is."""

    features: tuple[str, ...]  # their shares are added
    yes: str
    no: str
    note: Callable[[float], str]
    shown: tuple[str, ...]  # the largest of these is how much there is
    least: float = 0.0  # up to this much is nothing

    def said(self, value: float) -> tuple[str, str]:
        """The phrase and the note for a value."""
        if value > self.least or self.no == self.yes:
            return self.yes, self.note(value)
        return self.no, ""


UNLIKELY = 0.05  # nobody would call what is less probable likely


def _probability(value: float) -> str:
    return f"with probability {value:.2f}"


def _places(value: float) -> str:
    return "wherever it stands" if value >= 0.995 else f"in {max(1, round(100 * value))} of 100 places"


def _times(value: float) -> str:
    return f"{value:.0f} times" if value != 1 else "once"


def _counted(logarithm: float) -> str:
    """Background counts are kept as log(1 + count)."""
    return f"about {_times(round(math.expm1(logarithm)))}"


def _of_100(value: float) -> str:
    return f"{100 * value:.0f} of 100"


def _documents(value: float) -> str:
    return f"in {value:.0f} document{'s' if value != 1 else ''}"


def _degree(value: float) -> str:
    return f"strength {value:.1f} of 9"


def _number(value: float) -> str:
    return f"{value:.0f}"


def _nothing(value: float) -> str:
    return ""


def _both(*names: str) -> tuple[str, ...]:
    """Mean and largest value of measures."""
    return tuple(f"{kind} {name}" for name in names for kind in ("mean", "most"))


def _measured(name: str, yes: str, no: str = "", note: Callable[[float], str] = _places) -> Phrase:
    least = UNLIKELY if note is _probability else 0.0
    return Phrase(_both(name), yes, no or yes, note, (f"mean {name}",), least)


def _tagged(name: str, yes: str, no: str) -> Phrase:
    """A probability under both CRFs."""
    names = (f"longest {name}", f"shortest {name}")
    return Phrase(_both(*names), yes, no, _probability, tuple(f"mean {one}" for one in names), UNLIKELY)


def _single(name: str, yes: str, no: str = "", note: Callable[[float], str] = _nothing) -> Phrase:
    return Phrase((name,), yes, no or yes, note, (name,))


def _rate(what: str, *views: str) -> Phrase:
    """How often candidates like this one were terms for the annotators, and how many such there were."""
    names = tuple(f"{kind}: {view}" for view in views for kind in ("rate", "support"))
    return Phrase(names, f"candidates {what} were terms", f"candidates {what} were terms", _of_100, (names[0],))


PHRASES = (
    Phrase(
        (
            *_both("longest", "shortest"),
            *(f"{kind}, {crf}" for kind in ("seen once at least", "expected number") for crf in ("longest", "shortest")),
        ),
        "the tagger reads it as a term here", "the tagger does not read it as a term here", _probability,
        ("most longest", "most shortest"), UNLIKELY,
    ),
    _tagged("begins", "the tagger sees a term begin with it", "the tagger sees no term begin with it"),
    _tagged("ends", "the tagger sees a term end with it", "the tagger sees no term end with it"),
    _tagged("left inside", "the tagger sees a longer term that began before it", "the tagger sees no longer term that began before it"),
    _tagged("right inside", "the tagger sees a longer term that goes on after it", "the tagger sees no longer term that goes on after it"),
    _tagged("outside", "the tagger finds no term in its characters", "the tagger finds all its characters in terms"),
    _measured("before: edge", "stands after punctuation", "never stands after punctuation"),
    _measured("before: 、", "stands after a list comma", "never stands after a list comma"),
    _measured("before: verb", "stands after a verb", "never stands after a verb"),
    _measured("before: noun", "stands after a noun", "never stands after a noun"),
    _measured("before: number", "stands after a number", "never stands after a number"),
    _measured("before: 的", "stands after 的", "never stands after 的"),
    _measured("after: edge", "stands before punctuation", "never stands before punctuation"),
    _measured("after: 、", "stands before a list comma", "never stands before a list comma"),
    _measured("after: verb", "stands before a verb", "never stands before a verb"),
    _measured("after: noun", "stands before a noun", "never stands before a noun"),
    _measured("after: number", "stands before a number", "never stands before a number"),
    _measured("after: 等", "stands before 等", "never stands before 等"),
    _measured("after: 的", "stands before 的", "never stands before 的"),
    _measured("begins with a word", "begins where a word begins", "begins inside a word"),
    _measured("ends with a word", "ends where a word ends", "ends inside a word"),
    _measured("outside running text", "stands in a heading, list, table or note", "stands in running text only"),
    _measured("place in document", "how far down the document it stands", note=_of_100),
    _measured("bond to the left", "the character before it belongs to it", "no character before it belongs to it", _degree),
    _measured("bond to the right", "the character after it belongs to it", "no character after it belongs to it", _degree),
    _measured("bond inside", "its characters belong together", "its characters are seldom seen together", _degree),
    Phrase(
        (*_both("best longer"), "best longer term"), "a longer term around it is likely", "no longer term around it is likely",
        _probability, ("mean best longer",), UNLIKELY,
    ),
    _measured("best shorter", "a shorter term inside it is likely", "no shorter term inside it is likely", _probability),
    _measured("best crossing", "a term that overlaps with it is likely", "no term that overlaps with it is likely", _probability),
    _measured("best list neighbour", "its neighbour in a list is a term", "no neighbour in a list is a term", _probability),
    _measured("title", "stands in title marks", "never stands in title marks"),
    Phrase(
        _both("quoted", "before: quote", "after: quote"), "stands in quotation marks", "never stands in quotation marks",
        _places, ("mean quoted",),
    ),
    _measured("numeric", "has the shape of a numeric shorthand", "has not the shape of a numeric shorthand"),
    _measured("listed", "is an item of a list", "is no item of a list"),
    _measured("headed", "ends in a noun that heads terms", "does not end in a noun that heads terms"),
    _measured("explained", "the document explains it", "the document does not explain it"),
    _measured("parallel", "is a slogan of equal members", "is no slogan of equal members"),
    _measured("cohesive", "the document repeats it", "the document does not repeat it"),
    Phrase(
        (*_both("known"), "in the glossary"), "stands in the glossary", "does not stand in the glossary", _nothing,
        ("in the glossary",),
    ),
    Phrase(
        ("covered by glossary terms", "glossary terms inside"), "made of glossary terms", "holds no glossary term",
        _of_100, ("covered by glossary terms",),
    ),
    _single("frequency", "how often it stands there", note=_times),
    _single("characters", "its length in characters", note=_number),
    Phrase(("words", "one word"), "its length in words", "its length in words", _number, ("words",)),
    Phrase(
        ("digits", "Latin letters", "share of Han"), "holds digits or Latin letters", "holds neither digits nor Latin letters",
        _nothing, ("digits", "Latin letters"),
    ),
    _single("numeral inside", "holds a Chinese numeral", "holds no Chinese numeral"),
    _single("quotation mark inside", "holds a quotation mark", "holds no quotation mark"),
    _single("的 inside", "holds 的", "holds no 的"),
    _single("comma inside", "holds a comma", "holds no comma"),
    _single("和 inside", "holds 和, 与 or 及", "holds no 和, 与 or 及"),
    _single("in national reports", "known from national reports", "unknown in national reports", _counted),
    _single("in laws", "known from laws", "unknown in laws", _counted),
    _single(
        "rarest pair in national reports", "its characters stand side by side in national reports",
        "two of its characters never stand side by side in national reports", _counted,
    ),
    _single("ends longer terms", "longer terms end with it", "no longer term ends with it", _nothing),
    _single("begins longer terms", "longer terms begin with it", "no longer term begins with it", _nothing),
    _single("inside longer terms", "stands inside longer terms", "stands inside no longer term", _nothing),
    _rate("with its last word", "last word"),
    _rate("with its first word", "first word"),
    _rate("with its last character", "last character"),
    _rate("with its first character", "first character"),
    _rate("with its last two characters", "last two"),
    _rate("with its first two characters", "first two"),
    _rate("of its parts of speech", "pattern", "first tag", "last tag"),
    _rate("of its length", "length"),
    _single("a term elsewhere", "was a term for our annotators", "was no term for our annotators", _documents),
    _single("no term elsewhere", "our annotators passed it over", "our annotators never passed it over", _documents),
)  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """The phrases laid over the columns of the ranker."""

    adding: Floats  # (features, phrases): 1 where a feature belongs to a phrase
    shown: tuple[tuple[int, ...], ...]  # for each phrase, the columns whose largest value is told

    @classmethod
    def of(cls, names: Sequence[str]) -> Wording:
        """Lay them over columns of these names, each of which belongs to one phrase."""
        column = {name: number for number, name in enumerate(names)}
        adding = np.zeros((len(names), len(PHRASES)))
        for number, phrase in enumerate(PHRASES):
            adding[[column[name] for name in phrase.features], number] = 1.0
        return cls(adding, tuple(tuple(column[name] for name in phrase.shown) for phrase in PHRASES))

    def told(self, rows: Floats, order: NDArray[np.intp]) -> Iterator[list[tuple[str, str]]]:
        """For each row the phrases and notes of the phrases numbered in `order`."""
        values = np.stack([rows[:, columns].max(axis=1) for columns in self.shown], axis=1)
        for numbers, own in zip(order.tolist(), np.take_along_axis(values, order, axis=1).tolist(), strict=True):
            yield [PHRASES[number].said(value) for number, value in zip(numbers, own, strict=True)]
