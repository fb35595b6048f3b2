"""What a document says its terms mean: definitions with their exact place, typed by the sort of evidence.

Annex entries and 是指 sentences are found whether or not the term is known; lists, classes, purposes and attributes only for known forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from termbuilder.definitions import annex, described, explicit, lists, pieces, unfolded
from termbuilder.definitions.explicit import Explained
from termbuilder.definitions.lists import Found
from termbuilder.definitions.rules import Rules
from termbuilder.definitions.text import Forms
from termbuilder.model import Definition, DefinitionKind, Passage, Source

__all__ = ["Explained", "Rules", "explained_terms", "find"]

Finder = Callable[[Sequence[Passage], int, Forms, Rules], Iterator[Found]]

# For known forms, read sentence by sentence.
FINDERS: tuple[tuple[str, Finder], ...] = (
    ("members after the term", lists.after_term),
    ("members before the term", lists.before_term),
    ("members in the next sentences", pieces.in_sequence),
    ("its units told in the next clauses", unfolded.unfolded),
    ("what it covers", pieces.covering),
    ("what each of its figures stands for", pieces.coded),
    ("what it is called as a whole", pieces.summed_up),
    ("its class", described.by_class),
    ("its purpose", described.by_purpose),
    ("what sets it apart", described.by_attribute),
    ("what gave rise to it", described.by_origin),
    ("its name in brackets", described.in_brackets),
)

_SCORES: Mapping[str, float] = {"annex": 1.0, "explicit": 0.9, "short form": 0.7}


def explained_terms(passages: Sequence[Passage], rules: Rules) -> list[Explained]:
    """The terms that one document explains itself, and the pairs of short and full forms that it introduces.

    Spans are (number in `passages`, start, end). The same term may be listed more than once.

    >>> from termbuilder import tables
    >>> text = "本办法所称众创空间，是指为创业者提供低成本服务的场所。"
    >>> [found] = explained_terms([Passage("办法.txt", 0, text, range(len(text)))], Rules.from_tables(tables.load()))
    >>> found.kind, text[found.term[1]:found.term[2]]
    ('explicit', '众创空间')
    """
    return [*annex.entries(passages, rules), *explicit.explicit(passages, rules)]


def find(
    passages: Sequence[Passage], forms: Mapping[str, str], rules: Rules, locate: Callable[[int], Source]
) -> list[tuple[str, Definition]]:
    """The definitions that one document gives for known forms.

    `passages` are those of one document, in order; `forms` maps every known form to the key of its concept; `locate` tells where
    an offset stands. Returns (key, definition) pairs, for every key the best first; nothing for a key that is not defined.

    >>> from termbuilder import tables
    >>> text = "园区实施“三大行动”，即强链行动、育苗行动、引才行动，成效明显。"
    >>> found = find([Passage("简报.txt", 0, text, range(len(text)))], {"三大行动": "k1"}, Rules.from_tables(tables.load()),
    ...              lambda offset: Source("简报.txt", 1, offset))
    >>> [(key, definition.kind, definition.text) for key, definition in found]
    [('k1', 'expansion', '强链行动、育苗行动、引才行动')]
    """
    known = Forms.of(forms)
    found: list[Found] = []
    for one in explained_terms(passages, rules):
        found += _of_known(passages, one, known)
    for number, passage in enumerate(passages):
        if passage.repeat or passage.section != "body":
            continue
        for _, finder in FINDERS:
            found += finder(passages, number, known, rules)
    best: dict[tuple[str, str], Found] = {}
    for one_found in found:
        text = _text(passages, one_found)
        if text and (one_found.key, text) not in best:
            best[one_found.key, text] = one_found
    ordered = sorted(best.items(), key=lambda item: (-item[1].score, item[1].pieces))
    return [(key, _definition(passages, text, one_found, locate)) for (key, text), one_found in ordered]


def _of_known(passages: Sequence[Passage], one: Explained, forms: Forms) -> Iterator[Found]:
    """An explanation as a definition, if its term is a known form and it says more than the concept's own other name."""
    number, start, end = one.term
    text = passages[number].text
    key = forms.named(text[start:end])
    if key is None or one.kind == "synonym" or not one.definition:
        return
    if one.full is not None and one.kind == "short form":
        at, first, last = one.full
        if forms.key(passages[at].text[first:last]) == key:
            return
    kind: DefinitionKind = one.kind
    # what a document defines for itself (本办法所称) weighs more than what it quotes from others (《大辞典》中将…界定为)
    opening = text[:start]
    own = 0.05 * bool(re.search("本[\u4e00-\u9fff]{1,4}(?:所称|所指|将|把|中)", opening)) - 0.05 * ("》" in opening)
    yield Found(key, kind, _SCORES[one.kind] + own, one.definition)


def _text(passages: Sequence[Passage], found: Found) -> str:
    pieces = [passages[number].text[start:end] for number, start, end in found.pieces]
    return ("；" if found.kind == "expansion" else "").join(pieces)


def _definition(passages: Sequence[Passage], text: str, found: Found, locate: Callable[[int], Source]) -> Definition:
    number, start, _ = found.pieces[0]
    return Definition(text, locate(passages[number].at[start]), found.kind, found.score)
