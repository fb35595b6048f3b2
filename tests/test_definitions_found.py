"""Definitions of known forms: kinds, spans, places, and which of several is offered first."""

from __future__ import annotations

import pytest

from termbuilder import definitions, tables
from termbuilder.model import Definition, Passage, Source
from termbuilder.pipeline.entries import gathered
from termbuilder.pipeline.second_pass import Collected

RULES = definitions.Rules.from_tables(tables.load())


def found(text: str | list[str], *forms: str) -> list[tuple[str, str, str]]:
    """Form, kind and text of what is found; every form is a concept of its own."""
    texts = [text] if isinstance(text, str) else text
    given = [Passage("样本.txt", n, t, range(1000 * n, 1000 * n + len(t)), "body", n) for n, t in enumerate(texts)]
    pairs = definitions.find(given, {form: form for form in forms}, RULES, lambda offset: Source("样本.txt", 1, offset))
    return [(key, definition.kind, definition.text) for key, definition in pairs]


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        (
            "实施“四大行动”，即强基行动、育苗行动、引凤行动、安居行动，全面见效。",
            "四大行动",
            "强基行动、育苗行动、引凤行动、安居行动",
        ),
        ("建成东湖、西岭、南港三大片区。", "三大片区", "东湖、西岭、南港三大片区"),
        ("推进政策链、服务链、产品链“三链同构”。", "三链同构", "政策链、服务链、产品链“三链同构”"),
        ("遵循“自愿、有偿、公开”三原则。", "三原则", "“自愿、有偿、公开”三原则"),
        ("公司设有两大中心（检测中心、认证中心）。", "两大中心", "检测中心、认证中心"),
        (
            "全面推行“双告知、一承诺”制度，告知审批条件，告知违约后果，申请人书面承诺。",
            "双告知、一承诺",
            "告知审批条件，告知违约后果，申请人书面承诺",
        ),
        ("推动镇村建立文化站、卫生站、农技站3个服务站点，方便群众。", "服务站点", "文化站、卫生站、农技站3个服务站点"),
        ("补贴项目包括设备购置、人员培训和检测认证。", "补贴项目", "设备购置、人员培训和检测认证"),
    ],
)
def test_a_coinage_is_expanded_by_what_it_counts(text: str, form: str, expected: str) -> None:
    assert found(text, form) == [(form, "expansion", expected)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("获批甲、乙两个国家级园区。", "国家级园区"),  # instances, not what the class is
        ("一级（规划级）、二级（规范级）、三级（集成级）。", "三级"),  # degrees
        ("坚持和落实“两个毫不动摇”。", "两个毫不动摇"),  # a verb is no member
        ("支持“两重”建设、“两新”工作。", "两新"),  # itself a member of a list
        ("服务对象（德国、法国、日本等）不断增加。", "服务对象"),  # examples
        ("全市企业（国家级2家、省级8家）获奖。", "企业"),  # counts
    ],
)
def test_a_list_beside_a_term_is_not_always_its_definition(text: str, form: str) -> None:
    assert found(text, form) == []


def test_members_told_in_the_next_sentences_are_gathered() -> None:
    given = ["突出抓好“三件实事”：", "一是修通断头路，方便出行；", "二是改造旧管网；", "三是增设托育点。", "大家一致同意。"]
    assert found(given, "三件实事") == [("三件实事", "expansion", "修通断头路；改造旧管网；增设托育点")]


def test_a_list_of_another_length_is_not_taken() -> None:
    given = ["突出抓好“三件实事”：", "一是修通断头路；", "二是改造旧管网。", "大家一致同意。"]
    assert found(given, "三件实事") == []


def test_headings_that_follow_the_heading_of_a_coinage_are_gathered() -> None:
    texts = ["今年“两大工程”", "强基补短工程", "投入明显增加，进度加快。", "引才育苗工程", "新增名额若干。"]
    given = [
        Passage("样本.txt", n, t, range(100 * n, 100 * n + len(t)), "body" if t.endswith("。") else "heading", n)
        for n, t in enumerate(texts)
    ]
    pairs = definitions.find(given, {"两大工程": "k"}, RULES, lambda offset: Source("样本.txt", 1, offset))
    assert pairs == [("k", Definition("强基补短工程；引才育苗工程", Source("样本.txt", 1, 100), "expansion", 0.75))]


