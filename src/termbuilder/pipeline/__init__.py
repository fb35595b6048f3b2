"""The whole main job: documents in, concept entries out.

read > clean > segment > find and judge      first pass, one document at a time
add up > rank > choose > group               over all documents
contexts, definitions, glosses               second pass, for the chosen terms
read aloud > translate > classify > link     concept entries
"""

from __future__ import annotations

import hashlib
import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from importlib.metadata import version
from itertools import chain

from termbuilder import __version__, evidence, rank, screen, variants
from termbuilder.engine import shared
from termbuilder.engine.remote import Remote
from termbuilder.equivalents import dictionary
from termbuilder.model import ConceptEntry, DocumentReport, Form, Reason, Run
from termbuilder.pipeline import english as translating
from termbuilder.pipeline import entries as assembling
from termbuilder.pipeline import pairs as bilingual
from termbuilder.pipeline.corpus import Corpus, Progress
from termbuilder.pipeline.first_pass import Observed
from termbuilder.pipeline.kept import Kept
from termbuilder.pipeline.kit import Kit, kit
from termbuilder.pipeline.said import said_of
from termbuilder.read import Input
from termbuilder.settings import Settings

__all__ = ["Mined", "Progress", "Why", "explain", "mine"]

# Log odds (with must-have terms weighted threefold) below which nothing is kept.
KEEP = -2.0
# How many candidates are kept, as a function of the number of distinct terms that the tagger expects: annotators of texts of 2,500 to 5,000
# characters marked 1.1 times as many (within 18 %), those of a text of 41,000 characters 0.4 times, so a longer text is treated as they did.
# Two and a half times their number, so that nearly all of theirs are in the list (benchmarks/quality).
GENEROSITY = 2.5
AS_MANY, UP_TO, FLATTER = 1.1, 200.0, 0.57
# More than these are not kept even of a large corpus, unless the user asks for a limit or score: as many as 110,000 expected terms give.
MOST = 20_000


@dataclass(frozen=True)
class Mined:
    """The result of a run: entries (best first), what identifies the run, one sentence for each input that was refused."""

    entries: tuple[ConceptEntry, ...]
    run: Run
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Why:
    """Why a term scores as it does: its score, the score needed, its reasons (they add up to the score), and where it stands."""

    term: str
    score: float
    needed: float
    rank: int
    candidates: int
    reasons: tuple[Reason, ...]
    surfaces: tuple[str, ...]
    kind: str = ""  # what it is if it is no term: person, company, metaphor, fragment ...
    left_out: bool = False  # because of what it is


def mine(
    inputs: Sequence[Input | Remote],
    settings: Settings,
    stop: frozenset[str] = frozenset(),
    progress: Progress = lambda stage, done, of: None,
    started: str = "",
    rules: Kit | None = None,
    kept: Kept | None = None,
) -> Mined:
    """Mine `inputs`.

    `stop`: keys of terms that a person rejected. `progress(stage, done, of)` is called as inputs are done. `started`: ISO time to
    write into the run (now, unless given). `rules`: instead of the shipped ones, with one worker only.
    `kept`: what earlier runs kept of documents and this one adds to; the result is the same without. Raises TableError or FormatError for a bad table or glossary; inputs that cannot be
    read are told in the result.
    """
    own = rules
    rules = rules or kit(settings.choices)
    asked = translating.asked_for(settings, rules)  # what is missing is told before the work is done
    bilingual.look_over(settings.memories, settings.encoding)
    with Corpus(inputs, settings, progress, own, kept) as corpus:
        return _mined(corpus, asked, settings, stop, started, rules, progress)


