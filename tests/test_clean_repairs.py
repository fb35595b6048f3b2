"""What is repaired inside lines, and beside each thing a near miss that must stay."""

from __future__ import annotations

import pytest

from termbuilder import tables
from termbuilder.clean import Rules, clean
from termbuilder.model import Document, Repair


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules.from_tables(tables.load())


def cleaned(text: str, rules: Rules) -> str:
    """The passages of `text`, a bar between two."""
    return "|".join(passage.text for passage in clean(Document("a.txt", text), rules).passages)


@pytest.mark.parametrize(
    ("printed", "repaired"),
    [
        # pinyin glosses
        ("推進高質(zhì)量發(fā)展。", "推进高质量发展。"),
        ("实施揭榜挂帅（jiēbǎng guàshuài）机制。", "实施揭榜挂帅机制。"),
        ("培育瞪羚[líng]企业。", "培育瞪羚企业。"),
        ("园区(yuan qu)建设提速。", "园区建设提速。"),
        ("高质zhì量发展。", "高质量发展。"),
        (
            "創(chuàng)新發(fā)展戰(zhàn)略實(shí)施進(jìn)程，資(zl)本、業(yè)務(w)、產(chn)業、質(zh1)量、應(ylng)用、機(ji)制、園(yuán區。",
            "创新发展战略实施进程，资本、业务、产业、质量、应用、机制、园区。",
        ),
        ("综合平台（k）、客户管理（CRM）、示范（demo）。", "综合平台（k）、客户管理（CRM）、示范（demo）。"),
        ("供应链（chain）管理，精益（lean）生产。", "供应链（chain）管理，精益（lean）生产。"),
        ("人工智能（AI）与区块链（blockchain）。", "人工智能（AI）与区块链（blockchain）。"),
        ("变革（change）管理。", "变革（change）管理。"),
        # traditional characters, by phrase
        ("隨著後續計畫裡的資金到位，皇后大道乾淨整潔。", "随着后续计划里的资金到位，皇后大道干净整洁。"),
        ("衞生綫路着重建設，乾坤朗朗。", "卫生线路着重建设，乾坤朗朗。"),
        ("乾坤湾的著名景点，慈禧太后曾瞭望於此。", "乾坤湾的著名景点，慈禧太后曾瞭望於此。"),
        ("昇腾芯片由陈玥铖团队研发。", "昇腾芯片由陈玥铖团队研发。"),
        ("研究員張國榮說明，本市引進龍頭企業。", "研究员张国荣说明，本市引进龙头企业。"),
        # widths and look-alikes
        ("发展５Ｇ＋工业互联网，占比３．５％。", "发展5G+工业互联网，占比3.5%。"),
        ("推动⼯业⾼质量发展。", "推动工业高质量发展。"),
        ("科技\u200b创\ufeff新\u00ad券。", "科技创新券。"),
        # punctuation
        ("增长3.5%,新增1,200家;比例为1:1,按1+3+X模式.", "增长3.5%，新增1,200家；|比例为1:1，按1+3+X模式。"),
        ('实施"揭榜挂帅"和「賽馬制」。', "实施“揭榜挂帅”和“赛马制”。"),
        ("实施“揭榜挂帅“和‘‘赛马制’’。", "实施“揭榜挂帅”和“赛马制”。"),
        ("打造”科创飞地”。", "打造“科创飞地”。"),
        ("落实<科技进步法>要求。", "落实《科技进步法》要求。"),
        ("研发(R&D)投入和函数f(x)。", "研发（R&D）投入和函数f(x)。"),
        ("说“他称之为'小巨人'企业”。", "说“他称之为‘小巨人’企业”。"),
        ("Python, Java and C++ are used. 系统采用Linux.", "Python, Java and C++ are used.系统采用Linux."),
        # spaces
        ("推 进 科 技 创 新 ， 建 设 中 试 基 地 。", "推进科技创新，建设中试基地。"),
        ("增长 1 1 %，人均 9 0 元，5.18展洽会如期举办。", "增长11%，人均90元，5.18展洽会如期举办。"),
        ("到 2027 年引进 20 家 AI 企业，与 Plug and Play 合作。", "到2027年引进20家AI企业，与Plug and Play合作。"),
        ("引进国际人才 打造创新引擎", "引进国际人才|打造创新引擎"),
        # marks of other formats
        ("占总数的 $3 5 . 4 \\%$ ，专利 $\\times$ 倍增。", "占总数的35.4%，专利×倍增。"),
        ("经费从$100增加到200元人民币，再增加$50。", "经费从$100增加到200元人民币，再增加$50。"),
        ("## 重点任务\n\n**一是强化攻关**，实施*赛马制*。", "重点任务|一是强化攻关，实施赛马制。"),
        ("计算3*4*5和a_b_c。", "计算3*4*5和a_b_c。"),
        ("<p>建设&nbsp;中试基地</p><p>推广创新券。</p>", "建设中试基地|推广创新券。"),
        ("当x<5且y>3时，启动应急预案。", "当x<5且y>3时，启动应急预案。"),
        # note marks
        ("体系逐步完善［7］，效率提高[2-4]。", "体系逐步完善，效率提高。"),
        ("科研机构①。成果转化²，占地3平方米²。", "科研机构。|成果转化，占地3平方米²。"),
        ("依据云府规〔2023〕5号文件，[方法]①调研；②访谈。", "依据云府规〔2023〕5号文件，[方法]①调研；|②访谈。"),
        ("全面深化改革DOI 10.12345/j.cnki.2020.01.002以来。", "全面深化改革以来。"),
        # credits
        ("项目落地见效。（记者 林一帆 通讯员 周舟）", "项目落地见效。"),
        ("会议审议了报告（记录于附件）。", "会议审议了报告（记录于附件）。"),
    ],
)
def test_what_is_damaged_is_repaired_and_what_only_looks_so_stays(printed: str, repaired: str, rules: Rules) -> None:
    assert cleaned(printed, rules) == repaired


def test_every_repair_is_counted_with_printed_examples(rules: Rules) -> None:
    found = clean(Document("a.txt", "發(fā)展新質(zhì)生產力。"), rules).repairs
    assert found == (
        Repair("pinyin glosses", 2, ("發(fā)展新質(zh", "fā)展新質(zhì)生產力。")),
        Repair("traditional characters", 3, ("發(fā)展新", "(fā)展新質(zhì)生", "(zhì)生產力。")),
    )


def test_a_table_in_markdown_or_with_tabs_falls_into_its_cells(rules: Rules) -> None:
    document = Document("a.md", "| 任务 | 目标 |\n| --- | --- |\n| 中试基地 | 12家 |\n\n事项\t责任单位\n创新券\t市科技局\n")
    passages = clean(document, rules).passages
    assert [(p.text, p.kind) for p in passages] == [
        ("任务", "table"), ("目标", "table"), ("中试基地", "table"), ("12家", "table"),
        ("事项", "table"), ("责任单位", "table"), ("创新券", "table"), ("市科技局", "table"),
    ]  # fmt: skip
    assert [p.paragraph for p in passages] == [0, 0, 1, 1, 2, 2, 3, 3]