@pytest.mark.parametrize(
    ("text", "form", "kind", "expected"),
    [
        ("科创驿站是面向初创团队的公共服务平台，去年启用。", "科创驿站", "genus", "科创驿站是面向初创团队的公共服务平台"),
        ("滨河院士村作为全市柔性引才的服务机构，作用明显。", "滨河院士村", "genus", "滨河院士村作为全市柔性引才的服务机构"),
        ("完善以企业为主体、市场为导向的成果转化体系。", "成果转化体系", "genus", "以企业为主体、市场为导向的成果转化体系"),
        ("打造集研发、检测、展示于一体的装备产业园。", "装备产业园", "genus", "集研发、检测、展示于一体的装备产业园"),
        ("打通“苗圃—孵化器—加速器”的孵化链条。", "孵化链条", "genus", "“苗圃—孵化器—加速器”的孵化链条"),
        ("育苗券用于支付中小学科普活动费用。", "育苗券", "purpose", "育苗券用于支付中小学科普活动费用"),
        (
            "启动“百名博士下乡”行动，旨在把农业技术送到田间地头。",
            "百名博士下乡",
            "purpose",
            "“百名博士下乡”行动，旨在把农业技术送到田间地头",
        ),
    ],
)
def test_class_purpose_and_attribute_are_told_apart(text: str, form: str, kind: str, expected: str) -> None:
    assert found(text, form) == [(form, kind, expected)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("科技创新是高质量发展的重要支撑。", "科技创新"),  # praise
        ("滨河中学是全省首个航天特色学校。", "滨河中学"),  # rank
        ("新能源汽车是全市工业的重要组成部分。", "新能源汽车"),  # place in a whole
        ("扩大财政赤字，主要用于减税降费。", "财政赤字"),  # a use of the moment
        ("公司已成为集研发、生产于一体的装备企业。", "装备企业"),  # tells what the company is
        ("培育以无人机为代表的低空装备产业。", "低空装备产业"),  # an example
        ("形成了良好的创新生态。", "创新生态"),
    ],
)
def test_praise_rank_and_example_define_nothing(text: str, form: str) -> None:
    assert found(text, form) == []


def test_the_definition_of_a_longer_term_is_not_lent_to_a_shorter_one() -> None:
    text = "科技智库联盟是由高校和院所组成的合作组织。"
    assert found(text, "智库", "联盟", "科技智库") == []
    assert found(text, "科技智库联盟", "智库") == [("科技智库联盟", "genus", "科技智库联盟是由高校和院所组成的合作组织")]


def test_the_surer_kind_comes_first_and_the_others_are_kept() -> None:
    texts = ["共享车间是面向小微企业的加工平台。", "本办法所称共享车间，是指有偿提供加工设备的场所。"]
    assert found(texts, "共享车间") == [
        ("共享车间", "explicit", "有偿提供加工设备的场所"),
        ("共享车间", "genus", "共享车间是面向小微企业的加工平台"),
    ]


def test_a_short_form_of_the_same_concept_is_no_definition_of_it() -> None:
    text = "支持高新技术企业（以下简称“高企”）发展。"
    given = [Passage("样本.txt", 0, text, range(len(text)))]
    one = definitions.find(given, {"高新技术企业": "k", "高企": "k"}, RULES, lambda offset: Source("样本.txt", 1, offset))
    two = definitions.find(given, {"高新技术企业": "k1", "高企": "k2"}, RULES, lambda offset: Source("样本.txt", 1, offset))
    assert one == []
    assert [(key, d.kind, d.text) for key, d in two] == [("k2", "short form", "高新技术企业（以下简称“高企”）")]


def test_the_source_is_where_the_text_stands_in_the_document() -> None:
    # the printed line had a break after 场, so the passage is shorter than what is printed
    text = "共享车间是指有偿提供加工设备的场所。"
    at = [*range(10, 27), 28]
    [(_, definition)] = definitions.find(
        [Passage("办法.txt", 0, text, at)], {"共享车间": "k"}, RULES, lambda offset: Source("办法.txt", 3, offset)
    )
    assert definition == Definition("有偿提供加工设备的场所", Source("办法.txt", 3, 16), "explicit", 0.9)


