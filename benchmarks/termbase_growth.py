"""Time to merge one new document's 300 entries, against the number of entries that the termbase holds.

    python benchmarks/termbase_growth.py [100000]

Half of the 300 are new, half are there already (found again in the new document). Processor time, median of 5 merges.

Measured 2026-11-25 (Python 3.11.7, SQLite 3.40.1, 2 shared cores, busy): 0.28 s at 1,000 entries, 0.22 at 10,000, 0.26 at 30,000,
0.31 at 100,000.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from termbuilder.model import ConceptEntry, Context, LangSec, Reading, Reason, Run, Source, Spread, TermSec
from termbuilder.termbase import Termbase

CHARACTERS = "科技创新企业人才政策服务平台机制体系工程计划中心园区产业集群转型升级数字经济绿色发展基金试点示范联盟"
RUN = Run("growth", "2026-01-01T00:00:00")


def entry(number: int, chance: random.Random) -> ConceptEntry:
    term = "".join(chance.choice(CHARACTERS) for _ in range(chance.randint(4, 9))) + str(number)
    source = Source(f"文件{number % 500}.txt", number % 900 + 1, number * 3)
    contexts = tuple(Context(f"要加快建设{term}，推动高质量发展，形成新的增长点。{n}", source) for n in range(3))
    reading = Reading("kējì chuàngxīn", ("kē", "jì", "chuàng", "xīn"))
    return ConceptEntry(
        "",
        (
            LangSec("zh-CN", (TermSec(term, reading=reading, contexts=contexts, frequency=3), TermSec(f"“{term}”", "variant"))),
            LangSec("en", (TermSec(f"rendering {number}", origin="glossary", sources=("glossary",), reliability=7),)),
        ),
        subject_field="science and technology policy",
        score=chance.random() * 5,
        reasons=(Reason("quoted", 0.8, "in quotation marks"), Reason("headed", 0.5)),
        frequency=4,
        document_frequency=1,
        spread=(Spread(source.document, 4, source, source),),
    )


def main() -> int:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chance = random.Random(1)
    known: list[ConceptEntry] = []
    with tempfile.TemporaryDirectory() as folder, Termbase.open(Path(folder) / "glossary.db") as termbase:
        for size in (size for size in (1_000, 10_000, 30_000, 100_000) if size <= most):
            started = time.process_time()
            while len(known) < size:
                some = [entry(len(known) + n, chance) for n in range(1_000)]
                termbase.merge(some, RUN)
                known += some
            filled = time.process_time() - started
            merges = [merge_one_document(termbase, known, size + 10_000_000 * (n + 1), chance) for n in range(5)]
            started = time.process_time()
            termbase.search("科技")
            search = time.process_time() - started
            print(
                f"{size:>7} entries: merge of 300 {statistics.median(merges):.2f} s; search {search * 1000:.0f} ms; filled in {filled:.0f} s"
            )
    return 0


def merge_one_document(termbase: Termbase, known: list[ConceptEntry], first: int, chance: random.Random) -> float:
    name = f"新文件{first}.txt"
    there = Source(name, 1, 5)
    again = [replace(one, spread=(Spread(name, 2, there, there),), frequency=2) for one in chance.sample(known, 150)]
    entries = [*again, *(entry(first + n, chance) for n in range(150))]
    started = time.process_time()
    termbase.merge(entries, RUN)
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
