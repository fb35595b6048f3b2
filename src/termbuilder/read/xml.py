"""XML that comes from strangers: no entity is expanded, no address opened, no depth or size without limit."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from termbuilder.errors import InputRefused
from termbuilder.read.bounds import check_markup

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse(name: str, data: bytes, part: str = "") -> _Element:
    """The root element of an XML file, or of the part `part` of a container.

    Raises InputRefused if it is not well-formed, nested too deeply (libxml2 stops at 256), or built to explode.
    """
    from lxml import etree

    check_markup(name, data, part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:  # ValueError: an encoding that does not exist
        where = f" in its part {part}" if part else ""
        raise InputRefused(f"{name} is damaged{where}: {_reason(error)}. Save or send it again.") from error
    if root is None:
        raise InputRefused(f"{name} is damaged: there is nothing in {part or 'it'}. Save or send it again.")
    return root


def declares_entities(data: bytes) -> bool:
    """Does the file declare entities of its own, as those do that are built to explode?"""
    return any("<!ENTITY".encode(codec) in data for codec in ("ascii", "utf-16-le", "utf-16-be"))


@lru_cache(maxsize=2048)
def local(tag: object) -> str:
    """The name of an element without its namespace; empty for what is no element (an unexpanded entity).

    >>> local("{http://example.org/w}p")
    'p'
    """
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str:
    """The value of the attribute called `name` in any namespace, or an empty string."""
    value = element.get(name)
    if value is not None:
        return str(value)
    return next((str(found) for key, found in element.attrib.items() if local(key) == name), "")


def _reason(error: Exception) -> str:
    text = str(error).split(", line ")[0].strip()
    return text[0].lower() + text[1:160] if text else "it is not well-formed XML"
