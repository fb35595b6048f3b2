"""What is no running text is set aside, and what only looks so stays."""

from __future__ import annotations

import pytest

from termbuilder import tables
from termbuilder.clean import Rules, clean
from termbuilder.model import Document, Mark, Passage


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules.from_tables(tables.load())


BODY = "云溪市加快建设中试基地，推动科技成果转化，完善概念验证服务体系，培育一批产业创新联合体。"
MORE = "东岚县推广创新券，支持企业购买研发服务，健全技术经理人队伍。"


def passages(text: str, rules: Rules, *marks: Mark) -> list[Passage]:
    return list(clean(Document("a.txt", text, marks), rules).passages)


def texts(text: str, rules: Rules, *marks: Mark) -> list[str]:
    return [passage.text for passage in passages(text, rules, *marks)]


def test_running_heads_and_page_numbers_are_set_aside_with_page_marks(rules: Rules) -> None:
    pages = [f"云溪科技简报\n{sentence}\n第 {n} 页 共 3 页\n" for n, sentence in enumerate((BODY, MORE, "全文结束。"), 1)]
    starts = [sum(map(len, pages[:n])) for n in range(3)]
    marks = [Mark(start, "page", str(n)) for n, start in enumerate(starts, 1)]
    assert texts("".join(pages), rules, *marks) == [BODY, MORE, "全文结束。"]


def test_running_heads_are_known_by_the_page_numbers_beside_them(rules: Rules) -> None:
    text = f"云溪科技简报\n\n{BODY}\n\n— 1 —\n\n云溪科技简报\n\n{MORE}\n\n— 2 —\n\n云溪科技简报\n\n全文结束。\n\n— 3 —\n"
    assert texts(text, rules) == [BODY, MORE, "全文结束。"]


def test_a_heading_that_comes_twice_is_no_running_head(rules: Rules) -> None:
    text = f"工作目标\n\n{BODY}\n\n工作目标\n\n{MORE}\n"
    found = passages(text, rules)
    assert [(p.text, p.repeat) for p in found] == [("工作目标", False), (BODY, False), ("工作目标", True), (MORE, False)]


def test_a_subscript_on_its_own_line_is_no_page_number(rules: Rules) -> None:
    text = f"{BODY}重点区域细颗粒物浓度持续下降，以PM\n2.5\n和臭氧协同控制为主线，推动空气质量改善。"
    assert texts(text, rules)[-1] == "重点区域细颗粒物浓度持续下降，以PM2.5和臭氧协同控制为主线，推动空气质量改善。"


def test_a_contents_list_is_set_aside_and_the_first_title_behind_it_stays(rules: Rules) -> None:
    text = (
        "目 录\n\n创新要闻\n- 01 云溪实验室揭牌\n- 03 中试基地开放日\n产业观察\n- 05 低空经济起飞\n- 09 瞪羚企业成长记\n\n\n\n\n"
        f"云溪实验室揭牌\n\n{BODY}"
    )
    assert texts(text, rules) == ["云溪实验室揭牌", BODY]


def test_a_contents_list_without_page_numbers_is_known_by_its_chapters(rules: Rules) -> None:
    text = f"目录\n第一章 总则\n第二章 平台建设\n第三章 人才\n\n第一章 总则\n\n{BODY}\n\n第二章 平台建设\n\n{MORE}\n\n第三章 人才\n\n全文结束。"
    assert [(p.text, p.repeat) for p in passages(text, rules)] == [
        ("总则", False), (BODY, False), ("平台建设", False), (MORE, False), ("人才", False), ("全文结束。", False),
    ]  # fmt: skip


def test_dot_leaders_are_set_aside_and_an_ellipsis_is_not(rules: Rules) -> None:
    text = (
        f"一、总体要求............1\n二、重点任务……………………5\n\n{BODY}\n\n中试基地、概念验证中心、产业创新联合体……都在加快建设。"
    )
    assert texts(text, rules) == [BODY, "中试基地、概念验证中心、产业创新联合体……都在加快建设。"]


def test_a_staff_list_and_an_imprint_are_set_aside(rules: Rules) -> None:
    text = (
        "编辑委员会\n主任 李知行 王若水\n成员（以姓氏笔画为序）\n万里 方圆\n冯 川 刘一诺\n周舟\n\n主办单位：\n云溪市科学技术局\n"
        f"东岚县科技局\n\n地址：云溪市东湖路1号\n邮编：300000\n\n{BODY}"
    )
    assert texts(text, rules) == [BODY]


