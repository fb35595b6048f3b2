"""What grouping returns: groups of forms that name one concept, and links between groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from termbuilder.model import Form, TermType

LinkKind = Literal["broader", "narrower", "fullForm", "shortForm", "whole", "part", "related"]


@dataclass(frozen=True, slots=True)
class Join:
    """One step of a merge: form number `other` joins form number `base` because of `rule`.

    `heads` says that the base is the better main term whatever the scores (it is the plain form of the two). `longer` is the one
    of the two that holds the other, if so: it belongs to one term only, so that it never pulls two together.
    """

    base: int
    other: int
    rule: str
    term_type: TermType = "variant"
    heads: bool = False
    longer: int = -1


@dataclass(frozen=True, slots=True)
class Member:
    """A form in its group, the rule that joined it (empty for the main form) and its term type."""

    form: Form
    rule: str
    term_type: TermType


@dataclass(frozen=True, slots=True)
class Group:
    """The forms of one concept, the main form first."""

    members: tuple[Member, ...]

    @property
    def main(self) -> Form:
        """The main form."""
        return self.members[0].form


@dataclass(frozen=True, slots=True)
class GroupLink:
    """A relation seen from group `source`: group `target` is its broader concept, full form, part ... because of `rule`."""

    kind: LinkKind
    source: int
    target: int
    rule: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """All groups in the order of their best forms, and the links between them by number of group."""

    groups: tuple[Group, ...]
    links: tuple[GroupLink, ...] = ()
