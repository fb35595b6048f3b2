"""How good the English is: from pairs, from two documents, at scale, for annotated terms source by source, as a reader judges it.

    python -m benchmarks.equivalents pairs        memory of 221 paragraph pairs against the key: no glossary, dictionary or composition
    python -m benchmarks.equivalents documents    the same from two separate documents, and how well their paragraphs are aligned
    python -m benchmarks.equivalents long         two documents of 5,000 paragraphs (--paragraphs): how well, how long, how much memory
    python -m benchmarks.equivalents scale        a memory of 1,000,000 units (--pairs): time and memory of `mine` and `align`, and the key again
    python -m benchmarks.equivalents sources      tier A terms of all annotated documents: what each source adds
    python -m benchmarks.equivalents judged       the share of first proposals that a reader accepted (verdicts.tsv); --list prints them

A rendering counts as right against a key if it equals an accepted one but for case, articles, number, hyphens and spelling. Texts, keys and
annotations are those of ../shared. RESULTS.md says what was measured when.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.equivalents import alignment, judged, sources
from benchmarks.equivalents.common import SHARED

COMMANDS = {
    "pairs": lambda options: alignment.pairs(),
    "documents": lambda options: alignment.documents(),
    "long": lambda options: alignment.long_documents(options.paragraphs),
    "scale": lambda options: alignment.scale(options.pairs),
    "sources": lambda options: sources.table(),
    "judged": lambda options: judged.judged(options.list, options.size, options.composed_size, options.seed),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--list", action="store_true", help="print the samples with their renderings and verdicts")
    parser.add_argument("--size", type=int, default=200)
    parser.add_argument("--composed-size", type=int, default=120)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--paragraphs", type=int, default=5000)
    options = parser.parse_args()
    if not SHARED.is_dir():
        print("The texts and annotations are not there (../shared): nothing measured.")
        return 0
    COMMANDS[options.command](options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
