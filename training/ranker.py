"""Trains the ranker's boosted trees on evidence whose tagger has not seen the document, and packs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence import Evidence, observe
from termbuilder.rank import features
from termbuilder.rank.features import Known
from termbuilder.rank.lexicon import Lexicon, code, views
from termbuilder.rank.trees import Trees
from termbuilder.tagging import Background, Tagger
from training.annotated import Annotated

TIER_WEIGHTS = {"A": 5.0, "B": 1.0}  # must-have terms count five times; 3 and 1.5 found 10 instead of 11 of 13 annex terms
SETTINGS: dict[str, Any] = {
    "objective": "binary", "learning_rate": 0.06, "num_leaves": 31, "min_data_in_leaf": 40, "lambda_l2": 5.0, "feature_fraction": 0.3,
    "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 127, "num_threads": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip
ROUNDS = 200
SEEDS = 3  # models averaged
_PLAUSIBLE = 0.02  # sum of both CRFs' probabilities from which a candidate counts for the lexicon


@dataclass(frozen=True)
class Examples:
    """The candidates of one document as training examples."""

    keys: Sequence[str]
    rows: NDArray[np.float32]
    evidence: Mapping[str, Evidence]
    truth: NDArray[np.int64]
    weights: NDArray[np.float64]
    own: Lexicon


def examples(document: Annotated, tagger: Tagger, known: Known) -> Examples:
    """Observe one document with `tagger` (which must not have seen it) and mark which candidates are annotated terms."""
    judged = tagger.read(document.passages, document.words, [len(document.passages)])
    evidence = observe(document.passages, document.words, document.cues, judged, bonds_of(document, tagger.background))
    keys, rows = features.matrix(evidence, known)
    tier = {form: one.tier for one in document.gold for form in one.forms}
    truth = np.array([int(key in tier) for key in keys])
    weights = np.array([TIER_WEIGHTS[tier[key]] if key in tier else 1.0 for key in keys])
    first = features.NAMES.index("seen once at least, longest")
    plausible = rows[:, first] + rows[:, first + 1] > _PLAUSIBLE
    return Examples(keys, rows, evidence, truth, weights, _lexicon(keys, evidence, truth, plausible))


def bonds_of(document: Annotated, background: Background) -> NDArray[np.float64]:
    """How firmly each character of the document belongs to the next."""
    characters = np.array([ord(c) for passage in document.passages for c in passage.text], dtype=np.uint64)
    return background.bonds(characters).astype(np.float64)


def _lexicon(
    keys: Sequence[str], evidence: Mapping[str, Evidence], truth: NDArray[np.int64], plausible: NDArray[np.bool_]
) -> Lexicon:
    counts: dict[int, tuple[float, float]] = {}
    chosen = plausible | (truth > 0)
    for place in np.flatnonzero(chosen).tolist():
        key = keys[place]
        numbers = [code(view, text) for view, text in enumerate(views(key, evidence[key].shape))]
        for number in (*numbers, code(-1, key)):
            terms, all_ = counts.get(number, (0.0, 0.0))
            counts[number] = (terms + int(truth[place]), all_ + 1)
    return Lexicon(counts, float(truth.sum()) / max(1, int(chosen.sum())))


def joined(documents: Sequence[Examples]) -> Lexicon:
    """What all the documents together teach."""
    counts: dict[int, tuple[float, float]] = {}
    for document in documents:
        for number, (terms, all_) in document.own.counts.items():
            before = counts.get(number, (0.0, 0.0))
            counts[number] = (before[0] + terms, before[1] + all_)
    return Lexicon(counts, float(np.mean([document.own.rate for document in documents])))


def train(documents: Sequence[Examples], seeds: int = SEEDS) -> tuple[Lexicon, Trees]:
    """Lexicon and trees; each document's own words are taken out of the lexicon when its rows are made."""
    lexicon = joined(documents)
    rows = np.concatenate(
        [
            np.concatenate([d.rows, lexicon.rows(d.keys, [d.evidence[key].shape for key in d.keys], d.own)], axis=1)
            for d in documents
        ]
    )
    data = lightgbm.Dataset(
        rows,
        np.concatenate([d.truth for d in documents]),
        weight=np.concatenate([d.weights for d in documents]),
        params={"max_bin": SETTINGS["max_bin"], "verbose": -1, "feature_pre_filter": False},
    )
    models = [lightgbm.train({**SETTINGS, "seed": seed}, data, ROUNDS) for seed in range(seeds)]
    return lexicon, _flattened(models)


def _flattened(models: Sequence[lightgbm.Booster]) -> Trees:
    roots: list[int] = []
    nodes: list[tuple[int, float, int, int, float]] = []
    share = 1.0 / len(models)

    def add(node: dict[str, Any]) -> int:
        number = len(nodes)
        if "leaf_value" in node and "split_feature" not in node:
            nodes.append((-1, 0.0, 0, 0, node["leaf_value"] * share))
            return number
        nodes.append((0, 0.0, 0, 0, 0.0))
        left, right = add(node["left_child"]), add(node["right_child"])
        nodes[number] = (node["split_feature"], node["threshold"], left, right, node["internal_value"] * share)
        return number

    # round by round through the models, so that the first trees are a small ensemble of their own
    for trees in zip(*(model.dump_model()["tree_info"] for model in models), strict=True):
        roots += [add(tree["tree_structure"]) for tree in trees]
    feature, threshold, left, right, value = zip(*nodes, strict=True)
    return Trees(
        np.array(roots, np.int32),
        np.array(feature, np.int16),
        # a float32 row is compared with a float32 threshold: round up where rounding down would change the side
        _rounded_up(np.array(threshold)),
        np.array(left, np.int32),
        np.array(right, np.int32),
        np.array(value, np.float32),
        0.0,
    )


def _rounded_up(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """The nearest float32 that is not smaller."""
    near = values.astype(np.float32)
    return np.where(near < values, np.nextafter(near, np.float32(np.inf)), near).astype(np.float32)


def pack(lexicon: Lexicon, trees: Trees, out: Path) -> None:
    """Write the ranker's file."""
    codes = sorted(lexicon.counts)
    np.savez_compressed(
        out,
        roots=trees.roots,
        feature=trees.feature,
        threshold=trees.threshold,
        left=trees.left,
        right=trees.right,
        value=trees.value,
        bias=np.float64(trees.bias),
        rate=np.float64(lexicon.rate),
        lexicon_codes=np.array(codes, np.uint32),
        lexicon_terms=np.array([lexicon.counts[code][0] for code in codes], np.uint16),
        lexicon_all=np.array([lexicon.counts[code][1] for code in codes], np.uint16),
    )
