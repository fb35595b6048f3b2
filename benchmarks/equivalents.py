"""How good is the English: from pairs, from two documents, for annotated terms source by source, on a random sample, at scale.

    python benchmarks/equivalents.py pairs          memory of 221 paragraph pairs against the key, no glossary, dictionary or composition
    python benchmarks/equivalents.py documents      the same from two separate documents, and how well their paragraphs are aligned
    python benchmarks/equivalents.py coverage       tier A terms of all annotated documents: share with English, what each source adds
    python benchmarks/equivalents.py judged [--list] [--size 200] [--seed N]
                                                    the share of first proposals that a reader accepted; verdicts in equivalents.tsv
    python benchmarks/equivalents.py scale [--pairs 1000000]
                                                    a synthetic memory: seconds and memory to learn it for 200 terms, and to look them up

A rendering counts as right if it equals an accepted one but for case, articles, number, hyphens and spelling. The texts and keys are those of
../shared. In equivalents.tsv a rendering that nobody has judged counts as wrong.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from termbuilder import segment, tables
from termbuilder.equivalents import bitexts, composed, dictionary, glossaries, memories, weigh
from termbuilder.equivalents.glossaries import Glossary
from termbuilder.equivalents.keys import sameness
from termbuilder.equivalents.lexical import FunctionWords
from termbuilder.equivalents.spelling import Spelling
from termbuilder.errors import UsageError
from termbuilder.model import Document, Proposal, SegmentPair

SHARED = Path(__file__).parents[1] / ".." / "shared"
PARALLEL = SHARED / "corpus" / "parallel"
VERDICTS = Path(__file__).with_suffix(".tsv")
TABLES = tables.load()
RULES = memories.Rules.from_tables(TABLES)
SPELLING = Spelling.from_tables(TABLES)
Concept = tuple[str, ...]  # forms, the main one first


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        kept = (line for line in lines if not line.startswith("#"))
        return list(csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE))


def cut(text: str) -> list[str]:
    return [word.text for word in segment.words(text)]


def same(english: str) -> str:
    return sameness(SPELLING.folded(english), SPELLING.american)


def paragraph_pairs(*names: str) -> list[SegmentPair]:
    return [
        SegmentPair(row["zh"], row["en"], f"{name}.tsv, row {number}")
        for name in names
        for number, row in enumerate(rows_of(PARALLEL / f"{name}.tsv"), 2)
    ]


def against_key(memory: memories.Memory) -> tuple[float, float, int]:
    """Share of the key's terms whose first, and one of whose first three renderings is accepted; number of terms."""
    first = three = 0
    key = rows_of(SHARED / "eval" / "equivalents-dev.tsv")
    for row in key:
        accepted = {same(one) for one in row["en"].split("|")}
        found = [same(one.english) for one in memory.find(row["zh"])]
        first += found[:1] != [] and found[0] in accepted
        three += bool(accepted & set(found[:3]))
    return first / len(key), three / len(key), len(key)


def pairs(options: argparse.Namespace) -> None:
    start = time.process_time()
    memory = memories.learn(paragraph_pairs("gwr2016", "gwr2017"), cut, RULES)
    learned = time.process_time()
    first, three, terms = against_key(memory)
    print(f"pairs alone, {terms} terms: first {first:.3f}, one of three {three:.3f}")
    print(f"{learned - start:.1f} s of processor time to learn, {(time.process_time() - learned) / terms * 1000:.0f} ms a term")


def documents(options: argparse.Namespace) -> None:
    both = [
        Document(f"gwr2016.{lang}.txt", (PARALLEL / f"gwr2016.{lang}.txt").read_text(encoding="utf-8")) for lang in ("zh", "en")
    ]
    key = {(pair.source.strip(), pair.target.strip()) for pair in paragraph_pairs("gwr2016")}
    found = bitexts.of_documents(both[0], both[1], cut, FunctionWords.from_tables(TABLES))
    aligned = {(pair.source, pair.target) for pair in found}
    print(f"paragraphs: F1 {2 * len(key & aligned) / (len(key) + len(aligned)):.3f}")
    for name, some in (("pairs", paragraph_pairs("gwr2016")), ("two documents", found)):
        first, three, _ = against_key(memories.learn(some, cut, RULES))
        print(f"2016 alone, from {name}: first {first:.3f}, one of three {three:.3f} (of all terms of both years)")
    first, three, _ = against_key(memories.learn([*found, *paragraph_pairs("gwr2017")], cut, RULES))
    print(f"2016 as two documents with the pairs of 2017: first {first:.3f}, one of three {three:.3f}")


def concepts() -> list[Concept]:
    """The tier A concepts of all annotated documents, each once."""
    found: dict[str, Concept] = {}
    for path in sorted((SHARED / "eval" / "gold").glob("*.tsv")):
        for row in rows_of(path):
            if row["tier"] == "A":
                forms = (row["term"], *(form.strip() for form in (row["variants"] or "").split("|") if form.strip()))
                found.setdefault(row["term"], forms)
    return list(found.values())


