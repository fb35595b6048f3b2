"""The same run on a Dask cluster: same result, a dead worker costs only time. Skipped where Dask is not installed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("distributed")
pytest.importorskip("fsspec")

from termbuilder import mining
from termbuilder.engine import cluster, remote
from termbuilder.errors import InputRefused, UsageError
from termbuilder.settings import Settings

TEXTS = {
    "通知.txt": "全市实施“揭榜挂帅”机制，培育瞪羚企业和独角兽企业。瞪羚企业，是指成长性好的高新技术企业。",
    "办法.txt": "对瞪羚企业给予研发费用后补助，建设概念验证中心，落实“两高一低”整治。",
    "方案.txt": "完善科技特派员制度，推进“揭榜挂帅”，建设概念验证中心和中试基地。",
    "空.txt": "",
}


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Two workers, each a process of its own."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as local:
        yield local.scheduler_address


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "文件").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "文件" / name).write_text(text, encoding="utf-8")
    return tmp_path / "文件"


def written(paths: list[str], settings: Settings, output: Path) -> bytes:
    mining.mine_to_files(paths, settings, output, formats=("jsonl",))
    return (output / "glossary.jsonl").read_bytes()


def test_a_cluster_writes_the_same_bytes_as_this_computer(scheduler: str, folder: Path, tmp_path: Path) -> None:
    here = written([str(folder)], Settings(), tmp_path / "here")
    assert "概念验证中心" in here.decode()
    there = Settings(engine="dask", scheduler=scheduler)
    assert written([folder.as_uri()], there, tmp_path / "there") == here
    assert written([folder.as_uri() + "/*.txt"], Settings(), tmp_path / "pattern") == here


def dies_once(task: tuple[str, int]) -> int:
    marker, number = task
    if number == 5 and not os.path.exists(marker):
        Path(marker).touch()
        os._exit(1)
    return number


def test_a_worker_that_is_killed_costs_time_and_no_result(scheduler: str, tmp_path: Path) -> None:
    tasks = [(str(tmp_path / "killed"), number) for number in range(12)]
    assert list(cluster.run(dies_once, tasks, scheduler, len(tasks))) == list(range(12))
    assert (tmp_path / "killed").exists()


def test_a_cluster_that_is_not_there_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="--scheduler"):
        list(cluster.run(len, ["揭榜"], ""))
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(UsageError, match="cannot be reached"):
        list(cluster.run(len, ["揭榜"], "tcp://127.0.0.1:9"))


def test_a_url_that_leads_nowhere_costs_only_itself(tmp_path: Path) -> None:
    [one] = remote.expand([(tmp_path / "没有.txt").as_uri()], {".txt"})
    with pytest.raises(InputRefused, match="没有"):
        one.fetch()
