"""Documents named by a URL (file, s3, gs, hdfs, https ...), listed here and fetched by the process that reads them, through fsspec."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from termbuilder.errors import InputRefused, UsageError


@dataclass(frozen=True, slots=True)
class Remote:
    """One document at a URL: the name shown to the user, the URL, its size in bytes."""

    name: str
    url: str
    size: int = 0

    def fetch(self) -> bytes:
        """Its bytes; raises InputRefused if they cannot be had."""
        try:
            system, path = _system(self.url)
            return bytes(system.cat_file(path))
        except (OSError, ValueError) as error:
            raise InputRefused(f"{self.name} cannot be fetched from {self.url} ({error}).") from error


def is_url(path: str) -> bool:
    """Is this the address of something elsewhere, not a path here?

    >>> is_url("s3://archive/2024/*.docx"), is_url("notices/plan.docx"), is_url("C://plan.docx")
    (True, False, False)
    """
    scheme, found, _ = path.partition("://")
    return bool(found) and len(scheme) > 1 and scheme.replace("+", "").isalnum()


def expand(urls: Iterable[str], suffixes: Collection[str]) -> list[Remote]:
    """List the documents that `urls` name, each once, in an order that does not depend on theirs.

    Folders are walked and patterns (*) filled in; of a folder only known `suffixes` are taken. Raises UsageError if fsspec, or what it
    needs for this kind of URL, is not installed, or the place cannot be listed.
    """
    found: dict[str, int] = {}
    for url in urls:
        try:
            system, path = _system(url)
            if "*" in path:
                paths = system.glob(path)
            elif system.isdir(path):
                paths = [one for one in system.find(path) if PurePosixPath(one).suffix.lower() in suffixes]
            else:
                paths = [path]
            for one in paths:
                size = system.info(one).get("size") if system.exists(one) else 0
                found[system.unstrip_protocol(one)] = int(size or 0)
        except OSError as error:
            raise UsageError(f"{url} cannot be listed ({error}). Is the address right, and may you read it?") from error
    last = Counter(PurePosixPath(url).name for url in found)
    return [
        Remote(name if last[name := PurePosixPath(url).name] == 1 else url, url, size) for url, size in sorted(found.items())
    ]


def _system(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError(f"{url} is a URL, which needs fsspec. Install it with: pip install 'termbuilder[dask]'") from error
    try:
        # fsspec takes names in file URLs as they are, file managers write them with %
        system, path = url_to_fs(unquote(url) if url.startswith("file://") else url)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{url} cannot be opened: {error}") from error
    return system, path
