"""Paragraphs become passages: joined, their spaces tidied, cut into sentences, repetitions marked."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from termbuilder.clean import sentences, spaces
from termbuilder.clean.log import Log
from termbuilder.clean.paragraphs import Paragraph
from termbuilder.clean.traced import Edit, Traced
from termbuilder.model import Document, Passage, PassageKind

_WORDS = re.compile("[\u3400-\u9fffA-Za-z]")
_SIGNS = re.compile(r"\W+")
# What is shorter recurs without being a repetition: 一、 (表1)
_SHORTEST_REPEAT = 4
_KINDS: dict[str, PassageKind] = {"body": "body", "heading": "heading", "list": "list", "table": "table", "note": "note"}


def passages(
    document: Document,
    traced: Traced,
    paragraphs: Sequence[Paragraph],
    annex: range,
    mend: Callable[[Traced, Log], Traced],
    log: Log,
) -> list[Passage]:
    """The passages of `paragraphs`, in order; `mend` repairs what could be seen only after lines were joined."""
    found: list[Passage] = []
    seen: set[str] = set()
    spaced: list[str] = []
    repeated: list[str] = []
    for number, paragraph in _numbered(paragraphs, traced.text):
        kind = paragraph.kind
        section = "annex" if paragraph.lines[0].number in annex else "body"
        whole = _joined(traced, paragraph)
        if len(paragraph.lines) > 1:
            whole = mend(whole, log)
        for part in _parts(whole, kind):
            edits = list(spaces.spaces(part.text))
            spaced += (part.text[max(0, edit.start - 4) : edit.end + 4] for edit in edits)
            tidy = part.edited(edits)
            for start, end in sentences.spans(tidy.text):
                sentence = tidy.cut(start, end)
                if not _WORDS.search(sentence.text):
                    continue
                key = _SIGNS.sub("", sentence.text)
                repeat = len(key) >= _SHORTEST_REPEAT and key in seen
                if repeat:
                    repeated.append(sentence.text)
                seen.add(key)
                found.append(Passage(document.name, len(found), *sentence, _KINDS[kind], number, repeat, section))
    log.note("spaces", spaced)
    log.note("repeated passages", repeated)
    return found


def _numbered(paragraphs: Sequence[Paragraph], text: str) -> Iterator[tuple[int, Paragraph]]:
    """Each paragraph with its number; the cells of one row of a table share one."""
    number = -1
    end = 0
    before = ""
    for paragraph in paragraphs:
        kind = paragraph.kind
        if not (kind == before == "table" and "\n" not in text[end : paragraph.lines[0].start]):
            number += 1
        end, before = paragraph.lines[-1].end, kind
        yield number, paragraph


def _joined(traced: Traced, paragraph: Paragraph) -> Traced:
    """The text of a paragraph without the breaks between its lines and the list mark before it."""
    first, last = paragraph.lines[0], paragraph.lines[-1]
    start = first.start + len(first.mark)
    if start >= last.end:
        start = first.start
    edits = []
    for above, below in zip(paragraph.lines, paragraph.lines[1:]):
        latin = _latin(traced.text[above.end - 1]) and _latin(below.text[0])
        edits.append(Edit(above.end - start, below.start - start, " " if latin else ""))
    return traced.cut(start, last.end).edited(edit for edit in edits if edit.start >= 0)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _parts(whole: Traced, kind: str) -> list[Traced]:
    """A heading falls apart where a space divides it; other paragraphs stay whole."""
    if kind != "heading":
        return [whole]
    cuts = [0, *spaces.gaps(whole.text), len(whole.text)]
    return [whole.cut(start, end) for start, end in itertools.pairwise(cuts)]
