"""Would a terminologist put the sentences that are offered into a termbase?

    python benchmarks/contexts.py [--list] [--seed N] [--size 100]

Cleans every annotated document of ../shared, collects the contexts of the annotated terms over all of them, draws entries at random
(the same ones for the same seed) and prints the share of their best contexts that a reader accepted, and how many entries show a
sentence twice. Verdicts are kept in contexts.tsv beside this file: term, eight digits that stand for the exact text, verdict,
note. A context that nobody has judged counts as refused. `--list` prints the sentences with their verdicts.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import ahocorasick_rs
import opencc

from termbuilder import clean, contexts, tables
from termbuilder.model import Document, Occurrence, Passage, Source

SHARED = Path(__file__).parents[1] / ".." / "shared"
VERDICTS = Path(__file__).with_suffix(".tsv")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(
            csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        )


def annotated_forms() -> dict[str, str]:
    """Every annotated form in simplified characters, and the main term it belongs to."""
    simplified = opencc.OpenCC("t2s").convert
    forms: dict[str, str] = {}
    for path in sorted((SHARED / "eval" / "gold").glob("*.tsv")):
        for row in rows_of(path):
            for form in (row["term"], *(row["variants"] or "").split("|")):
                if form:
                    forms.setdefault(simplified(form).replace("(", "（").replace(")", "）"), row["term"])
    return forms


def occurrences(passages: list[Passage], forms: dict[str, str]) -> Iterator[Occurrence]:
    names = list(forms)
    automaton = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    for passage in passages:
        for which, start, end in automaton.find_matches_as_indexes(passage.text):
            yield Occurrence(passage, start, end, names[which], forms[names[which]])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--list", action="store_true", help="print the sentences with their verdicts")
    parser.add_argument("--seed", type=int, default=2028, help="which entries are drawn")
    parser.add_argument("--size", type=int, default=100, help="how many entries are drawn")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        print("The annotated documents (../shared) are not here: nothing was measured.", file=sys.stderr)
        return 1
    verdicts = {(row["term"], row["digest"]): row["verdict"] for row in (rows_of(VERDICTS) if VERDICTS.exists() else [])}
    loaded = tables.load()
    cleaning, rules = clean.Rules.from_tables(loaded), contexts.Rules.from_tables(loaded)
    documents = {
        path.name: Document(path.name, path.read_text(encoding="utf-8"))
        for folder in ("seeds", "extra")
        for path in sorted((SHARED / "corpus" / folder).glob("*.txt"))
    }
    passages = [passage for document in documents.values() for passage in clean.clean(document, cleaning).passages]

    def locate(name: str, offset: int) -> Source:
        return documents[name].locate(offset)

    every = contexts.best(occurrences(passages, annotated_forms()), locate, rules)
    found = {term: some for term, some in every.items() if some[0].score > 0}
    # drawn by digest, so that a term more or less does not change which others are drawn
    drawn = sorted(found, key=lambda term: hashlib.sha256(f"{arguments.seed} {term}".encode()).hexdigest())[: arguments.size]
    headings = {passage.text for passage in passages if passage.kind == "heading"}
    accepted = twice = heading = 0
    for term in drawn:
        best = found[term][0]
        digest = hashlib.sha256(best.text.encode()).hexdigest()[:8]
        verdict = verdicts.get((term, digest), "unjudged")
        accepted += verdict == "yes"
        bare = [re.sub(r"\W+", "", one.text) for one in found[term]]
        twice += len(set(bare)) < len(bare)
        heading += any(one.text in headings for one in found[term])
        if arguments.list:
            print(term, digest, verdict, best.text, sep="\t")
    print(f"accepted {accepted} of {len(drawn)}; entries with a sentence twice {twice}, with a heading {heading}")
    print(
        f"{len(found)} entries show a sentence, {len(every) - len(found)} the heading, item, cell or bare clause that they stand in"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
