"""Scores a mined list against annotated terms, as `termbuilder evaluate` prints it.

Precision and recall at cut-offs, R-precision, average precision; B-cubed of the grouping of forms (Bagga and Baldwin 1998). A concept counts once:
a second entry for it is a miss.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from termbuilder.errors import FormatError
from termbuilder.evidence import key_of


@dataclass(frozen=True)
class Annotation:
    """An annotated concept: the keys of its forms, and whether it must be found (tier A)."""

    forms: frozenset[str]
    must: bool


def read_gold(path: Path) -> list[Annotation]:
    """Read annotations: a TSV with the columns term, tier (A or B) and variants (joined by |); FormatError if it is none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        return [Annotation(_keys([row["term"], *(row.get("variants") or "").split("|")]), row["tier"] == "A") for row in rows]
    except (KeyError, OSError, UnicodeDecodeError) as error:
        raise FormatError(
            f"{path.name} is no table of annotated terms with the columns term, tier and variants ({error})."
        ) from error


def read_entries(path: Path) -> list[frozenset[str]]:
    """The keys of the forms of each entry of a JSON Lines file, in order; FormatError if it is none."""
    entries = []
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                entry = json.loads(line)
                entries.append(_keys([entry["term"], *(variant["term"] for variant in entry.get("variants", []))]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FormatError(
            f"{path.name} is no JSON Lines file of concept entries ({error}). Mine with --format jsonl."
        ) from error
    return entries


def _keys(forms: Sequence[str]) -> frozenset[str]:
    return frozenset(key for form in forms if (key := key_of(form)))


def score(entries: Sequence[frozenset[str]], gold: Sequence[Annotation], cutoffs: Sequence[int]) -> dict[str, float]:
    """The figures by name.

    >>> gold = [Annotation(frozenset({"瞪羚企业"}), True), Annotation(frozenset({"揭榜挂帅"}), True)]
    >>> score([frozenset({"瞪羚企业"}), frozenset({"工作"})], gold, [1])["P@1"]
    1.0
    """
    concept = {form: number for number, one in reversed(list(enumerate(gold))) for form in one.forms}
    first: dict[int, int] = {}
    hits = []
    for rank, forms in enumerate(entries, 1):
        matched = {concept[form] for form in forms if form in concept}
        hits.append(bool(matched - first.keys()))
        for number in matched:
            first.setdefault(number, rank)
    size = max(1, len(gold))
    must = [number for number, one in enumerate(gold) if one.must]

    def recall(limit: int) -> float:
        return sum(first.get(number, limit + 1) <= limit for number in must) / max(1, len(must))

    figures: dict[str, float] = {"entries": len(entries), "gold": len(gold)}
    for limit in cutoffs:
        figures[f"P@{limit}"] = sum(hits[:limit]) / limit
        figures[f"RA@{limit}"] = recall(limit)
    figures["R"] = len(first) / size
    figures["RP"] = sum(hits[:size]) / size
    figures["RA@G"] = recall(size)
    figures["RA@2G"] = recall(2 * size)
    found = 0
    precision = 0.0
    for rank, hit in enumerate(hits, 1):
        if hit:
            found += 1
            precision += found / rank
    figures["AP"] = min(1.0, precision / size)
    own = {form: number for number, forms in reversed(list(enumerate(entries))) for form in forms}
    figures["B-cubed"] = b_cubed(own, concept)
    return figures


def b_cubed(own: Mapping[str, int], gold: Mapping[str, int]) -> float:
    """F1 of a grouping of forms against another, over the forms that both know."""
    shared = [form for form in own if form in gold]
    if not shared:
        return 0.0
    in_own: dict[int, list[str]] = {}
    in_gold: dict[int, list[str]] = {}
    for form in shared:
        in_own.setdefault(own[form], []).append(form)
        in_gold.setdefault(gold[form], []).append(form)
    precision = recall = 0.0
    for form in shared:
        both = sum(gold[other] == gold[form] for other in in_own[own[form]])
        precision += both / len(in_own[own[form]])
        recall += both / len(in_gold[gold[form]])
    return 2 * precision * recall / (precision + recall)


def told(figures: Mapping[str, float]) -> str:
    """The figures on one line."""
    return "  ".join(
        f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}" for name, value in figures.items()
    )
