"""What kind of term an entry is: coinage, enterprise-category, numeric, programme, institution, phrase, technical or abbreviation.

A linear model weighs what a terminologist looks at: how the term begins and ends, its head, its words and what sort of words they are, whether they belong
to a trade, to policy or to the office, length, numerals, quotation and title marks, what stands around it, whether the glossary knows it as a short form. Weights: `data/categories.npz`, made by
`training/categories.py`, where its accuracy on unseen documents is measured too.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from termbuilder.model import Form, Word
from termbuilder.tables import Tables

CATEGORIES = ("abbreviation", "coinage", "enterprise-category", "institution", "numeric", "phrase", "programme", "technical")
_DATA = Path(__file__).parent / "data"
_NUMERALS = "一二三四五六七八九十两双百千万"
OTHER_FORMS = 0.5  # what a form other than the main one counts; between a quarter and one, all do as well
_LATIN = re.compile("[A-Za-z]")
_LENGTHS = (3, 4, 5, 6, 8, 10, 14, 18)
_LONGEST_WORD = 5
_PLAIN = ("policy", "office")  # vocabularies that are no trade's
_LONGEST_ENDING, _LONGEST_BEGINNING, _LONGEST_WHOLE = 6, 4, 8


@dataclass(frozen=True)
class Lexicon:
    """Heads with their usual category, names of places, words with their vocabulary, and the clusters of words of similar use on three scales."""

    heads: Mapping[str, str]
    places: frozenset[str]
    vocabularies: Mapping[str, str]  # word -> the trade, policy or office that it belongs to
    clusters: Mapping[str, tuple[int, int, int]]

    @classmethod
    def from_tables(cls, tables: Tables, clusters: Mapping[str, tuple[int, int, int]] | None = None) -> Lexicon:
        """Compile the tables; `clusters` of words if they have been read already."""
        heads = {row["head"]: row["category"] for row in tables.rows("heads")}
        vocabularies = {word: row["vocabulary"] for row in tables.rows("vocabularies") for word in row["words"].split()}
        return cls(heads, frozenset(tables.column("place_readings")), vocabularies, clusters or _clusters())

    def vocabularies_of(self, key: str) -> Iterator[tuple[str, int, int]]:
        """(vocabulary, start, end) of the longest known words from left to right.

        >>> from termbuilder import tables
        >>> list(Lexicon.from_tables(tables.load()).vocabularies_of("风电主轴轴承"))
        [('energy', 0, 2), ('machines', 4, 6)]
        """
        start = 0
        while start < len(key):
            ends = range(min(len(key), start + _LONGEST_WORD), start, -1)
            end = next((end for end in ends if key[start:end] in self.vocabularies), 0)
            if end:
                yield self.vocabularies[key[start:end]], start, end
            start = end or start + 1

    def clusters_of(self, word: str) -> tuple[int, int, int]:
        """The clusters of a word, zeros if it is unknown."""
        return self.clusters.get(word, (0, 0, 0))


def _clusters() -> dict[str, tuple[int, int, int]]:
    with np.load(_DATA / "background.npz") as data:
        words = data["words"].tobytes().decode().split("\n")
        return dict(zip(words, map(tuple, data["clusters"].tolist()), strict=True))


@dataclass(frozen=True)
class Rules:
    """The lexicon and the weights: one row for each feature code, the codes sorted."""

    lexicon: Lexicon
    codes: NDArray[np.uint32]
    weights: NDArray[np.float32]

    @classmethod
    def from_tables(cls, tables: Tables, clusters: Mapping[str, tuple[int, int, int]] | None = None) -> Rules:
        """Compile the tables and read the weights; `clusters` of words if they have been read already."""
        lexicon = Lexicon.from_tables(tables, clusters)
        with np.load(_DATA / "categories.npz") as data:
            return cls(lexicon, data["codes"], data["weights"].astype(np.float32) * data["scale"])


def category_of(forms: Sequence[tuple[Form, Sequence[Word]]], known_as: str, rules: Rules) -> str:
    """The category of a concept, one of CATEGORIES, from its forms with their words, the main form first.

    `known_as`: term type and subject field of the glossary's row for it, if any.

    >>> from termbuilder import segment, tables
    >>> rules = Rules.from_tables(tables.load())
    >>> category_of([(Form("瞪羚企业", "瞪羚企业"), segment.words("瞪羚企业"))], "", rules)
    'enterprise-category'
    """
    total = np.zeros(len(CATEGORIES))
    for place, (form, words) in enumerate(forms):
        said = features(form, [word.text for word in words], [word.tag[:1] for word in words], known_as, rules.lexicon)
        total += _weighed(said, rules) * (1.0 if place == 0 else OTHER_FORMS)
    return CATEGORIES[int(np.argmax(total))]


def _weighed(said: Mapping[str, float], rules: Rules) -> NDArray[np.float64]:
    codes = np.array([code(name) for name in said], dtype=np.uint32)
    rows = np.minimum(np.searchsorted(rules.codes, codes), len(rules.codes) - 1)
    known = rules.codes[rows] == codes
    values = np.array(list(said.values()), dtype=np.float32)[known]
    return np.asarray(values @ rules.weights.take(rows[known], axis=0), dtype=np.float64)


def code(name: str) -> int:
    """The number under which a feature's weights are kept."""
    return zlib.crc32(name.encode())


