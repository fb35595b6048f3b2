from __future__ import annotations

import pytest

from termbuilder import tables
from termbuilder.clean import Rules, clean
from termbuilder.model import Document, Passage


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules.from_tables(tables.load())


def passages(text: str, rules: Rules) -> list[Passage]:
    return list(clean(Document("通知.txt", text), rules).passages)


def texts(text: str, rules: Rules) -> list[str]:
    return [passage.text for passage in passages(text, rules)]


def test_a_word_cut_by_a_page_break_is_one_word_again_and_shown_as_printed(rules: Rules) -> None:
    text = "园区今年新增市级科技型企业十一家、省级企业五家，产业规模稳步扩大，着力打造绿色建\n\n筑产业集群，成效明显。"
    (passage,) = passages(text, rules)
    assert passage.text == text.replace("\n", "")
    at = passage.text.index("绿色建筑")
    assert passage.printed(at, at + 4, Document("通知.txt", text)) == "绿色建\n\n筑"


def test_a_heading_and_the_paragraph_under_it_stay_apart(rules: Rules) -> None:
    assert texts("提升创新能力\n\n本市支持企业建设研发中心。", rules) == ["提升创新能力", "本市支持企业建设研发中心。"]


def test_simplified_text_is_not_damaged_by_folding(rules: Rules) -> None:
    text = "乾坤湾景区、著名企业、皇后大道、於先生和瞭望塔都保持原样。"
    assert texts(text, rules) == [text]


def test_traditional_text_is_folded_by_phrase(rules: Rules) -> None:
    assert texts("著力發展後端設備與乾燥技術，編著專著。", rules) == ["着力发展后端设备与干燥技术，编著专著。"]


def test_a_pinyin_gloss_goes_and_an_english_gloss_stays(rules: Rules) -> None:
    text = "推進創(chuàng)新鏈（chain）和人工智能(AI)。"
    assert texts(text, rules) == ["推进创新链（chain）和人工智能（AI）。"]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        # by the wrap width
        (
            "云溪市建立企业出题、院所答题、市场阅卷的攻关机制，每年凝\n练三十项左右技术需求，面向全国发布榜单，对揭榜成功的项目\n给予补助，推动产业链上下游协同创新，健全科技创新券通用通\n兑机制，打造飞地孵化器。",
            ["云溪市建立企业出题、院所答题、市场阅卷的攻关机制，每年凝练三十项左右技术需求，面向全国发布榜单，对揭榜成功的项目给予补助，推动产业链上下游协同创新，健全科技创新券通用通兑机制，打造飞地孵化器。"],
        ),
        # what is open, what cannot begin, titles in a row
        ("根据《云溪市科技\n创新条例》\n《云溪市人才\n条例》（云府发〔2025〕\n3 号）制定。", ["根据《云溪市科技创新条例》《云溪市人才条例》（云府发〔2025〕3号）制定。"]),
        ("推行免申即享\n，压缩办理时限。", ["推行免申即享，压缩办理时限。"]),
        # conjunctions and particles
        ("今年全市创新工作的\n\n主要目标\n\n是：研发投入强度达到3.6%。", ["今年全市创新工作的主要目标是：研发投入强度达到3.6%。"]),
        ("面对复杂的外部环境\n\n以及繁重的改革任务，全市上下迎难而上。", ["面对复杂的外部环境以及繁重的改革任务，全市上下迎难而上。"]),
        ("坚持创新发展的总体目的\n\n各县要统筹推进。", ["坚持创新发展的总体目的", "各县要统筹推进。"]),
        # a heading in two lines, or one character a line
        ("第一章\n\n总\n\n则\n\n为规范管理，制定本办法。", ["总则", "为规范管理，制定本办法。"]),
        ("印发《云溪市中试基地建设管理办法》\n\n云溪市中试基地建设\n管理办法\n\n第一条 为规范管理，制定本办法。", ["印发《云溪市中试基地建设管理办法》", "云溪市中试基地建设管理办法", "为规范管理，制定本办法。"]),
        # list marks begin a paragraph, citations of them do not
        ("（一）建设平台\n（二）引育人才\n按照本办法第十条第（一）款和第\n（二）款执行。", ["建设平台", "引育人才", "按照本办法第十条第（一）款和第（二）款执行。"]),
        # reported speech is no heading
        ("市科技局负责人介绍，下一步将扩大创新券的使用范\n\n围，支持更多企业受益。", ["市科技局负责人介绍，下一步将扩大创新券的使用范围，支持更多企业受益。"]),
        ("创新引领，开放共赢\n\n云溪市召开科技大会。", ["创新引领，开放共赢", "云溪市召开科技大会。"]),
    ],
)  # fmt: skip
def test_lines_that_belong_together_are_joined_and_no_others(broken: str, whole: list[str], rules: Rules) -> None:
    assert texts(broken, rules) == whole


