"""How much of anything a reader takes in: every limit, and how ZIP containers are opened within them.

A limit is far above what offices have and far below what would bring a small machine down. When one is hit the reader
says so in one sentence, and only that document is lost.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import IO

from termbuilder.errors import InputRefused

MB = 1 << 20
LARGEST_FILE = 256 * MB  # bytes of one file; a year of a daily newspaper is about 100 MB
LARGEST_UNPACKED = 512 * MB  # bytes of everything packed in one container
LARGEST_ARCHIVE = 16 * 1024 * MB  # bytes of all documents in a ZIP file of documents: they are read one by one
LARGEST_MARKUP = 128 * MB  # bytes of an XML part or web page that becomes a tree; Word writes 30 MB for 1,000 pages
MOST_TAGS = 5_000_000  # "<" signs in it: each element costs about 150 bytes of memory
MOST_MEMBERS = 10_000  # files in one container; the largest real workbook we saw had 900
MOST_PAGES = 10_000  # pages of a PDF, slides of a presentation
MOST_CELLS = 2_000_000  # cells of a workbook or table
DEEPEST_ARCHIVE = 3  # a ZIP in a ZIP in a ZIP
DEEPEST_NESTING = 200  # tables in cells in tables: Word itself stops far below
# Deflate cannot do better than 1,032 to 1; spreadsheets and XML of real documents stay under 100 to 1.
LARGEST_EXPANSION = 200
UNSUSPICIOUS = 8 * MB  # below this size a part may be packed as tightly as it likes (empty tables are)


def open_zip(name: str, source: bytes | Path, largest: int = LARGEST_UNPACKED) -> zipfile.ZipFile:
    """Open a ZIP container (DOCX, XLSX, EPUB ... are such) whose directory promises to stay within the limits.

    Raises InputRefused if it is no ZIP file, is damaged, or would unpack to more than `largest` bytes.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
        members = archive.infolist()
    # A damaged directory makes zipfile raise nearly anything: BadZipFile, ValueError, struct.error, NotImplementedError.
    except Exception as error:
        raise InputRefused(
            f"{name} is damaged or not what its name says: it is not a ZIP container. Save or send it again."
        ) from error
    if len(members) > MOST_MEMBERS:
        raise InputRefused(f"{name} holds {len(members):,} files; at most {MOST_MEMBERS:,} are read. Split it.")
    if sum(member.file_size for member in members) > largest:
        raise InputRefused(f"{name} would unpack to more than {largest // MB} MB. Split it.")
    return archive


def check_markup(name: str, data: bytes, part: str = "") -> None:
    """Raise InputRefused for markup so large that its tree would fill the memory of a small machine."""
    if len(data) > LARGEST_MARKUP or data.count(b"<") > MOST_TAGS:
        raise InputRefused(f"{name} is too large to be read{f' (its part {part})' if part else ''}. Split it.")


def open_member(name: str, archive: zipfile.ZipFile, member: str) -> IO[bytes]:
    """A part of a container as a stream, for parts that need not be in memory at once.

    Raises KeyError if there is no such part, and InputRefused if it is damaged, locked by a password or packed suspiciously.
    """
    info = archive.getinfo(member)
    if info.flag_bits & 1:
        raise InputRefused(f"{name} is locked by a password. Unlock it, save it without one, and mine the result.")
    if info.file_size > UNSUSPICIOUS and info.file_size > LARGEST_EXPANSION * max(info.compress_size, 1):
        raise InputRefused(
            f"{name} looks like a ZIP bomb: {_label(info)} would unpack to {info.file_size // MB} MB. "
            "If you trust it, unpack it yourself and give the files inside."
        )
    try:
        return archive.open(info)
    except Exception as error:  # as in open_zip
        raise _damaged(name, info) from error


def read_member(name: str, archive: zipfile.ZipFile, member: str) -> bytes:
    """The bytes of one part of a container, never more than its directory promised; raises as `open_member` does."""
    info = archive.getinfo(member)
    if info.file_size > LARGEST_FILE:
        raise InputRefused(f"{name} is larger than {LARGEST_FILE // MB} MB. Split it.")
    with open_member(name, archive, member) as part:
        try:
            data = part.read(info.file_size + 1)
        except Exception as error:  # zlib.error, BadZipFile, EOFError: the part cannot be unpacked
            raise _damaged(name, info) from error
    if len(data) > info.file_size:
        raise InputRefused(
            f"{name} is damaged: its part {_label(info)} is longer than its directory says. Save or send it again."
        )
    return data


def _damaged(name: str, member: zipfile.ZipInfo) -> InputRefused:
    return InputRefused(f"{name} is damaged: its part {_label(member)} cannot be unpacked. Save or send it again.")


def _label(member: zipfile.ZipInfo) -> str:
    return member.filename if len(member.filename) <= 60 else member.filename[:57] + "..."
