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
        (Form("周启明说", "周启明说"), "nr", "person"),
        (Form("高新说", "高新说"), "n", None),
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
        (Form("迈入成熟期", "迈入成熟期"), ("迈入", "成熟期"), "clause"),
        (Form("后进入成熟期", "后进入成熟期"), ("后", "成熟期"), "clause"),
        (Form("后补助", "后补助"), ("后", "补助"), None),
        (Form("获得感", "获得感"), ("获得", "感"), None),
        (Form("拥有独立实验室", "拥有独立实验室"), ("拥有", "实验室"), "clause"),
        (Form("准入清单", "准入清单"), ("准入", "清单"), None),
        (Form("稳就业", "稳就业"), ("稳", "就业"), None),
        (Form("(海口)离岸创新中心", "（海口）离岸创新中心"), ("（", "中心"), "clause"),
        (Form("琼台(海口)创新中心", "琼台（海口）创新中心"), ("琼台", "中心"), None),
        (Form("以海洋牧场", "以海洋牧场", right=(("为", 2), ("带动", 1))), ("以", "牧场"), "clause"),
        (Form("以竞促学", "以竞促学", right=(("，", 1),)), ("以", "学"), None),
        (Form("以海洋牧场为依托", "以海洋牧场为依托", right=(("的", 1),)), ("以", "依托"), None),
        (Form("消费旺起来", "消费旺起来"), ("消费", "起来"), "clause"),
        (Form("一定期限", "一定期限"), ("一定", "期限"), "clause"),
        (Form("现有渔港", "现有渔港"), ("现有", "渔港"), "clause"),
        (Form("指海洋牧场", "指海洋牧场"), ("指", "牧场"), "clause"),
        (Form("海洋牧场之一", "海洋牧场之一"), ("海洋", "之一"), "clause"),
        (Form("线下展会", "线下展会"), ("线下", "展会"), None),
        (Form("院长周启明", "院长周启明", right=(("表示", 1),)), ("院长", "周启明"), "person"),
        (Form("书记项目", "书记项目", right=(("，", 1),)), ("书记", "项目"), None),
        (Form("“实现民生十愿”", "“实现民生十愿”", quoted=1.0), ("实现", "愿"), None),
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


@pytest.mark.parametrize(("surface", "ends", "kind"), [("90后", ("90", "后"), None), ("专家回国后", ("专家", "后"), "clause")])
def test_those_born_in_a_decade_are_no_clause_of_time(surface: str, ends: tuple[str, str], kind: str | None) -> None:
    assert screen.kind_of(Form(surface, surface), "", RULES, ends) == kind
