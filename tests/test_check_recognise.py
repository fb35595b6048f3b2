from __future__ import annotations

import pytest

from termbuilder.model import ConceptEntry, LangSec, TermSec
from termbuilder.recognise import Found, Recogniser, lookup


def entry(*forms: str) -> ConceptEntry:
    return ConceptEntry(forms[0], (LangSec("zh-CN", tuple(map(TermSec, forms))),))


ENTRIES = [
    entry("瞪羚企业"),
    entry("企业"),
    entry("高新技术企业", "高企"),
    entry("“532”发展战略", "532战略"),
    entry("民生"),
    entry("5G"),
    entry("人工智能+", "AI+"),
    entry("科技创新企业"),
]
RECOGNISER = Recogniser.of(ENTRIES)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("瞪羚企业与其他企业", ["瞪羚企业", "企业"]),
        ("「瞪羚」企業", ["「瞪羚」企業"]),
        ("高新\n技术企业认定", ["高新\n技术企业"]),
        ("实施５３２战略", ["５３２战略"]),
        ("“532”发展战略", ["“532”发展战略"]),
        ("高新“技术企业”认定", ["高新“技术企业”"]),
        ("“瞪羚企业”培育", ["瞪羚企业"]),
        ("改善民生", ["民生"]),
        ("推广5G应用", ["5G"]),
        ("实施AI+行动", ["AI+"]),
        # near misses
        ("人民生活水平", []),
        ("15G流量", []),
        ("5GHz频段", []),
        ("“科技创新”“企业家”", []),
        ("1532战略", []),
        ("", []),
    ],
)
def test_terms_are_found_however_they_are_printed(text: str, printed: list[str]) -> None:
    assert [hit.printed for hit in RECOGNISER.find(text)] == printed


def test_a_hit_says_exactly_where_it_stands_and_which_form_it_is() -> None:
    text = "支持“高企”发展"
    (hit,) = RECOGNISER.find(text)
    assert (hit.entry.id, hit.form, text[hit.start : hit.end]) == ("高新技术企业", "高企", "高企")


def test_lookup_lists_each_concept_once_in_the_order_of_the_text() -> None:
    found = lookup("高企就是高新技术企业，瞪羚企业不是。高企很多。", RECOGNISER)
    assert found == [
        Found(ENTRIES[2], 3, ("高企", "高新技术企业"), 0),
        Found(ENTRIES[0], 1, ("瞪羚企业",), 11),
    ]


def test_a_termbase_without_entries_finds_nothing() -> None:
    assert Recogniser.of([]).find("瞪羚企业") == []
