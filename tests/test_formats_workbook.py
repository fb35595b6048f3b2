"""The workbook comes back from Excel, LibreOffice or WPS with every change, and nothing else changed."""

from __future__ import annotations

import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from termbuilder.errors import FormatError
from termbuilder.formats import FORMATS, Loaded
from termbuilder.formats.workbook_rows import TERMS
from termbuilder.formats.xlsx_cells import Workbook
from termbuilder.model import ConceptEntry, Context, Definition, LangSec, Link, Reading, Run, Source, TermSec

RUN = Run("a1b2c3", "2026-11-24T10:00:00", {"termbuilder": "0.1.0"})
PLACE = Source("通知.txt", 3, 40)
CHINESE = LangSec(
    "zh-CN",
    (
        TermSec(
            "链长制",
            reading=Reading("liànzhǎngzhì", ("liàn", "zhǎng", "zhì")),
            contexts=(Context("全面推行链长制。", PLACE, ((4, 7),)),),
        ),
        TermSec("产业链链长制", "variant"),
    ),
    (Definition("一种工作制度", PLACE),),
)
ENGLISH = LangSec(
    "en",
    (
        TermSec("chain-leader system", origin="glossary", sources=("governance.tsv, row 7",), reliability=8),
        TermSec("chain-chief system", origin="composed"),
        TermSec("chain length system", administrative_status="deprecatedTerm"),
    ),
)
CHAIN = ConceptEntry("c1", (CHINESE, ENGLISH), "industry", "institution", extra=(("Client", "ACME"),), score=2.0, frequency=7)
SYSTEM = ConceptEntry("c2", (LangSec("zh-CN", (TermSec("制度"),)),), note="ein Wort")
ENTRIES = (CHAIN, SYSTEM)


def edited(tmp_path: Path, edit: Callable[[Any], object]) -> Loaded:
    """What comes back after somebody edited the workbook."""
    path = tmp_path / "glossary.xlsx"
    FORMATS["xlsx"].dump(ENTRIES, RUN, path)
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return FORMATS["xlsx"].load(path)


def cell(book: Any, title: str, row: int = 2, sheet: str = "Terms") -> Any:
    head = [c.value for c in book[sheet][1]]
    return book[sheet].cell(row, head.index(title) + 1)


def put(title: str, value: Any, row: int = 2, sheet: str = "Terms") -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        cell(book, title, row, sheet).value = value

    return edit


def first(entry: ConceptEntry, lang: str, **changes: Any) -> ConceptEntry:
    section = entry.lang_sec(lang)
    section = replace(section, term_secs=(replace(section.term_secs[0], **changes), *section.term_secs[1:]))
    return replace(entry, lang_secs=tuple(section if s.lang == section.lang else s for s in entry.lang_secs))


def english(entry: ConceptEntry, *secs: TermSec) -> ConceptEntry:
    return replace(entry, lang_secs=(entry.lang_secs[0], LangSec("en", secs)))


def test_a_workbook_that_was_only_saved_again_changes_nothing(tmp_path: Path) -> None:
    back = edited(tmp_path, lambda book: None)
    assert (back.entries, back.problems, back.counts.changed, dict(back.base)) == (ENTRIES, (), 0, {"c1": CHAIN, "c2": SYSTEM})


