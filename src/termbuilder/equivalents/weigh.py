"""Weighs what the sources of English offer for one term against each other.

The rule, in the order in which it decides:

1. What a person decided comes first, then what the user's own glossary says, then everything else.
2. Renderings that differ only in case, article, number, hyphens, quotation marks or US and UK spelling are one
   rendering. It keeps the form of its most reliable source, in the spelling wanted where a source has it so.
3. A rendering is as reliable as its best source, plus 1 for each further kind of source that offers it (at most plus 2). A
   machine's word alone never reaches 10: only a person's, or a user's glossary that another source agrees with.
4. A rendering that the user's glossary, or else ours, tells to avoid stays in the list as deprecated, last, even where another
   source offers it; the user's glossary may prefer what ours deprecates.
5. Equal reliability: the more direct source first (glosses in the text, memories, our glossary, dictionary, composed, machine), then a
   source's first choice before its others, then the order in which they were offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from termbuilder.equivalents.keys import sameness
from termbuilder.equivalents.spelling import Spelling
from termbuilder.model import AdministrativeStatus, Origin, Proposal, TermSec, TermType

# Who speaks first among equals; also how a list of sources is sorted.
ORDER: tuple[Origin, ...] = ("human", "user glossary", "gloss", "memory", "glossary", "dictionary", "composed", "machine")
_INSTRUCTIONS = ("human", "user glossary")
_MOST_AGREEMENT = 2
_BEST_OF_MACHINES = 9
# A gloss, a memory and a person's glossary quote somebody's words; what we compose ourselves is spelled as wanted.
_OURS = ("glossary", "dictionary", "composed")
_NO_WORD = 9


@dataclass(frozen=True, slots=True)
class Weighed:
    """One rendering with everything that speaks for it, the strongest source first."""

    proposals: tuple[Proposal, ...]
    deprecated: bool

    @property
    def best(self) -> Proposal:
        """The proposal whose form the rendering keeps."""
        return self.proposals[0]

    @property
    def reliability(self) -> int:
        """That of the best source, plus 1 for each further kind of source, within the limits of the rule."""
        kinds = {proposal.origin for proposal in self.proposals}
        most = 10 if kinds & set(_INSTRUCTIONS) else _BEST_OF_MACHINES
        return min(most, self.best.reliability + min(_MOST_AGREEMENT, len(kinds) - 1))


def rank(proposals: Iterable[Proposal], spelling: Spelling) -> list[Proposal]:
    """One proposal a rendering, best first, deprecated ones last; the rule stands at the top of this module.

    The source of a rendering that several sources offer names them all, joined by `; `.

    >>> offered = [
    ...     Proposal("technology market manager", "composed", "composed: 技术 + 经理人", 5),
    ...     Proposal("technology transfer manager", "glossary", "a.tsv, line 7, press", 7),
    ...     Proposal("Technology Transfer Managers", "gloss", "通知.txt, line 3", 7),
    ... ]
    >>> [(one.english, one.reliability) for one in rank(offered, Spelling({}, {}))]
    [('technology transfer manager', 8), ('technology market manager', 5)]
    """
    return [_merged(one) for one in weigh(proposals, spelling)]


def weigh(proposals: Iterable[Proposal], spelling: Spelling) -> list[Weighed]:
    """The renderings with all that speaks for each, best first."""
    groups: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        form = _tidy(proposal.english)
        if form:
            spelled = spelling.spelled(form) if proposal.origin in _OURS else form
            group = sameness(spelling.folded(spelled), spelling.american)
            groups.setdefault(group or spelled, []).append(replace(proposal, english=spelled))
    weighed = [_weighed(group, spelling) for group in groups.values()]
    return sorted(weighed, key=_standing)  # sorted is stable: the order of arrival decides last


def term_secs(proposals: Sequence[Proposal]) -> tuple[TermSec, ...]:
    """Ranked proposals as English designations: the first is preferred, the others admitted, or deprecated; all unprocessed.

    >>> [sec.administrative_status for sec in term_secs([Proposal("gazelle company", "glossary", "a.tsv, line 2", 8)])]
    ['preferredTerm']
    """
    secs = []
    for number, proposal in enumerate(proposals):
        usable: AdministrativeStatus = "preferredTerm" if number == 0 else "admittedTerm"
        secs.append(
            TermSec(
                term=proposal.english,
                term_type=_term_type(proposal.english),
                administrative_status="deprecatedTerm" if proposal.deprecated else usable,
                process_status="unprocessed",
                contexts=(proposal.evidence,) if proposal.evidence else (),
                sources=tuple(proposal.source.split("; ")),
                origin=proposal.origin,
                reliability=proposal.reliability,
                note=proposal.note,
            )
        )
    return tuple(secs)


def _weighed(group: Sequence[Proposal], spelling: Spelling) -> Weighed:
    told = [proposal for proposal in group if proposal.deprecated]
    usable = [proposal for proposal in group if not proposal.deprecated]
    # a glossary that prefers `talent` and warns of `talents` does not refuse the word
    strongest = min(map(_word_of, told), default=_NO_WORD)
    deprecated = strongest < _NO_WORD and strongest < min(map(_word_of, usable), default=_NO_WORD)
    speaking = told if deprecated else usable
    by_strength = sorted(
        speaking,
        key=lambda one: (_authority(one), -one.reliability, spelling.spelled(one.english) != one.english, not one.preferred),
    )
    return Weighed(tuple(by_strength), deprecated)


def _word_of(proposal: Proposal) -> int:
    """Whose word on what is to be avoided counts: a person's and the user's before ours; nobody else has one."""
    return _authority(proposal) if proposal.origin in (*_INSTRUCTIONS, "glossary") else _NO_WORD


def _standing(one: Weighed) -> tuple[object, ...]:
    best = one.best
    return (one.deprecated, _authority(best), -one.reliability, ORDER.index(best.origin), not best.preferred)


def _authority(proposal: Proposal) -> int:
    return _INSTRUCTIONS.index(proposal.origin) if proposal.origin in _INSTRUCTIONS else len(_INSTRUCTIONS)


def _merged(one: Weighed) -> Proposal:
    best = one.best
    sources = dict.fromkeys(proposal.source for proposal in one.proposals if proposal.source)
    notes = dict.fromkeys(proposal.note for proposal in one.proposals if proposal.note)
    evidence = next((proposal.evidence for proposal in one.proposals if proposal.evidence), None)
    return replace(
        best,
        reliability=one.reliability,
        deprecated=one.deprecated,
        source="; ".join(sources),
        note="; ".join(notes),
        evidence=evidence,
        preferred=any(proposal.preferred for proposal in one.proposals),
    )


def _tidy(english: str) -> str:
    return " ".join(english.split()).strip(" ,;.:")


def _term_type(english: str) -> TermType:
    letters = english.replace("&", "").replace("-", "").replace(".", "")
    return "abbreviation" if 2 <= len(letters) <= 8 and letters.isupper() and " " not in english else "fullForm"
