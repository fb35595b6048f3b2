"""What the user named on the command line, as single inputs: files, folders walked, patterns, ZIP members, standard input."""

from __future__ import annotations

import contextlib
import glob
import os
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from termbuilder.errors import InputRefused
from termbuilder.read.bounds import DEEPEST_ARCHIVE, LARGEST_ARCHIVE, LARGEST_FILE, MB, open_zip, read_member
from termbuilder.read.encodings import plausibility

STANDARD_INPUT = "standard input"


@dataclass(frozen=True, slots=True)
class Input:
    """One document to read: the name shown to the user, and where its bytes are.

    `members` leads through ZIP files: ("2024.zip", "notice.docx") in the file at `path` (or in `data`).
    What cannot be read (a missing path, a folder without documents) is an input too: reading it raises InputRefused.
    """

    name: str
    path: Path | None = None
    data: bytes | None = None
    members: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """The suffix of the document's own name, in lower case."""
        name = self.members[-1] if self.members else str(self.path or "")
        return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def expand(paths: Sequence[str | Path], suffixes: Collection[str]) -> tuple[list[Input], list[str]]:
    """List the inputs that `paths` name, each once, in an order and under names that do not depend on the order of `paths`.

    Folders are walked and ZIP files opened; of what is in them only known `suffixes` are taken, and one warning says
    what was left. `-` reads standard input. Nothing is refused here: see Input.
    """
    found: dict[tuple[str, tuple[str, ...]], Input] = {}
    warnings: list[str] = []
    for path in paths:
        for one in _expand_one(path, suffixes, warnings):
            found.setdefault((_real(one.path), one.members), one)
    return _named(list(found.values())), sorted(set(warnings))


def load(one: Input) -> bytes:
    """The bytes of an input. Raises InputRefused for a missing, unreadable, empty or too large file."""
    if not one.members:
        data = one.data if one.data is not None else _load_file(one)
    else:
        source = _container(one)
        for depth, member in enumerate(one.members):
            within = "/".join((one.name, *one.members[:depth])) if depth else one.name
            with open_zip(within, source, LARGEST_ARCHIVE) as archive:
                try:
                    source = data = read_member(one.name, archive, member)
                except KeyError as error:
                    raise InputRefused(f"{one.name} is no longer in its ZIP file. Start again.") from error
    if len(data) > LARGEST_FILE:
        raise InputRefused(f"{one.name} is larger than {LARGEST_FILE // MB} MB. Split it.")
    if len(data) < MB and not data.strip(b"\0 \t\r\n"):
        raise InputRefused(f"{one.name} is empty. Was it saved completely?")
    return data


def _container(one: Input) -> bytes | Path:
    """The outermost ZIP file of an input: its path, so that a large one need not be in memory."""
    return one.data if one.data is not None else one.path or b""


def _load_file(one: Input) -> bytes:
    assert one.path is not None
    try:
        if one.path.is_dir():
            raise InputRefused(f"{one.name} holds no document that can be read. Name the files, or convert them first.")
        if not one.path.exists():
            if glob.has_magic(str(one.path)):
                raise InputRefused(f"No file matches {one.name}. Check the pattern and the folder you are in.")
            raise InputRefused(f"{one.name} does not exist. Check the path.")
        if one.path.stat().st_size > LARGEST_FILE:
            raise InputRefused(f"{one.name} is larger than {LARGEST_FILE // MB} MB. Split it.")
        if not one.path.is_file():
            raise InputRefused(f"{one.name} is not a file but a device or pipe. Give a file, or - for standard input.")
        return one.path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = getattr(error, "strerror", None) or str(error)
        raise InputRefused(f"{one.name} cannot be opened: {reason}. Check the path and your rights.") from error


def _expand_one(path: str | Path, suffixes: Collection[str], warnings: list[str]) -> Iterator[Input]:
    if str(path) == "-":
        yield from _opened(Input(STANDARD_INPUT, data=sys.stdin.buffer.read(LARGEST_FILE + 1)), suffixes, warnings)
        return
    where = Path(path)
    try:
        if not where.exists() and glob.has_magic(str(path)):
            matches = [Path(match) for match in sorted(glob.glob(str(path), recursive=True))]
        else:
            matches = [where]
        for match in matches or [where]:
            if match.is_dir():
                yield from _walk(match, suffixes, warnings)
            elif not match.exists():
                yield Input(str(path), match)  # the whole path, so that a slip in it can be seen
            else:
                yield from _opened(Input(match.name or str(match), match), suffixes, warnings)
    except (OSError, ValueError):  # said when it is read
        yield Input(str(path), where)


