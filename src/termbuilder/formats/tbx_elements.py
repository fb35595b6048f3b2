"""An entry as the elements of a TBX file, in any of the dialects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import quoteattr

from termbuilder.formats import notes
from termbuilder.formats.select import main_term, recorded_status, shown_status
from termbuilder.formats.tbx_names import (
    CATEGORIES,
    KEPT,
    STATUS_SUFFIX,
    Dialect,
)
from termbuilder.formats.text import han_count, one_line, plain, reading_text, source_text, syllables_of
from termbuilder.model import ConceptEntry, Definition, LangSec, Source, TermSec

_WITH_TARGET = re.compile(r"(.*) <(https?://[^<>\s]+)>", re.DOTALL)
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def xml_lang(code: str) -> str:
    """A language code as xml:lang takes it.

    >>> xml_lang("zh_CN")
    'zh-CN'
    """
    code = code.replace("_", "-")
    return code if _LANGUAGE_CODE.fullmatch(code) else "und"


_LANGUAGE_CODE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_IN_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def as_text(text: str) -> str:
    """A text as XML takes it between two tags.

    >>> as_text("R&D <研发>")
    'R&amp;D &lt;研发&gt;'
    """
    return _escaped(plain(text))


def _escaped(text: str) -> str:
    return text.translate(_IN_XML) if "&" in text or "<" in text or ">" in text else text


class Elements:
    """Turns entries into lines of XML for one dialect; keeps nothing between entries."""

    def __init__(self, dialect: Dialect, ids: Mapping[str, str], all_notes: bool) -> None:
        """`ids`: what each entry is called in the file; `all_notes`: keep what TBX has no element for in notes."""
        self.dialect = dialect
        self.ids = ids
        self.all_notes = all_notes

    def _category(self, name: str, text: str, target: str = "") -> str:
        element, module = CATEGORIES[name]
        return self._element(element, module, name, text, target)

    def _element(self, element: str, module: str, name: str, text: str, target: str) -> str:
        aim = f" target={quoteattr(target)}" if target else ""
        if self.dialect.tags:
            return f"<{module}:{name}{aim}>{as_text(text)}</{module}:{name}>"
        return f'<{element} type="{name}"{aim}>{as_text(text)}</{element}>'

    def _kept(self, level: str, named: Iterable[tuple[str, str]]) -> tuple[list[str], list[str], list[tuple[str, str]]]:
        """Facts named by others: as term notes, as other elements of this dialect, and those that can only be notes."""
        term_notes: list[str] = []
        elements: list[str] = []
        rest: list[tuple[str, str]] = []
        for name, value in named:
            spec = KEPT.get(name)
            target = ""
            if spec and spec.element == "xref":
                match = _WITH_TARGET.fullmatch(value)
                value_text, target = (match[1], match[2]) if match else ("", "")
            else:
                value_text = value
            fits = (
                spec
                and level in (spec.levels_v2 if self.dialect.root == "martif" else spec.levels)
                and (spec.module != "ling" or self.dialect.reading)
                and (not spec.values or value in spec.values or (name == "termLocation" and self.dialect.root == "martif"))
                and (spec.element != "xref" or target)
            )
            if not spec or not fits:
                rest.append((name, value))
                continue
            line = self._element(spec.element, spec.module, name, value_text, target)
            (term_notes if spec.element == "termNote" else elements).append(line)
        return term_notes, elements, rest

    def entry(self, entry: ConceptEntry) -> Iterator[str]:
        """The lines of one concept entry."""
        tag, pad = self.dialect.entry, "        "
        yield f"      <{tag} id={quoteattr(self.ids[entry.id])}>"
        if plain(entry.subject_field):
            yield pad + self._category("subjectField", entry.subject_field)
        # definitions of a language that has no term here: the language says whose they are
        bare = [section for section in entry.lang_secs if not section.term_secs]
        for section in bare:
            for definition in section.definitions:
                yield from self._definition(definition, pad, section.lang)
        _, elements, rest = self._kept("c", entry.extra)
        for note in self._entry_notes(entry, bare, rest):
            yield f"{pad}<note>{as_text(note)}</note>"
        yield from (pad + line for line in elements)
        yield from (pad + line for line in self._transactions(entry))
        for link in entry.links:
            if link.target in self.ids:
                yield pad + self._category("crossReference", _link_text(link.kind, link.term, link.rule), self.ids[link.target])
        for section in entry.lang_secs:
            if section.term_secs:
                yield from self._language(entry, section)
        yield f"      </{tag}>"

    def _entry_notes(self, entry: ConceptEntry, bare: Sequence[LangSec], named: Sequence[tuple[str, str]]) -> Iterator[str]:
        if self.ids[entry.id] != entry.id and entry.id:
            yield notes.own("id", entry.id)
        yield notes.own("status", entry.status)
        if self.all_notes:
            if entry.category:
                yield notes.own("category", entry.category)
            if entry.frequency or entry.document_frequency:
                yield notes.counted("frequency", entry.frequency, "documents", entry.document_frequency)
            for link in entry.links:
                if link.target not in self.ids:  # not in this file: a cross-reference would dangle
                    yield notes.own(
                        link.kind if link.kind in notes.OURS else "link", f"{_tail(link.term, link.rule)} -> {link.target}"
                    )
            yield from (notes.named(name, plain(value)) for name, value in named)
            for section in bare:
                if section.note:
                    yield notes.named(f"note {section.lang}", section.note)
        if entry.note:
            yield notes.free(plain(entry.note))

    def _transactions(self, entry: ConceptEntry) -> Iterator[str]:
        for transaction in entry.transactions:
            kind = "origination" if transaction.kind == "origination" else "modification"
            parts = ["<transacGrp>" + self._category("transactionType", kind)]
            if transaction.who:
                parts.append(self._category("responsibility", transaction.who))
            day = _DAY.match(transaction.when)
            if day:
                parts.append(f"<date>{day[0]}</date>")
            if transaction.what and self.dialect.groups_hold_notes:
                parts.append(f"<note>{as_text(transaction.what)}</note>")
            yield "".join(parts) + "</transacGrp>"

    def _definition(self, definition: Definition, pad: str, lang: str = "") -> Iterator[str]:
        if not plain(definition.text):
            return
        kind = "" if definition.kind == "human" else f"[{definition.kind}]"
        source = " ".join(part for part in (source_text(definition.source), kind) if part)
        text = self._category("definition", definition.text)
        if lang:
            text = text.replace(">", f" xml:lang={quoteattr(xml_lang(lang))}>", 1)
        yield f"{pad}<descripGrp>"
        yield f"{pad}  {text}"
        if source:
            yield f"{pad}  {self._category('source', source)}"
        yield f"{pad}</descripGrp>"

    def _language(self, entry: ConceptEntry, section: LangSec) -> Iterator[str]:
        tag, pad = self.dialect.lang, "          "
        yield f"        <{tag} xml:lang={quoteattr(xml_lang(section.lang))}>"
        for definition in section.definitions:
            yield from self._definition(definition, pad)
        if section.note:
            yield f"{pad}<note>{as_text(section.note)}</note>"
        for sec in section.term_secs:
            yield from self._term(entry, section, sec)
        yield f"        </{tag}>"

    def _term(self, entry: ConceptEntry, section: LangSec, sec: TermSec) -> Iterator[str]:
        tag, pad = self.dialect.term, "            "
        term = one_line(sec.term)
        yield f"          <{tag}>"
        yield f"{pad}<term>{_escaped(term)}</term>"
        if sec.part_of_speech:
            known = sec.part_of_speech in self.dialect.parts_of_speech
            yield pad + self._category("partOfSpeech", sec.part_of_speech if known else "other")
        if sec.term_type != "fullForm" or len(section.term_secs) > 1:
            yield pad + self._category("termType", sec.term_type)
        yield pad + self._category("administrativeStatus", shown_status(entry, section, sec) + STATUS_SUFFIX)
        if sec.geographical_usage:
            yield pad + self._category("geographicalUsage", sec.geographical_usage)
        free, named = notes.tail_apart(plain(sec.note))
        term_notes, elements, rest = self._kept("t", named)
        yield from (pad + line for line in term_notes)
        for context in sec.contexts:
            if not plain(context.text):
                continue
            yield f"{pad}<descripGrp>"
            yield f"{pad}  {self._category('context', context.text)}"
            if context.source != Source(""):
                yield f"{pad}  {self._category('source', source_text(context.source))}"
            yield f"{pad}</descripGrp>"
        for source in sec.sources:
            yield pad + self._category("source", source)
        if self.dialect.reading and sec.reading:
            reading = self._category("reading", sec.reading.text)
            doubt = self._category("readingNote", "uncertain") if sec.reading.uncertain else ""
            yield f"{pad}<adminGrp>{reading}{doubt}</adminGrp>" if doubt else pad + reading
        yield from (pad + line for line in elements)
        for note in self._term_notes(entry, section, sec, free, rest):
            yield f"{pad}<note>{as_text(note)}</note>"
        yield f"          </{tag}>"

    def _term_notes(
        self, entry: ConceptEntry, section: LangSec, sec: TermSec, free: str, named: Sequence[tuple[str, str]]
    ) -> Iterator[str]:
        if sec.reading and not self.dialect.reading:
            yield notes.own("pinyin", reading_text(sec.reading))
        if self.all_notes:
            if sec.reading and sec.reading.syllables != syllables_of(plain(sec.reading.text), han_count(one_line(sec.term))):
                yield notes.own("syllables", " ".join(sec.reading.syllables))
            if sec.part_of_speech and sec.part_of_speech not in self.dialect.parts_of_speech:
                yield notes.own("part of speech", sec.part_of_speech)
            if recorded := recorded_status(entry, section, sec):
                yield notes.own("recorded status", recorded)
            if sec.process_status != "unprocessed":
                yield notes.own("process status", sec.process_status)
            if sec.origin or sec.reliability:
                yield notes.counted("origin", sec.origin, "reliability", sec.reliability)
            if sec.frequency != (entry.frequency if sec is main_term(entry) else 0):  # the main term's is that of the concept
                yield notes.own("frequency", sec.frequency)
            yield from (notes.named(name, value) for name, value in named)
        if free:
            yield notes.free(free)


def _link_text(kind: str, term: str, rule: str) -> str:
    return f"{kind}: {_tail(term, rule)}"


def _tail(term: str, rule: str) -> str:
    """The other entry's term, and the rule that linked them in square brackets."""
    return f"{one_line(term)} [{one_line(rule)}]" if rule else one_line(term)
