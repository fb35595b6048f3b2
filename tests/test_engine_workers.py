"""Worker processes are copied from a process without other threads: a copy that inherits a lock of theirs can hang, and Python warns of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Numbers are multiplied first: the library that does it keeps threads of its own, and stops them before a copy is made.
MAIN = """
import sys, threading, numpy
numpy.ones((300, 300)) @ numpy.ones((300, 300))
{thread}
def watch(event, arguments):
    if event == "os.fork":
        print("copied with", threading.active_count(), "thread(s)", file=sys.stderr)
sys.addaudithook(watch)
from termbuilder.cli import cli
cli(sys.argv[1:])
"""


def said_on_a_terminal(folder: Path, thread: str = "") -> str:
    """What a run with two workers writes to standard error, which is a terminal, so that progress is shown."""
    for number in range(5):
        text = f"第{number}批鼓励银行为瞪羚企业提供信用贷款。园区实施“三大行动”，培育链主企业。"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    job = ["mine", str(folder), "-o", str(folder / "out"), "--workers", "2", "--format", "jsonl", "--no-termbase"]
    ours, theirs = os.openpty()
    program = [sys.executable, "-W", "always::DeprecationWarning", "-c", MAIN.format(thread=thread), *job]
    with subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=theirs) as running:
        os.close(theirs)
        said = b""
        try:
            while more := os.read(ours, 65536):
                said += more
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(ours)
    assert running.returncode == 0
    return said.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
def test_no_process_is_copied_among_threads_even_while_progress_is_shown(tmp_path: Path) -> None:
    said = said_on_a_terminal(tmp_path)
    assert "reading" in said
    assert "copied with 1 thread(s)" in said
    assert [number for number in "23456789" if f"copied with {number} thread(s)" in said] == []
    assert "multi-threaded" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
def test_a_thread_would_be_seen(tmp_path: Path) -> None:
    thread = "import time; threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    assert "copied with 2 thread(s)" in said_on_a_terminal(tmp_path, thread)
