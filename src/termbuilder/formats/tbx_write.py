"""Writes TBX: version 3 (TBX-Basic in DCA and DCT style, TBX-Linguist) and version 2 (TBX-Basic)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path

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
    ids: list[str] = []
    present: dict[str, None] = {}

    def look(entry: ConceptEntry) -> None:
        ids.append(entry.id)
        present.update(dict.fromkeys(section.lang for section in entry.lang_secs))

    kept = chosen(entries, options, look)
    regional = _regional(present, options)
    before = (section.lang for entry in entries for section in entry.lang_secs) if options.codes else present
    main = next(iter(present))
    writer = Elements(dialect, xml_ids(ids), regional, options.notes == "all")
    with written(path) as beside, open(beside, "w", encoding="utf-8", newline="\n") as file:
        file.write(_head(dialect, run, regional.get(main, main), _renamed(before, regional, options)))
        for entry in kept:
            file.write("\n".join(writer.entry(entry)) + "\n")
        file.write(f"    </body>\n  </text>\n</{dialect.root}>\n")
    return len(kept)


def _regional(present: Container[str], options: Options) -> dict[str, str]:
    """`en` is written as `en-US` and `zh` as `zh-CN`, which programs look for, unless both are there or others are asked for."""
    asked = dict(options.codes)
    return {bare: code for bare, code in _FULL_CODES.items() if bare in present and code not in present and bare not in asked}


def _renamed(langs: Iterable[str], regional: Mapping[str, str], options: Options) -> dict[str, str]:
    """Which code of the termbase each code of the file stands for, where it is another one and no doubt about it."""
    asked = dict(options.codes)
    before: dict[str, set[str]] = {}
    for lang in langs:
        before.setdefault(asked.get(lang.split("-")[0]) or regional.get(lang, lang), set()).add(lang)
    return {code: codes.pop() for code, codes in sorted(before.items()) if len(codes) == 1 and code not in codes}


_FULL_CODES = {"zh": "zh-CN", "en": "en-US"}


def _head(dialect: Dialect, run: Run, main: str, renamed: Mapping[str, str]) -> str:
    if dialect.root == "martif":
        root = f'<martif type="{dialect.name}" {xml_lang(main)}>'
    else:
        style = "dct" if dialect.tags else "dca"
        modules = "".join(f' xmlns:{prefix}="{MODULES[prefix]}"' for prefix in ("min", "basic")) if dialect.tags else ""
        root = f'<tbx xmlns="{CORE_NAMESPACE}"{modules} type="{dialect.name}" style="{style}" {xml_lang(main)}>'
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


def xml_ids(ids: Sequence[str]) -> dict[str, str]:
    """An id that XML accepts for each of ours, unique in the file; most stay as they are.

    >>> xml_ids(["c0001", "2024/7", "2024 7"])
    {'c0001': 'c0001', '2024/7': 'c_2024_7', '2024 7': 'c_2024_7_2'}
    """
    made: dict[str, str] = {}
    used: set[str] = set()
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
