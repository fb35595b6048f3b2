from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from termbuilder.equivalents import glossaries
from termbuilder.equivalents.glossaries import GlossaryRow
from termbuilder.errors import FormatError, TableError

TBX_V3 = """<?xml version="1.0" encoding="UTF-8"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en"><text><body>
<conceptEntry id="c7"><descrip type="subjectField">enterprise</descrip>
<langSec xml:lang="zh-CN"><termSec><term>链主企业</term></termSec><termSec><term>链主</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>chain leader</term></termSec>
<termSec><term>chain master</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
<termSec><term>chain-leading enterprise</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>"""
TBX_V2 = """<?xml version="1.0"?><martif type="TBX-Basic" xml:lang="en"><text><body>
<termEntry id="9"><langSet xml:lang="zh"><tig><term>飞地孵化器</term></tig></langSet>
<langSet xml:lang="en"><ntig><termGrp><term>enclave incubator</term></termGrp></ntig></langSet></termEntry></body></text></martif>"""


def offered(glossary: glossaries.Glossary, *forms: str) -> list[tuple[str, str, int, bool]]:
    return [(one.english, one.source, one.reliability, one.deprecated) for one in glossary.lookup(forms)]


def test_the_reference_glossary_is_found_in_a_checkout_and_knows_its_rows_by_file_and_line() -> None:
    reference = glossaries.load_reference()
    row = reference.terms()["瞪羚企业"]
    table = (glossaries.shipped_folder() / row.place.split(",")[0]).read_text(encoding="utf-8").split("\n")
    assert row.english == "gazelle company"
    assert table[int(row.place.rpartition(" ")[2]) - 1].startswith("瞪羚企业\t")
    assert offered(reference, "“瞪羚”企业")[0] == ("gazelle company", f"{row.place}, official", 8, False)


def test_a_row_of_the_reference_glossary_without_a_kind_of_source_is_refused_by_line(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(
        "term\tenglish\tother\tdeprecated\tsubject_field\tterm_type\tsource\tshort_of\tnote\n"
        "科技镇长团\tsci-tech deputy mayor team\t\t\ttalent\tfullForm\tsomeone\n",
        encoding="utf-8",
    )
    with pytest.raises(TableError, match=r"a\.tsv, line 2"):
        glossaries.load_reference(tmp_path)


def test_a_workbook_with_chinese_headings_is_read_with_its_sheet_and_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "说明"
    book.active.append(["本表供项目组使用"])
    sheet = book.create_sheet("术语")
    for line in (
        ["序号", "英文", "术语", "备注"],
        [1, "science park; sci-tech park", "科学园", "heads of notices"],
        [2, None, "空白行"],
    ):
        sheet.append(line)
    book.save(tmp_path / "客户.xlsx")
    glossary = glossaries.load(tmp_path / "客户.xlsx")
    assert offered(glossary, "科学园") == [
        ("science park", "客户.xlsx, sheet 术语, row 2", 9, False),
        ("sci-tech park", "客户.xlsx, sheet 术语, row 2", 8, False),
    ]
    assert offered(glossary, "空白行") == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_of_any_usual_encoding_is_read_and_a_refused_row_is_not(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "terms.csv"
    path.write_text(
        'Chinese,English,Status\n科创飞地,"sci-tech enclave, outside the city",approved\n飞地,flying land,rejected\n',
        encoding=encoding,
    )
    glossary = glossaries.load(path)
    assert offered(glossary, "科创飞地") == [("sci-tech enclave, outside the city", "terms.csv, row 2", 9, False)]
    assert offered(glossary, "飞地") == []


def test_omegat_tab_text_needs_no_heading_and_keeps_lone_quotation_marks(tmp_path: Path) -> None:
    path = tmp_path / "project.utf8"
    path.write_text('# mine\n"双尖"项目\t"dual-top" project\tnot a fixed name\n高企\thigh-tech enterprise\n', encoding="utf-8")
    glossary = glossaries.load(path)
    assert offered(glossary, "双尖项目") == [('"dual-top" project', "project.utf8, row 2", 9, False)]
    assert glossary.lookup(["双尖项目"])[0].note == "not a fixed name"


def test_both_versions_of_tbx_are_read_with_their_statuses(tmp_path: Path) -> None:
    (tmp_path / "new.tbx").write_text(TBX_V3, encoding="utf-8")
    (tmp_path / "old.tbx").write_text(TBX_V2, encoding="utf-8")
    assert offered(glossaries.load(tmp_path / "new.tbx"), "链主") == [
        ("chain-leading enterprise", "new.tbx, entry c7", 9, False),
        ("chain leader", "new.tbx, entry c7", 8, False),
        ("chain master", "new.tbx, entry c7", 9, True),
    ]
    assert offered(glossaries.load(tmp_path / "old.tbx"), "飞地孵化器") == [("enclave incubator", "old.tbx, entry 9", 9, False)]


def test_a_glossary_in_traditional_characters_finds_simplified_terms(tmp_path: Path) -> None:
    (tmp_path / "tw.tsv").write_text("術語\tEnglish\n專利導航\tpatent navigation\n", encoding="utf-8")
    glossary = glossaries.load(tmp_path / "tw.tsv")
    assert offered(glossary, "专利导航") == [("patent navigation", "tw.tsv, row 2", 9, False)]


def test_the_users_glossary_comes_first_and_its_conflicts_with_ours_are_listed() -> None:
    ours = glossaries.of_rows(
        [
            GlossaryRow(
                "链长制", "chain chief system", ("chain leader system",), kind="own", place="a.tsv, line 2", origin="glossary"
            ),
            GlossaryRow("科技特派员", "technology commissioner", kind="press", place="a.tsv, line 3", origin="glossary"),
        ]
    )
    mine = glossaries.of_rows(
        [
            GlossaryRow("“链长制”", "Chain Leader System", place="mine.csv, row 2"),
            GlossaryRow("科技特派员", "sci-tech envoy", place="mine.csv, row 3"),
            GlossaryRow("科技特派员", "special technology dispatcher", place="mine.csv, row 9"),
        ]
    )
    both = glossaries.combined([ours, mine])
    assert [one.english for one in both.lookup(["链长制"])] == [
        "Chain Leader System",
        "chain chief system",
        "chain leader system",
    ]
    assert [str(one) for one in both.conflicts()] == [
        "“链长制”: “Chain Leader System” (mine.csv, row 2) is used, not “chain chief system” (a.tsv, line 2)",
        "科技特派员: “sci-tech envoy” (mine.csv, row 3) is used, not “special technology dispatcher” (mine.csv, row 9)",
        "科技特派员: “sci-tech envoy” (mine.csv, row 3) is used, not “technology commissioner” (a.tsv, line 3)",
    ]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("notes.csv", "甲,乙\n丙,丁\n", "no Chinese terms beside English"),
        ("broken.tbx", "<tbx><text>", "no well-formed XML"),
        ("page.tbx", "<html><p>术语</p></html>", "no concept entry"),
        ("book.xlsx", "not a workbook", "workbook"),
        ("glossary.pdf", "%PDF", "a glossary is one of"),
    ],
)
def test_what_is_no_glossary_is_refused_in_one_sentence(tmp_path: Path, name: str, content: str, says: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=says) as refused:
        glossaries.load(tmp_path / name)
    assert name in str(refused.value)
