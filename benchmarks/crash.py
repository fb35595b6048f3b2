"""Kills a process that writes into a termbase, again and again, and looks what is left.

    python benchmarks/crash.py --kills 200

A child process merges runs, imports files and decides, and says on its standard output what has been done as soon as the
call has returned. It is killed (SIGKILL) at a random moment; then the termbase must open, pass SQLite's integrity check and
hold everything that had been said to be done, each act whole or not at all. The next child goes on in the same file.

Measured 2026-11-25 (Python 3.11.7, SQLite 3.40.1, 2 shared cores): 200 kills, nothing lost; 1,504 acts confirmed, 194 kills inside
an act (82 of a run, 105 of an import, 7 of a decision).
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from termbuilder.model import ConceptEntry, Context, LangSec, Run, Source, Spread, TermSec
from termbuilder.termbase import Termbase

ENTRIES_PER_ACT = 60
# The longest a child lives after it has begun to write: a few acts. Every tenth is killed before, while it opens the file.
LONGEST_LIFE = 0.7


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, default=1, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        work(options.child, options.seed, options.first)
    with tempfile.TemporaryDirectory() as folder:
        return kill_often(Path(folder) / "glossary.db", options.kills, random.Random(options.seed))


def work(path: Path, seed: int, number: int) -> None:
    """Write for ever, from act `number` on; standard output says what begins, and what is done: the act, its number, an entry that shows it."""
    chance = random.Random(seed)
    with Termbase.open(path) as termbase:
        while True:
            act = chance.choice(("mine", "import", "decide")) if number > 1 else "mine"
            print(f"begin {act} {number}", flush=True)
            shown_by = {"mine": mine, "import": bring_in, "decide": decide}[act](termbase, number)
            print(f"done {act} {number} {shown_by}", flush=True)
            number += 1


def entries_of(number: int) -> list[ConceptEntry]:
    """What act `number` writes: its own terms, and one that every act meets again."""
    source = Source(f"文件{number}.txt", 3, 40)
    contexts = (Context(f"第{number}份文件提出建设创新平台。", source),)
    own = [
        ConceptEntry(
            "",
            (LangSec("zh-CN", (TermSec(f"第{number}批第{n}类创新平台", contexts=contexts),)), LangSec("en", (TermSec("act"),))),
            note=str(number),
            spread=(Spread(source.document, 1, source, source),),
        )
        for n in range(ENTRIES_PER_ACT - 1)
    ]
    return [*own, ConceptEntry("", (LangSec("zh-CN", (TermSec("创新平台", contexts=contexts),)),))]


def mine(termbase: Termbase, number: int) -> str:
    return termbase.merge(entries_of(number), Run(f"run {number}", "2026-01-01T00:00:00")).new[0]


def bring_in(termbase: Termbase, number: int) -> str:
    return termbase.import_entries(entries_of(number), "crash", f"文件{number}.xlsx").new[0]


def decide(termbase: Termbase, number: int) -> str:
    entry = termbase.entry(f"c{number % 20 + 1:04d}")
    sections = (entry.lang_sec("zh"), LangSec("en", (TermSec("act"), TermSec(f"decision {number}"))))
    return termbase.decide(entry.id, {"note": str(number), "lang_secs": sections, "status": "approved"}, "crash").id


def kill_often(path: Path, kills: int, chance: random.Random) -> int:
    acts: Counter[str] = Counter()
    interrupted: Counter[str] = Counter()
    following = 1
    for kill in range(kills):
        told = life_of_a_child(path, kill, following, chance.uniform(0, LONGEST_LIFE), early=kill % 10 == 9)
        done = [line.split()[1:] for line in told if line.startswith("done")]
        begun = [line.split()[1:] for line in told if line.startswith("begin")]
        following += len(begun)
        acts.update(act for act, *_ in done)
        if len(begun) > len(done):
            interrupted[begun[-1][0]] += 1
        if problem := what_is_wrong(path, done):
            print(f"kill {kill + 1}: {problem}")
            return 1
    print(f"{kills} kills: nothing that was confirmed is lost, the termbase opens and is sound each time")
    print(f"acts confirmed: {dict(sorted(acts.items()))}; killed inside: {dict(sorted(interrupted.items()))}")
    return 0


def life_of_a_child(path: Path, seed: int, first: int, seconds: float, early: bool) -> list[str]:
    """Start a child, let it live for some seconds, kill it; returns the whole lines that it said."""
    command = [sys.executable, __file__, "--child", str(path), "--seed", str(seed), "--first", str(first)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert child.stdout is not None
    begin = "" if early else child.stdout.readline()
    time.sleep(seconds)
    child.kill()
    output, _ = child.communicate()
    # A last line without its end was not said to be done.
    return (begin + output).split("\n")[:-1]


def what_is_wrong(path: Path, done: list[list[str]]) -> str:
    if not path.exists():
        return "a confirmed act is lost: there is no termbase" if done else ""
    with Termbase.open(path) as termbase:
        for act, number, shown_by in done:
            noted = {change.after for item in termbase.history(shown_by) for change in item.changes if change.path == ("note",)}
            if number not in noted | {termbase.entry(shown_by).note}:
                return f"{act} {number} is lost"
    with closing(sqlite3.connect(path)) as db:
        sound = db.execute("PRAGMA integrity_check").fetchone()[0]
        dangling = db.execute("PRAGMA foreign_key_check").fetchone()
        of_acts = db.execute(
            "SELECT substr(term, 1, instr(term, '批')) AS act, count(*) FROM term_sec WHERE instr(term, '批') GROUP BY act"
        ).fetchall()
    if sound != "ok" or dangling:
        return f"the file is damaged: {sound} {dangling}"
    halves = [number for number, count in of_acts if count != ENTRIES_PER_ACT - 1]
    return f"half an act is there: {halves}" if halves else ""


if __name__ == "__main__":
    sys.exit(main())
