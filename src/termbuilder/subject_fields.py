"""The subject field of a concept, by the evidence of its words.

What a glossary says of the term as a whole decides. Else the words inside it speak, each with its length times its weight: rows of
subject_evidence.tsv, and terms of the glossaries; the head twice, and twice what the head of a rule or plan is about. The scheme is subject_fields.tsv: a field that is not in it is never given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from termbuilder.errors import TableError
from termbuilder.tables import Tables

LONGEST = 12  # characters of a word looked for inside a term
KNOWN = 2.0  # weight of a glossary term inside a longer one
# Policy verbs (提质增效, 改革) head terms of every field, so what is governed says more than that it is governed.
KNOWN_GOVERNANCE = 1.0


@dataclass(frozen=True)
class Rules:
    """The scheme (field -> name written), words with field and weight, and the fields of glossary terms by key."""

    names: Mapping[str, str]
    words: Mapping[str, tuple[str, float]]
    known: Mapping[str, str]

    @classmethod
    def from_tables(cls, tables: Tables, known: Mapping[str, str]) -> Rules:
        """Compile subject_fields.tsv and subject_evidence.tsv; `known`: fields of glossary terms by key.

        Raises TableError for a weight that is no number. Words for a field that the scheme does not have are left aside.
        """
        names = {row["field"]: row["name"] or row["field"] for row in tables.rows("subject_fields")}
        words: dict[str, tuple[str, float]] = {}
        for row in tables.rows("subject_evidence"):
            try:
                weight = float(row["weight"] or 1)
            except ValueError as error:
                raise TableError(
                    f"subject_evidence.tsv, row {row['word']}: the weight {row['weight']!r} is no number."
                ) from error
            if row["field"] in names:
                words[row["word"]] = (row["field"], weight)
        return cls(names, words, {key: field for key, field in known.items() if field in names})


def field_of(keys: Iterable[str], rules: Rules) -> str:
    """The subject field (its name in the scheme) of a concept with the forms `keys`, the main one first; empty if nothing speaks.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load(), {"众创空间": "science and technology policy"})
    >>> [field_of([key], rules) for key in ("众创空间", "科技信贷", "农产品加工企业", "阳光")]
    ['science and technology policy', 'finance', 'enterprise', '']
    """
    forms = list(keys)
    known = next((rules.known[key] for key in forms if key in rules.known), "")
    if known:
        return rules.names[known]
    votes: dict[str, float] = {}
    spoken = list(_spoken(forms[0], rules)) if forms else []
    about = max((end for _, end, field, _ in spoken if field != "governance"), default=0)
    for start, end, field, weight in spoken:
        # twice: the head, and what the head is about (人才 in 农业科研人才政策)
        votes[field] = votes.get(field, 0.0) + (end - start) * weight * (2 if end in (about, len(forms[0])) else 1)
    best = max(votes.values(), default=0)
    if not best:
        return ""
    return rules.names[min((field == "governance", field) for field, count in votes.items() if count == best)[1]]


def _spoken(key: str, rules: Rules) -> Iterable[tuple[int, int, str, float]]:
    """Where words speak for a field, none inside a longer one."""
    reached = 0
    for start in range(len(key)):
        for end in range(min(len(key), start + LONGEST), start, -1):
            word = key[start:end]
            if word in rules.words:
                field, weight = rules.words[word]
            elif word in rules.known:
                field = rules.known[word]
                weight = KNOWN_GOVERNANCE if field == "governance" else KNOWN
            else:
                continue
            if end > reached:
                yield start, end, field, weight
                reached = end
                break
