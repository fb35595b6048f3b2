"""Evidence adds up to the same, however the work was cut."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from termbuilder.evidence import MEASURES, Evidence, Shape, Table, added

PROBABILITIES = st.floats(-9, 9, width=32)
COUNTS = st.dictionaries(st.sampled_from("为、的在和对是将推进"), st.integers(1, 9), max_size=5).map(
    lambda d: tuple(sorted(d.items()))
)


def measures(size: int) -> st.SearchStrategy[Any]:
    return st.lists(PROBABILITIES, min_size=4, max_size=4).map(lambda few: np.resize(np.array(few), size))


EVIDENCE = st.builds(
    Evidence,
    frequency=st.integers(1, 50),
    document_frequency=st.integers(1, 5),
    sums=measures(len(MEASURES)),
    maxima=measures(len(MEASURES)),
    missed=measures(2),
    shape=st.builds(
        Shape, PROBABILITIES, st.sampled_from(["揭榜挂帅", "“揭榜挂帅”"]), st.just("揭榜"), st.just("挂帅"), st.just("v"), st.just("v"), st.just(2)
    ),
    surfaces=COUNTS,
    right=COUNTS,
    left=COUNTS,
)  # fmt: skip
DOCUMENTS = st.lists(
    st.dictionaries(st.sampled_from(["揭榜挂帅", "瞪羚企业", "高企"]), EVIDENCE, max_size=3).map(Table.of), max_size=5
)


def told(total: Table) -> dict[str, tuple[object, ...]]:
    return {
        key: (
            one.frequency,
            one.document_frequency,
            list(one.sums),
            list(one.maxima),
            list(one.missed),
            one.shape,
            one.surfaces,
            one.right,
            one.left,
        )
        for key, one in total.items()
    }


@settings(max_examples=60)
@given(DOCUMENTS, st.data())
def test_documents_add_up_in_any_order_and_in_any_parts(documents: list[Table], data: st.DataObject) -> None:
    whole = told(added(documents))
    assert told(added(data.draw(st.permutations(documents)))) == whole
    cut = data.draw(st.integers(0, len(documents)))
    assert told(added([added(documents[:cut]), added(documents[cut:])])) == whole
