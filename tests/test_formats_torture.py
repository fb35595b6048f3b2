"""A termbase made to break exchange formats: valid everywhere, read in full by real programs, nothing lost on the way back."""

from __future__ import annotations

import importlib.util
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import openpyxl
import pytest

from termbuilder.formats import FORMATS, PRESETS, Options
from termbuilder.formats.text import one_line, plain, spans_in
from termbuilder.model import (
    AdministrativeStatus,
    ConceptEntry,
    Context,
    Definition,
    DefinitionKind,
    EntryStatus,
    LangSec,
    Link,
    ProcessStatus,
    Reading,
    Reason,
    Run,
    Source,
    Spread,
    TermSec,
    TermType,
    Transaction,
)

TOOLS = Path(__file__).parents[2] / "shared" / "tools"
OFFICIAL = TOOLS / "tbx_official.py"
RUN = Run("a1b2c3", "2026-11-24T10:00:00", {"termbuilder": "0.1.0"}, name="折磨 <&> torture")

WORDS = [
    "链长制",
    "科创",
    "揭榜挂帅",
    "𠮷野家",
    "𰻝𰻝面",
    "“532”战略",
    "《办法》",
    "１＋４",
    "A&B",
    "<标签>",
    "👩‍🔬计划",
    "“双链”",
]
NASTY = [
    "=1+1", "+86", "-1", "@SUM(A1:A9)", "a\tb", "第一行\n第二行", "a < b && c > d", 'say "yes"', "it's", "]]>", "<!-- x -->",
    "שלום עולם", "مرحبا بالعالم", "e\u0301", "zero\u200bwidth", "status: approved", "[Client] ACME", "pinyin: x", "_x000D_", "http://example.org/?a=1&b=2",
    "很长的一句话，" * 300, "| pipe |", ";semi;", "\u2028line separator", "emoji 😀🏳️‍🌈", "&amp;", "%41", "\\n",
]  # fmt: skip
CONTROLS = "bell \x07 and null-like \x0b control"


