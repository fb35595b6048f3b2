"""PDF pages: lines in the order a person reads them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from writers import pdf

from termbuilder.model import Document
from termbuilder.read import Input, read

LEFT = [
    "建立企业出题、院所答题、市场阅卷的",
    "揭榜挂帅机制，每年发布一批技术攻关",
    "榜单。支持瞪羚企业牵头组建产业创新",
    "联合体，承担市级重大科技专项。对揭",
    "榜成功的项目，按照研发投入的一定比",
    "例给予补助，最高不超过五百万元。鼓",
    "励金融机构开发科技信贷产品，为科技",
    "型中小企业提供信用贷款。",
]
RIGHT = [
    "加快建设中试基地和概念验证中心，向",
    "产业链上下游企业开放共享。完善技术",
    "经理人培养体系，推动科技成果就地转",
    "化。健全知识产权质押融资风险补偿机",
    "制，引导社会资本投早投小投硬科技。",
    "推行创新积分制，对企业创新能力进行",
    "量化评价。实施科技特派员制度，服务",
    "乡村产业振兴，培育特色产业集群。",
]


def document(data: bytes) -> Document:
    (one,) = read(Input("报告.pdf", Path("报告.pdf"), data))
    return one


def at(lines: list[str], x: float, top: float = 780) -> list[tuple[float, float, str]]:
    return [(x, top - 20 * number, line) for number, line in enumerate(lines)]


def test_two_columns_are_read_one_after_the_other() -> None:
    assert document(pdf([at(LEFT, 60) + at(RIGHT, 320)])).text == "\n".join(LEFT + RIGHT)


def test_two_columns_that_the_file_holds_row_by_row_are_read_one_after_the_other() -> None:
    rows = [line for pair in zip(at(LEFT, 60), at(RIGHT, 320)) for line in pair]
    headed = [
        (200.0, 810.0, "云溪市科技创新政策要点"),
        *rows,
        (60.0, 600.0, "以上政策自发布之日起施行，有效期三年，由市科技局负责解释，请各有关单位遵照执行。"),
    ]
    assert document(pdf([headed])).text.split("\n") == [headed[0][2], *LEFT, *RIGHT, headed[-1][2]]


def test_cells_that_stand_side_by_side_stay_in_their_rows() -> None:
    names = ["中试基地", "概念验证中心", "新型研发机构", "产业创新联合体", "科技企业孵化器", "众创空间", "技术转移中心"]
    rows = [
        line
        for n, name in enumerate(names)
        for line in ((60.0, 780.0 - 20 * n, name), (320.0, 780.0 - 20 * n, f"市科技局{n}个"))
    ]
    assert document(pdf([rows])).text.split("\n")[:2] == ["中试基地 市科技局0个", "概念验证中心 市科技局1个"]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_turned_page_is_read_from_its_first_line_to_its_last(turned: int) -> None:
    assert document(pdf([at(LEFT, 60)], rotate=turned)).text == "\n".join(LEFT)


def test_lines_that_run_down_the_page_are_read_from_the_right() -> None:
    down = re.sub(
        rb"1 0 0 1 ([\d.]+) ([\d.]+) Tm", lambda place: b"0 -1 1 0 %g 800 Tm" % (float(place[2]) - 300), pdf([at(LEFT, 60)])
    )
    assert document(down).text == "\n".join(LEFT)


def test_a_raised_digit_is_a_note_mark_and_one_on_the_line_a_figure() -> None:
    small = "BT /F1 7 Tf 1 0 0 1 132 706 Tm <0031> Tj ET\n"
    page = pdf([[(60, 700, "建设中试基地"), (137, 700, "，新增3家企业")]])
    length = int(re.search(rb"/Length (\d+)", page)[1])  # type: ignore[index]
    marked = page.replace(b"/Length %d" % length, b"/Length %d" % (length + len(small))).replace(
        b"endstream", small.encode() + b"endstream"
    )
    assert document(marked).text == "建设中试基地¹，新增3家企业"


def test_running_heads_and_page_numbers_are_told_by_standing_at_one_height() -> None:
    pages = [
        [(200.0, 810.0, "云溪科技公报"), *at(LEFT[number : number + 4], 60), (290.0, 40.0, f"- {number + 1} -")]
        for number in range(4)
    ]
    one = document(pdf(pages))
    assert {one.text[start:end] for start, end, _ in one.set_aside} == {
        "云溪科技公报",
        "- 1 -\n云溪科技公报",
        "- 2 -\n云溪科技公报",
        "- 3 -\n云溪科技公报",
        "- 4 -",
    }


def test_a_line_that_returns_at_other_heights_is_no_running_head() -> None:
    pages = [
        [
            *at([LEFT[number]], 60),
            (60.0, 700.0 - 60 * number, "（一）主要任务"),
            *at(RIGHT[2 * number : 2 * number + 2], 60, 400),
        ]
        for number in range(4)
    ]
    assert document(pdf(pages)).set_aside == ()


def test_a_page_of_a_mixed_file_without_text_is_a_warning() -> None:
    one = document(pdf([at(LEFT, 60), [], at(RIGHT, 60)]))
    assert [mark.label for mark in one.marks] == ["1", "2", "3"]
    assert str(one.locate(one.text.index("加快建设"))) == "报告.pdf, page 3, line 9"


def test_a_file_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from termbuilder.errors import InputRefused
    from termbuilder.read import pdf as reader

    monkeypatch.setattr(reader, "MOST_PAGES", 2)
    with pytest.raises(InputRefused, match=r"^报告.pdf has 3 pages; at most 2 are read. Split it.$"):
        document(pdf([at(LEFT, 60)] * 3))


def test_quotation_marks_that_were_printed_after_the_line_are_put_in_their_place() -> None:
    line = "落实三个百分之八十要求"
    gapped = [
        (60.0, 700.0, line[:2]),
        (96.0, 700.0, line[2:9]),
        (192.0, 700.0, line[9:]),
        (84.0, 700.0, "“"),
        (180.0, 700.0, "”"),
    ]
    assert document(pdf([gapped])).text == "落实“三个百分之八十”要求"
    dashed = [(60.0, 700.0, "力促科"), (108.0, 700.0, "创"), (96.0, 700.0, "—")]
    assert document(pdf([dashed])).text == "力促科—创"
