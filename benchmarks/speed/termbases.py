"""How long one new document takes, against the number of entries that the termbase holds already.

    python -m benchmarks.speed.termbases --shared ../shared [--sizes 0,1000,10000,100000] [--runs 3]

The termbases hold made-up compounds with one document each. The whole process is timed, all default outputs of the run's own entries.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import statistics
import tempfile
from pathlib import Path

from benchmarks.speed.jobs import cost, mine
from termbuilder.model import ConceptEntry, DocumentReport, LangSec, Run, Source, Spread, TermSec
from termbuilder.termbase import Termbase

FIRST = "青禾云岭松江石桥龙泉金沙海星宏远瑞丰博雅泰和"
HEADS = ("计划", "工程", "行动", "基地", "平台", "园区", "中心", "企业", "机制", "制度")
AT = Source("旧文件.txt", 1, 0)


def filled(path: Path, size: int) -> None:
    """Make a termbase with `size` entries."""
    names = ("".join(letters) + head for letters in itertools.product(FIRST, repeat=3) for head in HEADS)
    entries = [
        ConceptEntry(
            "",
            (LangSec("zh-CN", (TermSec(name, frequency=1),)),),
            frequency=1,
            document_frequency=1,
            spread=(Spread("旧文件.txt", 1, AT, AT),),
        )
        for name in itertools.islice(names, size)
    ]
    with Termbase.open(path) as termbase:
        termbase.merge(entries, Run("aaaa", "2026-01-01T08:00:00", documents=(DocumentReport("旧文件.txt", "txt", "d", 9, 9),)))


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
