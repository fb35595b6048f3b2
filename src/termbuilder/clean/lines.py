"""The lines of a text as printed: how wide they are, what they begin with, which of them belong together."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from termbuilder.clean.markup import CELL
from termbuilder.clean.traced import Traced
from termbuilder.model import Document

# What ends a paragraph: a stop, and a colon that announces what follows.
SENTENCE_END = re.compile(r"(?:[。！？；：!?;:…]|\.{3})[”’）》】)]*$")
# Wider than that, a line without a stop is a piece of a paragraph, not a heading.
WIDEST_HEADING = 40

_BREAK = re.compile(f"[\n\f{CELL}]")

# What begins an item or an article. A mark that a sentence only cites (第三条规定, （二）款) does not.
_CITED = r"(?!\s*(?:款|项(?!目)|条(?!件)|目(?![标的前录])|规定|所列|至|和|或|、|以及|的))"
_LIST_MARK = re.compile(
    rf"第[一二三四五六七八九十百零〇\d]{{1,4}}[章节条编篇]{_CITED}\s*"
    r"|[一二三四五六七八九十]{1,3}\s?[、.．]\s*"
    rf"|[（(【〔][一二三四五六七八九十\d]{{1,3}}[）)】〕]{_CITED}\s*[、.．]?\s*"
    r"|\d{1,3}\s?(?:\.\d{1,2}){0,3}[、．.](?!\d)\s*|\d{1,2}[)）]\s*"
    # 1.2 科技人才, 1.2科技人才; but 5.18展洽会, 2.0版
    r"|\d{1,2}(?:\.[1-9]\d?){1,3}\s+(?=[\u3400-\u9fff])|\d(?:\.[1-9]){1,3}(?=[\u3400-\u9fff])(?![万亿个倍元家米级版升吨公千平时分小])"
    r"|[①-⑳⑴-⒇㈠-㈩]\s*|[•■◆●▪▲★☆※►➢➤✓√◎⊙▷❖◇□▶○·]\s*|[-*+]\s+(?=\S)|[A-Z][.．、]\s*(?=[\u3400-\u9fff])"
    r"|附件\s*\d{0,2}[：:]?\s*$|附件\s*\d{1,2}\s*[：:.．]?\s*"
    r"|[图表]\s*\d{1,3}(?:[-.–]\d{1,3})?(?![\d所中为是、和至])\s*|关键词\s*[：:]?\s*(?=\S)|摘\s*要\s*[：:]?\s*(?=\S)"
)
# A bare number counts as a mark only where no unit follows it: 1 高职教育提质培优工程, but 20 家企业
_BARE_NUMBER = re.compile(
    r"\d{1,2}\s+(?=[\u3400-\u9fff“《])(?!\s*[个家项件名人次年月日天号期届条款万亿元倍米级位所座批种类多余左亩吨台套平公千小分度强大省市县])"
)
_HEADING_SIGN = re.compile(r"#{1,6}\s*(?:\d{1,2}(?:\.\d{1,2})*\s*(?=[\u3400-\u9fff“])(?![年月日个家项大条]))?")
_WIDE = re.compile("[^\x00-\u02af\u2010-\u2014\u2018-\u201f\u2026]")
# Printers end an article or a caption with a sign: 启动仪式 ■
_ORNAMENT_AT_END = re.compile(r"(?<=\S)\s*[■□▲▼◆◇●★☆]+$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text that is not empty: `text` is `traced.text[start:end]`, without the spaces around it."""

    number: int  # among the lines that are not empty
    start: int
    end: int
    text: str
    width: float  # in Han characters; letters and digits count half
    printed: float  # the width as printed, with the indent, and with glosses and marks that the repairs took out
    blanks: int  # empty lines before it
    indent: int  # spaces before it
    page: int  # 0, or the page it stands on
    kind: str  # text, heading (by a heading sign), table, note
    mark: str  # the list mark it begins with: （一）, 第三条, 1. ; empty if none


def list_mark(text: str) -> str:
    """The list mark that `text` begins with, or nothing.

    >>> [list_mark(text) for text in ("（一）总体要求", "第三条 申报主体", "（二）款的资助。", "1.5亿元", "20 家企业")]
    ['（一）', '第三条 ', '', '', '']
    """
    found = _LIST_MARK.match(text) or _BARE_NUMBER.match(text)
    return found[0] if found else ""


def width(text: str) -> float:
    """How wide `text` prints, in Han characters.

    >>> width("5G应用")
    3.0
    """
    wide = len(_WIDE.findall(text))
    return wide + (len(text) - wide) / 2


def lines_of(traced: Traced, document: Document) -> list[Line]:
    """The lines of `traced` that are not empty, each with what the marks of `document` say about its place."""
    return list(_lines(traced, document))


def _lines(traced: Traced, document: Document) -> Iterator[Line]:
    pages = [mark.at for mark in document.marks if mark.kind in ("page", "slide")]
    cells = {mark.at for mark in document.marks if mark.kind == "cell"}
    notes = [mark.at for mark in document.marks if mark.kind == "note"]
    others = [mark.at for mark in document.marks if mark.kind in ("paragraph", "page", "sheet", "slide", "file")]
    text, at = traced
    feeds = blanks = number = start = 0
    breaks = [match.start() for match in _BREAK.finditer(text)]
    in_cell = False
    for end in [*breaks, len(text)]:
        raw = text[start:end]
        stripped = raw.strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            begin = start + indent
            shown = stripped
            kind = "text"
            if sign := _HEADING_SIGN.match(shown):
                begin, shown, kind = begin + sign.end(), shown[sign.end() :], "heading"
            offset = at[start + indent]
            is_cell = bool(cells) and any(place in cells for place in range(at[start], offset + 1))
            if in_cell or is_cell or (end < len(text) and text[end] == CELL):
                kind = "table"
            if notes and (note := bisect.bisect_right(notes, offset)):
                later = bisect.bisect_right(others, offset)
                if not later or others[later - 1] < notes[note - 1]:
                    kind = "note"
            shown = _ORNAMENT_AT_END.sub("", shown) or shown
            if shown:
                page = bisect.bisect_right(pages, offset) if pages else feeds
                printed = _printed(document.text, at, start, end)
                wide = width(shown)
                yield Line(
                    number,
                    begin,
                    begin + len(shown),
                    shown,
                    wide,
                    wide if printed == shown else width(printed),
                    blanks,
                    indent,
                    page,
                    kind,
                    list_mark(shown),
                )
                number += 1
                blanks = 0
        elif end < len(text) or raw:
            blanks += 1
        if end < len(text):
            in_cell = text[end] == CELL
            feeds += text[end] == "\f"
        start = end + 1


def _printed(whole: str, at: Sequence[int], start: int, end: int) -> str:
    """The line text[start:end] as the document prints it, with what was taken out at its ends."""
    begin = at[start - 1] + 1 if start else 0
    finish = at[end] if end < len(at) else len(whole)
    return whole[begin:finish].rstrip().rsplit("\n", 1)[-1]
