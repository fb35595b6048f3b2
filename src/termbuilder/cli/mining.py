"""mine, explain, evaluate."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbuilder.cli.common import FILE, PATHS, speaking, warn
from termbuilder.errors import UsageError

if TYPE_CHECKING:
    from termbuilder.settings import Settings

DEFAULT_FORMATS = ("xlsx", "tbx", "tbx2")


def _mining_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed((
        click.option("--glossary", "glossaries", multiple=True, type=FILE,
                     help="Your glossary (XLSX, CSV, TBX, OmegaT): its terms are looked for and its English wins. Repeatable."),
        click.option("--tables", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of tables laid over ours."),
        click.option("--min-score", type=float, help="Least score of a term (log odds); default: as fits the text."),
        click.option("--encoding", default="", help="Encoding of text files, if it is not recognized (gb18030, big5 ...)."),
    )):  # fmt: skip
        command = option(command)
    return command


@click.command()
@PATHS
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), default=Path("output"), show_default=True,
              help="Folder for the termbase and the exports.")  # fmt: skip
@click.option("--name", default="glossary", show_default=True, help="Name of the files written.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    help="xlsx, tbx, tbx2, omegat, csv, jsonl, html ... Repeatable; default xlsx, tbx, tbx2.",
)
@click.option(
    "--termbase", type=click.Path(dir_okay=False, path_type=Path), help="Termbase to merge into; default OUTPUT/NAME.db."
)
@click.option("--no-termbase", is_flag=True, help="Write only the exports; remember nothing.")
@click.option("--since-termbase", "new_only", is_flag=True, help="Write only what is new to the termbase.")
@click.option(
    "--memory",
    "memories",
    multiple=True,
    type=FILE,
    help="Translation memory or bilingual file to take English from, or (named twice) a document and its translation. Repeatable.",
)
@click.option(
    "--dictionary/--no-dictionary",
    default=False,
    help="Take English from CC-CEDICT as well, if it is installed (share-alike: the outputs name its licence). Default: no.",
)
@click.option(
    "--mt-model",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of your own CTranslate2 model: it renders, marked as machine, the terms that have no other English.",
)
@click.option(
    "--spelling",
    type=click.Choice(["US", "UK"], case_sensitive=False),
    default="US",
    show_default=True,
    help="Spelling of the English that we suggest; what your memories and glossaries say keeps its own.",
)
@_mining_options
@click.option("--limit", type=click.IntRange(min=0), default=0, help="Most terms to keep; default: as fits the text.")
@click.option("--category", "categories", multiple=True, help="Keep only terms of this category. Repeatable.")
@click.option(
    "--include",
    multiple=True,
    type=click.Choice(["names", "people", "companies", "dates", "amounts"]),
    help="Also keep what is no term. Repeatable.",
)
@click.option("--subject-field", default="", help="Subject field to write for every entry.")
@click.option(
    "--pinyin-style", type=click.Choice(["marks", "numbers", "plain"]), default="marks", show_default=True,
    help="Tones of the pinyin: qǐyè, qi3ye4 or qiye.",
)  # fmt: skip
@click.option("--workers", type=click.IntRange(min=1), help="Processes; default: as many as there are processor cores.")
@click.option(
    "--memory-limit", default="1G", show_default=True, help="Memory for what is counted: 300M, 4G. The rest waits on disk."
)
@click.option(
    "--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True, help="Where documents are read."
)
@click.option("--scheduler", default="", help="Address of a running Dask cluster: tcp://10.0.0.1:8786.")
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
@speaking
def mine(paths: tuple[str, ...], output: Path, name: str, formats: tuple[str, ...], termbase: Path | None, no_termbase: bool,
         new_only: bool, workers: int | None, memory_limit: str, quiet: bool, **choices: Any) -> None:  # fmt: skip
    """Mine the terms of Chinese documents: files, folders, patterns, or - for standard input.

    Example: termbuilder mine notices/ plan.pdf -o output
    """
    from termbuilder import mining
    from termbuilder.reporting import Progress, summary

    settings = _settings(workers=workers or os.cpu_count() or 1, memory_limit=_bytes(memory_limit), **choices)
    with Progress(quiet) as progress:
        done = mining.mine_to_files(
            paths,
            settings,
            output,
            name,
            formats or DEFAULT_FORMATS,
            None if no_termbase else termbase or output / f"{name}.db",
            progress,
            new_only,
        )
    warn(*done.refused, *done.warnings)
    if not quiet and (done.entries or not done.refused):
        click.echo(summary(done))
    if done.refused:
        sys.exit(1)


@click.command()
@click.argument("term")
@PATHS
@_mining_options
@speaking
def explain(term: str, paths: tuple[str, ...], **choices: Any) -> None:
    """Say why TERM is (not) among the terms of PATHS, reason by reason, and where it stands.

    Example: termbuilder explain 揭榜挂帅 notices/
    """
    from termbuilder import mining
    from termbuilder.reporting import told

    explained = mining.explain(term, paths, _settings(**choices))
    warn(*explained.refused)
    click.echo(told(term, explained.why, explained.places))
    if explained.refused:
        sys.exit(1)


@click.command()
@click.argument("terms", type=FILE)
@click.option("--gold", required=True, type=FILE, help="Annotated terms (TSV).")
@click.option("--at", default="50,100,200", show_default=True, help="Cut-offs for precision and recall.")
@speaking
def evaluate(terms: Path, gold: Path, at: str) -> None:
    """Score mined TERMS (a JSON Lines file) against annotated terms.

    Example: termbuilder evaluate --gold gold/000.tsv output/glossary.jsonl
    """
    from termbuilder import evaluation

    try:
        cutoffs = [int(number) for number in at.split(",")]
    except ValueError:
        raise UsageError(f"--at takes whole numbers with commas between them, not {at!r}.") from None
    click.echo(evaluation.told(evaluation.score(evaluation.read_entries(terms), evaluation.read_gold(gold), cutoffs)))


def _settings(**choices: Any) -> Settings:
    from termbuilder.settings import Settings

    return Settings(**choices)


def _bytes(size: str) -> int:
    """A size as people write it, in bytes; UsageError if it is none.

    >>> _bytes("300M"), _bytes("1.5 GB")
    (314572800, 1610612736)
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", size.strip().lower())
    if match is None:
        raise UsageError(f"--memory-limit takes a size as 300M or 4G, not {size!r}.")
    return int(float(match[1]) * 1024 ** " kmgt".index(match[2] or " "))
