"""Are the definitions that a text gives found, and are those that are offered definitions?

    python benchmarks/definitions.py [--list] [--missed] [--verdicts FILE]

Cleans every annotated document of ../shared, looks for definitions of the annotated terms (all their forms), and prints
  recall      share of the annotated definitions of which the one offered first shares at least 60 % of the characters
              (the scorer's rule), and the share found among all that are offered
  precision   share of the terms with a definition for which the first one was judged a definition by a reader
  annex       entries of the glossary annex that come out letter by letter
`--list` prints every offered definition with its verdict, `--missed` the annotated ones that were not found. Verdicts are kept in
definitions.tsv beside this file: document, term, kind, eight digits that stand for the exact text, verdict, note. A definition
that nobody has judged counts as wrong, so a change of the rules asks for a new reading.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import opencc

from termbuilder import clean, definitions, tables
from termbuilder.model import Definition, Document, Passage, Source

SHARED = Path(__file__).parents[1] / ".." / "shared"
VERDICTS = Path(__file__).with_suffix(".tsv")
Row = Mapping[str, str]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(
            csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        )


def documents() -> Iterator[tuple[str, Document]]:
    """The annotated documents, and those with a glossary annex."""
    for folder in ("seeds", "extra", "annex"):
        for path in sorted((SHARED / "corpus" / folder).glob("*.txt")):
            yield (
                path.name.split("-")[0].removesuffix(".txt") if folder != "annex" else path.name,
                Document(path.name, path.read_text(encoding="utf-8")),
            )


def folded(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum()).lower()


def overlap(found: str, wanted: str) -> float:
    found, wanted = folded(found), folded(wanted)
    blocks = SequenceMatcher(None, found, wanted, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(1, len(wanted))


def best_of(passages: Sequence[Passage], forms: Mapping[str, str], rules: definitions.Rules) -> dict[str, list[Definition]]:
    found: dict[str, list[Definition]] = {}
    for key, definition in definitions.find(passages, forms, rules, lambda offset: Source("", 0, offset)):
        found.setdefault(key, []).append(definition)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--list", action="store_true", help="print every offered definition with its verdict")
    parser.add_argument("--missed", action="store_true", help="print the annotated definitions that were not found")
    parser.add_argument("--verdicts", type=Path, default=VERDICTS, help="file of the verdicts")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        print("The annotated documents (../shared) are not here: nothing was measured.", file=sys.stderr)
        return 1
    simplified = opencc.OpenCC("t2s").convert
    verdicts = {
        (r["document"], r["term"], r["digest"]): r for r in (rows_of(arguments.verdicts) if arguments.verdicts.exists() else [])
    }
    loaded = tables.load()
    cleaning, rules = clean.Rules.from_tables(loaded), definitions.Rules.from_tables(loaded)
    wanted = first = anywhere = offered = right = annex_wanted = annex_right = 0
    annex_rows = rows_of(SHARED / "eval" / "annex-dev.tsv")
    for name, document in documents():
        passages = clean.clean(document, cleaning).passages
        entries = [row for row in annex_rows if row["file"] == document.name]
        if entries:
            found = best_of(passages, {row["term"]: row["term"] for row in entries}, rules)
            annex_wanted += len(entries)
            for row in entries:
                exact = bool(found.get(row["term"])) and found[row["term"]][0].text == row["definition"]
                annex_right += exact
                if not exact and arguments.missed:
                    print("annex", row["term"], [one.text for one in found.get(row["term"], [])][:1])
            continue
        gold = rows_of(SHARED / "eval" / "gold" / f"{name}.tsv")
        forms: dict[str, str] = {}
        for row in gold:
            for form in (row["term"], *(row["variants"] or "").split("|")):
                if form:
                    forms.setdefault(simplified(form).replace("(", "（").replace(")", "）"), row["term"])
        found = best_of(passages, forms, rules)
        for row in gold:
            definition = simplified((row["definition_in_text"] or "").strip())
            mine = found.get(row["term"], [])
            if definition:
                wanted += 1
                hits = [overlap(one.text, definition) >= 0.6 for one in mine]
                first += hits[:1] == [True]
                anywhere += any(hits)
                if arguments.missed and hits[:1] != [True]:
                    print("missed", name, row["term"], definition[:60], sep="\t")
            if mine:
                offered += 1
                verdict = verdicts.get((name, row["term"], digest(mine[0].text)), {}).get("verdict", "unjudged")
                right += verdict == "yes"
                if arguments.list:
                    print(name, row["term"], mine[0].kind, digest(mine[0].text), verdict, mine[0].text, sep="\t")
    print(
        f"recall {first / max(1, wanted):.3f} ({first} of {wanted} offered first, {anywhere} among all)  "
        f"precision {right / max(1, offered):.3f} ({right} of {offered} by reading)  "
        f"annex {annex_right} of {annex_wanted} exact"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
