"""Subtitles (SRT, VTT): what is said, each cue marked with the time at which it is shown."""

from __future__ import annotations

import re

from termbuilder.model import Document
from termbuilder.read.building import TextBuilder
from termbuilder.read.encodings import decode

_TIMES = re.compile(r"\s*((?:\d+:)?\d{1,2}:\d{2})[.,]\d{1,3}\s*-->")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>\n]{0,80}>|<\d[\d:.]{0,20}>|\{\\[^{}\n]{0,80}\}")


def read(name: str, data: bytes, encoding: str = "") -> Document:
    """Read the lines of all cues without numbers, times and markup; raises InputRefused where the encoding cannot be told.

    >>> document = read("a.srt", "1\\n00:00:05,200 --> 00:00:08,000\\n<i>揭榜挂帅</i>\\n\\n".encode())
    >>> document.text, document.marks
    ('揭榜挂帅', (Mark(at=0, kind='unit', label='00:00:05'),))
    """
    raw, found, warnings = decode(name, data, encoding)
    text = TextBuilder()
    lines = raw.split("\n")
    time = ""
    for number, line in enumerate(lines):
        shown = _TIMES.match(line)
        if shown:
            time = shown[1]
            continue
        if not line.strip():
            time = ""  # the end of a cue; what follows before the next time is a number, a note or a style
            continue
        said = _MARKUP.sub("", line).strip()
        if time and said and not (said.isdecimal() and number + 1 < len(lines) and _TIMES.match(lines[number + 1])):
            text.line(said, "unit", time)
    return text.document(name, "vtt" if raw.startswith("WEBVTT") else "srt", encoding=found, warnings=warnings)
