"""`termbuilder mine` as a translator meets it: files in, files out, a summary, and decisions that stay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from termbuilder.cli import cli

NOTICE = """云溪市科技局关于开展揭榜挂帅项目申报的通知

揭榜挂帅是指由企业公开发布技术难题、由有能力者揭榜攻关的科研组织方式。今年继续实施“揭榜挂帅”机制，支持瞪羚企业、
独角兽企业和专精特新企业申报。市科技局推行“462”创新发展战略，即做强四大产业集群、建设六大创新平台、打造两个示范区。
通过“462”战略，加快布局概念验证中心（proof-of-concept center）和中试基地。
"""
REPORT = """在全市科技工作会议上的讲话

我们要把揭榜挂帅作为破解“卡脖子”技术的重要抓手，梯度培育瞪羚企业。落实“462”创新发展战略，发展新质生产力，
完善天使母基金和知识产权质押融资政策。
"""


def run(*arguments: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=typed)


def mined(folder: Path, *arguments: object) -> list[dict[str, Any]]:
    """The entries that `mine` writes as JSON Lines into `folder`."""
    result = run("mine", *arguments, "-o", folder, "--format", "jsonl", "--workers", 1)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in (folder / "glossary.jsonl").read_text(encoding="utf-8").splitlines()]


def forms(entry: dict[str, Any]) -> list[str]:
    return [entry["term"], *(variant["term"] for variant in entry["variants"])]


def entries_with(entries: list[dict[str, Any]], form: str) -> list[str]:
    return [entry["id"] for entry in entries if form in forms(entry)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    (folder / "通知.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "讲话.txt").write_text(REPORT, encoding="gb18030")
    return folder


@pytest.fixture(scope="module")
def done(office: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    output = tmp_path_factory.mktemp("output")
    return output, run("mine", office, "-o", output, "--format", "xlsx", "--format", "tbx", "--format", "tbx2",
                       "--format", "jsonl", "--workers", 1)  # fmt: skip


@pytest.fixture(scope="module")
def entries(done: tuple[Path, Result]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (done[0] / "glossary.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_termbase_and_the_exports_stand_side_by_side_and_nothing_else(done: tuple[Path, Result]) -> None:
    output, result = done
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(path.name for path in output.iterdir()) == [
        "glossary.db", "glossary.evidence", "glossary.jsonl", "glossary.tbx", "glossary.v2.tbx", "glossary.xlsx",
    ]  # fmt: skip


def test_the_summary_shows_terms_with_pinyin_and_english_and_what_was_written(done: tuple[Path, Result]) -> None:
    output, result = done
    shown = " ".join(result.stdout.split())
    assert "瞪羚企业 dènglíng qǐyè gazelle company" in shown
    assert "2 documents" in shown
    for name in ("glossary.xlsx", "glossary.tbx", "glossary.v2.tbx"):
        assert str(output / name) in result.stdout


def test_each_concept_is_one_entry(entries: list[dict[str, Any]]) -> None:
    for form in ("揭榜挂帅", "瞪羚企业", "独角兽企业", "“462”创新发展战略"):
        assert len(entries_with(entries, form)) == 1, form
    assert entries_with(entries, "瞪羚企业") != entries_with(entries, "独角兽企业")


def test_every_entry_says_where_everything_comes_from(entries: list[dict[str, Any]], office: Path) -> None:
    texts = {"通知.txt": NOTICE, "讲话.txt": REPORT}
    for entry in entries:
        definitions = [entry["definition"]] if entry["definition"] else []
        assert [place["document"] for place in entry["spread"]], entry["term"]
        for quoted in (*entry["contexts"], *definitions):
            source = quoted["source"]
            text = texts[source["document"]]
            assert text[source["offset"]] == quoted["text"].lstrip("…")[0], entry["term"]
            assert source["line"] == text.count("\n", 0, source["offset"]) + 1
        for equivalent in entry["equivalents"]:
            assert equivalent["source"]
            assert 1 <= equivalent["reliability"] <= 10


def test_a_machine_never_approves(entries: list[dict[str, Any]]) -> None:
    assert {entry["status"] for entry in entries} == {"suggested"}
    assert {equivalent["status"] for entry in entries for equivalent in entry["equivalents"]} == {"suggested"}


def test_readings_follow_the_orthography(entries: list[dict[str, Any]]) -> None:
    readings = {entry["term"]: entry["pinyin"]["text"] for entry in entries}
    assert readings["揭榜挂帅"] == "jiēbǎng guàshuài"
    assert readings["瞪羚企业"] == "dènglíng qǐyè"


def test_the_definition_is_the_sentence_that_defines(entries: list[dict[str, Any]]) -> None:
    definitions = {entry["term"]: entry["definition"]["text"] for entry in entries if entry["definition"]}
    assert "由企业公开发布技术难题、由有能力者揭榜攻关的科研组织方式" in definitions["揭榜挂帅"]
    assert "做强四大产业集群、建设六大创新平台、打造两个示范区" in definitions["“462”创新发展战略"]


def test_english_that_the_text_gives_is_offered_with_its_place(entries: list[dict[str, Any]]) -> None:
    (entry,) = [entry for entry in entries if entry["term"] == "概念验证中心"]
    offered = {(one["term"], one["origin"], one["source"]) for one in entry["equivalents"]}
    assert ("proof-of-concept center", "gloss", "通知.txt, line 5") in offered


def test_without_options_workbook_and_both_tbx_go_to_output_and_quiet_says_nothing(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("mine", office, "--quiet", "--workers", 1)
    assert (result.exit_code, result.output) == (0, "")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")) == [
        "output/glossary.db", "output/glossary.evidence", "output/glossary.tbx", "output/glossary.v2.tbx", "output/glossary.xlsx",
    ]  # fmt: skip


def test_name_and_termbase_can_be_chosen(office: Path, tmp_path: Path) -> None:
    kept = tmp_path / "years" / "terms.db"
    kept.parent.mkdir()
    assert (
        run(
            "mine", office, "-o", tmp_path / "out", "--name", "云溪", "--format", "tbx2", "--termbase", kept, "--workers", 1
        ).exit_code
        == 0
    )
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["云溪.v2.tbx"]
    assert kept.is_file()


def test_standard_input_is_a_document(tmp_path: Path) -> None:
    result = run("mine", "-", "-o", tmp_path, "--format", "jsonl", "--no-termbase", "--workers", 1, typed=NOTICE)
    assert result.exit_code == 0
    assert '"document": "standard input"' in (tmp_path / "glossary.jsonl").read_text(encoding="utf-8")


def test_a_pattern_names_files_and_limit_and_subject_field_do_what_they_say(
    office: Path, entries: list[dict[str, Any]], tmp_path: Path
) -> None:
    limited = mined(tmp_path, office / "*.txt", "--no-termbase", "--limit", 5, "--subject-field", "science policy")
    assert [entry["term"] for entry in limited] == [entry["term"] for entry in entries[:5]]
    assert {entry["subject_field"] for entry in limited} == {"science policy"}
    assert [path.name for path in tmp_path.iterdir()] == ["glossary.jsonl"]  # --no-termbase remembers nothing


def test_min_score_keeps_what_reaches_it(office: Path, entries: list[dict[str, Any]], tmp_path: Path) -> None:
    least = entries[3]["score"] - 0.001
    kept = mined(tmp_path, office, "--no-termbase", "--min-score", least)
    assert kept
    assert all(entry["score"] >= least for entry in kept)


def test_the_users_glossary_wins_and_its_terms_are_looked_for(office: Path, tmp_path: Path) -> None:
    glossary = tmp_path / "client.csv"
    glossary.write_text("Chinese,English\n瞪羚企业,gazelle enterprise\n有能力者,able party\n", encoding="utf-8")
    entries = {entry["term"]: entry for entry in mined(tmp_path / "out", office, "--glossary", glossary)}
    first = entries["瞪羚企业"]["equivalents"][0]
    assert (first["term"], first["origin"]) == ("gazelle enterprise", "user glossary")
    assert "client.csv" in first["source"]
    assert entries["有能力者"]["equivalents"][0]["term"] == "able party"


def test_a_decision_outlives_the_next_run(office: Path, tmp_path: Path) -> None:
    notice, speech, base = office / "通知.txt", office / "讲话.txt", tmp_path / "glossary.db"
    before = {entry["term"]: entry for entry in mined(tmp_path, notice)}
    decide = ("decide", "--termbase", base, "--who", "Wang")
    assert run(*decide, "揭榜挂帅", "--status", "approved", "--english", "open bidding for research").exit_code == 0
    assert run(*decide, "独角兽企业", "--status", "rejected").exit_code == 0
    after = {entry["term"]: entry for entry in mined(tmp_path, speech)}
    decided = after["揭榜挂帅"]
    assert (decided["id"], decided["status"]) == (before["揭榜挂帅"]["id"], "approved")
    assert decided["equivalents"][0]["term"] == "open bidding for research"
    assert {context["source"]["document"] for context in decided["contexts"]} == {"通知.txt", "讲话.txt"}
    assert "独角兽企业" not in after
    assert "独角兽企业" not in {entry["term"] for entry in mined(tmp_path, notice)}
    assert after["瞪羚企业"]["id"] == before["瞪羚企业"]["id"]
    assert "新质生产力" in after