class Sources:
    """Each source of English as a function of the forms of a concept; the key's own English is never used."""

    def __init__(self) -> None:
        self.glossary = glossaries.load_reference()
        self.plain = composed.Rules.from_tables(TABLES, self.glossary)
        self.bare = composed.Rules.from_tables(TABLES, Glossary())
        try:
            self.dictionary: dictionary.Dictionary | None = dictionary.load(dictionary.Rules.from_tables(TABLES))
        except UsageError:
            self.dictionary = None
        self.rich = composed.Rules.from_tables(TABLES, self.glossary, self.dictionary)
        self.memory: memories.Memory | None = None

    def composes(self, forms: Concept, rules: composed.Rules) -> list[Proposal]:
        """What composition makes of the first form that it can render."""
        return next((found for form in forms if (found := composed.compose(form, segment.words(form), rules))), [])

    def offered(self, forms: Concept, names: Sequence[str]) -> list[Proposal]:
        """Everything the named sources offer, weighed."""
        found: list[Proposal] = []
        if "glossary" in names:
            found += self.glossary.lookup(forms)
        if "dictionary" in names and self.dictionary:
            found += self.dictionary.lookup(forms)
        for name, rules in (
            ("composed", self.plain),
            ("composed with dictionary", self.rich),
            ("composed of words", self.bare),
        ):
            if name in names:
                found += self.composes(forms, rules)
        if "memory" in names:
            self.memory = self.memory or memories.learn(paragraph_pairs("gwr2016", "gwr2017"), cut, RULES)
            found += next((one for form in forms if (one := self.memory.find(form))), [])
        return [one for one in weigh.rank(found, SPELLING) if not one.deprecated]


STEPS = (
    ("glossary",),
    ("composed",),
    ("composed of words",),
    ("dictionary",),
    ("memory",),
    ("glossary", "composed"),
    ("glossary", "composed", "memory"),
    ("glossary", "composed with dictionary", "dictionary"),
    ("glossary", "composed with dictionary", "dictionary", "memory"),
)


def coverage(options: argparse.Namespace) -> None:
    sources, every = Sources(), concepts()
    print(f"{len(every)} tier A concepts; share with some English")
    for names in STEPS:
        found = sum(bool(sources.offered(forms, names)) for forms in every)
        print(f"  {found / len(every):.3f}  {' + '.join(names)}")


def judged(options: argparse.Namespace) -> None:
    verdicts = {(row["term"], row["english"]): row for row in rows_of(VERDICTS)} if VERDICTS.exists() else {}
    sources = Sources()
    sample = random.Random(options.seed).sample(concepts(), options.size)
    for title, names in (("glossary and composition", ("glossary", "composed")), ("composition alone", ("composed",))):
        right = said = unjudged = 0
        for forms in sample:
            found = sources.offered(forms, names)
            english = found[0].english if found else ""
            verdict = verdicts.get((forms[0], english), {}).get("verdict", "-" if english else "")
            said += bool(english)
            right += verdict == "yes"
            unjudged += verdict == "-"
            if options.list:
                print("\t".join((forms[0], english, verdict, found[0].origin if found else "", title)))
        print(
            f"{title}: {said / options.size:.3f} with English, right {right / options.size:.3f} of all ({unjudged} not judged)",
            file=sys.stderr,
        )


def synthetic(number: int) -> Iterator[SegmentPair]:
    """Sentence pairs over a vocabulary of 4,000 words of two characters, each with one English word of its own."""
    chance = random.Random(1)
    for n in range(number):
        some = [min(3999, int(chance.paretovariate(0.7)) - 1) for _ in range(12)]
        chinese = "".join(chr(0x4E00 + one // 64) + chr(0x6000 + one % 64) for one in some)
        order = sorted(range(12), key=lambda place: place + chance.random() * 3)
        yield SegmentPair(
            f"{chinese}。", " ".join(f"w{_letters(some[place])}" for place in order).capitalize() + ".", f"memory, unit {n}"
        )


def _letters(number: int) -> str:
    return chr(97 + number // 676 % 26) + chr(97 + number // 26 % 26) + chr(97 + number % 26) + "x"


def scale(options: argparse.Namespace) -> None:
    numbers = random.Random(2).sample(range(20, 3000), 200)
    terms = {chr(0x4E00 + n // 64) + chr(0x6000 + n % 64): f"w{_letters(n)}" for n in numbers}

    def halves(text: str) -> list[str]:
        return [text[i : i + 2] for i in range(0, len(text.rstrip("。")), 2)]

    start = time.perf_counter()
    memory = memories.learn(synthetic(options.pairs), halves, RULES, list(terms))
    learned = time.perf_counter()
    found = {term: [one.english.lower() for one in memory.find(term)][:1] for term in terms}
    done = time.perf_counter()
    held = [term for term in terms if found[term]]
    right = sum(found[term] == [terms[term]] for term in held)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{memory.pairs_read:,} pairs: learned in {learned - start:.0f} s, {len(held)} terms looked up in {done - learned:.1f} s"
    )
    print(f"first rendering right for {right} of {len(held)}; most memory {peak:,.0f} MiB")


def main() -> int:
    commands: dict[str, Callable[[argparse.Namespace], None]] = {
        "pairs": pairs,
        "documents": documents,
        "coverage": coverage,
        "judged": judged,
        "scale": scale,
    }
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("command", choices=commands)
    parser.add_argument("--list", action="store_true", help="print the sample with its renderings")
    parser.add_argument("--size", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument("--pairs", type=int, default=1_000_000)
    options = parser.parse_args()
    if options.command != "scale" and not SHARED.is_dir():
        print("The annotated documents are not there (../shared): nothing measured.")
        return 0
    commands[options.command](options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
