"""What the README promises of the main job: no connection, and the same bytes however the work was cut."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from click.testing import CliRunner

import termbuilder.pipeline
from termbuilder.cli import cli

PROJECT = Path(__file__).parents[1]
EXAMPLES = PROJECT / "examples"
ALL_FORMATS = ("xlsx", "tbx", "tbx2", "jsonl", "csv", "omegat", "html")

# Runs the command line where making a socket, or asking for an address, ends the run. The hook sits in the interpreter, below
# every library, and cannot be taken out again.
WITHOUT_SOCKETS = """
import sys

def refuse(event, arguments):
    if event.startswith(("socket.", "http.", "urllib.", "ftplib.", "smtplib.")):
        raise RuntimeError(f"a connection was tried: {event} {arguments}")

sys.addaudithook(refuse)
import socket
try:
    socket.socket()
except RuntimeError:
    pass  # the hook bites
else:
    sys.exit("sockets are not disabled")
from termbuilder.cli import main
main(sys.argv[1:])
"""


def test_the_main_job_opens_no_connection(tmp_path: Path) -> None:
    formats = [argument for name in ALL_FORMATS for argument in ("--format", name)]
    command = [sys.executable, "-c", WITHOUT_SOCKETS, "mine", str(EXAMPLES), "-o", str(tmp_path), "--workers", "1", *formats]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert "揭榜挂帅" in done.stdout
    assert len(list(tmp_path.iterdir())) == len(ALL_FORMATS) + 2  # and the termbase with its evidence


class _Noon(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _Noon:
        return cls(2026, 3, 1, 12, 0, 0, tzinfo=tz)


def test_one_or_two_workers_and_any_order_of_files_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(termbuilder.pipeline, "datetime", _Noon)
    names = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".md", ".html", ".docx", ".csv"))
    assert len(names) >= 6
    made = []
    for number, (paths, workers) in enumerate(((names, 1), ([*names[3:], *names[2::-1]], 2))):
        output = tmp_path / str(number)
        formats = [argument for name in ALL_FORMATS for argument in ("--format", name)]
        options = ["-o", str(output), "--no-termbase", "--workers", str(workers), *formats]
        result = CliRunner().invoke(cli, ["mine", *map(str, paths), *options])
        assert result.exit_code == 0, result.output
        made.append({path.name: path.read_bytes() for path in output.iterdir()})
    assert len(made[0]) == len(ALL_FORMATS)
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []


def test_a_terminal_that_knows_no_chinese_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text("梯度培育瞪羚企业，实施“揭榜挂帅”机制。", encoding="utf-8")
    command = [sys.executable, "-m", "termbuilder", "mine", str(tmp_path / "通知.txt"), "-o", str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run([*command, "--workers", "1"], capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"gazelle company" in done.stdout
