"""Checks on English that need more than one entry: another file, another document, a glossary that tells what to avoid."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from termbuilder.model import ConceptEntry

from .codes import Finding, about
from .entry import folded, usable
from .scripts import bare

Avoid = Mapping[str, Mapping[str, str]]  # Chinese term (as `bare` gives it) to English (as `folded` gives it) to why


def avoided(entries: Sequence[ConceptEntry], avoid: Avoid) -> Iterator[Finding]:
    """Usable English that a glossary tells to avoid for one of the Chinese forms of its entry."""
    for entry in entries:
        told: dict[str, str] = {}
        for chinese in entry.lang_sec("zh").term_secs:
            told |= avoid.get(bare(chinese.term), {})
        for sec in usable(entry):
            if folded(sec.term) in told:
                why = told[folded(sec.term)]
                reason = f": {why}" if why else ""
                yield about("W220", entry, f"{sec.term} is to be avoided{reason}. Deprecate it, or say why in a note", sec.term)


def of_documents(entry: ConceptEntry) -> Iterator[Finding]:
    """Documents that give a term different English."""
    by_english: dict[str, tuple[str, str]] = {}
    for sec in usable(entry):
        document = _LINE.sub("", sec.sources[0]) if sec.sources else ""
        if sec.origin == "gloss" and document:
            by_english.setdefault(folded(sec.term), (sec.term, document))
    if len({document for _, document in by_english.values()}) > 1:
        told = "; ".join(f"{english} in {document}" for english, document in by_english.values())
        yield about(
            "W221",
            entry,
            f"the documents give it different English: {told}. Choose one",
            " | ".join(english for english, _ in by_english.values()),
        )


_LINE = re.compile(r", (?:line \d+|page \d+|sheet .*|slide \d+|cell .*|unit .*|para.*)$")


def across(files: Mapping[str, Sequence[ConceptEntry]]) -> dict[str, list[Finding]]:
    """Terms whose preferred English differs from that of the first of several files that have them."""
    first: dict[str, tuple[str, ConceptEntry]] = {}
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for name, entries in files.items():
        here: dict[str, tuple[str, ConceptEntry]] = {}
        for entry in entries:
            if entry.status == "rejected" or not usable(entry):
                continue
            english = usable(entry)[0].term
            # a variant may have more or less in it (云溪高新区, 高新区), and then it has in English too
            forms = [sec.term for sec in entry.lang_sec("zh").term_secs if sec.term_type != "variant"]
            for term in dict.fromkeys(map(bare, forms)):
                other = first.get(term)
                if other and folded(usable(other[1])[0].term) != folded(english):
                    theirs = f"{usable(other[1])[0].term} in {other[0]}"
                    found[name].append(
                        about("W221", entry, f"{english} here, {theirs}. Choose one", f"{english} | {usable(other[1])[0].term}")
                    )
                    break
                here.setdefault(term, (name, entry))
        first = here | first
    return found
