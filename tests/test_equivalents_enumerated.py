"""Enumerations that are a term: acts are put as acts, members that are counted together stand behind the number."""

from __future__ import annotations

import pytest

from termbuilder import segment, tables
from termbuilder.equivalents import composed, glossaries

RULES = composed.Rules.from_tables(tables.load(), glossaries.load_reference())


def english(term: str) -> list[str]:
    return [one.english for one in composed.compose(term, segment.words(term), RULES)]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("建机制、搭平台、促合作", "building mechanisms, building platforms and promoting cooperation"),
        ("调结构、稳增长", "adjusting the structure and stabilizing growth"),
        ("智慧城市、数字乡村等六大工程", "six major projects including smart city and digital countryside"),
        ("土地、资本、数据", "land, capital and data"),  # things stay things
        ("公平竞争、统一市场", "fair competition and unified market"),
        ("以企业为主体", "with enterprises as the main actors"),
        ("以需求为导向", "guided by demand"),
        ("从实验室到市场", "from laboratory to market"),
        ("“人工智能+”", "artificial intelligence Plus"),
        ("“园区+”", "park Plus"),
    ],
)
def test_enumerations_and_frames_are_read_member_by_member(term: str, expected: str) -> None:
    assert english(term) == [expected]


@pytest.mark.parametrize("term", ["建机制、魑魅魍", "魑魅、魍魉等六大工程", "以魑魅为主体"])
def test_what_holds_an_unknown_member_stays_without_english(term: str) -> None:
    assert english(term) == []
