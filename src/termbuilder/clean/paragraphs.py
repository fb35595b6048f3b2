"""Lines that a line break or page break cut apart are put together again into paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from termbuilder.clean.lines import Line

_SENTENCE_END = re.compile(r"[。！？；：!?;:…][”’）》】)]*$")
_OPENING = "“‘（《【〈〔("
_CLOSING = "”’）》】〉〕)"
_INSIDE = re.compile("[，。；、]")
_CANNOT_BEGIN = "，。、；：！？”’）》】〉〕…％%"
# The longest quotation, title or bracket that may still be open at a line's end.
_LONGEST_OPEN = 80

# A line reaches the wrap width if it is at most four characters and a half short of it: what does not fit moves down whole.
_SHORT_OF_WRAP = 4.5
_NARROWEST_WRAP, _WIDEST_WRAP = 12, 64
_AROUND = 5  # lines looked at before and after
# Wider than that, a line without a full stop is a paragraph that was cut, not a heading.
_WIDEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `captions` are lines that stood in between and do not."""

    lines: tuple[Line, ...]

    @property
    def kind(self) -> str:
        """body, heading, list, table or note."""
        first = self.lines[0]
        if first.kind != "text":
            return first.kind
        ended = _SENTENCE_END.search(self.lines[-1].text) is not None
        long = sum(line.width for line in self.lines)
        if not ended and long <= _WIDEST_HEADING:
            return "heading"
        return "list" if first.mark else "body"


def paragraphs(lines: Sequence[Line]) -> tuple[list[Paragraph], list[int]]:
    """The paragraphs of `lines`, and the places (offsets in the cleaned text) where two lines were joined.

    Lines are joined that reach the local wrap width, that leave a quotation or bracket open, or that begin with what cannot begin a
    paragraph; and pieces of an unfinished sentence over empty lines, also where a picture's caption stands between them.
    """
    wraps = wrap_widths(lines)
    whole = "".join(line.text for line in lines)
    found: list[list[Line]] = []
    joins: list[int] = []
    done: set[int] = set()
    for i, line in enumerate(lines):
        if i in done:
            continue
        current = [line]
        text = line.text
        captions: list[Line] = []
        j = i + 1
        while j < len(lines) and j not in done:
            if joined(current, text, lines[j], wraps[j - 1], lines[j + 1] if j + 1 < len(lines) else None, whole):
                joins.append(lines[j].start)
                current.append(lines[j])
                text += lines[j].text
                done.add(j)
                j += 1
                continue
            k = _after_caption(current, text, lines, j)
            if not k:
                break
            captions += lines[j:k]
            done.update(range(j, k + 1))
            joins.append(lines[k].start)
            current.append(lines[k])
            text += lines[k].text
            j = k + 1
        found.append(current)
        found += ([caption] for caption in captions)
    return [Paragraph(tuple(group)) for group in found], joins


def wrap_widths(lines: Sequence[Line]) -> list[float]:
    """For each line the width at which the lines around it were wrapped, 0 where they were not.

    It is the third widest of the eleven lines around, if that many lines reach it and the text is running text: names in a column
    reach a common width too, but have no commas.
    """
    widths = [line.width for line in lines]
    usual = _usual_wrap(lines)
    running = [len(_INSIDE.findall(line.text)) for line in lines]
    found = []
    for i in range(len(lines)):
        low, high = max(0, i - _AROUND), min(len(lines), i + _AROUND + 1)
        near = sorted(widths[low:high], reverse=True)
        wrap = near[min(2, len(near) - 1)]
        total = sum(near)
        even = near[0] <= wrap + 3 or near[1] <= wrap + 1.5
        if _NARROWEST_WRAP <= wrap <= _WIDEST_WRAP and even and sum(running[low:high]) * 40 >= total:
            found.append(wrap)
        elif usual and near[0] <= usual + 1.5 and sum(running[low:high]) * 80 >= total:
            found.append(usual)
        else:
            found.append(0.0)
    return found


def _usual_wrap(lines: Sequence[Line]) -> float:
    """The wrap width of the whole document, if a third of its lines reach one and most of those do not end a sentence; else 0."""
    counts = Counter(round(line.width) for line in lines if _NARROWEST_WRAP <= line.width <= _WIDEST_WRAP)
    if not counts:
        return 0.0
    wrap = max(counts, key=lambda w: (sum(counts[w - short] for short in range(5)), w))
    full = [line for line in lines if wrap - _SHORT_OF_WRAP <= line.width <= wrap + 1]
    broken = sum(_SENTENCE_END.search(line.text) is None for line in full)
    return float(wrap) if len(full) >= 6 and len(full) * 3 >= len(lines) and broken * 5 >= 3 * len(full) else 0.0


