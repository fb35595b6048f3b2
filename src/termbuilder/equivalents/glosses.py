"""English that the text itself gives: 揭榜挂帅（open competition mechanism）, 即英文…, abbreviations, bilingual headings.

Where a gloss ends is plain: at its bracket. Where the Chinese before it begins is not, so the forms that the miner found say
it: the longest known form that ends at the bracket is what is glossed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from termbuilder.equivalents.keys import has_han, key_of
from termbuilder.model import Context, Passage, Proposal, Source

Locate = Callable[[Passage, int], Source]  # where `passage.text[index]` stands

RELIABILITY = 8  # the author's own English
_OF_ABBREVIATION = 7  # right, but a name in running English wants the full form first
_LONGEST_FORM = 40
_LONGEST_GLOSS = 160

_LATIN = r"[A-Za-z0-9À-ɏ]"
# （English：open competition mechanism，简称OCM）: what introduces the English, and what follows it
_LETTER = re.compile(_LATIN)
_BRACKET = re.compile(r"[（(]([^（）()]{2,160})[）)]")
_INTRODUCED = re.compile(
    r"[，,（(]?\s*(?:即英文|英文(?:全称|名称|名|译名|译为|缩写|简称)?(?:是|为|即)?|英语(?:是|为)?|英译(?:为|作)?|译作英文|English)\s*[:：]?\s*"
    rf"[“\"]?({_LATIN}[A-Za-z0-9À-ɏ ,.&/'’+-]{{1,158}}[A-Za-z0-9À-ɏ.])[”\"]?"
)
_LEAD_IN = re.compile(
    r"^(?:即|也称|又称|又名|英文(?:全称|名称|名|译名|缩写|简称)?(?:是|为|即)?|英语|英|简称|缩写(?:为|是)?|全称|English|Eng\.?)\s*[:：,，]?\s*",
    re.I,
)
_PART = re.compile(r"[,，;；]\s*(?=(?:简称|缩写|以下简称|下称|英文|abbr|[A-Z]{2,}))|[;；]|[,，]\s*(?=[A-Z]{2,8}s?$)")
_CLOSING = "”’》〉」』"
# Not English: numbers of standards and models (GB/T 1.1, ISO 9001, A320), single letters, addresses, Roman numerals
_CODE = re.compile(
    r"^(?:(?:GB|DB|JB|HJ|YY|QB|SJ|NY|ISO|IEC|EN|CNAS)[/ ]?[A-Z]{0,2}[\d /.—:-]*|[A-Za-z]{0,3}[-.]?\d[\d.\-:/%]*[A-Za-z]{0,3}|[A-Za-z]"
    r"|https?:.*|www\..*|.*@.*|[ivxIVX]+)$"
)
_UNIT = re.compile(r"^(?:km|kg|kW|MW|GW|kWh|mm|cm|nm|t|ha|pH|ppm|mg/L|μm|PM)(?:\b|[0-9/²³.]|CO2|ce\b)")


@dataclass(frozen=True, slots=True)
class _Gloss:
    """English at a place: the Chinese that it glosses ends at `end`; the gloss stands in `text[start:stop]`."""

    end: int
    english: str
    start: int
    stop: int


def find(passages: Iterable[Passage], forms: Mapping[str, str], locate: Locate) -> list[tuple[str, Proposal]]:
    """English glosses of known forms, in the order of the text.

    `forms` maps each form as it stands in passages to the key of its concept; `locate` tells where a character stands.
    Returns pairs of a key and what its gloss proposes.

    >>> here = Passage("通知.txt", 0, "推行揭榜挂帅（open competition mechanism）。", range(36))
    >>> found = find([here], {"揭榜挂帅": "揭榜挂帅", "挂帅": "挂帅"}, lambda passage, index: Source(passage.document, 1, index))
    >>> [(key, one.english, one.source) for key, one in found]
    [('揭榜挂帅', 'open competition mechanism', '通知.txt, line 1')]
    """
    keys = {key_of(form): key for form, key in forms.items() if len(form) <= _LONGEST_FORM}
    found = []
    for passage in passages:
        for gloss in _glosses(passage.text):
            key, start = _glossed(passage.text, gloss.end, keys)
            if key:
                where = locate(passage, gloss.start)
                span = (start, gloss.stop)
                evidence = Context(passage.text, locate(passage, 0), (span,))
                short = _is_abbreviation(gloss.english)
                trust = _OF_ABBREVIATION if short else RELIABILITY
                found.append((key, Proposal(gloss.english, "gloss", str(where), trust, evidence=evidence)))
    return found


def _glosses(text: str) -> Iterator[_Gloss]:
    for match in _BRACKET.finditer(text):
        for english in _renderings(match[1]):
            yield _Gloss(match.start(), english, *match.span())
    if not _LETTER.search(text):
        return
    for match in _INTRODUCED.finditer(text):
        if match.start() and text[match.start()] not in "（(":
            english = _tidy(match[1])
            if english and _is_english(english):
                yield _Gloss(match.start(), english, *match.span())
    yield from _in_heading(text)


def _in_heading(text: str) -> Iterator[_Gloss]:
    """A bilingual heading or list item: Chinese, then nothing but its English: 创新驱动 Innovation-Driven Development."""
    match = re.fullmatch(
        r"(?P<zh>[^A-Za-z]*?[\u3400-\u9fff][”》]?)\s*[:：|—-]{0,2}\s*(?P<en>[A-Za-z][^\u3400-\u9fff。；，]{3,158})", text
    )
    if match and match["en"].count(" ") >= 1 and _is_english(match["en"]):
        yield _Gloss(match.end("zh"), _tidy(match["en"]), match.start("en"), match.end("en"))


def _renderings(inside: str) -> Iterator[str]:
    """The English in a bracket: usually all of it, sometimes a full form and its abbreviation.

    >>> list(_renderings("英文全称China Association for Science and Technology，简称CAST"))
    ['China Association for Science and Technology', 'CAST']
    >>> list(_renderings("2021—2025年")), list(_renderings("含5G基站")), list(_renderings("km/h"))
    ([], [], [])
    """
    for part in _PART.split(inside):
        english = _tidy(_LEAD_IN.sub("", part or "", count=1))
        if english and _is_english(english):
            yield english


def _is_english(text: str) -> bool:
    letters = sum(character.isalpha() and character.isascii() for character in text)
    return (
        not has_han(text)
        and 2 <= len(text) <= _LONGEST_GLOSS
        and letters * 2 > len(text)
        and not _CODE.match(text)
        and not _UNIT.match(text)
    )


def _is_abbreviation(english: str) -> bool:
    return " " not in english and sum(character.isupper() for character in english) >= 2


def _tidy(english: str) -> str:
    folded = unicodedata.normalize("NFKC", english)
    return " ".join(folded.split()).strip(" ,;.:\"“”'‘’—")


def _glossed(text: str, end: int, keys: Mapping[str, str]) -> tuple[str, int]:
    """The key of the longest known form that ends at `end` (closing quotation marks aside), and where it starts."""
    while end and (text[end - 1] in _CLOSING or text[end - 1].isspace()):
        end -= 1
    for start in range(max(0, end - _LONGEST_FORM), end):
        key = keys.get(key_of(text[start:end]))
        if key is not None:
            return key, start
    return "", end
