"""Who made a document and how it was published: web page furniture, mastheads, staff lists, credits, author blocks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from termbuilder.clean.cues import DATE
from termbuilder.clean.lines import Line

_DATE = re.compile(DATE)
_PARTS = re.compile(r"[\s|｜·/【】\[\]]+")
_BREADCRUMB = re.compile(r"[^\s>。，]{2,12}(?:\s*[>›»]+\s*[^\s>。，]{2,30}){2,}")
_LEGAL = re.compile(r"^(?:版权所有|Copyright|©)|ICP备|公网安备|网站标识码", re.IGNORECASE)
_ISSUED = re.compile(rf"\S{{2,25}}(?:办公室|办公厅|综合处|秘书处)\s*{DATE}印发")
_FRAME = re.compile(r"[\s()（）\[\]【】<>]+")
_DID = re.compile("[摄图文]")
_WIDEST_LABELLED = 60
_WIDEST_CREDIT = 20
_HAN = "\u3400-\u9fff"
_ISSUE = re.compile(
    r"(?:\d{4}\s*年\s*)?第\s*\d+\s*期|总\s*第?\s*\d+\s*期|(?:内部资料|准印证).{0,30}|[^\s，。（）]{2,20}(?:局|厅|部|委|办|会|院|所|中心|公司|政府|大学)(?:主办|主管|编印)"
)
_JUMP = re.compile(r"[■▲●◆►\s]*[（(]?\s*(?:下转|上接|紧接|转)\s*第?\s*[\dA-Z一二三四五六七八九十]+\s*[页版]\s*[）)]?")
_CREDIT = re.compile(r"[（(]?(?:.{0,24}\s)?[^\s，。]{0,8}(?:供图|摄影报道|资料图片?)[）)]?")
# 林一帆 摄, 文/林一帆, 李知行/图: with a name only, for 技术路线图 and 航空摄影 are terms
_BY = re.compile(
    r"[（(]?(?:.{0,24}\s)?(?:(?:文|图|摄影)\s?/\s?(?P<after>\S{2,4})|(?P<before>\S{2,4}?)\s?(?:摄影?|[/\s]\s?(?:制图|图|文)))[）)]?"
)
_ADDRESS_LINE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|<https?://\S+>")
_POSTCODE = re.compile(r"(?<![\d.])[1-8]\d{5}(?![\d元万亿户人件个吨米.])")
_INSTITUTION = re.compile("大学|学院|研究院|研究所|科学院|公司|中心|委员会|图书馆|党校|实验室|智库|局(?!部)|部(?![分门署])")
_ORGANISATION = re.compile(
    f"[{_HAN}（）()·]{{3,24}}(?:局|厅|部|委|办|会|院|所|中心|公司|集团|大学|学校|政府|处|署|社|馆|协会|学会|联盟)"
)
_STOP = re.compile("[。；！？]")
# Brackets and stops alone on their line belong to a sentence.
_ORNAMENT = re.compile(r"(?![（）《》【】“”‘’，。、；：！？])[\W_]+")


def web_chrome(lines: Sequence[Line], labelled: re.Pattern[str], buttons: Collection[str]) -> list[int]:
    """Numbers of the lines that a web page or a record prints around a text: 发布日期：…, 浏览次数：…, share bars, jump lines, credits."""
    found = []
    for line in lines:
        text = line.text
        bare = _FRAME.sub("", text)
        if (
            (line.width <= _WIDEST_LABELLED and labelled.match(text) and not _STOP.search(text[:-1]))
            or bare in buttons
            or (line.width <= _WIDEST_LABELLED and all(part in buttons for part in _PARTS.split(text) if part))
            or _BREADCRUMB.fullmatch(text)
            or (line.width <= _WIDEST_LABELLED and _LEGAL.search(text) and not _STOP.search(text))
            or _ISSUED.fullmatch(text)
            or _JUMP.fullmatch(text)
            or _DATE.fullmatch(text)
            or _ADDRESS_LINE.fullmatch(text)
            or (line.width <= _WIDEST_CREDIT and _CREDIT.fullmatch(text))
            or _ORNAMENT.fullmatch(text)
        ):
            found.append(line.number)
    return found


def masthead(lines: Sequence[Line], labelled: re.Pattern[str]) -> list[int]:
    """Numbers of the lines of an imprint: 主办单位 and the bodies listed under it, address, print run, issue number."""
    found: list[int] = []
    under = False
    for line in lines:
        text = line.text
        if labelled.match(text) and line.width <= _WIDEST_LABELLED and not _STOP.search(text):
            found.append(line.number)
            under = text.rstrip()[-1] in ":："
        elif _ISSUE.fullmatch(text):
            found.append(line.number)
            under = False
        elif under and _ORGANISATION.fullmatch(text):
            found.append(line.number)
        else:
            under = False
    return found


def staff(lines: Sequence[Line], titled: re.Pattern[str], surnames: frozenset[str]) -> list[int]:
    """Numbers of the lines of staff lists, bylines and lists of names."""
    found: list[int] = []
    for line in lines:
        text = line.text
        near = bool(found) and line.number - found[-1] <= 1
        if line.width > 45 or _STOP.search(text) or "，" in text:
            continue
        start = titled.match(text)
        if start:
            rest = text[start.end() :].strip("）) 　")
            first = re.split(r"[\s　、]+", rest)[0] if rest else ""
            if not rest or "为序" in rest or _names(rest, surnames) or _name(first, surnames):
                found.append(line.number)
            continue
        bare = text.strip("■●▲（）() 　")
        count = _names(bare, surnames)
        listed = count >= 3 or (count and (near or text[0] in "（(■●▲")) or "姓氏笔画" in text
        if listed or (line.width <= _WIDEST_CREDIT and _credited(text, surnames)):
            found.append(line.number)
    return found


def _credited(text: str, surnames: frozenset[str]) -> bool:
    """林一帆 摄, 图/林一帆: a name with what the person did."""
    by = _BY.fullmatch(text) if _DID.search(text) else None
    return by is not None and _name(by["after"] or by["before"], surnames)


def _names(text: str, surnames: frozenset[str]) -> int:
    """How many personal names `text` consists of; 0 if it holds anything else.

    >>> _names("陈易平 陆 华", frozenset("陈陆")), _names("陈述 意见", frozenset("陈陆"))
    (2, 0)
    """
    joined = re.sub(rf"(?<![{_HAN}])([{_HAN}])[\s　]+([{_HAN}])(?![{_HAN}])", r"\1\2", text)
    parts = [part for part in re.split(r"[\s　、,，/*\\\d¹²³⁴]+", joined) if part]
    return len(parts) if parts and all(_name(part, surnames) for part in parts) else 0


def _name(word: str, surnames: frozenset[str]) -> bool:
    if not re.fullmatch(f"[{_HAN}·]{{2,4}}", word):
        return False
    return (word[0] in surnames and len(word) <= 3) or (word[:2] in surnames and len(word) >= 3)


def author_block(lines: Sequence[Line], surnames: frozenset[str]) -> list[int]:
    """Numbers of the lines that name the authors of a paper: affiliations with a postcode, and the names right above them."""
    found: list[int] = []
    for line in lines:
        text = line.text
        if line.width > 90 or _STOP.search(text) or not _POSTCODE.search(text) or not _INSTITUTION.search(text):
            continue
        found.append(line.number)
        above = line.number - 1
        if above >= 0 and above not in found:
            marked = re.search(r"[\d¹²³⁴*’]", lines[above].text) is not None
            if lines[above].width <= 30 and marked and lines[above].text[0] in surnames and "，" not in lines[above].text:
                found.append(above)
    # A second affiliation that was printed as a heading follows the first.
    for number in list(found):
        below = number + 1
        if (
            below < len(lines)
            and below not in found
            and re.match(r"\d[\u3400-\u9fff]", lines[below].text)
            and _POSTCODE.search(lines[below].text)
        ):
            found.append(below)
    return sorted(found)
