"""Are the forms of one concept brought together and different concepts kept apart, and is it fast enough?

    python benchmarks/grouping.py [--wrong] [--speed [N]]

For each annotated document of ../shared, all annotated forms (main terms and variants, traditional characters folded) are handed over as
single forms, with their counts, quotation marks and neighbours in the cleaned text, and the groups are compared with the annotators':
B-cubed precision, recall and F1, mean over the documents, and how often each rule joined two forms that the annotators
joined. The figures stand for the first, third, fifth ... document (on which tables were worked out) and for the others apart. This is harder
than the same comparison on a mined list, which holds few variants (`python -m benchmarks.quality` gives that one).
`--wrong` lists the merges that the annotators do not have. `--speed` groups N (100,000) word sequences of the corpus.

Taken 2026-11-25, Python 3.11, two shared cores: P 0.990, R 0.915, F1 0.951 (odd documents 0.951, even ones 0.950; without grouping 0.895);
100,000 forms in 6.4 s of processor time, the collector's 0.9 s included (busy machine; the code of the day before took 8.6 s in the same minutes).
"""

from __future__ import annotations

import argparse
import csv
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import ahocorasick_rs
import opencc

from termbuilder import clean, segment, tables, variants
from termbuilder.evidence import key_of
from termbuilder.model import Form, Passage
from termbuilder.read import read_file

SHARED = Path(__file__).parents[1] / ".." / "shared"
_LONGEST = 6  # words of a made-up candidate
_OPENING, _CLOSING = "“《", "”》"


def documents(shared: Path) -> Iterator[tuple[str, Sequence[Passage], Mapping[str, int]]]:
    """Name, passages and {key of a form: number of its concept} of each annotated document."""
    read_tables = tables.load()
    rules = clean.Rules.from_tables(read_tables)
    simplified = opencc.OpenCC("tw2s").convert
    for gold in sorted((shared / "eval/gold").glob("*.tsv")):
        path = next(path for folder in ("seeds", "extra") for path in (shared / "corpus" / folder).glob(f"{gold.stem}[.-]*"))
        concept: dict[str, int] = {}
        with gold.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)):
                for form in (row["term"], *(row["variants"] or "").split("|")):
                    if key_of(form):
                        concept.setdefault(simplified(key_of(form)), number)
        yield gold.stem, clean.clean(read_file(path), rules).passages, concept


def forms_of(passages: Sequence[Passage], keys: Sequence[str]) -> list[Form]:
    """The forms with what the text says of them, the more frequent first."""
    automaton = ahocorasick_rs.AhoCorasick(list(keys))
    surfaces: dict[str, Counter[str]] = {key: Counter() for key in keys}
    left: dict[str, Counter[str]] = {key: Counter() for key in keys}
    right: dict[str, Counter[str]] = {key: Counter() for key in keys}
    quoted: Counter[str] = Counter()
    for passage in passages:
        if passage.repeat:
            continue
        text = passage.text
        kept = [(i, folded) for i, character in enumerate(text) for folded in key_of(character)]
        begins = {word.start: word.text for word in segment.words(text)}
        ends = {start + len(word): word for start, word in begins.items()}
        for which, start, end in automaton.find_matches_as_indexes("".join(folded for _, folded in kept), overlapping=True):
            key, first, last = keys[which], kept[start][0], kept[end - 1][0] + 1
            marked = text[first - 1 : first] in tuple(_OPENING) and text[last : last + 1] in tuple(_CLOSING)
            surfaces[key][text[first - marked : last + marked]] += 1
            quoted[key] += marked
            left[key][ends.get(first, "")] += 1
            right[key][begins.get(last, "")] += 1
    forms = [
        Form(
            key,
            max(found.items(), key=lambda item: (item[1], item[0]))[0] if found else key,
            float(found.total()),
            found.total(),
            1,
            tuple(sorted(found.items())),
            tuple(left[key].most_common(8)),
            tuple(right[key].most_common(8)),
            quoted[key] / max(1, found.total()),
        )
        for key, found in surfaces.items()
    ]
    return sorted(forms, key=lambda form: (-form.frequency, len(form.key), form.key))


