"""Grouping and links as a user of the whole job sees them."""

from __future__ import annotations

import pytest

from termbuilder import pipeline
from termbuilder.model import ConceptEntry
from termbuilder.read import Input
from termbuilder.settings import Settings

TEXT = """一、强化企业梯队。全市深入实施“718”创新发展战略，落实“718”战略各项部署。
各区县围绕“718”发展战略，培育高新技术企业，壮大科技型中小企业。
“718”战略落地见效，“718”创新成果显著。“718”工程另行部署。
推动大众创业、万众创新深入发展，打造双创升级版。双创示范基地建设加快推进。
完善高企培育机制，高企申报服务周到。对首次认定的高新技术企业给予奖励，高新技术企业申报服务实行一窗受理。
支持科小企业入库，科小企业评价全年开放。科技型中小企业评价结果向社会公布，科技型中小企业入库数量翻番。
"""


@pytest.fixture(scope="module")
def entries() -> dict[str, ConceptEntry]:
    return {entry.term: entry for entry in pipeline.mine([Input("通知.txt", data=TEXT.encode())], Settings()).entries}


def test_the_wordings_of_a_numbered_strategy_are_one_entry_and_its_scraps_are_none(entries: dict[str, ConceptEntry]) -> None:
    named = {term: {variant.term for variant in entry.variants} for term, entry in entries.items() if "718" in term}
    assert {frozenset({term, *variants}) for term, variants in named.items()} == {
        frozenset({"“718”创新发展战略", "“718”发展战略", "“718”战略"}),
        frozenset({"“718”工程"}),
    }


def test_short_forms_with_a_life_of_their_own_lead_to_their_full_forms_and_back(entries: dict[str, ConceptEntry]) -> None:
    pairs = (("高企", "高新技术企业"), ("科小企业", "科技型中小企业"), ("双创", "大众创业、万众创新"))
    for short, full in pairs:
        assert entries[short].term_sec.term_type == "abbreviation"
        assert ("fullForm", full) in {(link.kind, link.term) for link in entries[short].links}
        assert ("shortForm", short) in {(link.kind, link.term) for link in entries[full].links}


def test_quotation_marks_width_script_and_spacing_make_no_other_entry() -> None:
    text = """企业可申报“智改数转”项目，持续推动智改数转，建设５Ｇ工厂和5G工厂。
企業可申報「智改數轉」項目，持續推動智改數轉，建設5G工廠。
各地加快智 改 数 转，建好5G 工厂。
"""
    found = pipeline.mine([Input("通知.txt", data=text.encode())], Settings()).entries
    assert {entry.term: entry.frequency for entry in found} == {"智改数转": 5, "“智改数转”项目": 2, "5G工厂": 4}