def _mined(
    corpus: Corpus,
    asked: translating.Asked,
    settings: Settings,
    stop: frozenset[str],
    started: str,
    rules: Kit,
    progress: Progress,
) -> Mined:
    corpus.observe()
    observed = corpus.observed
    least = KEEP if settings.min_score is None else settings.min_score
    each = partial(shared.share, workers=settings.workers)
    progress("ranking", 0, 1)
    most = 0 if settings.limit or settings.min_score is not None else MOST
    ranked = rules.ranker.rank(corpus.store, min(least, WORTH_JOINING), each, pieces=settings.workers, most=most)
    progress("grouping", 0, 1)
    candidates = list(_chosen(ranked, settings, stop, rules.screen))
    pairs = sorted({pair for one in observed for pair in one.pairs})
    extended = [*candidates, *_extended(ranked.candidates, candidates)]
    cut = variants.scraps(extended, rules.variants)
    extended = [form for form in extended if form.key not in cut]
    main = {form.key for form in candidates} - cut
    grouping = _first(variants.group(extended, pairs, rules.variants), settings.limit, main)
    forms = {
        surface: group.main.key for group in grouping.groups for member in group.members for surface, _ in member.form.surfaces
    }
    found = assembling.gathered(corpus.collect(forms), settings.contexts_per_term, corpus.shelf())
    concept = {member.form.key: group.main.key for group in grouping.groups for member in group.members}
    lists = assembling.lists_of(found, concept)
    if lists:  # what the definitions enumerate is known only now
        grouping = _first(variants.group(extended, pairs, rules.variants, lists), settings.limit, main)
    grouping = replace(grouping, links=(*grouping.links, *variants.seen_together(grouping, found.together)))
    reasons = ranked.reasons({group.main.key for group in grouping.groups}, most=8)
    damaged: list[str] = []
    segments = chain(
        bilingual.of_files(settings.memories, settings.encoding, damaged.append, progress),
        (pair for one in observed for pair in one.segments),
    )
    asked = replace(asked, memory=translating.memory_of(segments, sorted(forms), rules))
    progress("entries", 0, 1)
    said = said_of(grouping.groups, found.glosses, asked, rules, settings, corpus.said(), each)
    corpus.keep_said(said)
    entries = assembling.build(grouping, found, [one for _, one in said], asked, reasons, rules, settings)
    run = _run(observed, assembling.entries_in(found, entries), entries, settings, rules, started)
    run = replace(run, warnings=(*run.warnings, *damaged))
    return Mined(tuple(entries), run, tuple(one.refused for one in observed if one.refused))


def explain(term: str, inputs: Sequence[Input | Remote], settings: Settings) -> Why | None:
    """Why `term` is (not) among the terms of `inputs`; None if it is no candidate there at all."""
    rules = kit(settings.choices)
    with Corpus(inputs, settings, lambda stage, done, of: None, every=True) as corpus:
        corpus.observe()
        ranked = rules.ranker.rank(corpus.store)
    key = evidence.key_of(term)
    place = next((number for number, candidate in enumerate(ranked.candidates, 1) if candidate.key == key), 0)
    if not place:
        return None
    candidate = ranked.candidates[place - 1]
    kind = screen.kind_of(assembling.form_of(candidate), _tag(candidate), rules.screen, _ends(candidate))
    needed = KEEP if settings.min_score is None else settings.min_score
    rivals = [one for one in ranked.candidates if one.score >= min(needed, candidate.score)]
    is_fragment = key in rank.fragments(rivals) | variants.scraps(list(map(assembling.form_of, rivals)), rules.variants)
    return Why(
        term,
        candidate.score,
        needed,
        place,
        len(ranked.candidates),
        ranked.reasons({key})[key],
        tuple(surface for surface, _ in candidate.surfaces),
        kind or ("fragment of a better term" if is_fragment else ""),
        is_fragment or screen.left_out(kind, settings.include),
    )


