"""Writes the binary samples in examples/ (DOCX, PDF, XLSX, ...) from the texts below: python tests/make_samples.py

The files are committed, so nobody needs to run this; it is here so that they can be changed and their making be seen. It needs
nothing but Python, and tests use the same writers: each format is written as plainly as the format allows, and the same text always gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def container(parts: Mapping[str, str | bytes], stored: Sequence[str] = ()) -> bytes:
    """A ZIP file with the given parts; those named in `stored` are not compressed (EPUB and ODF want that of `mimetype`)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return target.getvalue()


def content_types(parts: Mapping[str, str]) -> str:
    """[Content_Types].xml of an Office file: part name to its type."""
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def relationships(targets: Iterable[tuple[str, str]]) -> str:
    """A .rels part: (kind, target) in order, with ids rId1, rId2 ..."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


# --- DOCX -----------------------------------------------------------------------------------------------------------


def run(text: str) -> str:
    """A run of a Word paragraph."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, style: str = "", after: str = "") -> str:
    """A Word paragraph; `after` is markup that follows the text in it (a footnote reference, a tracked change)."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{run(text)}{after}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Word table."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    cells = ("".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
        + "".join(f"<w:tr>{row}</w:tr>" for row in cells)
        + "</w:tbl>"
    )


def docx(body: str, footnotes: Sequence[str] = (), header: str = "", footer: str = "") -> bytes:
    """A Word document from the markup of its body; `footnotes` get the numbers 1, 2 ..."""
    word = f"{OFFICE}.wordprocessingml"
    notes = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>' + "".join(
        f'<w:footnote w:id="{number}">{paragraph(note)}</w:footnote>' for number, note in enumerate(footnotes, 1)
    )
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/></w:sectPr>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{number}"><w:name w:val="{name}"/></w:style>'
        for number, name in (("1", "heading 1"), ("10", "toc 1"))
    )

    def part(tag: str, content: str) -> str:
        return f'{XML}<w:{tag} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{tag}>'

    return container(
        {
            "[Content_Types].xml": content_types(
                {
                    "word/document.xml": f"{word}.document.main+xml",
                    "word/styles.xml": f"{word}.styles+xml",
                    "word/footnotes.xml": f"{word}.footnotes+xml",
                    "word/header1.xml": f"{word}.header+xml",
                    "word/footer1.xml": f"{word}.footer+xml",
                }
            ),
            "_rels/.rels": relationships([("officeDocument", "word/document.xml")]),
            "word/_rels/document.xml.rels": relationships(
                [("styles", "styles.xml"), ("footnotes", "footnotes.xml"), ("header", "header1.xml"), ("footer", "footer1.xml")]
            ),
            "word/document.xml": part("document", f"<w:body>{body}{section}</w:body>"),
            "word/styles.xml": part("styles", styles),
            "word/footnotes.xml": part("footnotes", notes),
            "word/header1.xml": part("hdr", paragraph(header)),
            "word/footer1.xml": part("ftr", paragraph(footer)),
        }
    )


def footnote(number: int) -> str:
    """The mark in the text that refers to footnote `number`."""
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def tracked(deleted: str, inserted: str) -> str:
    """A tracked change that replaces one text by another."""
    who = 'w:id="900" w:author="审稿" w:date="2025-03-01T09:00:00Z"'
    return f"<w:del {who}><w:r><w:delText>{escape(deleted)}</w:delText></w:r></w:del><w:ins {who}>{run(inserted)}</w:ins>"


def plan() -> bytes:
    """plan.docx: an action plan with contents, a table, footnotes, a tracked change, header and footer."""
    body = [
        paragraph("云溪市科技型企业梯度培育三年行动计划（2025—2027年）", "1"),
        paragraph("一、发展目标\t1", "10"),
        paragraph("二、主要任务\t2", "10"),
        paragraph("三、进度安排\t3", "10"),
        paragraph("一、发展目标", "1"),
        paragraph(
            "到2027年，全市形成“科技型中小企业—高新技术企业—专精特新企业—瞪羚企业—独角兽企业”的梯度培育格局，科技企业孵化器和众创空间达到50家，企业研发机构覆盖率",
            after=tracked("力争达到60%。", "达到70%。"),
        ),
        paragraph("二、主要任务", "1"),
        paragraph(
            "（一）实施专精特新倍增行动。建立专精特新中小企业",
            after=footnote(1) + run("培育库，引导企业深耕细分领域，成长为单项冠军企业。"),
        ),
        paragraph(
            "（二）实施揭榜挂帅攻关行动。每年凝练30项左右关键核心技术需求，面向全国发布榜单，对揭榜成功的项目按研发投入的30%给予补助，最高500万元。"
        ),
        paragraph(
            "（三）实施“三个一批”平台提升行动，即新建一批新型研发机构、提升一批产业创新联合体、整合一批大型科学仪器共享平台。支持龙头企业建设中试基地",
            after=footnote(2) + run("，向产业链上下游开放。"),
        ),
        paragraph(
            "（四）实施“青蓝”引才行动。聚焦“462”创新发展战略，引进高层次创新创业人才和卓越工程师，完善科技特派员和技术经理人（technology transfer manager）队伍建设。"
        ),
        paragraph("三、进度安排", "1"),
        table(
            [
                ["任务", "牵头单位", "2025年", "2027年"],
                ["瞪羚企业培育", "市科技局", "110家", "150家"],
                ["专精特新“小巨人”企业培育", "市工信局", "45家", "60家"],
                ["中试基地建设", "市发展改革委", "3个", "8个"],
                ["知识产权质押融资", "市市场监管局", "20亿元", "50亿元"],
            ]
        ),
        paragraph("各县（区）要将梯度培育工作纳入高质量发展考核，市科技局按照《云溪市揭榜挂帅项目管理办法》组织年度评估。"),
    ]
    notes = [
        "专精特新中小企业是指专业化、精细化、特色化、新颖化水平较高的中小企业。",
        "中试基地是指为科技成果从实验室走向批量生产提供放大试验条件的公共服务平台。",
    ]
    return docx("".join(body), notes, "云溪市人民政府办公室文件", "第 1 页 共 3 页")


# --- PDF ------------------------------------------------------------------------------------------------------------


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], rotate: int = 0) -> bytes:
    """A PDF with a text layer: for each page its lines as (x, y, text), in points from the lower left corner of an A4 page.

    The font is one that every PDF viewer substitutes (STSong-Light), so that nothing has to be embedded.
    """
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * number} 0 R' for number in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 [207 270 342 467 462 797 710 239 374]] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 "
        "/Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    for number, lines in enumerate(pages):
        stream = "".join(f"BT /F1 12 Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in lines)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {rotate} /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}endstream")
    content = b"%PDF-1.5\n"
    offsets = []
    for number, written in enumerate(objects, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{written}\nendobj\n".encode("ascii")
    table_of_offsets = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    return content + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table_of_offsets}{trailer}".encode("ascii")


REPORT_HEAD = "云溪市2025年科技创新工作报告"
REPORT = """一、2025年工作回顾
一年来，全市上下锚定“462”创新发展战略，坚持把科技创新摆在现代化建设全局的核心位置，创新型城市建设取得新进展。
（一）创新主体加快壮大。高新技术企业突破1000家，瞪羚企业达到112家，潜在独角兽企业达到6家。首次实现国家科技型中小企业评价入库数、技术合同成交额“双过千”。
（二）创新平台提质增效。云溪实验室进入全省“一室一策”支持序列，建成概念验证中心2家、中试基地3家，新型研发机构总数达到15家。大型科学仪器共享平台入网设备860台（套）。
（三）科技攻关成效明显。组织实施两批揭榜挂帅项目，凝练企业技术需求64项，智能传感器封装、生物基尼龙等“卡脖子”技术取得突破，产业创新联合体承担国家重点研发计划5项。
（四）科技金融深度融合。“云科贷”“创新积分贷”累计投放58亿元，知识产权质押融资额增长42%，天使母基金参股子基金7支。
二、2026年重点工作
（一）以更大力度培育新质生产力。深入推进“人工智能+”行动，实施未来产业先导区建设，前瞻布局低空经济、生物制造、具身智能等新赛道。
（二）以更实举措强化企业创新主体地位。完善梯度培育体系，新增专精特新“小巨人”企业10家以上，落实研发费用加计扣除政策，推广“先使用后付费”成果转化模式。
（三）以更优生态激发人才活力。深化科技人才评价改革，破除“四唯”，赋予科研人员职务科技成果所有权或长期使用权，建设“青蓝”人才驿站，健全容错免责机制。
（四）以更高水平推进区域协同创新。共建云溪—东岚科技创新走廊，推动科技创新券跨区域通用通兑，打造飞地孵化器。
"""


def report() -> bytes:
    """report.pdf: a work report, hard lines of 34 characters, with running heads and page numbers."""
    lines = []
    for printed in REPORT.strip().split("\n"):
        printed = printed if printed[1] == "、" else "　　" + printed
        lines += [printed[start : start + 34] for start in range(0, len(printed), 34)]
    pages = [lines[start : start + 10] for start in range(0, len(lines), 10)]
    return pdf(
        [
            [
                (200, 800, REPORT_HEAD),
                *((90, 760 - 22 * row, line) for row, line in enumerate(page)),
                (280, 40, f"－ {number} －"),
            ]
            for number, page in enumerate(pages, 1)
        ]
    )


# --- XLSX -----------------------------------------------------------------------------------------------------------


def xlsx(sheets: Mapping[str, Sequence[Sequence[str | int]]]) -> bytes:
    """A workbook from sheet names and rows; texts are shared strings, as Excel writes them."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings: dict[str, int] = {}
    parts: dict[str, str | bytes] = {}
    for number, rows in enumerate(sheets.values(), 1):
        content = ""
        for row_number, row in enumerate(rows, 1):
            cells = ""
            for column, cell in enumerate(row):
                place = f'r="{chr(ord("A") + column)}{row_number}"'
                if isinstance(cell, int):
                    cells += f"<c {place}><v>{cell}</v></c>"
                elif cell:
                    cells += f'<c {place} t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'
            content += f'<row r="{row_number}">{cells}</row>'
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'{XML}<worksheet xmlns="{main}"><sheetData>{content}</sheetData></worksheet>'
        )
    listed = "".join(f'<sheet name="{escape(title)}" sheetId="{n}" r:id="rId{n}"/>' for n, title in enumerate(sheets, 1))
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    kinds = {
        "xl/workbook.xml": f"{OFFICE}.spreadsheetml.sheet.main+xml",
        "xl/sharedStrings.xml": f"{OFFICE}.spreadsheetml.sharedStrings+xml",
    }
    kinds |= dict.fromkeys(parts, f"{OFFICE}.spreadsheetml.worksheet+xml")
    links = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    return container(
        {
            "[Content_Types].xml": content_types(kinds),
            "_rels/.rels": relationships([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": f'{XML}<workbook xmlns="{main}" xmlns:r="{R}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relationships([*links, ("sharedStrings", "sharedStrings.xml")]),
            "xl/sharedStrings.xml": f'{XML}<sst xmlns="{main}" count="{len(strings)}" uniqueCount="{len(strings)}">{shared}</sst>',
            **parts,
        }
    )


def indicators() -> bytes:
    """indicators.xlsx: a list of policy tools and a list of platforms."""
    return xlsx(
        {
            "政策工具": [
                ["政策工具", "说明", "主管部门", "实施年份"],
                ["揭榜挂帅", "企业出题、公开张榜、不设门槛选拔攻关团队", "市科技局", 2025],
                ["创新券", "科技型中小企业购买研发服务时抵扣费用的电子凭证", "市科技局", 2024],
                ["创新积分制", "对企业创新能力进行量化评价的政策工具", "市科技局", 2025],
                ["云科贷", "财政资金与合作银行共担风险的科技信贷产品", "市财政局", 2024],
                ["研发费用加计扣除", "企业研发费用在税前按比例加计扣除的优惠政策", "市税务局", 2023],
                ["首台（套）重大技术装备保险补偿", "对首台（套）装备投保给予保费补贴", "市工信局", 2025],
            ],
            "创新平台": [
                ["平台名称", "类别", "依托单位"],
                ["云溪实验室", "省实验室", "云溪市人民政府"],
                ["云溪高新区概念验证中心", "概念验证中心", "云溪高新区管委会"],
                ["东岚生物基材料中试基地", "中试基地", "东岚新材料集团"],
                ["北湖智能研究院", "新型研发机构", "云溪工学院"],
                ["智能传感器产业创新联合体", "产业创新联合体", "云溪微感科技有限公司"],
            ],
        }
    )


SAMPLES = {"plan.docx": plan, "report.pdf": report, "indicators.xlsx": indicators}

if __name__ == "__main__":
    for name, make in SAMPLES.items():
        (EXAMPLES / name).write_bytes(make())
        print(f"{name}: {(EXAMPLES / name).stat().st_size:,} bytes")