def joined(current: Sequence[Line], text: str, following: Line, wrap: float, after: Line | None, whole: str) -> bool:
    """Does `following` continue the paragraph `current` (whose text so far is `text`)?

    `after` is the line after it; `whole` is the document without its breaks, where a title that is broken here may stand unbroken.
    """
    last = current[-1]
    if last.kind != following.kind or last.kind in ("heading", "table"):
        return False
    if following.text[0] in _CANNOT_BEGIN:
        return True
    if unclosed(text) and _closes(following.text, after):
        return True
    if _letter_spaced(current, following):
        return True
    mark = following.mark
    if mark and not (wrap and last.width >= wrap - 1.5 and following.blanks == 0 and mark.strip()[-1:].isdigit()):
        return False
    if _SENTENCE_END.search(text) or text[-1] == "】":
        return False
    if text[-1] in "》”）" and following.text[0] in "《“（" and following.blanks == 0 and (wrap or _INSIDE.search(text)):
        return True
    if text[-1] in "，、" or text[-2:] == "——":
        return True
    if (
        following.blanks == 0
        and max(last.width, following.width) <= _WIDEST_HEADING
        and whole.count(last.text + following.text) > 1
    ):
        return True
    unfinished = _INSIDE.search(text) is not None
    if following.blanks == 0 and wrap and last.page == following.page:
        if last.width >= wrap - _SHORT_OF_WRAP:
            return True
        return (unfinished and last.width >= wrap - 8 and len(current) > 1) or "。" in text
    if wrap and last.width >= wrap - _SHORT_OF_WRAP and unfinished:
        return True  # wrapped, and cut by a page break
    total = sum(line.width for line in current)
    return (
        unfinished and ("。" in text or "；" in text or total > _WIDEST_HEADING) and not _looks_like_heading(following, after)
    )


def unclosed(text: str) -> str:
    """The quotation mark, title mark or bracket that is still open at the end of `text`, if any.

    >>> unclosed("按照《深圳市坪山区专项资金"), unclosed("（一）总则")
    ('《', '')
    """
    stack: list[tuple[str, int]] = []
    for i, c in enumerate(text[-3 * _LONGEST_OPEN :]):
        if c in _OPENING:
            stack.append((c, i))
        elif c in _CLOSING:
            want = _OPENING[_CLOSING.index(c)]
            while stack and stack.pop()[0] != want:
                pass
    if stack and min(len(text), 3 * _LONGEST_OPEN) - stack[-1][1] <= _LONGEST_OPEN:
        return stack[-1][0]
    return ""


def _closes(text: str, after: Line | None) -> bool:
    """Does `text` (or the line after it) close something that it did not open?"""
    depth = 0
    for c in text[:_LONGEST_OPEN] + (after.text[:_LONGEST_OPEN] if after and len(text) < _LONGEST_OPEN else ""):
        if c in _OPENING:
            depth += 1
        elif c in _CLOSING:
            depth -= 1
            if depth < 0:
                return True
    return False


def _letter_spaced(current: Sequence[Line], following: Line) -> bool:
    """第一章 / 总 / 则: a heading whose number, or whose every character, stands on a line of its own."""
    last = current[-1]
    alone = re.fullmatch("[\u3400-\u9fff]", following.text) is not None
    if len(last.text) == 1:
        return alone
    bare_mark = len(current) == 1 and re.fullmatch(r"第[一二三四五六七八九十百\d]+[章节编篇]", last.text) is not None
    return bare_mark and (alone or (not following.mark and following.width <= 25 and not _SENTENCE_END.search(following.text)))


def _looks_like_heading(line: Line, after: Line | None) -> bool:
    """A short line without a stop, that a longer one follows."""
    return (
        (line.width <= 30 or line.text[-1] == "■")
        and not _INSIDE.search(line.text)
        and not _SENTENCE_END.search(line.text)
        and after is not None
    )


def _after_caption(current: Sequence[Line], text: str, lines: Sequence[Line], j: int) -> int:
    """Where the sentence goes on after the captions that begin at `lines[j]`; 0 if it does not."""
    if _SENTENCE_END.search(text) or not _INSIDE.search(text) or sum(line.width for line in current) <= _WIDEST_HEADING:
        return 0
    if text[-1] in "”）》】■" or current[-1].kind != "text":
        return 0
    for k in range(j, min(j + 3, len(lines))):
        line = lines[k]
        if _caption(line):
            continue
        if k > j and line.kind == "text" and not line.mark and _INSIDE.search(line.text) and line.text[0] not in _OPENING:
            return k
        return 0
    return 0


def _caption(line: Line) -> bool:
    return line.width <= 36 and not line.mark and not re.search("[，。；：！？]", line.text) and line.kind == "text"
