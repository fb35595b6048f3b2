from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from termbuilder.tagging import crf


def every_path(length: int) -> Iterator[tuple[int, ...]]:
    for path in itertools.product(range(4), repeat=length):
        legal = crf.STARTS[path[0]] and crf.ENDS[path[-1]] and all(crf.LEGAL[a, b] for a, b in itertools.pairwise(path))
        if legal:
            yield path


def terms_of(path: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    start = 0
    for at, label in enumerate(path):
        if label == crf.B:
            start = at
        if label == crf.E:
            yield start, at + 1


def test_span_marginals_equal_the_sum_over_all_label_paths() -> None:
    random = np.random.default_rng(7)
    emissions, transitions = random.normal(size=(11, 4)), random.normal(size=(4, 4))
    starts = np.array([0, 5, 11])
    expected: dict[tuple[int, int, int], float] = {}
    for number, (begin, end) in enumerate(itertools.pairwise(starts.tolist())):
        weights = {}
        for path in every_path(end - begin):
            score = sum(emissions[begin + i, label] for i, label in enumerate(path))
            weights[path] = np.exp(score + sum(transitions[a, b] for a, b in itertools.pairwise(path)))
        total = sum(weights.values())
        for path, weight in weights.items():
            for span in terms_of(path):
                expected[(number, *span)] = expected.get((number, *span), 0.0) + weight / total
    grid = crf.lattice(emissions, starts, transitions)
    found = {
        (int(s), int(a), int(b)): float(p) for s, a, b, p in zip(*crf.span_marginals(grid, transitions, 1e-12), strict=True)
    }
    assert found.keys() == expected.keys()
    assert np.allclose([found[key] for key in expected], list(expected.values()))


def test_label_marginals_are_probabilities_and_the_order_of_sequences_comes_back() -> None:
    random = np.random.default_rng(1)
    emissions, starts = random.normal(size=(9, 4)), np.array([0, 2, 9])
    grid = crf.lattice(emissions, starts, np.zeros((4, 4)))
    flat = crf.label_marginals(grid)
    assert np.allclose(flat.sum(axis=1), 1)
    alone = crf.lattice(emissions[:2], np.array([0, 2]), np.zeros((4, 4)))
    assert np.allclose(flat[:2], crf.label_marginals(alone))
