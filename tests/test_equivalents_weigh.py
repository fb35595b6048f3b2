from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from termbuilder import tables
from termbuilder.cli import cli
from termbuilder.equivalents import weigh
from termbuilder.equivalents.spelling import Spelling
from termbuilder.model import Origin, Proposal

US = Spelling.from_tables(tables.load(), "US")
UK = Spelling.from_tables(tables.load(), "UK")


def p(english: str, origin: Origin, reliability: int, deprecated: bool = False, note: str = "") -> Proposal:
    return Proposal(english, origin, f"{origin} source", reliability, deprecated, note)


def ranked(*proposals: Proposal, spelling: Spelling = US) -> list[tuple[str, int, bool]]:
    return [(one.english, one.reliability, one.deprecated) for one in weigh.rank(proposals, spelling)]


def test_the_users_glossary_wins_however_many_sources_agree_against_it() -> None:
    assert ranked(
        p("gazelle company", "glossary", 8),
        p("gazelle company", "gloss", 8),
        p("gazelle company", "memory", 7),
        p("gazelle firm", "user glossary", 9),
    ) == [("gazelle firm", 9, False), ("gazelle company", 9, False)]


def test_each_further_kind_of_source_that_agrees_adds_one_but_the_same_kind_twice_does_not() -> None:
    assert ranked(p("maker space", "dictionary", 5), p("maker space", "composed", 4)) == [("maker space", 6, False)]
    assert ranked(p("maker space", "memory", 5), p("maker space", "memory", 4)) == [("maker space", 5, False)]


def test_only_a_person_or_a_users_glossary_reaches_ten() -> None:
    assert ranked(p("x y", "gloss", 8), p("x y", "glossary", 8), p("x y", "memory", 8)) == [("x y", 9, False)]
    assert ranked(p("x y", "user glossary", 9), p("x y", "glossary", 8)) == [("x y", 10, False)]


def test_renderings_that_differ_only_in_case_article_number_hyphen_or_spelling_are_one() -> None:
    assert ranked(
        p("the National High-Tech Zones", "gloss", 7),
        p("national high tech zone", "glossary", 8),
        p("“national high-tech zone”", "composed", 3),
    ) == [("national high tech zone", 9, False)]
    assert ranked(p("innovation centre", "memory", 8), p("innovation center", "glossary", 8)) == [
        ("innovation center", 9, False)
    ]
    assert ranked(p("business", "glossary", 8), p("busy", "composed", 3)) == [("business", 8, False), ("busy", 3, False)]


def test_our_own_english_is_spelled_as_wanted_but_a_quotation_is_not_touched() -> None:
    assert ranked(p("modernization program", "glossary", 8), spelling=UK) == [("modernisation programme", 8, False)]
    assert ranked(p("modernisation programme", "composed", 5)) == [("modernization program", 5, False)]
    assert ranked(p("modernisation programme", "memory", 5)) == [("modernisation programme", 5, False)]
    assert ranked(p("enterprise expertise treatise", "composed", 5)) == [("enterprise expertise treatise", 5, False)]


def test_what_a_glossary_tells_to_avoid_stays_last_even_if_another_source_offers_it() -> None:
    assert ranked(
        p("antelope enterprise", "composed", 6),
        p("antelope enterprise", "glossary", 8, deprecated=True, note="wrong animal"),
        p("gazelle company", "glossary", 7),
    ) == [("gazelle company", 7, False), ("antelope enterprise", 8, True)]


def test_the_user_may_prefer_what_ours_deprecates() -> None:
    assert ranked(p("talents", "glossary", 8, deprecated=True), p("talents", "user glossary", 9)) == [("talents", 9, False)]
    assert ranked(p("talents", "user glossary", 9, deprecated=True), p("talents", "glossary", 8)) == [("talents", 9, True)]


def test_equals_stand_in_the_order_of_their_sources() -> None:
    offered = [p("d", "machine", 5), p("c", "composed", 5), p("b", "glossary", 5), p("a", "gloss", 5)]
    assert [english for english, _, _ in ranked(*offered)] == ["a", "b", "c", "d"]


def test_ranking_again_changes_nothing_and_reliability_never_leaves_its_scale() -> None:
    words = ["innovation center", "innovation centres", "The Innovation Centre", "hub", "hubs"]
    origins: list[Origin] = ["human", "user glossary", "gloss", "memory", "glossary", "dictionary", "composed", "machine"]
    chance = random.Random(7)
    for _ in range(200):
        offered = [p(chance.choice(words), chance.choice(origins), chance.randint(1, 10)) for _ in range(6)]
        once = weigh.rank(offered, US)
        assert [one.english for one in weigh.rank(once, US)] == [one.english for one in once]
        assert all(1 <= one.reliability <= 10 for one in once)
        assert len(once) <= 2


def test_ranked_proposals_become_unprocessed_designations_with_their_sources() -> None:
    offered = weigh.rank(
        [p("R&D", "gloss", 7), p("research and development", "glossary", 8), p("study and make", "glossary", 8, True)], US
    )
    secs = weigh.term_secs(offered)
    assert [
        (s.term, s.term_type, s.administrative_status, s.process_status, s.origin, s.sources, s.reliability) for s in secs
    ] == [
        ("research and development", "fullForm", "preferredTerm", "unprocessed", "glossary", ("glossary source",), 8),
        ("R&D", "abbreviation", "admittedTerm", "unprocessed", "gloss", ("gloss source",), 7),
        ("study and make", "fullForm", "deprecatedTerm", "unprocessed", "glossary", ("glossary source",), 8),
    ]


@pytest.mark.parametrize("english", ["", " ", "..."])
def test_empty_english_is_no_proposal(english: str) -> None:
    assert ranked(p(english, "memory", 5)) == []


def test_the_spelling_of_what_we_suggest_can_be_chosen_in_the_call(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("建设技术创新中心。技术创新中心要发挥作用。", encoding="utf-8")
    said = {}
    for spelling in ("US", "UK"):
        call = ["mine", str(tmp_path / "a.txt"), "-o", str(tmp_path), "--no-termbase", "--format", "jsonl", "--quiet"]
        assert CliRunner().invoke(cli, [*call, "--spelling", spelling]).exit_code == 0
        rows = [json.loads(line) for line in (tmp_path / "glossary.jsonl").read_text(encoding="utf-8").splitlines()]
        said[spelling] = [one["term"] for row in rows if row["term"] == "技术创新中心" for one in row["equivalents"][:1]]
    assert said == {"US": ["technology innovation center"], "UK": ["technology innovation centre"]}
