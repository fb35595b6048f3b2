"""The commands beside `mine`: explain, evaluate, and what every command owes its users."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from termbuilder import __version__
from termbuilder.cli import cli

NOTICE = "云溪市实施“揭榜挂帅”机制。揭榜挂帅是指公开发布技术难题的科研组织方式。\n市里培育瞪羚企业，继续做好各项工作。\n"

# What scripts rely on: these names do not go away.
CONTRACT = {
    "mine": "-o --name --format --termbase --no-termbase --glossary --memory --tables --limit --min-score --subject-field "
    "--workers --quiet",
    "import": "--termbase",
    "export": "--termbase -o --format --status",
    "check": "",
    "explain": "",
    "evaluate": "--gold",
    "align": "",
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explain") / "通知.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_options_that_scripts_rely_on_are_there(name: str) -> None:
    options = {option for parameter in cli.commands[name].params for option in parameter.opts}
    assert set(CONTRACT[name].split()) - options == set()


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_option_says_what_it_is_for_and_every_command_what_it_does(name: str) -> None:
    command = cli.commands[name]
    assert command.help
    assert [parameter.name for parameter in command.params if isinstance(parameter, click.Option) and not parameter.help] == []
    shown = run(name, "--help")
    assert (shown.exit_code, shown.stderr) == (0, "")


def test_the_version_is_told() -> None:
    assert run("--version").stdout.split()[-1] == __version__


def reasons(shown: str) -> list[float]:
    return [float(number) for number in re.findall(r"^ +([+-]\d+\.\d+)  (?!together)", shown, re.MULTILINE)]


def test_explain_gives_reasons_that_add_up_and_every_place(notice: Path) -> None:
    result = run("explain", "揭榜挂帅", notice)
    assert result.exit_code == 0
    first = result.stdout.splitlines()[0]
    assert first.startswith("揭榜挂帅: kept, score ")
    score = re.search(r"score ([+-]\d+\.\d+)", first)
    assert score
    assert sum(reasons(result.stdout)) == pytest.approx(float(score[1]), abs=0.001)
    for offset in (NOTICE.index("揭榜挂帅"), NOTICE.rindex("揭榜挂帅")):
        assert f"通知.txt, line 1, offset {offset}: 揭榜挂帅" in result.stdout


def test_explain_tells_of_a_term_that_was_not_kept(notice: Path) -> None:
    result = run("explain", "揭榜挂帅", notice, "--min-score", "99")
    assert result.exit_code == 0
    assert "揭榜挂帅: not kept" in result.stdout
    assert "(needed +99.0)" in result.stdout
    assert reasons(result.stdout)


def test_explain_tells_of_a_term_that_is_not_there(notice: Path) -> None:
    result = run("explain", "独角兽企业", notice)
    assert result.exit_code == 0
    assert result.stdout == "独角兽企业 is no candidate in these documents: it does not stand there.\n"


def test_evaluate_scores_a_list_against_annotations(tmp_path: Path) -> None:
    terms, gold = tmp_path / "glossary.jsonl", tmp_path / "gold.tsv"
    terms.write_text('{"term": "瞪羚企业"}\n{"term": "工作"}\n', encoding="utf-8")
    gold.write_text("term\ttier\tvariants\n瞪羚企业\tA\t\n揭榜挂帅\tA\t“揭榜挂帅”机制\n", encoding="utf-8")
    result = run("evaluate", "--gold", gold, terms, "--at", "1,2")
    assert result.exit_code == 0
    assert "P@1 1.000" in result.stdout
    assert "P@2 0.500" in result.stdout
    assert run("evaluate", "--gold", gold, terms, "--at", "ten").exit_code == 2
    assert run("evaluate", "--gold", terms, terms).exit_code == 1
