"""The annotated documents: cleaned and segmented, with the places of their annotated terms."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from termbuilder import candidates, clean, definitions, segment, tables
from termbuilder.equivalents import glossaries
from termbuilder.evidence import key_of
from termbuilder.model import Passage, Word
from termbuilder.pipeline.kit import known_forms
from termbuilder.read import read_file


@dataclass(frozen=True)
class Gold:
    """One annotated concept: the keys of its forms, its tier (A must be found, B is useful) and its category."""

    term: str
    forms: frozenset[str]
    tier: str
    category: str


@dataclass(frozen=True)
class Annotated:
    """One annotated document as the stages see it."""

    name: str
    path: Path
    passages: Sequence[Passage]
    words: Sequence[Sequence[Word]]
    cues: candidates.Offered
    gold: Sequence[Gold]
    spans: Sequence[Sequence[tuple[int, int]]]  # for each passage: where annotated forms stand


def load(shared: Path) -> list[Annotated]:
    """All annotated documents under `shared` (eval/gold and corpus), in the order of their names."""
    read_tables = tables.load()
    cleaning = clean.Rules.from_tables(read_tables)
    finding = candidates.Rules.from_tables(read_tables, known_forms(glossaries.load_reference().terms()))
    defining = definitions.Rules.from_tables(read_tables)
    out = []
    for gold_path in sorted((shared / "eval/gold").glob("*.tsv")):
        name = gold_path.stem
        seeds = shared / "corpus/seeds" / f"{name}.txt"
        path = seeds if seeds.exists() else next((shared / "corpus/extra").glob(f"{name}-*"))
        document = read_file(path)
        passages = clean.clean(document, cleaning).passages
        words = segment.segmented(passages)
        gold = _gold(gold_path)
        out.append(
            Annotated(
                name,
                path,
                passages,
                words,
                candidates.in_document(passages, words, finding, explained_spans(passages, defining)),
                gold,
                _spans(passages, gold),
            )
        )
    return out


def explained_spans(passages: Sequence[Passage], rules: definitions.Rules) -> list[tuple[int, int, int]]:
    """(passage, start, end) of all terms and full forms that the document explains."""
    found = []
    for one in definitions.explained_terms(passages, rules):
        found.append(one.term)
        if one.full is not None:
            found.append(one.full)
    return found


def _gold(path: Path) -> list[Gold]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    out = []
    for row in rows:
        forms = frozenset(key for form in (row["term"], *(row["variants"] or "").split("|")) if (key := key_of(form)))
        out.append(Gold(row["term"], forms, row["tier"], row["category"]))
    return out


def _spans(passages: Sequence[Passage], gold: Sequence[Gold]) -> list[list[tuple[int, int]]]:
    by_first: dict[str, list[str]] = {}
    for form in sorted({form for one in gold for form in one.forms if len(form) > 1}):
        by_first.setdefault(form[0], []).append(form)
    out = []
    for passage in passages:
        folded: list[str] = []
        at: list[int] = []
        for i, character in enumerate(passage.text):
            for c in unicodedata.normalize("NFKC", character).lower():
                if key_of(c):
                    folded.append(c)
                    at.append(i)
        text = "".join(folded)
        out.append(
            [
                (at[i], at[i + len(form) - 1] + 1)
                for i, c in enumerate(text)
                for form in by_first.get(c, ())
                if text.startswith(form, i)
            ]
        )
    return out


def labels(document: Annotated, longest: bool) -> NDArray[np.int64]:
    """The label (B, I, E, O as 0 to 3) of each character, for the longest or the shortest annotated terms."""
    out = []
    for passage, spans in zip(document.passages, document.spans, strict=True):
        row = np.full(len(passage.text), 3)
        taken = np.zeros(len(passage.text), dtype=bool)
        for start, end in sorted(spans, key=lambda s: ((s[0] - s[1]) if longest else (s[1] - s[0]), s[0])):
            if end - start >= 2 and not taken[start:end].any():
                taken[start:end] = True
                row[start], row[start + 1 : end - 1], row[end - 1] = 0, 1, 2
        out.append(row)
    return np.concatenate(out)


_STOP = re.compile("[，。；：！？]")
_LONG = 90  # characters; longer passages are cut for training, where time grows with the longest


def cuts(document: Annotated, label: NDArray[np.int64]) -> list[int]:
    """Lengths of the sequences to train on: passages, long ones cut after punctuation outside terms."""
    out, base = [], 0
    for passage in document.passages:
        size, done = len(passage.text), 0
        while size - done > _LONG:
            stops = [m.end() for m in _STOP.finditer(passage.text, done + 1) if label[base + m.end() - 1] == 3]
            before = [stop for stop in stops if stop - done <= _LONG]
            cut = before[-1] if before else (stops[0] if stops else size)
            if cut >= size:
                break
            out.append(cut - done)
            done = cut
        out.append(size - done)
        base += size
    return out
