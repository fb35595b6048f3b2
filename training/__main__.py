"""`python -m training --shared DIR`: make all the data files that termbuilder ships, in order."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from termbuilder import tagging
from termbuilder.equivalents import glossaries
from termbuilder.evidence import key_of
from termbuilder.rank.features import Counts, Known
from training import annotated, background, categories, folds, ranker, tagger

DATA = Path(__file__).parents[1] / "src/termbuilder/data"


def main() -> None:
    """Parse, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with eval/gold and corpus")
    parser.add_argument("--keep-background", action="store_true", help="leave data/background.npz as it is")
    arguments = parser.parse_args()
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {text}", flush=True)

    if not arguments.keep_background:
        background.make(arguments.shared, DATA / "background.npz")
        say("background.npz")
    read_background = tagging.load_background()
    documents = annotated.load(arguments.shared)
    numbers = {document.name: tagger.numbered(document, read_background) for document in documents}
    say(f"{len(documents)} annotated documents")
    longest, shortest = folds.weights_of(list(numbers.values()))
    tagger.pack({"longest": longest, "shortest": shortest}, DATA / "tagger.npz")
    say("tagger.npz")
    known = known_before(DATA / "background.npz")
    made = folds.make(documents, numbers, read_background, known, pairs=False, say=say)
    ranker.pack(*ranker.train(made.unseen()), DATA / "ranker.npz")
    say("ranker.npz")
    evidence = {name: made.examples[(group,), name].evidence for name, group in made.group.items()}
    some = [*categories.cases(arguments.shared / "eval/gold", evidence), *categories.stated()]
    categories.pack(some, DATA / "categories.npz")
    say(f"categories.npz; right on unseen documents: {categories.accuracy(some):.3f}")


def known_before(path: Path) -> Known:
    """Background counts and the reference glossary, as the ranker knows them."""
    import numpy as np

    with np.load(path) as data:
        return Known(
            Counts(data["report_codes"], data["report_logs"]),
            Counts(data["law_codes"], data["law_logs"]),
            frozenset(key_of(key) for key in glossaries.load_reference().terms()),
        )


if __name__ == "__main__":
    main()
