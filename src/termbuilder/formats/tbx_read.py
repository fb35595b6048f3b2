"""Reads TBX of any kind: v2 (Basic, default, tig and ntig), v3 (Core, Min, Basic, Linguist; DCA and DCT), and what vendors make of it.

Elements are known by their local names and categories by their folded names, so a dialect needs no code of its own. A
category that our entries have no field for is kept as a named note (`[register] technicalRegister`) and written back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from termbuilder.errors import FormatError
from termbuilder.formats.exchange import LOAD_DEFAULTS, Loaded, LoadOptions, Problem, loaded
from termbuilder.formats.files import no_collections
from termbuilder.formats.languages import language_code
from termbuilder.formats.tbx_entry import Fact, RawLanguage, RawTerm, entry_from
from termbuilder.formats.tbx_names import CATEGORY_WORDS, LINK_WORDS, WRITTEN_AS, folded
from termbuilder.formats.text import unwrapped
from termbuilder.model import ConceptEntry

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANGUAGES = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
_GROUPS = frozenset(("descripGrp", "adminGrp", "termNoteGrp", "transacGrp"))
_PLAIN_FACTS = frozenset(("note", "termNote", "admin", "transac", "date"))
_PARTS = frozenset(("", "term", "termGrp", "termCompList", *_LANGUAGES, *_TERMS))
_ROOTS = ("tbx", "martif", "TBX")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def load(path: Path, options: LoadOptions = LOAD_DEFAULTS) -> Loaded:
    """Read every entry of a TBX file, one at a time; FormatError if it is no TBX, broken, or without any entry."""
    with no_collections():
        return _load(path, options)


def _load(path: Path, options: LoadOptions) -> Loaded:
    from lxml import etree

    entries: list[ConceptEntry] = []
    reader = _Reader(path.name, options)
    try:
        # nothing outside the file is ever fetched, and no entity is expanded
        events = etree.iterparse(
            str(path), tag=("{*}conceptEntry", "{*}termEntry"), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for _, element in events:
            if not reader.begun:
                reader.begin(element.getroottree().getroot())
            entry = reader.entry(element)
            if entry is not None:
                entries.append(entry)
            element.clear(keep_tail=False)
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
        if not reader.begun:
            reader.begin(events.root)
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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry stands; put into words only when there is something to say about it."""

    name: str
    id: str
    element: _Element

    def __str__(self) -> str:
        return f"{self.name}, entry {self.id or '(no id)'}, line {self.element.sourceline}"


class _Reader:
    """What is known about one file while it is read: its language, the ids seen, what was noticed."""

    def __init__(self, name: str, options: LoadOptions) -> None:
        self.name, self.options = name, options
        self.problems: list[Problem] = []
        self.begun = False
        self.default_lang = ""
        self.true_id: dict[str, str] = {}
        self.seen: set[str] = set()
        self.categories: dict[str, str] = {}
        self.locals = _LocalNames()
        self.codes: dict[str, str] = {}

    def begin(self, root: _Element) -> None:
        self.begun = True
        name = local_name(root)
        if name not in _ROOTS:
            raise FormatError(
                f"{self.name} is XML but no TBX: it begins with <{name}>, not with <tbx> or <martif>."
                + (" It looks like MultiTerm XML: import it as multitermxml." if name == "mtf" else "")
            )
        for line in root.iter("{*}p"):
            words = (line.text or "").split()
            if len(words) == 5 and WRITTEN_AS.format(words[1], words[4]).split() == words:
                self.codes[words[4]] = words[1]
        self.default_lang = root.get(_XML_LANG) or root.get("lang") or ""

    # --- one entry -----------------------------------------------------------------------------------------------

    def entry(self, element: _Element) -> ConceptEntry | None:
        number = element.get("id") or ""
        place = _Place(self.name, number, element)
        facts, parts = self._contents(element, self.default_lang)
        languages = [self._language(child, place) for name, child in parts if name in _LANGUAGES]
        entry, remarks = entry_from(number, facts, languages, self.options)
        self.problems.extend(Problem(str(place), remark) for remark in remarks)
        if entry is None:
            self.problems.append(Problem(str(place), "no term in it, so it was not read", refused=True))
            return None
        identifier = entry.id or number
        if identifier in self.seen:
            self.problems.append(
                Problem(str(place), "its id stands in the file already: read as an entry of its own without id")
            )
            identifier = ""
        if identifier:
            self.seen.add(identifier)
        if identifier != number and number:
            self.true_id[number] = identifier
        return entry if entry.id == identifier else replace(entry, id=identifier)

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

    def _language(self, element: _Element, place: _Place) -> RawLanguage:
        written = element.get(_XML_LANG) or element.get("lang") or ""
        code = self.codes.get(written)
        if code is None:
            code = self.codes[written] = language_code(written)
        if not code:
            self.problems.append(
                Problem(
                    str(place), f"a language section without a language code ({written or 'none'}): read as undetermined (und)"
                )
            )
            code = "und"
        facts, parts = self._contents(element, code)
        terms = [self._term(child) for name, child in parts if name in _TERMS]
        stray = [text_of(child) for name, child in parts if name == "term"]
        if stray:
            self.problems.append(
                Problem(str(place), f"the term {stray[0]} stands outside a term section: read as if it stood inside")
            )
            for number, term in enumerate(terms):
                if not term.text and stray:
                    terms[number] = RawTerm(stray.pop(0), term.facts)
            terms += [RawTerm(text, []) for text in stray]
        return RawLanguage(code, facts, terms)

    def _term(self, element: _Element) -> RawTerm:
        facts, parts = self._contents(element, "")
        text = ""
        for name, child in parts:
            if name == "term":
                text = text_of(child)
            elif name == "termGrp":  # ntig
                inside, within = self._contents(child, "")
                text = next((text_of(inner) for name, inner in within if name == "term"), text)
                facts = inside + facts
        return RawTerm(text, facts)

    # --- facts ---------------------------------------------------------------------------------------------------

    def _contents(self, element: _Element, lang: str) -> tuple[list[Fact], list[tuple[str, _Element]]]:
        """What the children of an element state, and those children that are terms or languages, by name.

        A group states its first fact, and the others tell about that.
        """
        facts: list[Fact] = []
        parts: list[tuple[str, _Element]] = []
        names, categories = self.locals, self.categories
        for child in element:
            name = names[child.tag]
            if name in _PARTS:
                parts.append((name, child))
                continue
            if name in _GROUPS:
                inner, _ = self._contents(child, lang)
                if inner:
                    first = inner[0]
                    facts.append(Fact(first.category, first.name, first.text, first.target, first.lang, tuple(inner[1:])))
                continue
            label = child.get("type") or name
            category = categories.get(label)
            if category is None:
                short = folded(label)
                found = CATEGORY_WORDS.get(short) or (f"link:{LINK_WORDS[short]}" if short in LINK_WORDS else label)
                category = categories[label] = found
            if name in _PLAIN_FACTS and len(child) == 0:  # nine in ten: nothing more to look for
                text = child.text or ""
                facts.append(Fact(category, label, unwrapped(text) if "\n" in text else text.strip(), "", lang))
            else:
                facts.append(Fact(category, label, text_of(child), child.get("target") or "", child.get(_XML_LANG) or lang))
        return facts, parts


class _LocalNames(dict[Any, str]):
    """The local name of each tag, worked out once; entities and the like have none."""

    def __missing__(self, tag: Any) -> str:
        name = self[tag] = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        return name


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
