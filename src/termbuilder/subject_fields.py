"""The subject field of a concept: that of its row in a glossary, else the field that the glossary terms inside it speak for.

The scheme is that of the reference glossary (glossary/README.md): science and technology policy, talent and education, enterprise, industry, finance,
governance, institutions, agriculture and regional development, society and environment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

LONGEST = 12  # characters of a glossary term looked for inside a longer one


def field_of(keys: Iterable[str], fields: Mapping[str, str]) -> str:
    """The subject field of a concept with the forms `keys`; `fields` maps keys of glossary terms to theirs. Empty if nothing speaks.

    Inside a longer term each glossary term speaks with its length, the last one (the head) twice.

    >>> fields = {"瞪羚企业": "enterprise", "科技金融": "finance", "基金": "finance", "企业": "enterprise"}
    >>> field_of(["瞪羚企业"], fields), field_of(["新型企业基金"], fields), field_of(["阳光"], fields)
    ('enterprise', 'finance', '')
    """
    forms = list(keys)
    for key in forms:
        if fields.get(key):
            return fields[key]
    votes: Counter[str] = Counter()
    for key in forms[:1]:
        size = len(key)
        for start in range(size):
            for end in range(start + 2, min(size, start + LONGEST) + 1):
                field = fields.get(key[start:end])
                if field:
                    votes[field] += (end - start) * (2 if end == size else 1)
    best = max(votes.values(), default=0)
    return min(field for field, count in votes.items() if count == best) if best else ""
