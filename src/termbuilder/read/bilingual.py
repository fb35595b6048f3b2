"""Bilingual files of CAT tools: TMX, XLIFF 1.2 (also SDLXLIFF, MQXLIFF) and XLIFF 2.

The Chinese side becomes the text, one segment a line; the other side is kept beside it in `Document.pairs`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any

from termbuilder.errors import InputRefused
from termbuilder.model import Document, SegmentPair
from termbuilder.read.bounds import MOST_TAGS
from termbuilder.read.building import TextBuilder, names
from termbuilder.read.xml import attribute, declares_entities, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNIT = re.compile(rb"<(?:\w+:)?(?:tu|trans-unit|unit)[\s>]")
_MOST_TAGS_OF_A_UNIT = 500
# Inline elements whose content is code of the original file (only a <sub> in them is text).
_CODE = names("bpt ept ph it ut x bx ex sc ec sm em cp")


def read(name: str, data: bytes, encoding: str = "") -> Document:
    """Read all units; a file damaged in one place is read as far as it goes, with a warning.

    Raises InputRefused for what is no TMX or XLIFF file.

    >>> tmx = '''<tmx version="1.4"><header srclang="zh-CN"/><body><tu tuid="7"><tuv xml:lang="zh-CN"><seg>揭榜<ph>{b}</ph>挂帅</seg></tuv>
    ... <tuv xml:lang="en"><seg>open competition</seg></tuv></tu></body></tmx>'''
    >>> read("a.tmx", tmx.encode()).pairs
    (SegmentPair(source='揭榜挂帅', target='open competition', unit='7'),)
    """
    from lxml import etree

    if data.count(b"<") > MOST_TAGS and _units(data) * _MOST_TAGS_OF_A_UNIT < data.count(b"<"):
        raise InputRefused(f"{name} is not a TMX or XLIFF file, whatever its name says: it holds hardly any units.")
    events = _events(io.BytesIO(data), declares_entities(data))
    text = TextBuilder()
    found = []
    kind = ""
    try:
        for unit, chinese, other in _segments(events):
            kind = unit
            if chinese.strip():
                text.line(chinese, "unit", unit)
                if other.strip():
                    found.append(SegmentPair(chinese, other, unit))
    except etree.XMLSyntaxError:
        pass  # told below
    if not kind:
        raise InputRefused(_NO_UNITS.format(name=name))
    warnings = _damage(name, events)
    suffix = name.lower().rpartition(".")[2]
    format = suffix if suffix in ("tmx", "sdlxliff", "mqxliff") else "xliff"
    return text.document(name, format, pairs=tuple(found), warnings=warnings)


def pairs(name: str, file: IO[bytes], warn: Callable[[str], None] = lambda message: None) -> Iterator[SegmentPair]:
    """The pairs of a memory of any size, one after another: nothing of what was given is kept.

    Raises InputRefused for what is no TMX or XLIFF file or holds no unit; `warn` is told of a file that is damaged in one place.

    >>> unit = '<trans-unit id="7"><source>揭榜挂帅</source><target>open competition</target></trans-unit>'
    >>> xliff = f'<xliff version="1.2"><file source-language="zh-CN" target-language="en">{unit}</file></xliff>'
    >>> list(pairs("a.xlf", io.BytesIO(xliff.encode())))
    [SegmentPair(source='揭榜挂帅', target='open competition', unit='7')]
    """
    from lxml import etree

    head = file.read(_HEAD)
    if not _ROOT.search(head.replace(b"\0", b"")):
        raise InputRefused(_NO_UNITS.format(name=name))
    file.seek(0)
    events = _events(file, declares_entities(head))
    some = False
    try:
        for unit, chinese, other in _segments(events):
            some = True
            if chinese.strip() and other.strip():
                yield SegmentPair(chinese, other, unit)
    except etree.XMLSyntaxError:
        pass  # told below
    if not some:
        raise InputRefused(_NO_UNITS.format(name=name))
    for warning in _damage(name, events):
        warn(warning)


_HEAD = 1 << 16  # bytes in which the root element must begin, and entities would be declared
_ROOT = re.compile(rb"<(?:\w+:)?(?:tmx|xliff)[\s>]")
_NO_UNITS = "{name} is not a TMX or XLIFF file, or it holds no units. Export it again from your CAT tool."


def _events(file: IO[bytes], entities: bool) -> Any:
    from lxml import etree

    return etree.iterparse(
        file,
        events=("start", "end"),
        tag=("{*}tu", "{*}file", "{*}xliff", "{*}tmx", "{*}trans-unit", "{*}unit"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        recover=True,
        # Studio packs the original file into its XLIFF as one huge text; entities could only explode without this check.
        huge_tree=not entities,
    )


def _damage(name: str, events: Any) -> tuple[str, ...]:
    """One sentence about the first place where the XML is damaged, if it is."""
    first = next((error for error in events.error_log if error.level_name in ("ERROR", "FATAL")), None)
    if first is None:
        return ()
    return (f"{name}, line {first.line}: not well-formed XML; what could be read was read. Export it again.",)


def _units(data: bytes) -> int:
    return len(_UNIT.findall(data.replace(b"\0", b"")))  # a file in UTF-16 has a NUL in every tag character


def _segments(events: Iterator[tuple[str, _Element]]) -> Iterator[tuple[str, str, str]]:
    """(unit, Chinese, other language) of each segment, in order."""
    number = 0
    swapped = False
    for event, element in events:
        tag = local(element.tag)
        if event == "start":
            if tag in ("file", "xliff"):
                source = attribute(element, "source-language") or attribute(element, "srcLang")
                target = attribute(element, "target-language") or attribute(element, "trgLang")
                if source:
                    swapped = not _is_chinese(source) and _is_chinese(target)
            continue
        if tag in ("file", "xliff", "tmx"):
            continue
        number += 1
        if tag == "tu":
            yield _of_memory(element, number)
        else:
            for unit, source, target in _of_xliff(element, number):
                yield (unit, target, source) if swapped else (unit, source, target)
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _of_memory(unit: _Element, number: int) -> tuple[str, str, str]:
    chinese = other = ""
    for variant in unit:
        if local(variant.tag) != "tuv":
            continue
        lang = attribute(variant, "lang").lower()
        segment = next((child for child in variant if local(child.tag) == "seg"), None)
        if _is_chinese(lang):
            chinese = chinese or _text(segment)
        elif lang.startswith("en") or not other:
            other = _text(segment)
    return unit.get("tuid") or str(number), chinese, other


def _of_xliff(unit: _Element, number: int) -> Iterator[tuple[str, str, str]]:
    ident = unit.get("id") or str(number)
    if local(unit.tag) == "unit":  # XLIFF 2: segments are children
        segments = list(unit.iter("{*}segment"))
        for child in segments:
            source, target = child.find("{*}source"), child.find("{*}target")
            label = f"{ident}/{child.get('id')}" if len(segments) > 1 and child.get("id") else ident
            yield label, _text(source), _text(target)
        return
    source, target = unit.find("{*}seg-source"), unit.find("{*}target")
    if source is None:
        source = unit.find("{*}source")
    marked = _marked(source)
    if marked:
        targets = dict(_marked(target))
        for mid, segment in marked:  # Studio and memoQ number the segments of the whole file so
            yield mid or ident, segment, targets.get(mid, "")
    else:
        yield ident, _text(source), _text(target)


def _marked(element: _Element | None) -> list[tuple[str, str]]:
    """Number and text of the segments that are marked inside a source or target."""
    if element is None:
        return []
    return [(mark.get("mid", ""), _text(mark)) for mark in element.iter("{*}mrk") if mark.get("mtype") == "seg"]


def _text(element: _Element | None) -> str:
    """The text of a segment without the codes of the original file."""
    if element is None:
        return ""
    if not len(element):
        return element.text or ""
    pieces = [element.text or ""]
    stack: list[_Element | str] = list(reversed(element))
    while stack:
        child = stack.pop()
        if isinstance(child, str):
            pieces.append(child)
            continue
        stack.append(child.tail or "")
        tag = local(child.tag)
        if tag in _CODE:
            stack.extend(reversed(list(child.iterchildren("{*}sub"))))
        elif tag:
            pieces.append(child.text or "")
            stack.extend(reversed(child))
    return "".join(pieces)


def _is_chinese(lang: str) -> bool:
    return lang.lower().replace("_", "-").split("-")[0] in ("zh", "zho", "chi", "cmn", "cn")
