"""More entries than memory should hold wait on disk: the same files come out, and writing them takes no more room."""

from __future__ import annotations

import errno
import io
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_formats_torture import RUN, torture

from termbuilder import exchanging
from termbuilder.engine import shared
from termbuilder.errors import FormatError
from termbuilder.formats import FORMATS
from termbuilder.formats.waiting import TOGETHER, Waiting
from termbuilder.model import ConceptEntry, Context, LangSec, Source, TermSec
from termbuilder.termbase import Termbase


def test_entries_come_back_from_disk_as_they_were() -> None:
    entries = torture(2 * TOGETHER + 3)
    waiting = Waiting(iter(entries), most=5)
    assert list(waiting) == entries
    assert list(waiting) == entries  # a second time
    assert len(waiting) == len(entries)
    assert (waiting[0], waiting[TOGETHER], waiting[-1]) == (entries[0], entries[TOGETHER], entries[-1])
    assert waiting[TOGETHER - 1 : TOGETHER + 1] == entries[TOGETHER - 1 : TOGETHER + 1]
    with pytest.raises(IndexError):
        waiting[len(entries)]


def test_no_more_than_allowed_are_as_they_were_and_touch_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", None)
    entries = torture(5)
    assert list(Waiting(entries, most=5)) == entries
    assert not Waiting(())


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_is_the_same_whether_its_entries_wait_in_memory_or_on_disk(format_: str, tmp_path: Path) -> None:
    entries = torture(TOGETHER + 30)
    written = []
    for most in (10_000, 20):
        path = tmp_path / str(most) / f"g{FORMATS[format_].suffix}"
        FORMATS[format_].dump(Waiting(entries, most), RUN, path)
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_copies_of_the_process_read_the_same_file_without_disturbing_each_other() -> None:
    waiting = Waiting(torture(4 * TOGETHER), most=1)
    ids = [entry.id for entry in waiting]
    read = shared.share(lambda _: [entry.id for entry in waiting], range(8), workers=4)
    assert read == [ids] * 8


@pytest.mark.parametrize("format_", ["xlsx", "tbx", "tbx2", "csv", "jsonl"])
def test_writing_takes_the_same_memory_for_four_times_as_many_entries(format_: str, tmp_path: Path) -> None:
    def coming(size: int) -> Iterator[ConceptEntry]:
        for number in range(size):
            shown = Context(f"第{number}项推行链长制{number}，" * 40, Source("通知.txt"), ((4, 7),))
            yield ConceptEntry(f"c{number:05d}", (LangSec("zh-CN", (TermSec(f"链长制{number}", contexts=(shown,)),)),))

    peaks = []
    FORMATS[format_].dump(Waiting(coming(10), most=1), RUN, tmp_path / "warm")  # what is loaded once
    for size in (500, 2000):
        tracemalloc.start()
        FORMATS[format_].dump(Waiting(coming(size), most=100), RUN, tmp_path / "many")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + 1_000_000  # ids and places grow, entries (1 kB each and more) do not


def test_entries_of_a_termbase_come_one_after_the_other_in_one_state(tmp_path: Path) -> None:
    with Termbase.open(tmp_path / "g.db") as base, Termbase.open(tmp_path / "g.db") as other:
        base.merge(torture(40), RUN)
        before = base.entries()
        coming = base.each()
        first = next(coming)
        other.decide(before[-1].id, {"note": "新的说明"}, "anna")
        assert [first, *coming] == before
        assert base.entries() != before


def test_a_full_disk_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", Full)
    with pytest.raises(FormatError, match="The disk is full: there is no room for the entries"):
        Waiting(torture(5), most=2)


def test_an_export_tells_how_far_it_is(tmp_path: Path) -> None:
    with Termbase.open(tmp_path / "g.db") as base:
        base.merge(torture(2 * TOGETHER), RUN)
        size = base.count()
    told: list[tuple[str, int, int]] = []
    path = tmp_path / "g.tbx"
    done = exchanging.export(
        tmp_path / "g.db", path, status="all", progress=lambda stage, done, of: told.append((stage, done, of))
    )
    assert TOGETHER < done.entries < size
    assert told[:size] == [("reading", number, size) for number in range(size)]
    assert told[size:] == 2 * [("writing", 0, done.entries), ("writing", TOGETHER, done.entries)]  # seen, then written
