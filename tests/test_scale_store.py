"""Evidence waits on disk when memory is short, and the result is the same."""

from __future__ import annotations

import errno
import os
import pickle
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from termbuilder import pipeline
from termbuilder.engine import local, shared
from termbuilder.errors import FormatError, TermbuilderError
from termbuilder.evidence import NOTHING, Evidence, Table, added
from termbuilder.model import ConceptEntry, Definition, Source
from termbuilder.pipeline import corpus, entries, packing_tables, sample
from termbuilder.pipeline.first_pass import Observe
from termbuilder.pipeline.kit import kit
from termbuilder.pipeline.second_pass import Collected
from termbuilder.pipeline.store import Shelf, Store
from termbuilder.read import Input
from termbuilder.settings import Settings

SENTENCES = (
    "全省实施“揭榜挂帅”机制，培育瞪羚企业、独角兽企业和专精特新企业。",
    "高新区落实“两高一低”整治，建设众创空间和概念验证中心。",
    "深入推进“三链融合”，完善科技特派员制度。",
    "对瞪羚企业，是指成长性好、跨越式发展的高新技术企业，给予研发费用后补助。",
    "各县区要落实“揭榜挂帅”机制，推进产学研用协同，发展银发经济。",
    "探索“拨投结合”，支持概念验证中心和中试基地建设。",
)
INPUTS = [
    Input(f"{number}.txt", data="\n".join(SENTENCES[number % 6 :] + SENTENCES[: number % 3]).encode()) for number in range(9)
]


def mined(inputs: list[Input], settings: Settings) -> tuple[ConceptEntry, ...]:
    return pipeline.mine(inputs, settings, started="2026-01-01").entries


def tables() -> list[Table]:
    return [table for one in INPUTS for table in Observe(Settings())(one).evidence if isinstance(table, Table)]


def told(table: Table) -> dict[str, Any]:
    def plain(one: Evidence) -> tuple[Any, ...]:
        return (one.frequency, one.document_frequency, list(one.sums), list(one.maxima), list(one.missed), one.shape,
                one.surfaces, one.right, one.left)  # fmt: skip

    return {key: plain(one) for key, one in table.items()}


def test_evidence_that_was_spilled_comes_back_as_if_it_had_fitted() -> None:
    whole = added(tables())
    with Store(limit=200_000) as small:
        for table in tables():
            small.add(table)
        parts = list(small)
        assert small.spilled
        assert len(parts) > 1
    assert {key: one for part in parts for key, one in told(part).items()} == told(whole)
    assert sum(map(len, parts)) == len(whole)


def test_candidates_rank_the_same_in_parts() -> None:
    ranker = kit(Settings()).ranker
    whole = added(tables())
    with Store(limit=200_000) as small:
        for table in tables():
            small.add(table)
        ranked = ranker.rank(small)
    together = ranker.rank([whole])
    assert [(one.key, one.score) for one in ranked.candidates] == [(one.key, one.score) for one in together.candidates]
    assert (ranked.count, ranked.expected) == (together.count, together.expected)
    with Store(limit=200_000) as small:
        for table in tables():
            small.add(table)
        best = ranker.rank(small, most=3)
    assert [(one.key, one.score) for one in best.candidates] == [(one.key, one.score) for one in ranked.candidates[:3]]
    assert (best.keys, best.count, best.expected) == (ranked.keys[:3], ranked.count, ranked.expected)


def test_workers_memory_and_order_do_not_change_the_entries() -> None:
    plain = mined(INPUTS, Settings())
    assert "瞪羚企业" in {entry.term for entry in plain}
    assert mined(INPUTS, Settings(workers=2)) == plain
    assert mined(INPUTS, Settings(workers=2, memory_limit=800_000)) == plain
    assert mined(INPUTS[::-1], Settings(memory_limit=800_000)) == plain


def test_a_large_corpus_is_the_same_for_any_number_of_workers_and_any_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "BULKY", 1000)
    monkeypatch.setattr(sample, "WHOLE", 100)  # prepared documents wait on disk, some passages are read closely
    plain = mined(INPUTS, Settings())
    assert "瞪羚企业" in {entry.term for entry in plain}
    assert mined(INPUTS[::-1], Settings(workers=2, memory_limit=400_000)) == plain


