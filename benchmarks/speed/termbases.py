"""How long one new document takes, against the number of entries that the termbase holds already.

    python -m benchmarks.speed.termbases --shared ../shared [--sizes 0,1000,10000,100000] [--runs 3]

The termbases hold the made-up entries of benchmarks/termbase_growth.py, which times the merge alone; here it is the whole process, with all
default outputs of the run's own entries.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
from pathlib import Path

from benchmarks.speed.jobs import cost, mine
from benchmarks.termbase_growth import RUN, entry
from termbuilder.termbase import Termbase

TOGETHER = 1000  # entries merged at once


def filled(path: Path, size: int) -> None:
    """Make a termbase with `size` entries."""
    chance = random.Random(1)
    with Termbase.open(path) as termbase:
        for start in range(0, size, TOGETHER):
            termbase.merge([entry(number, chance) for number in range(start, min(start + TOGETHER, size))], RUN)


def main() -> None:
    """Print the time for each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--sizes", default="0,1000,10000,100000")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    document = min((asked.shared / "corpus" / "seeds").glob("*.txt"))
    with tempfile.TemporaryDirectory() as place:
        for size in map(int, asked.sizes.split(",")):
            kept = Path(place) / f"{size}.db"
            filled(kept, size)
            costs = []
            for number in range(asked.runs):
                output = Path(place) / f"{size}-{number}"
                output.mkdir()
                shutil.copy(kept, output / "glossary.db")
                costs.append(cost(mine(document, output, "--workers", "1", "--since-termbase")))
            wall, processor, memory = (statistics.median(one) for one in zip(*((c.wall, c.processor, c.memory) for c in costs)))
            print(f"{size:7} entries: {wall:6.1f} s, {processor:6.1f} s of processor time, {memory:5.0f} MB", flush=True)


if __name__ == "__main__":
    main()
