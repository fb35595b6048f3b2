"""Every sample in examples/ read as a whole: text, places, and what is set aside."""

from __future__ import annotations

from pathlib import Path

import make_samples
import pytest

from termbuilder.model import Document, SegmentPair, Source
from termbuilder.read import expand, read, read_file

EXAMPLES = Path(__file__).parent.parent / "examples"


def sample(name: str) -> Document:
    return read_file(EXAMPLES / name)


def aside(document: Document) -> list[tuple[str, str]]:
    return [(why, document.text[start:end]) for start, end, why in document.set_aside]


def place(document: Document, form: str) -> str:
    return str(document.locate(document.text.index(form)))


@pytest.mark.parametrize("name", make_samples.SAMPLES)
def test_the_committed_sample_is_what_its_maker_writes(name: str) -> None:
    assert (EXAMPLES / name).read_bytes() == make_samples.SAMPLES[name]()


def test_every_sample_is_read_without_a_warning() -> None:
    inputs, warnings = expand([EXAMPLES])
    documents = [document for one in inputs for document in read(one)]
    assert warnings == []  # the README about the samples is none of them
    assert [document.name for document in documents if document.warnings] == []
    assert {document.format for document in documents} == {
        "txt",
        "md",
        "html",
        "docx",
        "pdf",
        "xlsx",
        "csv",
        "pptx",
        "odt",
        "epub",
        "rtf",
        "srt",
        "tmx",
        "xliff",
    }


def test_a_word_document_has_its_table_and_notes_and_no_deleted_text() -> None:
    document = sample("plan.docx")
    assert "企业研发机构覆盖率达到70%。\n" in document.text
    assert "力争" not in document.text
    assert "瞪羚企业培育\t市科技局\t110家\t150家\n" in document.text
    assert place(document, "瞪羚企业培育") == "plan.docx, cell A2 of table 1, line 14"
    assert place(document, "各县（区）要将") == "plan.docx, paragraph 13, line 18"
    assert place(document, "放大试验条件") == "plan.docx, note 2, line 20"
    assert aside(document) == [
        ("table of contents", "一、发展目标\t1\n二、主要任务\t2\n三、进度安排\t3"),
        ("footer", "第 1 页 共 3 页"),
        ("header", "云溪市人民政府办公室文件"),
    ]


def test_a_pdf_keeps_its_lines_and_sets_running_heads_and_page_numbers_aside() -> None:
    document = sample("report.pdf")
    assert "坚持把科技创新摆在现\n代化建设全局的核心位置" in document.text
    assert [mark.label for mark in document.marks] == ["1", "2", "3"]
    head = "云溪市2025年科技创新工作报告"
    assert [text for _, text in aside(document)] == [head, f"－ 1 －\n{head}", f"－ 2 －\n{head}", "－ 3 －"]
    assert place(document, "具身智能") == "report.pdf, page 2, line 20"


def test_a_web_page_keeps_its_article_and_sets_the_rest_aside() -> None:
    document = sample("news.html")
    kept = "".join(
        document.text[start:end]
        for start, end in zip(
            [0, *(end for _, end, _ in document.set_aside)], [*(start for start, _, _ in document.set_aside), None]
        )
    )
    assert kept.split() == [
        "云溪首张“创新积分贷”落地",
        "9月10日，云溪农商银行向北湖智能研究院孵化的一家瞪羚企业发放500万元“创新积分贷”。这是云溪市推行企业创新积分制以来发放的首笔贷款。",
        "企业创新积分制，是指运用大数据对企业的研发投入、成果产出、成长经营等创新能力进行量化评价的新型政策工具。积分高的企业可以凭分获贷，“知产”变“资产”。",
        "市科技局有关负责人介绍，今年以来，云溪市围绕“462”创新发展战略，推出“云科贷”“人才贷”“创新积分贷”三款科技金融产品，累计为326家科技型中小企业授信41亿元；设立规模10亿元的天使母基金，引导社会资本投早、投小、投硬科技。",
        "下一步，云溪市将按照《云溪市科技金融服务办法》，健全知识产权质押融资风险补偿机制，推动科技、产业、金融良性循环。（记者",
        "林一帆）",
    ]
    assert ("share bar", "分享到：微信 微博") in aside(document)