def test_a_full_disk_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pickle, "dump", full)
    with Store(limit=1) as small, pytest.raises(TermbuilderError, match="disk is full"):
        small.add(tables()[0])


def test_nothing_stays_on_disk_when_a_run_is_stopped(tmp_path: Path) -> None:
    def stopped() -> None:
        with Store(limit=1, spill=str(tmp_path)) as small:
            small.add(tables()[0])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert list(tmp_path.iterdir()) == []


def test_what_waits_on_the_shelf_comes_back_in_order_and_leaves_nothing(tmp_path: Path) -> None:
    with Shelf(spill=str(tmp_path)) as shelf:
        assert [shelf.put(value) for value in ("揭榜", ("挂帅",), 3)] == [0, 1, 2]
        assert shelf.get(1) == ("挂帅",)
        assert list(shelf) == ["揭榜", ("挂帅",), 3]
    assert list(tmp_path.iterdir()) == []


def test_of_a_thousand_definitions_the_best_are_looked_at_in_any_order() -> None:
    def part(number: int) -> Collected:
        source = Source(f"{number:04d}.txt", 1, 0)
        return Collected({}, (("瞪羚企业", Definition(f"第{number}种说法", source, score=number % 7)),), (), (), {}, ())

    parts = [part(number) for number in range(1000)]
    there = entries.gathered(parts, 3).definitions["瞪羚企业"]
    back = entries.gathered(parts[::-1], 3).definitions["瞪羚企业"]
    assert there == back
    assert len(there) == entries.MOST_DEFINITIONS
    assert {one.score for one in there} == {6, 5}


def test_results_come_in_order_and_only_a_few_inputs_are_taken_at_a_time() -> None:
    taken = 0

    def inputs() -> Any:
        nonlocal taken
        for number in range(400):
            taken += 1
            yield "甲" * number

    results = local.run(len, inputs(), workers=2, count=400)
    assert [next(results) for _ in range(5)] == [0, 1, 2, 3, 4]
    assert taken < 100
    assert list(results) == list(range(5, 400))


def die(number: int) -> int:
    import os

    if number == 7:
        os._exit(1)
    return number


def test_a_worker_that_is_killed_is_said_in_one_sentence() -> None:
    with pytest.raises(TermbuilderError, match="fewer --workers"):
        list(local.run(die, range(20), workers=2))


def test_work_on_what_is_in_memory_is_shared_and_comes_back_in_order() -> None:
    ours = {number: "揭榜" * number for number in range(100)}
    assert shared.share(lambda number: ours[number], list(range(100)), workers=3) == list(ours.values())
    assert shared.share(len, [], workers=2) == []


def test_what_goes_wrong_in_a_shared_piece_is_raised_here() -> None:
    def refuse(number: int) -> int:
        if number == 5:
            raise FormatError("gold.xlsx is open in another program.")
        return number

    for _ in range(3):  # whichever process takes it
        with pytest.raises(FormatError, match="is open in another program"):
            shared.share(refuse, list(range(12)), workers=2)


def test_a_copy_that_is_killed_is_said_in_one_sentence() -> None:
    parent = os.getpid()

    def dies(number: int) -> int:
        if os.getpid() != parent:
            os._exit(1)
        time.sleep(0.05)
        return number

    with pytest.raises(TermbuilderError, match="fewer --workers"):
        shared.share(dies, list(range(8)), workers=2)


def test_a_table_travels_between_processes_unchanged() -> None:
    table = tables()[0]
    assert told(pickle.loads(pickle.dumps(table))) == told(table)
    again, nothing, whole = packing_tables.unpacked(packing_tables.packed([table, NOTHING, added(tables())]))
    assert told(again) == told(table)
    assert told(whole) == told(added(tables()))
    assert len(nothing) == 0
    assert told(Table.of({key: replace(one) for key, one in table.items()})) == told(table)
