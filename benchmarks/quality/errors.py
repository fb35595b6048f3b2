"""The best-ranked entries that match no annotated concept, to be judged by a person.

    python -m benchmarks.quality --shared ../shared --entries DIR
    python -m benchmarks.quality.errors --shared ../shared DIR > errors.tsv

Our verdicts on the first 50 are in verdicts.tsv beside this file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.quality.__main__ import load_scorer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("entries", type=Path)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--most", type=int, default=50)
    arguments = parser.parse_args()
    scorer = load_scorer(arguments.shared)
    rows = []
    for gold_path in sorted((arguments.shared / "eval/gold").glob("*.tsv")):
        concept = {form: number for number, row in enumerate(scorer.read_gold(gold_path)) for form in row["forms"]}
        seen: set[int] = set()
        for rank, entry in enumerate(scorer.read_entries(arguments.entries / f"{gold_path.stem}.jsonl"), 1):
            hits = {concept[form] for form in entry["forms"] if form in concept}
            if not hits - seen:
                rows.append((-entry["score"], gold_path.stem, rank, entry["term"], "known concept again" if hits else ""))
            seen |= hits
    print("score\tdocument\trank\tterm\tremark")
    for score, document, rank, term, remark in sorted(rows)[: arguments.most]:
        print(f"{-score:.2f}\t{document}\t{rank}\t{term}\t{remark}")


if __name__ == "__main__":
    main()
