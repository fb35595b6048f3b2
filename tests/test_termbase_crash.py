from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "crash.py"


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