def _chosen(ranking: rank.Ranking, settings: Settings, stop: frozenset[str], rules: screen.Rules) -> Iterator[Form]:
    """The candidates that score enough, were not rejected by a person, and are no people, firms, dates or amounts."""
    least = KEEP if settings.min_score is None else settings.min_score
    ranked = ranking.candidates
    most = _generous(ranking.expected) if settings.min_score is None and not settings.limit else len(ranked)
    good = [candidate for candidate in ranked[:most] if candidate.score >= least]
    left_out = stop | rank.fragments(good, rules.first)
    for candidate in good:
        if candidate.key not in left_out:
            form = assembling.form_of(candidate)
            if not screen.left_out(screen.kind_of(form, _tag(candidate), rules, _ends(candidate)), settings.include):
                yield form


def _generous(expected: float) -> int:
    """How many candidates to keep unless the user says it: see GENEROSITY."""
    wanted = expected if expected <= UP_TO else UP_TO * (expected / UP_TO) ** FLATTER
    return math.ceil(GENEROSITY * AS_MANY * wanted)


def _tag(candidate: rank.Candidate) -> str:
    shape = candidate.shape
    return shape.first_tag if shape.words == 1 else ""


def _ends(candidate: rank.Candidate) -> tuple[str, str]:
    shape = candidate.shape
    return (shape.first_word, shape.last_word) if shape.words > 1 else ("", "")


def _extended(ranked: Iterable[rank.Candidate], chosen: Sequence[Form]) -> Iterator[Form]:
    """Forms that did not score enough alone but hold a chosen quoted term with the words before or after it: 轨道交通“四网融合”.

    They may join that term as its variants; they are no entries of their own.
    """
    keys = {form.key for form in chosen}
    for candidate in ranked:
        if candidate.score < WORTH_JOINING:
            return
        if candidate.key not in keys:
            for surface, _ in candidate.surfaces:
                core = _QUOTED.search(surface)
                if (
                    core
                    and evidence.key_of(core[1] or core[2]) in keys
                    and 0 < len(surface) - len(core[0]) <= LONGEST_EXTENSION
                ):
                    yield assembling.form_of(candidate)
                    break


_QUOTED = re.compile(r"^“([^“”]+)”|“([^“”]+)”$")
WORTH_JOINING = (
    0.0  # as likely a term as not; below it, what stands beside the quotation was a verb or cut short in 26 of 33 cases
)
LONGEST_EXTENSION = 8  # characters before or after the quotation; more is a sentence


def _first(grouping: variants.Grouping, limit: int, main: Set[str]) -> variants.Grouping:
    """The first `limit` groups (0: all) among those that have a form of `main`, and the links between them."""
    kept = [n for n, group in enumerate(grouping.groups) if any(member.form.key in main for member in group.members)]
    place = {old: new for new, old in enumerate(kept[:limit] if limit else kept)}
    links = tuple(
        replace(link, source=place[link.source], target=place[link.target])
        for link in grouping.links
        if link.source in place and link.target in place
    )
    return variants.Grouping(tuple(grouping.groups[old] for old in place), links)


def _run(
    observed: Iterable[Observed],
    per_document: Mapping[str, int],
    entries: Sequence[ConceptEntry],
    settings: Settings,
    rules: Kit,
    started: str,
) -> Run:
    reports: list[DocumentReport] = [
        replace(report, entries=per_document.get(report.name, 0)) for one in observed for report in one.reports
    ]
    documents = hashlib.sha256("".join(sorted(report.digest for report in reports)).encode()).hexdigest()[:8]
    versions = {"termbuilder": __version__, "python": ".".join(map(str, sys.version_info[:3]))}
    versions |= {name: version(name) for name in ("rjieba", "pypinyin", "numpy", "opencc")}
    return Run(
        signature=f"{settings.signature}-{documents}",
        started=started or datetime.now().astimezone().isoformat(timespec="seconds"),
        versions=versions,
        documents=tuple(reports),
        warnings=(*rules.conflicts, *(f"{report.name}: {warning}" for report in reports for warning in report.warnings)),
        notices=dictionary.notices(set().union(*map(dictionary.cited, entries))),
    )
