"""Evidence for training and for honest figures: every document judged by taggers that have not seen it.

Documents are dealt into groups. One tagger a group is trained without it; one a pair of groups, without both. A ranker that is to be tried on group g learns from
the documents of every other group h as the tagger without g and h sees them, and is tried on g as the tagger without g sees it: nothing that is
learned has seen the test documents.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from termbuilder.rank.features import Known
from termbuilder.tagging import Background, Tagger
from termbuilder.tagging.tagger import Weights
from training import ranker, tagger
from training.annotated import Annotated
from training.ranker import Examples
from training.tagger import Numbers

GROUPS = 5


@dataclass(frozen=True)
class Folds:
    """`examples[groups, name]`: document `name` as the tagger sees it that was trained without `groups`.

    `taggers`: those trained without one group.
    """

    group: Mapping[str, int]
    examples: Mapping[tuple[tuple[int, ...], str], Examples]
    taggers: Mapping[tuple[int, ...], Tagger]

    def training(self, without: int) -> list[Examples]:
        """The documents of all groups but `without`."""
        return [self.examples[tuple(sorted((without, group))), name] for name, group in self.group.items() if group != without]

    def unseen(self) -> list[Examples]:
        """All documents, each as a tagger sees it that was trained without its group: what the shipped ranker learns from."""
        return [self.examples[(group,), name] for name, group in self.group.items()]


def weights_of(documents: Sequence[Numbers]) -> tuple[Weights, Weights]:
    """The longest-term and the shortest-term CRF over `documents`."""
    return tagger.train(documents, "longest"), tagger.train(documents, "shortest")


def train_tagger(documents: Sequence[Numbers], background: Background) -> Tagger:
    """A tagger that has seen `documents` only."""
    return Tagger.of(*weights_of(documents), background)


def make(
    documents: Sequence[Annotated],
    numbers: Mapping[str, Numbers],
    background: Background,
    known: Known,
    pairs: bool,
    say: Callable[[str], None],
) -> Folds:
    """Train all the taggers that are needed (with `pairs`, also those for trying rankers) and observe the documents with them."""
    group = {document.name: number % GROUPS for number, document in enumerate(documents)}
    found: dict[tuple[tuple[int, ...], str], Examples] = {}
    taggers: dict[tuple[int, ...], Tagger] = {}
    for left_out in _jobs(pairs):
        trained = train_tagger([numbers[d.name] for d in documents if group[d.name] not in left_out], background)
        if len(left_out) == 1:
            taggers[left_out] = trained
        for document in documents:
            if group[document.name] in left_out:
                found[left_out, document.name] = ranker.examples(document, trained, known)
        say(f"tagger without group {' and '.join(map(str, left_out))} of {GROUPS}")
    return Folds(group, found, taggers)


def _jobs(pairs: bool) -> Iterator[tuple[int, ...]]:
    yield from ((number,) for number in range(GROUPS))
    if pairs:
        yield from itertools.combinations(range(GROUPS), 2)
