"""English for the terms of a termbase from translation memories and bilingual documents: what `termbuilder align` calls."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from termbuilder import __version__
from termbuilder.equivalents import weigh
from termbuilder.errors import FormatError
from termbuilder.model import ConceptEntry, LangSec, Run, SegmentPair
from termbuilder.pipeline.english import memory_of
from termbuilder.pipeline.kit import kit
from termbuilder.pipeline.pairs import of_files
from termbuilder.settings import Settings
from termbuilder.termbase import MergeReport, Termbase


@dataclass(frozen=True)
class Aligned:
    """What an alignment gave: how many pairs, for each term that got English the entry with only that English, what was merged."""

    pairs: int
    found: tuple[ConceptEntry, ...]
    merged: MergeReport | None = None


def align(paths: Sequence[Path], output: Path | None, termbase: Path | None, encoding: str = "") -> Aligned:
    """Pair the segments of `paths` (bilingual files, or a Chinese document and its English translation).

    `output`: write the pairs there, as TSV. `termbase`: find the English of its terms in the pairs and add it, as suggested. Raises
    InputRefused or UsageError for files that hold no pairs, FormatError if the output cannot be written.
    """
    pairs = list(of_files(paths, encoding))
    if output is not None:
        _write(pairs, output)
    if termbase is None:
        return Aligned(len(pairs), ())
    rules = kit(Settings())
    with Termbase.open(termbase, create=False) as base:
        entries = [entry for entry in base.entries() if entry.status != "rejected"]
        memory = memory_of(pairs, [sec.term for entry in entries for sec in entry.lang_sec("zh").term_secs], rules)
        found = []
        for entry in entries if memory is not None else ():
            proposals = weigh.rank(memory.find(entry.term), rules.spelling) if memory is not None else []
            if proposals:
                chinese = replace(entry.lang_sec("zh"), definitions=())
                found.append(replace(entry, lang_secs=(chinese, LangSec("en", weigh.term_secs(proposals)))))
        run = Run(
            signature="align",
            started=datetime.now().astimezone().isoformat(timespec="seconds"),
            versions={"termbuilder": __version__},
            name="align",
        )
        merged = base.merge(found, run) if found else None
    return Aligned(len(pairs), tuple(found), merged)


def _write(pairs: Sequence[SegmentPair], path: Path) -> None:
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter="\t", lineterminator="\n")
            writer.writerow(("zh-CN", "en", "place"))
            writer.writerows((pair.source, pair.target, pair.unit) for pair in pairs)
        beside.replace(path)
    except OSError as error:
        raise FormatError(f"{path} cannot be written ({error.strerror}). Choose another place with -o.") from error
