from __future__ import annotations

from pathlib import Path

import pytest

from termbuilder import tables
from termbuilder.equivalents import glossaries, glossary_check
from termbuilder.equivalents.glossary_check import COLUMNS

TABLES = tables.load()
GOOD = {
    "term": "科创走廊",
    "english": "sci-tech innovation corridor",
    "subject_field": "science and technology policy",
    "term_type": "fullForm",
    "source": "press",
}


def checked(tmp_path: Path, *rows: dict[str, str]) -> list[str]:
    lines = ["\t".join(COLUMNS), *("\t".join({**GOOD, **row}.get(column, "") for column in COLUMNS) for row in rows)]
    (tmp_path / "some.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [str(problem) for problem in glossary_check.check(TABLES, tmp_path)]


def test_the_reference_glossary_keeps_every_rule_that_its_readme_states() -> None:
    assert [str(problem) for problem in glossary_check.check(TABLES)] == []


def test_the_reference_glossary_is_as_large_as_promised() -> None:
    assert len(glossaries.load_reference().rows) >= 2500


def test_a_good_row_has_no_problem(tmp_path: Path) -> None:
    assert checked(tmp_path, {}) == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"term": "本走廊", "english": "the Corridor"}, None),
        ({"term": "“科创走廊”"}, "no outer quotation marks"),
        ({"term": "科創走廊"}, "write simplified characters: 科创走廊"),
        ({"english": "the sci-tech corridor"}, "starts with an article"),
        ({"english": "sci-tech corridor (of a region)"}, "holds a bracket"),
        ({"english": "sci-tech  corridor"}, "spaces"),
        ({"english": "sci-tech 走廊"}, "characters that do not belong"),
        ({"english": "science centre"}, "write “science center”"),
        ({"english": "opening-up of the sci-tech corridor"}, "write “opening up of the sci-tech corridor”"),
        ({"other": "wider opening-up"}, "write “wider opening up”"),
        ({"english": "inland opening-up corridor", "other": "corridor for opening up"}, None),
        ({"other": "Sci-Tech Innovation Corridors"}, "the same English twice"),
        ({"deprecated": "science passage"}, "needs a reason"),
        ({"deprecated": "sci-tech innovation corridor: literal"}, "both accepted and to be avoided"),
        ({"subject_field": "sport"}, "no field of the scheme"),
        ({"term_type": "word"}, "is none of"),
        ({"short_of": "科创走廊"}, "no short form of itself"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named_with_its_file_and_line(
    tmp_path: Path, row: dict[str, str], says: str | None
) -> None:
    problems = checked(tmp_path, row)
    if says is None:
        assert problems == []
    else:
        assert len(problems) == 1
        assert problems[0].startswith("some.tsv, line 2: ")
        assert says in problems[0]


def test_one_term_in_two_rows_is_a_duplicate_even_if_printed_differently(tmp_path: Path) -> None:
    assert checked(tmp_path, {"term": "大众创业、万众创新"}, {"term": "大众创业万众创新", "english": "mass innovation"}) == [
        "some.tsv, line 3: 大众创业万众创新 stands in some.tsv, line 2 too (duplicate)"
    ]


def test_two_concepts_may_share_english_only_with_a_note_and_a_short_form_shares_that_of_its_full_form(tmp_path: Path) -> None:
    assert len(checked(tmp_path, {}, {"term": "科技创新廊道"})) == 1
    assert checked(tmp_path, {}, {"term": "科技创新廊道", "note": "another name of the same thing in some provinces"}) == []
    assert checked(tmp_path, {}, {"term": "科廊", "term_type": "shortForm", "short_of": "科创走廊"}) == []


def test_a_short_form_may_not_use_what_its_full_form_deprecates(tmp_path: Path) -> None:
    full = {"deprecated": "science passage: literal"}
    short = {"term": "科廊", "english": "science passage", "term_type": "shortForm", "short_of": "科创走廊"}
    assert [one.rpartition(" (")[2] for one in checked(tmp_path, full, short)] == ["contradiction)"]
