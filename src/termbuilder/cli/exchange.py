"""import, export, backup; decide, history, undo: what goes in and out of a termbase."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from termbuilder.cli.common import FILE, TERMBASE, WHO, speaking, user, warn
from termbuilder.errors import UsageError

FORMAT = click.option("--format", "format_", default="", help="Name of the format; default: by the suffix of the file.")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE)
@TERMBASE
@FORMAT
@click.option(
    "--map", "columns", multiple=True, help="For tables: what a column holds, as TITLE=FIELD (Begriff=term). Repeatable."
)
@click.option("--overwrite", is_flag=True, help="Where file and termbase differ, take the file's value.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@WHO
@speaking
def import_(
    files: tuple[Path, ...], termbase: Path, format_: str, columns: tuple[str, ...], overwrite: bool, dry_run: bool, who: str
) -> None:
    """Bring FILES that people edited or sent (xlsx, tbx, csv, OmegaT, jsonl ...) into the termbase.

    Exit code 1 if a file or a row of one was refused; conflicts are listed, and the termbase's values stay.

    Example: termbuilder import glossary.xlsx --termbase output/glossary.db
    """
    from termbuilder import exchanging
    from termbuilder.reporting import imported

    pairs = []
    for column in columns:
        title, equals, field = column.partition("=")
        if not equals:
            raise UsageError(f"--map takes TITLE=FIELD, not {column!r}.")
        pairs.append((title, field))
    failed = False
    for outcome in exchanging.import_files(files, termbase, user(who), format_, tuple(pairs), overwrite, dry_run):
        if outcome.refused:
            warn(outcome.refused)
        if outcome.report is not None:
            click.echo(imported(outcome.report, outcome.problems, dry_run))
        failed = failed or bool(outcome.refused) or (outcome.report is not None and bool(outcome.report.refused))
    if failed:
        sys.exit(1)


@click.command()
@TERMBASE
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@FORMAT
@click.option("--status", type=click.Choice(["approved", "all"]), help="Which entries; default: all but the rejected.")
@click.option("--deprecated", type=click.Choice(["keep", "drop"]), help="Terms not to be used: keep them marked, or drop them.")
@click.option("--lang", "codes", multiple=True, help="Language code to write, such as zh-Hans or en-GB. Repeatable.")
@click.option("--for", "tool", default="", help="Write what a tool takes: omegat, weblate, trados, memoq, phrase, crowdin ...")
@speaking
def export(
    termbase: Path,
    output: Path,
    format_: str,
    status: str | None,
    deprecated: str | None,
    codes: tuple[str, ...],
    tool: str,
) -> None:
    """Write the entries of the termbase to a file.

    Example: termbuilder export --termbase output/glossary.db -o glossary.utf8 --for omegat
    """
    from termbuilder import exchanging
    from termbuilder.reporting import Progress

    with Progress(quiet=False) as progress:
        done = exchanging.export(termbase, output, format_, status or "", deprecated or "", codes, tool, progress)
    left_out = f"; left out: {', '.join(done.left_out)}" if done.left_out else ""
    click.echo(f"{done.entries} {'entry' if done.entries == 1 else 'entries'} written to {done.path}{left_out}")
    if done.warning:
        warn(done.warning)
    if done.load_it:
        click.echo(done.load_it)


@click.command()
@TERMBASE
@click.argument("copy", type=click.Path(dir_okay=False, path_type=Path))
@speaking
def backup(termbase: Path, copy: Path) -> None:
    """Copy the termbase to COPY, also while others use it.

    Example: termbuilder backup --termbase output/glossary.db glossary-2026-01-05.db
    """
    from termbuilder.termbase import Termbase

    with Termbase.open(termbase, create=False) as base:
        base.backup(copy)
    click.echo(f"{termbase} copied to {copy}")


@click.command()
@click.argument("entry")
@click.option("--status", type=click.Choice(["suggested", "approved", "rejected"]), help="The decision.")
@click.option("--english", help="The preferred English.")
@click.option("--note", help="A note on the entry.")
@click.option("--subject-field", help="The subject field.")
@TERMBASE
@WHO
@speaking
def decide(entry: str, termbase: Path, who: str, **changes: str | None) -> None:
    """Set fields of ENTRY (an id such as c0012, or a Chinese term) as you decide; no later run touches them.

    Example: termbuilder decide 揭榜挂帅 --status approved --english "open competition mechanism"
    """
    from termbuilder import exchanging

    wanted = {name: value for name, value in changes.items() if value is not None}
    if not wanted:
        raise UsageError("Say what to decide: --status, --english, --note or --subject-field.")
    decided = exchanging.decide(termbase, entry, wanted, user(who))
    english = decided.equivalents[0].term if decided.equivalents else ""
    click.echo(f"{decided.id} {decided.term}: {decided.status}" + (f", {english}" if english else ""))


@click.command()
@click.argument("entry")
@TERMBASE
@speaking
def history(entry: str, termbase: Path) -> None:
    """Show every change of ENTRY: who, when, what, from which file."""
    from termbuilder import exchanging

    for item in exchanging.history(termbase, entry):
        click.echo(item)


@click.command()
@click.argument("entry")
@click.option("--serial", type=int, help="Number of the decision (see history); default: the latest.")
@TERMBASE
@WHO
@speaking
def undo(entry: str, serial: int | None, termbase: Path, who: str) -> None:
    """Take back the latest decision about ENTRY, or the one with --serial."""
    from termbuilder import exchanging

    after = exchanging.undo(termbase, entry, serial, user(who))
    click.echo(f"{after.id} {after.term}: {after.status}")


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the pairs there, as TSV.")
@click.option("--termbase", type=FILE, help="Termbase whose terms get English from the pairs.")
@click.option("--encoding", default="", help="Encoding of text files, if it is not recognized.")
@click.option("--quiet", is_flag=True, help="No progress.")
@speaking
def align(files: tuple[Path, ...], output: Path | None, termbase: Path | None, encoding: str, quiet: bool) -> None:
    """Pair the segments of bilingual FILES (TMX, XLIFF, tables), or of a Chinese document and its English translation.

    Example: termbuilder align report.zh.docx report.en.docx --termbase output/glossary.db
    """
    from termbuilder import aligning
    from termbuilder.reporting import Progress, aligned

    if output is None and termbase is None:
        raise UsageError("Say what the pairs are for: -o writes them, --termbase finds English for its terms.")
    with Progress(quiet) as progress:
        done = aligning.align(files, output, termbase, encoding, progress)
    warn(*done.warnings)
    click.echo(aligned(done))
