"""Compares a translation with the termbase: was the agreed English used, and none that is not to be used?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from termbuilder.check import Finding
from termbuilder.check.entry import NOT_TO_BE_USED, usable
from termbuilder.model import ConceptEntry, SegmentPair, TermSec
from termbuilder.qa_english import EnglishMatcher, Target
from termbuilder.recognise import Hit, Recogniser


@dataclass(frozen=True, slots=True)
class QaReport:
    """What a comparison found: `checked` counts each concept once in each segment that has it."""

    segments: int
    checked: int
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        """Count everything in one line.

        >>> print(QaReport(112, 318, ()))
        112 segments, 318 terms checked: 0 without their English, 0 with English not to be used
        """
        missing = sum(finding.code == "W301" for finding in self.findings)
        told = f"{missing} without their English, {len(self.findings) - missing} with English not to be used"
        return f"{self.segments} segments, {self.checked} terms checked: {told}"


def qa(pairs: Sequence[SegmentPair], entries: Iterable[ConceptEntry], english: EnglishMatcher) -> QaReport:
    """Check each translated segment against the entries (those that a person approved, if nobody asks for more).

    A term of the source (the longest that stands there, in any form) wants one of its English terms in the target, in any
    inflection, any word of its family (upgrading industries for industrial upgrading) and any order; English that is
    deprecated for a term of the source counts only where it stands word by word and in no accepted term.

    >>> from termbuilder import tables
    >>> from termbuilder.model import LangSec
    >>> sections = (LangSec("zh-CN", (TermSec("产业升级"),)), LangSec("en", (TermSec("industrial upgrading"),)))
    >>> matcher = EnglishMatcher.from_tables(tables.load())
    >>> pairs = [SegmentPair("推动产业升级", "upgrade our industries", "1"), SegmentPair("产业升级加快", "Reform picked up.", "2")]
    >>> [finding.message for finding in qa(pairs, [ConceptEntry("c0001", sections, status="approved")], matcher).findings]
    ['产业升级 without industrial upgrading in: Reform picked up.']
    """
    recogniser = Recogniser.of(entries)
    findings: list[Finding] = []
    checked = 0
    for number, pair in enumerate(pairs, 1):
        place = f"segment {number}" + (f" ({pair.unit})" if pair.unit and pair.unit != str(number) else "")
        hits = list({hit.entry.id: hit for hit in reversed(recogniser.find(pair.source))}.values())[::-1]
        target = english.target(pair.target)
        checked += sum(bool(usable(hit.entry)) for hit in hits)
        for hit in hits:
            if not _is_rendered(hit, target, english):
                findings.append(
                    _finding(
                        "W301", hit, place, f"{hit.printed} without {_either(hit)} in: {_short(pair.target)}", _either(hit)
                    )
                )
        for hit, bad in _not_to_be_used(hits, target, english):
            instead = f"; use {_either(hit)}" if usable(hit.entry) else ""
            findings.append(
                _finding("W302", hit, place, f"{bad.term} for {hit.printed}{instead}: {_short(pair.target)}", bad.term)
            )
    return QaReport(len(pairs), checked, tuple(findings))


def _is_rendered(hit: Hit, target: Target, english: EnglishMatcher) -> bool:
    wanted = usable(hit.entry)
    return not wanted or any(english.holds(target, sec.term) for sec in wanted)


def _not_to_be_used(hits: Sequence[Hit], target: Target, english: EnglishMatcher) -> list[tuple[Hit, TermSec]]:
    accepted = [places for hit in hits for sec in usable(hit.entry) for places in english.quotes(target, sec.term)]
    return [
        (hit, sec)
        for hit in hits
        for sec in hit.entry.equivalents
        if sec.administrative_status in NOT_TO_BE_USED
        and any(not any(places <= good for good in accepted) for places in english.quotes(target, sec.term))
    ]


def _finding(code: str, hit: Hit, place: str, message: str, english: str) -> Finding:
    return Finding(code, hit.entry.id, hit.entry.term, message, place, english)


def _either(hit: Hit) -> str:
    return " | ".join(sec.term for sec in usable(hit.entry))


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}..."
