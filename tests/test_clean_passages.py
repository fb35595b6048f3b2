from __future__ import annotations

import pytest

from termbuilder import tables
from termbuilder.clean import Rules, clean
from termbuilder.model import Document, Passage


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules.from_tables(tables.load())


def passages(text: str, rules: Rules) -> list[Passage]:
    return list(clean(Document("通知.txt", text), rules).passages)


def texts(text: str, rules: Rules) -> list[str]:
    return [passage.text for passage in passages(text, rules)]


def test_a_word_cut_by_a_page_break_is_one_word_again_and_shown_as_printed(rules: Rules) -> None:
    text = "园区今年新增市级科技型企业十一家、省级企业五家，产业规模稳步扩大，着力打造绿色建\n\n筑产业集群，成效明显。"
    (passage,) = passages(text, rules)
    assert passage.text == text.replace("\n", "")
    at = passage.text.index("绿色建筑")
    assert passage.printed(at, at + 4, Document("通知.txt", text)) == "绿色建\n\n筑"


def test_a_heading_and_the_paragraph_under_it_stay_apart(rules: Rules) -> None:
    assert texts("提升创新能力\n\n本市支持企业建设研发中心。", rules) == ["提升创新能力", "本市支持企业建设研发中心。"]


def test_simplified_text_is_not_damaged_by_folding(rules: Rules) -> None:
    text = "乾坤湾景区、著名企业、皇后大道、於先生和瞭望塔都保持原样。"
    assert texts(text, rules) == [text]


def test_traditional_text_is_folded_by_phrase(rules: Rules) -> None:
    assert texts("著力發展後端設備與乾燥技術，編著專著。", rules) == ["着力发展后端设备与干燥技术，编著专著。"]


def test_a_pinyin_gloss_goes_and_an_english_gloss_stays(rules: Rules) -> None:
    text = "推進創(chuàng)新鏈（chain）和人工智能(AI)。"
    assert texts(text, rules) == ["推进创新链（chain）和人工智能（AI）。"]
