"""check, lookup, qa: problems of a glossary, terms in a text, a translation against the termbase."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from termbuilder.cli.common import FILE, TERMBASE, WHO, speaking, user, warn
from termbuilder.errors import UsageError

REPORT = click.option(
    "--report", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True, help="Form of the report."
)

SILENCED = click.option(
    "--silenced",
    multiple=True,
    type=FILE,
    help="Text file with the keys (W203-89abcdef) of findings to leave out, as --all and the reports print them. Repeatable.",
)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@REPORT
@SILENCED
@click.option(
    "--silence",
    multiple=True,
    metavar="KEY",
    help="Leave this finding out from now on, by a note in its entry of the termbase.",
)
@WHO
@click.option(
    "--all", "every", is_flag=True, help="List every finding; default: how many of each kind, with the first of them."
)
@speaking
def check(
    files: tuple[Path, ...], report: str, silenced: tuple[Path, ...], silence: tuple[str, ...], who: str, every: bool
) -> None:
    """Look for problems in termbases and glossaries (db, tbx, xlsx, csv, jsonl); exit code 1 if there is an error.

    Example: termbuilder check output/glossary.db client.tbx
    """
    from termbuilder import checking

    if silence:
        if len(files) != 1 or files[0].suffix != ".db":
            raise UsageError("--silence writes into one termbase: give that .db file alone. For other files use --silenced.")
        for line in checking.silence_findings(files[0], silence, user(who)):
            click.echo(line)
        return
    text, errors = checking.check(files, report, every, silenced)
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
    from termbuilder import checking

    found = checking.lookup(text, termbase, encoding)
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
@SILENCED
@speaking
def qa(files: tuple[Path, ...], termbase: Path, status: str, report: str, silenced: tuple[Path, ...]) -> None:
    """Check translations (xlf, tmx, sdlxliff, mqxliff, xlsx, csv) against the approved terms of the termbase.

    Exit code 1 if a term lacks its English or English that is not to be used stands in the target.

    Example: termbuilder qa report.xlf --termbase output/glossary.db
    """
    from termbuilder import checking

    text, summaries, found = checking.qa(files, termbase, report, status == "all", silenced)
    click.echo(text)
    warn(*summaries)
    if found:
        sys.exit(1)