def test_quotation_marks_make_no_difference_to_what_is_known() -> None:
    assert found("坚持“双高”理念，即高标准规划和高水平建设，成效明显。", "“双高”理念") == [
        ("“双高”理念", "expansion", "高标准规划和高水平建设")
    ]
    assert found("坚持“双高”理念，即高标准规划和高水平建设，成效明显。", "双高") == [
        ("双高", "expansion", "高标准规划和高水平建设")
    ]


def test_repeated_passages_and_annex_bodies_are_not_read_twice() -> None:
    text = "共享车间是面向小微企业的加工平台。"
    given = [
        Passage("样本.txt", 0, text, range(len(text))),
        Passage("样本.txt", 1, text, range(100, 100 + len(text)), repeat=True),
    ]
    pairs = definitions.find(given, {"共享车间": "k"}, RULES, lambda offset: Source("样本.txt", 1, offset))
    assert [(key, d.source.offset) for key, d in pairs] == [("k", 0)]


def test_a_purpose_behind_a_bracket_belongs_to_what_stands_before_it() -> None:
    text = "印发《滨河市人才住房办法》（简称“安居十条”），旨在解决青年人才的住房困难。"
    assert found(text, "滨河市人才住房办法", "安居十条") == [
        ("安居十条", "short form", "《滨河市人才住房办法》（简称“安居十条”）"),
        ("滨河市人才住房办法", "purpose", "《滨河市人才住房办法》（简称“安居十条”），旨在解决青年人才的住房困难"),
    ]


def test_the_theme_of_a_meeting_is_not_what_the_meeting_is_for() -> None:
    assert found("论坛以“双链升级”为主题，旨在推动产业链与创新链对接。", "双链升级") == []


def test_what_follows_a_quoted_coinage_is_not_part_of_it() -> None:
    text = "通过首席服务、结对帮扶、跟踪问效“三项机制”重点突破。"
    assert found(text, "三项机制", "三项机制重点") == [("三项机制", "expansion", "首席服务、结对帮扶、跟踪问效“三项机制”")]


def test_a_longer_form_that_is_no_term_does_not_swallow_the_definition() -> None:
    text = "全县专设“育苗专项资金”，每年200万元用于支持新品种选育。"
    own = ("育苗专项资金", "purpose", "“育苗专项资金”，每年200万元用于支持新品种选育")
    assert own in found(text, "育苗专项资金", "全县专设“育苗专项资金”")
    text = "“造芯片、用芯片、测芯片”于一体的芯片产业高效运转。"
    assert found(text, "芯片产业", "芯片产业高效运转") == [("芯片产业", "genus", "“造芯片、用芯片、测芯片”于一体的芯片产业")]
    text = "东港、西岭、南湾3个数据港高效运营。"
    assert found(text, "数据港", "数据港高效运营") == []  # three characters say too little of a class
    text = "东港、西岭、南湾三大数据港高效运营。"
    assert found(text, "三大数据港", "三大数据港高效运营") == [("三大数据港", "expansion", "东港、西岭、南湾三大数据港")]


def test_an_attribute_of_a_general_noun_or_of_several_things_defines_nothing() -> None:
    assert found("坚持“稳存量、扩增量”的工作思路。", "工作思路") == []
    assert found("推进以仓单质押、存货融资为主的多种供应链金融业务。", "多种供应链金融业务") == []


def test_a_shorter_term_inside_a_longer_one_is_still_not_defined_by_it() -> None:
    text = "打造“服务+股权”的孵化平台体系。"
    assert found(text, "孵化平台体系", "孵化平台") == [("孵化平台体系", "genus", "“服务+股权”的孵化平台体系")]
    text = "建成东港、西岭、南湾三个装备产业集聚区。"
    assert found(text, "装备产业", "装备产业集聚区") == [("装备产业集聚区", "expansion", "东港、西岭、南湾三个装备产业集聚区")]


