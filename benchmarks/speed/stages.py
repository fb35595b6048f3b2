"""Where the time and the memory of one run go, stage by stage.

    python -m benchmarks.speed.stages FOLDER [workers] [memory limit in MB]

Processor time of this process and of those that it started, and the most memory that this process had taken by the end of the stage. A stage
lasts from its first report to the first report of the next one.
"""

from __future__ import annotations

import itertools
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from termbuilder.mining import mine_to_files
from termbuilder.settings import Settings


def main(folder: str, workers: int = 1, memory: int = 1024) -> None:
    """Mine `folder` with all default outputs and print what each stage took."""
    marks: list[tuple[str, float, float, float]] = []

    def mark(stage: str) -> None:
        spent = os.times()
        if not marks or marks[-1][0] != stage:
            own, others = spent.user + spent.system, spent.children_user + spent.children_system
            marks.append((stage, time.monotonic(), own, others))
        peak[stage] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    peak: dict[str, float] = {}
    mark("start")
    with tempfile.TemporaryDirectory() as place:
        mine_to_files(
            [folder],
            Settings(workers=workers, memory_limit=memory << 20),
            Path(place),
            termbase=Path(place) / "glossary.db",
            progress=lambda stage, done, of: mark(stage),
        )
    mark("end")
    print(f"{'':12}{'seconds':>9}{'this process':>14}{'others':>8}{'MB':>7}")
    for before, after in itertools.pairwise(marks):
        wall, own, others = (b - a for a, b in zip(before[1:], after[1:], strict=True))
        print(f"{before[0]:12}{wall:9.1f}{own:14.1f}{others:8.1f}{peak[before[0]]:7.0f}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
