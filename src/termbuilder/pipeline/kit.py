"""Everything that the stages look up, compiled once for a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from termbuilder import (
    candidates,
    categories,
    clean,
    contexts,
    definitions,
    parts_of_speech,
    pinyin,
    rank,
    screen,
    subject_fields,
    tables,
    tagging,
    variants,
)
from termbuilder.equivalents import composed, dictionary, glossaries
from termbuilder.equivalents.spelling import Spelling
from termbuilder.evidence import key_of
from termbuilder.settings import Settings


@dataclass(frozen=True)
class Kit:
    """Rules compiled from tables, the tagger, the ranker, the glossaries."""

    tables: tables.Tables
    clean: clean.Rules
    candidates: candidates.Rules
    definitions: definitions.Rules
    contexts: contexts.Rules
    pinyin: pinyin.Rules
    screen: screen.Rules
    categories: categories.Rules
    fields: subject_fields.Rules
    parts_of_speech: parts_of_speech.Rules
    variants: variants.Rules
    composed: composed.Rules
    dictionary: dictionary.Rules
    spelling: Spelling
    tagger: tagging.Tagger
    ranker: rank.Ranker
    glossary: glossaries.Glossary
    wanted: Any  # automaton of the forms that the user's own glossaries hold, None without one
    conflicts: tuple[str, ...]  # of the user's glossaries with each other and with ours, one sentence each


@lru_cache(maxsize=1)  # a value made from a value: each process makes it once
def kit(settings: Settings) -> Kit:
    """Compile tables, weights and glossaries; raises TableError or FormatError for a bad row or glossary."""
    read_tables = tables.load(settings.tables)
    own = [glossaries.load(path) for path in settings.glossaries]
    glossary = glossaries.combined([*own, glossaries.load_reference()])
    terms = glossary.terms()
    background = tagging.load_background()
    return Kit(
        tables=read_tables,
        clean=clean.Rules.from_tables(read_tables),
        candidates=candidates.Rules.from_tables(read_tables, known_forms(terms)),
        definitions=definitions.Rules.from_tables(read_tables),
        contexts=contexts.Rules.from_tables(read_tables),
        pinyin=pinyin.Rules.from_tables(read_tables),
        categories=categories.Rules.from_tables(read_tables, background.words),
        fields=subject_fields.Rules.from_tables(
            read_tables, {key: row.subject_field for key, row in terms.items() if row.subject_field}
        ),
        parts_of_speech=parts_of_speech.Rules.from_tables(read_tables),
        screen=screen.Rules.from_tables(read_tables),
        variants=variants.Rules.from_tables(read_tables),
        composed=composed.Rules.from_tables(read_tables, glossary),
        dictionary=dictionary.Rules.from_tables(read_tables),
        spelling=Spelling.from_tables(read_tables, settings.spelling),
        tagger=tagging.load(background),
        ranker=rank.load(frozenset(key_of(key) for key in terms)),
        glossary=glossary,
        wanted=_automaton(known_forms(glossaries.combined(own).terms())) if own else None,
        conflicts=tuple(str(conflict) for conflict in glossary.conflicts()) if settings.glossaries else (),
    )


def _automaton(forms: list[str]) -> Any:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(forms)


def known_forms(terms: Mapping[str, glossaries.GlossaryRow]) -> list[str]:
    """The forms that the finder of known terms looks for: the terms of glossaries, as they are printed and as keys."""
    return sorted({form for key, row in terms.items() for form in (key, row.term) if len(form) >= 2})
