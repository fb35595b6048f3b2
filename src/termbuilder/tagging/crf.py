"""Exact inference for a linear-chain CRF over characters, vectorised over many passages at once.

Four labels: B (first character of a term), I (inside), E (last), O (outside); a term has at least two characters. Only
the transitions that spell whole terms are legal, so the probability that `[start, end)` is a term is exact: it is the
weight of all label paths that run B I ... I E over just these characters, divided by the weight of all paths
(forward-backward, as in Lafferty, McCallum and Pereira 2001).
"""

from __future__ import annotations

from dataclasses import dataclass

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
    """Forward and backward log weights of a batch of sequences; row t, column s is character t of sequence s.

    Sequences are ordered by falling length; `order[s]` is the number of the sequence in the caller's order. Arrays of several
    CRFs that judged the same sequences have one more axis before the labels.
    """

    emissions: Floats  # (T, S, 4)
    alpha: Floats  # (T, S, 4)
    beta: Floats  # (T, S, 4)
    log_z: Floats  # (S,)
    lengths: Ints  # (S,), falling
    order: Ints  # (S,)

    def of(self, number: int) -> Lattice:
        """What one of several CRFs says."""
        return Lattice(
            self.emissions[:, :, number],
            self.alpha[:, :, number],
            self.beta[:, :, number],
            self.log_z[:, number],
            self.lengths,
            self.order,
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
    first = starts[:-1][order]
    longest, count = int(lengths[0]), len(lengths)
    active = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()  # sequences longer than t
    labels = np.arange(4)
    come = [transitions[..., before, labels] for before in _BEFORE]
    go = [transitions[..., labels, after] for after in _AFTER]
    padded = np.zeros((longest, count, *emissions.shape[1:]))
    for t in range(longest):
        padded[t, : active[t]] = emissions.take(first[: active[t]] + t, axis=0)
    alpha = np.full(padded.shape, NEVER)
    beta = np.full(padded.shape, NEVER)
    alpha[0] = np.where(STARTS, padded[0], NEVER)
    for t in range(1, longest):
        a = active[t]
        before = alpha[t - 1, :a]
        one, other = (before.take(labels, axis=-1) + weights for labels, weights in zip(_BEFORE, come))
        np.add(np.logaddexp(one, other), padded[t, :a], out=alpha[t, :a])
    ending = np.where(ENDS, 0.0, NEVER)
    for t in range(longest - 1, -1, -1):
        a = active[t]
        onward = active[t + 1] if t + 1 < longest else 0
        beta[t, onward:a] = ending
        if onward:
            after = padded[t + 1, :onward] + beta[t + 1, :onward]
            one, other = (after.take(labels, axis=-1) + weights for labels, weights in zip(_AFTER, go))
            np.logaddexp(one, other, out=beta[t, :onward])
    last = lengths - 1
    log_z = np.logaddexp(*(alpha[last, np.arange(count)][..., label] for label in (E, O)))
    return Lattice(padded, alpha, beta, log_z, lengths, order)


def label_marginals(grid: Lattice, starts: Ints) -> Floats:
    """(N, 4): probability of each label of each character, in the order of the characters; `starts` as in `lattice`."""
    log = np.empty((int(starts[-1]), grid.alpha.shape[2]))
    first = starts[:-1][grid.order]
    for t in range(len(grid.alpha)):
        active = int(np.searchsorted(-grid.lengths, -t, side="left"))
        log[first[:active] + t] = grid.alpha[t, :active] + grid.beta[t, :active] - grid.log_z[:active, None]
    return np.asarray(np.exp(log))


def transition_marginals(grid: Lattice, transitions: Floats) -> Floats:
    """(4, 4): expected number of each transition over the whole batch."""
    steps = np.where(LEGAL, transitions, NEVER)
    total = np.zeros((4, 4))
    for t in range(1, len(grid.alpha)):
        a = int(np.searchsorted(-grid.lengths, -t, side="left"))
        right = grid.emissions[t, :a] + grid.beta[t, :a] - grid.log_z[:a, None]
        total += np.exp(grid.alpha[t - 1, :a, :, None] + steps + right[:, None, :]).sum(axis=0)
    return total


def span_marginals(
    grid: Lattice, transitions: Floats, least: float, longest: int = LONGEST_TERM
) -> tuple[Ints, Ints, Ints, Floats]:
    """Every span whose probability of being a term is at least `least`.

    Returns four arrays: sequence (in the caller's order), start, end (exclusive), probability; sorted by these.
    """
    length, count = grid.alpha.shape[:2]
    inside = grid.emissions[:, :, I] + transitions[I, I]
    run = np.concatenate([np.zeros((1, count)), np.cumsum(inside, axis=0)])  # run[t]: sum over characters before t
    begin = grid.alpha[:, :, B] - grid.log_z[None, :]
    close = grid.emissions[:, :, E] + grid.beta[:, :, E]
    # what opening here can at best come to, so that hopeless rows are skipped
    found: list[tuple[Ints, Ints, Ints, Floats]] = []
    floor = np.log(least)
    alive = grid.lengths[None, :] > np.arange(length)[:, None]
    p_begin = begin + grid.beta[:, :, B]
    rows, columns = np.nonzero((p_begin >= floor) & alive)
    for size in range(2, longest + 1):
        keep = rows + size <= grid.lengths[columns]
        rows, columns = rows[keep], columns[keep]
        if not len(rows):
            break
        end = rows + size - 1
        log = begin[rows, columns] + close[end, columns]
        if size == 2:
            log = log + transitions[B, E]
        else:
            # B-I, then (size - 3) times I-I, then I-E; `run` counts one I-I for each inside character
            log = log + transitions[B, I] + (run[end, columns] - run[rows + 1, columns]) - transitions[I, I] + transitions[I, E]
        good = log >= floor
        found.append((grid.order[columns[good]], rows[good], end[good] + 1, np.exp(np.minimum(log[good], 0.0))))
    sequence, start, stop, probability = (
        (np.concatenate(parts) for parts in zip(*found, strict=True))
        if found
        else (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    )
    rank = np.lexsort((stop, start, sequence))
    return sequence[rank], start[rank], stop[rank], probability[rank]
