"""An entry as the elements of a TBX file, in any of the dialects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from termbuilder.formats import notes
from termbuilder.formats.select import main_term, statuses
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


@cache
def xml_lang(code: str) -> str:
    """The attribute xml:lang for a language code.

    >>> xml_lang("zh_CN"), xml_lang("Chinesisch (PRC)")
    ('xml:lang="zh-CN"', 'xml:lang="und"')
    """
    code = code.replace("_", "-")
    return f'xml:lang="{code if _LANGUAGE_CODE.fullmatch(code) else "und"}"'


_LANGUAGE_CODE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def as_text(text: str) -> str:
    """A text as XML takes it between two tags.

    >>> as_text("R&D <研发>")
    'R&amp;D &lt;研发&gt;'
    """
    return escape(plain(text))


class Elements:
    """Turns entries into lines of XML for one dialect; keeps nothing between entries."""

    def __init__(self, dialect: Dialect, ids: Mapping[str, str], langs: Mapping[str, str], all_notes: bool) -> None:
        """`ids`: what each entry is called in the file; `langs`: codes that are written as another one.

        `all_notes`: keep what TBX has no element for in notes.
        """
        self.dialect = dialect
        self.ids = ids
        self.langs = langs
        self.all_notes = all_notes
        known = [*CATEGORIES.items(), *((name, (kept.element, kept.module)) for name, kept in KEPT.items())]
        self._tags = {name: self._tag(name, element, module) for name, (element, module) in known}

    def _tag(self, name: str, element: str, module: str) -> tuple[str, str]:
        """The tags of a category, the opening one without its end."""
        if self.dialect.tags:
            return f"<{module}:{name}", f"</{module}:{name}>"
        return f'<{element} type="{name}"', f"</{element}>"

    def _category(self, name: str, text: str, attribute: str = "") -> str:
        opening, closing = self._tags[name]
        return f"{opening}{attribute}>{as_text(text)}{closing}"

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
            line = self._category(name, value_text, f" target={quoteattr(target)}" if target else "")
            (term_notes if spec.element == "termNote" else elements).append(line)
        return term_notes, elements, rest

    def entry(self, entry: ConceptEntry) -> list[str]:
        """The lines of one concept entry."""
        tag, pad = self.dialect.entry, "        "
        lines = [f'      <{tag} id="{self.ids[entry.id]}">']
        if plain(entry.subject_field):
            lines.append(pad + self._category("subjectField", entry.subject_field))
        # definitions of a language that has no term here: the language says whose they are
        bare = [section for section in entry.lang_secs if not section.term_secs]
        for section in bare:
            for definition in section.definitions:
                self._definition(lines, definition, pad, f" {xml_lang(self._lang(section))}")
        _, elements, rest = self._kept("c", entry.extra)
        lines += [f"{pad}<note>{as_text(note)}</note>" for note in self._entry_notes(entry, bare, rest)]
        lines += [pad + line for line in elements]
        lines += [pad + line for line in self._transactions(entry)]
        for link in entry.links:
            if link.target in self.ids:
                target = f' target="{self.ids[link.target]}"'
                lines.append(pad + self._category("crossReference", _link_text(link.kind, link.term, link.rule), target))
        main = main_term(entry)
        for section in entry.lang_secs:
            if section.term_secs:
                self._language(lines, entry, section, main)
        lines.append(f"      </{tag}>")
        return lines

    def _lang(self, section: LangSec) -> str:
        return self.langs.get(section.lang, section.lang)

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
                    yield notes.named(f"note {self._lang(section)}", section.note)
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

    def _definition(self, lines: list[str], definition: Definition, pad: str, lang: str = "") -> None:
        if not plain(definition.text):
            return
        kind = "" if definition.kind == "human" else f"[{definition.kind}]"
        source = " ".join(part for part in (source_text(definition.source), kind) if part)
        lines += [f"{pad}<descripGrp>", f"{pad}  {self._category('definition', definition.text, lang)}"]
        if source:
            lines.append(f"{pad}  {self._category('source', source)}")
        lines.append(f"{pad}</descripGrp>")

    def _language(self, lines: list[str], entry: ConceptEntry, section: LangSec, main: TermSec | None) -> None:
        tag, pad = self.dialect.lang, "          "
        lines.append(f"        <{tag} {xml_lang(self._lang(section))}>")
        for definition in section.definitions:
            self._definition(lines, definition, pad)
        if section.note:
            lines.append(f"{pad}<note>{as_text(section.note)}</note>")
        for sec, (shown, recorded) in zip(section.term_secs, statuses(entry, section)):
            frequency = entry.frequency if sec is main else 0  # the main term's is that of the concept
            self._term(lines, section, sec, shown, recorded, frequency)
        lines.append(f"        </{tag}>")

    def _term(self, lines: list[str], section: LangSec, sec: TermSec, shown: str, recorded: str | None, frequency: int) -> None:
        tag, pad = self.dialect.term, "            "
        lines += [f"          <{tag}>", f"{pad}<term>{escape(one_line(sec.term))}</term>"]
        if sec.part_of_speech:
            known = sec.part_of_speech in self.dialect.parts_of_speech
            lines.append(pad + self._category("partOfSpeech", sec.part_of_speech if known else "other"))
        if sec.term_type != "fullForm" or len(section.term_secs) > 1:
            lines.append(pad + self._category("termType", sec.term_type))
        lines.append(pad + self._category("administrativeStatus", shown + STATUS_SUFFIX))
        if sec.geographical_usage:
            lines.append(pad + self._category("geographicalUsage", sec.geographical_usage))
        free, named = notes.tail_apart(plain(sec.note))
        term_notes, elements, rest = self._kept("t", named)
        lines += [pad + line for line in term_notes]
        for context in sec.contexts:
            if not plain(context.text):
                continue
            lines += [f"{pad}<descripGrp>", f"{pad}  {self._category('context', context.text)}"]
            if context.source != Source(""):
                lines.append(f"{pad}  {self._category('source', source_text(context.source))}")
            lines.append(f"{pad}</descripGrp>")
        lines += [pad + self._category("source", source) for source in sec.sources]
        if self.dialect.reading and sec.reading:
            reading = self._category("reading", sec.reading.text)
            doubt = self._category("readingNote", "uncertain") if sec.reading.uncertain else ""
            lines.append(f"{pad}<adminGrp>{reading}{doubt}</adminGrp>" if doubt else pad + reading)
        lines += [pad + line for line in elements]
        lines += [f"{pad}<note>{as_text(note)}</note>" for note in self._term_notes(sec, recorded, frequency, free, rest)]
        lines.append(f"          </{tag}>")

    def _term_notes(
        self, sec: TermSec, recorded: str | None, frequency: int, free: str, named: Sequence[tuple[str, str]]
    ) -> Iterator[str]:
        """`frequency`: what a reader takes it to be, if no note tells."""
        if sec.reading and not self.dialect.reading:
            yield notes.own("pinyin", reading_text(sec.reading))
        if self.all_notes:
            if sec.reading and sec.reading.syllables != syllables_of(plain(sec.reading.text), han_count(one_line(sec.term))):
                yield notes.own("syllables", " ".join(sec.reading.syllables))
            if sec.part_of_speech and sec.part_of_speech not in self.dialect.parts_of_speech:
                yield notes.own("part of speech", sec.part_of_speech)
            if recorded:
                yield notes.own("recorded status", recorded)
            if sec.process_status != "unprocessed":
                yield notes.own("process status", sec.process_status)
            if sec.origin or sec.reliability:
                yield notes.counted("origin", sec.origin, "reliability", sec.reliability)
            if sec.frequency != frequency:
                yield notes.own("frequency", sec.frequency)
            yield from (notes.named(name, value) for name, value in named)
        if free:
            yield notes.free(free)


def _link_text(kind: str, term: str, rule: str) -> str:
    return f"{kind}: {_tail(term, rule)}"


def _tail(term: str, rule: str) -> str:
    """The other entry's term, and the rule that linked them in square brackets."""
    return f"{one_line(term)} [{one_line(rule)}]" if rule else one_line(term)
