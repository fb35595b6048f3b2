"""How long exports take, and how much memory, against the number of entries in the termbase.

    python -m benchmarks.speed.exports [--sizes 1000,20000,100000] [--formats xlsx,tbx,tbx2] [--runs 1]

The termbases hold the made-up entries of benchmarks/termbase_growth.py (two forms, English, three contexts each); each export is the whole
process `termbuilder export`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.speed.jobs import cost
from benchmarks.speed.termbases import filled
from termbuilder.formats import FORMATS


def main() -> None:
    """Print time and memory for each size and format."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", default="1000,20000,100000")
    parser.add_argument("--formats", default="xlsx,tbx,tbx2")
    parser.add_argument("--runs", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        for size in map(int, asked.sizes.split(",")):
            kept = Path(place) / f"{size}.db"
            filled(kept, size)
            for format_ in asked.formats.split(","):
                path = Path(place) / f"export{FORMATS[format_].suffix}"
                command = [sys.executable, "-m", "termbuilder", "export", "--termbase", str(kept), "-o", str(path)]
                costs = [cost([*command, "--format", format_]) for _ in range(asked.runs)]
                wall, processor, memory = (
                    statistics.median(one) for one in zip(*((c.wall, c.processor, c.memory) for c in costs))
                )
                print(
                    f"{size:7} entries, {format_:5}: {wall:6.1f} s, {processor:6.1f} s of processor time, {memory:5.0f} MB, "
                    f"a file of {path.stat().st_size / 1e6:.1f} MB",
                    flush=True,
                )


if __name__ == "__main__":
    main()
