"""Writes TBX: version 3 (TBX-Basic in DCA and DCT style, TBX-Linguist) and version 2 (TBX-Basic)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import quoteattr

from termbuilder.formats.exchange import DEFAULTS, Options
from termbuilder.formats.files import written
from termbuilder.formats.select import chosen
from termbuilder.formats.tbx_elements import Elements, as_text, xml_lang
from termbuilder.formats.tbx_names import (
    BASIC,
    BASIC_DCT,
    CORE_NAMESPACE,
    LINGUIST,
    MODULES,
    VERSION_2,
    WRITTEN_AS,
    Dialect,
)
from termbuilder.model import ConceptEntry, Run


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
    writer = Elements(dialect, ids, options.notes == "all")
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
    paragraphs = "\n".join(f"        <p>{as_text(line)}</p>" for line in source)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        *([dialect.doctype] if dialect.doctype else []),
        root,
        f"  <{dialect.header}>",
        "    <fileDesc>",
        f"      <titleStmt><title>{as_text(run.name) or 'glossary'}</title></titleStmt>",
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
