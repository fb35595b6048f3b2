"""English for the chosen terms: every source is asked, what they offer is weighed, and a machine gets what nobody else renders."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from termbuilder import segment
from termbuilder.equivalents import composed, dictionary, machine, memories, weigh
from termbuilder.model import LangSec, Proposal, SegmentPair
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


def memory_of(pairs: Sequence[SegmentPair], forms: Collection[str], rules: Kit) -> memories.Memory | None:
    """What the paired segments of memories and bilingual documents teach about the English of `forms`; None if there are none."""
    if not pairs:
        return None
    known = {key: (row.english,) for key, row in rules.glossary.terms().items() if len(key) <= 4 and row.english}
    return memories.learn(pairs, cut, memories.Rules.from_tables(rules.tables, known), forms)


def english(groups: Sequence[Group], glosses: Mapping[str, tuple[Proposal, ...]], asked: Asked, rules: Kit) -> list[LangSec]:
    """The English of each group, best first; `glosses`: what the texts themselves say, by the key of the group's main form."""
    offered = [_offered(group, glosses.get(group.main.key, ()), asked, rules) for group in groups]
    if asked.model is not None:
        bare = [number for number, found in enumerate(offered) if all(one.deprecated for one in found)]
        said = machine.translate([groups[number].main.key for number in bare], asked.model)
        for number, found in zip(bare, said, strict=True):
            offered[number] += found
    return [LangSec("en", weigh.term_secs(weigh.rank(found, rules.spelling))) for found in offered]


def _offered(group: Group, glosses: Sequence[Proposal], asked: Asked, rules: Kit) -> list[Proposal]:
    # a variant with more or less in it (云溪高新区, 高新区) is rendered with more or less too
    same = [group.members[0], *(member for member in group.members[1:] if member.term_type != "variant")]
    forms = [surface for member in same for surface in (member.form.surface, member.form.key)]
    main = group.main.surface
    looked_up = asked.dictionary.lookup(forms) if asked.dictionary else []
    put_together = composed.compose(main, segment.words(main), asked.composed)
    found = [*rules.glossary.lookup(forms), *glosses, *looked_up, *put_together]
    if asked.memory is not None:
        found += asked.memory.find(main, [one.english for one in (*put_together, *looked_up)])
    return found
