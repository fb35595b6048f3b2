from __future__ import annotations

from pathlib import Path

import pytest

from termbuilder import categories, parts_of_speech, pipeline, segment, subject_fields, tables
from termbuilder.errors import TableError
from termbuilder.model import Form
from termbuilder.read import Input
from termbuilder.settings import Settings
from termbuilder.tables import Tables

RULES = categories.Rules.from_tables(tables.load())


def category(*forms: Form) -> str:
    return categories.category_of([(form, segment.words(form.surface)) for form in forms], "", RULES)


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


def test_the_other_forms_of_a_concept_have_a_say() -> None:
    short, full = Form("惠企20条", "惠企20条"), Form("滨江市惠企政策措施", "滨江市惠企政策措施", titled=1.0)
    assert category(full) == "programme"
    assert category(short, full, full) == "programme"


def test_words_of_a_trade_are_told_from_those_of_policy_and_of_the_office() -> None:
    found = list(RULES.lexicon.vocabularies_of("数据中心运营单位"))
    assert found == [("computing", 0, 2), ("office", 6, 8)]
    assert category(Form("氢燃料电池催化剂", "氢燃料电池催化剂")) == "technical"
    assert category(Form("申报材料", "申报材料")) == "phrase"
    assert list(RULES.lexicon.vocabularies_of("滨江")) == []


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


FIELDS = subject_fields.Rules.from_tables(
    tables.load(), {"瞪羚企业": "enterprise", "众创空间": "science and technology policy"}
)


@pytest.mark.parametrize(
    ("term", "field"),
    [
        ("众创空间", "science and technology policy"),  # the glossary knows it
        ("育苗贷款贴息", "finance"),
        ("乡村茶园", "agriculture and regional development"),
        ("氢能装备产业", "industry"),
        ("青年工匠", "talent and education"),
        ("政务窗口", "governance"),
        ("滨河市科技局", "institutions"),
        ("社区养老", "society and environment"),
        ("瞪羚企业融资担保基金", "finance"),  # the head counts more than what stands before it
        ("农业科研人才政策", "talent and education"),  # a policy is about something
        ("固若金汤", ""),  # nothing speaks
    ],
)
def test_the_words_of_a_term_speak_for_its_subject_field(term: str, field: str) -> None:
    assert subject_fields.field_of([term], FIELDS) == field


def test_a_scheme_of_ones_own_is_laid_over_ours(tmp_path: Path) -> None:
    (tmp_path / "subject_fields.tsv").write_text(
        "field\tname\twhy\nfinance\t金融财税\tour client's name\n-industry\nmaritime\t海洋\tours\n", encoding="utf-8"
    )
    (tmp_path / "subject_evidence.tsv").write_text("word\tfield\tweight\twhy\n海洋\tmaritime\t5\tours\n", encoding="utf-8")
    own = subject_fields.Rules.from_tables(tables.load(tmp_path), {"船舶工业": "industry"})
    assert [subject_fields.field_of([term], own) for term in ("渔船贷款", "海洋牧场", "船舶工业")] == ["金融财税", "海洋", ""]


def test_a_weight_that_is_no_number_is_refused_by_row() -> None:
    bad = Tables({**tables.load().by_name, "subject_evidence": ({"word": "海洋", "field": "industry", "weight": "x"},)})
    with pytest.raises(TableError, match=r"subject_evidence\.tsv, row 海洋: the weight 'x' is no number"):
        subject_fields.Rules.from_tables(bad, {})


SPEECH = parts_of_speech.Rules.from_tables(tables.load())


@pytest.mark.parametrize(
    ("terms", "wanted"),
    [
        (
            "揭榜挂帅 补链强链 智改数转 减税降费 以赛代评 先投后股 稳增长 去库存 优化营商环境 免申即享 揭榜 走出去、引进来",
            "verb",
        ),
        ("成果转化 军民融合 数字化转型 提升行动 赛马制 管委会 建筑业 用工管理 大模型 创新能力 双碳 GDP 5G网络", "noun"),
        ("高能级 全链条 科技型 一站式", "adjective"),
        ("因地制宜", "other"),
    ],
)
def test_the_part_of_speech_follows_how_a_term_is_built(terms: str, wanted: str) -> None:
    found = {term: parts_of_speech.part_of_speech(segment.words(term), SPEECH) for term in terms.split()}
    assert found == dict.fromkeys(terms.split(), wanted)
