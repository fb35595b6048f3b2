"""Chinese and English terms of a TBX file of either version, as little of it as a glossary look-up needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from termbuilder.errors import FormatError

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTRIES = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet")
_TERM_GROUPS = ("termSec", "tig", "ntig")
_DEPRECATED = ("deprecated", "superseded", "obsolete", "forbidden", "notrecommended")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class TbxTerm:
    """A term of a concept entry with what its administrative status says."""

    text: str
    deprecated: bool
    preferred: bool


@dataclass(frozen=True, slots=True)
class TbxEntry:
    """A concept entry: its id, its Chinese and its English terms."""

    id: str
    chinese: tuple[TbxTerm, ...]
    english: tuple[TbxTerm, ...]
    subject_field: str = ""
    note: str = ""


def entries(path: Path) -> Iterator[TbxEntry]:
    """The concept entries of a TBX file, one at a time; FormatError if it is damaged or no TBX."""
    from lxml import etree

    found = False
    try:
        events = etree.iterparse(
            str(path), events=("end",), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for _, element in events:
            if _local(element) in _ENTRIES:
                found = True
                yield _entry(element)
                element.clear(keep_tail=False)
    except etree.XMLSyntaxError as error:
        raise FormatError(f"{path.name} is no well-formed XML ({error.msg}). Export it again, then try again.") from error
    except OSError as error:
        raise FormatError(f"{path} cannot be read ({error}). Check the name and try again.") from error
    if not found:
        raise FormatError(f"{path.name} holds no concept entry. Is it a TBX file?")


def _entry(element: _Element) -> TbxEntry:
    terms: dict[str, list[TbxTerm]] = {"zh": [], "en": []}
    for section in element:
        if _local(section) in _LANGUAGES:
            lang = (section.get(_XML_LANG) or section.get("lang") or "").replace("_", "-").split("-")[0].lower()
            if lang in terms:
                terms[lang] += [_term(group) for group in section.iter() if _local(group) in _TERM_GROUPS]
    return TbxEntry(
        id=element.get("id") or "",
        chinese=tuple(term for term in terms["zh"] if term.text),
        english=tuple(term for term in terms["en"] if term.text),
        subject_field=_fact(element, "subjectField"),
        note=next((_text(child) for child in element if _local(child) == "note"), ""),
    )


def _term(group: _Element) -> TbxTerm:
    text = next((_text(child) for child in group.iter() if _local(child) == "term"), "")
    status = (_fact(group, "administrativeStatus") or _fact(group, "normativeAuthorization")).lower().replace(" ", "")
    return TbxTerm(text, any(word in status for word in _DEPRECATED), "preferred" in status)


def _fact(element: _Element, kind: str) -> str:
    """A category given DCA style (type="subjectField") or DCT style (<min:subjectField>)."""
    for child in element.iter():
        if child.get("type") == kind or _local(child) == kind:
            return _text(child)
    return ""


def _text(element: _Element) -> str:
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