def test_a_caption_in_the_middle_of_a_sentence_becomes_its_own_passage(rules: Rules) -> None:
    text = (
        "高新区建成中试基地十二家、概念验证中心三家，引进高层次人才一百余名，合作共建产业创新联合体，努力把园\n\n"
        "揭牌仪式 ■\n\n区打造成为科技成果转化的先行区，形成示范效应。"
    )
    assert texts(text, rules) == [
        "高新区建成中试基地十二家、概念验证中心三家，引进高层次人才一百余名，合作共建产业创新联合体，努力把园区打造成为科技成果转化的先行区，形成示范效应。",
        "揭牌仪式",
    ]


def test_indents_tell_paragraphs_apart_where_all_lines_are_full(rules: Rules) -> None:
    text = (
        "　　支持龙头企业牵头组建产业创新联合体，承担市级重大专项\n和国家重点研发计划\n　　建设科技成果概念验证中心，为高校院所的早期成果提供服\n务和首轮资金\n"
        "　　推广企业创新积分制，引导银行开发面向中小企业的信用贷\n款，降低融资成本\n"
    )
    assert texts(text, rules) == [
        "支持龙头企业牵头组建产业创新联合体，承担市级重大专项和国家重点研发计划",
        "建设科技成果概念验证中心，为高校院所的早期成果提供服务和首轮资金",
        "推广企业创新积分制，引导银行开发面向中小企业的信用贷款，降低融资成本",
    ]


def test_latin_words_on_two_lines_keep_a_space(rules: Rules) -> None:
    text = "云溪市与知名加速器 Plug and\nPlay 合作，建设海外离岸创新\n中心，引进国际团队三十个，\n举办路演二十场。"
    assert texts(text, rules) == [
        "云溪市与知名加速器Plug and Play合作，建设海外离岸创新中心，引进国际团队三十个，举办路演二十场。"
    ]


def test_sentences_end_at_stops_but_not_inside_titles(rules: Rules) -> None:
    assert texts("发布《奋进吧！青年》白皮书。“我们准备好了。”他说。", rules) == [
        "发布《奋进吧！青年》白皮书。",
        "“我们准备好了。”",
        "他说。",
    ]


def test_kinds_are_told_apart(rules: Rules) -> None:
    text = "重点任务\n\n（一）支持企业建设研发机构。\n\n全市新增研发机构三十家，覆盖率达到七成。"
    assert [(p.kind, p.paragraph) for p in passages(text, rules)] == [("heading", 0), ("list", 1), ("body", 2)]


def test_subtitles_run_on_until_a_sentence_ends(rules: Rules) -> None:
    document = Document("a.srt", "中试基地就是把实验室成果\n放大到批量生产的\n试验平台。\n今年我们开放", format="srt")
    assert [p.text for p in clean(document, rules).passages] == [
        "中试基地就是把实验室成果放大到批量生产的试验平台。",
        "今年我们开放",
    ]
