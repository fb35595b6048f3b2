"""The two READMEs tell the truth: every command parses, every option is named, every link leads somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from termbuilder.cli import cli
from termbuilder.formats.presets import PRESETS

PROJECT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
PAGES = (*READMES, "CONTRIBUTING.md", *sorted(f"docs/{path.name}" for path in (PROJECT / "docs").glob("*.md")))
COMMAND = re.compile(r"(?:^    (?:\.venv/bin/)?|`(?:\.venv/bin/)?)(termbuilder [^`\n]+)", re.MULTILINE)


def page(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_every_command_line_can_be_typed_as_it_stands(name: str) -> None:
    for line in COMMAND.findall(page(name)):
        _, command, *arguments = shlex.split(line)
        assert command in cli.commands, line
        context = click.Context(cli.commands[command])
        cli.commands[command].make_parser(context).parse_args(arguments)  # raises for an option that is not there


@pytest.mark.parametrize("name", READMES)
def test_every_option_of_mine_is_explained(name: str) -> None:
    rows = set(re.findall(r"`(--[a-z-]+)", page(name)))
    options = {option for parameter in cli.commands["mine"].params for option in parameter.opts if option.startswith("--")}
    assert options - rows == set()


@pytest.mark.parametrize("name", READMES)
def test_every_tool_is_named(name: str) -> None:
    text = page(name)
    assert [tool for tool in PRESETS if f"--for {tool} " not in text and f"`{tool}`" not in text] == ["omegat-tbx"]


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    folder = (PROJECT / name).parent
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page(name))
    assert [link for link in links if not (folder / link).exists()] == []


def test_every_page_is_in_the_index() -> None:
    assert [name for name in PAGES if name.startswith("docs/") and f"({Path(name).name})" not in page("docs/README.md")] == [
        "docs/README.md"
    ]


def test_both_readmes_show_the_same_commands_and_files() -> None:
    def shown(name: str) -> list[str]:
        return re.findall(r"`(?:output/[\w.]+|make \w+|--[a-z-]+)|--for [a-z-]+", page(name))

    assert shown(READMES[0]) == shown(READMES[1])


def test_the_readme_commands_are_goals_of_the_makefile() -> None:
    goals = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)[ `]", page("README.md") + page("CONTRIBUTING.md"))) - goals == set()
