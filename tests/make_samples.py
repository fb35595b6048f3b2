"""Writes the binary samples in examples/ (DOCX, PDF, XLSX, ...) from the texts below: python tests/make_samples.py

The files are committed, so nobody needs to run this; it is here so that they can be changed and their making be seen.
"""

from __future__ import annotations

from pathlib import Path

from writers import (
    container,
    docx,
    epub,
    footnote,
    odf,
    paragraph,
    pdf,
    pptx,
    rtf,
    rtf_text,
    run,
    shape,
    slide_table,
    table,
    tracked,
    xlsx,
)

EXAMPLES = Path(__file__).parent.parent / "examples"


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


def slides() -> bytes:
    """slides.pptx: a presentation of a policy, with a table, speaker notes and slide numbers."""
    pages = [
        shape(["云溪市科技人才政策解读"], "title") + shape(["云溪市科学技术局", "2025年10月"], "subTitle"),
        shape(["“青蓝”引才行动"], "title")
        + shape(
            [
                "面向全球引进战略科学家、科技领军人才和创新团队",
                "推行“揭榜挂帅”“赛马制”等用人机制",
                "实行人才“举荐制”，不唯学历、不唯职称",
            ]
        )
        + shape(["云溪市科学技术局"], "ftr")
        + shape(["2"], "sldNum"),
        shape(["支持标准"], "title")
        + slide_table(
            [
                ["类别", "支持方式"],
                ["科技领军人才", "项目资助加人才贷贴息"],
                ["卓越工程师", "安家补助"],
                ["科技特派员", "工作经费"],
            ]
        )
        + shape(["云溪市科学技术局"], "ftr")
        + shape(["3"], "sldNum"),
    ]
    return pptx(pages, {1: ["说明：赛马制是指多支团队同步攻关、择优持续支持的科研组织方式。"]})


def minutes() -> bytes:
    """minutes.odt: the minutes of a meeting, with a list, a table and a footnote."""
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>'
        "科创飞地是指在外地设立、成果回流本地转化的研发孵化载体。</text:p></text:note-body></text:note>"
    )
    rows = [["事项", "责任单位"], ["科创飞地选址", "市科技局"], ["产业创新联合体章程", "云溪高新区管委会"]]
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    body = (
        "<text:h>科技创新工作联席会议纪要</text:h>"
        "<text:p>2025年11月6日，市政府召开科技创新工作联席会议，研究推进“462”创新发展战略。会议议定以下事项：</text:p>"
        f"<text:list><text:list-item><text:p>一、同意在沿海城市设立科创飞地{note}，首批建设面积2万平方米。</text:p></text:list-item>"
        "<text:list-item><text:p>二、同意组建智能传感器产业创新联合体，由龙头企业牵头，高校院所参与。</text:p></text:list-item>"
        "<text:list-item><text:p>三、原则同意《云溪市科技成果“先使用后付费”实施细则》，修改完善后印发。</text:p></text:list-item></text:list>"
        f'<table:table table:name="任务"><table:table-column table:number-columns-repeated="2"/>{cells}</table:table>'
    )
    return odf("text", body, "内部资料　注意保存", "— 1 —")


def guide() -> bytes:
    """guide.epub: two chapters of a handbook; a pinyin gloss stands over one word."""
    return epub(
        "云溪市科技政策问答",
        {
            "第一章　企业培育": "<p>问：什么是专精特新中小企业？</p><p>答：专精特新中小企业，是指专业化、精细化、特色化、新颖化水平较高的中小企业。</p>"
            "<p>问：<ruby>瞪羚<rt>dèng líng</rt></ruby>企业可以享受哪些政策？</p><p>答：可以享受创新券、研发费用加计扣除和“云科贷”等政策。</p>",
            "第二章　科技金融": "<p>问：知识产权质押融资如何办理？</p><p>答：企业向合作银行提出申请，由风险补偿资金分担本金损失的百分之三十。</p>",
        },
    )


def letter() -> bytes:
    """letter.rtf: a letter with a footnote, in code page 936."""
    lines = [
        "关于征集2026年度揭榜挂帅技术需求的函",
        "各有关企业：",
        "为做好2026年度揭榜挂帅项目组织工作，现面向全市企业征集关键核心技术需求。",
        "一、征集范围。围绕智能传感器、生物基材料、低空经济和新型储能四大产业集群，征集制约产业发展的“卡脖子”技术需求。",
        "二、有关要求。需求应明确攻关目标、时限和资金安排，鼓励产业创新联合体联合发榜。",
    ]
    note = "{\\footnote {\\chftn }" + rtf_text("发榜单位须为在云溪市注册的企业。") + "}"
    return rtf("".join(f"\\pard {rtf_text(line)}{note if number == 4 else ''}\\par\n" for number, line in enumerate(lines)))


def archive() -> bytes:
    """archive.zip: two more notices, one with a name as Chinese Windows packs it."""
    first = "云溪市东岚县印发《科技特派员管理办法》，选派科技特派员120名，组建产业服务团，开展“田间课堂”活动。"
    second = "北湖区发布低空经济高质量发展行动方案，建设无人机中试基地，推进“低空+物流”应用场景开放。"
    name = "东岚县动态.txt".encode("gbk")
    stand_in = "-" * len(name)
    packed = container({stand_in: first.encode("gbk"), "beihu.txt": second})
    return packed.replace(stand_in.encode("ascii"), name)


SAMPLES = {
    "plan.docx": plan,
    "report.pdf": report,
    "indicators.xlsx": indicators,
    "slides.pptx": slides,
    "minutes.odt": minutes,
    "guide.epub": guide,
    "letter.rtf": letter,
    "archive.zip": archive,
}

if __name__ == "__main__":
    for name, make in SAMPLES.items():
        (EXAMPLES / name).write_bytes(make())
        print(f"{name}: {(EXAMPLES / name).stat().st_size:,} bytes")
