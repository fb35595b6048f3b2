"""How single facts are written as text that a person can read and a program can read back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, pairwise

from termbuilder.model import Context, Reading, Source

# What XML 1.0 cannot hold at all, and no glossary needs: control characters, lone surrogates, non-characters.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_EDGE = re.compile(r"[ \t]*\n[ \t]*")


def plain(text: str) -> str:
    """The text without control characters and without blanks at the ends of its lines.

    >>> plain("揭榜挂帅\\x07\\r\\n  机制 ")
    '揭榜挂帅\\n机制'
    """
    # almost every text is clean already, and this runs for each of them
    if text.isprintable() and text[:1] != " " and text[-1:] != " ":
        return text
    text = _NOT_IN_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _LINE_EDGE.sub("\n", text).strip()


_WRAPPED = re.compile(r"[ \t]*\r?\n[ \t]+")


def unwrapped(text: str) -> str:
    """A text of an indented XML file without the indentation: a wrapped line is one line, a bare line break stays.

    >>> unwrapped("open\\n      competition"), unwrapped("揭榜\\n      挂帅"), unwrapped("1. 甲\\n2. 乙")
    ('open competition', '揭榜挂帅', '1. 甲\\n2. 乙')
    """
    if "\n" not in text:
        return text.strip()
    text = text.strip()
    return _WRAPPED.sub(lambda match: "" if _between_han(text, match) else " ", text)


def _between_han(text: str, match: re.Match[str]) -> bool:
    return text[match.start() - 1] >= "⺀" and text[match.end() : match.end() + 1] >= "⺀"


def one_line(text: str) -> str:
    """A term: the text on one line, with single spaces.

    >>> one_line("gazelle\\n  enterprise ")
    'gazelle enterprise'
    """
    if text.isprintable() and "  " not in text:  # almost every term; among blanks only the common space is printable
        return text.strip()
    return " ".join(_NOT_IN_XML.sub("", text).split())


# --- sources ------------------------------------------------------------------------------------------------------

_PLACE = re.compile(r"(?:page|paragraph|sheet|cell|slide|unit|note|file) [^,]+|heading|list item|table|annex")


def source_text(source: Source) -> str:
    """Where something stands, as a line of text: document, place, line, offset.

    >>> source_text(Source("通知.pdf", 812, 38551, "page 3"))
    '通知.pdf, page 3, line 812, offset 38551'
    """
    text = str(source)
    if not source.offset:
        return text
    return f"{text}, offset {source.offset}" if text else f"offset {source.offset}"


def source_of(text: str) -> Source:
    """Read `source_text` back; a text that is no such line names a document (or a book, a person).

    >>> source_of("通知.pdf, page 3, line 812, offset 38551")
    Source(document='通知.pdf', line=812, offset=38551, place='page 3')
    >>> source_of("通知.pdf, page 3, heading, line 812").place
    'page 3, heading'
    >>> source_of("国务院公报 2023, 第 4 号")
    Source(document='国务院公报 2023, 第 4 号', line=0, offset=0, place='')
    """
    text = plain(text)
    parts = text.split(", ")
    offset = _number(parts, "offset ")
    line = _number(parts, "line ")
    first = len(parts)
    while first and _PLACE.fullmatch(parts[first - 1]):
        first -= 1
    if first == 1 and not parts[0] and text:  # a comma before everything: no line of ours
        return Source(text)
    return Source(", ".join(parts[:first]), line, offset, ", ".join(parts[first:]))


def _number(parts: list[str], name: str) -> int:
    """The number of the last part, if the part is one that `source_text` writes; it is then taken off."""
    digits = parts[-1].removeprefix(name) if parts and parts[-1].startswith(name) else ""
    if digits.isdecimal() and digits.isascii() and digits[0] != "0":
        parts.pop()
        return int(digits)
    return 0


# --- readings -----------------------------------------------------------------------------------------------------

_UNCERTAIN = " (uncertain)"
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêếềĀÁǍÀĒÉĚÈŌÓǑÒ", "aaaaeeeeiiiioooouuuuüüüünnnmeeeaaaaeeeeoooo")
# One syllable as it is written: inside a word none begins with a vowel, GB/T 16159 wants an apostrophe there (Xī'ān).
_SYLLABLE = re.compile(
    r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])(?:i(?:a(?:ng|n|o)?|ong|e|ng|n|u)?|u(?:a(?:ng|n|i)?|e|i|n|o)?|[üv](?:an|e|n)?|a(?:ng|n|i|o)?"
    r"|e(?:ng|n|i|r)?|o(?:ng|u)?)|(?<![a-zü])(?:a(?:ng|n|i|o)?|e(?:ng|n|i|r)?|o(?:u|ng)?|ng|n|m))r?[1-5]?(?=[bpmfdtnlgkhjqxrzcsyw]|$)"
)
_WORD_EDGE = re.compile(r"[\s'’\-,，、·:：“”\"()（）]+")
_HAN = re.compile("[㐀-䶿一-鿿豈-﫿𠀀-𳑏〇]")


def han_count(text: str) -> int:
    """How many Han characters the text holds.

    >>> han_count("“532”发展战略")
    4
    """
    return len(_HAN.findall(text))


def syllables_of(text: str, wanted: int) -> tuple[str, ...]:
    """Cut a reading into its syllables, or nothing if they are not `wanted` in number.

    >>> syllables_of("jiēbǎng guàshuài", 4), syllables_of("Cháng Sānjiǎo", 3)
    (('jiē', 'bǎng', 'guà', 'shuài'), ('Cháng', 'Sān', 'jiǎo'))
    >>> syllables_of("fànguǎn", 2), syllables_of("Xī'ān", 2), syllables_of("“532” zhànlüè", 2)
    (('fàn', 'guǎn'), ('Xī', 'ān'), ('zhàn', 'lüè'))
    """
    found: list[str] = []
    for word in _WORD_EDGE.split(text):
        syllables = _syllables_in(word)
        if syllables is None:
            return ()
        found += syllables
    return tuple(found) if len(found) == wanted else ()


@lru_cache(maxsize=10_000)  # words of policy texts come again and again
def _syllables_in(word: str) -> tuple[str, ...] | None:
    """The syllables of a word; none if it is not Chinese; None if it looks like a reading and is none."""
    bare = word.lower().translate(_TONES)
    syllables = _SYLLABLE.findall(bare)
    if sum(map(len, syllables)) != len(word):
        return None if bare.isalpha() and not bare.isascii() else ()
    ends = list(accumulate(map(len, syllables), initial=0))
    return tuple(word[start:end] for start, end in pairwise(ends))


def reading_text(reading: Reading) -> str:
    """A reading as people write it, with a remark if it is uncertain.

    >>> reading_text(Reading("zhòngshì", uncertain=True))
    'zhòngshì (uncertain)'
    """
    return plain(reading.text) + (_UNCERTAIN if reading.uncertain else "")


def reading_of(text: str, term: str) -> Reading:
    """Read `reading_text` back; the syllables are cut so that each Han character of `term` has one.

    >>> reading_of("jiēbǎng guàshuài", "揭榜挂帅").syllables
    ('jiē', 'bǎng', 'guà', 'shuài')
    """
    text = plain(text)
    uncertain = text.endswith(_UNCERTAIN)
    text = text.removesuffix(_UNCERTAIN)
    return Reading(text, syllables_of(text, han_count(term)), uncertain)


# --- contexts -----------------------------------------------------------------------------------------------------


def spans_in(text: str, forms: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the forms of a term stand in a text, the longest first where they overlap.

    >>> spans_in("瞪羚企业和潜在瞪羚企业", ["瞪羚企业", "潜在瞪羚企业"])
    ((0, 4), (5, 11))
    """
    spans: list[tuple[int, int]] = []
    for form in sorted({form for form in forms if form}, key=lambda form: (-len(form), form)):
        start = text.find(form)
        while start >= 0:
            end = start + len(form)
            free = all(end <= other or start >= stop for other, stop in spans)
            if free:
                spans.append((start, end))
            start = text.find(form, end if free else start + 1)
    return tuple(sorted(spans))


def shown_spans(context: Context, forms: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """The spans to highlight in a context: those it brings, else where the forms stand; in order, none overlapping."""
    spans = sorted(context.term_spans) or spans_in(context.text, forms)
    shown: list[tuple[int, int]] = []
    for start, end in spans:
        if 0 <= start < end <= len(context.text) and (not shown or start >= shown[-1][1]):
            shown.append((start, end))
    return tuple(shown)