HUMAN: dict[str, Any] = {"origin": "human", "process_status": "finalized"}
LEADER, CHIEF, LENGTH = ENGLISH.term_secs
DEFINED = replace(CHINESE, definitions=(Definition("产业链负责人牵头的制度", PLACE, "human"),))
EDITS = {
    "the English is replaced": (
        put("English", "industrial chain chief scheme"),
        english(CHAIN, TermSec("industrial chain chief scheme", **HUMAN), CHIEF, LENGTH),
    ),
    "another English is made the first": (
        lambda book: (put("English", "chain-chief system")(book), put("Other English", "chain-leader system")(book)),
        english(CHAIN, CHIEF, LEADER, LENGTH),
    ),
    "an English is added": (
        put("Other English", "chain-chief system | CLS"),
        english(CHAIN, LEADER, CHIEF, TermSec("CLS", **HUMAN), LENGTH),
    ),
    "an English is taken out": (put("Other English", None), english(CHAIN, LEADER, LENGTH)),
    "an English is barred": (
        lambda book: (put("Other English", None)(book), put("Do not use", "chain length system | chain-chief system")(book)),
        english(
            CHAIN, LEADER, LENGTH, replace(CHIEF, administrative_status="deprecatedTerm", process_status="finalized")
        ),
    ),
    "a form is added": (
        put("Other Chinese forms", "产业链链长制｜链长".replace("｜", "|")),
        replace(
            CHAIN,
            lang_secs=(replace(CHINESE, term_secs=(*CHINESE.term_secs, TermSec("链长", "variant", process_status="finalized"))), ENGLISH),
        ),
    ),
    "the term is renamed": (put("Chinese term", "“链长制”"), first(CHAIN, "zh", term="“链长制”")),
    "the pinyin is corrected": (
        put("Pinyin", "liàn zhǎng zhì"),
        first(CHAIN, "zh", reading=Reading("liàn zhǎng zhì", ("liàn", "zhǎng", "zhì"))),
    ),
    "the definition is rewritten": (
        put("Definition", "产业链负责人牵头的制度"),
        replace(CHAIN, lang_secs=(DEFINED, ENGLISH)),
    ),
    "the definition is deleted": (
        put("Definition", None),
        replace(CHAIN, lang_secs=(replace(CHINESE, definitions=()), ENGLISH)),
    ),
    "the context is rewritten": (
        put("Context", "推行产业链链长制。"),
        first(CHAIN, "zh", contexts=(Context("推行产业链链长制。", PLACE, ((2, 8),)),)),
    ),
    "a note is made": (put("Note", "see 链主"), replace(CHAIN, note="see 链主")),
    "a column of one's own is filled": (put("Client", "Globex"), replace(CHAIN, extra=(("Client", "Globex"),))),
    "the row is approved": (
        put("Status", "approved"),
        first(
            first(replace(CHAIN, status="approved"), "zh", administrative_status="preferredTerm", process_status="finalized"),
            "en",
            administrative_status="preferredTerm",
            process_status="finalized",
        ),
    ),
    "a related term is named": (put("See also", "制度"), replace(CHAIN, links=(Link("related", "c2", "制度", "human"),))),
    "a variant gets a note": (
        put("Note", "rare", 3, "Variants"),
        replace(CHAIN, lang_secs=(replace(CHINESE, term_secs=(CHINESE.term_secs[0], replace(CHINESE.term_secs[1], note="rare"))), ENGLISH)),
    ),
    "a term is deprecated on the sheet Variants": (
        put("Use", "deprecated", 5, "Variants"),
        english(CHAIN, LEADER, replace(CHIEF, administrative_status="deprecatedTerm", process_status="finalized"), LENGTH),
    ),
    "a context is deleted on the sheet Contexts": (put("Text", None, 3, "Contexts"), first(CHAIN, "zh", contexts=())),
}  # fmt: skip


@pytest.mark.parametrize("name", list(EDITS))
def test_a_change_comes_back_and_only_that(name: str, tmp_path: Path) -> None:
    edit, wanted = EDITS[name]
    back = edited(tmp_path, edit)
    assert back.entries == (wanted, SYSTEM)
    assert (back.problems, back.counts.changed, back.base["c1"]) == ((), 1, CHAIN)


