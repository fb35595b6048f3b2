"""A ranked candidate."""

from __future__ import annotations

from dataclasses import dataclass

from termbuilder.evidence import Evidence


@dataclass(frozen=True)
class Candidate:
    """A candidate with its evidence and score (log odds)."""

    key: str
    evidence: Evidence
    score: float
