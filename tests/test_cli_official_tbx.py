"""The TBX files of a run under the official schemas and in a real program that reads TBX; both lie beside the project, if at all."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from termbuilder.cli import cli
from termbuilder.formats import FORMATS

PROJECT = Path(__file__).parents[1]
TOOLS = PROJECT.parent / "shared" / "tools"
SEEDS = PROJECT.parent / "shared" / "corpus" / "seeds"


def _tool(name: str, *arguments: object) -> str:
    tool = TOOLS / name
    if not tool.is_file():
        pytest.skip(f"../shared/tools/{name} is not beside the project")
    start = [sys.executable] if tool.suffix == ".py" else ["sh"]
    done = subprocess.run([*start, str(tool), *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def mined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a run over the real documents where they are there, else over our samples."""
    output = tmp_path_factory.mktemp("tbx")
    source = SEEDS if SEEDS.is_dir() else PROJECT / "examples"
    formats = [argument for name in ("tbx", "tbx2", "tbx-dct", "tbx-linguist", "jsonl") for argument in ("--format", name)]
    result = CliRunner().invoke(cli, ["mine", str(source), "-o", str(output), "--limit", "400", "--workers", "1", *formats])
    assert result.exit_code == 0, result.output
    return output


def test_the_official_schemas_accept_every_tbx_file(mined: Path) -> None:
    names = ("glossary.tbx", "glossary.v2.tbx", "glossary.dct.tbx", "glossary.linguist.tbx")
    _tool("tbx_official.py", *(mined / name for name in names))


def test_the_schema_of_2019_accepts_the_v3_file(mined: Path) -> None:
    _tool("tbx_official.py", "--legacy", mined / "glossary.tbx")


def test_translate_toolkit_reads_every_entry_of_the_v2_file(mined: Path) -> None:
    entries = len(FORMATS["jsonl"].load(mined / "glossary.jsonl").entries)
    said = _tool("translate_toolkit_import.py", "-n", "0", mined / "glossary.v2.tbx")
    assert said.splitlines()[0] == f"entries: {entries}"


def test_omegat_reads_the_v2_file(mined: Path) -> None:
    if shutil.which("omegat") is None:
        pytest.skip("OmegaT is not installed")
    said = _tool("omegat_import.sh", mined / "glossary.v2.tbx")
    found = re.match(r"entries: (\d+)", said)
    assert found
    assert int(found[1]) >= len(FORMATS["jsonl"].load(mined / "glossary.jsonl").entries)  # one for each pair of terms
