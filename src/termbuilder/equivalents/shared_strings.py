"""The texts of a workbook, which its cells only number: kept in a file while the cells are read, so that their count does not matter."""

from __future__ import annotations

import re
import tempfile
from array import array
from typing import IO

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
LARGEST = 8 << 30  # bytes; a million units of a memory take 0.3 GB


class SharedStrings:
    """Texts by number, held in a temporary file that is gone when this is let go of.

    >>> import io
    >>> part = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>揭榜挂帅</t></si><si><r><t>瞪羚</t></r><r><t>企业</t></r></si></sst>'
    >>> strings = SharedStrings(io.BytesIO(part.encode()))
    >>> strings[1], strings[0]
    ('瞪羚企业', '揭榜挂帅')
    """

    def __init__(self, part: IO[bytes]) -> None:
        """Read the part of a workbook that holds its texts; ValueError if they are more than any memory has."""
        from lxml import etree

        self._ends = array("Q", [0])
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as this
        end = 0
        tags = (f"{_MAIN}si", f"{_STRICT}si")
        for _, element in etree.iterparse(part, tag=tags, resolve_entities=False, no_network=True, load_dtd=False):
            # the texts of its runs, without the phonetic guide (rPh) that Excel keeps beside East Asian text
            text = "".join(
                node.text or "" for node in element.iter("{*}t") if etree.QName(node.getparent()).localname in ("si", "r")
            )
            data = _unescaped(text).encode("utf-8", "surrogatepass")
            end += len(data)
            if end > LARGEST:
                raise ValueError("its texts are more than any workbook has")
            self._file.write(data)
            self._ends.append(end)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        """The text of that number; IndexError if there is none."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        start = self._ends[number]  # mostly right behind the one before, so the file's own buffer has it
        self._file.seek(start)
        return self._file.read(self._ends[number + 1] - start).decode("utf-8", "surrogatepass")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
