"""Exact inference for a linear-chain CRF over characters, vectorised over many passages at once.

Four labels: B (first character of a term), I (inside), E (last), O (outside); a term has at least two characters. Only
the transitions that spell whole terms are legal, so the probability that `[start, end)` is a term is exact: it is the
weight of all label paths that run B I ... I E over just these characters, divided by the weight of all paths
(forward-backward, as in Lafferty, McCallum and Pereira 2001).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LABELS = "BIEO"
B, I, E, O = range(4)  # noqa: E741 - the customary names of the labels
LEGAL = np.array([[0, 1, 1, 0], [0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 1]], dtype=bool)
STARTS = np.array([1, 0, 0, 1], dtype=bool)
ENDS = np.array([0, 0, 1, 1], dtype=bool)
NEVER = -1e4  # log weight of what cannot be

LONGEST_TERM = 40  # characters; 3 of 10,000 annotated forms are longer, all of them titles in 《》, which have a finder


# Two labels can stand before each label, and two after it
_BEFORE = ([E, B, B, E], [O, I, I, O])  # before B, I, E, O
_AFTER = ([I, I, B, B], [E, E, O, O])  # after B, I, E, O


@dataclass(frozen=True)
class Lattice:
    """Forward and backward log weights of a batch of sequences.

    Sequences are ordered by falling length and laid out step by step: first the first characters of all, then the second ones of all that
    have so many, and so on; `order[s]` is the number of the sequence in the caller's order. Arrays of several CRFs that judged the same
    sequences have one more axis before the labels.
    """

    emissions: Floats  # (N, 4)
    alpha: Floats  # (N, 4)
    beta: Floats  # (N, 4)
    log_z: Floats  # (S,)
    lengths: Ints  # (S,), falling
    order: Ints  # (S,)
    begins: Ints  # (T + 1,) where each step begins, and N
    step: Ints  # (N,) how many characters of the sequence stand before each
    text: Ints  # (N,) where each stands in the caller's order of characters

    @property
    def sequence(self) -> Ints:
        """(N,) the sequence of each character."""
        return np.arange(len(self.step)) - self.begins[self.step]

    def of(self, number: int) -> Lattice:
        """What one of several CRFs says."""
        return replace(
            self,
            emissions=self.emissions[:, number],
            alpha=self.alpha[:, number],
            beta=self.beta[:, number],
            log_z=self.log_z[:, number],
        )


def lattice(emissions: Floats, starts: Ints, transitions: Floats) -> Lattice:
    """Run forward-backward.

    `emissions`: (N, 4) log weights of all characters of all sequences, one after another; `starts`: (S + 1,) where each
    sequence starts (the last item is N); `transitions`: (4, 4) log weights. No sequence may be empty. Several CRFs run at once
    with (N, C, 4) and (C, 4, 4).
    """
    lengths = np.diff(starts)
    order = np.argsort(-lengths, kind="stable")
    lengths = lengths[order]
    active = np.searchsorted(-lengths, -np.arange(int(lengths[0])), side="left")  # sequences longer than t
    begins = np.concatenate([[0], np.cumsum(active)])
    step = np.repeat(np.arange(len(active)), active)
    text = starts[:-1][order][np.arange(len(step)) - begins[step]] + step
    emissions = emissions.take(text, axis=0)
    labels = np.arange(4)
    come = [transitions[..., before, labels] for before in _BEFORE]
    go = [transitions[..., labels, after] for after in _AFTER]
    alpha, beta = np.empty_like(emissions), np.empty_like(emissions)
    bounds = begins.tolist()
    steps = list(itertools.pairwise(bounds))
    alpha[: bounds[1]] = np.where(STARTS, emissions[: bounds[1]], NEVER)
    for (earlier, _), (begin, end) in itertools.pairwise(steps):
        before = alpha[earlier : earlier + end - begin]
        one, other = (before.take(labels, axis=-1) + weights for labels, weights in zip(_BEFORE, come))
        np.add(np.logaddexp(one, other), emissions[begin:end], out=alpha[begin:end])
    beta[np.flatnonzero(step == lengths[np.arange(len(step)) - begins[step]] - 1)] = np.where(ENDS, 0.0, NEVER)
    for (earlier, _), (begin, end) in reversed(list(itertools.pairwise(steps))):
        after = emissions[begin:end] + beta[begin:end]
        one, other = (after.take(labels, axis=-1) + weights for labels, weights in zip(_AFTER, go))
        np.logaddexp(one, other, out=beta[earlier : earlier + end - begin])
    ends = alpha[begins[lengths - 1] + np.arange(len(lengths))]
    return Lattice(emissions, alpha, beta, np.logaddexp(ends[..., E], ends[..., O]), lengths, order, begins, step, text)


def label_marginals(grid: Lattice) -> Floats:
    """(N, 4), or (N, C, 4): probability of each label of each character, in the caller's order of the characters."""
    out = np.empty_like(grid.alpha)
    out[grid.text] = grid.alpha + grid.beta - grid.log_z[grid.sequence][..., None]
    return np.exp(out, out=out)


