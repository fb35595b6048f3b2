"""How good the mined lists are on documents that nothing has learned from.

    python -m benchmarks.quality --shared ../shared [--cache FILE]

The annotated documents are dealt into five groups. Everything that is learned (both CRFs, lexicon, trees) is learned without the group it is tried
on, and the trees learn from evidence whose taggers have seen neither that group nor the document at hand (training/folds.py). That is
stricter than leaving out one document: four fifths of the data teach instead of 32 of 33. The whole job then runs on each document alone, and the
scorer in the shared folder judges the entries. Means over documents with 95 % bootstrap intervals.
"""

from __future__ import annotations

import argparse
import importlib.util
import pickle
import platform
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from termbuilder import pipeline, tagging
from termbuilder.formats import FORMATS
from termbuilder.pipeline.kit import kit
from termbuilder.rank import Ranker
from termbuilder.read import Input
from termbuilder.settings import Settings
from training import annotated, categories, folds, ranker, tagger
from training.__main__ import DATA, known_before

SHOWN = ("P@50", "P@100", "RP", "RA@G", "RA@2G", "AP", "R", "bcubed", "category")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="keep what the folds learned in this file, and use it if it is there")
    parser.add_argument("--entries", type=Path, help="keep the mined entries of each document in this folder")
    arguments = parser.parse_args()
    began = time.monotonic()
    documents = annotated.load(arguments.shared)
    learned = _learned(
        documents,
        arguments.shared,
        arguments.cache,
        lambda text: print(f"{time.monotonic() - began:6.0f} s  {text}", flush=True),
    )
    scorer = load_scorer(arguments.shared)
    rows = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.entries or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for document in documents:
            rows[document.name] = _score(document, *learned[document.name], arguments.shared, scorer, folder)
    print(report(rows))


def _learned(
    documents: Sequence[annotated.Annotated], shared: Path, cache: Path | None, say: Any
) -> dict[str, tuple[Any, Any, Any]]:
    """For each document: the tagger, the ranker (lexicon, trees) and the category rules that have not seen its group."""
    background = tagging.load_background()
    if cache is not None and cache.exists():
        with cache.open("rb") as file:
            made: folds.Folds = pickle.load(file)
    else:
        numbers = {document.name: tagger.numbered(document, background) for document in documents}
        made = folds.make(documents, numbers, background, known_before(DATA / "background.npz"), pairs=True, say=say)
        if cache is not None:
            cache.write_bytes(pickle.dumps(made))
    rankers = {group: ranker.train(made.training(group)) for group in sorted(set(made.group.values()))}
    evidence = {name: made.examples[(group,), name].evidence for name, group in made.group.items()}
    cases = [*categories.cases(shared / "eval/gold", evidence), *categories.stated()]
    kinds = {group: categories.rules([c for c in cases if made.group.get(c.document) != group]) for group in rankers}
    return {name: (made.taggers[(group,)], rankers[group], kinds[group]) for name, group in made.group.items()}


def _score(
    document: annotated.Annotated,
    own_tagger: Any,
    own_ranker: Any,
    own_kinds: Any,
    shared: Path,
    scorer: ModuleType,
    folder: Path,
) -> dict[str, float]:
    settings = Settings()
    rules = kit(settings)
    trained = Ranker(rules.ranker.known, *own_ranker)
    mined = pipeline.mine(
        [Input(document.path.name, document.path)],
        settings,
        rules=replace(rules, tagger=own_tagger, ranker=trained, categories=own_kinds),
    )
    path = folder / f"{document.name}.jsonl"
    FORMATS["jsonl"].dump(mined.entries, mined.run, path)
    gold = scorer.read_gold(shared / "eval/gold" / f"{document.name}.tsv")
    entries = scorer.read_entries(path)
    figures: dict[str, float] = scorer.score(entries, gold, [50, 100])
    figures["category"] = _category_accuracy(entries, gold)
    return figures


def _category_accuracy(entries: Sequence[dict[str, Any]], gold: Sequence[dict[str, Any]]) -> float:
    category = {form: row["category"] for row in reversed(gold) for form in row["forms"]}
    verdicts = [
        entry.get("category") == category[form]
        for entry in entries
        for form in [next((form for form in sorted(entry["forms"]) if form in category), None)]
        if form is not None
    ]
    return float(sum(verdicts) / max(1, len(verdicts)))


def load_scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "eval/score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(rows: dict[str, dict[str, float]]) -> str:
    """A table in Markdown: the documents, their mean, and its bootstrap interval."""
    lines = ["| document | gold | " + " | ".join(SHOWN) + " |", "| --- " * (len(SHOWN) + 2) + "|"]
    for name, figures in rows.items():
        lines.append(f"| {name} | {figures['gold']} | " + " | ".join(f"{figures[key]:.2f}" for key in SHOWN) + " |")
    for title, names in (("mean", list(rows)), ("mean of 000 to 004", [name for name in rows if name.startswith("0")])):
        table = np.array([[rows[name][key] for key in SHOWN] for name in names])
        draws = np.random.default_rng(0).integers(0, len(table), (2000, len(table)))
        low, high = np.percentile(table[draws].mean(axis=1), [2.5, 97.5], axis=0)
        lines.append(f"| **{title}** | | " + " | ".join(f"**{value:.3f}**" for value in table.mean(axis=0)) + " |")
        lines.append("| 95 % | | " + " | ".join(f"{a:.3f} to {b:.3f}" for a, b in zip(low, high)) + " |")
    found = sum(int(figures["defs_found"]) for figures in rows.values())
    wanted = sum(int(figures["defs_gold"]) for figures in rows.values())
    lines.append(
        f"\nDefinitions of the gold found: {found} of {wanted}. Machine: {platform.processor() or platform.machine()}, Python {platform.python_version()}."
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
