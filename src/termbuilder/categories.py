"""What kind of term an entry is: coinage, enterprise-category, numeric, programme, institution, phrase, technical or abbreviation.

A linear model weighs what a terminologist looks at: the head, the first and last words, length, numerals, quotation and title marks, whether the
glossary knows it as a short form. Weights: `data/categories.npz`, made by `training/categories.py`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from termbuilder.model import Form
from termbuilder.tables import Tables

CATEGORIES = ("abbreviation", "coinage", "enterprise-category", "institution", "numeric", "phrase", "programme", "technical")
_DATA = Path(__file__).parent / "data" / "categories.npz"
_NUMERAL = re.compile("[一二三四五六七八九十双两百千万]")


@dataclass(frozen=True)
class Rules:
    """The heads with their usual category, and the weights: sorted feature codes, one row of weights each, and the biases."""

    heads: Mapping[str, str]
    codes: NDArray[np.uint32]
    weights: NDArray[np.float32]
    biases: NDArray[np.float32]

    @classmethod
    def from_tables(cls, tables: Tables, path: Path = _DATA) -> Rules:
        """Compile the table `heads` and read the weights."""
        heads = {row["head"]: row["category"] for row in tables.rows("heads")}
        with np.load(path) as data:
            return cls(heads, data["codes"], data["weights"].astype(np.float32) * data["scale"], data["biases"])


def features(form: Form, words: Sequence[str], tags: Sequence[str], known_as: str, heads: Mapping[str, str]) -> list[str]:
    """What is looked at, as names.

    `words` and `tags`: the segmenter's cut of the surface; `known_as`: term type and subject field of the glossary's row for it, if any.
    """
    key = form.key
    head = next((key[start:] for start in range(len(key)) if key[start:] in heads), "")
    found = [
        f"head {head}",
        f"head category {heads.get(head, '')}",
        f"last word {words[-1]}",
        f"first word {words[0]}",
        f"last two {key[-2:]}",
        f"last {key[-1]}",
        f"first two {key[:2]}",
        f"first {key[0]}",
        f"length {min(len(key), 14)}",
        f"words {min(len(words), 6)}",
        f"tags {' '.join(tags[-2:])}",
        f"first tag {tags[0]} {min(len(words), 3)}",
        f"known {known_as}",
        f"quoted {round(form.quoted * 2)}",
        f"titled {round(form.titled * 2)}",
        f"mark inside {'“' in form.surface}",
        f"digit {any(c.isdigit() for c in key)} numeral {bool(_NUMERAL.search(key))} {min(len(key), 6)}",
        f"Latin {any('a' <= c <= 'z' for c in key)}",
        f"list {any(c in form.surface for c in '、，+')}",
        f"quoted {round(form.quoted * 2)} length {min(len(key), 8)} head {bool(head)}",
        f"key {key}",
    ]
    found += [f"inside {word}" for word in words[1:-1]]
    return found


def category_of(form: Form, words: Sequence[str], tags: Sequence[str], known_as: str, rules: Rules) -> str:
    """The category of a term, one of CATEGORIES.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> category_of(Form("瞪羚企业", "瞪羚企业"), ["瞪羚", "企业"], ["x", "n"], "", rules)
    'enterprise-category'
    """
    numbers = np.array([code(name) for name in features(form, words, tags, known_as, rules.heads)], dtype=np.uint32)
    at = np.minimum(np.searchsorted(rules.codes, numbers), len(rules.codes) - 1)
    known = rules.codes[at] == numbers
    return CATEGORIES[int(np.argmax(rules.weights[at[known]].sum(axis=0) + rules.biases))]


def code(name: str) -> int:
    """The number under which a feature's weights are kept."""
    return zlib.crc32(name.encode())
