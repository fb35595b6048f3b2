from __future__ import annotations

import pytest

from termbuilder import tables
from termbuilder.model import ConceptEntry, LangSec, SegmentPair, TermSec
from termbuilder.qa import QaReport, qa
from termbuilder.qa_english import EnglishMatcher

ENGLISH = EnglishMatcher.from_tables(tables.load())


def entry(number: int, chinese: list[str], english: list[str], deprecated: list[str] | None = None) -> ConceptEntry:
    terms = [TermSec(term) for term in english]
    terms += [TermSec(term, administrative_status="deprecatedTerm") for term in deprecated or []]
    sections = (LangSec("zh-CN", tuple(map(TermSec, chinese))), LangSec("en", tuple(terms)))
    return ConceptEntry(f"c{number:04d}", sections, status="approved")


TERMBASE = [
    entry(1, ["瞪羚企业"], ["gazelle company", "gazelle enterprise"], ["gazelle", "antelope company"]),
    entry(2, ["企业"], ["enterprise", "business"]),
    entry(3, ["科技成果转化", "成果转化"], ["commercialization of research findings"]),
    entry(4, ["产业升级"], ["industrial upgrading"]),
    entry(5, ["中小企业"], ["SME", "small and medium-sized enterprise"]),
    entry(6, ["空壳公司"], [], ["leather bag company"]),
]


def report(*pairs: tuple[str, str]) -> QaReport:
    return qa([SegmentPair(source, target, f"u{n}") for n, (source, target) in enumerate(pairs, 1)], TERMBASE, ENGLISH)


def told(source: str, target: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.term) for finding in report((source, target)).findings]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("培育瞪羚企业。", "We will nurture gazelle companies."),
        ("培育「瞪羚」企業。", "Gazelle Enterprises will be nurtured."),
        ("推动产业升级。", "We will upgrade our traditional industries."),
        ("促进成果转化。", "Research findings should be commercialised faster."),
        ("支持中小企业。", "Support for small- and medium-sized enterprises will grow."),
        ("企业要创新。", "Every business should innovate."),
        ("人民生活改善。", "Life is better."),
    ],
)
def test_accepted_english_is_known_again_in_a_sentence(source: str, target: str) -> None:
    assert told(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "finding"),
    [
        ("培育瞪羚企业。", "We will nurture fast-growing companies.", ("W301", "瞪羚企业")),
        (
            "推动产业升级。",
            "Industry in this city, which has been growing for years, was at last upgraded.",
            ("W301", "产业升级"),
        ),
        ("促进成果转化。", "Research should serve the market.", ("W301", "科技成果转化")),
        ("培育瞪羚企业。", "We will nurture antelope companies, also called gazelle companies.", ("W302", "瞪羚企业")),
        ("清理空壳公司。", "Leather bag companies will be closed.", ("W302", "空壳公司")),
    ],
)
def test_missing_and_deprecated_english_is_found(source: str, target: str, finding: tuple[str, str]) -> None:
    assert told(source, target) == [finding]


def test_a_deprecated_word_inside_an_accepted_term_is_no_finding() -> None:
    assert told("培育瞪羚企业。", "We will nurture gazelle companies.") == []


def test_a_deprecated_word_counts_only_where_its_term_stands_in_the_source() -> None:
    assert told("非洲草原上的羚羊。", "A gazelle on the savanna.") == []


def test_the_longest_term_counts_and_each_concept_once_in_a_segment() -> None:
    found = report(("瞪羚企业和瞪羚企业。", "Nothing."), ("企业。", "enterprise"))
    assert (found.segments, found.checked) == (2, 2)
    assert [(finding.place, finding.message) for finding in found.findings] == [
        ("segment 1 (u1)", "瞪羚企业 without gazelle company | gazelle enterprise in: Nothing.")
    ]
    assert str(found) == "2 segments, 2 terms checked: 1 without their English, 0 with English not to be used"


RELATED = [
    ("policies", "policy"),
    ("planned", "planning"),
    ("modernise", "modernization"),
    ("competitive", "competition"),
    ("scientific", "science"),
    ("agriculture", "agricultural"),
    ("centres", "center"),
    ("programmes", "program"),
    ("built", "building"),
    ("certification", "certified"),
    ("women", "woman"),
    ("reductions", "reduce"),
    ("technological", "technology"),
]
UNRELATED = [
    ("party", "part"),
    ("county", "count"),
    ("nation", "nature"),
    ("policy", "police"),
    ("university", "unit"),
    ("industry", "indicator"),
    ("capital", "capitol"),
    ("business", "busy"),
    ("process", "profess"),
]


@pytest.mark.parametrize(("one", "other"), RELATED)
def test_words_of_one_family_are_related(one: str, other: str) -> None:
    assert ENGLISH.related(one, other)
    assert ENGLISH.related(other, one)


@pytest.mark.parametrize(("one", "other"), UNRELATED)
def test_words_that_only_begin_alike_are_not(one: str, other: str) -> None:
    assert not ENGLISH.related(one, other)
    assert not ENGLISH.related(other, one)


@pytest.mark.parametrize(
    ("target", "term", "holds"),
    [
        ("the NPC Standing Committee", "Standing Committee of the National People's Congress", False),
        ("the Standing Committee of the National People's Congress", "NPC Standing Committee", True),
        ("an increase", "AI", False),
        ("Internet+ action plan", "Internet Plus action plan", True),
        ("hightech zones", "high-tech zone", True),
        ("high-tech zones", "hightech zone", True),
        ("R&D spending", "R&D spending", True),
        ("", "enterprise", False),
        ("enterprise", "", False),
    ],
)
def test_spellings_and_acronyms(target: str, term: str, holds: bool) -> None:
    assert ENGLISH.holds(ENGLISH.target(target), term) is holds
