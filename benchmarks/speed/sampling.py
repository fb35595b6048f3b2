"""What reading a sample of a large corpus costs in terms: the list against that of reading all.

    python -m benchmarks.speed.sampling FOLDER

Mines the folder twice, with the sample and without, and prints for the first 100, 200, ... terms of reading all how many are in the list of the
sample at all, and how many among its first one and a half times as many.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from termbuilder import pipeline, read
from termbuilder.pipeline import sample
from termbuilder.settings import Settings

FIRST = (100, 200, 500, 1000, 2000, 5000)
PLACES = 1.5


def main(folder: str) -> None:
    """Print the comparison for one folder."""
    inputs, _ = read.expand([Path(folder)])
    lists = []
    for whole in (sample.WHOLE, sys.maxsize):
        sample.WHOLE = whole
        began = time.process_time()
        lists.append([entry.term for entry in pipeline.mine(inputs, Settings(workers=1)).entries])
        print(
            f"{'all' if lists[1:] else 'sample'}: {len(lists[-1])} terms, {time.process_time() - began:.0f} s of processor time"
        )
    some, every = lists
    places = {term: place for place, term in enumerate(some)}
    for first in FIRST:
        if first <= len(every):
            found = [places[term] for term in every[:first] if term in places]
            near = sum(place < first * PLACES for place in found)
            print(
                f"first {first} of reading all: {len(found) / first:.3f} in the list, {near / first:.3f} in its first {first * PLACES:.0f}"
            )


if __name__ == "__main__":
    main(sys.argv[1])
