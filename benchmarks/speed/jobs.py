"""What is timed: our main job, and what somebody would run instead; each a process of its own, start-up included."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

CUT = """
import glob, sys, jieba
for path in glob.glob(sys.argv[1] + "/*.txt"):
    for word in jieba.cut(open(path, encoding="utf-8").read()):
        pass
"""
KEYWORDS = """
import glob, sys, jieba.analyse
text = "\\n".join(open(path, encoding="utf-8").read() for path in glob.glob(sys.argv[1] + "/*.txt"))
print(len(jieba.analyse.{0}(text, topK=1000)))
"""
TAG = """
import glob, sys, rjieba
for path in glob.glob(sys.argv[1] + "/*.txt"):
    rjieba.tag(open(path, encoding="utf-8").read())
"""
READ = """
import glob, sys
for path in glob.glob(sys.argv[1] + "/*.txt"):
    open(path, "rb").read().decode("utf-8")
"""
PEERS = {
    "jieba, cut once": CUT,
    "jieba TF-IDF": KEYWORDS.format("extract_tags"),
    "jieba TextRank": KEYWORDS.format("textrank"),
    "rjieba, one tag pass": TAG,
    "read and decode": READ,
}


@dataclass(frozen=True)
class Cost:
    """What one process took: seconds by the clock, seconds of processor time (children too), MB of its largest process."""

    wall: float
    processor: float
    memory: float


def mine(folder: Path, output: Path, *options: str) -> list[str]:
    """The command that mines a folder."""
    return [sys.executable, "-m", "termbuilder", "mine", str(folder), "-o", str(output), "--quiet", *options]


def peer(name: str, folder: Path) -> list[str]:
    """The command of a peer."""
    return [sys.executable, "-c", PEERS[name], str(folder)]


def cost(command: list[str]) -> Cost:
    """Run a command to its end; RuntimeError if it fails."""
    start = time.monotonic()
    # a file, not a pipe: nobody would read it while we wait
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Cost(time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