def torture(size: int = 1000) -> list[ConceptEntry]:
    """Every category, long CJK, characters outside the BMP, markup, right to left, formulas; 0 or 20 variants."""
    chance = random.Random(20261124)
    pick = chance.choice
    entries = []
    for number in range(1, size + 1):
        main = f"{pick(WORDS)}{pick(WORDS)}{number}"
        variants = 20 if number % 50 == 0 else chance.randrange(3)
        sentence = f"{pick(NASTY)}推行{main}，{pick(NASTY)}"
        source = pick([Source(""), Source("通知.txt", 3, 99), Source("表.xlsx", 1, 2, "sheet 表<1>, cell B4")])
        chinese = [
            TermSec(
                main if place == 0 else f"{main}之{place}",
                pick(get_args(TermType)),
                pick(get_args(AdministrativeStatus)) if place else "preferredTerm",
                pick(get_args(ProcessStatus)),
                pick(["noun", "verb", "adjective", "adverb", "properNoun", "other", "短语", ""]),
                pick([None, Reading("jiēbǎng guàshuài", ("jiē", "bǎng", "guà", "shuài"), place == 1), Reading("x'y — z")]),
                tuple(Context(plain(f"{n}{sentence}"), source) for n in range(chance.randrange(3))),
                tuple(plain(pick(NASTY)) for _ in range(chance.randrange(2))),
                "",
                0,
                chance.randrange(99),
                pick(["", "湖南"]),
                plain(pick(["", *NASTY])),
            )
            for place in range(1 + variants)
        ]
        english = [
            TermSec(
                f"{one_line(pick(NASTY))[:40]} {number} {place}",
                pick(get_args(TermType)),
                pick(get_args(AdministrativeStatus)),
                pick(get_args(ProcessStatus)),
                origin=pick(["glossary", "human", "machine", "composed", ""]),
                sources=("governance.tsv, row 9",),
                reliability=chance.randrange(11),
            )
            for place in range(chance.randrange(4))
        ]
        definitions = tuple(
            Definition(plain(pick(NASTY)), source, pick(get_args(DefinitionKind))) for _ in range(chance.randrange(3))
        )
        sections = [LangSec("zh-CN", tuple(chinese), definitions, plain(pick(["", *NASTY])))]
        sections += [LangSec("en", tuple(english), (), plain(pick(["", "a note"])))] if english else []
        sections += [LangSec("de", (TermSec(f"Begriff {number}"),), definitions[:1])] if number % 7 == 0 else []
        spanned = tuple(_spanned(section) for section in sections)
        entries.append(
            ConceptEntry(
                f"c{number:04d}" if number % 9 else f"2024/{number} 号",
                spanned,
                plain(pick(["", "科技 & 政策", "law <1>"])),
                pick(["", "coinage", "numeric"]),
                pick(get_args(EntryStatus)),
                tuple(
                    Link(
                        pick(["broader", "narrower", "related", "fullForm", "shortForm", "whole", "part"]),
                        f"c{target:04d}",
                        "制度 <x>",
                        pick(["", "head"]),
                    )
                    for target in {n for n in (number // 2, number // 3) if n and n % 9 and n != number}
                ),
                (
                    Transaction("origination", "2026-11-24", "王芳 <w@x.org>", "mined"),
                    Transaction("modification", "2026-11-25"),
                ),
                plain(pick(["", *NASTY])),
                round(chance.random() * 9, 2),
                (Reason("quoted", 0.8, plain(pick(NASTY))),),
                chance.randrange(99),
                chance.randrange(9),
                (Spread("通知.txt", 3, source, source, "2024-05-01"),),
                tuple((name, plain(pick(NASTY))) for name in ("Client", "a]b", "项目")[: chance.randrange(4)]),
            )
        )
    return entries


def _spanned(section: LangSec) -> LangSec:
    forms = [sec.term for sec in section.term_secs]
    secs = tuple(
        replace(sec, contexts=tuple(replace(context, term_spans=spans_in(context.text, forms)) for context in sec.contexts))
        for sec in section.term_secs
    )
    return replace(section, term_secs=secs)


ENTRIES = torture()
# Enough to hold every case; links may only lead to entries that are written, or they are notes and come back after the others.
SOME = ENTRIES[:250]
ALL = Options(statuses=("suggested", "approved", "rejected"))
TBX = ("tbx", "tbx-dct", "tbx-linguist", "tbx2")


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official schemas are not beside this checkout")
@pytest.mark.skipif(importlib.util.find_spec("saxonche") is None, reason="saxonche is not installed")
def test_every_dialect_and_option_is_officially_valid(tmp_path: Path) -> None:
    options = {
        "default": Options(),
        "approved": Options(statuses=("approved",)),
        "short": Options(deprecated="drop", notes="short", codes=(("zh", "zh-Hans"), ("en", "en-GB"))),
        "bare": Options(codes=(("zh", "zh"), ("en", "en"))),
    }
    for name in TBX:
        FORMATS[name].dump(ENTRIES, RUN, tmp_path / f"all.{name}.tbx", ALL)
        for label, option in options.items():
            FORMATS[name].dump(ENTRIES[:60], RUN, tmp_path / f"{label}.{name}.tbx", option)
        # control characters never get as far as an entry, but a caller may pass them all the same
        FORMATS[name].dump(
            [replace(ENTRIES[0], note=CONTROLS, subject_field=CONTROLS)], RUN, tmp_path / f"controls.{name}.tbx", ALL
        )
    result = subprocess.run(
        [sys.executable, str(OFFICIAL), "-v", "--legacy", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stderr, result.stdout.count("OK ")) == (0, "", 4 * 6), result.stdout[:2000]


@pytest.mark.parametrize("name", ["jsonl", "xlsx"])
def test_nothing_of_it_is_lost_in(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"g{FORMATS[name].suffix}"
    FORMATS[name].dump(SOME, RUN, path, ALL)
    back = FORMATS[name].load(path)
    assert (list(back.entries), back.problems) == (SOME, ())


@pytest.mark.parametrize("name", TBX)
def test_nothing_that_tbx_can_hold_is_lost_in(name: str, tmp_path: Path) -> None:
    path = tmp_path / "g.tbx"
    FORMATS[name].dump(SOME, RUN, path, ALL)
    back = FORMATS[name].load(path)
    wanted = [
        replace(
            entry,
            score=0.0,
            reasons=(),
            spread=(),
            transactions=tuple(replace(t, what="" if name == "tbx2" else t.what) for t in entry.transactions),
        )
        for entry in SOME
    ]
    assert list(back.entries) == wanted
    assert back.problems == ()


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in (*TBX, "jsonl", "xlsx") and FORMATS[name].reader])
def test_every_readable_format_reads_all_of_what_it_wrote(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"g{FORMATS[name].suffix}"
    FORMATS[name].dump(ENTRIES[:200], RUN, path, ALL)
    assert FORMATS[name].load(path).counts.refused == 0


# --- real programs ----------------------------------------------------------------------------------------------------


def counted(script: Path, *arguments: str) -> int:
    """What one of the tools says it read: `entries: N`."""
    command = ["sh", str(script)] if script.suffix == ".sh" else [sys.executable, str(script)]
    result = subprocess.run([*command, "-n", "0", *arguments], capture_output=True, text=True, check=False, timeout=300)
    if result.returncode == 2:
        pytest.skip(result.stderr.strip())
    first = result.stdout.partition("\n")[0]
    assert first.startswith("entries: "), result.stderr
    return int(first.removeprefix("entries: "))


@pytest.mark.skipif(not TOOLS.exists(), reason="the import scripts are not beside this checkout")
def test_translate_toolkit_reads_every_entry(tmp_path: Path) -> None:
    FORMATS["tbx2"].dump(ENTRIES, RUN, tmp_path / "g.tbx", ALL)
    assert counted(TOOLS / "translate_toolkit_import.py", str(tmp_path / "g.tbx")) == len(ENTRIES)


def pairs_of(entries: list[ConceptEntry]) -> int:
    return sum(len(entry.lang_sec("zh").term_secs) * max(1, len(entry.equivalents)) for entry in entries)


@pytest.mark.skipif(not TOOLS.exists(), reason="the import scripts are not beside this checkout")
@pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed")
def test_omegat_reads_every_pair_of_the_tbx_file_and_of_its_own_glossary(tmp_path: Path) -> None:
    entries = [entry for entry in ENTRIES[:100] if not entry.term.startswith("#")]
    FORMATS["tbx2"].dump(entries, RUN, tmp_path / "g.tbx", ALL)
    FORMATS["omegat"].dump(entries, RUN, tmp_path / "g.utf8", PRESETS["omegat"].options)
    rows = [line for line in (tmp_path / "g.utf8").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert counted(TOOLS / "omegat_import.sh", str(tmp_path / "g.tbx")) == pairs_of(entries)
    assert counted(TOOLS / "omegat_import.sh", str(tmp_path / "g.utf8")) == len(rows)


UNO = Path("/usr/bin/python3")
EDIT_ONE_CELL = """
import subprocess, sys, time, uno
from com.sun.star.beans import PropertyValue
office, profile, source, target, column, row, text = sys.argv[1:]
server = subprocess.Popen([office, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", "--accept=pipe,name=termbuilder;urp;"])
try:
    resolver = uno.getComponentContext().ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", uno.getComponentContext())
    for _ in range(120):
        try:
            context = resolver.resolve("uno:pipe,name=termbuilder;urp;StarOffice.ComponentContext")
            break
        except Exception:
            time.sleep(0.5)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    hidden = PropertyValue(Name="Hidden", Value=True)
    book = desktop.loadComponentFromURL("file://" + source, "_blank", 0, (hidden,))
    book.Sheets.getByName("Terms").getCellByPosition(int(column), int(row)).setString(text)
    book.storeToURL("file://" + target, (PropertyValue(Name="FilterName", Value="Calc MS Excel 2007 XML"),))
    book.close(True)
    desktop.terminate()
finally:
    server.wait(timeout=60)
"""


def _has_uno() -> bool:
    return UNO.exists() and subprocess.run([str(UNO), "-c", "import uno"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(
    shutil.which("soffice") is None or not _has_uno(), reason="LibreOffice with its Python bridge is not installed"
)
def test_libreoffice_edits_one_cell_and_just_that_comes_back(tmp_path: Path) -> None:
    entries = ENTRIES[:40]
    source, target, script = tmp_path / "g.xlsx", tmp_path / "saved.xlsx", tmp_path / "edit.py"
    FORMATS["xlsx"].dump(entries, RUN, source, ALL)
    head = [cell.value for cell in openpyxl.load_workbook(source)["Terms"][1]]
    script.write_text(EDIT_ONE_CELL, encoding="utf-8")
    subprocess.run(
        [str(UNO), str(script), str(shutil.which("soffice")), str(tmp_path / "profile"), str(source), str(target),
         str(head.index("Subject field")), "5", "new <field> = 1"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    back = FORMATS["xlsx"].load(target)
    assert back.problems == ()
    assert list(back.entries) == [*entries[:4], replace(entries[4], subject_field="new <field> = 1"), *entries[5:]]
    assert (back.counts.changed, back.base) == (1, {entry.id: entry for entry in entries})