def transition_marginals(grid: Lattice, transitions: Floats) -> Floats:
    """(4, 4): expected number of each transition over the whole batch."""
    steps = np.where(LEGAL, transitions, NEVER)
    total = np.zeros((4, 4))
    for (earlier, _), (begin, end) in itertools.pairwise(itertools.pairwise(grid.begins.tolist())):
        count = end - begin
        right = grid.emissions[begin:end] + grid.beta[begin:end] - grid.log_z[:count, None]
        total += np.exp(grid.alpha[earlier : earlier + count, :, None] + steps + right[:, None, :]).sum(axis=0)
    return total


def span_marginals(
    grid: Lattice, transitions: Floats, least: float, longest: int = LONGEST_TERM
) -> tuple[Ints, Ints, Ints, Floats]:
    """Every span whose probability of being a term is at least `least`.

    Returns four arrays: sequence (in the caller's order), start, end (exclusive), probability; sorted by these.
    """
    inside = grid.emissions[:, I] + transitions[I, I]
    run = np.zeros(len(inside))  # sum over the characters of the sequence before this one
    for (earlier, _), (begin, end) in itertools.pairwise(itertools.pairwise(grid.begins.tolist())):
        count = end - begin
        np.add(run[earlier : earlier + count], inside[earlier : earlier + count], out=run[begin:end])
    begin_weight = grid.alpha[:, B] - grid.log_z[grid.sequence]
    close = grid.emissions[:, E] + grid.beta[:, E]
    floor = np.log(least)
    # what opening here can at best come to, so that hopeless places are skipped; those with most text after them first
    opening = np.flatnonzero(begin_weight + grid.beta[:, B] >= floor)
    rows, columns = grid.step[opening], grid.sequence[opening]
    left = grid.lengths[columns] - rows
    rank = np.argsort(-left, kind="stable")
    rows, columns, left, opened = rows[rank], columns[rank], left[rank], begin_weight[opening[rank]]
    long_enough = np.searchsorted(-left, -np.arange(longest + 1), side="right").tolist()
    next_run = run[grid.begins[rows[: long_enough[2]] + 1] + columns[: long_enough[2]]]
    found: list[tuple[Ints, Ints, Ints, Floats]] = []
    for size in range(2, longest + 1):
        count = long_enough[size]
        end_at = grid.begins[rows[:count] + (size - 1)] + columns[:count]
        log = opened[:count] + close[end_at]
        if size == 2:
            log = log + transitions[B, E]
        else:
            # B-I, then (size - 3) times I-I, then I-E; `run` counts one I-I for each inside character
            log = log + transitions[B, I] + (run[end_at] - next_run[:count]) - transitions[I, I] + transitions[I, E]
        good = np.flatnonzero(log >= floor)
        found.append((grid.order[columns[good]], rows[good], rows[good] + size, np.exp(np.minimum(log[good], 0.0))))
    sequence, start, stop, probability = (np.concatenate(parts) for parts in zip(*found, strict=True))
    rank = np.lexsort((stop, start, sequence))
    return sequence[rank], start[rank], stop[rank], probability[rank]
