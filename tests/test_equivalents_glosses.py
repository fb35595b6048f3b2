from __future__ import annotations

import pytest

from termbuilder.equivalents import glosses
from termbuilder.model import Passage, Source

FORMS = {
    "容缺受理": "容缺受理",
    "受理": "受理",
    "科学技术协会": "科学技术协会",
    "省科学技术协会": "省科学技术协会",
    "“一网通办”": "一网通办",
    "创新积分制": "创新积分制",
    "碳足迹": "碳足迹",
    "开放科学": "开放科学",
    "推荐标准": "推荐标准",
}


def found(text: str) -> list[tuple[str, str, int]]:
    passage = Passage("办法.txt", 0, text, range(len(text)))
    pairs = glosses.find([passage], FORMS, lambda one, index: Source(one.document, 1, index))
    return [(key, one.english, one.reliability) for key, one in pairs]


@pytest.mark.parametrize(
    ("text", "glossed"),
    [
        (
            "推行容缺受理（conditional acceptance of applications）。",
            [("容缺受理", "conditional acceptance of applications", 8)],
        ),
        ("深化“一网通办”（one-network service）改革。", [("一网通办", "one-network service", 8)]),
        (
            "由省科学技术协会（英文全称 Provincial Association for Science and Technology，简称PAST）发布。",
            [("省科学技术协会", "Provincial Association for Science and Technology", 8), ("省科学技术协会", "PAST", 7)],
        ),
        ("创新积分制，即英文 innovation credit system，用于遴选企业。", [("创新积分制", "innovation credit system", 8)]),
        ("三、开放科学 Open Science Practices", [("开放科学", "Open Science Practices", 8)]),
    ],
)
def test_english_that_the_text_gives_is_found_with_the_longest_form_before_it(
    text: str, glossed: list[tuple[str, str, int]]
) -> None:
    assert found(text) == glossed


@pytest.mark.parametrize(
    "text",
    [
        "核算碳足迹（kgCO2/t）。",
        "执行推荐标准（GB/T 39000—2020）。",
        "开放科学（2026—2030年）规划。",
        "推行容缺受理（见附件A）。",
        "创新积分制（A）方案",
        "未知的词（unknown coinage）不在词表里。",
    ],
)
def test_units_codes_years_and_unknown_terms_are_no_glosses(text: str) -> None:
    assert found(text) == []


def test_a_gloss_shows_its_sentence_and_its_place() -> None:
    text = "要推行容缺受理（conditional acceptance）。"
    passage = Passage("办法.txt", 3, text, range(100, 100 + len(text)))
    ((key, proposal),) = glosses.find([passage], FORMS, lambda one, index: Source(one.document, 7, one.at[index]))
    assert (key, proposal.source) == ("容缺受理", "办法.txt, line 7")
    assert proposal.evidence is not None
    assert [proposal.evidence.text[start:end] for start, end in proposal.evidence.term_spans] == [
        "容缺受理（conditional acceptance）"
    ]
