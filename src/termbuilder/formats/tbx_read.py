"""Reads TBX of any kind: v2 (Basic, default, tig and ntig), v3 (Core, Min, Basic, Linguist; DCA and DCT), and what vendors make of it.

Elements are known by their local names and categories by their folded names, so a dialect needs no code of its own. A
category that our entries have no field for is kept as a named note (`[register] technicalRegister`) and written back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from termbuilder.errors import FormatError
from termbuilder.formats.exchange import LOAD_DEFAULTS, Loaded, LoadOptions, Problem, loaded
from termbuilder.formats.languages import language_code
from termbuilder.formats.tbx_entry import Fact, RawLanguage, RawTerm, entry_from
from termbuilder.formats.tbx_names import CATEGORY_WORDS, LINK_WORDS, folded
from termbuilder.formats.text import unwrapped
from termbuilder.model import ConceptEntry

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTRIES = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
_GROUPS = ("descripGrp", "adminGrp", "termNoteGrp", "transacGrp", "termGrp")
_ROOTS = ("tbx", "martif", "TBX")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def load(path: Path, options: LoadOptions = LOAD_DEFAULTS) -> Loaded:
    """Read every entry of a TBX file, one at a time; FormatError if it is no TBX, broken, or without any entry."""
    from lxml import etree

    entries: list[ConceptEntry] = []
    reader = _Reader(path.name, options)
    try:
        # nothing outside the file is ever fetched, and no entity is expanded
        events = etree.iterparse(
            str(path), events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        depth = 0
        for event, element in events:
            name = local_name(element)
            if event == "start":
                depth += 1
                if depth == 1:
                    reader.begin(element)
                continue
            depth -= 1
            if name in _ENTRIES:
                entry = reader.entry(element)
                if entry is not None:
                    entries.append(entry)
                element.clear(keep_tail=False)
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
    except etree.XMLSyntaxError as error:
        raise FormatError(
            f"{path.name} is no well-formed XML ({error.msg}). Export it again from the program it comes from."
        ) from error
    except OSError as error:
        raise FormatError(f"{path} cannot be read ({error.strerror or error}). Check the name and try again.") from error
    return loaded(path, reader.with_true_ids(entries), reader.problems)


def local_name(element: _Element) -> str:
    """The name of an element without its namespace; nothing for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class _Reader:
    """What is known about one file while it is read: its language, the ids seen, what was noticed."""

    def __init__(self, name: str, options: LoadOptions) -> None:
        self.name, self.options = name, options
        self.problems: list[Problem] = []
        self.default_lang = ""
        self.true_id: dict[str, str] = {}
        self.seen: set[str] = set()
        self.categories: dict[str, str] = {}

    def begin(self, root: _Element) -> None:
        name = local_name(root)
        if name not in _ROOTS:
            raise FormatError(
                f"{self.name} is XML but no TBX: it begins with <{name}>, not with <tbx> or <martif>."
                + (" It looks like MultiTerm XML: import it as multitermxml." if name == "mtf" else "")
            )
        self.default_lang = root.get(_XML_LANG) or root.get("lang") or ""

    # --- one entry -----------------------------------------------------------------------------------------------

    def entry(self, element: _Element) -> ConceptEntry | None:
        number = element.get("id") or ""
        place = f"{self.name}, entry {number or '(no id)'}, line {element.sourceline}"
        facts, languages = self._contents(element, self.default_lang), []
        for child in element:
            if local_name(child) in _LANGUAGES:
                languages.append(self._language(child, place))
        entry, remarks = entry_from(facts, languages, self.options)
        self.problems.extend(Problem(place, remark) for remark in remarks)
        if entry is None:
            self.problems.append(Problem(place, "no term in it, so it was not read", refused=True))
            return None
        identifier = entry.id or number
        if identifier in self.seen:
            self.problems.append(Problem(place, "its id stands in the file already: read as an entry of its own without id"))
            identifier = ""
        if identifier:
            self.seen.add(identifier)
        if identifier != number and number:
            self.true_id[number] = identifier
        return replace(entry, id=identifier)

    def with_true_ids(self, entries: list[ConceptEntry]) -> list[ConceptEntry]:
        """Ids that XML could not hold, restored in the links."""
        if not any(self.true_id.values()):
            return entries
        return [
            replace(
                entry, links=tuple(replace(link, target=self.true_id.get(link.target) or link.target) for link in entry.links)
            )
            for entry in entries
        ]

    def _language(self, element: _Element, place: str) -> RawLanguage:
        written = element.get(_XML_LANG) or element.get("lang") or ""
        code = language_code(written)
        if not code:
            self.problems.append(
                Problem(place, f"a language section without a language code ({written or 'none'}): read as undetermined (und)")
            )
            code = "und"
        terms = [self._term(child) for child in element if local_name(child) in _TERMS]
        stray = [text_of(child) for child in element if local_name(child) == "term"]
        if stray:
            self.problems.append(
                Problem(place, f"the term {stray[0]} stands outside a term section: read as if it stood inside")
            )
            for number, term in enumerate(terms):
                if not term.text and stray:
                    terms[number] = RawTerm(stray.pop(0), term.facts)
            terms += [RawTerm(text, []) for text in stray]
        return RawLanguage(code, self._contents(element, code), terms)

    def _term(self, element: _Element) -> RawTerm:
        text, facts = "", self._contents(element, "")
        for child in element:
            name = local_name(child)
            if name == "term":
                text = text_of(child)
            elif name == "termGrp":  # ntig
                text = next((text_of(inner) for inner in child if local_name(inner) == "term"), text)
                facts = self._contents(child, "") + facts
        return RawTerm(text, facts)

    # --- facts ---------------------------------------------------------------------------------------------------

    def _contents(self, element: _Element, lang: str) -> list[Fact]:
        return [fact for child in element for fact in self._fact(child, lang)]

    def _fact(self, element: _Element, lang: str) -> Iterator[Fact]:
        name = local_name(element)
        if name in ("", "term", "termGrp") or name in _LANGUAGES or name in _TERMS:
            return
        if name.endswith("Grp"):
            inner = self._contents(element, lang)
            if inner:
                # the group is about its first fact: a definition, a context, a transaction; the others tell about that
                yield inner[0]._replace(inner=tuple(inner[1:]))
            return
        label = element.get("type") or ("note" if name == "note" else name)
        category = self.categories.get(label)
        if category is None:
            short = folded(label)
            category = self.categories[label] = CATEGORY_WORDS.get(short) or (
                "link:" + LINK_WORDS[short] if short in LINK_WORDS else label
            )
        yield Fact(category, label, text_of(element), element.get("target") or "", element.get(_XML_LANG) or lang)


_CODES = ("bpt", "ept", "ph", "it", "sc", "ec")  # inline codes of a translation tool, not text


def text_of(element: _Element) -> str:
    """The text of an element with its inner markup, without inline codes and without the indentation of the file."""
    if len(element) == 0:
        return unwrapped(element.text or "")
    parts = [element.text or ""]
    for child in element:
        if local_name(child) not in _CODES and isinstance(child.tag, str):
            parts.append(_text_inside(child))
        parts.append(child.tail or "")
    return unwrapped("".join(parts))


def _text_inside(element: _Element) -> str:
    return "".join(text for text in element.itertext() if isinstance(text, str))
