from __future__ import annotations

import pytest

from termbuilder import screen, tables
from termbuilder.model import Form

RULES = screen.Rules.from_tables(tables.load())


@pytest.mark.parametrize(
    ("form", "tag", "kind"),
    [
        (Form("周启明", "周启明", right=(("介绍", 1),)), "nr", "person"),
        (Form("周启明", "周启明", right=(("的", 1),)), "nr", None),
        (Form("滨江智能装备有限公司", "滨江智能装备有限公司"), "", "company"),
        (Form("上市公司", "上市公司"), "", None),
        (Form("2027年3月", "2027年3月"), "", "date"),
        (Form("十四五规划", "十四五规划"), "", None),
        (Form("12.5亿元", "12.5亿元"), "", "amount"),
        (Form("671战略", "671战略"), "", None),
        (Form("opencompetition", "open competition"), "", "gloss"),
        (Form("中试基地pilotbase", "中试基地（pilot base）"), "", "gloss"),
        (Form("plugandplay", "Plug and Play"), "", "gloss"),
        (Form("gdp万亿之城", "GDP万亿之城"), "", None),
        (Form("压舱石", "压舱石"), "n", "metaphor"),
        (Form("新形势", "新形势"), "n", "generic"),
        (Form("新质生产力", "新质生产力"), "", None),
    ],
)
def test_what_is_no_term_is_said_to_be_what_it_is(form: Form, tag: str, kind: str | None) -> None:
    assert screen.kind_of(form, tag, RULES) == kind


@pytest.mark.parametrize(
    ("form", "ends", "kind"),
    [
        (Form("本细则", "本细则"), ("本", "细则"), "clause"),
        (Form("本土企业", "本土企业"), ("本土", "企业"), None),
        (Form("育种联盟已", "育种联盟已"), ("育种", "已"), "clause"),
        (Form("已建高标准农田", "已建高标准农田"), ("已", "农田"), None),
        (Form("对台合作计划", "对台合作计划", quoted=1.0), ("对", "计划"), None),
        (Form("数字改造行动部署", "数字改造行动，部署"), ("数字", "部署"), "clause"),
        (Form("链上聚才湾区创业", "链上聚才，湾区创业"), ("链", "创业"), None),
        (Form("科技型中小企业以下简称科小", "科技型中小企业（以下简称“科小”）"), ("科技型", "科小"), "clause"),
    ],
)
def test_what_was_cut_out_of_a_sentence_is_a_clause(form: Form, ends: tuple[str, str], kind: str | None) -> None:
    assert screen.kind_of(form, "", RULES, ends) == kind


def test_people_and_firms_come_back_when_they_are_wanted() -> None:
    assert screen.left_out("person", ())
    assert not screen.left_out("person", ("names",))
    assert screen.left_out("amount", ("names",))
    assert not screen.left_out("metaphor", ())
