"""import, export, check, lookup and qa as a translator calls them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from termbuilder.cli import cli
from termbuilder.model import ConceptEntry, LangSec, Run, TermSec
from termbuilder.termbase import Termbase


def entry(chinese: str, *english: str, barred: str = "") -> ConceptEntry:
    words = [TermSec(word, origin="composed") for word in english]
    words += [TermSec(barred, administrative_status="deprecatedTerm", origin="human")] if barred else []
    return ConceptEntry("", (LangSec("zh-CN", (TermSec(chinese),)), LangSec("en", tuple(words))))


@pytest.fixture
def termbase(tmp_path: Path) -> Path:
    """Three suggested entries: with English, without, and with English that is not to be used."""
    path = tmp_path / "glossary.db"
    mined = [entry("瞪羚企业", "gazelle company"), entry("一网统管"), entry("链主企业", "chain leader", barred="chain owner")]
    with Termbase.open(path) as base:
        base.merge(mined, Run("test", "2026-01-01T00:00:00"))
    return path


def ran(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli, [str(one) for one in arguments])
    return done.exit_code, done.stdout, done.stderr


# --- export --------------------------------------------------------------------------------------------------------------


def test_a_name_without_an_ending_gets_that_of_the_tool(termbase: Path) -> None:
    code, told, _ = ran("export", "--termbase", termbase, "-o", termbase.parent / "kunde.2026", "--for", "omegat")
    assert (code, told.split("\n")[0]) == (0, f"3 entries written to {termbase.parent / 'kunde.2026.utf8'}")
    assert (termbase.parent / "kunde.2026.utf8").exists()


def test_an_ending_that_the_tool_does_not_know_is_refused_and_the_right_one_is_named(termbase: Path) -> None:
    out = termbase.parent / "kunde.tbx"
    assert ran("export", "--termbase", termbase, "-o", out, "--for", "omegat") == (
        2,
        "",
        f"termbuilder: kunde.tbx: omegat takes a .utf8 file and would not read this one. Write -o {termbase.parent / 'kunde.utf8'}.\n",
    )
    assert not out.exists()


@pytest.mark.parametrize(
    ("tool", "name"), [("omegat", "k.txt"), ("omegat-tbx", "k.tbx"), ("trados", "k.xml"), ("matecat", "k.xlsx")]
)
def test_other_endings_that_the_tool_knows_are_kept(tool: str, name: str, termbase: Path) -> None:
    assert ran("export", "--termbase", termbase, "-o", termbase.parent / name, "--for", tool)[0] == 0
    assert (termbase.parent / name).exists()


def test_a_format_that_was_asked_for_by_name_is_written_and_the_odd_ending_said(termbase: Path) -> None:
    code, _, warned = ran("export", "--termbase", termbase, "-o", termbase.parent / "k.txt", "--format", "csv")
    assert (code, warned) == (0, "termbuilder: k.txt holds csv, which its name does not say (.csv).\n")


def test_what_is_left_out_is_counted_with_the_reason(termbase: Path) -> None:
    assert ran("decide", "瞪羚企业", "--status", "approved", "--termbase", termbase)[0] == 0
    lokalise, client = termbase.parent / "k.csv", termbase.parent / "k.html"
    assert ran("export", "--termbase", termbase, "-o", lokalise, "--for", "lokalise")[1].split("\n")[0] == (
        f"2 entries written to {lokalise}; left out: 1 without the terms that the file needs"
    )
    assert ran("export", "--termbase", termbase, "-o", client, "--for", "client")[1].split("\n")[0] == (
        f"1 entry written to {client}; left out: 2 not approved"
    )


def test_without_an_approved_entry_nothing_goes_to_a_client_and_it_is_said_why(termbase: Path) -> None:
    code, _, said = ran("export", "--termbase", termbase, "-o", termbase.parent / "k.html", "--for", "client")
    assert (code, said) == (
        1,
        "termbuilder: There is nothing to write: none of the 3 entries of glossary.db is approved. Approve the good ones first "
        "(review, decide, or the workbook), or write the suggestions too: --status all.\n",
    )


# --- import --------------------------------------------------------------------------------------------------------------


def test_a_row_that_was_not_read_is_counted_and_ends_in_exit_code_1(termbase: Path) -> None:
    table = termbase.parent / "client.csv"
    table.write_text("Chinese,English,Comment\n头雁企业,lead-goose enterprise,\n,,later\n", encoding="utf-8")
    assert ran("import", table, "--termbase", termbase) == (
        1,
        "client.csv: 1 entries read: 1 new, 0 joined, 0 changed, 0 unchanged, 0 conflicts, 1 refused\n"
        "  refused: client.csv, line 3: no term in this row: it was not read\n",
        "",
    )


@pytest.mark.parametrize(
    "name", ["xlsx", "jsonl", "tbx", "dct.tbx", "linguist.tbx", "v2.tbx", "mtf.xml", "csv", "tsv", "sheet.xlsx"]
)
def test_a_file_that_nobody_edited_changes_nothing(name: str, termbase: Path) -> None:
    ran("decide", "链主企业", "--status", "approved", "--english", "chain-leading enterprise", "--termbase", termbase)
    out = termbase.parent / f"back.{name}"
    assert ran("export", "--termbase", termbase, "-o", out)[0] == 0
    assert ran("import", out, "--termbase", termbase) == (
        0,
        f"{out.name}: 3 entries read: 0 new, 0 joined, 0 changed, 3 unchanged, 0 conflicts, 0 refused\n",
        "",
    )


# --- check, lookup, qa ----------------------------------------------------------------------------------------------------


def test_check_sums_up_and_tells_all_if_asked(termbase: Path) -> None:
    code, told, _ = ran("check", termbase)
    assert (code, told.split("\n")[:2]) == (0, ["glossary.db: W201 no English (1)", "  c0002 一网统管: no English term"])
    every = ran("check", termbase, "--all")[1]
    assert any(
        re.fullmatch("glossary.db: c0002 一网统管: W201-[0-9a-f]{8} no English term", line) for line in every.split("\n")
    )
    assert {finding["code"] for finding in json.loads(ran("check", termbase, "--report", "json")[1])} >= {"W201", "W202"}


def test_what_is_silenced_in_the_termbase_stays_silent_through_runs_and_workbooks(termbase: Path) -> None:
    findings = json.loads(ran("check", termbase, "--report", "json")[1])
    [key] = [one["key"] for one in findings if one["code"] == "W201"]
    told = f"silenced: c0002 一网统管: {key} no English term\n"
    assert ran("check", termbase, "--silence", key, "--who", "李译") == (0, told, "")
    after = json.loads(ran("check", termbase, "--report", "json")[1])
    assert after == [one for one in findings if one["key"] != key]
    assert ran("check", termbase)[1].rstrip().endswith(", 1 silenced")
    book = termbase.parent / "round.xlsx"
    ran("export", "--termbase", termbase, "-o", book, "--status", "all")
    assert key not in ran("check", book, "--all")[1]
    assert ran("import", book, "--termbase", termbase)[0] == 0
    assert json.loads(ran("check", termbase, "--report", "json")[1]) == after
    assert "李译" in ran("history", "c0002", "--termbase", termbase)[1]
    assert ran("undo", "c0002", "--termbase", termbase)[0] == 0
    assert json.loads(ran("check", termbase, "--report", "json")[1]) == findings


def test_a_report_may_be_given_back_as_the_list_of_what_is_silenced(termbase: Path) -> None:
    known = termbase.parent / "known.txt"
    known.write_text(ran("check", termbase, "--all")[1], encoding="utf-8")
    count = len(json.loads(ran("check", termbase, "--report", "json")[1]))
    assert ran("check", termbase, "--silenced", known) == (0, f"0 errors, 0 warnings, {count} silenced\n", "")


def test_what_no_finding_has_cannot_be_silenced(termbase: Path) -> None:
    code, _, said = ran("check", termbase, "--silence", "W201-00000000")
    assert (code, said) == (
        2,
        f"termbuilder: glossary.db has no finding W201-00000000. See the keys with: termbuilder check {termbase} --all\n",
    )
    code, _, said = ran("check", termbase, termbase, "--silence", "W201-00000000")
    assert (code, said) == (
        2,
        "termbuilder: --silence writes into one termbase: give that .db file alone. For other files use --silenced.\n",
    )


def test_lookup_offers_no_english_that_is_not_to_be_used(termbase: Path) -> None:
    assert ran("lookup", "培育“链主”企业，一网统管", "--termbase", termbase)[:2] == (
        0,
        "链主企业\tchain leader\tsuggested\t1\t“链主”企业\n一网统管\t-\tsuggested\t1\t一网统管\n",
    )
    assert ran("lookup", "没有术语", "--termbase", termbase) == (
        0,
        "",
        "termbuilder: no term of glossary.db stands in 没有术语.\n",
    )


@pytest.fixture
def translation(tmp_path: Path) -> Path:
    path = tmp_path / "report.csv"
    path.write_text(
        "zh-CN,en\n培育瞪羚企业12家。,It fostered 12 gazelle companies.\n链主企业带头。,The chain owner went ahead.\n",
        encoding="utf-8",
    )
    return path


def test_qa_says_that_suggestions_were_left_aside_and_how_to_take_them_in(termbase: Path, translation: Path) -> None:
    assert ran("qa", translation, "--termbase", termbase) == (
        1,
        "",
        "termbuilder: glossary.db has no approved entry to check against. Approve terms first, or check against its 3 suggestions: "
        "--status all.\n",
    )
    ran("decide", "瞪羚企业", "--status", "approved", "--termbase", termbase)
    assert ran("qa", translation, "--termbase", termbase) == (
        0,
        "0 errors, 0 warnings\n",
        "termbuilder: report.csv: 2 segments, 1 terms checked: 0 without their English, 0 with English not to be used\n"
        "termbuilder: checked against 1 approved entry; 2 suggested entries left aside (--status all takes them in)\n",
    )


def test_qa_names_the_segment_and_the_english_that_is_wanted(termbase: Path, translation: Path) -> None:
    code, told, _ = ran("qa", translation, "--termbase", termbase, "--status", "all")
    assert (code, re.sub("-[0-9a-f]{8}", "", told)) == (
        1,
        "report.csv: segment 2 (row 3) c0003 链主企业: W301 链主企业 without chain leader in: The chain owner went ahead.\n"
        "report.csv: segment 2 (row 3) c0003 链主企业: W302 chain owner for 链主企业; use chain leader: The chain owner went ahead.\n"
        "0 errors, 2 warnings\n",
    )
