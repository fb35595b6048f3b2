"""Bad input costs that input, not the run: one sentence, the others mined, exit code 1, nothing half-written."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from writers import pdf

from termbuilder.cli import cli
from termbuilder.termbase import Termbase

GOOD = "云溪市继续实施“揭榜挂帅”机制，梯度培育瞪羚企业和独角兽企业，建设概念验证中心。\n"
ENCRYPTED = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    b"3 0 obj\n<< /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> /P -4 >>\nendobj\n"
    b"trailer\n<< /Root 1 0 R /Encrypt 3 0 R /ID [<00><00>] /Size 4 >>\n%%EOF\n"
)
SCAN = b"%PDF-1.4\n" + b"".join(
    b"%d 0 obj\n%s\nendobj\n" % (number, body)
    for number, body in enumerate(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
            b"<< /Length 26 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q\nendstream",
            b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n"
            b"stream\n\0\nendstream",
        ],
        1,
    )
) + b"trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n"  # fmt: skip
NOISE = bytes((number * 7919 + number // 3) % 256 for number in range(3000))

# name, bytes (None: there is no such file), and what the one sentence says after the name
BAD = (
    ("通知.txt", None, "does not exist"),
    ("空.txt", b"", "is empty"),
    ("扫描.pdf", SCAN, "is a scan: it holds pictures of text but no text. Run OCR on it first"),
    ("密件.pdf", ENCRYPTED, "password"),
    ("坏.pdf", b"%PDF-1.7\n%broken", "is damaged"),
    ("半.pdf", pdf([[(60, 700, GOOD.strip())]])[:400], ""),
    ("改名.docx", b"just text", "is damaged or not what its name says"),
    ("空.xlsx", b"", "is empty"),
    ("二进制.txt", NOISE, ""),
    ("english.txt", b"Nothing but English here.", "holds no Chinese text"),
    ("照片.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "cannot be read"),
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def mine(*arguments: object) -> Result:
    return run("mine", *arguments, "--workers", 1)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "好.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def written(folder: Path, name: str, data: bytes | None) -> Path:
    if data is not None:
        (folder / name).write_bytes(data)
    return folder / name


def test_each_bad_file_gets_one_sentence_and_the_good_one_is_mined(good: Path, tmp_path: Path) -> None:
    bad = [written(tmp_path, name, data) for name, data, _ in BAD]
    output = tmp_path / "out"
    result = mine(*bad, good, "-o", output, "--format", "jsonl")
    assert result.exit_code == 1
    assert '"term": "瞪羚企业"' in (output / "glossary.jsonl").read_text(encoding="utf-8")
    lines = result.stderr.splitlines()
    assert len(lines) == len(BAD)
    for name, _, says in BAD:
        (line,) = [line for line in lines if name in line]
        assert says in line
        assert line.rstrip().endswith((".", "?"))
    assert files(output) == ["glossary.db", "glossary.evidence", "glossary.jsonl"]


@pytest.mark.parametrize(("name", "data", "says"), BAD, ids=[f"{name}" for name, _, _ in BAD])
def test_a_bad_file_alone_leaves_nothing_behind(name: str, data: bytes | None, says: str, tmp_path: Path) -> None:
    output = tmp_path / "out"
    result = mine(written(tmp_path, name, data), "-o", output)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert name in result.stderr
    assert says in result.stderr
    assert not output.exists() or files(output) == []


def test_a_folder_without_documents_is_said_so(tmp_path: Path) -> None:
    result = mine(tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr


def test_a_text_without_terms_writes_nothing_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "字.txt").write_text("的了。", encoding="utf-8")
    result = mine(tmp_path / "字.txt", "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "No terms were found" in result.stderr
    assert not (tmp_path / "out" / "glossary.xlsx").exists()


def test_an_output_folder_that_cannot_be_made_is_named(good: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = mine(good, "-o", tmp_path / "file" / "out")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"termbuilder: The folder {tmp_path / 'file' / 'out'} cannot be made")
    assert result.stderr.count("\n") == 1


def test_an_output_folder_that_may_not_be_written_is_named(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "out"
    output.mkdir()
    # whoever runs the tests may be allowed everything
    monkeypatch.setattr("os.access", lambda path, mode: not mode & os.W_OK)
    result = mine(good, "-o", output)
    assert (result.exit_code, files(output)) == (1, [])
    assert result.stderr == f"termbuilder: The folder {output} cannot be written to. Choose another with -o.\n"


def test_one_export_that_cannot_be_written_does_not_cost_the_others(good: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    (output / "glossary.xlsx").mkdir(parents=True)
    result = mine(good, "-o", output)
    assert result.exit_code == 1
    assert f"{output / 'glossary.xlsx'} is a folder" in result.stderr
    assert files(output) == ["glossary.db", "glossary.evidence", "glossary.tbx", "glossary.v2.tbx", "glossary.xlsx"]


def test_a_file_that_is_no_termbase_is_left_alone(good: Path, tmp_path: Path) -> None:
    kept = tmp_path / "notes.db"
    kept.write_text("关于印发通知", encoding="utf-8")
    result = mine(good, "-o", tmp_path / "out", "--termbase", kept)
    assert result.exit_code == 1
    assert result.stderr == f"termbuilder: {kept} is not a termbase. Choose another file; this one has been left as it is.\n"
    assert kept.read_text(encoding="utf-8") == "关于印发通知"
    assert files(tmp_path / "out") == []


def test_a_locked_termbase_is_said_to_be_in_use(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = tmp_path / "glossary.db"
    Termbase.open(base).close()
    before = base.read_bytes()
    opened = Termbase.open
    monkeypatch.setattr(Termbase, "open", lambda path, create=True: opened(path, create, timeout=0.1))
    other = sqlite3.connect(base, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    result = mine(good, "-o", tmp_path / "out", "--termbase", base)
    other.close()
    assert result.exit_code == 1
    assert result.stderr == (
        f"termbuilder: {base} is being written by another program. Wait until it is done or close it, then try again.\n"
    )
    assert files(tmp_path / "out") == []
    assert base.read_bytes() == before


def test_a_full_disk_leaves_the_last_glossary_as_it_was(good: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert mine(good, "-o", output, "--no-termbase").exit_code == 0
    before = {path.name: path.read_bytes() for path in output.iterdir()}

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    command = [sys.executable, "-m", "termbuilder", "mine", str(good), "-o", str(output), "--no-termbase", "--workers", "1"]
    result = subprocess.run(command, preexec_fn=little_room, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.stderr
    assert {path.name: path.read_bytes() for path in output.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["mine"], "Missing argument 'PATHS...'"),
        (["mine", "好.txt", "--limit", "-1"], "--limit"),
        (["mine", "好.txt", "--workers", "0"], "--workers"),
        (["mine", "好.txt", "--format", "docx"], "docx"),
        (["mine", "好.txt", "--category", "slogan"], "There is no category 'slogan'. Known: "),
        (["mine", "好.txt", "--name", "a/b"], "'a/b' cannot be the name of files"),
        (["mine", "好.txt", "--name", ""], "'' cannot be the name of files"),
        (["mine", "好.txt", "--glossary", "missing.xlsx"], "missing.xlsx"),
        (["mine", "好.txt", "--tables", "missing"], "missing"),
        (["mine", "好.txt", "--colour"], "--colour"),
        (["dig", "好.txt"], "No such command"),
        (["explain", "揭榜挂帅"], "Missing argument 'PATHS...'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert files(tmp_path) == []


def test_a_bad_table_row_is_named_by_file_and_line(good: Path, tmp_path: Path) -> None:
    own = tmp_path / "tables"
    own.mkdir()
    (own / "readings.tsv").write_text("term\treading\twhy\n\tháng\tno term\n", encoding="utf-8")
    result = mine(good, "-o", tmp_path / "out", "--tables", own)
    assert result.exit_code == 1
    assert result.stderr == "termbuilder: readings.tsv, line 2: the first column (term) is empty.\n"


def test_a_glossary_that_is_none_is_named(good: Path, tmp_path: Path) -> None:
    glossary = tmp_path / "客户.xlsx"
    glossary.write_bytes(b"no workbook")
    result = mine(good, "-o", tmp_path / "out", "--glossary", glossary)
    assert result.exit_code == 1
    assert result.stderr.startswith("termbuilder: 客户.xlsx")
    assert result.stderr.count("\n") == 1


def test_explain_tells_what_it_could_not_read(good: Path, tmp_path: Path) -> None:
    result = run("explain", "瞪羚企业", good, tmp_path / "通知.txt")
    assert result.exit_code == 1
    assert result.stderr == f"termbuilder: {tmp_path / '通知.txt'} does not exist. Check the path.\n"
    assert result.stdout.startswith("瞪羚企业: kept, score ")


def test_a_file_that_cannot_be_imported_makes_no_termbase(tmp_path: Path) -> None:
    written(tmp_path, "客户.tbx", b"no tbx")
    result = run("import", tmp_path / "客户.tbx", "--termbase", tmp_path / "glossary.db")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "客户.tbx" in result.stderr
    assert files(tmp_path) == ["客户.tbx"]


def test_a_line_break_in_a_file_name_does_not_break_the_line(tmp_path: Path) -> None:
    result = mine(written(tmp_path, "通\n知.txt", b"Nothing"), "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr == "termbuilder: 通 知.txt holds no Chinese text. Give the Chinese version of the document.\n"