def _real(path: Path | None) -> str:
    try:
        return os.path.realpath(path) if path else ""
    except (OSError, ValueError):  # a path that no system can have is refused when it is read
        return str(path)


# What systems and people put into a folder about the folder.
_ABOUT_THE_FOLDER = ("thumbs.db", "desktop.ini", "readme", "license")


def _walk(folder: Path, suffixes: Collection[str], warnings: list[str]) -> Iterator[Input]:
    """The documents below a folder, in the order of their names; hidden files, lock files and what is about the folder are passed over."""
    left: list[str] = []
    found = False
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for name in sorted(files):
            path = Path(parent, name)
            if name.startswith((".", "~$")) or name.lower() in _ABOUT_THE_FOLDER:
                continue
            if path.suffix.lower() not in suffixes:
                left.append(name)
                continue
            found = True
            yield from _opened(Input(path.relative_to(folder).as_posix(), path), suffixes, warnings)
    if left:
        warnings.append(_left(str(folder), left))
    if not found:
        yield Input(f"The folder {folder}", folder)


def _opened(one: Input, suffixes: Collection[str], warnings: list[str]) -> Iterator[Input]:
    """`one` itself, or what is in it if it is a ZIP file."""
    if one.suffix != ".zip" and not (one.path is None and not one.members and _is_plain_zip(one)):
        yield one
        return
    try:
        source = load(one) if one.members else _container(one)
        members = _readable(one, source, suffixes, warnings)
    except InputRefused:
        yield one  # reading it will say why
        return
    if not members:
        yield one
    for member in members:
        yield from _opened(replace(one, name=f"{one.name}/{member[1]}", members=(*one.members, member[0])), suffixes, warnings)


def _readable(one: Input, source: bytes | Path, suffixes: Collection[str], warnings: list[str]) -> list[tuple[str, str]]:
    """(name in the directory, name to show) of the documents in a ZIP file."""
    left: list[str] = []
    found: list[tuple[str, str]] = []
    with open_zip(one.name, source, LARGEST_ARCHIVE) as archive:
        members = archive.infolist()
    for info in members:
        shown = _zip_name(info.filename, bool(info.flag_bits & 0x800))
        base = shown.rpartition("/")[2]
        if info.is_dir() or base.startswith((".", "~$")) or shown.startswith("__MACOSX/"):
            continue
        suffix = PurePosixPath(base).suffix.lower()
        if suffix in suffixes and (suffix != ".zip" or len(one.members) + 1 < DEEPEST_ARCHIVE):
            found.append((info.filename, shown))
        else:
            left.append(base)
    if left:
        warnings.append(_left(one.name, left))
    return sorted(set(found), key=lambda member: member[1])


def _is_plain_zip(one: Input) -> bool:
    """Is this standard input a ZIP of documents, rather than one document that is a ZIP inside (DOCX, XLSX ...)?"""
    if not (one.data or b"").startswith(b"PK"):
        return False
    try:
        names = open_zip(one.name, one.data or b"").namelist()
    except InputRefused:
        return False
    return not {"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"} & set(names)


def _zip_name(name: str, utf8: bool) -> str:
    """Chinese Windows packs names in GBK without saying so; zipfile then reads them as IBM code page 437.

    >>> _zip_name("通知.docx".encode("gbk").decode("cp437"), False)
    '通知.docx'
    """
    if utf8:
        return name
    guesses = [name]
    for codec in ("gb18030", "utf-8"):
        with contextlib.suppress(UnicodeError):
            guesses.append(name.encode("cp437").decode(codec))
    return max(guesses, key=plausibility)


def _left(where: str, names: list[str]) -> str:
    examples = ", ".join(names[:3]) + (" ..." if len(names) > 3 else "")
    return f"{where}: {len(names)} file{'s' * (len(names) > 1)} of other kinds left out ({examples})."


def _named(inputs: list[Input]) -> list[Input]:
    """Names made unique by as many parent folders as it takes; sorted by name."""
    while True:
        times = Counter(one.name for one in inputs)
        longer = [_with_parent(one) if times[one.name] > 1 else one for one in inputs]
        if longer == inputs:
            return sorted(inputs, key=lambda one: (one.name, str(one.path)))
        inputs = longer


def _with_parent(one: Input) -> Input:
    """The same input, its name with one more folder of its path before it; as it is when there are none left."""
    if one.path is None:
        return one
    parts = Path(os.path.abspath(one.path)).parts[1:]
    shown = next((n for n in range(len(parts), 0, -1) if f"{one.name}/".startswith("/".join(parts[-n:]) + "/")), 0)
    return replace(one, name=f"{parts[-shown - 1]}/{one.name}") if 0 < shown < len(parts) else one
