from __future__ import annotations

import numpy as np
import pytest

from termbuilder import segment
from termbuilder.evidence import Table, observing
from termbuilder.model import Passage
from termbuilder.pipeline import first_pass
from termbuilder.pipeline.kit import kit
from termbuilder.settings import Settings
from termbuilder.tagging import tagger

TEXTS: tuple[list[str], ...] = (
    ["全市深入实施“链长领航”工程，培育瞪羚企业、独角兽企业。", "本办法所称研发飞地，是指企业在市外设立的研发机构。"],
    [],
    [
        "推进“一网通管”，建设城市运行管理中心。",
        "城市运行管理中心实行首席数据官制度。",
        "推进“一网通管”，建设城市运行管理中心。",
    ],
)


def chosen(texts: list[str]) -> first_pass.Chosen:
    passages = [Passage("甲.txt", number, text, range(len(text)), repeat=number == 2) for number, text in enumerate(texts)]
    return first_pass.Chosen(passages, segment.segmented(passages))


def columns(table: Table) -> tuple[object, ...]:
    numbers = (table.counts.tolist(), table.sums.tolist(), table.maxima.tolist())
    return list(table.keys_), *numbers, list(table.shapes), list(table.surfaces), list(table.right), list(table.left)


def test_what_is_found_in_a_document_does_not_depend_on_those_that_are_read_with_it() -> None:
    rules = kit(Settings())
    documents = [chosen(texts) for texts in TEXTS]
    together = list(first_pass.observe(documents, rules, first_pass.WORTH_A_LOOK, 0.05))
    alone = [one for own in documents for one in first_pass.observe([own], rules, first_pass.WORTH_A_LOOK, 0.05)]
    assert [(columns(table), pairs) for table, pairs in together] == [(columns(table), pairs) for table, pairs in alone]
    assert [len(table) > 0 for table, _ in together] == [True, False, True]
    assert "一网通管" in together[2][0]


def test_candidates_that_are_not_worth_counting_are_the_only_ones_left_out() -> None:
    rules = kit(Settings())
    [(every, _)] = first_pass.observe([chosen(TEXTS[2])], rules, first_pass.WORTH_A_LOOK)
    [(counted, _)] = first_pass.observe([chosen(TEXTS[2])], rules, first_pass.WORTH_A_LOOK, 0.05)
    left_out = set(every) - set(counted)
    assert left_out
    assert all(every[key].shape.liking < 0.05 for key in left_out)
    assert set(counted) < set(every)
    kept = every.chosen(np.array([number for number, key in enumerate(every) if key in counted]))
    assert columns(kept) == columns(counted)


def test_a_long_document_that_is_judged_and_measured_piece_by_piece_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = kit(Settings())
    documents = [chosen(texts) for texts in TEXTS]
    whole = [columns(table) for table, _ in first_pass.observe(documents, rules, first_pass.WORTH_A_LOOK)]
    monkeypatch.setattr(tagger, "TOGETHER", 30)  # characters
    monkeypatch.setattr(observing, "TOGETHER", 5)  # places
    assert [columns(table) for table, _ in first_pass.observe(documents, rules, first_pass.WORTH_A_LOOK)] == whole
