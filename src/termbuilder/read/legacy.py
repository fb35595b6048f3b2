"""Old binary Office files (DOC, XLS, PPT, WPS): handed to a program that is installed, or refused with the way out.

Many files called .doc are something else (RTF, HTML or DOCX that a system gave the old name): those are read as what they are.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from termbuilder.errors import InputRefused
from termbuilder.model import Document
from termbuilder.read import docx, html, plain, pptx, rtf, xlsx
from termbuilder.read.bounds import LARGEST_UNPACKED

_MODERN = {
    ".doc": ".docx",
    ".dot": ".docx",
    ".wps": ".docx",
    ".xls": ".xlsx",
    ".et": ".xlsx",
    ".ppt": ".pptx",
    ".pps": ".pptx",
    ".dps": ".pptx",
}
_READERS = {".docx": docx.read, ".xlsx": xlsx.read, ".pptx": pptx.read}
# A profile that runs no macro and opens no address: links in a document lead to a proxy that is not there.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    + "</oor:items>"
)
_PATIENCE = 180  # seconds that LibreOffice may take for one file; 300 pages take about 10


def read(name: str, data: bytes, encoding: str = "") -> Document:
    """Read an old Office file through LibreOffice, or a .doc through antiword; raises InputRefused if neither is there."""
    suffix = Path(name).suffix.lower()
    modern = _MODERN[suffix]
    start = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(b"{\\rtf"):
        return rtf.read(name, data, encoding)
    if start.startswith(b"pk\x03\x04"):
        return _READERS[modern](name, data, encoding)
    if start.startswith((b"<html", b"<!doctype html")) or b"<html" in start:
        return html.read(name, data, encoding)
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputRefused(f"{name} is damaged or not what its name says. Open it in Word or WPS and save it as {modern}.")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office:
        converted = _by_libreoffice(office, name, data, suffix, modern)
        return replace(_READERS[modern](name, converted, encoding), format=suffix[1:])
    antiword = shutil.which("antiword") if suffix in (".doc", ".dot") else None
    if antiword:
        return replace(plain.read(name, _by_antiword(antiword, name, data), "utf-8"), format="doc")
    raise InputRefused(
        f"{name} is in an old format: install LibreOffice, which is then used to read it, or open it in Word or WPS and save it as {modern}."
    )


def _by_libreoffice(office: str, name: str, data: bytes, suffix: str, modern: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="termbuilder-") as folder:
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()  # one of its own, so that an open LibreOffice does not get in the way
        command = [
            office,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--convert-to",
            modern[1:],
            "--outdir",
            folder,
        ]
        _run([*command, str(source)], name, modern)
        result = source.with_suffix(modern)
        if not result.is_file() or result.stat().st_size > LARGEST_UNPACKED:
            raise InputRefused(f"{name} could not be converted by LibreOffice. Open it in Word or WPS and save it as {modern}.")
        return result.read_bytes()


def _by_antiword(antiword: str, name: str, data: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="termbuilder-") as folder:
        source = Path(folder, "document.doc")
        source.write_bytes(data)
        return _run([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)], name, ".docx")


def _run(command: list[str], name: str, modern: str) -> bytes:
    try:
        return subprocess.run(command, capture_output=True, check=True, timeout=_PATIENCE, stdin=subprocess.DEVNULL).stdout
    except (OSError, subprocess.SubprocessError) as error:
        program = Path(command[0]).name
        raise InputRefused(
            f"{name} could not be converted by {program}. Open it in Word or WPS and save it as {modern}."
        ) from error
