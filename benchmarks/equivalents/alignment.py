"""Memories and pairs of documents: how much of the key is found, how well paragraphs are aligned, what a large memory costs."""

from __future__ import annotations

import html
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.equivalents.common import PARALLEL, RULES, SHARED, cut, paragraph_pairs, rows_of, same
from termbuilder.equivalents import bitexts, memories
from termbuilder.equivalents.memories_beads import split
from termbuilder.model import Document
from termbuilder.pipeline.pairs import of_memories


def key() -> list[dict[str, str]]:
    return rows_of(SHARED / "eval" / "equivalents-dev.tsv")


def against_key(memory: memories.Memory) -> tuple[float, float, int]:
    """Share of the key's terms whose first, and one of whose first three renderings is accepted; number of terms."""
    first = three = 0
    for row in key():
        accepted = {same(one) for one in row["en"].split("|")}
        found = [same(one.english) for one in memory.find(row["zh"])]
        first += found[:1] != [] and found[0] in accepted
        three += bool(accepted & set(found[:3]))
    return first / len(key()), three / len(key()), len(key())


def pairs() -> None:
    start = time.process_time()
    memory = memories.learn(paragraph_pairs("gwr2016", "gwr2017"), cut, RULES)
    learned = time.process_time()
    first, three, terms = against_key(memory)
    print(f"pairs alone, {terms} terms: first {first:.3f}, one of three {three:.3f}")
    print(f"{learned - start:.1f} s of processor time to learn, {(time.process_time() - learned) / terms * 1000:.0f} ms a term")


def documents() -> None:
    both = [
        Document(f"gwr2016.{lang}.txt", (PARALLEL / f"gwr2016.{lang}.txt").read_text(encoding="utf-8")) for lang in ("zh", "en")
    ]
    right = {(pair.source.strip(), pair.target.strip()) for pair in paragraph_pairs("gwr2016")}
    found = bitexts.of_documents(both[0], both[1], cut, RULES.function_words)
    aligned = {(pair.source, pair.target) for pair in found}
    print(f"paragraphs: F1 {2 * len(right & aligned) / (len(right) + len(aligned)):.3f}")
    for name, some in (("pairs", paragraph_pairs("gwr2016")), ("two documents", found)):
        first, three, _ = against_key(memories.learn(some, cut, RULES))
        print(f"2016 alone, from {name}: first {first:.3f}, one of three {three:.3f} (of all terms of both years)")
    first, three, _ = against_key(memories.learn([*found, *paragraph_pairs("gwr2017")], cut, RULES))
    print(f"2016 as two documents with the pairs of 2017: first {first:.3f}, one of three {three:.3f}")


def long_documents(number: int) -> None:
    """Paragraphs of both reports in a random order as two documents, each of which lacks three in a hundred."""
    chance = random.Random(1)
    some = paragraph_pairs("gwr2016", "gwr2017")
    chinese, english, right = [], [], set()
    for _ in range(number):
        pair, fate = chance.choice(some), chance.random()
        if fate > 0.03:
            chinese.append(pair.source.strip())
        if fate < 0.97:
            english.append(pair.target.strip())
        if 0.03 < fate < 0.97:
            right.add((pair.source.strip(), pair.target.strip()))
    start = time.process_time()
    found = bitexts.of_documents(
        Document("zh.txt", "\n".join(chinese)), Document("en.txt", "\n".join(english)), cut, RULES.function_words
    )
    used, peak = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    aligned = [(pair.source, pair.target) in right for pair in found]
    print(
        f"{number:,} paragraphs: {sum(aligned) / len(aligned):.3f} of {len(aligned):,} pairs right, {used:.0f} s, most memory {peak:,.0f} MiB"
    )


def scale(number: int) -> None:
    """A memory made of the sentences of both reports, two by two at random, in a folder that is deleted afterwards."""
    seeds = sorted(map(str, (SHARED / "corpus" / "seeds").glob("*.txt")))
    with tempfile.TemporaryDirectory() as folder:
        tmx, table, output = Path(folder, "memory.tmx"), Path(folder, "pairs.tsv"), Path(folder, "out")
        write_memory(number, tmx)
        print(f"{number:,} units, {tmx.stat().st_size / 1e6:,.0f} MB of TMX; five documents are mined, one process")
        mine = ["mine", *seeds, "--workers", "1", "--quiet", "-o", str(output), "--no-termbase"]
        costs("mine without memory", mine)
        costs("mine --memory", [*mine, "--memory", str(tmx)])
        costs("mine, termbase", [*mine[:-1]])
        costs(
            "align, termbase and table",
            ["align", str(tmx), "--termbase", str(output / "glossary.db"), "-o", str(table), "--quiet"],
        )
        memory = memories.learn(of_memories([tmx]), cut, RULES, [row["zh"] for row in key()])
    first, three, terms = against_key(memory)
    print(f"{len(memory.pairs):,} pairs kept for {terms} terms: first {first:.3f}, one of three {three:.3f}")


def write_memory(number: int, path: Path) -> None:
    some = paragraph_pairs("gwr2016", "gwr2017")
    learned = memories.learn(some, cut, RULES)
    sentences = [bead for pair in some for bead in split(pair, learned.looker.learned.words, learned.looker.content)]
    chance = random.Random(5)
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header srclang="zh-CN" segtype="sentence"/><body>\n'
        )
        for unit in range(number):
            two = [chance.choice(sentences) for _ in range(2)]
            chinese, english = "".join(one.chinese for one in two), " ".join(one.english for one in two)
            file.write(
                f'<tu tuid="{unit}"><prop type="client">office</prop><tuv xml:lang="zh-CN"><seg>{html.escape(chinese)}</seg></tuv>'
                f'<tuv xml:lang="en-US"><seg>{html.escape(english)}</seg></tuv></tu>\n'
            )
        file.write("</body></tmx>\n")


def costs(name: str, arguments: list[str]) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    # in a process of its own each, so that the most memory is that of this call
    code = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode; "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, sys.executable, "-m", "termbuilder", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    peak, done = map(int, told.stdout.split())
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"{name}: {wall:.0f} s, {used:.0f} s of processor time, most memory {peak / 1024:,.0f} MiB"
        + (f", FAILED: {told.stderr}" if done else "")
    )
