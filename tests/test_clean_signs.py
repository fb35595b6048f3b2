"""A repair that is skipped where its signs are absent would have found nothing there."""

from __future__ import annotations

import random
import re

import pytest

from termbuilder import clean, tables
from termbuilder.clean.traced import Edit

RULES = clean.Rules.from_tables(tables.load())
# What the repairs look for, and what may stand around it: pieces of text as real documents hold them.
PIECES = [
    *"瞪羚企业揭榜挂帅一二三年月日的第条1234560ABCDabcdzx", *"āáǎàēéěèīíǐìōóǒòūúǔùüǘǚǜńňǹ", *" \t\u3000\xa0\u2003\u200b\ufeff\f\n\v\r",
    *"，。；：！？、“”‘’「」『』（）《》〈〉【】〔〕[]()<>{}…—-–~～*_#`\\/|$&@%^+=.,;:!?'\"·•●①⑴¹²③※｡",
    "dèng líng", "jiē bǎng", "<b>", "</p>", "&nbsp;", "&#12288;", "$50\\%$", "**", "__", "[1]", "［2］", "注①", "doi:10.1", "DOI：", "https://a.cn/b",
    "CN31-1234", "ISBN 978", "ISSN", "（记者 林一帆）", "(供图)", "（zhì）", "責任編輯", "實施", "機制", "資 金", "新华社", "摄", "图",
]  # fmt: skip


@pytest.mark.parametrize("name", [name for name, signs, _ in clean.CHARACTER_REPAIRS if signs])
def test_a_text_without_its_signs_needs_no_repair(name: str) -> None:
    signs, repair = next((signs, repair) for other, signs, repair in clean.CHARACTER_REPAIRS if other == name)
    some = re.compile("|".join(map(re.escape, signs)))
    chance = random.Random(name)
    found: list[Edit] = []
    for _ in range(400):
        text = "".join(chance.choices(PIECES, k=60)).translate(RULES.widths)
        found += repair(some.sub("", text), RULES)
    assert found == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("table cells", "瞪羚企业\t32家"),
        ("HTML tags and entities", "瞪羚<b>企业</b>"),
        ("spread characters", "瞪 羚 企 业 培 育 工 程 实 施 方 案"),
        ("pinyin glosses", "瞪羚（dèng líng）企业"),
        ("brackets", "瞪羚企业(首批)名单"),
        ("commas and stops", "培育瞪羚企业,支持上市."),
    ],
)
def test_a_text_with_them_is_repaired(name: str, text: str) -> None:
    signs, repair = next((signs, repair) for other, signs, repair in clean.CHARACTER_REPAIRS if other == name)
    assert any(sign in text for sign in signs)
    assert list(repair(text, RULES))
