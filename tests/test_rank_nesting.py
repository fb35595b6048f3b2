"""How often a candidate stands in longer ones is read off all candidates at once, by numbers; here it is read off one by one, by words."""

from __future__ import annotations

import numpy as np
import pytest

from termbuilder.evidence import MEASURES, Evidence, Shape, Table
from termbuilder.rank.features import Nesting

# probability under each tagger that the candidate is a term
LIKELY = {
    "低空经济": 0.6,
    "低空": 0.5,
    "经济": 0.3,
    "空经": 0.05,
    "低空经济示范区": 0.9,
    "示范区": 0.4,
    "经济示范": 0.1,
    "低空经济发展": 0.1,  # not likely enough to say anything of what is in it
    "发展": 0.4,
    "5g低空经济": 0.7,
    "智能网联": 0.5,
}


def table(*keys: str) -> Table:
    sums = np.zeros(len(MEASURES))

    def seen(key: str) -> Evidence:
        missed = np.full(2, np.log1p(-LIKELY[key]))
        return Evidence(1, 1, sums, sums, missed, Shape(1.0, key, key, key, "n", "n", 1), ((key, 1),))

    return Table.of({key: seen(key) for key in keys})


def one_by_one(key: str, tables: list[Table]) -> list[float]:
    likely = {other: float((1 - np.exp(whole[other].missed)).sum()) for whole in tables for other in whole}
    holding = {other: own for other, own in likely.items() if own > 0.4 and key in other and key != other}
    ends = [own for other, own in holding.items() if other.endswith(key)]
    begins = [own for other, own in holding.items() if other.startswith(key)]
    inside = [own for other, own in holding.items() if not other.endswith(key) and not other.startswith(key)]
    return [sum(ends), sum(begins), sum(inside), max(holding.values(), default=0.0)]


@pytest.mark.parametrize("parts", [[tuple(LIKELY)], [tuple(LIKELY)[::2], tuple(LIKELY)[1::2]]])
def test_nesting_is_the_same_as_read_off_one_by_one_and_in_parts(parts: list[tuple[str, ...]]) -> None:
    tables = [table(*keys) for keys in parts]
    found = Nesting.of(tables).rows(list(LIKELY))
    assert found.tolist() == [pytest.approx(one_by_one(key, tables), abs=1e-9) for key in LIKELY]


def test_a_candidate_in_nothing_longer_and_a_word_that_is_no_candidate_have_no_nesting() -> None:
    nesting = Nesting.of([table("低空经济", "智能网联")])
    assert nesting.rows(["智能网联", "低空经济", "低空"]).tolist() == [[0.0] * 4] * 3


def test_without_candidates_nothing_is_nested() -> None:
    assert Nesting.of([]).rows(["低空经济"]).tolist() == [[0.0] * 4]
    assert Nesting.of([table("低空经济")]).rows([]).shape == (0, 4)
