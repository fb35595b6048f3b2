"""What real office files hold: tracked changes, text boxes, nested tables, merged cells, phonetic guides, diagrams."""

from __future__ import annotations

from pathlib import Path

import pytest
from writers import container, docx, footnote, odf, paragraph, pptx, rtf, rtf_text, run, shape, table, tracked, xlsx

from termbuilder.model import Document
from termbuilder.read import Input, read


def document(name: str, data: bytes) -> Document:
    (one,) = read(Input(name, Path(name), data))
    return one


def word(body: str, **parts: str) -> Document:
    return document("通知.docx", docx(body, **parts))


def places(one: Document, kind: str = "cell") -> list[str]:
    return [mark.label for mark in one.marks if mark.kind == kind]


def test_inserted_text_is_kept_and_deleted_and_moved_text_is_not() -> None:
    moved = f"<w:moveFrom>{run('旧位置')}</w:moveFrom><w:moveTo>{run('新位置')}</w:moveTo>"
    assert word(paragraph("培育", after=tracked("小巨人", "瞪羚企业") + moved)).text == "培育瞪羚企业新位置"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    joined = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>" + run("揭榜") + "</w:p>"
    assert word(joined + paragraph("挂帅机制") + paragraph("高企")).text == "揭榜挂帅机制\n高企"


def test_a_row_that_was_deleted_is_not_read() -> None:
    rows = table([["瞪羚企业"]]) + table([["独角兽"]]).replace("<w:tr>", "<w:tr><w:trPr><w:del w:id='1'/></w:trPr>")
    assert word(rows + paragraph("完")).text == "瞪羚企业\n完"


def test_hidden_text_is_not_read_but_text_that_is_not_hidden_any_more_is() -> None:
    def look(value: str, text: str) -> str:
        return f"<w:r><w:rPr><w:vanish{value}/></w:rPr><w:t>{text}</w:t></w:r>"

    assert word("<w:p>" + look("", "内部") + look(' w:val="0"', "公开") + "</w:p>").text == "公开"


def test_a_text_box_is_read_once_though_word_writes_it_twice() -> None:
    box = f"<w:txbxContent>{paragraph('专栏：中试基地')}</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert word(f"<w:p>{run('正文')}<w:r>{both}</w:r></w:p>").text == "正文\n专栏：中试基地"


def test_pinyin_over_characters_is_not_read() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('dèng')}</w:rt><w:rubyBase>{run('瞪')}</w:rubyBase></w:ruby></w:r>"
    assert word(f"<w:p>{ruby}{run('羚企业')}</w:p>").text == "瞪羚企业"


def test_field_codes_are_not_read_but_their_results_are() -> None:
    field = "<w:r><w:instrText>HYPERLINK http://example.org</w:instrText></w:r>" + run("《科技进步条例》")
    link = f"<w:hyperlink>{run('附件')}</w:hyperlink>"
    assert word(f"<w:p>{field}{link}</w:p>").text == "《科技进步条例》附件"


def test_raised_digits_stay_raised() -> None:
    raised = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>"
    assert word(f"<w:p>{run('建设面积3000m')}{raised}</w:p>").text == "建设面积3000m²"


def test_a_table_in_a_cell_is_a_table_of_its_own_and_merged_cells_keep_their_columns() -> None:
    inner = table([["内层"]])
    wide = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + paragraph("宽") + "</w:tc>"
    outer = f"<w:tbl><w:tr>{wide}<w:tc>{paragraph('窄')}{inner}</w:tc></w:tr></w:tbl>"
    one = word(outer + paragraph("完"))
    assert one.text == "宽\t窄\n内层\n完"
    assert places(one) == ["A1 of table 1", "C1 of table 1", "A1 of table 2"]


def test_content_controls_around_anything_are_looked_through() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr><w:alias w:val='标题'/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    body = (
        control(paragraph("一"))
        + f"<w:p>{control(run('二'))}</w:p>"
        + f"<w:tbl>{control('<w:tr>' + control('<w:tc>' + paragraph('三') + '</w:tc>') + '</w:tr>')}</w:tbl>"
    )
    assert word(body).text == "一\n二\n三\n"


def test_footnotes_and_endnotes_come_after_the_body() -> None:
    one = document("通知.docx", docx(paragraph("创新券", after=footnote(1) + run("制度")), ["创新券是一种电子凭证。"]))
    assert one.text == "创新券制度\n创新券是一种电子凭证。"
    assert places(one, "note") == ["1"]


def test_headers_that_repeat_are_kept_once_and_set_aside() -> None:
    one = word(paragraph("正文"), header="内部资料", footer="内部资料")
    assert one.text == "正文\n内部资料"
    assert one.set_aside == ((3, 7, "footer"),)


def test_strict_documents_with_other_namespaces_are_read() -> None:
    data = container(
        {
            "word/document.xml": "<d xmlns='http://purl.oclc.org/ooxml/wordprocessingml/main'><body><p><r><t>高企</t></r></p></body></d>"
        }
    )
    assert document("通知.docx", data).text == "高企"


