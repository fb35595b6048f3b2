"""`mine` from paths to files: what the command line calls, and what a program of one's own may call."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from termbuilder import pipeline, read
from termbuilder.categories import CATEGORIES
from termbuilder.engine import remote, shared
from termbuilder.equivalents.dictionary import cited, notices
from termbuilder.errors import FormatError, InputRefused, UsageError
from termbuilder.formats import FORMATS
from termbuilder.formats.waiting import IN_MEMORY, Waiting
from termbuilder.model import ConceptEntry, Run, Source
from termbuilder.pipeline import fingerprint
from termbuilder.pipeline.corpus import room
from termbuilder.pipeline.kept import Kept
from termbuilder.pipeline.kit import kit
from termbuilder.pipeline.places import occurrences
from termbuilder.pipeline.prepared import locator, prepare
from termbuilder.settings import Settings
from termbuilder.termbase import MergeReport, Termbase

LONG_LIST = 500  # entries
MEMORY_OF_AN_ENTRY = 10_000  # bytes, about


@dataclass(frozen=True)
class Done:
    """What a run did: the entries written, the run, the files, what was refused, what to know, what the termbase says of it."""

    entries: Sequence[ConceptEntry]
    run: Run
    files: tuple[Path, ...]
    refused: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    merged: MergeReport | None = None


def mine_to_files(
    paths: Sequence[str | Path],
    settings: Settings,
    output: Path,
    name: str = "glossary",
    formats: Sequence[str] = ("xlsx", "tbx", "tbx2"),
    termbase: Path | None = None,
    progress: pipeline.Progress = lambda stage, done, of: None,
    new_only: bool = False,
) -> Done:
    """Mine `paths`, merge into `termbase` (None: remember nothing), and write `output/name` in each of `formats`.

    `new_only`: write only the entries that are new to the termbase with this run. Every file is written whole or not at all.
    Raises UsageError for an unknown format or category or a name that is none, FormatError for a folder that cannot be written, TermbaseError for a termbase that
    cannot; inputs that cannot be read and single files that cannot be written are told in the result.
    """
    for kind, chosen, known in (("format", formats, FORMATS), ("category", settings.categories, CATEGORIES)):
        for one in chosen:
            if one not in known:
                raise UsageError(f"There is no {kind} {one!r}. Known: {', '.join(known)}.")
    if not name.strip() or Path(name).name != name:
        raise UsageError(f"{name!r} cannot be the name of files. Give a plain name with --name, and the folder with -o.")
    _writable(output)
    stop = _rejected(termbase)
    urls = [str(path) for path in paths if remote.is_url(str(path))]
    here, warnings = read.expand([path for path in paths if str(path) not in urls])
    inputs: list[read.Input | remote.Remote] = [*here, *remote.expand(urls, read.SUFFIXES)]
    try:
        with _kept(termbase, settings) as kept:
            mined = pipeline.mine(inputs, settings, stop, progress, kept=kept)
    except KeyboardInterrupt as stopped:
        raise KeyboardInterrupt(
            "stopped; termbase and exports are as they were. "
            + ("Documents that were read need not be read again." if termbase is not None else "")
        ) from stopped
    if kept is not None and kept.trouble:
        warnings = [*warnings, kept.trouble]
    run = replace(mined.run, name=name)
    merged = None
    releases: set[str] = set()  # of the dictionary: the termbase may hold what an earlier run took from it

    def is_shown(entry: ConceptEntry) -> bool:
        if entry.status == "rejected":
            return False
        releases.update(cited(entry))
        return True

    most = min(IN_MEMORY, room(settings.memory_limit) // MEMORY_OF_AN_ENTRY)
    # a run that found nothing leaves no empty termbase behind
    if termbase is not None and (mined.entries or termbase.exists()):
        merged = _merged(mined.entries, run, termbase)
        mined = replace(mined, entries=())  # those of the termbase take their room
        with Termbase.open(termbase) as base:
            shown = Waiting(filter(is_shown, base.each(run=merged.run if merged and new_only else None)), most)
    else:
        shown = Waiting(filter(is_shown, mined.entries), most)
    if kept is not None and termbase is not None and not termbase.exists():
        kept.drop()  # nothing was found, so nothing is left behind
    run = replace(run, notices=notices(releases))
    files: list[Path] = []
    unwritten: list[str] = []
    if shown:
        process = os.getpid()

        def watch(done: int, of: int) -> None:
            if os.getpid() == process:  # a copy of the process has no bar
                progress("writing", done, of)

        def write(format_: str) -> Path | str:
            path = output / f"{name}{FORMATS[format_].suffix}"
            try:
                FORMATS[format_].dump(shown.watched(watch), run, path)
                return path
            except FormatError as error:  # a workbook that is open in Excel does not cost the TBX files
                return str(error)

        # a process more is worth it for long lists only
        for done in shared.share(write, formats, settings.workers if len(shown) >= LONG_LIST else 1):
            files += [done] if isinstance(done, Path) else []
            unwritten += [done] if isinstance(done, str) else []
        progress("writing", len(formats), len(formats))
    elif not mined.refused:
        warnings = [*warnings, "No terms were found, so nothing was written. Try a lower --min-score."]
    return Done(shown, run, tuple(files), (*mined.refused, *unwritten), (*warnings, *run.warnings), merged)


def _kept(termbase: Path | None, settings: Settings) -> Kept | AbstractContextManager[None]:
    """What earlier runs into this termbase kept of the documents that they read: a file beside it."""
    if termbase is None or not termbase.parent.is_dir():
        return nullcontext()
    beside = termbase.with_suffix(".evidence")
    path = beside if beside != termbase else termbase.with_name(f"{termbase.name}.evidence")
    return Kept(path, fingerprint.of_program(), fingerprint.of_choices(settings))


def _rejected(termbase: Path | None) -> frozenset[str]:
    """What people rejected. Opening the termbase now tells of one that cannot be used before the work is done."""
    if termbase is None or (not termbase.exists() and termbase.parent.is_dir()):
        return frozenset()
    with Termbase.open(termbase) as base:
        return base.rejected_keys()


def _merged(entries: tuple[ConceptEntry, ...], run: Run, termbase: Path) -> MergeReport | None:
    with Termbase.open(termbase) as base:
        return base.merge(entries, run) if entries else None


def _writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FormatError(f"The folder {folder} cannot be made ({error.strerror}). Choose another with -o.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FormatError(f"The folder {folder} cannot be written to. Choose another with -o.")


@dataclass(frozen=True)
class Explained:
    """Why a term is (not) among the terms, each place where it stands with the text as it is printed there, and what was refused."""

    why: pipeline.Why | None
    places: tuple[tuple[Source, str], ...]
    refused: tuple[str, ...] = ()


def explain(term: str, paths: Sequence[str | Path], settings: Settings) -> Explained:
    """Why `term` is (not) among the terms of `paths`, and where it stands."""
    inputs, _ = read.expand(paths)
    why = pipeline.explain(term, inputs, settings)
    places = []
    refused = []
    rules = kit(settings.choices)
    forms = dict.fromkeys(why.surfaces if why else (term,), term)
    for one in inputs:
        try:
            prepared = prepare(one, settings, rules)
        except InputRefused as error:
            refused.append(str(error))
            continue
        for own in prepared:
            locate = locator(own.document)
            for found, _ in occurrences(own.passages, forms):
                printed = found.passage.printed(found.start, found.end, own.document)
                places.append((locate(found.passage.at[found.start]), printed))
    return Explained(why, tuple(places), tuple(refused))
