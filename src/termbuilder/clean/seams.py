"""Does the next line continue a paragraph? The rules, in the order in which they are asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from termbuilder.clean.joins import Joins
from termbuilder.clean.lines import SENTENCE_END, WIDEST_HEADING, Line
from termbuilder.clean.wraps import SHORT_OF_WRAP

INSIDE = re.compile("[，。；、]")
_OPENING = "“‘（《【〈〔("
_CLOSING = "”’）》】〉〕)"
_MARKS = re.compile("[" + re.escape(_OPENING + _CLOSING) + "]")
_CANNOT_BEGIN = "，。、；：！？”’）》】〉〕…％%"
# So much of a title on either side of a break is enough to know it again.
_TITLE_TAIL, _TITLE_HEAD = 8, 4
# So many lines of a paragraph tell whether it is more than a heading.
_ENOUGH_LINES = 10
# The longest quotation, title or bracket that may still be open at a line's end.
_LONGEST_OPEN = 80
# Three clauses in a heading (汇聚资源，搭建平台，促进发展) are short; wider than that they are a sentence.
_WIDEST_CLAUSES = 24
# A pair of characters is a piece of a word if one of the two has every fourth of its occurrences in it: 解读, but not 国科.
_COHESIVE = 4
_CHAPTER = re.compile(r"第[一二三四五六七八九十百\d]+[章节编篇]")
# The record line of a law is none of its sentences: 2022年8月30日 第十一次会议通过
_ADOPTED = re.compile(r"[（(]?\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日.*(?:通过|修订|修正|修改|公布|发布|批准|施行)[）)]?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Seam:
    """Where a paragraph may go on: its lines and text so far, the next line, and what stands around."""

    current: Sequence[Line]
    text: str
    following: Line
    after: Line | None  # the line after the next
    wrap: float  # the width at which the lines here were wrapped, 0 if they were not
    starts: int  # the indent at which paragraphs begin, 0 if that is not known
    whole: str  # the document without its breaks, where what is broken here may stand unbroken
    joins: Joins
    annex: range  # lines of the annex that explains terms
    runs_on: bool = False  # subtitles: a line is never a paragraph

    @property
    def last(self) -> Line:
        """The last line so far."""
        return self.current[-1]

    @property
    def unfinished(self) -> bool:
        """Does it have a comma or the like inside, as running text has? The list mark does not count."""
        return INSIDE.search(self.text.removeprefix(self.current[0].mark)) is not None

    @property
    def sentence(self) -> bool:
        """What stands so far can only be a piece of a sentence: too long for a heading, or with words that headings do not have."""
        wide = sum(line.width for line in self.current[:_ENOUGH_LINES])
        return (
            "。" in self.text
            or "；" in self.text
            or wide > WIDEST_HEADING
            or (wide > _WIDEST_CLAUSES and self.text.count("，") >= 2)
            or self.joins.sentence.search(self.text) is not None
        )


def continues(seam: Seam) -> bool:
    """Does the next line belong to the paragraph? The first rule that knows decides; if none does, it does not."""
    return next((verdict for _, rule in RULES if (verdict := rule(seam)) is not None), False)


def _other_kind(seam: Seam) -> bool | None:
    """A heading by its sign, a cell, a note never goes on in a line of another kind."""
    alone = seam.last.kind != seam.following.kind or seam.last.kind in ("heading", "table")
    return False if alone else None


def _cannot_begin(seam: Seam) -> bool | None:
    """No paragraph begins with a comma or a closing mark."""
    return True if seam.following.text[0] in _CANNOT_BEGIN else None


def _subscript(seam: Seam) -> bool | None:
    """A number alone under a letter belongs to it: PM / 2.5."""
    under = seam.text[-1].isascii() and seam.text[-1].isalpha() and seam.following.blanks == 0
    return True if under and _NUMBER.fullmatch(seam.following.text) else None


def _left_open(seam: Seam) -> bool | None:
    """A quotation, title or bracket is open, and the next line (or the one after) closes it."""
    return True if unclosed(seam.text) and _closes(seam.following.text, seam.after) else None


def _spread_heading(seam: Seam) -> bool | None:
    """第一章 / 总 / 则: a heading whose number, or whose every character, stands on a line of its own."""
    alone = len(seam.following.text) == 1 and _HAN.match(seam.following.text) is not None
    if len(seam.last.text) == 1 and _HAN.match(seam.last.text):
        return True if alone else None
    chapter = len(seam.current) == 1 and _CHAPTER.fullmatch(seam.last.text) is not None
    title = not seam.following.mark and seam.following.width <= 25 and not SENTENCE_END.search(seam.following.text)
    return True if chapter and (alone or title) else None


def _explained(seam: Seam) -> bool | None:
    """In an annex a term with a colon goes on in its explanation on the next line."""
    colon = seam.text[-1] in "：:" and bool(seam.current[0].mark) and seam.last.number in seam.annex
    return True if colon and not seam.following.mark else None


def _list_mark(seam: Seam) -> bool | None:
    """A list mark begins a paragraph, unless a full line's text flows into a number: 享受资助 / 3 年."""
    mark = seam.following.mark
    if not mark:
        return None
    flows = seam.wrap and seam.last.printed >= seam.wrap - 1.5 and seam.following.blanks == 0 and mark.strip()[-1:].isdigit()
    return None if flows else False


