"""What a reader says of the English: two random samples of tier A terms, each first proposal right or wrong.

Right: a professional translator of Chinese policy texts would keep it or change only its style. A rendering that nobody has judged counts
as wrong, and so does a term without English. Verdicts are those on a term with a rendering, so a rendering that has not changed keeps its own.
"""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.equivalents.common import rows_of
from benchmarks.equivalents.sources import Concept, Sources, concepts
from termbuilder.model import Proposal

VERDICTS = Path(__file__).with_name("verdicts.tsv")
SOURCES = (
    "glossary",
    "glosses in the text",
    "composed",
)  # what every user has, without memory, dictionary or glossary of their own


def judged(listed: bool, size: int, composed_size: int, seed: int) -> None:
    verdicts = {(row["term"], row["english"]): row["verdict"] for row in rows_of(VERDICTS)} if VERDICTS.exists() else {}
    sources = Sources()
    every = concepts()
    found = {concept.term: sources.offered(concept, SOURCES)[:1] for concept in every}
    random.Random(seed).shuffle(
        every
    )  # both samples are the first of one order, so that they change little when the English does
    told("all sources", every[:size], found, verdicts, listed)
    only = [concept for concept in every if any(one.origin == "composed" for one in found[concept.term])]
    told("composed only", only[:composed_size], found, verdicts, listed)
    print(f"of all {len(every)} tier A terms, {sum(map(bool, found.values())) / len(every):.3f} have some English")


def told(
    name: str, sample: list[Concept], found: dict[str, list[Proposal]], verdicts: dict[tuple[str, str], str], listed: bool
) -> None:
    said = [(concept, one) for concept in sample for one in found[concept.term]]
    told = [verdicts.get((concept.term, one.english), "not judged") for concept, one in said]
    if listed:
        for concept in sample:
            english, origin = next(((one.english, one.origin) for one in found[concept.term]), ("", ""))
            verdict = verdicts.get((concept.term, english), "not judged") if english else "none"
            print("\t".join((name, concept.term, english, origin, verdict, " | ".join(concept.english))))
    size, right = len(sample), told.count("right")
    print(
        f"{name}: {size} terms, {len(said) / size:.3f} with English, first rendering right for {right / size:.3f} of all, "
        f"{right / max(1, len(said)):.3f} of those with English ({told.count('not judged')} not judged)"
    )