def test_cells_of_a_workbook_are_marked_with_sheet_and_cell() -> None:
    document = sample("indicators.xlsx")
    assert document.text.split("\n")[:2] == [
        "政策工具\t说明\t主管部门\t实施年份",
        "揭榜挂帅\t企业出题、公开张榜、不设门槛选拔攻关团队\t市科技局",
    ]
    assert place(document, "省实验室") == "indicators.xlsx, cell 创新平台!B2, line 9"


def test_cells_of_a_csv_file_are_marked_with_column_and_record() -> None:
    document = sample("projects.csv")
    assert place(document, "低空物流") == "projects.csv, cell B4, line 4"
    assert "低空物流无人机集群调度系统（含“一网统管”接口）\t云溪低空产业发展公司" in document.text


def test_slides_come_in_order_with_tables_and_notes() -> None:
    document = sample("slides.pptx")
    assert place(document, "举荐制") == "slides.pptx, slide 2, paragraph 4, line 7"
    assert place(document, "卓越工程师") == "slides.pptx, cell A3 of table 1 on slide 3, line 14"
    assert place(document, "赛马制是指") == "slides.pptx, slide 2, note of the speaker, line 10"
    assert aside(document) == [
        ("footer", "云溪市科学技术局"),
        ("slide number", "2"),
        ("footer", "云溪市科学技术局"),
        ("slide number", "3"),
    ]


def test_an_opendocument_text_has_its_list_table_and_note() -> None:
    document = sample("minutes.odt")
    assert "一、同意在沿海城市设立科创飞地，首批建设面积2万平方米。\n" in document.text
    assert "科创飞地选址\t市科技局\n" in document.text
    assert place(document, "科创飞地是指") == "minutes.odt, note 1, line 9"
    assert aside(document) == [("header", "内部资料\u3000注意保存"), ("footer", "— 1 —")]


def test_pinyin_over_a_word_is_no_text_of_the_book() -> None:
    document = sample("guide.epub")
    assert "问：瞪羚企业可以享受哪些政策？" in document.text
    assert place(document, "知识产权质押融资") == "guide.epub, file chapter2.xhtml, paragraph 2, line 7"


def test_an_rtf_letter_is_decoded_and_its_footnote_comes_last() -> None:
    document = sample("letter.rtf")
    assert document.text.split("\n")[-2:] == [
        "二、有关要求。需求应明确攻关目标、时限和资金安排，鼓励产业创新联合体联合发榜。",
        "发榜单位须为在云溪市注册的企业。",
    ]
    assert place(document, "发榜单位") == "letter.rtf, note 1, line 6"


def test_subtitles_are_marked_with_their_time() -> None:
    document = sample("talk.srt")
    assert document.text.split("\n")[-1] == "今年我们还开放了首台（套）示范应用场景。"
    assert place(document, "首台（套）") == "talk.srt, unit 00:00:12, line 5"


def test_a_memory_gives_its_chinese_side_and_keeps_the_pairs() -> None:
    document = sample("memory.tmx")
    assert document.text.split("\n")[1] == "推动瞪羚企业与中试基地对接。"
    assert document.pairs[1] == SegmentPair(
        "推动瞪羚企业与中试基地对接。", "Match gazelle companies with pilot-scale bases.", "2"
    )
    assert document.locate(0) == Source("memory.tmx", 1, 0, "unit 1")


def test_a_segment_without_translation_is_text_but_no_pair() -> None:
    document = sample("leaflet.xlf")
    assert document.text.split("\n")[2] == "产业创新联合体实行首席专家负责制。"
    assert [pair.unit for pair in document.pairs] == ["1", "2"]
    assert document.pairs[0].source == "云溪实验室面向全球招聘首席科学家。"
