"""English for the chosen terms: every source is asked, what they offer is weighed, and a machine gets what nobody else renders."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from termbuilder.equivalents import composed, dictionary, machine, memories, weigh
from termbuilder.equivalents.keys import sameness
from termbuilder.model import Form, LangSec, Proposal, SegmentPair, Word
from termbuilder.pipeline.kit import Kit
from termbuilder.pipeline.pairs import cut
from termbuilder.settings import Settings
from termbuilder.variants import Group


@dataclass(frozen=True)
class Asked:
    """The sources that only this process asks: composition, and where the user has them memory, dictionary, translation model."""

    composed: composed.Rules
    memory: memories.Memory | None = None
    dictionary: dictionary.Dictionary | None = None
    model: machine.Model | None = None


def asked_for(settings: Settings, rules: Kit) -> Asked:
    """Dictionary and translation model as `settings` want them; UsageError or FormatError if they are not there."""
    book = dictionary.load(rules.dictionary) if settings.dictionary else None
    return Asked(
        composed.Rules(replace(rules.composed.lexicon, dictionary=book)),
        dictionary=book,
        model=machine.look_over(settings.mt_model) if settings.mt_model else None,
    )


def memory_of(pairs: Iterable[SegmentPair], forms: Collection[str], rules: Kit) -> memories.Memory | None:
    """What the paired segments of memories and bilingual documents teach about the English of `forms`; None if there are none."""
    known = {key: (row.english,) for key, row in rules.glossary.terms().items() if len(key) <= 4 and row.english}
    memory = memories.learn(pairs, cut, memories.Rules.from_tables(rules.tables, known), forms)
    return memory if memory.pairs_read else None


def weighed(groups: Sequence[Group], offered: Sequence[Sequence[Proposal]], asked: Asked, rules: Kit) -> list[LangSec]:
    """The English of each group from what is `offered` and what the memory says, and from a machine where nothing is."""
    offers = [[*found, *_remembered(group, found, asked)] for group, found in zip(groups, offered, strict=True)]
    if asked.model is not None:
        bare = [number for number, found in enumerate(offers) if all(one.deprecated for one in found)]
        said = machine.translate([groups[number].main.key for number in bare], asked.model)
        for number, found in zip(bare, said, strict=True):
            offers[number].extend(found)
    return [LangSec("en", weigh.term_secs(weigh.rank(found, rules.spelling))) for found in offers]


def offered(group: Group, words: Sequence[Word], glosses: Sequence[Proposal], asked: Asked, rules: Kit) -> list[Proposal]:
    """What all sources but memory and machine say of a group; `words` of its main form, `glosses`: what the texts themselves say."""
    forms = [surface for form in _alike(group) for surface in (form.surface, form.key)]
    looked_up = asked.dictionary.lookup(forms) if asked.dictionary else []
    known = rules.glossary.lookup(forms)
    # beside English that somebody chose for the whole term, what its parts give is noise: danger chemical, social guarantee
    chosen = any(not one.deprecated for one in known)
    put_together = [] if chosen else composed.compose(group.main.surface, words, asked.composed)
    return [*known, *glosses, *looked_up, *put_together]


def _alike(group: Group) -> list[Form]:
    """The forms that are rendered alike: a variant with more or less in it (云溪高新区, 高新区) is rendered with more or less too."""
    main, *others = group.members
    return [main.form, *(member.form for member in others if member.term_type != "variant")]


def _remembered(group: Group, found: Sequence[Proposal], asked: Asked) -> list[Proposal]:
    if asked.memory is None:
        return []
    usable = [one.english for one in found if not one.deprecated]
    return remembered(asked.memory, [form.surface for form in _alike(group)], usable)


# What a memory of fewer pairs says of a term is a guess from one sentence or two: it is taken where another source bears it out.
ENOUGH_PAIRS = 50
# From here on, what no other source bears out is taken: of the first renderings in benchmarks/equivalents that reach it, 4 of 5 are right,
# of the others half.
SURE = 5
_WORD = re.compile("[a-z]{4,}")


def remembered(memory: memories.Memory, forms: Sequence[str], others: Sequence[str]) -> list[Proposal]:
    """What a memory says of the first of `forms` (of one concept) that it holds; `others`: English that other sources give."""
    found = next((found for form in forms if (found := memory.find(form, others))), [])
    if not others:
        return [one for one in found if one.reliability >= SURE]
    return _borne_out(found, others) if memory.pairs_read < ENOUGH_PAIRS else _worth_adding(found, others)


def _worth_adding(remembered: Sequence[Proposal], others: Sequence[str]) -> list[Proposal]:
    """The renderings that other sources give as well, and sure ones that are no part of better ones, nor those with more around them.

    >>> said = [Proposal(one, "memory", "", 6) for one in ("soft powers", "China's soft power continued", "power", "appeal abroad")]
    >>> [one.english for one in _worth_adding(said, ["soft power"])]
    ['soft powers', 'appeal abroad']
    """
    known = [f" {sameness(one, {})} " for one in others]
    kept = []
    for one in remembered:
        here = f" {sameness(one.english, {})} "
        nested = any(here in other or other in here for other in known)
        if here in known or (one.reliability >= SURE and not nested):
            kept.append(one)
        known.append(here)  # also if left out: what is more around a part of a rendering is no better
    return kept


def _borne_out(remembered: Sequence[Proposal], others: Sequence[str]) -> list[Proposal]:
    """The best two renderings of which at least two thirds of the words are (by their first five letters) in what other sources offer.

    >>> said = [Proposal(one, "memory", "", 4) for one in ("gazelle companies", "million granted to companies")]
    >>> [one.english for one in _borne_out(said, ["gazelle company"])]
    ['gazelle companies']
    """
    known = {word[:5] for one in others for word in _WORD.findall(one.lower())}
    kept = []
    for one in remembered:
        words = _WORD.findall(one.english.lower())
        if words and sum(word[:5] in known for word in words) * 3 >= 2 * len(words):
            kept.append(one)
    return kept[:2]
