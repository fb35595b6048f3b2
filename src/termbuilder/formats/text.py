"""How single facts are written as text that a person can read and a program can read back."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
    return " ".join(_NOT_IN_XML.sub("", text).split())


# --- sources ------------------------------------------------------------------------------------------------------

_PLACE = r"(?:page|paragraph|sheet|cell|slide|unit|note|file) [^,]+"
_SOURCE = re.compile(
    rf"(?P<document>.*?)(?:(?:^|, )(?P<place>{_PLACE}(?:, {_PLACE})*))?"
    r"(?:(?:^|, )line (?P<line>\d+))?(?:(?:^|, )offset (?P<offset>\d+))?",
    re.DOTALL,
)


def source_text(source: Source) -> str:
    """Where something stands, as a line of text: document, place, line, offset.

    >>> source_text(Source("通知.pdf", 812, 38551, "page 3"))
    '通知.pdf, page 3, line 812, offset 38551'
    """
    return ", ".join(part for part in (str(source), f"offset {source.offset}" if source.offset else "") if part)


def source_of(text: str) -> Source:
    """Read `source_text` back; a text that is no such line names a document (or a book, a person).

    >>> source_of("通知.pdf, page 3, line 812, offset 38551")
    Source(document='通知.pdf', line=812, offset=38551, place='page 3')
    >>> source_of("国务院公报 2023, 第 4 号")
    Source(document='国务院公报 2023, 第 4 号', line=0, offset=0, place='')
    """
    text = plain(text)
    match = _SOURCE.fullmatch(text)
    if match is None:
        return Source(text)
    found = Source(match["document"], int(match["line"] or 0), int(match["offset"] or 0), match["place"] or "")
    return found if source_text(found) == text else Source(text)


# --- readings -----------------------------------------------------------------------------------------------------

_UNCERTAIN = " (uncertain)"
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêếềĀÁǍÀĒÉĚÈŌÓǑÒ", "aaaaeeeeiiiioooouuuuüüüünnnmeeeaaaaeeeeoooo")
_SYLLABLE = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:i?a(?:ng|n|o|i)?|ua(?:ng|n|i)?|i?ong|uo|ou|o|u?e(?:ng|n|i)?|ie|üe|i(?:ng|n|u)?|u(?:n|i)?"
    r"|ü(?:an|n)?|van|ve|vn|v)r?|er|r|ng|n|m)[1-5]?"
)
_HAN = re.compile("[㐀-䶿一-鿿豈-﫿𠀀-𳑏〇]")


def han_count(text: str) -> int:
    """How many Han characters the text holds.

    >>> han_count("“532”发展战略")
    4
    """
    return len(_HAN.findall(text))


def syllables_of(text: str, wanted: int) -> tuple[str, ...]:
    """Cut a reading into `wanted` syllables, or nothing if that is not possible in a single natural way.

    >>> syllables_of("jiēbǎng guàshuài", 4)
    ('jiē', 'bǎng', 'guà', 'shuài')
    >>> syllables_of("Cháng sānjiǎo", 3)
    ('Cháng', 'sān', 'jiǎo')
    """
    words = [word for word in re.split(r"[\s'’\-,，、·:：“”\"()（）]+", text) if word]
    if wanted == 0 or len(text) > 200:
        return ()
    # ways[n]: the cuts found so far that have n syllables; two cuts are enough to know that it is not clear
    ways: dict[int, list[tuple[str, ...]]] = {0: [()]}
    for word in words:
        cuts = _cuts(word)
        together: dict[int, list[tuple[str, ...]]] = {}
        for count, before in ways.items():
            for cut in cuts:
                if count + len(cut) <= wanted:
                    kept = together.setdefault(count + len(cut), [])
                    kept.extend(start + cut for start in before[:2] if len(kept) < 2)
        ways = together
    found = ways.get(wanted, [])
    return found[0] if found else ()


def _cuts(word: str) -> list[tuple[str, ...]]:
    """Every way to cut a written word into syllables, long first; a word with no Chinese sound in it has none to give."""
    bare = word.lower().translate(_TONES)
    if len(bare) != len(word) or not re.fullmatch(r"[a-zü]+[1-5]?(?:[a-zü]+[1-5])*[a-zü]*", bare):
        return [()]
    ends: list[list[tuple[str, ...]]] = [[] for _ in range(len(bare) + 1)]
    ends[0] = [()]
    for start in range(len(bare)):
        if not ends[start]:
            continue
        for end in range(min(len(bare), start + 7), start, -1):
            if _SYLLABLE.fullmatch(bare, start, end):
                ends[end].extend((*before, word[start:end]) for before in ends[start][:4])
    return ends[-1][:4] or [()]


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
    longest_first = sorted({form for form in forms if form}, key=lambda form: (-len(form), form))
    if not longest_first:
        return ()
    return tuple(match.span() for match in re.finditer("|".join(map(re.escape, longest_first)), text))


def shown_spans(context: Context, forms: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """The spans to highlight in a context: those it brings, else where the forms stand; in order, none overlapping."""
    spans = sorted(context.term_spans) or spans_in(context.text, forms)
    shown: list[tuple[int, int]] = []
    for start, end in spans:
        if 0 <= start < end <= len(context.text) and (not shown or start >= shown[-1][1]):
            shown.append((start, end))
    return tuple(shown)
