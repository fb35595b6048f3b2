"""What the commands share: options, and the turning of errors into one line and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from termbuilder.errors import TermbuilderError, UsageError

PATHS = click.argument("paths", nargs=-1, required=True)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TERMBASE = click.option(
    "--termbase",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("output/glossary.db"),
    show_default=True,
    help="The termbase.",
)
WHO = click.option("--who", default="", help="Who decides; default: the name of the user of this computer.")


def fail(message: str, code: int = 1) -> NoReturn:
    """Say why on standard error and stop."""
    click.echo(f"termbuilder: {message}", err=True)
    sys.exit(code)


def speaking(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn the library's errors into one line and an exit code: 2 for a call that makes no sense, 1 for everything else."""

    @wraps(command)
    def wrapped(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except UsageError as error:
            fail(str(error), 2)
        except TermbuilderError as error:
            fail(str(error))
        except KeyboardInterrupt as stopped:
            fail(str(stopped) or "stopped; what was confirmed before is kept.", 130)

    return wrapped


def warn(*messages: str) -> None:
    """Say each on a line of standard error."""
    for message in messages:
        click.echo(f"termbuilder: {' '.join(message.split())}", err=True)  # a file name may hold a line break


def user(who: str) -> str:
    """The name to write into transactions."""
    import getpass

    try:
        return who or getpass.getuser()
    except (OSError, KeyError):  # a computer without user names
        return "unknown"
