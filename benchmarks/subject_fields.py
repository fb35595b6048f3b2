"""Do terms get the subject field that a reader gives them?

    python benchmarks/subject_fields.py [--list]

Reads subject_fields.tsv beside this file (term, fields that a reader accepts) and prints how many of the fields given are right, and how many terms
that have a field got none. `--list` prints what is wrong.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from termbuilder import subject_fields
from termbuilder.evidence import key_of
from termbuilder.pipeline.kit import kit
from termbuilder.settings import Settings

TERMS = Path(__file__).with_suffix(".tsv")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--list", action="store_true", help="print what is wrong")
    arguments = parser.parse_args()
    with TERMS.open(encoding="utf-8", newline="") as lines:
        rows = list(
            csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        )
    rules = kit(Settings()).fields
    given = right = silent = missing = 0
    for row in rows:
        field = subject_fields.field_of([key_of(row["term"])], rules)
        good = field in row["right"].split("|") if field else row["right"] == "-"
        given += bool(field)
        right += bool(field) and good
        silent += not field
        missing += not field and not good
        if arguments.list and not good:
            print(row["term"], field or "-", row["right"], sep="\t")
    print(f"{right} of {given} fields right; {missing} of {silent} terms without a field should have one")
    return 0


if __name__ == "__main__":
    sys.exit(main())
