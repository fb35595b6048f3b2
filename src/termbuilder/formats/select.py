"""Which entries and terms go into a file, and as what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from termbuilder.errors import FormatError
from termbuilder.formats.exchange import Options
from termbuilder.formats.waiting import Again, Waiting
from termbuilder.model import AdministrativeStatus, ConceptEntry, EntryStatus, LangSec, TermSec

NOT_TO_BE_USED = ("deprecatedTerm", "supersededTerm")


def standing(entry: ConceptEntry, sec: TermSec) -> EntryStatus:
    """What a term is in its entry: a machine's English stays suggested in an approved entry until a person takes it.

    >>> entry = ConceptEntry("c1", (LangSec("zh-CN", (TermSec("瞪羚企业"),)),), status="approved")
    >>> standing(entry, TermSec("瞪羚企业")), standing(entry, TermSec("gazelle enterprise", origin="composed"))
    ('approved', 'suggested')
    """
    if entry.status == "approved" and sec.process_status != "finalized" and sec.origin not in ("", "human"):
        return "suggested"
    return entry.status


def shown_status(entry: ConceptEntry, section: LangSec, sec: TermSec) -> AdministrativeStatus:
    """The administrative status to write, so that nobody takes a suggestion for a decision.

    Suggested: never preferred. Approved: the first term of its language that is in use is the preferred one. Rejected: deprecated.

    >>> section = LangSec("zh-CN", (TermSec("瞪羚企业"),))
    >>> entry = ConceptEntry("c1", (section,))
    >>> shown_status(entry, section, entry.term_sec)
    'admittedTerm'
    >>> shown_status(replace(entry, status="approved"), section, entry.term_sec)
    'preferredTerm'
    """
    status, where = sec.administrative_status, standing(entry, sec)
    if status in NOT_TO_BE_USED:
        return status
    if where == "rejected":
        return "deprecatedTerm"
    if where == "suggested":
        return "admittedTerm"
    in_use = [
        s for s in section.term_secs if standing(entry, s) == "approved" and s.administrative_status not in NOT_TO_BE_USED
    ]
    if not any(s.administrative_status == "preferredTerm" for s in in_use) and in_use[0] is sec:
        return "preferredTerm"
    return status


def taken_for(status: EntryStatus, shown: AdministrativeStatus, first: bool) -> AdministrativeStatus:
    """What a reader takes a shown status for, in a file that says whether the entry is suggested.

    The first term of a suggested entry that may be used (`first`: no such term before it) is the one proposed as the preferred one.

    >>> taken_for("suggested", "deprecatedTerm", True), taken_for("suggested", "admittedTerm", True)
    ('deprecatedTerm', 'preferredTerm')
    """
    return "preferredTerm" if first and status == "suggested" and shown == "admittedTerm" else shown


def statuses(entry: ConceptEntry, section: LangSec) -> Iterator[tuple[AdministrativeStatus, AdministrativeStatus | None]]:
    """For each term of a section the status to write, and its own one if a reader would take what is shown for another."""
    first = True
    for sec in section.term_secs:
        shown = shown_status(entry, section, sec)
        known = taken_for(entry.status, shown, first) == sec.administrative_status
        yield shown, None if known else sec.administrative_status
        first = first and shown in NOT_TO_BE_USED


def chosen(
    entries: Sequence[ConceptEntry], options: Options, look: Callable[[ConceptEntry], object] = lambda entry: None
) -> Collection[ConceptEntry]:
    """The entries to write, in their order: statuses and deprecated terms as the options say, Chinese first, English second.

    `look` is called with each of them: many wait on disk, from where they are read each time that they are gone through.
    Entries without any term have nothing to show and are left out. Nothing left at all is a FormatError.
    """
    kept: Collection[ConceptEntry]
    if isinstance(entries, Waiting) and entries.on_disk:
        kept = Again(lambda: _chosen(entries, options), look)
    else:
        kept = Waiting(_chosen(entries, options), most=len(entries))
        for entry in kept:
            look(entry)
        if isinstance(entries, Waiting) and entries.watch:
            kept = kept.watched(entries.watch)
    if not kept:
        raise FormatError(
            f"There is nothing to write: none of {len(entries)} entries is {' or '.join(options.statuses)}."
            if entries
            else "There is nothing to write: no entries were found."
        )
    return kept


def _chosen(entries: Sequence[ConceptEntry], options: Options) -> Iterator[ConceptEntry]:
    codes = dict(options.codes)
    for entry in entries:
        if entry.status not in options.statuses:
            continue
        sections = []
        renamed: set[str] = set()  # of two Chinese sections, only the first gets the code asked for
        for section in entry.lang_secs:
            secs = tuple(
                sec
                for sec in section.term_secs
                if standing(entry, sec) in options.statuses
                and (options.deprecated == "keep" or sec.administrative_status not in NOT_TO_BE_USED)
                and sec.term.strip()
            )
            if secs or section.definitions or section.note:
                primary = _primary(section.lang)
                code = section.lang if primary in renamed else codes.get(primary, section.lang)
                renamed.add(primary)
                same = secs == section.term_secs and code == section.lang
                sections.append(section if same else replace(section, lang=code, term_secs=secs))
        if not any(section.term_secs for section in sections):
            continue
        ordered = tuple(sorted(sections, key=_place))
        yield entry if ordered == entry.lang_secs else replace(entry, lang_secs=ordered)


def _primary(lang: str) -> str:
    return lang.replace("_", "-").split("-")[0].lower()


def _place(section: LangSec) -> int:
    """Older readers take the first set as source and the second as target, whatever their codes say."""
    return {"zh": 0, "en": 1}.get(_primary(section.lang), 2)


def main_term(entry: ConceptEntry) -> TermSec | None:
    """The first Chinese term, whichever Chinese section it stands in."""
    return next((s.term_secs[0] for s in entry.lang_secs if s.term_secs and _primary(s.lang) == "zh"), None)
