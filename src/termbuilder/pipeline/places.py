"""Where the forms of the chosen terms stand in the passages of a document, found for all passages at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from termbuilder.model import Occurrence, Passage
from termbuilder.pipeline.prepared import Ints


@dataclass(frozen=True)
class Places:
    """Places of forms in text order, a number each: passage, offsets in it, form; and is it part of a longer term of another concept?"""

    passage: Ints
    start: Ints
    end: Ints
    form: Ints
    nested: NDArray[np.bool_]

    def only(self, chosen: NDArray[np.bool_]) -> Places:
        """Those places that are `chosen`."""
        return Places(self.passage[chosen], self.start[chosen], self.end[chosen], self.form[chosen], self.nested[chosen])


@dataclass(frozen=True)
class Patterns:
    """Forms compiled once: the forms and the concepts in order, and the number of the concept of each form."""

    forms: Sequence[str]
    concepts: Sequence[str]
    concept: Ints
    _automaton: Any

    @classmethod
    def of(cls, forms: Mapping[str, str]) -> Patterns:
        """Compile `forms`, each with the key of its concept."""
        import ahocorasick_rs

        ordered, concepts = sorted(forms), sorted(set(forms.values()))
        numbers = {key: number for number, key in enumerate(concepts)}
        concept = np.array([numbers[forms[form]] for form in ordered], np.int64)
        return cls(ordered, concepts, concept, ahocorasick_rs.AhoCorasick(ordered))

    def places(self, passages: Sequence[Passage]) -> Places:
        """Where the forms stand; not in passages that repeat an earlier one, and not inside a longer form of the same concept."""
        counted = [number for number, passage in enumerate(passages) if not passage.repeat]
        texts = [passages[number].text for number in counted]
        # a sign that no form holds keeps the passages apart
        matches = self._automaton.find_matches_as_indexes("\0".join(texts), overlapping=True)
        form, start, end = np.array(matches, np.int64).reshape(-1, 3).T
        order = np.lexsort((-end, start))
        form, start, end = form[order], start[order], end[order]
        # what begins earlier, or there and is longer, and does not end earlier, is around it
        nested = np.zeros(len(form), np.bool_)
        nested[1:] = np.maximum.accumulate(end)[:-1] >= end[1:]
        concept = self.concept[form]
        grouped = np.argsort(concept, kind="stable")
        reach = end[grouped] + concept[grouped] * (end.max(initial=0) + 1)  # no concept reaches into the next
        own = np.ones(len(form), np.bool_)
        own[grouped[1:]] = np.maximum.accumulate(reach)[:-1] < reach[1:]
        begins = np.cumsum([0, *(len(text) + 1 for text in texts)])
        where = np.searchsorted(begins, start, "right") - 1
        at = begins[where]
        return Places(np.array(counted, np.int64)[where], start - at, end - at, form, nested).only(own)

    def occurrences(self, passages: Sequence[Passage], places: Places) -> Iterator[tuple[Occurrence, bool]]:
        """`places` one by one, each with whether it is part of a longer term of another concept."""
        rows = (places.passage, places.start, places.end, places.form, self.concept[places.form], places.nested)
        for number, start, end, form, concept, nested in zip(*(row.tolist() for row in rows), strict=True):
            yield Occurrence(passages[number], start, end, self.forms[form], self.concepts[concept]), nested


def occurrences(passages: Sequence[Passage], forms: Mapping[str, str]) -> Iterator[tuple[Occurrence, bool]]:
    """Where the forms stand, in text order, each with whether it is part of a longer term of another concept.

    `forms`: each form with the key of its concept. A form inside a longer form of its own concept is no occurrence of its own. Passages that
    repeat an earlier one are left out.

    >>> here = Passage("通知.txt", 0, "培育智能网联汽车产业链。", range(12))
    >>> forms = {"智能网联汽车": "k1", "网联汽车": "k1", "汽车产业链": "k2", "汽车": "k3"}
    >>> [(one.form, one.start, nested) for one, nested in occurrences([here], forms)]
    [('智能网联汽车', 2, False), ('汽车产业链', 6, False), ('汽车', 6, True)]
    """
    patterns = Patterns.of(forms)
    return patterns.occurrences(passages, patterns.places(passages))
