"""Trains the weights of `termbuilder.categories` on the annotated categories: `data/categories.npz`."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from termbuilder import segment
from termbuilder.categories import CATEGORIES, Rules, code, features
from termbuilder.equivalents import glossaries
from termbuilder.equivalents.glossaries import GlossaryRow
from termbuilder.evidence import Evidence, key_of
from termbuilder.model import Form

PENALTY = 1.0  # inverse strength, as scikit-learn counts it


@dataclass(frozen=True)
class Case:
    """One annotated form with its features and category."""

    document: str
    names: tuple[str, ...]
    category: str


def cases(gold: Path, evidence: Mapping[str, Mapping[str, Evidence]], heads: Mapping[str, str]) -> list[Case]:
    """All annotated terms of the documents; `evidence`: by document and key, for the marks around a term."""
    known = glossaries.load_reference().terms()
    found = []
    for path in sorted(gold.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                one = evidence.get(path.stem, {}).get(key_of(row["term"]))
                form = Form(
                    key_of(row["term"]),
                    row["term"],
                    quoted=one.share("quoted") if one else float("“" + row["term"] + "”" in row["variants"]),
                    titled=one.share("title") if one else 0.0,
                )
                cut = segment.words(form.surface)
                names = features(form, [w.text for w in cut], [w.tag[:1] for w in cut], known_as(known, form.key), heads)
                found.append(Case(path.stem, tuple(names), row["category"]))
    return [case for case in found if case.category in CATEGORIES]


def known_as(known: Mapping[str, GlossaryRow], key: str) -> str:
    """Term type and subject field of the glossary's row for a key."""
    row = known.get(key)
    return f"{row.term_type} {row.subject_field}" if row else ""


def fit(train: Sequence[Case]) -> tuple[dict[str, int], LogisticRegression]:
    """Feature numbers and model."""
    number: dict[str, int] = {}
    for case in train:
        for name in case.names:
            number.setdefault(name, len(number))
    model = LogisticRegression(C=PENALTY, max_iter=300)
    model.fit(_matrix(train, number), [CATEGORIES.index(case.category) for case in train])
    return number, model


def _matrix(some: Sequence[Case], number: Mapping[str, int]) -> sparse.csr_matrix:
    rows = [(i, number[name]) for i, case in enumerate(some) for name in case.names if name in number]
    r, c = zip(*rows, strict=True)
    return sparse.csr_matrix((np.ones(len(r), np.float32), (r, c)), shape=(len(some), len(number)))


def accuracy(some: Sequence[Case], groups: int = 5) -> float:
    """Share of right categories when each fifth of the documents is tried on what the others taught."""
    names = sorted({case.document for case in some})
    right = 0
    for group in range(groups):
        held = set(names[group::groups])
        number, model = fit([case for case in some if case.document not in held])
        test = [case for case in some if case.document in held]
        right += int((model.predict(_matrix(test, number)) == [CATEGORIES.index(case.category) for case in test]).sum())
    return right / len(some)


def rules(some: Sequence[Case], heads: Mapping[str, str]) -> Rules:
    """Rules with weights trained on `some`."""
    number, model = fit(some)
    codes = np.array([code(name) for name in number], dtype=np.uint32)
    order = np.argsort(codes, kind="stable")
    return Rules(heads, codes[order], model.coef_.T[order].astype(np.float32), model.intercept_.astype(np.float32))


def pack(some: Sequence[Case], out: Path) -> None:
    """Train on all and write the weights rounded to 1/127 of the largest."""
    trained = rules(some, {})
    scale = float(np.abs(trained.weights).max()) / 127
    np.savez_compressed(
        out,
        codes=trained.codes,
        weights=np.round(trained.weights / scale).astype(np.int8),
        scale=np.float32(scale),
        biases=trained.biases,
    )
