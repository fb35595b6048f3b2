"""Exchange formats: one file for each, and the list of them by name.

    FORMATS["tbx2"].dump(entries, run, Path("glossary.v2.tbx"), Options())
    FORMATS["xlsx"].load(Path("glossary.xlsx"))

What each format can and cannot hold: docs/formats.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import cast

from termbuilder.errors import FormatError
from termbuilder.formats.exchange import DEFAULTS, LOAD_DEFAULTS, Counts, Loaded, LoadOptions, Options, Problem
from termbuilder.model import ConceptEntry, Run

__all__ = ["FORMATS", "Counts", "Format", "LoadOptions", "Loaded", "Options", "Problem"]


@dataclass(frozen=True, slots=True)
class Format:
    """An exchange format: its name, the end of its file names, what it is for, and where its code is (loaded when used)."""

    name: str
    suffix: str
    about: str
    writer: str  # module:function inside this package
    reader: str = ""  # empty: written only

    def dump(self, entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> None:
        """Write the entries to `path`, all or nothing; FormatError if that is not possible."""
        write = cast(Callable[[Sequence[ConceptEntry], Run, Path, Options], None], _function(self.writer))
        write(entries, run, path, options)

    def load(self, path: Path, options: LoadOptions = LOAD_DEFAULTS) -> Loaded:
        """Read the entries of `path`; FormatError if it is no such file or holds no entry at all."""
        if not self.reader:
            raise FormatError(f"{path.name}: {self.name} files are written only. Import the xlsx, tbx or jsonl file instead.")
        read = cast(Callable[[Path, LoadOptions], Loaded], _function(self.reader))
        return read(path, options)


def _function(where: str) -> object:
    module, _, name = where.partition(":")
    return getattr(import_module(f"{__name__}.{module}"), name)


_FORMATS = (
    Format("xlsx", ".xlsx", "workbook to be read, edited and sent round", "xlsx_write:dump", "xlsx_read:load"),
    Format("tbx", ".tbx", "TBX v3, TBX-Basic DCA: the standard", "tbx_write:dump_basic", "tbx_read:load"),
    Format("tbx-dct", ".dct.tbx", "TBX v3, TBX-Basic DCT", "tbx_write:dump_dct", "tbx_read:load"),
    Format(
        "tbx-linguist", ".linguist.tbx", "TBX v3, TBX-Linguist, pinyin as reading", "tbx_write:dump_linguist", "tbx_read:load"
    ),
    Format("tbx2", ".v2.tbx", "TBX v2, TBX-Basic: OmegaT, Weblate, Okapi, Heartsome", "tbx_write:dump_v2", "tbx_read:load"),
    Format("jsonl", ".jsonl", "one entry a line, everything", "jsonl:dump", "jsonl:load"),
)
FORMATS = MappingProxyType({format.name: format for format in _FORMATS})
