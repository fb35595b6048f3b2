"""Fragments: candidates that stand nowhere but inside a longer and better one, and that hardly anybody would call a term there.

滆湖科学城 holds 湖科学城, 新型研发机构 holds 型研发机构: each occurrence of the shorter one is covered by the longer one, the better cover of the
clause. Nested terms proper (产学研 inside 产学研合作) score nearly as well as what holds them, or stand free elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from termbuilder.rank.candidate import Candidate

# Of 13,750 entries mined from unseen documents 48 % were annotated; of those covered and short of their cover by one character 7 %, by
# two or three characters and 2 of score 7 %, as the end of a still longer one and 3 of score 7 %.
NEAR, GAP = 3, 2.0
FAR_GAP = 3.0


def fragments(candidates: Sequence[Candidate], openers: Set[str] = frozenset()) -> frozenset[str]:
    """The keys of `candidates` (best first) that are fragments of better ones. Quoted and glossary terms never are.

    `openers`: words that begin no term; a better candidate with one of them before it (对瞪羚企业) was cut from a clause, however the
    segmenter cut it.
    """
    by_key = {candidate.key: candidate for candidate in candidates}
    found = set()
    for candidate in candidates:
        better = by_key.get(candidate.key[1:]) if candidate.key[0] in openers else None
        if better is not None and better.score > candidate.score and not _sure(candidate):
            found.add(candidate.key)
    for longer in candidates:
        size = len(longer.key)
        for start in range(size):
            for end in range(start + 2, size + 1):
                part = by_key.get(longer.key[start:end]) if end - start < size else None
                if part is not None and part.key not in found and _covers(longer, part, at_end=end == size):
                    found.add(part.key)
    return frozenset(found)


def _covers(longer: Candidate, part: Candidate, at_end: bool) -> bool:
    if longer.score <= part.score or longer.frequency < part.frequency:
        return False  # the better one, or it stands elsewhere as well
    if _sure(part):
        return False
    left_over, gap = len(longer.key) - len(part.key), longer.score - part.score
    return left_over == 1 or (left_over <= NEAR and gap >= GAP) or (at_end and gap >= FAR_GAP)


def _sure(candidate: Candidate) -> bool:
    return candidate.quoted >= 0.5 or candidate.titled >= 0.5 or candidate.known > 0
