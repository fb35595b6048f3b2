"""What a run found, joined with what the termbase holds: new evidence is added, what a person decided stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from termbuilder.model import ConceptEntry, Context, Definition, LangSec, Link, Spread, TermSec

from .fields import Path
from .keys import key_of, language

Evidence = TypeVar("Evidence", Context, Definition)

# A machine's contexts of one term and definitions of one concept. A corpus that grows for years would otherwise pile up
# thousands of each; a translator reads three.
MOST_KEPT = 12


# The path that says: a person made this entry; a run fills its gaps and adds evidence, and changes nothing it states.
ALL_STATED: Path = ("*",)


def removed_path(lang: str, term: str) -> Path:
    """The path that says: a person took this term out of this entry.

    >>> removed_path("zh-CN", "“高企”")
    ('removed', 'zh', '高企')
    """
    return ("removed", language(lang), key_of(term, lang))


def renamed_path(term: str) -> Path:
    """The path that says: a person put another Chinese term in the place of this one; runs that find it mean this entry.

    >>> renamed_path("实施揭榜挂帅")
    ('renamed', 'zh', '实施揭榜挂帅')
    """
    return ("renamed", "zh", key_of(term))


@dataclass(frozen=True, slots=True)
class _Meeting:
    """How a mined entry meets the entry of the termbase."""

    decided: frozenset[Path]
    elsewhere: frozenset[str]  # keys of Chinese forms that belong to other entries
    leads: bool  # the run knows the concept by its main term, and the entry is not a person's own
    # The run read all documents that the entry was known from, none of them, or some.
    documents: Literal["all", "none", "some"]

    def settled(self, lang: str) -> bool:
        """Has a person seen the list of terms, so that its order stays?"""
        return not self.leads or ("status",) in self.decided or ("lang", lang, "terms") in self.decided

    def frequency(self, ours: int, mined: int) -> int:
        # How often one form stands is not kept by document (how often the concept does, is: its frequency is always exact).
        if self.documents == "all":
            return mined
        return ours + mined if self.documents == "none" else max(ours, mined)


def refreshed(
    ours: ConceptEntry, mined: ConceptEntry, decided: frozenset[Path] = frozenset(), elsewhere: frozenset[str] = frozenset()
) -> ConceptEntry:
    """The entry of the termbase with what a run found.

    `mined` has links to ids of the termbase. Fields whose path is in `decided` stay as they are; Chinese forms whose key is
    in `elsewhere` belong to other entries and are not added. Nothing but a machine's own earlier finding is replaced.
    """
    old, new = ({one.document for one in entry.spread} for entry in (ours, mined))
    partial = any(entry.document_frequency > len(entry.spread) > 0 for entry in (ours, mined))
    again = old <= new if not partial else bool(old & new) and mined.document_frequency >= ours.document_frequency
    documents: Literal["all", "none", "some"] = "all" if again else "some" if old & new else "none"
    spread = {**{one.document: one for one in ours.spread}, **{one.document: one for one in mined.spread}}
    together = _together(
        ours, mined, _Meeting(decided, elsewhere, _leads(ours, mined) and ALL_STATED not in decided, documents)
    )
    if not partial:
        return _counted(together, tuple(spread.values()), mined.frequency or ours.frequency)
    if again:
        return replace(together, spread=mined.spread, frequency=mined.frequency, document_frequency=mined.document_frequency)
    # an entry from a large corpus names only some of its documents: what both name is counted once
    twice = [one for one in ours.spread if one.document in new]
    return replace(
        together,
        spread=tuple(spread.values()),
        frequency=ours.frequency + mined.frequency - sum(one.frequency for one in twice),
        document_frequency=ours.document_frequency + mined.document_frequency - len(twice),
    )


def combined(mined: Sequence[ConceptEntry]) -> ConceptEntry:
    """Several mined entries of one run that are one concept in the termbase: the first leads, the others add to it."""
    first, *others = mined
    for other in others:
        spread = {one.document: one for one in first.spread}
        for one in other.spread:
            spread[one.document] = _added(spread[one.document], one) if one.document in spread else one
        together = _together(first, other, _Meeting(frozenset(), frozenset(), leads=False, documents="none"))
        frequency = first.frequency + other.frequency
        if any(entry.document_frequency > len(entry.spread) > 0 for entry in (first, other)):
            documents = max(first.document_frequency, other.document_frequency, len(spread))
            first = replace(together, spread=tuple(spread.values()), frequency=frequency, document_frequency=documents)
        else:
            first = _counted(together, tuple(spread.values()), frequency)
    return first


def _together(ours: ConceptEntry, mined: ConceptEntry, meeting: _Meeting) -> ConceptEntry:
    best = mined if (meeting.documents == "all" and meeting.leads) or mined.score > ours.score else ours

    def chosen(name: str) -> str:
        old, new = getattr(ours, name), getattr(mined, name)
        return str(old if (name,) in meeting.decided or not new or (old and not meeting.leads) else new)

    return replace(
        ours,
        lang_secs=_sections(ours.lang_secs, mined.lang_secs, meeting),
        subject_field=chosen("subject_field"),
        category=chosen("category"),
        note=chosen("note"),
        links=ours.links if ("links",) in meeting.decided else _links(ours, mined),
        score=best.score,
        reasons=best.reasons,
        extra=_extra(ours, mined, meeting),
    )


def _counted(entry: ConceptEntry, spread: tuple[Spread, ...], frequency_without_spread: int) -> ConceptEntry:
    if not spread:
        return replace(entry, frequency=frequency_without_spread)
    return replace(entry, spread=spread, frequency=sum(one.frequency for one in spread), document_frequency=len(spread))


def _added(one: Spread, other: Spread) -> Spread:
    first = min(one.first, other.first, key=lambda source: source.offset)
    last = max(one.last, other.last, key=lambda source: source.offset)
    return Spread(one.document, one.frequency + other.frequency, first, last, one.date or other.date)


def _leads(ours: ConceptEntry, mined: ConceptEntry) -> bool:
    main = key_of(ours.term)
    return not main or main in {key_of(sec.term) for sec in mined.lang_sec("zh").term_secs}


def _sections(ours: Sequence[LangSec], mined: Sequence[LangSec], meeting: _Meeting) -> tuple[LangSec, ...]:
    sections = {section.lang: section for section in reversed(ours)}
    order = list(dict.fromkeys(section.lang for section in ours))
    for section in mined:
        lang = section.lang
        if lang not in sections:  # zh finds zh-CN: one language is not told apart from itself by its tag
            lang = next((tag for tag in order if language(tag) == language(lang)), lang)
        if lang not in sections:
            order.append(lang)
        sections[lang] = _section(sections.get(lang, LangSec(lang)), section, meeting)
    repeats = [section for n, section in enumerate(ours) if section.lang in {earlier.lang for earlier in ours[:n]}]
    return (*(sections[lang] for lang in order), *repeats)


def _section(ours: LangSec, mined: LangSec, meeting: _Meeting) -> LangSec:
    lang, settled = ours.lang, meeting.settled(ours.lang)
    have = {sec.term: sec for sec in reversed(ours.term_secs)}
    found = {sec.term: sec for sec in reversed(mined.term_secs) if sec.term in have or _may_come(lang, sec.term, meeting)}
    ours_first = (*ours.term_secs, *mined.term_secs)
    order = dict.fromkeys(sec.term for sec in (ours_first if settled else (*mined.term_secs, *ours.term_secs)))
    secs = []
    for term in order:
        if term in have and term in found:
            secs.append(_term(have[term], found[term], lang, meeting))
        elif term in have or term in found:
            secs.append(have.get(term) or found[term])
    # A section may list one term twice, for two regions; all but the first stay as they are.
    secs += [sec for sec in ours.term_secs if have[sec.term] is not sec]
    definitions = ours.definitions
    if ("lang", lang, "definitions") not in meeting.decided:
        definitions = _evidence(ours.definitions, mined.definitions, meeting, settled)
    is_theirs = ("lang", lang, "note") in meeting.decided or (ALL_STATED in meeting.decided and ours.note)
    note = ours.note if is_theirs else mined.note or ours.note
    return LangSec(lang, tuple(secs), definitions, note)


def _may_come(lang: str, term: str, meeting: _Meeting) -> bool:
    if removed_path(lang, term) in meeting.decided:
        return False
    return language(lang) != "zh" or key_of(term, lang) not in meeting.elsewhere


def _term(ours: TermSec, mined: TermSec, lang: str, meeting: _Meeting) -> TermSec:
    def free(name: str) -> bool:
        return ("term", lang, ours.term, name) not in meeting.decided

    def gets(name: str) -> bool:
        is_theirs = ALL_STATED in meeting.decided and getattr(ours, name)
        return free(name) and not is_theirs and bool(getattr(mined, name))

    settled = meeting.settled(lang)
    sec = ours
    if free("contexts"):
        sec = replace(sec, contexts=_evidence(ours.contexts, mined.contexts, meeting, settled))
    if free("sources"):
        sec = replace(sec, sources=tuple(dict.fromkeys((*ours.sources, *mined.sources))))
    if free("frequency"):
        sec = replace(sec, frequency=meeting.frequency(ours.frequency, mined.frequency))
    if ours.process_status == "finalized":
        return sec
    # Whatever was rated higher names the origin; the same source again refreshes its rating.
    if gets("origin") and free("reliability") and (mined.reliability >= ours.reliability or mined.origin == ours.origin):
        sec = replace(sec, origin=mined.origin, reliability=mined.reliability)
    for name in ("part_of_speech", "reading", "geographical_usage", "note"):
        if gets(name):
            sec = replace(sec, **{name: getattr(mined, name)})
    for name in ("term_type", "administrative_status", "process_status"):
        if free(name) and not settled:
            sec = replace(sec, **{name: getattr(mined, name)})
    return sec


def _evidence(
    ours: tuple[Evidence, ...], mined: tuple[Evidence, ...], meeting: _Meeting, settled: bool
) -> tuple[Evidence, ...]:
    """Contexts or definitions, each text once: what a person has seen stays first, else what is best comes first."""
    both = ours + mined
    if settled:
        order = both
    elif meeting.documents == "all":
        order = mined + ours
    else:
        order = tuple(sorted(both, key=lambda one: one.score, reverse=True))
    newest = {one.text: one for one in both}
    kept = tuple(newest[text] for text in dict.fromkeys(one.text for one in order))
    return kept[: max(MOST_KEPT, len(ours))]


def _links(ours: ConceptEntry, mined: ConceptEntry) -> tuple[Link, ...]:
    """The run's links, then ours to other targets: two different relations to one entry would contradict each other."""
    targets = {link.target for link in mined.links}
    links = (*mined.links, *(link for link in ours.links if link.target not in targets))
    return tuple(dict.fromkeys(link for link in links if link.target != ours.id))


def _extra(ours: ConceptEntry, mined: ConceptEntry, meeting: _Meeting) -> tuple[tuple[str, str], ...]:
    fresh = dict(mined.extra) if ALL_STATED not in meeting.decided else {}
    kept = tuple((key, value if ("extra", key) in meeting.decided else fresh.get(key, value)) for key, value in ours.extra)
    have = {key for key, _ in ours.extra}
    return kept + tuple((key, value) for key, value in mined.extra if key not in have and ("extra", key) not in meeting.decided)
