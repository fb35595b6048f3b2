"""Corpora of any size with a vocabulary that keeps growing: the annotated documents, then laws, then laws with characters exchanged."""

from __future__ import annotations

import random
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

_HAN = re.compile("[\u4e00-\u9fff]")
_LEAST = 100  # Chinese characters; some files of the archive hold nothing but a heading


def make(shared: Path, megabytes: float, folder: Path, piece: int = 0) -> Path:
    """Write about `megabytes` MB of documents into `folder`; `piece`: cut them into documents of so many bytes (0: as they are)."""
    folder.mkdir(parents=True)
    room = int(megabytes * 1e6)
    for number, text in enumerate(_pieces(_texts(shared), piece)):
        data = text.encode()
        (folder / f"{number:06d}.txt").write_bytes(data)
        room -= len(data)
        if room <= 0:
            break
    return folder


def _texts(shared: Path) -> Iterator[str]:
    for part in ("seeds", "extra"):
        for path in sorted((shared / "corpus" / part).glob("*.txt")):
            yield path.read_text(encoding="utf-8")
    laws = []
    with tarfile.open(shared / "corpus" / "background" / "laws.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member)
            text = file.read().decode("utf-8", "replace") if file is not None else ""
            if len(_HAN.findall(text)) > _LEAST:
                laws.append((member.name, text))
    laws.sort()
    random.Random(1).shuffle(laws)
    yield from (text for _, text in laws)
    round_ = 1
    while True:  # other words in the same sentences: a third of a document's characters stand for one another
        for name, text in laws:
            chance = random.Random(f"{round_} {name}")
            characters = sorted(set(_HAN.findall(text)))
            some = chance.sample(characters, len(characters) // 3)
            others = chance.sample(some, len(some))
            yield text.translate(str.maketrans(dict(zip(some, others))))
        round_ += 1


def _pieces(texts: Iterator[str], size: int) -> Iterator[str]:
    for text in texts:
        if not size:
            yield text
            continue
        part: list[str] = []
        length = 0
        for line in text.splitlines(keepends=True):
            part.append(line)
            length += len(line.encode())
            if length >= size:
                yield "".join(part)
                part, length = [], 0
        if part:
            yield "".join(part)
