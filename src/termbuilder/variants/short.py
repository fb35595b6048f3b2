"""Short forms and their full forms: which abbreviates which, read off piece by piece and checked in context.

An abbreviation that is short enough to live on its own (高企, 国企, 智算) stays a concept entry of its own, linked to its full form:
it has its own English and its own reading. A longer one (外专工作室) and a short name of a body are other forms of one entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from termbuilder.variants.index import Index
from termbuilder.variants.model import Join
from termbuilder.variants.rules import Rules

LONGEST_SHORT = 8
LONGEST_OWN_ENTRY = 4
# From here on the alignment is enough; below, down to the least, the two must also be seen in the same surroundings
SURELY_COVERED = 0.8
LEAST_COVERED = 0.6
LONGEST_WORD = 3  # of those a character stands for
# 新材料 is a material that is new, not short for 新能源材料: at the beginning these are adjectives
_ADJECTIVES = "新大小"
_PARTICLES = "型性化级的和与及、"
# No block of fulls that begin and end alike is worth reading further: the best-scored come first
_BLOCK = 200


@dataclass(frozen=True, slots=True)
class Shortening:
    """Form number `short` is short for form number `full`; `one_entry`: the two are forms of one concept entry."""

    short: int
    full: int
    rule: str
    one_entry: bool


def shortenings(index: Index, pairs: Iterable[tuple[str, str]], rules: Rules) -> list[Shortening]:
    """Every short form with its full form, the surest source first: the text's own word, the table, the alignment.

    `pairs` are (short, full) keys that the texts or a glossary explain.
    """
    found: dict[int, Shortening] = {}
    sources = (
        ("explained in the text", pairs),
        ("known short form", (*rules.terms.items(), *rules.words.items())),
        ("short form aligned with its full form", _aligned(index, rules)),
    )
    for rule, source in sources:
        for short, full in source:
            one, other = index.number.get(short), index.number.get(full)
            if one is None or other is None or one == other or one in found:
                continue
            found[one] = Shortening(one, other, rule, short not in rules.terms and _one_entry(short, full, rules))
    return [found[short] for short in sorted(found)]


def joins(found: Sequence[Shortening]) -> Iterator[Join]:
    """The shortenings whose two forms belong into one entry."""
    for each in found:
        if each.one_entry:
            yield Join(each.full, each.short, each.rule, "abbreviation")


def _one_entry(short: str, full: str, rules: Rules) -> bool:
    """A part of the full form is another form of it; so is a longer abbreviation, and that of a name. A title given for short is not."""
    if short in full:
        return True
    return covered(short, full, rules) > 0 and (len(short) > LONGEST_OWN_ENTRY or _name(full, rules))


def _name(full: str, rules: Rules) -> bool:
    return full.endswith(rules.institutions) and any(full[:length] in rules.parts.places for length in (2, 3, 4))


def _aligned(index: Index, rules: Rules) -> Iterator[tuple[str, str]]:
    blocks: dict[str, dict[str, list[int]]] = {}
    for i, form in enumerate(index.forms):
        if len(form.key) >= 4:
            blocks.setdefault(form.key[:2], {}).setdefault(form.key[-1], []).append(i)
    ends = {character: tuple(dict.fromkeys(word[-1] for word in words)) for character, words in rules.stands_for.items()}
    starts = {character: tuple(dict.fromkeys(word[:2] for word in words)) for character, words in rules.stands_for.items()}
    for i, form in enumerate(index.forms):
        short = form.key
        if not 2 <= len(short) <= LONGEST_SHORT or ends.keys().isdisjoint(short):
            continue
        first = [blocks[start] for start in dict.fromkeys((short[:2], *starts.get(short[0], ()))) if start in blocks]
        last = dict.fromkeys((short[-1], *ends.get(short[-1], ())))
        best: tuple[float, int, int] | None = None
        for block, end in product(first, last):
            for j in block.get(end, ())[:_BLOCK]:
                full = index.forms[j].key
                if not len(short) + 2 <= len(full) <= LONGEST_WORD / LEAST_COVERED * len(short) or short in full:
                    continue
                if not _in_order(short, full):
                    continue
                share = covered(short, full, rules)
                if share < LEAST_COVERED:
                    continue
                neighbours = shared_neighbours(index, i, j)
                if share >= SURELY_COVERED or neighbours:
                    rank = (share, neighbours, -j)
                    best = rank if best is None else max(best, rank)
        if best is not None:
            yield short, index.forms[-best[2]].key


def _in_order(short: str, full: str) -> bool:
    """Do all characters of `short` stand in `full`, in their order? All abbreviations of the genre are made so."""
    at = 0
    for character in short:
        at = full.find(character, at) + 1
        if not at:
            return False
    return True


def covered(short: str, full: str, rules: Rules) -> float:
    """The share of `full` that `short` stands for, 0 if it cannot be read off it.

    Each character of the short form stands for a word of the full form (table abbreviating.tsv), or a stretch of it stands there
    as it is; first and last must match first and last, and at least one character must really abbreviate.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> covered("国企", "国有企业", rules), covered("国企", "国家企业信用信息", rules)
    (1.0, 0.0)
    """
    best = _cover(short, full, 0, 0, False, rules)
    return best / len(full) if best > 0 else 0.0


def _cover(short: str, full: str, i: int, at: int, abbreviated: bool, rules: Rules) -> int:
    """Most characters of full[at:] that short[i:] stands for; -1 if it cannot."""
    if i == len(short):
        return 0 if at == len(full) and abbreviated else -1
    best = -1
    # 资金 in 财政资助资金 and 小型 in 小型微型企业 are kept whole: their characters abbreviate nothing
    kept = short[i - 1 :] if i == len(short) - 1 else short[i : i + 2]
    for word in () if kept in full or (i == 0 and short[0] in _ADJECTIVES) else rules.stands_for.get(short[i], ()):
        start = full.find(word, at)
        if start < 0 or (i == 0 and start > 0) or len(word) < 2 or _sort_left_out(full[at:start]):
            continue
        rest = _cover(short, full, i + 1, start + len(word), True, rules)
        if rest >= 0:
            best = max(best, rest + len(word))
    for end in range(len(short), i, -1):
        run = short[i:end]
        if len(run) > 1:
            start = full.find(run, at)
        else:  # 危化品: one character as it is only where both end
            start = at if end == len(short) and full[at:] == run else -1
        if start < 0 or (i == 0 and start > 0) or _sort_left_out(full[at:start]):
            continue
        rest = _cover(short, full, end, start + len(run), abbreviated, rules)
        if rest >= 0:
            best = max(best, rest + len(run))
    return best


def _sort_left_out(between: str) -> bool:
    """科创基金 is not short for 科技创新母基金: a single character that is no particle makes another kind."""
    return len(between) == 1 and between not in _PARTICLES


def shared_neighbours(index: Index, one: int, other: int) -> int:
    """How many neighbouring words the two forms have in common (培育 after both 高企 and 高新技术企业)."""
    first, second = index.forms[one], index.forms[other]
    left = {word for word, _ in first.left} & {word for word, _ in second.left}
    right = {word for word, _ in first.right} & {word for word, _ in second.right}
    return sum(word.isalnum() for word in (*left, *right))
