"""English for the terms of a termbase from translation memories and bilingual documents: what `termbuilder align` calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from termbuilder import __version__
from termbuilder.equivalents import memories, weigh
from termbuilder.equivalents.spelling import Spelling
from termbuilder.errors import FormatError
from termbuilder.model import ConceptEntry, LangSec, Run, SegmentPair
from termbuilder.pipeline.english import memory_of, remembered
from termbuilder.pipeline.kit import kit
from termbuilder.pipeline.pairs import of_files
from termbuilder.settings import Settings
from termbuilder.termbase import MergeReport, Termbase

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Aligned:
    """What an alignment gave: how many pairs, for each term that got English the entry with only that English, what was merged."""

    pairs: int
    found: tuple[ConceptEntry, ...]
    merged: MergeReport | None = None
    warnings: tuple[str, ...] = ()


def align(
    paths: Sequence[Path],
    output: Path | None,
    termbase: Path | None,
    encoding: str = "",
    progress: Progress = lambda stage, done, of: None,
) -> Aligned:
    """Pair the segments of `paths` (bilingual files, or a Chinese document and its English translation), one after another.

    `output`: write the pairs there, as TSV. `termbase`: find the English of its terms in the pairs and add it, as suggested; both are
    changed only once all pairs are read. Raises InputRefused or UsageError for files that hold no pairs, FormatError if the output
    cannot be written.
    """
    warnings: list[str] = []
    with ExitStack() as stack:
        base = stack.enter_context(Termbase.open(termbase, create=False)) if termbase is not None else None
        pairs = of_files(paths, encoding, warnings.append, progress)
        if output is not None:
            pairs = _written(pairs, output)
        if base is None:
            return Aligned(sum(1 for _ in pairs), (), None, tuple(warnings))
        rules = kit(Settings())
        entries = [entry for entry in base.entries() if entry.status != "rejected"]
        memory = memory_of(pairs, [sec.term for entry in entries for sec in entry.lang_sec("zh").term_secs], rules)
        found = [] if memory is None else list(_rendered(entries, memory, rules.spelling, progress))
        run = Run(
            signature="align",
            started=datetime.now().astimezone().isoformat(timespec="seconds"),
            versions={"termbuilder": __version__},
            name="align",
        )
        merged = base.merge(found, run) if found else None
        return Aligned(memory.pairs_read if memory else 0, tuple(found), merged, tuple(warnings))


def _rendered(
    entries: Sequence[ConceptEntry], memory: memories.Memory, spelling: Spelling, progress: Progress
) -> Iterator[ConceptEntry]:
    """The entries that the memory has English for, with only that English."""
    for number, entry in enumerate(entries, 1):
        forms = [sec.term for sec in entry.lang_sec("zh").term_secs if sec.term_type != "variant"] or [entry.term]
        known = [
            sec.term for sec in entry.equivalents if sec.administrative_status != "deprecatedTerm" and sec.origin != "memory"
        ]
        proposals = weigh.rank(remembered(memory, forms, known), spelling)
        if proposals:
            chinese = replace(entry.lang_sec("zh"), definitions=())
            yield replace(entry, lang_secs=(chinese, LangSec("en", weigh.term_secs(proposals))))
        progress("terms", number, len(entries))


def _written(pairs: Iterable[SegmentPair], path: Path) -> Iterator[SegmentPair]:
    """The same pairs, also written to `path` as TSV once the last is read; whole or not at all."""
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write("zh-CN\ten\tplace\n")
            for pair in pairs:
                # without quoting, as programs read tables with tabs: a quotation mark is one of the text
                file.write("\t".join(" ".join(cell.split()) for cell in (pair.source, pair.target, pair.unit)) + "\n")
                yield pair
        beside.replace(path)
    except OSError as error:
        raise FormatError(f"{path} cannot be written ({error.strerror}). Choose another place with -o.") from error
    finally:
        beside.unlink(missing_ok=True)
