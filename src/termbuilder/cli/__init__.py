"""The command line: parse, call, print. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import gc
from collections.abc import Sequence

import click

from termbuilder import __version__
from termbuilder.cli import checking, exchange, mining


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="termbuilder")
def cli() -> None:
    """Mine Chinese policy terms from documents into a bilingual glossary, offline."""


for command in (
    mining.mine,
    mining.explain,
    mining.evaluate,
    exchange.align,
    exchange.import_,
    exchange.export,
    exchange.backup,
    exchange.decide,
    exchange.history,
    exchange.undo,
    checking.check,
    checking.lookup,
    checking.qa,
):
    cli.add_command(command)


# Python looks for unreachable circles of objects each time 700 more are alive, and once more at the end. A run keeps a million that live to
# its end and makes next to no circles: looking this seldom saves a tenth of the time of `mine` and costs no memory (measured on five documents).
OBJECTS_BETWEEN_COLLECTIONS = 500_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 100)
    try:
        cli.main(args=arguments, prog_name="termbuilder")
    finally:
        gc.freeze()
