"""Files that are written: valid, complete or not at all, the same bytes every time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from termbuilder.errors import FormatError
from termbuilder.formats import FORMATS, Options
from termbuilder.formats.waiting import Waiting
from termbuilder.model import (
    ConceptEntry,
    Context,
    Definition,
    DocumentReport,
    LangSec,
    Link,
    Reading,
    Run,
    Source,
    TermSec,
    Transaction,
)

OFFICIAL = Path(__file__).parents[2] / "shared" / "tools" / "tbx_official.py"
RUN = Run("a1b2c3", "2026-11-24T10:00:00", {"termbuilder": "0.1.0"}, (DocumentReport("通知.txt", "txt", "ab12", 900, 12),))
PLACE = Source("通知.txt", 3, 40, "page 2")

ENTRIES = (
    ConceptEntry(
        "c0001",
        (
            LangSec(
                "zh-CN",
                (
                    TermSec(
                        "链长制",
                        administrative_status="preferredTerm",
                        part_of_speech="noun",
                        reading=Reading("liànzhǎngzhì", ("liàn", "zhǎng", "zhì")),
                        contexts=(Context("我省全面推行链长制，由市领导包链。", PLACE, ((6, 9),)),),
                        frequency=4,
                    ),
                    TermSec("“链长”制", "variant", frequency=1),
                ),
                (Definition("由地方负责人牵头、协调一条产业链的工作制度", PLACE),),
            ),
            LangSec(
                "en",
                (
                    TermSec("chain-leader system", origin="glossary", sources=("governance.tsv, row 7",), reliability=8),
                    TermSec("chain length system", administrative_status="deprecatedTerm", note="misread"),
                ),
            ),
        ),
        subject_field="industry",
        category="institution",
        links=(Link("broader", "c0002", "制度", "head"), Link("related", "c0099", "链主企业")),
        transactions=(Transaction("origination", "2026-11-24T10:00:00", "termbuilder", "mined"),),
        note="a < b & c",
        score=3.25,
        frequency=5,
        document_frequency=2,
        extra=(("Client", "ACME"),),
    ),
    ConceptEntry("c0002", (LangSec("zh-CN", (TermSec("制度"),)),), status="approved"),
)


def test_everything_written_as_tbx_is_officially_valid(tmp_path: Path) -> None:
    if not OFFICIAL.exists():
        pytest.skip("the official schemas are not beside this checkout")
    names = [name for name in FORMATS if name.startswith("tbx")]
    paths = [tmp_path / f"glossary{FORMATS[name].suffix}" for name in names]
    for name, path in zip(names, paths):
        FORMATS[name].dump(ENTRIES, RUN, path)
    result = subprocess.run(
        [sys.executable, str(OFFICIAL), "-v", "--legacy", *map(str, paths)], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, ""), result.stdout


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_same_entries_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    for path in (tmp_path / "one", tmp_path / "two"):
        FORMATS[name].dump(ENTRIES, RUN, path)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_file_that_cannot_be_written_leaves_the_old_one_and_no_rest(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "glossary"
    folder.mkdir()
    with pytest.raises(FormatError, match="is a folder"):
        FORMATS[name].dump(ENTRIES, RUN, folder)
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("name", list(FORMATS))
def test_nothing_to_write_is_said_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="none of 1 entries is approved"):
        FORMATS[name].dump(ENTRIES[:1], RUN, tmp_path / "x", Options(statuses=("approved",)))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", list(FORMATS))
def test_suggested_and_approved_differ_in_every_format(name: str, tmp_path: Path) -> None:
    FORMATS[name].dump(ENTRIES[1:], RUN, tmp_path / "approved")
    FORMATS[name].dump([replace(ENTRIES[1], status="suggested")], RUN, tmp_path / "suggested")
    assert (tmp_path / "approved").read_bytes() != (tmp_path / "suggested").read_bytes()


def test_json_lines_hold_everything(tmp_path: Path) -> None:
    FORMATS["jsonl"].dump(ENTRIES, RUN, tmp_path / "g.jsonl")
    assert FORMATS["jsonl"].load(tmp_path / "g.jsonl").entries == ENTRIES


def test_json_lines_have_the_fields_that_scripts_read(tmp_path: Path) -> None:
    FORMATS["jsonl"].dump(ENTRIES, RUN, tmp_path / "g.jsonl")
    first = json.loads((tmp_path / "g.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first["term"] == "链长制"
    assert first["pinyin"] == {"text": "liànzhǎngzhì", "syllables": ["liàn", "zhǎng", "zhì"]}
    assert first["variants"] == [
        {"term": "“链长”制", "type": "variant", "administrative_status": "admittedTerm", "frequency": 1}
    ]
    assert first["broader"] == ["c0002"]
    assert first["equivalents"][0]["status"] == "suggested"


@pytest.mark.parametrize("name", FORMATS)
def test_waiting_entries_are_gone_through_as_few_times_as_can_be(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes: list[int] = []
    each = Waiting.__iter__

    def counted(waiting: Waiting) -> Iterator[ConceptEntry]:
        passes.append(1)
        return each(waiting)

    monkeypatch.setattr(Waiting, "__iter__", counted)  # of many, each pass reads all from disk
    monkeypatch.setattr(Waiting, "__getitem__", None)
    FORMATS[name].dump(Waiting(ENTRIES, most=1), RUN, tmp_path / "g")
    # once to count them, once to write; most formats need to know more before
    assert len(passes) == (2 if name in ("jsonl", "xlsx") or "tbx" in name else 3)