def features(form: Form, words: Sequence[str], tags: Sequence[str], known_as: str, lexicon: Lexicon) -> dict[str, float]:
    """What is looked at: the name of each feature with its value."""
    said = {"any": 1.0, "frequency": math.log1p(form.frequency) / 2, "quoted": 2 * form.quoted, "titled": 2 * form.titled}
    said.update(dict.fromkeys(_of_characters(form.key), 1.0))
    said.update(dict.fromkeys(_of_shape(form, lexicon), 1.0))
    said.update(dict.fromkeys(_of_words(words, tags, lexicon), 1.0))
    said.update(_of_vocabularies(form.key, lexicon))
    if len(form.key) == 4:
        said.update(dict.fromkeys(_of_four(form.key, lexicon), 1.0))
    if known_as:
        said[f"known {known_as}"] = 1.0
    for side, neighbours in (("before", form.left), ("after", form.right)):
        for word, count in neighbours:
            name = f"{side} {lexicon.clusters_of(word)[1] if word.isalnum() else word}"
            said[name] = said.get(name, 0.0) + count / max(1, form.frequency)
    return said


def _of_characters(key: str) -> Iterator[str]:
    for length in range(1, min(len(key), _LONGEST_ENDING) + 1):
        yield f"ends {key[-length:]}"
    for length in range(1, min(len(key), _LONGEST_BEGINNING) + 1):
        yield f"begins {key[:length]}"
    for start in range(len(key) - 1):
        yield f"holds {key[start : start + 2]}"
    if len(key) <= _LONGEST_WHOLE:
        yield f"is {key}"


def _of_shape(form: Form, lexicon: Lexicon) -> Iterator[str]:
    key, surface = form.key, form.surface
    head = next((key[start:] for start in range(len(key)) if key[start:] in lexicon.heads), "")
    yield f"head category {lexicon.heads.get(head, '')}"
    yield f"numerals {min(3, sum(character in _NUMERALS for character in key))}"
    yield from (f"{length} characters or more" for length in _LENGTHS if len(key) >= length)
    marks = (
        ("up to three characters", len(key) <= 3),
        ("four characters", len(key) == 4),
        ("numeral first", key[:1] in tuple(_NUMERALS)),
        ("place first", any(key[:length] in lexicon.places for length in (2, 3, 4))),
        ("digits", any(character.isdigit() for character in key)),
        ("Latin letters", bool(_LATIN.search(key))),
        ("plus", "+" in key),
        ("list", "、" in surface),
        ("marks inside", "“" in surface),
    )
    yield from (name for name, there in marks if there)


def _of_four(key: str, lexicon: Lexicon) -> Iterator[str]:
    """Four characters: two words, a slogan of pairs (敢闯敢试), or a contraction whose characters belong to longer words (科产城人)."""
    yield f"first and third {key[0]}{key[2]}"
    yield f"second and fourth {key[1]}{key[3]}"
    yield f"words at {[start for start in range(3) if key[start : start + 2] in lexicon.clusters]}"


def _of_vocabularies(key: str, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    covered = 0
    for vocabulary, start, end in lexicon.vocabularies_of(key):
        yield f"vocabulary {vocabulary}", 1.0
        if end == len(key):
            yield f"ends in vocabulary {vocabulary}", 1.0
        if vocabulary not in _PLAIN:
            covered += end - start
    if covered:
        yield "words of a trade", 1.0
        yield "share of a trade", 2 * covered / len(key)


def _of_words(words: Sequence[str], tags: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    yield f"tags {' '.join(tags)}"
    yield f"last tags {' '.join(tags[-2:])}"
    yield f"first tag {tags[0]}"
    yield f"words {min(len(words), 6)}"
    yield f"word lengths {' '.join(str(len(word)) for word in words)}"
    for place, word in enumerate(words):
        for scale, number in zip("abc", lexicon.clusters_of(word), strict=True):
            yield f"word {scale}{number}"
            if place == 0:
                yield f"first {scale}{number}"
            if place == len(words) - 1:
                yield f"last {scale}{number}"