def b_cubed(ours: Mapping[str, int], theirs: Mapping[str, int]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the forms."""
    by_ours: dict[int, set[str]] = defaultdict(set)
    by_theirs: dict[int, set[str]] = defaultdict(set)
    for form in ours:
        by_ours[ours[form]].add(form)
        by_theirs[theirs[form]].add(form)
    shared = [(len(by_ours[ours[f]] & by_theirs[theirs[f]]), len(by_ours[ours[f]]), len(by_theirs[theirs[f]])) for f in ours]
    precision = statistics.mean(both / own for both, own, _ in shared)
    recall = statistics.mean(both / gold for both, _, gold in shared)
    return precision, recall, 2 * precision * recall / (precision + recall)


def quality(shared: Path, wrong: bool) -> None:
    """Print the figures of all documents, of both halves, and of each rule."""
    rules = variants.Rules.from_tables(tables.load())
    figures: list[tuple[float, float, float]] = []
    single: list[tuple[float, float, float]] = []
    by_rule: dict[str, list[bool]] = defaultdict(list)
    mistakes: list[str] = []
    for name, passages, concept in documents(shared):
        grouping = variants.group(forms_of(passages, sorted(concept)), (), rules)
        ours = {member.form.key: n for n, group in enumerate(grouping.groups) for member in group.members}
        figures.append(b_cubed(ours, concept))
        single.append(b_cubed({key: n for n, key in enumerate(ours)}, concept))
        for group in grouping.groups:
            for member in group.members[1:]:
                right = concept[member.form.key] == concept[group.main.key]
                by_rule[member.rule].append(right)
                if not right:
                    mistakes.append(f"{name}\t{member.rule}\t{member.form.key}\t{group.main.key}")
    parts = (("all", figures), ("1st, 3rd ...", figures[::2]), ("2nd, 4th ...", figures[1::2]), ("no grouping", single))
    for title, part in parts:
        print(
            f"{title:<14} "
            + "  ".join(f"{x} {statistics.mean(c):.3f}" for x, c in zip("PRF", zip(*part, strict=True), strict=True))
        )
    for rule, verdicts in sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"{sum(verdicts):4} of {len(verdicts):4}  {rule}")
    if wrong:
        print("\n".join(sorted(mistakes, key=lambda line: line.split("\t")[1])))


def speed(shared: Path, size: int) -> None:
    """Group the most frequent word sequences of the corpus: many more nested and similar forms than a ranker would hand over."""
    counts: Counter[str] = Counter()
    for path in sorted((shared / "corpus").glob("*/*.txt")):
        for clause in re.findall("[\u4e00-\u9fff]{2,}", path.read_text(encoding="utf-8", errors="ignore")):
            words = [word.text for word in segment.words(clause)]
            for i in range(len(words)):
                for j in range(i + 1, min(len(words), i + _LONGEST) + 1):
                    counts["".join(words[i:j])] += 1
    usable = sorted(((-n, key) for key, n in counts.items() if 2 <= len(key) <= 16))[:size]
    forms = [Form(key, key, float(-n), -n, 1) for n, key in usable]
    rules = variants.Rules.from_tables(tables.load())
    for part in (len(forms) // 4, len(forms) // 2, len(forms)):
        wall, processor = time.perf_counter(), time.process_time()
        grouping = variants.group(forms[:part], (), rules)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        print(f"{part:7} forms  {len(grouping.groups):7} groups  {wall:5.1f} s, {processor:5.1f} s of processor time")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--speed", type=int, nargs="?", const=100_000, metavar="N")
    arguments = parser.parse_args()
    if arguments.speed:
        speed(arguments.shared, arguments.speed)
    else:
        quality(arguments.shared, arguments.wrong)


if __name__ == "__main__":
    main()
