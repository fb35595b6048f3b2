from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from termbuilder import categories, segment, tables
from termbuilder.equivalents import glossaries
from termbuilder.evidence import key_of
from termbuilder.model import Form

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared/eval/gold"
RULES = categories.Rules.from_tables(tables.load())
ROWS = tables.read_table(ROOT / "training/categories.tsv")
STATED = [(key_of(term), row["category"]) for row in ROWS for term in row["terms"].split()]


def test_every_stated_term_has_one_category_of_the_scheme() -> None:
    assert {category for _, category in STATED} == set(categories.CATEGORIES)
    assert [key for key, times in Counter(key for key, _ in STATED).items() if times > 1] == []
    assert all(row["why"] for row in ROWS)


def test_no_stated_term_was_taken_from_an_annotated_document() -> None:
    if not GOLD.is_dir():
        pytest.skip("the annotated documents are not here")
    annotated = set()
    for path in GOLD.glob("*.tsv"):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                annotated |= {key_of(form) for form in (row["term"], *row["variants"].split("|"))}
    glossary = {key_of(term) for term in glossaries.load_reference().terms()}
    assert [key for key, _ in STATED if key in annotated - glossary] == []


@pytest.mark.parametrize(
    ("term", "wanted"),
    [
        ("薄膜铌酸锂调制器", "technical"),
        ("滨江市绿色保险试点", "programme"),
        ("链上小微企业", "enterprise-category"),
        ("云岭水库", "institution"),
        ("工作汇报", "phrase"),
        ("一园一策", "numeric"),
        ("以展促产", "coinage"),
        ("省发改委", "institution"),
    ],
)
def test_terms_that_nobody_stated_are_known_by_their_kin(term: str, wanted: str) -> None:
    assert categories.category_of([(Form(term, term), segment.words(term))], "", RULES) == wanted
