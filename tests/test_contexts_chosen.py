"""Which sentences are shown for a term, and that it does not matter how the work was cut."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbuilder import contexts, tables
from termbuilder.model import Context, Occurrence, Passage, PassageKind, Source

RULES = contexts.Rules.from_tables(tables.load())


def seen(
    text: str, term: str, document: str = "甲.txt", number: int = 0, kind: PassageKind = "body", repeat: bool = False
) -> Occurrence:
    passage = Passage(document, number, text, range(1000 * number, 1000 * number + len(text)), kind, number, repeat)
    start = text.index(term)
    return Occurrence(passage, start, start + len(term), term, term)


def located(document: str, offset: int) -> Source:
    return Source(document, offset // 1000 + 1, offset)


def chosen(occurrences: Iterable[Occurrence], limit: int = 3) -> dict[str, list[str]]:
    return {key: [one.text for one in found] for key, found in contexts.best(occurrences, located, RULES, limit).items()}


def test_a_whole_sentence_of_moderate_length_is_shown_as_it_is() -> None:
    text = "鼓励银行机构为科创驿站入驻企业提供信用贷款和结算便利。"
    assert contexts.best([seen(text, "科创驿站")], located, RULES) == {
        "科创驿站": (Context(text, Source("甲.txt", 1, 0), ((7, 11),), 1.1),)
    }


def test_every_occurrence_in_the_sentence_is_marked() -> None:
    text = "共享车间按小时收费，共享车间的设备由园区统一维护。"
    [found] = contexts.best([seen(text, "共享车间")], located, RULES)["共享车间"]
    assert [text[start:end] for start, end in found.term_spans] == ["共享车间", "共享车间"]


SENTENCE = "小微企业可以按小时租用共享车间的检测设备。"


@pytest.mark.parametrize(
    ("kind", "text", "place"),
    [
        ("heading", "加快共享车间建设步伐，提升服务能力", "heading"),
        ("table", "共享车间数量，三家，运行良好。", "table"),
        ("list", "共享车间建设", "list item"),
        ("body", "推广共享车间。", ""),
    ],
)
def test_where_no_sentence_has_the_term_its_heading_cell_or_item_is_shown_and_called_so(
    kind: PassageKind, text: str, place: str
) -> None:
    [shown] = contexts.best([seen(text, "共享车间", kind=kind)], located, RULES)["共享车间"]
    assert (shown.text, shown.source) == (text, Source("甲.txt", 1, 0, place))
    assert chosen([seen(text, "共享车间", kind=kind), seen(SENTENCE, "共享车间", number=1)]) == {"共享车间": [SENTENCE]}


def test_the_page_of_a_heading_is_told_too() -> None:
    found = contexts.best(
        [seen("共享车间建设情况", "共享车间", kind="heading")], lambda document, at: Source(document, 1, at, "page 3"), RULES
    )
    assert str(found["共享车间"][0].source) == "甲.txt, page 3, heading, line 1"


@pytest.mark.parametrize("kind", ["heading", "table", "list", "body"])
def test_a_heading_that_is_nothing_but_the_term_shows_nothing(kind: PassageKind) -> None:
    assert chosen([seen("“共享车间”", "共享车间", kind=kind)]) == {}
    assert chosen([seen("新共享车间", "共享车间", kind=kind)]) == {}


def test_an_annex_entry_is_a_context_of_the_terms_in_it_and_not_of_its_own() -> None:
    text = "共享车间：是指由园区运营、供小微企业按时租用检测设备的场所。"
    passage = Passage("甲.txt", 0, text, range(len(text)), section="annex")
    own, other = Occurrence(passage, 0, 4, "共享车间", "k1"), Occurrence(passage, 14, 18, "小微企业", "k2")
    found = contexts.best([own, other], located, RULES)
    assert {key: [(one.text, one.source.place) for one in some] for key, some in found.items()} == {"k2": [(text, "annex")]}


def test_the_first_of_two_headings_is_shown_if_both_are_as_good() -> None:
    headings = [
        seen(text, "共享车间", number=n, kind="heading") for n, text in enumerate(("共享车间建设情况", "共享车间发展目标"))
    ]
    assert chosen(headings[::-1]) == {"共享车间": ["共享车间建设情况"]}


def test_a_repeated_passage_is_not_shown_again() -> None:
    text = "小微企业可以按小时租用共享车间的检测设备。"
    assert chosen([seen(text, "共享车间", repeat=True)]) == {}


def test_the_same_sentence_is_shown_once_whatever_its_figures() -> None:
    texts = ["今年新建共享车间12家，服务小微企业近千户。", "今年新建共享车间15家，服务小微企业近千户。"]
    found = chosen([seen(text, "共享车间", document) for text, document in zip(texts, ("甲.txt", "乙.txt"), strict=True)])
    assert len(found["共享车间"]) == 1


def test_another_document_is_preferred_to_a_slightly_better_sentence() -> None:
    a = seen("支持共享车间为小微企业提供检测、试制和培训服务。", "共享车间", "甲.txt", 0)
    b = seen("鼓励共享车间向高校学生开放，培养动手能力。", "共享车间", "甲.txt", 1)
    c = seen("多家共享车间的设备来自本地职业院校和企业。", "共享车间", "乙.txt", 0)
    assert {one.source.document for one in contexts.best([a, b, c], located, RULES, 2)["共享车间"]} == {"甲.txt", "乙.txt"}


def test_a_sentence_that_says_something_beats_a_list_a_slogan_and_a_pointer() -> None:
    good = "鼓励共享车间为小微企业提供检测和试制服务。"
    others = [
        "依托孵化器、加速器、共享车间、众创空间、产业园、示范区等载体。",
        "建车间，搭平台，兴共享车间，强企业。",
        "其面积比共享车间大得多，投入也更多一些。",
        "全市共享车间2021年12家、2022年18家、2023年25家、2024年36家。",
    ]
    for text in others:
        assert chosen([seen(text, "共享车间", "乙.txt"), seen(good, "共享车间", "丙.txt")], 1) == {"共享车间": [good]}


def test_a_sentence_that_runs_on_is_cut_at_clause_borders() -> None:
    text = (
        "去年以来，面对复杂多变的外部环境和艰巨繁重的改革任务，全县上下齐心协力，"
        "在工业集中区建成共享车间，为周边小微企业提供检测试制服务，有效降低了创业成本，"
        "同时推进道路改造，完善供水供电设施，整治河道沟渠，面貌焕然一新。"
    )
    [found] = contexts.best([seen(text, "共享车间")], located, RULES)["共享车间"]
    assert found.text == "在工业集中区建成共享车间，为周边小微企业提供检测试制服务，有效降低了创业成本"
    assert found.source == Source("甲.txt", 1, text.index(found.text))
    assert found.text[slice(*found.term_spans[0])] == "共享车间"


def test_a_cut_sentence_does_not_break_off_before_anything_is_said() -> None:
    text = (
        "为进一步激发基层活力，县里先后出台了一系列支持创业创新的政策文件和配套措施，取得了较好的成效，"
        "在共享车间建设过程中，充分尊重企业意愿，按需配置设备，让每一分投入都用在刀刃上。"
    )
    [found] = contexts.best([seen(text, "共享车间")], located, RULES)["共享车间"]
    assert found.text.startswith("在共享车间建设过程中，充分尊重企业意愿")


SENTENCES = [
    "鼓励共享车间为小微企业提供检测和试制服务。",
    "共享车间由园区统一运营，按使用时长收取费用。",
    "对新建的共享车间给予一次性补助，最高不超过百万元。",
    "推动共享车间与职业院校结对，共建实训基地。",
    "据了解，共享车间去年服务企业三百余户。",
    "鼓励共享车间为小微企业提供检测和试制服务！",
    "完善共享车间、众创空间、孵化器等载体布局，形成梯次体系。",
    "共享车间应当建立安全生产责任制，配备专职管理人员。",
]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5), st.integers(0, 30)), max_size=60),
    st.randoms(use_true_random=False),
)
def test_the_way_the_work_is_cut_does_not_matter(places: list[tuple[int, int, int]], order: random.Random) -> None:
    occurrences = [
        seen(SENTENCES[which] + ("" if number % 3 else f"（第{number}号）"), "共享车间", f"{document}.txt", number)
        for which, document, number in places
    ]
    whole = contexts.collect(occurrences, located, RULES)
    shuffled = occurrences[:]
    order.shuffle(shuffled)
    cut = order.randint(0, len(shuffled))
    second = order.randint(cut, len(shuffled))
    parts = [contexts.collect(part, located, RULES) for part in (shuffled[:cut], shuffled[cut:second], shuffled[second:])]
    assert contexts.merge(contexts.merge(parts[0], parts[1]), parts[2]) == whole
    assert contexts.merge(parts[2], contexts.merge(parts[1], parts[0])) == whole


def test_what_is_kept_of_a_frequent_term_is_bounded() -> None:
    many = [
        seen(f"第{chr(0x4E00 + i)}批共享车间面向小微企业开放，服务{chr(0x5000 + i)}类客户。", "共享车间", "甲.txt", i)
        for i in range(400)
    ]
    assert len(contexts.collect(many, located, RULES)["共享车间"]) == contexts.KEPT


def test_a_clause_of_a_sentence_already_shown_is_not_shown() -> None:
    texts = ["完善布局规划，提高共享车间使用效率。", "提高共享车间使用效率。", "共享车间由园区统一运营，按使用时长收取费用。"]
    found = chosen([seen(text, "共享车间", f"{number}.txt") for number, text in enumerate(texts)])
    assert found == {"共享车间": [texts[2], texts[0]]}


def test_a_poor_sentence_is_shown_only_where_there_is_no_other() -> None:
    poor = "其面积是共享车间的2倍、3倍、4倍、5倍。"
    good = "鼓励共享车间为小微企业提供检测和试制服务。"
    assert chosen([seen(poor, "共享车间")]) == {"共享车间": [poor]}
    assert chosen([seen(poor, "共享车间"), seen(good, "共享车间", "乙.txt")]) == {"共享车间": [good]}


@pytest.mark.parametrize("opening", ["[方法/过程]", "【要点】", "第三，", "此外，", "二是"])
def test_what_only_joins_a_sentence_to_its_paragraph_is_left_out(opening: str) -> None:
    text = "鼓励银行机构为科创驿站入驻企业提供信用贷款和结算便利。"
    assert chosen([seen(opening + text, "科创驿站")]) == {"科创驿站": [text]}


def test_a_condition_is_shown_with_what_follows_from_it() -> None:
    text = "对获评省级科创驿站且连续两年考核优秀、入驻企业超过二十家、年度新增就业岗位不少于一百个的运营机构，经主管部门审核公示后，由市级财政给予一次性奖励。"
    assert chosen([seen(text, "科创驿站")]) == {"科创驿站": [text]}


def test_a_sentence_that_only_counts_or_tells_of_a_person_is_not_shown_even_alone() -> None:
    assert chosen([seen("新增科创驿站8家、孵化器3家、实验室12家、企业400家。", "科创驿站")]) == {}
    assert chosen([seen("王某某现任科创驿站主任、博士生导师，兼任某公司董事长。", "科创驿站")]) == {}


def test_a_sentence_with_the_term_of_its_own_beats_one_with_it_inside_a_name() -> None:
    inside, own = "岭南低碳建筑应用研究基地在新区举行启动仪式。", "新区推广低碳建筑，鼓励使用节能建材和屋顶光伏。"
    assert chosen([seen(inside, "低碳建筑"), seen(own, "低碳建筑", number=1)])["低碳建筑"][0] == own
