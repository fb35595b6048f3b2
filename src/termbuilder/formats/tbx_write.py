"""Writes TBX: version 3 (TBX-Basic in DCA and DCT style, TBX-Linguist) and version 2 (TBX-Basic)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import quoteattr

from termbuilder.formats import notes
from termbuilder.formats.exchange import DEFAULTS, Options
from termbuilder.formats.files import written
from termbuilder.formats.select import chosen, main_term, recorded_status, shown_status
from termbuilder.formats.tbx_names import (
    BASIC,
    BASIC_DCT,
    CATEGORIES,
    CORE_NAMESPACE,
    KEPT,
    LINGUIST,
    MODULES,
    STATUS_SUFFIX,
    VERSION_2,
    WRITTEN_AS,
    Dialect,
)
from termbuilder.formats.text import han_count, one_line, plain, reading_text, source_text, syllables_of
from termbuilder.model import ConceptEntry, Definition, LangSec, Run, Source, TermSec

_WITH_TARGET = re.compile(r"(.*) <(https?://[^<>\s]+)>", re.DOTALL)
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def dump_basic(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write TBX v3, TBX-Basic, DCA style: the standard of today."""
    return _dump(entries, run, path, options, BASIC)


def dump_dct(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write TBX v3, TBX-Basic, DCT style (categories as elements)."""
    return _dump(entries, run, path, options, BASIC_DCT)


def dump_linguist(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write TBX v3, TBX-Linguist, DCA style, which has a place of its own for pinyin (`reading`)."""
    return _dump(entries, run, path, options, LINGUIST)


def dump_v2(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write TBX v2, TBX-Basic: what OmegaT, Weblate, Translate Toolkit, Okapi and Heartsome read."""
    return _dump(entries, run, path, options, VERSION_2)


def _dump(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options, dialect: Dialect) -> int:
    kept, renamed = _regional(chosen(entries, options), entries, options)
    ids = xml_ids(entry.id for entry in kept)
    writer = _Writer(dialect, ids, options.notes == "all")
    with written(path) as beside, open(beside, "w", encoding="utf-8", newline="\n") as file:
        file.write(_head(dialect, run, kept, renamed))
        for entry in kept:
            file.write("\n".join(writer.entry(entry)) + "\n")
        file.write(f"    </body>\n  </text>\n</{dialect.root}>\n")
    return len(kept)


def _regional(
    kept: Sequence[ConceptEntry], entries: Sequence[ConceptEntry], options: Options
) -> tuple[list[ConceptEntry], dict[str, str]]:
    """The entries with `en` as `en-US` and `zh` as `zh-CN`, which programs look for; and which code each written one stands for."""
    present = {section.lang for entry in kept for section in entry.lang_secs}
    asked = dict(options.codes)
    full = {bare: code for bare, code in _FULL_CODES.items() if bare in present and code not in present and bare not in asked}
    if full:
        kept = [
            replace(entry, lang_secs=tuple(replace(s, lang=full[s.lang]) if s.lang in full else s for s in entry.lang_secs))
            for entry in kept
        ]
    before: dict[str, set[str]] = {}
    for lang in {section.lang for entry in entries for section in entry.lang_secs}:
        before.setdefault(asked.get(lang.split("-")[0]) or full.get(lang, lang), set()).add(lang)
    return list(kept), {code: langs.pop() for code, langs in sorted(before.items()) if len(langs) == 1 and code not in langs}


_FULL_CODES = {"zh": "zh-CN", "en": "en-US"}


def _head(dialect: Dialect, run: Run, entries: Sequence[ConceptEntry], renamed: Mapping[str, str]) -> str:
    first = next((section.lang for section in entries[0].lang_secs), "zh-CN")
    if dialect.root == "martif":
        root = f'<martif type="{dialect.name}" xml:lang={quoteattr(xml_lang(first))}>'
    else:
        style = "dct" if dialect.tags else "dca"
        modules = "".join(f' xmlns:{prefix}="{MODULES[prefix]}"' for prefix in ("min", "basic")) if dialect.tags else ""
        root = f'<tbx xmlns="{CORE_NAMESPACE}"{modules} type="{dialect.name}" style="{style}" xml:lang={quoteattr(xml_lang(first))}>'
    version = run.versions.get("termbuilder", "")
    made = [
        f"termbuilder {version}".strip(),
        f"started {run.started}" if run.started else "",
        f"settings {run.signature}" if run.signature else "",
    ]
    source = [", ".join(part for part in made if part)]
    source += [
        f"{document.name} ({document.format}, sha256 {document.digest})" if document.digest else document.name
        for document in run.documents
    ]
    source += run.notices
    source += [WRITTEN_AS.format(lang, code) for code, lang in renamed.items()]
    paragraphs = "\n".join(f"        <p>{_text(line)}</p>" for line in source)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        *([dialect.doctype] if dialect.doctype else []),
        root,
        f"  <{dialect.header}>",
        "    <fileDesc>",
        f"      <titleStmt><title>{_text(run.name) or 'glossary'}</title></titleStmt>",
        f"      <sourceDesc>\n{paragraphs}\n      </sourceDesc>",
        "    </fileDesc>",
        *([f"    {dialect.encoding_desc}"] if dialect.encoding_desc else []),
        f"  </{dialect.header}>",
        "  <text>",
        "    <body>",
    ]
    return "\n".join(lines) + "\n"


def xml_ids(ids: Iterator[str] | Sequence[str]) -> dict[str, str]:
    """An id that XML accepts for each of ours, unique in the file; most stay as they are.

    >>> xml_ids(["c0001", "2024/7", "2024 7"])
    {'c0001': 'c0001', '2024/7': 'c_2024_7', '2024 7': 'c_2024_7_2'}
    """
    made: dict[str, str] = {}
    used: set[str] = set()
    ids = list(ids)
    taken = {name for name in ids if _NCNAME.fullmatch(name)}
    for name in ids:
        if name in made and name:
            continue
        stem = name if name in taken else "c_" + re.sub(r"[^\w.-]", "_", name, flags=re.ASCII)
        candidate, number = stem, 2
        while candidate in used or (candidate in taken and candidate != name):
            candidate, number = f"{stem}_{number}", number + 1
        used.add(candidate)
        made[name] = candidate
    return made


_NCNAME = re.compile(r"[A-Za-z_一-鿿][\w.-]*", re.ASCII)


def xml_lang(code: str) -> str:
    """A language code as xml:lang takes it.

    >>> xml_lang("zh_CN")
    'zh-CN'
    """
    code = code.replace("_", "-")
    return code if _LANGUAGE_CODE.fullmatch(code) else "und"


_LANGUAGE_CODE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_IN_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def _text(text: str) -> str:
    return _escaped(plain(text))


def _escaped(text: str) -> str:
    return text.translate(_IN_XML) if "&" in text or "<" in text or ">" in text else text


class _Writer:
    """Turns entries into lines of XML for one dialect; keeps nothing between entries."""

    def __init__(self, dialect: Dialect, ids: Mapping[str, str], all_notes: bool) -> None:
        self.dialect = dialect
        self.ids = ids
        self.all_notes = all_notes

    def category(self, name: str, text: str, target: str = "") -> str:
        element, module = CATEGORIES[name]
        return self.element(element, module, name, text, target)

    def element(self, element: str, module: str, name: str, text: str, target: str) -> str:
        aim = f" target={quoteattr(target)}" if target else ""
        if self.dialect.tags:
            return f"<{module}:{name}{aim}>{_text(text)}</{module}:{name}>"
        return f'<{element} type="{name}"{aim}>{_text(text)}</{element}>'

    def kept(self, level: str, named: Iterable[tuple[str, str]]) -> tuple[list[str], list[str], list[tuple[str, str]]]:
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
            line = self.element(spec.element, spec.module, name, value_text, target)
            (term_notes if spec.element == "termNote" else elements).append(line)
        return term_notes, elements, rest

    def entry(self, entry: ConceptEntry) -> Iterator[str]:
        tag, pad = self.dialect.entry, "        "
        yield f"      <{tag} id={quoteattr(self.ids[entry.id])}>"
        if plain(entry.subject_field):
            yield pad + self.category("subjectField", entry.subject_field)
        # definitions of a language that has no term here: the language says whose they are
        bare = [section for section in entry.lang_secs if not section.term_secs]
        for section in bare:
            for definition in section.definitions:
                yield from self.definition(definition, pad, section.lang)
        _, elements, rest = self.kept("c", entry.extra)
        for note in self.entry_notes(entry, bare, rest):
            yield f"{pad}<note>{_text(note)}</note>"
        yield from (pad + line for line in elements)
        yield from (pad + line for line in self.transactions(entry))
        for link in entry.links:
            if link.target in self.ids:
                yield pad + self.category("crossReference", _link_text(link.kind, link.term, link.rule), self.ids[link.target])
        for section in entry.lang_secs:
            if section.term_secs:
                yield from self.language(entry, section)
        yield f"      </{tag}>"

    def entry_notes(self, entry: ConceptEntry, bare: Sequence[LangSec], named: Sequence[tuple[str, str]]) -> Iterator[str]:
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

    def transactions(self, entry: ConceptEntry) -> Iterator[str]:
        for transaction in entry.transactions:
            kind = "origination" if transaction.kind == "origination" else "modification"
            parts = ["<transacGrp>" + self.category("transactionType", kind)]
            if transaction.who:
                parts.append(self.category("responsibility", transaction.who))
            day = _DAY.match(transaction.when)
            if day:
                parts.append(f"<date>{day[0]}</date>")
            if transaction.what and self.dialect.groups_hold_notes:
                parts.append(f"<note>{_text(transaction.what)}</note>")
            yield "".join(parts) + "</transacGrp>"

    def definition(self, definition: Definition, pad: str, lang: str = "") -> Iterator[str]:
        if not plain(definition.text):
            return
        kind = "" if definition.kind == "human" else f"[{definition.kind}]"
        source = " ".join(part for part in (source_text(definition.source), kind) if part)
        text = self.category("definition", definition.text)
        if lang:
            text = text.replace(">", f" xml:lang={quoteattr(xml_lang(lang))}>", 1)
        yield f"{pad}<descripGrp>"
        yield f"{pad}  {text}"
        if source:
            yield f"{pad}  {self.category('source', source)}"
        yield f"{pad}</descripGrp>"

    def language(self, entry: ConceptEntry, section: LangSec) -> Iterator[str]:
        tag, pad = self.dialect.lang, "          "
        yield f"        <{tag} xml:lang={quoteattr(xml_lang(section.lang))}>"
        for definition in section.definitions:
            yield from self.definition(definition, pad)
        if section.note:
            yield f"{pad}<note>{_text(section.note)}</note>"
        for sec in section.term_secs:
            yield from self.term(entry, section, sec)
        yield f"        </{tag}>"

    def term(self, entry: ConceptEntry, section: LangSec, sec: TermSec) -> Iterator[str]:
        tag, pad = self.dialect.term, "            "
        term = one_line(sec.term)
        yield f"          <{tag}>"
        yield f"{pad}<term>{_escaped(term)}</term>"
        if sec.part_of_speech:
            known = sec.part_of_speech in self.dialect.parts_of_speech
            yield pad + self.category("partOfSpeech", sec.part_of_speech if known else "other")
        if sec.term_type != "fullForm" or len(section.term_secs) > 1:
            yield pad + self.category("termType", sec.term_type)
        yield pad + self.category("administrativeStatus", shown_status(entry, section, sec) + STATUS_SUFFIX)
        if sec.geographical_usage:
            yield pad + self.category("geographicalUsage", sec.geographical_usage)
        free, named = notes.tail_apart(plain(sec.note))
        term_notes, elements, rest = self.kept("t", named)
        yield from (pad + line for line in term_notes)
        for context in sec.contexts:
            if not plain(context.text):
                continue
            yield f"{pad}<descripGrp>"
            yield f"{pad}  {self.category('context', context.text)}"
            if context.source != Source(""):
                yield f"{pad}  {self.category('source', source_text(context.source))}"
            yield f"{pad}</descripGrp>"
        for source in sec.sources:
            yield pad + self.category("source", source)
        if self.dialect.reading and sec.reading:
            reading = self.category("reading", sec.reading.text)
            doubt = self.category("readingNote", "uncertain") if sec.reading.uncertain else ""
            yield f"{pad}<adminGrp>{reading}{doubt}</adminGrp>" if doubt else pad + reading
        yield from (pad + line for line in elements)
        for note in self.term_notes(entry, section, sec, free, rest):
            yield f"{pad}<note>{_text(note)}</note>"
        yield f"          </{tag}>"

    def term_notes(
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
