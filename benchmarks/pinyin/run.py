"""How many terms are read aloud and written right?

    python benchmarks/pinyin/run.py [--wrong] [--terms FILE]

Reads terms.tsv beside this file (term, reading, proper, why), cuts every term with the segmenter, reads it aloud, and prints
  readings   terms of which every syllable is right, whatever the joining and capitals
  written    terms that are right to the last space, hyphen, capital and apostrophe
  certain    of the terms with a wrong syllable, how many said so (uncertain), and how many right ones did
and the readings of the library alone (pypinyin over the whole term) for comparison. `--wrong` prints what is wrong.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from termbuilder import pinyin, segment, tables
from termbuilder.pinyin.syllables import syllables_of

TERMS = Path(__file__).with_name("terms.tsv")


def syllables(reading: str) -> tuple[str, ...]:
    """The syllables of a written reading; digits, letters and signs are left out as in Reading.syllables."""
    found: list[str] = []
    for word in (
        reading.replace("〔", " ")
        .replace("〕", " ")
        .replace("(", " ")
        .replace(")", " ")
        .replace(",", " ")
        .replace("《", " ")
        .replace("》", " ")
        .split()
    ):
        if not any(sign.isdigit() for sign in word) and not (word.isascii() and word.isupper()):
            found += (part.text for part in syllables_of(word.strip("“”+%")))
    return tuple(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--wrong", action="store_true", help="print what is wrong")
    parser.add_argument("--terms", type=Path, default=TERMS, help="another list of the same form")
    arguments = parser.parse_args()
    with arguments.terms.open(encoding="utf-8", newline="") as lines:
        rows = list(
            csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        )
    rules = pinyin.Rules.from_tables(tables.load())
    read = written = alone = warned = needless = 0
    for row in rows:
        words = [word.text for word in segment.words(row["term"])]
        reading = pinyin.read_aloud(row["term"], words, rules, proper=row["proper"] == "yes")
        wanted = syllables(row["reading"])
        right = reading.syllables == wanted
        read += right
        warned += reading.uncertain and not right
        needless += reading.uncertain and right
        written += reading.text == row["reading"]
        han = "".join(sign for sign in row["term"] if "\u3400" <= sign <= "\u9fff")
        alone += tuple(lazy_pinyin(han, style=Style.TONE)) == wanted
        if arguments.wrong and reading.text != row["reading"]:
            print("reading" if not right else "written", row["term"], row["reading"], reading.text, "|".join(words), sep="\t")
    count = len(rows)
    print(
        f"{count} terms: readings {read / count:.3f} ({read}), written {written / count:.3f} ({written}); "
        f"uncertain: {warned} of {count - read} wrong ones, {needless} right ones; the library alone: readings {alone / count:.3f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
