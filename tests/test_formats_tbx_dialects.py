"""TBX of every kind that is met in the wild is read, and what we have no field for comes back when it is written again."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from termbuilder.errors import FormatError
from termbuilder.formats import FORMATS, Loaded, Options
from termbuilder.model import ConceptEntry, Context, Definition, LangSec, Link, Reading, Run, Source, TermSec, Transaction

SHARED = Path(__file__).parents[2] / "shared"
SAMPLES = sorted((SHARED / "tbx-schemas" / "samples").glob("*.tbx"))
OFFICIAL = SHARED / "tools" / "tbx_official.py"


def read(text: str, tmp_path: Path, encoding: str = "utf-8") -> Loaded:
    path = tmp_path / "g.tbx"
    path.write_bytes(text.encode(encoding))
    return FORMATS["tbx"].load(path)


def martif(entries: str, root: str = 'type="TBX-Basic" xml:lang="en"', before: str = "") -> str:
    return f"{before}<martif {root}><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader><text><body>{entries}</body></text></martif>"


def two(chinese: str, english: str, lang: str = "zh-CN") -> tuple[LangSec, LangSec]:
    return LangSec(lang, (TermSec(chinese),)), LangSec("en", (TermSec(english),))


TIG = '<langSet xml:lang="zh-CN"><tig><term>链长制</term></tig></langSet><langSet xml:lang="en"><tig><term>chain-leader system</term></tig></langSet>'
NTIG = TIG.replace("<tig>", "<ntig><termGrp>").replace("</tig>", "</termGrp></ntig>")
CHAIN = ConceptEntry("c1", two("链长制", "chain-leader system"))


@pytest.mark.parametrize("body", [TIG, NTIG])
@pytest.mark.parametrize(
    "before",
    [
        "",
        '<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">',
        '<!DOCTYPE martif PUBLIC "ISO 12200:1999A//DTD MARTIF core (DXFcdV04)//EN" "TBXcdv04.dtd">',
    ],
)
@pytest.mark.parametrize("root", ['type="TBX-Basic" xml:lang="en"', 'type="TBX" xml:lang="en"', 'type="TBX" xmlns="urn:x"'])
def test_version_2_is_read_with_tig_and_ntig_and_any_doctype(body: str, before: str, root: str, tmp_path: Path) -> None:
    back = read(martif(f'<termEntry id="c1">{body}</termEntry>', root, before), tmp_path)
    assert (back.entries, back.problems) == ((CHAIN,), ())


def test_a_file_in_utf_16_is_read(tmp_path: Path) -> None:
    text = martif(f'<termEntry id="c1">{TIG}</termEntry>', before='<?xml version="1.0" encoding="UTF-16"?>')
    assert read(text, tmp_path, "utf-16").entries == (CHAIN,)


def test_an_entity_is_not_expanded_and_nothing_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    before = f'<!DOCTYPE martif [<!ENTITY x SYSTEM "file://{secret}">]>'
    back = read(martif(f'<termEntry id="c1">{TIG}<note>&x;</note></termEntry>', before=before), tmp_path)
    assert "geheim" not in repr(back.entries)


def test_default_dialect_categories_find_their_fields(tmp_path: Path) -> None:
    body = """<termEntry id="c1">
      <descrip type="subjectField">industry</descrip>
      <descrip type="broaderConceptGeneric" target="c9">制度</descrip>
      <langSet xml:lang="zh-CN"><ntig><termGrp><term>链长制</term>
        <termNote type="termType">abbreviatedForm</termNote><termNote type="pronunciation">liànzhǎngzhì</termNote>
        <termNote type="processStatus">finalized</termNote></termGrp>
        <descrip type="reliabilityCode">9</descrip><descrip type="sampleSentence">推行链长制。</descrip></ntig></langSet>
    </termEntry>"""
    assert read(martif(body, 'type="TBX" xml:lang="en"'), tmp_path).entries == (
        ConceptEntry(
            "c1",
            (
                LangSec(
                    "zh-CN",
                    (
                        TermSec(
                            "链长制",
                            "abbreviation",
                            process_status="finalized",
                            reading=Reading("liànzhǎngzhì", ("liàn", "zhǎng", "zhì")),
                            contexts=(Context("推行链长制。", Source(""), ((2, 5),)),),
                            reliability=9,
                        ),
                    ),
                ),
            ),
            "industry",
            status="approved",
            links=(Link("broader", "c9", "制度"),),
        ),
    )


WEBLATE = martif(
    '<termEntry id="55"><descrip type="definition">an explanation</descrip><descrip type="Translation needed">No</descrip>'
    '<langSet xml:lang="zh_Hans"><tig><term>链长制</term><termNote type="administrativeStatus">forbidden</termNote></tig></langSet>'
    '<langSet xml:lang="en"><tig><term>chain-leader system</term><note from="translator">mind the hyphen</note></tig></langSet></termEntry>'
)
PHRASE = martif(
    '<termEntry id="_7"><descrip type="subjectField">industry</descrip><langSet xml:lang="zh_cn"><tig id="t1"><term>链长制</term>'
    '<termNote type="partOfSpeech">NOUN</termNote><termNote type="status">Approved</termNote></tig></langSet>'
    '<langSet xml:lang="en"><tig><term>chain-leader system</term><termNote type="forbidden">true</termNote>'
    '<termNote type="caseSensitive">false</termNote></tig></langSet></termEntry>',
    'type="TBX" xml:lang="en"',
)
CROWDIN = """<?xml version="1.0"?><tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader><fileDesc>
<sourceDesc><p>Crowdin</p></sourceDesc></fileDesc></tbxHeader><text><body><conceptEntry id="12"><langSec xml:lang="zh-CN"><termSec>
<term id="8">链长制</term><termNote type="partOfSpeech">noun</termNote><termNote type="administrativeStatus">preferred</termNote>
<note>from Crowdin</note></termSec></langSec></conceptEntry></body></text></tbx>"""
SDL = martif(
    '<termEntry id="1"><transacGrp><transac type="transactionType">origination</transac><date>2010-02-03</date>'
    '<transacNote type="responsibility">admin</transacNote></transacGrp><langSet xml:lang="zh-CN"><ntig><termGrp><term>链长制</term>'
    '<termNote type="Usage register">neutral</termNote></termGrp></ntig></langSet></termEntry>',
    'type="TBX" xml:lang="en-US"',
    '<!DOCTYPE martif SYSTEM "TBXcdv04.dtd">',
)
MULTITERM_LIKE = martif(
    '<termEntry id="c3"><langSet xml:lang="zh-CN"><descripGrp><descrip type="Definition">一种制度</descrip>'
    '<admin type="Source">通知</admin></descripGrp><tig><term>链长制</term><termNote type="Part of Speech">Noun</termNote>'
    '<admin type="Created by">王芳</admin></tig></langSet></termEntry>',
    'type="TBX" xml:lang="zh-CN"',
)
TERMWEB = martif(
    '<termEntry id="tw1"><descrip type="Domain">industry</descrip><langSet xml:lang="zh-CN"><tig><term>链长制</term>'
    '<termNote type="usageStatus">notRecommended</termNote><termNote type="Usage note">only in Hunan</termNote></tig></langSet></termEntry>'
)
IATE = CROWDIN.replace('<termNote type="administrativeStatus">preferred</termNote>', "").replace(
    "<note>from Crowdin</note>", '<descrip type="reliabilityCode">9</descrip>'
)

VENDORS = {
    "Weblate": (
        WEBLATE,
        ConceptEntry(
            "55",
            (
                LangSec("zh-Hans", (TermSec("链长制", administrative_status="deprecatedTerm"),)),
                LangSec(
                    "en",
                    (TermSec("chain-leader system", note="mind the hyphen"),),
                    (Definition("an explanation", Source(""), "human"),),
                ),
            ),
            extra=(("Translation needed", "No"),),
        ),
    ),
    "Phrase": (
        PHRASE,
        ConceptEntry(
            "_7",
            (
                LangSec("zh-CN", (TermSec("链长制", part_of_speech="noun", process_status="finalized"),)),
                LangSec(
                    "en",
                    (TermSec("chain-leader system", administrative_status="deprecatedTerm", note="[caseSensitive] false"),),
                ),
            ),
            "industry",
            status="approved",
        ),
    ),
    "Crowdin": (
        CROWDIN,
        ConceptEntry(
            "12",
            (
                LangSec(
                    "zh-CN",
                    (TermSec("链长制", administrative_status="preferredTerm", part_of_speech="noun", note="from Crowdin"),),
                ),
            ),
        ),
    ),
    "SDL": (
        SDL,
        ConceptEntry(
            "1",
            (LangSec("zh-CN", (TermSec("链长制", note="[Usage register] neutral"),)),),
            transactions=(Transaction("origination", "2010-02-03", "admin"),),
        ),
    ),
    "MultiTerm-flavoured": (
        MULTITERM_LIKE,
        ConceptEntry(
            "c3",
            (
                LangSec(
                    "zh-CN",
                    (TermSec("链长制", part_of_speech="noun", note="[Created by] 王芳"),),
                    (Definition("一种制度", Source("通知"), "human"),),
                ),
            ),
        ),
    ),
    "TermWeb": (
        TERMWEB,
        ConceptEntry(
            "tw1",
            (
                LangSec(
                    "zh-CN", (TermSec("链长制", administrative_status="deprecatedTerm", note="[Usage note] only in Hunan"),)
                ),
            ),
            "industry",
        ),
    ),
    "IATE": (IATE, ConceptEntry("12", (LangSec("zh-CN", (TermSec("链长制", part_of_speech="noun", reliability=9),)),))),
}


@pytest.mark.parametrize("vendor", list(VENDORS))
def test_the_dialect_of_a_vendor_is_read_without_loss(vendor: str, tmp_path: Path) -> None:
    text, wanted = VENDORS[vendor]
    back = read(text, tmp_path)
    assert (back.entries, back.problems) == ((wanted,), ())


@pytest.mark.parametrize("name", ["tbx", "tbx-dct", "tbx-linguist", "tbx2"])
@pytest.mark.parametrize("vendor", list(VENDORS))
def test_what_a_vendor_said_comes_back_after_writing(vendor: str, name: str, tmp_path: Path) -> None:
    wanted = VENDORS[vendor][1]
    path = tmp_path / "again.tbx"
    FORMATS[name].dump([wanted], Run("", ""), path)
    assert FORMATS[name].load(path).entries == (wanted,)


def test_categories_of_tbx_basic_are_written_back_as_themselves(tmp_path: Path) -> None:
    entry = ConceptEntry(
        "c1",
        (LangSec("zh-CN", (TermSec("链长制", note="rare\n[grammaticalGender] neuter\n[register] technicalRegister"),)),),
        extra=(("xGraphic", "a chart <https://example.org/chart.png>"), ("customerSubset", "ACME"), ("Client", "ACME")),
    )
    FORMATS["tbx"].dump([entry], Run("", ""), tmp_path / "basic.tbx")
    FORMATS["tbx-linguist"].dump([entry], Run("", ""), tmp_path / "linguist.tbx")
    basic, linguist = ((tmp_path / name).read_text(encoding="utf-8") for name in ("basic.tbx", "linguist.tbx"))
    for text in (
        '<termNote type="grammaticalGender">neuter</termNote>',
        '<xref type="xGraphic" target="https://example.org/chart.png">a chart</xref>',
        '<admin type="customerSubset">ACME</admin>',
        "<note>[Client] ACME</note>",
    ):
        assert text in basic
    assert "<note>[register] technicalRegister</note>" in basic
    assert '<termNote type="register">technicalRegister</termNote>' in linguist


@pytest.mark.skipif(not SAMPLES, reason="the official samples are not beside this checkout")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_official_sample_is_read_in_full(path: Path) -> None:
    entries = FORMATS["tbx"].load(path).entries
    assert len(entries) == sum(path.read_text(encoding="utf-8").count(tag) for tag in ("<termEntry", "<conceptEntry"))


@pytest.mark.skipif(not SAMPLES, reason="the official samples are not beside this checkout")
def test_every_official_sample_is_valid_when_written_again(tmp_path: Path) -> None:
    written = []
    for path in SAMPLES:
        for name in ("tbx", "tbx-dct", "tbx-linguist", "tbx2"):
            written.append(tmp_path / f"{path.stem}.{name}.tbx")
            FORMATS[name].dump(FORMATS["tbx"].load(path).entries, Run("", ""), written[-1])
    result = subprocess.run(
        [sys.executable, str(OFFICIAL), "-v", *map(str, written)], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


# --- what is wrong is said --------------------------------------------------------------------------------------------


def test_what_is_odd_in_an_entry_is_said_and_costs_only_that(tmp_path: Path) -> None:
    back = read(
        martif(
            f'<termEntry id="c1">{TIG}</termEntry><termEntry id="c2"><langSet xml:lang="zh-CN"><tig><term/></tig></langSet></termEntry>'
            f'<termEntry id="c1">{TIG}</termEntry><termEntry id="c4"><langSet><tig><term>制度</term></tig></langSet></termEntry>'
        ),
        tmp_path,
    )
    assert [entry.id for entry in back.entries] == ["c1", "", "c4"]
    assert [str(problem) for problem in back.problems] == [
        "g.tbx, entry c2, line 1: an empty zh-CN term was left out",
        "g.tbx, entry c2, line 1: no term in it, so it was not read",
        "g.tbx, entry c1, line 1: its id stands in the file already: read as an entry of its own without id",
        "g.tbx, entry c4, line 1: a language section without a language code (none): read as undetermined (und)",
    ]
    assert (back.counts.read, back.counts.refused, back.counts.new) == (3, 1, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<tbx><text><body><conceptEntry", "is no well-formed XML"),
        ("<html><body/></html>", "is XML but no TBX: it begins with <html>"),
        ("<mtf><conceptGrp/></mtf>", "It looks like MultiTerm XML: import it as multitermxml"),
        (martif(""), "gave no entry"),
        ("", "is no well-formed XML"),
    ],
)
def test_a_file_that_gives_nothing_is_an_error_never_a_success(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=message):
        read(text, tmp_path)


# --- what we write ----------------------------------------------------------------------------------------------------


def written(name: str, entries: list[ConceptEntry], tmp_path: Path, options: Options = Options()) -> str:  # noqa: B008
    FORMATS[name].dump(entries, Run("", ""), tmp_path / "g.tbx", options)
    return (tmp_path / "g.tbx").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["tbx", "tbx2"])
def test_english_is_written_as_programs_look_for_it_and_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    text = written(name, [CHAIN], tmp_path)
    assert (text.count('xml:lang="en-US"'), text.count('xml:lang="en"')) == (1, 0)
    assert FORMATS[name].load(tmp_path / "g.tbx").entries == (CHAIN,)


def test_language_codes_can_be_chosen_and_come_back_as_they_were(tmp_path: Path) -> None:
    text = written("tbx", [CHAIN], tmp_path, Options(codes=(("zh", "zh-Hans"), ("en", "en-GB"))))
    assert text.index('langSec xml:lang="zh-Hans"') < text.index('langSec xml:lang="en-GB"')
    assert FORMATS["tbx"].load(tmp_path / "g.tbx").entries == (CHAIN,)


def test_a_suggestion_is_never_written_as_preferred_and_an_approved_term_always_is(tmp_path: Path) -> None:
    first = replace(
        CHAIN,
        lang_secs=tuple(
            replace(s, term_secs=(replace(s.term_secs[0], administrative_status="preferredTerm"),)) for s in CHAIN.lang_secs
        ),
    )
    suggested, approved = written("tbx2", [first], tmp_path), written("tbx2", [replace(CHAIN, status="approved")], tmp_path)
    assert (suggested.count("preferredTerm"), suggested.count("admittedTerm-admn-sts")) == (0, 2)
    assert approved.count("preferredTerm-admn-sts") == 2
    assert "<note>status: suggested</note>" in suggested
    assert "<note>status: approved</note>" in approved


def test_a_machine_s_english_in_an_approved_entry_is_still_a_suggestion(tmp_path: Path) -> None:
    english = LangSec("en", (TermSec("chain-leader system", administrative_status="preferredTerm", origin="composed"),))
    entry = replace(CHAIN, status="approved", lang_secs=(CHAIN.lang_secs[0], english))
    assert written("tbx", [entry], tmp_path).partition('xml:lang="en-US"')[2].count("admittedTerm-admn-sts") == 1
    assert FORMATS["tbx"].load(tmp_path / "g.tbx").entries == (entry,)
    assert "chain-leader system" not in written("tbx", [entry], tmp_path, Options(statuses=("approved",)))


def test_there_is_one_context_to_a_group_and_chinese_comes_first(tmp_path: Path) -> None:
    contexts = tuple(Context(f"推行链长制之{n}。", Source("通知.txt", n), ((2, 5),)) for n in (1, 2))
    german = LangSec("de", (TermSec("Kettenleitersystem"),))
    chinese = LangSec("zh-CN", (TermSec("链长制", contexts=contexts),))
    text = written("tbx2", [ConceptEntry("c1", (german, CHAIN.lang_secs[1], chinese))], tmp_path)
    assert (text.count("<descripGrp>"), text.count('<descrip type="context">')) == (2, 2)
    assert [text.index(f'langSet xml:lang="{code}"') for code in ("zh-CN", "en-US", "de")] == sorted(
        text.index(f'langSet xml:lang="{code}"') for code in ("zh-CN", "en-US", "de")
    )
