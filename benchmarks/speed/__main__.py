"""Times the main job against what somebody would run instead, on corpora of several sizes.

    python -m benchmarks.speed --shared ../shared [--sizes seeds,1,10] [--runs N] [--only mine] [--without TextRank] [--incremental 9] [--dask]

For each size, every job is run in turn and all of them again, so that a machine that is busy for a while is busy for all. Printed are
medians by the clock and in processor time, the memory of the largest process, the ratios to `mine` with one worker, and whether the TBX of every
way to mine is the same, times of day aside; each run as it ends. Runs: five for the seeds
and 1 MB, three for 10 MB, one for more, unless --runs says otherwise. Quality is not looked at here: see benchmarks/quality.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import math
import platform
import re
import shutil
import statistics
import tempfile
from collections.abc import Callable
from importlib import metadata, util
from pathlib import Path

from benchmarks.speed import corpora
from benchmarks.speed.jobs import PEERS, Cost, cost, mine, peer

ONE, TWO, LEAN, DASK = "mine, 1 worker", "mine, 2 workers", "mine, 1 worker, 300M", "mine, dask, 2 workers"


def main() -> None:
    """Parse, make corpora, run, print."""
    parser = argparse.ArgumentParser(description="How fast the main job is.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with the corpora")
    parser.add_argument("--sizes", default="seeds,1,10", help="seeds and megabytes")
    parser.add_argument("--runs", type=int, default=0, help="runs of each job; default: by size")
    parser.add_argument("--only", default="", help="only jobs whose name holds this")
    parser.add_argument("--without", nargs="*", default=(), help="no jobs whose name holds one of these")
    parser.add_argument("--incremental", type=float, default=0, help="megabytes of small documents to which ten are added")
    parser.add_argument("--dask", action="store_true", help="also on a cluster of two local processes")
    asked = parser.parse_args()
    print(_machine())
    took: dict[tuple[str, float], float] = {}
    with tempfile.TemporaryDirectory() as place:
        for size in filter(None, asked.sizes.split(",")):
            folder = _corpus(asked.shared, size, Path(place))
            megabytes = sum(path.stat().st_size for path in folder.glob("*.txt")) / 1e6
            runs = asked.runs or (5 if megabytes < 5 else 3 if megabytes < 50 else 1)
            costs = _timed(
                folder,
                Path(place),
                megabytes,
                runs,
                lambda name: asked.only in name and not any(one in name for one in asked.without),
                asked.dask,
            )
            _show(f"{size} ({megabytes:.1f} MB, {len(list(folder.glob('*.txt')))} documents, {runs} runs)", costs)
            took |= {
                (name, megabytes): statistics.median(one.wall for one in costs[name]) for name in (ONE, TWO) if name in costs
            }
        if asked.incremental:
            _incremental(asked.shared, asked.incremental, Path(place))
    for (name, small), (other, large) in itertools.pairwise(sorted(took)):
        if name == other:
            growth = math.log(took[name, large] / took[name, small]) / math.log(large / small)
            print(f"{name}: from {small:.1f} to {large:.1f} MB time grows with size to the power of {growth:.2f}")


def _machine() -> str:
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text(encoding="utf-8").splitlines() if cpu.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())
    names = ("termbuilder", "numpy", "rjieba", "jieba", "distributed")
    versions = [f"{name} {metadata.version(name)}" for name in names if util.find_spec(name)]
    return f"Python {platform.python_version()}, {', '.join(versions)}; {model}, {platform.system()} {platform.release()}"


def _corpus(shared: Path, size: str, place: Path) -> Path:
    if size == "seeds":
        return Path(shutil.copytree(shared / "corpus" / "seeds", place / "seeds"))
    return corpora.make(shared, float(size), place / size)


def _timed(
    folder: Path, place: Path, megabytes: float, runs: int, wanted: Callable[[str], bool], dask: bool
) -> dict[str, list[Cost]]:
    output = place / "output"
    jobs = {ONE: mine(folder, output, "--workers", "1"), TWO: mine(folder, output, "--workers", "2")}
    if megabytes >= 50:
        jobs[LEAN] = mine(folder, output, "--workers", "1", "--memory-limit", "300M")
    for name in PEERS:
        if not (name.startswith("jieba") and not util.find_spec("jieba")):
            jobs[name] = peer(name, folder)
    costs: dict[str, list[Cost]] = {}
    results: dict[str, str] = {}  # the first result -> the job that made it

    def note(name: str, one: Cost) -> None:
        costs.setdefault(name, []).append(one)
        print(f"  {name}: {one.wall:.2f} s, {one.processor:.2f} s of processor time, {one.memory:.0f} MB", flush=True)

    for _ in range(runs):
        for name, command in jobs.items():
            if wanted(name):
                shutil.rmtree(output, ignore_errors=True)
                note(name, cost(command))
                results.setdefault(_result(output), name)
        if dask and util.find_spec("distributed") and wanted(DASK):
            from distributed import LocalCluster

            shutil.rmtree(output, ignore_errors=True)
            with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
                command = mine(folder, output, "--engine", "dask", "--scheduler", cluster.scheduler_address)
                note(DASK, cost(command))  # its workers' memory and processor time are not in it
                results.setdefault(_result(output), DASK)
    different = [name for result, name in results.items() if result]
    print(
        f"\nresults: {'all the same' if len(different) == 1 else 'DIFFERENT: ' + ', '.join(different) if different else 'none'}"
    )
    return costs


def _result(output: Path) -> str:
    """The hash of the TBX that was written, times of day aside; nothing if none was."""
    path = output / "glossary.tbx"
    return hashlib.sha256(_TIMES.sub("", path.read_text(encoding="utf-8")).encode()).hexdigest() if path.exists() else ""


_TIMES = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?")


def _show(title: str, costs: dict[str, list[Cost]]) -> None:
    print(f"\n{title}\n{'':28}{'seconds':>10}{'processor':>11}{'MB':>7}   mine takes ... times as long")
    base = statistics.median(one.wall for one in costs[ONE]) if ONE in costs else math.nan
    for name, found in costs.items():
        wall, processor, memory = (
            statistics.median(values) for values in zip(*((one.wall, one.processor, one.memory) for one in found))
        )
        print(f"{name:28}{wall:10.2f}{processor:11.2f}{memory:7.0f}   {base / wall:.2f}")


def _incremental(shared: Path, megabytes: float, place: Path) -> None:
    """Ten documents more: with what was kept of the others, and all from the beginning."""
    folder = corpora.make(shared, megabytes, place / "growing", piece=4500)
    later = place / "later"
    later.mkdir()
    for path in sorted(folder.iterdir())[-10:]:
        shutil.move(path, later)
    output, known = place / "output", len(list(folder.iterdir()))
    shutil.rmtree(output, ignore_errors=True)
    first = cost(mine(folder, output, "--workers", "1"))
    same = cost(mine(folder, output, "--workers", "1"))
    shutil.copytree(later, folder, dirs_exist_ok=True)
    added = cost(mine(folder, output, "--workers", "1"))
    room = (output / "glossary.evidence").stat().st_size / 1e6
    print(
        f"\n{known} small documents ({megabytes} MB) mined: {first.processor:.1f} s of processor time; again: {same.processor:.1f} s"
    )
    print(
        f"with ten more: {added.processor:.1f} s, {added.processor / first.processor:.2f} of the first time; evidence {room:.0f} MB"
    )


if __name__ == "__main__":
    main()
