"""What a document explains in so many words: 是指, 所谓, 以下简称, annexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from termbuilder import definitions, tables
from termbuilder.model import Passage, PassageKind

RULES = definitions.Rules.from_tables(tables.load())


def passages(*texts: str, kind: PassageKind = "body", section: str = "body") -> list[Passage]:
    """Every text a paragraph of its own."""
    return [
        Passage("样本.txt", number, text, range(1000 * number, 1000 * number + len(text)), kind, number, False, section)
        for number, text in enumerate(texts)
    ]


def told(given: Sequence[Passage]) -> list[tuple[str, str, str]]:
    """Kind, term and explanation of everything that `given` explains."""

    def cut(span: tuple[int, int, int]) -> str:
        return given[span[0]].text[span[1] : span[2]]

    return [(one.kind, cut(one.term), "".join(map(cut, one.definition))) for one in definitions.explained_terms(given, RULES)]


def full_forms(text: str) -> list[tuple[str, str | None]]:
    """Short form (or other name) and full form of every pair in `text`."""
    return [
        (text[one.term[1] : one.term[2]], text[one.full[1] : one.full[2]] if one.full else None)
        for one in definitions.explained_terms(passages(text), RULES)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "本办法所称共享车间，是指为小微企业有偿提供加工设备的场所。",
            ("explicit", "共享车间", "为小微企业有偿提供加工设备的场所"),
        ),
        (
            "所谓“校门创业”，就是学生在校期间边读书边办公司。",
            ("explicit", "校门创业", "学生在校期间边读书边办公司"),
        ),
        (
            "低空物流，指的是利用无人机在低空运送货物的配送方式。",
            ("explicit", "低空物流", "利用无人机在低空运送货物的配送方式"),
        ),
        (
            "其中，种业飞地主要是指设在外省的育种基地。",
            ("explicit", "种业飞地", "设在外省的育种基地"),
        ),
        (
            "本文将“链主培育”界定为政府帮助龙头企业带动上下游的一组措施。",
            ("explicit", "链主培育", "政府帮助龙头企业带动上下游的一组措施"),
        ),
        (
            "“三北”是东北、华北和西北的统称。",
            ("explicit", "三北", "东北、华北和西北的统称"),
        ),
    ],
)
def test_an_explicit_explanation_is_lifted_without_what_leads_up_to_it(text: str, expected: tuple[str, str, str]) -> None:
    assert told(passages(text)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "会议指出，要抓好春耕生产。",  # 指 inside another word
        "各项主要指标好于预期。",
        "这是指导我们工作的文件。",
        "什么是众创空间？众创空间是指什么？",
        "改革不是指望上级拨款。",
        "在南部片区，是指滨江路以南的三个街道。",  # a place, not a term
        "其是指符合条件的企业。",  # nothing a glossary could list
        "重大变化，是指下列情形：",  # the explanation stands elsewhere
    ],
)
def test_what_only_looks_like_an_explanation_is_none(text: str) -> None:
    assert told(passages(text)) == []


def test_what_the_next_sentence_counts_out_belongs_to_the_explanation() -> None:
    first = "本条例所称绿色货运，是指以新能源车辆运送货物的活动。"
    second = "包括城市配送、干线运输和港口集疏运。"
    both = passages(first, second)
    both[1] = replace(both[1], paragraph=0)
    assert told(both) == [("explicit", "绿色货运", "以新能源车辆运送货物的活动。包括城市配送、干线运输和港口集疏运")]


def test_the_same_sentence_in_another_paragraph_does_not() -> None:
    both = passages("本条例所称绿色货运，是指以新能源车辆运送货物的活动。", "包括城市配送在内，全年货运量增长较快。")
    assert told(both) == [("explicit", "绿色货运", "以新能源车辆运送货物的活动")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持高新技术企业（以下简称“高企”）发展。", [("高企", "高新技术企业")]),
        ("滨河市大数据发展管理局（以下简称市大数据局）负责实施。", [("市大数据局", "滨河市大数据发展管理局")]),
        (
            "印发《滨河市人才工作要点》和《滨河市人才住房办法》（简称《要点》、《办法规定》）。",
            [("要点", "《滨河市人才工作要点》"), ("办法规定", "《滨河市人才住房办法》")],
        ),
        ("数字孪生，又称“数字双胞胎”。", [("数字双胞胎", "数字孪生")]),
    ],
)
def test_a_short_form_is_paired_with_its_full_form(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = full_forms(text)
    if "《" in text:
        # titles lose their marks where the full form is one title
        found = [(short, full if full is None or full.startswith("《") else f"《{full}》") for short, full in found]
    assert found == expected


def test_a_description_is_no_full_form() -> None:
    text = "市政府依法确定的轨道建设单位（以下简称建设单位）应当公告。"
    assert full_forms(text) == [("建设单位", None)]


def test_a_name_for_the_text_itself_is_no_term() -> None:
    assert full_forms("执行《滨河市人才住房办法》（以下简称本办法）。") == []


ANNEX = (
    ("“四区联动”：", "指校区、园区、社区、街区资源共享。"),
    ("科技小院：", "由高校研究生长期驻村开展农业技术服务的一种模式。", "建设主体为高校。"),
)


def annexed(kind: PassageKind) -> list[Passage]:
    found = []
    for paragraph, texts in enumerate(ANNEX):
        head, *body = texts
        found.append((head, kind, 2 * paragraph))
        found += [(text, "body", 2 * paragraph + 1) for text in body]
    return [
        Passage("报告.txt", number, text, range(100 * number, 100 * number + len(text)), entry_kind, paragraph, False, "annex")
        for number, (text, entry_kind, paragraph) in enumerate(found)
    ]


@pytest.mark.parametrize("kind", ["list", "body", "heading"])
def test_every_annex_entry_is_lifted_whole(kind: PassageKind) -> None:
    assert told(annexed(kind)) == [
        ("annex", "四区联动", "指校区、园区、社区、街区资源共享。"),
        ("annex", "科技小院", "由高校研究生长期驻村开展农业技术服务的一种模式。建设主体为高校。"),
    ]


def test_an_annex_entry_may_stand_in_one_line_or_in_brackets() -> None:
    given = passages("1.“双千兆”：指千兆光网和千兆移动网。", "【夜间经济】指当日18时至次日6时的商业活动。", section="annex")
    assert told(given) == [
        ("annex", "双千兆", "指千兆光网和千兆移动网。"),
        ("annex", "夜间经济", "指当日18时至次日6时的商业活动。"),
    ]


def test_a_full_form_in_an_annex_entry_is_paired() -> None:
    given = passages("“双培计划”：是“青年教师培养和企业导师培训计划”的简称。", section="annex")
    [entry] = [one for one in definitions.explained_terms(given, RULES) if one.kind == "annex"]
    assert entry.full is not None
    number, start, end = entry.full
    assert given[number].text[start:end] == "青年教师培养和企业导师培训计划"


def test_list_items_at_the_end_of_a_notice_explain_terms_like_an_annex() -> None:
    given = passages(
        "首台套装备：是指经认定的首批重大技术装备。",
        "样板车间：对同行有示范作用的数字化车间。",
        kind="list",
    )
    assert [(kind, term) for kind, term, _ in told(given) if kind == "annex"] == [
        ("annex", "首台套装备"),
        ("annex", "样板车间"),
    ]


def test_list_items_that_give_orders_explain_nothing() -> None:
    given = passages("加强领导：各部门要压实责任。", "强化保障：落实经费和人员。", kind="list")
    assert told(given) == []


def test_entries_one_after_another_in_one_paragraph_fall_apart() -> None:
    texts = [
        "[1]四区联动：指校区、园区、社区、街区资源共享。",
        "科技小院：由研究生长期驻村服务的一种模式。",
        "主要任务：服务农户。",
    ]
    given = [
        Passage("报告.txt", n, t, range(100 * n, 100 * n + len(t)), "body", 7, False, "annex") for n, t in enumerate(texts)
    ]
    assert told(given) == [
        ("annex", "四区联动", "指校区、园区、社区、街区资源共享。"),
        ("annex", "科技小院", "由研究生长期驻村服务的一种模式。主要任务：服务农户。"),
    ]


def test_boxed_heads_dashes_and_note_marks_open_entries_too() -> None:
    boxed = passages("【四区联动】校区、园区、社区、街区资源共享。", "【科技小院】研究生驻村服务的一种模式。")
    dashes = passages("四区联动——指校区、园区、社区、街区资源共享。", section="annex")
    notes = passages("注：①四区联动：指校区、园区、社区、街区资源共享。", "科技小院：研究生驻村服务的一种模式。")
    notes[1] = replace(notes[1], kind="list")
    assert [term for kind, term, _ in told(boxed) if kind == "annex"] == ["四区联动", "科技小院"]
    assert told(dashes) == [("annex", "四区联动", "指校区、园区、社区、街区资源共享。")]
    assert [term for kind, term, _ in told(notes) if kind == "annex"] == ["四区联动", "科技小院"]


def table(*rows: tuple[str, ...]) -> list[Passage]:
    cells = [(paragraph, cell) for paragraph, row in enumerate(rows) for cell in row]
    return [Passage("表.xlsx", n, t, range(100 * n, 100 * n + len(t)), "table", p) for n, (p, t) in enumerate(cells)]


def test_a_table_of_terms_is_read_row_by_row() -> None:
    given = table(
        ("序号", "术语", "定义"),
        ("青年驿站", "为求职毕业生提供短期免费住宿的场所。", "每人每年不超过七天。"),
        ("人才安居", "以实物或者货币方式保障人才住房的制度。"),
    )
    assert told(given) == [
        ("annex", "青年驿站", "为求职毕业生提供短期免费住宿的场所。每人每年不超过七天。"),
        ("annex", "人才安居", "以实物或者货币方式保障人才住房的制度。"),
    ]


def test_another_table_explains_nothing() -> None:
    assert told(table(("项目", "说明"), ("青年驿站", "正在建设。"))) == []
    assert told(table(("术语", "英文", "定义"), ("青年驿站", "youth hostel", "住宿场所。"))) == []


def test_an_annex_entry_without_a_colon_opens_with_what_it_means_or_is() -> None:
    given = [
        *passages("名词解释", kind="heading"),
        *passages(
            "河湖管家指受聘巡查河湖并上报问题的专职人员。",
            "共享工坊是为村民提供来料加工场地的经营场所。",
            kind="list",
            section="annex",
        ),
    ]
    given = [replace(one, number=number, paragraph=number) for number, one in enumerate(given)]
    assert told(given) == [
        ("annex", "河湖管家", "指受聘巡查河湖并上报问题的专职人员。"),
        ("annex", "共享工坊", "为村民提供来料加工场地的经营场所。"),
    ]


def test_the_full_form_of_a_local_body_begins_behind_the_preposition() -> None:
    assert full_forms("本细则由云岭市财政局（以下简称“市财政局”）负责解释。") == [("市财政局", "云岭市财政局")]


def test_items_below_the_clause_on_the_meaning_of_words_are_entries() -> None:
    given = passages(
        "本办法下列用语的含义：",
        "检测驿站，是指提供快速检测的服务点；",
        "共享工位：按小时出租的办公座位；",
        "市人民政府设立检测补助资金。",
        "申报材料：申请表和营业执照。",
        kind="list",
    )
    assert told(given) == [
        ("annex", "共享工位", "按小时出租的办公座位"),
        ("explicit", "检测驿站", "提供快速检测的服务点"),
    ]


def test_notes_at_the_end_on_what_stood_in_quotation_marks_are_entries() -> None:
    text = passages("实施“双百”行动，打造“10分钟阅读圈”，推进园区建设。")
    notes = passages(
        "“双百”行动：新建百家书屋、培训百名馆员的行动。", "10分钟阅读圈：步行10分钟可到书屋的生活圈。", kind="list"
    )
    given = [replace(one, number=number, paragraph=number) for number, one in enumerate([*text, *notes])]
    assert told(given) == [
        ("annex", "“双百”行动", "新建百家书屋、培训百名馆员的行动。"),
        ("annex", "10分钟阅读圈", "步行10分钟可到书屋的生活圈。"),
    ]
    duties = passages("牵头单位：文化局负责统筹。", "完成时限：年底前见效。", kind="list")
    given = [replace(one, number=number, paragraph=number) for number, one in enumerate([*text, *duties])]
    assert told(given) == []


def test_bare_zhi_means_something_only_behind_a_quoted_coinage() -> None:
    assert told(passages("“绿名单”制度指对守信企业减少检查的办法。")) == [
        ("explicit", "“绿名单”制度", "对守信企业减少检查的办法")
    ]
    assert told(passages("考核指对标先进找差距。")) == []
    assert told(passages("新兴的“夜校经济”，说的是成年人晚间学艺带动的消费。")) == [
        ("explicit", "新兴的“夜校经济”", "成年人晚间学艺带动的消费")
    ]
