"""What the evidence of a document depends on besides the document: the program, its tables and weights, and some choices of the user."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import termbuilder
from termbuilder.equivalents import glossaries
from termbuilder.settings import Settings

_PACKAGE = Path(termbuilder.__file__).parent


@lru_cache(maxsize=1)
def of_program() -> str:
    """Sixteen hexadecimal digits that change with every file of this program, the packages that it reads and cuts texts with, and Python."""
    sign = hashlib.sha256(".".join(map(str, sys.version_info[:2])).encode())
    for line in metadata.requires("termbuilder") or ():
        if "extra ==" not in line:
            name = line.split(">")[0].split("=")[0].split(";")[0].strip()
            sign.update(f"{name} {metadata.version(name)}\n".encode())
    _add(sign, (path for path in _PACKAGE.rglob("*") if path.suffix in (".py", ".tsv", ".npz")), _PACKAGE)
    reference = glossaries.shipped_folder()  # in a checkout it lies beside the package
    _add(sign, reference.glob("*.tsv"), reference)
    return sign.hexdigest()[:16]


def of_choices(settings: Settings) -> str:
    """Sixteen hexadecimal digits that change with the choices on which the evidence of a document depends.

    >>> of_choices(Settings()) == of_choices(Settings(limit=50, spelling="GB"))
    True
    >>> of_choices(Settings()) == of_choices(Settings(encoding="big5"))
    False
    """
    sign = hashlib.sha256(settings.encoding.encode())
    if settings.tables is not None:
        _add(sign, settings.tables.glob("*.tsv"), settings.tables)
    for path in settings.glossaries:
        _add(sign, [path], path.parent)
    return sign.hexdigest()[:16]


def _add(sign: hashlib._Hash, paths: Iterable[Path], below: Path) -> None:
    for path in sorted(paths):
        sign.update(f"{path.relative_to(below).as_posix()} {path.stat().st_size}\n".encode())
        sign.update(path.read_bytes())
