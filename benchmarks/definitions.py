"""Are the definitions that a text gives found, and are those that are offered definitions?

    python benchmarks/definitions.py [--list] [--missed] [--entries FOLDER] [--verdicts FILE]

Cleans every annotated document of ../shared, looks for definitions of the annotated terms (all their forms), and prints
  recall      share of the annotated definitions of which the one offered first shares at least 60 % of the characters
              (the scorer's rule), and the share found among all that are offered
  precision   share of the terms with a definition for which the first one was judged a definition by a reader
  annex       entries of the glossary annex that come out letter by letter
With `--entries` (what `python -m benchmarks.quality --entries FOLDER` left there: the whole job, with taggers and rankers that have not
seen the document) it prints too
  whole job   annotated definitions that arrive with their entry, and of all first definitions of entries those judged to be definitions
`--list` prints every offered definition with its verdict, `--missed` the annotated ones that were not found. Verdicts are kept in
definitions.tsv beside this file: document, term, kind, eight digits that stand for the exact text, verdict, note. A definition
that nobody has judged counts as wrong, so a change of the rules asks for a new reading.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
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


def whole_job(folder: Path, verdicts: Mapping[tuple[str, str], str], show: bool) -> str:
    """How many annotated definitions are the first of their entry, and how many first definitions of any entry are definitions."""
    simplified = opencc.OpenCC("t2s").convert
    wanted = arrived = offered = right = absent = 0
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            entries = [json.loads(line) for line in lines]
        told: dict[str, list[str]] = {}
        kept: set[str] = set()
        for entry in entries:
            kept.update(folded(form) for form in [entry["term"], *(variant["term"] for variant in entry.get("variants", []))])
            text = (entry.get("definition") or {}).get("text") or ""
            if text:
                offered += 1
                verdict = verdicts.get((path.stem, digest(text)), "unjudged")
                right += verdict == "yes"
                if show:
                    print("whole job", path.stem, entry["term"], digest(text), verdict, text, sep="\t")
                for form in [entry["term"], *(variant["term"] for variant in entry.get("variants", []))]:
                    told.setdefault(folded(form), []).append(text)
        for row in rows_of(SHARED / "eval" / "gold" / f"{path.stem}.tsv"):
            definition = simplified((row["definition_in_text"] or "").strip())
            if definition:
                wanted += 1
                forms = [simplified(form) for form in (row["term"], *(row["variants"] or "").split("|")) if form]
                here = any(overlap(text, definition) >= 0.6 for form in forms for text in told.get(folded(form), []))
                arrived += here
                absent += not here and not any(folded(form) in kept for form in forms)
    return (
        f"whole job: {arrived} of {wanted} arrive with their entry ({absent} of the others have no entry: their term was not kept); "
        f"{right} of {offered} offered on any entry by reading"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--list", action="store_true", help="print every offered definition with its verdict")
    parser.add_argument("--missed", action="store_true", help="print the annotated definitions that were not found")
    parser.add_argument("--entries", type=Path, help="folder of the entries that benchmarks.quality mined")
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
    if arguments.entries:
        judged = {(document, text): row["verdict"] for (document, _, text), row in verdicts.items()}
        print(whole_job(arguments.entries, judged, arguments.list))
    return 0


if __name__ == "__main__":
    sys.exit(main())
