"""JSON Lines: one concept entry a line, holding everything; the shape other programs read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from termbuilder.errors import FormatError
from termbuilder.formats.exchange import DEFAULTS, LOAD_DEFAULTS, Loaded, LoadOptions, Options, Problem, loaded
from termbuilder.formats.files import written
from termbuilder.formats.json_entry import entry_of
from termbuilder.formats.json_record import as_json
from termbuilder.formats.select import chosen
from termbuilder.model import (
    ConceptEntry,
    Run,
)


def dump(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write one JSON object a line, in the order of the entries; FormatError if the file cannot be written."""
    kept = chosen(entries, options)
    with written(path) as beside, open(beside, "w", encoding="utf-8", newline="\n") as file:
        for entry in kept:
            file.write(as_json(entry) + "\n")
    return len(kept)


def load(path: Path, options: LoadOptions = LOAD_DEFAULTS) -> Loaded:
    """Read entries back; a line that is no entry is reported with its number and costs only itself."""
    entries: list[ConceptEntry] = []
    problems: list[Problem] = []
    try:
        with open(path, encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    entries.append(entry_of(json.loads(line), options.status))
                except (ValueError, TypeError, KeyError, AttributeError) as error:
                    problems.append(Problem(f"{path.name}, line {number}", f"not an entry ({_why(error)})", refused=True))
    except UnicodeDecodeError as error:
        raise FormatError(f"{path.name} is not UTF-8 text: save it as UTF-8, then import it again.") from error
    except OSError as error:
        raise FormatError(f"{path} cannot be read ({error.strerror}). Check the name and try again.") from error
    return loaded(path, entries, problems)


def _why(error: Exception) -> str:
    return f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
