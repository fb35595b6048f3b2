from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SCRIPT, COMMANDS = BENCHMARKS / "crash.py", BENCHMARKS / "crash_commands.py"


@pytest.mark.skipif(not SCRIPT.exists(), reason="the benchmarks are not here")
def test_a_process_killed_at_any_moment_loses_nothing_that_was_confirmed() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--kills", "8", "--seed", "7"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()[:1]) == (
        0,
        ["8 kills: nothing that was confirmed is lost, the termbase opens and is sound each time"],
    )


@pytest.mark.skipif(
    not COMMANDS.exists() or not hasattr(os, "fork"), reason="the benchmarks are not here, or the system has no fork"
)
def test_a_command_killed_at_any_moment_loses_nothing_that_was_confirmed() -> None:
    done = subprocess.run(
        [sys.executable, str(COMMANDS), "--kills", "4", "--seed", "3"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()[:1]) == (
        0,
        ["4 commands killed: nothing that was confirmed is lost, all or nothing of the killed ones, every file is whole"],
    ), done.stderr