@pytest.mark.parametrize(
    "line",
    [
        "成员单位应当定期报送进展情况。",
        "主任医师可以领衔临床研究。",
        "高校 院所 企业",
        "电话会议系统覆盖全市，传真、邮箱等渠道同步开通。",
        "图书馆和科技馆向公众免费开放。",
        "技术路线图",
        "文件管理",
        "100001元至200000元的部分按2%至3%交纳",
        "高分遥感航空摄影",
        "5.18展洽会促成合作项目三十个。",
        "时间紧、任务重，各县要倒排工期。",
    ],
)
def test_running_text_with_the_words_of_an_imprint_stays(line: str, rules: Rules) -> None:
    assert texts(f"{BODY}\n\n{line}\n\n{MORE}", rules) == [BODY, line.replace(" ", ""), MORE]


def test_the_furniture_of_a_government_page_is_set_aside(rules: Rules) -> None:
    text = (
        f"首页 > 政务公开 > 通知\n设为首页 | 加入收藏\n索引号： 000000000/2026-00001\n发布机构： 云溪市科学技术局\n发布日期：2026-01-05 浏览次数：120\n字号：[大 中 小]\n\n{BODY}\n\n"
        "（资料图片）\n林一帆 摄\n受访者供图\n图/周舟\n\n分享到：微信 微博\n打印\n关闭窗口\n"
        "抄送：市委各部门，市政协办公室。\n云溪市人民政府办公室　　2026年1月6日印发\n版权所有：云溪市人民政府　云ICP备00000000号"
    )
    assert texts(text, rules) == [BODY]


def test_teasers_of_other_articles_at_the_end_are_set_aside(rules: Rules) -> None:
    text = (
        f"{BODY}\n{MORE}\n关键词：\n东湖边的新书店 周末去哪儿，东湖边新开的书店里坐满了读者，一位老人告诉记者，他每天都...\n"
        "地铁三号线调整末班车时间_快讯 云溪地铁昨天发布通告，自下周一起三号线末班车延长半小时，方便...\n"
        "秋粮收购有序开展 眼下正是秋粮上市的时节，记者在东岚县粮库看到，前来卖粮的车辆排起...\n"
    )
    assert texts(text, rules) == [BODY, MORE]


def test_an_article_that_trails_off_is_no_teaser(rules: Rules) -> None:
    text = f"{BODY}\n{MORE}\n从实验室到生产线，从一张图纸到一座工厂，云溪的故事还在继续……"
    assert texts(text, rules)[-1] == "从实验室到生产线，从一张图纸到一座工厂，云溪的故事还在继续……"


def test_a_bibliography_an_author_block_and_english_lines_are_set_aside(rules: Rules) -> None:
    text = (
        "# 概念验证的制度供给\n\n李知行1 王若水2\\*\n\n1云溪大学公共管理学院 云溪 300001\n\n"
        f"{BODY}\n\nFigure 1 Services of proof-of-concept centers\n\nAbstract: This paper discusses proof of concept.\n\n参考文献\n"
        "[1] 周舟. 概念验证中心建设研究[J]. 科技管理, 2020, 3(1): 1-9.\n[2] Smith J. Proof of concept[M]. New York, 2019.\n"
    )
    assert texts(text, rules) == ["概念验证的制度供给", BODY]


def test_the_annex_that_explains_terms_is_known_and_its_terms_stand_with_their_explanations(rules: Rules) -> None:
    text = f"{BODY}\n\n附件2\n《政府工作报告》名词解释\n1.概念验证：\n指验证科技成果技术可行性的活动。\n2.中试基地：是指提供放大试验的平台。\n"
    found = passages(text, rules)
    assert [(p.text, p.section) for p in found][-2:] == [
        ("概念验证：指验证科技成果技术可行性的活动。", "annex"),
        ("中试基地：是指提供放大试验的平台。", "annex"),
    ]


def test_a_paragraph_that_comes_again_is_kept_and_marked(rules: Rules) -> None:
    assert [p.repeat for p in passages(f"{BODY}\n\n{MORE}\n\n{BODY}", rules)] == [False, False, True]


def test_what_the_reader_set_aside_is_left_out(rules: Rules) -> None:
    text = f"首页 > 新闻\n{BODY}"
    document = Document("a.html", text, set_aside=((0, 7, "navigation"),))
    assert [p.text for p in clean(document, rules).passages] == [BODY]
