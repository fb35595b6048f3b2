"""Brings the forms of one concept together, keeps different concepts apart, and links them.

`group` is the whole stage. Each merge and each link states its rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from termbuilder.model import Form
from termbuilder.variants import extension, numeric, short, spelling
from termbuilder.variants.index import Index
from termbuilder.variants.links import links, seen_together
from termbuilder.variants.merging import merged
from termbuilder.variants.model import Group, Grouping, GroupLink, Join, Member
from termbuilder.variants.numeric import scraps
from termbuilder.variants.rules import Rules

__all__ = ["Group", "GroupLink", "Grouping", "Member", "Rules", "group", "scraps", "seen_together"]

JOINS: tuple[Callable[[Index, Rules], Iterator[Join]], ...] = (
    spelling.joins,  # one form, written otherwise
    numeric.joins,  # one number, one head: one programme
    extension.joins,  # a term with something before or after it that makes no other concept
)


def group(
    forms: Sequence[Form],
    pairs: Sequence[tuple[str, str]],
    rules: Rules,
    lists: Sequence[tuple[str, Sequence[str]]] = (),
) -> Grouping:
    """Bring the forms of one concept together and link the concepts.

    `forms` come best first, one for each key; `pairs` are (short, full) keys that the texts or a glossary explain
    (以下简称); `lists` are (key of the whole, keys of its parts) that the texts enumerate (四大工程, 即 ...).

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> forms = [Form("独角兽企业", "独角兽企业", 3.0, 4), Form("潜在独角兽企业", "潜在独角兽企业", 2.0, 2), Form("独角兽", "独角兽", 1.0, 9)]
    >>> grouping = group(forms, (), rules)
    >>> [[member.form.key for member in found.members] for found in grouping.groups]
    [['独角兽企业', '独角兽'], ['潜在独角兽企业']]
    >>> [(link.kind, link.source, link.target) for link in grouping.links]
    [('broader', 1, 0), ('narrower', 0, 1)]
    """
    index = Index.of(forms, rules)
    shortened = short.shortenings(index, pairs, rules)
    joins = [join for find in JOINS for join in find(index, rules)]
    abbreviations = {each.short for each in shortened if not each.one_entry}
    groups = merged(index, [*joins, *short.joins(shortened)], abbreviations)
    return Grouping(groups, links(index, groups, shortened, lists, rules))