def test_phonetic_guides_and_escapes_of_cells_are_resolved() -> None:
    data = xlsx({"表": [["占位"]]})
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = (
        f'<sst xmlns="{main}"><si><r><t>瞪羚</t></r><r><t>企业</t></r><rPh sb="0" eb="1"><t>dèng</t></rPh></si>'
        "<si><t>第一行_x000D_\n第二行</t></si></sst>"
    )
    sheet = (
        f'<worksheet xmlns="{main}"><sheetData><row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c>'
        '<c r="D3" t="inlineStr"><is><t>行内</t></is></c><c r="E3" t="str"><f>A1</f><v>公式</v></c>'
        '<c r="F3"><v>45292</v></c><c r="G3" t="s"><v>99</v></c><c r="H3" t="b"><v>1</v></c></row></sheetData></worksheet>'
    )
    one = document("表.xlsx", _with_parts(data, {"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet}))
    assert one.text == "瞪羚企业\t第一行\n第二行\t行内\t公式"
    assert places(one) == ["表!B3", "表!C3", "表!D3", "表!E3"]


def _with_parts(data: bytes, changed: dict[str, str]) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return container({**parts, **changed})


def test_slides_are_read_in_the_order_of_the_presentation_not_of_the_files() -> None:
    data = pptx([shape(["第一页"]), shape(["第二页"])])
    swapped = _with_parts(
        data,
        {
            "ppt/presentation.xml": '<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="300" r:id="rId2"/>'
            '<p:sldId id="301" r:id="rId1"/></p:sldIdLst></p:presentation>'
        },
    )
    assert document("讲稿.pptx", swapped).text == "第二页\n第一页"


def test_deleted_text_and_remarks_of_an_opendocument_are_not_read() -> None:
    body = (
        "<text:tracked-changes><text:p>旧稿</text:p></text:tracked-changes>"
        "<text:p>推广<office:annotation><text:p>请核对</text:p></office:annotation>创新券<text:s text:c='2'/>和<text:tab/>云科贷"
        "<text:line-break/>两项<text:ruby><text:ruby-base>政策</text:ruby-base><text:ruby-text>zhèngcè</text:ruby-text></text:ruby></text:p>"
    )
    assert document("纪要.odt", odf("text", body)).text == "推广创新券  和\t云科贷\n两项政策"


def test_an_opendocument_spreadsheet_counts_repeated_cells_and_leaves_numbers_out() -> None:
    body = (
        '<table:table table:name="清单"><table:table-row table:number-rows-repeated="3"/><table:table-row>'
        '<table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="string"><text:p>中试基地</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="8"><text:p>8</text:p></table:table-cell></table:table-row></table:table>'
    )
    one = document("清单.ods", odf("spreadsheet", body))
    assert (one.text.strip(), places(one), one.format) == ("中试基地", ["清单!C4"], "ods")


def test_slides_and_notes_of_an_opendocument_presentation_are_told_apart() -> None:
    body = (
        "<draw:page><draw:frame><draw:text-box><text:p>揭榜挂帅</text:p></draw:text-box></draw:frame>"
        "<presentation:notes><draw:frame><draw:text-box><text:p>讲解要点</text:p></draw:text-box></draw:frame>"
        '<draw:frame presentation:class="page-number"><draw:text-box><text:p>7</text:p></draw:text-box></draw:frame>'
        "</presentation:notes></draw:page>"
    )
    one = document("讲稿.odp", odf("presentation", body))
    assert [str(one.locate(one.text.index(form))) for form in ("揭榜", "讲解")] == [
        "讲稿.odp, slide 1, paragraph 1, line 1",
        "讲稿.odp, slide 1, note of the speaker, line 2",
    ]
    assert one.set_aside == ((10, 11, "slide number"),)


def test_tab_stops_of_slides_are_no_text() -> None:
    tabbed = shape(["培育瞪羚企业"]).replace(
        "<a:p>", '<a:p><a:pPr><a:tabLst><a:tab pos="0"/><a:tab pos="9"/></a:tabLst></a:pPr>'
    )
    assert document("讲稿.pptx", pptx([tabbed])).text == "培育瞪羚企业"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("\\u30634?\\u32666?\\u-244? A\\'42", "瞪羚， AB"),  # numbered characters with stand-ins, a negative number
        ("{\\uc2 \\u30634\\'b5\\'c9}\\u32666?", "瞪羚"),  # two bytes stand in; the group's rule ends with it
        ("\\u-10187?\\u-9138?", "\U0001d44e"),  # the two halves of a character beyond 65,536
        ("{\\f1 \\'b5\\'c9}\\'c1\\'e7", "瞪羚"),  # a Western font named for Chinese bytes
        ("{\\deleted " + rtf_text("旧稿") + "}{\\v " + rtf_text("隐藏") + "}" + rtf_text("新稿"), "新稿"),
        ("{\\*\\unknown " + rtf_text("元数据") + "}{\\pict ffd8ffe0}" + rtf_text("正文"), "正文"),
        ("{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt " + rtf_text("附件") + "}}", "附件"),
        ("3000m{\\super 2}", "3000m²"),
        ("a\\~b\\_c\\-d\\{e\\}", "a\xa0b-cd{e}"),
    ],
)
def test_rtf_text_is_decoded_as_word_would(body: str, text: str) -> None:
    assert document("函.rtf", rtf(f"{rtf_text('高企')} {body}\\par")).text == f"高企 {text}"


def test_an_rtf_file_that_names_no_code_page_is_read_by_what_its_bytes_say() -> None:
    for codec, text in (("gbk", "关于加快培育瞪羚企业的通知"), ("big5", "關於加快培育瞪羚企業的通知")):
        escaped = "".join(f"\\'{byte:02x}" for byte in text.encode(codec))
        assert document("函.rtf", f"{{\\rtf1\\ansi {escaped}\\par}}".encode()).text == text


def test_rtf_tables_are_rows_of_cells() -> None:
    cells = "".join(f"\\pard\\intbl {rtf_text(cell)}\\cell" for cell in ("瞪羚企业", "110家"))
    one = document("函.rtf", rtf(f"\\trowd {cells}\\row\\trowd {cells}\\row\\pard {rtf_text('以上')}\\par"))
    assert one.text == "瞪羚企业\t110家\n瞪羚企业\t110家\n以上"
    assert places(one) == ["A1 of table 1", "B1 of table 1", "A2 of table 1", "B2 of table 1"]