def test_rows_may_be_sorted_and_columns_moved_hidden_and_added(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["Terms"]
        rows = [[c.value for c in row] for row in sheet.iter_rows()]
        sheet.delete_rows(1, 3)
        for row in (rows[0], rows[2], rows[1]):
            sheet.append(["Reviewer" if row is rows[0] else "王芳", *reversed(row)])
        sheet.column_dimensions["B"].hidden = True

    back = edited(tmp_path, edit)
    assert back.entries == (
        replace(SYSTEM, extra=(("Reviewer", "王芳"),)),
        replace(CHAIN, extra=(("Client", "ACME"), ("Reviewer", "王芳"))),
    )
    assert back.problems == ()


def test_a_row_without_id_is_a_new_entry(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        put("Chinese term", "链主企业", 4)(book)
        put("English", "chain-leading enterprise", 4)(book)
        put("Broader term", "企业", 4)(book)

    back = edited(tmp_path, edit)
    new = ConceptEntry(
        "",
        (
            LangSec("zh-CN", (TermSec("链主企业", process_status="finalized"),)),
            LangSec("en", (TermSec("chain-leading enterprise", **HUMAN),)),
        ),
    )
    assert (back.entries, back.counts.new) == ((*ENTRIES, new), 1)
    assert [str(problem) for problem in back.problems] == [
        "glossary.xlsx, sheet Terms, row 4, column Broader term: no entry of this workbook has the term “企业”: this relation was not taken over"
    ]


def test_a_row_without_a_term_is_refused_by_its_number(tmp_path: Path) -> None:
    back = edited(tmp_path, put("English", "something", 4))
    assert (back.entries, back.counts.refused) == (ENTRIES, 1)
    assert str(back.problems[0]) == "glossary.xlsx, sheet Terms, row 4: no Chinese term in this row: it was not read"


def test_a_deleted_row_deletes_nothing_and_is_reported(tmp_path: Path) -> None:
    back = edited(tmp_path, lambda book: book["Terms"].delete_rows(2))
    assert back.entries == (SYSTEM,)
    assert [problem.message for problem in back.problems] == [
        "1 of 2 exported rows are gone (链长制): nothing is deleted for that; set a status to rejected instead"
    ]


def test_a_copied_row_is_a_new_entry(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["Terms"].append([c.value for c in book["Terms"][3]])

    back = edited(tmp_path, edit)
    assert back.entries[:2] == ENTRIES
    assert (back.entries[2].id, back.entries[2].term, back.entries[2].note) == ("", "制度", "ein Wort")
    assert [problem.message for problem in back.problems] == ["a copy of the row of c2: read as a new entry"]


ODD = {
    "a formula": (put("Note", '=UPPER("a")'), "Terms, row 2, column U", "a formula without a value: read as empty"),
    "an unknown status": (put("Status", "fertig"), "Terms, row 2, column Status", "“fertig” is no status (suggested, approved, rejected): left as it was"),
    "an emptied term": (put("Chinese term", None), "Terms, row 2, column Chinese term", "the term was emptied: kept as it was (set the status to rejected instead)"),
    "a changed count": (put("Frequency", 99), "Terms, row 2, column Frequency", "this figure is counted, not edited: left as it was"),
    "an impossible reliability": (put("Reliability (1-10)", 11), "Terms, row 2, column Reliability (1-10)", "“11” is no reliability from 1 to 10: left as it was"),
    "merged cells": (lambda book: book["Terms"].merge_cells("F2:F3"), "Terms, row 3", "cells are merged with cells of another row or column: what they hid was left as it was"),
    "a deleted column": (lambda book: book["Terms"].delete_cols(6), "Terms", "no column “Definition”: its values are left as they were"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(ODD))
def test_what_is_odd_is_said_with_its_place_and_costs_nothing(name: str, tmp_path: Path) -> None:
    edit, where, message = ODD[name]
    back = edited(tmp_path, edit)
    assert [str(problem) for problem in back.problems] == [f"glossary.xlsx, sheet {where}: {message}"]
    assert back.entries == ENTRIES


def test_a_link_over_several_cells_is_no_merge(tmp_path: Path) -> None:
    path = tmp_path / "glossary.xlsx"
    FORMATS["xlsx"].dump((replace(CHAIN, links=(Link("related", "c2", "制度"),)), SYSTEM), RUN, path)
    book = openpyxl.load_workbook(path)
    book["Terms"].merge_cells("F2:F3")
    book.save(path)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    terms = parts["xl/worksheets/sheet1.xml"]
    assert b'<hyperlink ref="N2"' in terms
    parts["xl/worksheets/sheet1.xml"] = terms.replace(b'<hyperlink ref="N2"', b'<hyperlink ref="N2:U3"')
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    merged = Workbook(path).merged("Terms")
    assert merged == {(3, 5)}


def test_a_workbook_of_nothing_but_merged_cells_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "glossary.xlsx"
    FORMATS["xlsx"].dump(ENTRIES, RUN, path)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    merges = "".join(f'<mergeCell ref="A{row}:ZZ1048576"/>' for row in range(1, 50_000, 10_002))
    terms = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = terms.replace(
        b"</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>".encode()
    )
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    with pytest.raises(FormatError, match="more cells are merged than any table has"):
        FORMATS["xlsx"].load(path)


def test_an_error_cell_leaves_its_value_as_it_was(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        cell(book, "English").value = "#REF!"
        cell(book, "English").data_type = "e"

    back = edited(tmp_path, edit)
    assert (back.entries, len(back.problems)) == (ENTRIES, 1)
    assert "#REF! stands there, an error of a formula: left as it was" in str(back.problems[0])


def test_struck_out_text_is_read_and_pointed_out(tmp_path: Path) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    runs: list[str | TextBlock] = ["chain-leader ", TextBlock(InlineFont(strike=True), "system")]
    text = CellRichText(runs)
    back = edited(tmp_path, put("English", text))
    assert (back.entries, len(back.problems)) == (ENTRIES, 1)
    assert "part of the text is struck through" in str(back.problems[0])


def test_without_the_hidden_copy_the_visible_sheets_are_read(tmp_path: Path) -> None:
    back = edited(tmp_path, lambda book: book.remove(book["_termbuilder"]))
    assert [entry.term for entry in back.entries] == ["链长制", "制度"]
    assert [(sec.term, sec.administrative_status, sec.reliability) for sec in back.entries[0].equivalents] == [
        ("chain-leader system", "admittedTerm", 8),
        ("chain-chief system", "admittedTerm", 0),
        ("chain length system", "deprecatedTerm", 0),
    ]
    assert (dict(back.base), back.entries[0].frequency) == ({}, 7)
    decided = [sec.process_status for section in back.entries[0].lang_secs for sec in section.term_secs]
    assert decided == ["unprocessed"] * len(decided)  # the row says suggested


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    nasty = [
        replace(SYSTEM, id=f"c{n}", note=text)
        for n, text in enumerate(["=1+1", "+CMD()", "-2", "@SUM(A1)", "{=A1}", "http://x.y"])
    ]
    FORMATS["xlsx"].dump(nasty, RUN, tmp_path / "g.xlsx")
    book = openpyxl.load_workbook(tmp_path / "g.xlsx")
    kinds = {c.data_type for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None}
    assert kinds == {"s", "n"}
    assert FORMATS["xlsx"].load(tmp_path / "g.xlsx").entries == tuple(nasty)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no Excel workbook"),
        (b"PK\x03\x04 broken", "is no Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked", "locked with a password"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "g.xlsx"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=message):
        FORMATS["xlsx"].load(path)


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_saves_it_without_loss(tmp_path: Path) -> None:
    path = tmp_path / "glossary.xlsx"
    FORMATS["xlsx"].dump(ENTRIES, RUN, path)
    out = tmp_path / "saved"
    subprocess.run(
        [str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    book = openpyxl.load_workbook(out / "glossary.xlsx")
    put("English", "chain-chief scheme")(book)
    book.save(out / "glossary.xlsx")
    back = FORMATS["xlsx"].load(out / "glossary.xlsx")
    assert back.entries == (english(CHAIN, TermSec("chain-chief scheme", **HUMAN), CHIEF, LENGTH), SYSTEM)
    assert back.problems == ()


def test_where_the_english_comes_from_is_said_once(tmp_path: Path) -> None:
    english = LangSec("en", (TermSec("chain-leader hub", origin="composed", sources=("composed: 链长 + 枢纽",)),))
    path = tmp_path / "glossary.xlsx"
    FORMATS["xlsx"].dump((replace(SYSTEM, lang_secs=(*SYSTEM.lang_secs, english)), CHAIN), RUN, path)
    book = openpyxl.load_workbook(path)
    found = [cell(book, "Source of the English", row).value for row in (2, 3)]
    assert found == ["composed: 链长 + 枢纽", "glossary: governance.tsv, row 7"]


def test_the_columns_of_terms_say_what_they_are_for(tmp_path: Path) -> None:
    path = tmp_path / "g.xlsx"
    FORMATS["xlsx"].dump([ConceptEntry("c1", (LangSec("zh-CN", (TermSec("链长制"),)),))], RUN, path)
    hints = {cell.value: cell.comment.text for cell in openpyxl.load_workbook(path)["Terms"][1] if cell.comment}
    assert hints == {column.title: column.help for column in TERMS if column.help}


def test_the_same_run_gives_the_same_bytes_whatever_the_time_of_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    for moment in (1_700_000_000, 1_800_000_000):
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        FORMATS["xlsx"].dump([ConceptEntry("c1", (LangSec("zh-CN", (TermSec("链长制"),)),))], RUN, tmp_path / "g.xlsx")
        written.append((tmp_path / "g.xlsx").read_bytes())
    assert written[0] == written[1]
