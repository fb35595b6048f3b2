"""English from what was translated before: memories and bilingual documents, however small or large.

`learn` reads pairs of segments once and keeps a bounded part of them: the pairs that hold the terms asked for, and a sample to learn
words from. `Memory.find` then weighs every stretch of English that stands against a term.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from termbuilder.equivalents.keys import has_han, sameness
from termbuilder.equivalents.lexical import Cut, english_tokens, is_word, stem
from termbuilder.equivalents.memories_beads import Bead, learned, split
from termbuilder.equivalents.memories_kept import keep, plain
from termbuilder.equivalents.memories_look import Look, Looker, Rules
from termbuilder.equivalents.spans import spans
from termbuilder.model import Context, Proposal, SegmentPair, Source

__all__ = ["Memory", "Rules", "learn"]

_LOOKED_AT = 12  # occurrences of a term that are weighed: more change nothing
_SPECIFICITY = 0.5
_MOST_PROPOSALS = 3
_COUNTED = 12  # renderings that are counted in all pairs
_SHARE_OF_BEST = 0.35
_LEAST_SCORE = 0.35
_LEAST_WORTH = 0.1  # below it nothing but the place speaks for a rendering
_OWN_UNIT = 2.0  # a unit that is nothing but the term: nothing needs to be weighed
_LEAST_RELIABILITY, _MOST_RELIABILITY = 2, 8


@dataclass(frozen=True)
class Memory:
    """What was learned; see `find`."""

    looker: Looker
    pairs: tuple[SegmentPair, ...]
    holders: Mapping[str, tuple[int, ...]]  # the pairs that hold each term that was asked for; empty: any term may be looked up
    index: Mapping[str, frozenset[int]]  # English stem to the pairs that hold it
    pairs_read: int
    cut_up: dict[int, tuple[Bead, ...]] = field(default_factory=dict)  # pairs that were looked at, so that each is cut up once

    def find(self, term: str, expected: Sequence[str] = ()) -> list[Proposal]:
        """The English of `term` in the pairs that hold it, best first, each with its paired sentence.

        `expected` is English that other sources would compose: a rendering made of the same words is surer.
        """
        wanted = plain(term)
        hits = self._hits(wanted)
        looks = []
        for number in self._clearest(wanted, hits):
            if number not in self.cut_up:
                self.cut_up[number] = split(self.pairs[number], self.looker.learned.words, self.looker.content)
            look = self.looker.look(number, self.cut_up[number], wanted)
            if look is not None:
                looks.append(look)
        if not looks:
            return []
        stems = frozenset(one for some in expected for one in self.looker.rules.function_words.stems(some))
        return self._proposals(wanted, looks, hits, stems)

    def _clearest(self, term: str, hits: Sequence[int]) -> list[int]:
        """The occurrences to look at: units that are nothing but the term, then those with the shortest English."""

        def unclear(number: int) -> tuple[bool, int, int]:
            pair = self.pairs[number]
            return not _is_own_unit(term, plain(pair.source)), len(pair.target), number

        return sorted(hits, key=unclear)[:_LOOKED_AT]

    def _hits(self, term: str) -> tuple[int, ...]:
        if self.holders:
            return self.holders.get(term, ())
        return tuple(n for n, pair in enumerate(self.pairs) if term and term in plain(pair.source))

    def _proposals(self, term: str, looks: Sequence[Look], hits: Sequence[int], expected: frozenset[str]) -> list[Proposal]:
        usual: dict[str, list[float]] = defaultdict(list)
        for look in looks:
            for one, share in look.strongest().items():
                usual[one].append(share)
        groups: dict[str, dict[int, _Found]] = defaultdict(dict)
        for look in looks:
            for found in self._found(term, look, usual, expected):
                group = groups[sameness(found.text, {})]
                if look.number not in group or found.score > group[look.number].score:
                    group[look.number] = found
        texts = [f" {sameness(self.pairs[number].target, {})} " for number in hits]
        scored: list[tuple[float, str, dict[int, _Found], int]] = []
        for key, group in self._best(groups, len(looks), len(hits)):
            count = max(len(group), sum(f" {key} " in text for text in texts))
            # what stands in fewer of all pairs than of those looked at owes it to their sameness
            usual_share = min(1.0, count / len(hits) * len(looks) / len(group))
            scored.append((self._score(group, len(looks), len(hits)) * usual_share, key, group, count))
        # what somebody wrote as the English of just this term goes before what is weighed
        scored.sort(key=lambda one: (not any(found.score == _OWN_UNIT for found in one[2].values()), -one[0], one[1]))
        least = max(_LEAST_SCORE, _SHARE_OF_BEST * max((one[0] for one in scored), default=0.0))
        proposals: list[Proposal] = []
        for score, _, group, count in scored[:_MOST_PROPOSALS]:
            if score >= least or not proposals:
                most = proposals[-1].reliability if proposals else _MOST_RELIABILITY
                proposals.append(self._proposal(score, list(group.values()), count, len(hits), most))
        return proposals

    def _best(self, groups: Mapping[str, dict[int, _Found]], looked: int, pairs: int) -> list[tuple[str, dict[int, _Found]]]:
        """The renderings that score most, by what was looked at."""
        scored = [
            (self._score(group, looked, pairs), key, group)
            for key, group in groups.items()
            if key and _worth(group, looked) >= _LEAST_WORTH
        ]
        scored.sort(key=lambda one: (-one[0], one[1]))
        return [(key, group) for score, key, group in scored[:_COUNTED] if score >= _LEAST_SCORE]

    def _score(self, group: Mapping[int, _Found], looked: int, pairs: int) -> float:
        """What a rendering is worth, and more if it stands only where the term stands."""
        stems = next(iter(group.values())).stems
        sets = [self.index.get(one, frozenset()) for one in stems]
        everywhere = len(frozenset.intersection(*sets)) if sets else 0
        return _worth(group, looked) + _SPECIFICITY * 2 * len(group) / looked * pairs / max(1, everywhere + pairs)

    def _found(self, term: str, look: Look, usual: Mapping[str, Sequence[float]], expected: frozenset[str]) -> Iterable[_Found]:
        whole = look.bead.english.strip(" .,;:")
        if _is_own_unit(term, look.bead.chinese) and not has_han(whole):
            yield _Found(_OWN_UNIT, look, whole, True, frozenset(map(stem, filter(is_word, english_tokens(whole)))))
            return
        weighted = look.weighted(usual, expected)
        for span in spans(look.sentence, weighted, look.covered, self.looker.rules.function_words, "、" in term):
            tokens, stems = (some[span.start : span.end] for some in (look.sentence.tokens, look.sentence.stems))
            words = frozenset(one for one, token in zip(stems, tokens) if is_word(token))
            yield _Found(span.score, look, look.printed(span.start, span.end), look.opens(span.start), words)

    def _proposal(self, score: float, found: Sequence[_Found], count: int, pairs: int, most: int) -> Proposal:
        best = max(found, key=lambda one: (one.score, -one.look.number))
        of_score = round(2 + 2.0 * min(score, 2.0) + min(count - 1, 3) * 0.7)
        if best.score == _OWN_UNIT:
            of_score = _MOST_RELIABILITY
        unit = self.pairs[best.look.number].unit
        text = f"{best.look.bead.chinese} = {best.look.bead.english}"
        at = text.find(best.text)
        marked = ((at, at + len(best.text)),) if at >= 0 else ()
        return Proposal(
            _form([(one.text, one.opening) for one in found]),
            "memory",
            f"{unit} ({count} of {pairs} pairs)",
            max(_LEAST_RELIABILITY, min(most, of_score)),
            evidence=Context(text, Source(unit), marked, round(score, 3)),
            preferred=most == _MOST_RELIABILITY,
        )


def _worth(group: Mapping[int, _Found], looked: int) -> float:
    """Mean over the occurrences looked at."""
    return sum(max(0.0, one.score) for one in group.values()) / looked


def _is_own_unit(term: str, chinese: str) -> bool:
    return chinese.strip("。，；：") == term


@dataclass(frozen=True, slots=True)
class _Found:
    """A stretch of English that may render the term: what it is worth, where, its text, whether it opens a sentence, its stems."""

    score: float
    look: Look
    text: str
    opening: bool
    stems: frozenset[str]


def learn(pairs: Iterable[SegmentPair], cut: Cut, rules: Rules, terms: Collection[str] = ()) -> Memory:
    """Learn from pairs of Chinese and English segments (sentences or paragraphs); `unit` of a pair says where it stands.

    `cut` gives the words of a Chinese text. With `terms` only pairs that hold one of them are kept for look-ups, so that a
    memory of any size fits; without, so many pairs as fit a fixed limit.
    """
    kept = keep(pairs, terms)

    def content(text: str) -> list[str]:
        return rules.function_words.units(text, cut)

    looker = Looker(rules, cut, learned(kept.sample, content, rules.function_words))
    index: dict[str, set[int]] = defaultdict(set)
    for number, pair in enumerate(kept.pairs):
        for token in english_tokens(pair.target):
            index[stem(token)].add(number)
    frozen = {one: frozenset(numbers) for one, numbers in index.items()}
    return Memory(looker, kept.pairs, kept.holders, frozen, kept.read)


def _form(forms: Sequence[tuple[str, bool]]) -> str:
    """The usual printed form; a capital that only opens a sentence is taken back.

    >>> _form([("Pilot free trade zones", True), ("pilot free trade zones", False)]), _form([("Belt and Road", True)])
    ('pilot free trade zones', 'Belt and Road')
    """
    inside = Counter(text for text, opening in forms if not opening)
    if inside:
        return max(sorted(inside), key=lambda text: inside[text])
    text = forms[0][0]
    rest = [word for word in text.split(" ")[1:] if len(word) > 3]
    named = any(word[:1].isupper() for word in rest) or text[:2].isupper()
    return text if named else text[:1].lower() + text[1:]
