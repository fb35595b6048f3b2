"""check, lookup, qa: problems of a glossary, terms in a text, a translation against the termbase."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from termbuilder.cli.common import FILE, TERMBASE, speaking, warn

REPORT = click.option(
    "--report", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True, help="Form of the report."
)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@REPORT
@click.option(
    "--all", "every", is_flag=True, help="List every finding; default: how many of each kind, with the first of them."
)
@speaking
def check(files: tuple[Path, ...], report: str, every: bool) -> None:
    """Look for problems in termbases and glossaries (db, tbx, xlsx, csv, jsonl); exit code 1 if there is an error.

    Example: termbuilder check output/glossary.db client.tbx
    """
    from termbuilder import exchanging

    text, errors = exchanging.check(files, report, every)
    click.echo(text)
    if errors:
        sys.exit(1)


@click.command()
@click.argument("text")
@TERMBASE
@click.option("--encoding", default="", help="Encoding of a text file, if it is not recognized.")
@speaking
def lookup(text: str, termbase: Path, encoding: str) -> None:
    """List the termbase's terms in TEXT (or in the file of that name).

    Example: termbuilder lookup 全市培育瞪羚企业12家
    """
    from termbuilder import exchanging

    found = exchanging.lookup(text, termbase, encoding)
    for line in found:
        click.echo(line)
    if not found:
        warn(f"no term of {termbase.name} stands in {text if len(text) <= 40 else 'the text'}.")


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@TERMBASE
@click.option(
    "--status",
    type=click.Choice(["approved", "all"]),
    default="approved",
    show_default=True,
    help="Check against the terms that a person approved, or against the suggested ones too.",
)
@REPORT
@speaking
def qa(files: tuple[Path, ...], termbase: Path, status: str, report: str) -> None:
    """Check translations (xlf, tmx, sdlxliff, mqxliff, xlsx, csv) against the approved terms of the termbase.

    Exit code 1 if a term lacks its English or English that is not to be used stands in the target.

    Example: termbuilder qa report.xlf --termbase output/glossary.db
    """
    from termbuilder import exchanging

    text, summaries, found = exchanging.qa(files, termbase, report, status == "all")
    click.echo(text)
    warn(*summaries)
    if found:
        sys.exit(1)