def _indented(seam: Seam) -> bool | None:
    """Where first lines are indented, such a line begins a paragraph, and one at the margin goes on after a full line."""
    if not seam.starts:
        return None
    if seam.following.indent >= seam.starts:
        return False if seam.wrap else None
    if seam.wrap:
        full = seam.last.printed >= seam.wrap - SHORT_OF_WRAP
    else:
        full = seam.last.width > _WIDEST_CLAUSES and not seam.following.blanks
    return True if full and seam.current[0].indent >= seam.starts else None


def _ended(seam: Seam) -> bool | None:
    """What ends like a sentence, or like a headed article (第一条【宗旨】), has ended; so have key words."""
    key_words = seam.current[0].mark.startswith("关键词") and seam.following.blanks > 0
    adopted = _ADOPTED.fullmatch(seam.text) is not None
    return False if key_words or adopted or SENTENCE_END.search(seam.text) or seam.text[-1] == "】" else None


def _enumerated(seam: Seam) -> bool | None:
    """Titles and quotations in a row: 《……条例》 / 《……办法》."""
    row = seam.text[-1] in "》”）" and seam.following.text[0] in "《“（" and seam.following.blanks == 0
    return True if row and (seam.wrap or seam.unfinished or len(seam.current) > 1) else None


def _runs_on(seam: Seam) -> bool | None:
    """The lines of subtitles run on until a sentence ends."""
    return True if seam.runs_on else None


def _wants_more(seam: Seam) -> bool | None:
    """A comma, a dash, a conjunction or a particle at the end wants more; so does one at the beginning want something before it."""
    more = seam.text[-1] in "，、" or seam.text[-2:] == "——" or seam.joins.end.search(seam.text) is not None
    return True if more or seam.joins.begin.match(seam.following.text) else None


def _known_unbroken(seam: Seam) -> bool | None:
    """Two halves of a title that stands unbroken elsewhere in the document."""
    short = seam.following.blanks == 0 and max(seam.last.width, seam.following.width) <= WIDEST_HEADING
    if not short or len(seam.last.text) < _TITLE_HEAD or len(seam.following.text) < 2:
        return None
    title = seam.last.text[-_TITLE_TAIL:] + seam.following.text[:_TITLE_HEAD]
    return True if seam.whole.find(title, seam.whole.find(title) + 1) >= 0 else None


def _wrapped(seam: Seam) -> bool | None:
    """A line that reaches the wrap width goes on; a shorter one only inside a sentence that has begun before."""
    if not seam.wrap:
        return None
    full = seam.last.printed >= seam.wrap - SHORT_OF_WRAP
    if seam.following.blanks == 0 and seam.last.page == seam.following.page:
        nearly = seam.unfinished and seam.last.printed >= seam.wrap - 8 and len(seam.current) > 1
        return full or nearly or "。" in seam.text
    return True if full and seam.unfinished else None


def _cut_sentence(seam: Seam) -> bool | None:
    """A sentence without an end goes on over empty lines and pages, unless a heading follows."""
    if not seam.unfinished or _heading(seam.following, seam.after):
        return None
    return True if seam.sentence or _cut_word(seam) else None


def _cut_word(seam: Seam) -> bool:
    """Do the two characters at the seam stand side by side elsewhere in the document, as those of a cut word do?"""
    first, second = seam.text[-1], seam.following.text[0]
    if seam.current[0].mark or not _HAN.match(first) or not _HAN.match(second):
        return False
    together = seam.whole.count(first + second)
    return together >= 3 and together * _COHESIVE >= min(seam.whole.count(first), seam.whole.count(second))


RULES: tuple[tuple[str, Callable[[Seam], bool | None]], ...] = (
    ("other kind of line", _other_kind),
    ("cannot begin a paragraph", _cannot_begin),
    ("subscript", _subscript),
    ("left open", _left_open),
    ("heading printed apart", _spread_heading),
    ("term and explanation", _explained),
    ("list mark", _list_mark),
    ("sentence ended", _ended),
    ("first lines are indented", _indented),
    ("subtitles", _runs_on),
    ("titles in a row", _enumerated),
    ("wants more", _wants_more),
    ("stands unbroken elsewhere", _known_unbroken),
    ("wrapped", _wrapped),
    ("sentence cut", _cut_sentence),
)


def unclosed(text: str) -> str:
    """The quotation mark, title mark or bracket that is still open at the end of `text`, if any.

    >>> unclosed("按照《专项资金"), unclosed("（一）总则")
    ('《', '')
    """
    tail = text[-3 * _LONGEST_OPEN :]
    stack: list[int] = []
    for mark in _MARKS.finditer(tail):
        if mark[0] in _OPENING:
            stack.append(mark.start())
        else:
            want = _OPENING[_CLOSING.index(mark[0])]
            while stack and tail[stack.pop()] != want:
                pass
    return tail[stack[-1]] if stack and len(tail) - stack[-1] <= _LONGEST_OPEN else ""


def _closes(text: str, after: Line | None) -> bool:
    """Does `text` (with the line after it) close something that it did not open?"""
    more = after.text if after and len(text) < _LONGEST_OPEN else ""
    depth = 0
    for c in (text + more)[:_LONGEST_OPEN]:
        depth += (c in _OPENING) - (c in _CLOSING)
        if depth < 0:
            return True
    return False


def _heading(line: Line, after: Line | None) -> bool:
    """A short line without a stop, that another one follows."""
    return 2 <= line.width <= 36 and after is not None and not INSIDE.search(line.text) and not SENTENCE_END.search(line.text)
