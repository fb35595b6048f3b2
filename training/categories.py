"""Trains the weights of `termbuilder.categories` on the annotated categories: `data/categories.npz`.

A support vector machine for each category against the others. It learns from the annotations and, at half weight, from `categories.tsv`: the terms
of the reference glossary and some thousands more, with the category that they usually have. What it reaches on unseen documents, what was tried
besides, and why more is hardly in these labels: benchmarks/quality/RESULTS.md.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.svm import LinearSVC

from termbuilder import segment, tables
from termbuilder.categories import CATEGORIES, Lexicon, Rules, code, features
from termbuilder.equivalents import glossaries
from termbuilder.equivalents.glossaries import GlossaryRow
from termbuilder.evidence import Evidence, key_of
from termbuilder.model import Form

_STATED_TERMS = Path(__file__).parent / "categories.tsv"
PENALTY = 0.05  # inverse strength, as scikit-learn counts it; 0.03 to 0.1 make no difference beyond chance
STATED = 0.5  # weight of a stated term beside an annotated one, which stands in its document; a quarter and one do worse
# Weights below this part of the largest are left out: a third of the features, one right term in a thousand; at .05 it would be five
LEAST = 0.03


@dataclass(frozen=True)
class Case:
    """One form with its features and category; `document` is empty if no document but `categories.tsv` says so."""

    document: str
    features: Mapping[str, float]
    category: str

    @property
    def weight(self) -> float:
        """How much it counts in training."""
        return 1.0 if self.document else STATED


def cases(gold: Path, evidence: Mapping[str, Mapping[str, Evidence]], lexicon: Lexicon | None = None) -> list[Case]:
    """All annotated terms of the documents; `evidence`: by document and key, for the marks and words around a term."""
    lexicon = lexicon or Lexicon.from_tables(tables.load())
    known = glossaries.load_reference().terms()
    found = []
    for path in sorted(gold.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                one = evidence.get(path.stem, {}).get(key_of(row["term"]))
                form = Form(
                    key_of(row["term"]),
                    row["term"],
                    frequency=one.frequency if one else 0,
                    left=one.left if one else (),
                    right=one.right if one else (),
                    quoted=one.share("quoted") if one else float("“" + row["term"] + "”" in row["variants"]),
                    titled=one.share("title") if one else 0.0,
                )
                found.append(_case(path.stem, form, row["category"], known, lexicon))
    return [case for case in found if case.category in CATEGORIES]


def stated(lexicon: Lexicon | None = None) -> list[Case]:
    """The terms of `categories.tsv`, none twice."""
    lexicon = lexicon or Lexicon.from_tables(tables.load())
    known = glossaries.load_reference().terms()
    found: dict[str, Case] = {}
    for row in tables.read_table(_STATED_TERMS):
        for term in row["terms"].split():
            form = Form(key_of(term), term)
            found.setdefault(form.key, _case("", form, row["category"], known, lexicon))
    return list(found.values())


def _case(document: str, form: Form, category: str, known: Mapping[str, GlossaryRow], lexicon: Lexicon) -> Case:
    cut = segment.words(form.surface)
    said = features(form, [w.text for w in cut], [w.tag[:1] for w in cut], known_as(known, form.key), lexicon)
    return Case(document, said, category)


def known_as(known: Mapping[str, GlossaryRow], key: str) -> str:
    """Term type and subject field of the glossary's row for a key."""
    row = known.get(key)
    return f"{row.term_type} {row.subject_field}" if row else ""


def rules(some: Sequence[Case], lexicon: Lexicon | None = None) -> Rules:
    """Rules with weights trained on `some`."""
    names = sorted({name for case in some for name in case.features})
    number = {name: place for place, name in enumerate(names)}
    rows = [i for i, case in enumerate(some) for _ in case.features]
    columns = [number[name] for case in some for name in case.features]
    values = [value for case in some for value in case.features.values()]
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(some), len(names)))
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    machine = LinearSVC(C=PENALTY, fit_intercept=False, random_state=0, max_iter=3000, tol=1e-3)
    machine.fit(matrix, [CATEGORIES.index(case.category) for case in some], sample_weight=[case.weight for case in some])
    codes, weights = _merged(names, machine.coef_.T)
    return Rules(lexicon or Lexicon.from_tables(tables.load()), np.array(codes, dtype=np.uint32), weights)


def _merged(names: Sequence[str], weights: NDArray[np.float64]) -> tuple[list[int], NDArray[np.float32]]:
    """Sorted codes with their weights; of two names with one code the heavier stays."""
    kept: dict[int, NDArray[np.float64]] = {}
    least = LEAST * np.abs(weights).max()
    for name, row in zip(names, weights, strict=True):
        if np.abs(row).max() >= max(least, np.abs(kept.get(code(name), np.zeros(1))).max()):
            kept[code(name)] = row
    codes = sorted(kept)
    return codes, np.array([kept[one] for one in codes], dtype=np.float32)


def accuracy(some: Sequence[Case], groups: int = 5) -> float:
    """Share of right categories when each fifth of the documents is tried on what the others, and the stated terms, taught."""
    names = sorted({case.document for case in some if case.document})
    right = 0
    for group in range(groups):
        held = set(names[group::groups])
        trained = rules([case for case in some if case.document not in held])
        weights = dict(zip(trained.codes.tolist(), trained.weights))
        for case in some:
            if case.document in held:
                total = sum(value * weights[code(name)] for name, value in case.features.items() if code(name) in weights)
                right += CATEGORIES[int(np.argmax(total))] == case.category
    return right / sum(bool(case.document) for case in some)


def pack(some: Sequence[Case], out: Path) -> None:
    """Train on all and write the weights rounded to 1/127 of the largest."""
    trained = rules(some)
    scale = float(np.abs(trained.weights).max()) / 127
    np.savez_compressed(
        out,
        codes=trained.codes,
        weights=np.round(trained.weights / scale).astype(np.int8),
        scale=np.float32(scale),
    )
