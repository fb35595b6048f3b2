"""How many of the annotated forms are candidates at all, by which finder, and where the others are lost.

    python -m benchmarks.quality --shared ../shared --cache FOLDS --entries DIR
    python -m benchmarks.quality.recall --shared ../shared --cache FOLDS [--entries DIR] [--missed FILE]

A form counts once a document, folded as candidates are and simplified. Each document is read by a tagger that has not seen it (FOLDS); finders learn nothing.
With --entries, also the share that stands in the mined list, as the main term of an entry or as one of its forms.
"""

from __future__ import annotations

import argparse
import pickle
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import opencc

from benchmarks.quality.__main__ import load_scorer
from termbuilder import candidates, definitions, rank, screen
from termbuilder.evidence import key_of
from termbuilder.pipeline import first_pass, prepared
from termbuilder.pipeline.entries import form_of
from termbuilder.pipeline.kit import Kit, kit
from termbuilder.read import Input
from termbuilder.settings import Settings
from training import annotated, folds


@dataclass(frozen=True)
class Recall:
    """What one document's annotated forms come to."""

    category: Mapping[str, str]  # the forms, with the category of their concept
    offered: Mapping[str, frozenset[str]]  # key -> finders, of all candidates; empty for those of the tagger alone
    judged: frozenset[str]  # keys that the tagger offers
    absent: frozenset[str]  # forms that do not stand in the cleaned text in one piece
    screened: frozenset[str]  # forms left out for what they are: people, firms, dates, amounts
    listed: frozenset[str]  # forms of the mined entries


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True, help="what `python -m benchmarks.quality --cache FILE` kept")
    parser.add_argument("--entries", type=Path, help="what `python -m benchmarks.quality --entries DIR` kept")
    parser.add_argument("--missed", type=Path, help="write the forms that are no candidates to this file")
    arguments = parser.parse_args()
    with arguments.cache.open("rb") as file:
        made: folds.Folds = pickle.load(file)
    found = {
        document.name: _recall(document, made, arguments.shared, arguments.entries)
        for document in annotated.load(arguments.shared)
    }
    print(report(found))
    if arguments.missed:
        lines = [
            f"{name}\t{form}\t{one.category[form]}\t{'not in the text in one piece' if form in one.absent else ''}"
            for name, one in found.items()
            for form in sorted(one.category.keys() - one.offered.keys())
        ]
        arguments.missed.write_text("\n".join(["document\tform\tcategory\tremark", *lines, ""]), encoding="utf-8")


def _recall(document: annotated.Annotated, made: folds.Folds, shared: Path, entries: Path | None) -> Recall:
    settings = Settings()
    rules = replace(kit(settings), tagger=made.taggers[(made.group[document.name],)])
    [own] = prepared.prepare(Input(document.path.name, document.path), settings, rules)
    category = _forms(document)
    finders = _finders(own, rules)
    observed, _ = next(first_pass.observe([own], rules))
    judged = {
        key_of(text[start:end])
        for text in ["".join(passage.text for passage in own.passages)]
        for spans in [rules.tagger.read(own.passages, own.words, [len(own.passages)]).spans]
        for start, end in zip(spans.first.tolist(), spans.last.tolist())
    }
    text = key_of("".join(passage.text for passage in own.passages))
    found = {one.key: one for one in rank.candidates(observed, [0.0] * len(observed))}
    listed: set[str] = set()
    if entries is not None:
        scorer = load_scorer(shared)
        listed = {form for entry in scorer.read_entries(entries / f"{document.name}.jsonl") for form in entry["forms"]}
    return Recall(
        category,
        {key: frozenset(finders.get(key, ())) for key in observed},
        frozenset(judged),
        frozenset(form for form in category if form not in text),
        frozenset(
            form
            for form in category
            if form in found and screen.left_out(screen.kind_of(form_of(found[form]), _tag(found[form]), rules.screen), ())
        ),
        frozenset(listed),
    )


def _tag(candidate: rank.Candidate) -> str:
    return candidate.shape.first_tag if candidate.shape.words == 1 else ""


def _forms(document: annotated.Annotated) -> dict[str, str]:
    simplified = opencc.OpenCC("tw2s")
    forms: dict[str, str] = {}
    for one in document.gold:
        for form in one.forms:
            forms.setdefault(str(simplified.convert(form)), one.category)
    return forms


def _finders(own: prepared.Prepared, rules: Kit) -> dict[str, set[str]]:
    explained = definitions.explained_terms(own.passages, rules.definitions)
    spans = [span for one in explained for span in (one.term, one.full) if span is not None]
    found: dict[str, set[str]] = {}
    offered = candidates.in_document(own.passages, own.words, rules.candidates, spans)
    text = "".join(passage.text for passage in own.passages)
    for first, last, finders in zip(offered.first.tolist(), offered.last.tolist(), offered.finders.tolist()):
        names = (name for number, name in enumerate(offered.names) if finders >> number & 1)
        found.setdefault(key_of(text[first:last]), set()).update(names)
    return found


def report(found: Mapping[str, Recall]) -> str:
    """The figures as a table in Markdown: all documents together."""
    forms = sum(len(one.category) for one in found.values())
    names = candidates.NAMES
    lines = [
        "| finder | candidates | of these only its own | forms found | of these only its own |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name in names:
        offers = [(one, key) for one in found.values() for key, by in one.offered.items() if name in by]
        own = [(one, key) for one, key in offers if one.offered[key] == {name} and key not in one.judged]
        hits, alone = (sum(key in one.category for one, key in some) for some in (offers, own))
        lines.append(f"| {name} | {len(offers)} | {len(own)} | {hits / forms:.3f} | {alone / forms:.3f} |")
    offers = [(one, key) for one in found.values() for key in one.judged if key in one.offered]
    own = [(one, key) for one, key in offers if not one.offered[key]]
    hits, alone = (sum(key in one.category for one, key in some) for some in (offers, own))
    lines.append(f"| tagger | {len(offers)} | {len(own)} | {hits / forms:.3f} | {alone / forms:.3f} |")
    together = sum(len(one.offered) for one in found.values())
    candidates_found = sum(len(one.category.keys() & one.offered.keys()) for one in found.values())
    absent = sum(len(one.absent - one.offered.keys()) for one in found.values())
    lines.append(f"| **together** | {together} | | **{candidates_found / forms:.4f}** | |")
    lines += [
        "",
        f"{forms} annotated forms; {absent} of them do not stand in the cleaned text in one piece "
        f"(雏鹰、瞪羚企业 holds no 雏鹰企业; imprints are set aside): of the others {candidates_found / (forms - absent):.4f} are candidates.",
    ]
    screened = sum(len(one.screened) for one in found.values())
    lines.append(f"Left out for what they are (people, firms, dates, amounts): {screened}.")
    if any(one.listed for one in found.values()):
        listed = sum(len(one.category.keys() & one.listed) for one in found.values())
        lines.append(f"In the mined list: {listed / forms:.4f}.")
    missed = Counter(
        one.category[form] for one in found.values() for form in one.category.keys() - one.offered.keys() - one.absent
    )
    per_class = ", ".join(f"{category} {count}" for category, count in missed.most_common())
    lines.append(f"Missed though in the text, by category: {per_class}.")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
