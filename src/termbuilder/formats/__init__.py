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
from termbuilder.formats.presets import PRESETS, Preset
from termbuilder.model import ConceptEntry, Run

__all__ = ["FORMATS", "PRESETS", "Counts", "Format", "LoadOptions", "Loaded", "Options", "Preset", "Problem", "format_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """An exchange format: its name, the end of its file names, what it is for, and where its code is (loaded when used)."""

    name: str
    suffix: str
    about: str
    writer: str  # module:function inside this package
    reader: str = ""  # empty: written only

    def dump(self, entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
        """Write the entries to `path`, all or nothing; how many are in it; FormatError if that is not possible."""
        write = cast(Callable[[Sequence[ConceptEntry], Run, Path, Options], int], _function(self.writer))
        return write(entries, run, path, options)

    def load(self, path: Path, options: LoadOptions = LOAD_DEFAULTS) -> Loaded:
        """Read the entries of `path`; FormatError if it is no such file or holds no entry at all."""
        if not self.reader:
            raise FormatError(f"{path.name}: {self.name} files are written only. Import the xlsx, tbx or jsonl file instead.")
        read = cast(Callable[[Path, LoadOptions], Loaded], _function(self.reader))
        return read(path, options)

    def fits(self, path: Path) -> bool:
        """Do programs take a file of this name for what this format writes?

        >>> [FORMATS["tbx2"].fits(Path(name)) for name in ("g.tbx", "g.v2.tbx", "g.xlsx", "g")]
        [True, True, False, False]
        """
        ending = path.suffix.lower()
        return ending == Path(f"x{self.suffix}").suffix or OTHER_SUFFIXES.get(ending) == self.name


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
    Format("omegat", ".utf8", "OmegaT: a row for each pair, short comment", "pairs_write:dump_omegat", "table_read:load"),
    Format(
        "csv", ".csv", "comma-separated, in our columns or those of a tool (profile)", "table_write:dump_csv", "table_read:load"
    ),
    Format(
        "tsv", ".tsv", "tab-separated, in our columns or those of a tool (profile)", "table_write:dump_tsv", "table_read:load"
    ),
    Format(
        "sheet", ".sheet.xlsx", "one plain sheet in the columns of a tool (profile)", "table_write:dump_sheet", "xlsx_read:load"
    ),
    Format(
        "multitermxml", ".mtf.xml", "MultiTerm XML, with its termbase definition (.xdt)", "multiterm:dump", "multiterm:load"
    ),
    Format("html", ".html", "one page to read, search and print, for a client", "html_write:dump"),
    Format("utx", ".utx", "UTX 1.11, pairs with status", "pairs_write:dump_utx", "table_read:load"),
    Format("jsonl", ".jsonl", "one entry a line, everything", "jsonl:dump", "jsonl:load"),
)
FORMATS = MappingProxyType({format.name: format for format in _FORMATS})


def format_of(path: Path) -> Format | None:
    """The format that a file name asks for, the longest ending first; None if no format ends like that.

    >>> [format_of(Path(name)).name for name in ("g.xlsx", "g.v2.tbx", "g.tbx", "g.utf8")]
    ['xlsx', 'tbx2', 'tbx', 'omegat']
    """
    name = path.name.lower()
    for format in sorted(_FORMATS, key=lambda format: -len(format.suffix)):
        if name.endswith(format.suffix):
            return format
    return FORMATS[OTHER_SUFFIXES[path.suffix.lower()]] if path.suffix.lower() in OTHER_SUFFIXES else None


# Endings that files from elsewhere have; which TBX it is, the reader sees for itself.
OTHER_SUFFIXES = MappingProxyType(
    {
        ".tab": "omegat",
        ".txt": "omegat",
        ".xml": "multitermxml",
        ".mtf": "multitermxml",
        ".json": "jsonl",
        ".htm": "html",
        ".martif": "tbx2",
    }
)