def test_a_quoted_coinage_is_defined_with_and_without_its_tail() -> None:
    text = "打造以互学互鉴、共建共享为特色的“邻里学堂”品牌。"
    assert sorted(key for key, _, _ in found(text, "邻里学堂", "“邻里学堂”品牌")) == ["“邻里学堂”品牌", "邻里学堂"]


def test_a_list_is_a_definition_although_the_list_was_taken_for_a_term_too() -> None:
    text = "形成“铁三角”——即“实验室—中试线—产业园”三方联动的转化机制。"
    assert found(text, "铁三角", "实验室—中试线—产业园三方联动的转化机制", "实验室—中试线—产业园") == [
        ("铁三角", "expansion", "“实验室—中试线—产业园”三方联动的转化机制")
    ]
    assert found("推广“绿码”，即绿色身份码，方便办事。", "绿码", "绿色身份码") == []  # only another name


def test_a_quoted_list_is_defined_by_what_it_is_called() -> None:
    assert found("坚持“谁审批、谁监管、谁负责”三原则，压实责任。", "谁审批、谁监管、谁负责") == [
        ("谁审批、谁监管、谁负责", "genus", "“谁审批、谁监管、谁负责”三原则")
    ]
    assert found("“实验室—产业园”三者互动。", "实验室—产业园") == []  # the number is another


def test_what_each_figure_of_a_coinage_stands_for_is_its_expansion() -> None:
    told = "“1”是指一个总平台，“4”是指四个分中心，“N”是指若干服务站"
    assert found(f"建设“1+4+N”服务网络：{told}。", "“1+4+N”服务网络") == [("“1+4+N”服务网络", "expansion", told)]
    assert found(f"建设“2+4”服务网络：{told}。", "“2+4”服务网络") == []


def test_members_told_in_the_same_sentence_are_gathered() -> None:
    given = ["开展“三项行动”：一是清河行动，整治河道；", "二是增绿行动，补植树木；", "三是净土行动，修复土壤。"]
    assert found(given, "三项行动") == [("三项行动", "expansion", "清河行动；增绿行动；净土行动")]


def test_another_name_between_a_term_and_its_class_does_not_hide_the_definition() -> None:
    text = "检测驿站，又称检测服务点，是为小微企业提供快速检测的服务机构。"
    assert found(text, "检测驿站") == [("检测驿站", "genus", "检测驿站，又称检测服务点，是为小微企业提供快速检测的服务机构")]


def test_what_a_bracket_means_is_told_without_the_word_for_meaning() -> None:
    assert found("梳理“三类”企业（指初创企业、成长企业、成熟企业）名单。", "“三类”企业") == [
        ("“三类”企业", "expansion", "初创企业、成长企业、成熟企业")
    ]


def test_counted_projects_and_a_coinage_that_begins_like_a_cue_are_no_definitions() -> None:
    assert found("青岭泵站、白石闸、云湖堤3个水利类项目开工。", "水利类项目") == []
    assert found("引进Hello Hub（即来即办中心）。", "Hub") == []


def test_what_several_documents_say_is_kept_once_and_what_contradicts_is_visible() -> None:
    def told(text: str, document: str, score: float = 0.9) -> Definition:
        return Definition(text, Source(document, 1, 0), "explicit", score)

    own = told("面向初创团队提供场地的机构", "甲.txt", 0.95)
    same, part, other = (
        told("面向初创团队提供场地的机构。", "乙.txt"),
        told("提供场地的机构", "丙.txt"),
        told("发放创业补贴的窗口", "丁.txt"),
    )
    parts = [Collected({}, tuple(("k", one) for one in some), (), (), {}, ()) for some in ((same, other), (part,), (own,))]
    assert gathered(parts, 3).definitions == {"k": (own, other)}


def test_several_of_one_are_as_many_as_the_first_number_says() -> None:
    text = "抓好“四个一批”：新建一批、改造一批、盘活一批、淘汰一批。"
    assert found(text, "四个一批") == [("四个一批", "expansion", "新建一批、改造一批、盘活一批、淘汰一批")]


def test_what_a_law_says_of_its_own_word_covers_it() -> None:
    text = "本条例所称的数据产品包括数据集、数据报告和数据接口。"
    assert found(text, "数据产品") == [("数据产品", "expansion", "数据集、数据报告和数据接口")]
