from __future__ import annotations

import pytest

from termbuilder import categories, pipeline, segment, tables
from termbuilder.model import Form
from termbuilder.read import Input
from termbuilder.settings import Settings

RULES = categories.Rules.from_tables(tables.load())


def category(form: Form) -> str:
    cut = segment.words(form.surface)
    return categories.category_of(form, [word.text for word in cut], [word.tag[:1] for word in cut], "", RULES)


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        (Form("链主企业", "链主企业"), "enterprise-category"),
        (Form("671发展战略", "“671”发展战略", quoted=0.0), "numeric"),
        (Form("滨江市科技创新促进条例", "滨江市科技创新促进条例", titled=1.0), "programme"),
        (Form("滨江理工大学", "滨江理工大学"), "institution"),
        (Form("碳化硅功率器件", "碳化硅功率器件"), "technical"),
    ],
)
def test_a_term_has_the_category_that_its_form_speaks_for(form: Form, wanted: str) -> None:
    assert category(form) == wanted


def test_every_entry_has_a_category_and_one_may_ask_for_some_only() -> None:
    inputs = [Input("通知.txt", data="培育瞪羚企业12家，推行“揭榜挂帅”机制，建设滨江智能传感产业创新中心。".encode())]
    entries = pipeline.mine(inputs, Settings()).entries
    assert {entry.category for entry in entries} <= set(categories.CATEGORIES)
    wanted = pipeline.mine(inputs, Settings(categories=("enterprise-category",))).entries
    assert {entry.category for entry in wanted} == {"enterprise-category"}
    ids = {entry.id for entry in wanted}
    assert all(link.target in ids for entry in wanted for link in entry.links)


def test_the_users_subject_field_wins() -> None:
    inputs = [Input("通知.txt", data="培育瞪羚企业12家，培育独角兽企业2家。".encode())]
    assert {entry.subject_field for entry in pipeline.mine(inputs, Settings(subject_field="tax")).entries} == {"tax"}
    mined = {entry.term: entry.subject_field for entry in pipeline.mine(inputs, Settings()).entries}
    assert mined["瞪羚企业"] == "enterprise"
