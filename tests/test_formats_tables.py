"""Tables for each tool: the columns it recognises, and the way back."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from termbuilder.errors import FormatError
from termbuilder.formats import FORMATS, PRESETS, LoadOptions, Options, format_of
from termbuilder.formats.table_profiles import PROFILES
from termbuilder.model import ConceptEntry, Context, Definition, LangSec, Link, Reading, Run, Source, TermSec, Transaction

RUN = Run("a1b2c3", "2026-11-24T10:00:00", {"termbuilder": "0.1.0"}, name="Policy terms")
CHAIN = ConceptEntry(
    "c1",
    (
        LangSec(
            "zh-CN",
            (
                TermSec(
                    "链长制",
                    part_of_speech="noun",
                    reading=Reading("liànzhǎngzhì", ("liàn", "zhǎng", "zhì")),
                    contexts=(Context("全面推行链长制。", Source("通知.txt", 3)),),
                ),
                TermSec("产业链链长制", "variant"),
            ),
            (Definition("一种工作制度", Source("通知.txt", 9)),),
        ),
        LangSec(
            "en",
            (
                TermSec("chain-leader system", administrative_status="preferredTerm", process_status="finalized"),
                TermSec("chain-chief system", origin="composed"),
                TermSec("chain length system", administrative_status="deprecatedTerm"),
            ),
        ),
    ),
    "industry",
    "institution",
    "approved",
    note="see 链主",
)
BARE = ConceptEntry("c2", (LangSec("zh-CN", (TermSec("揭榜挂帅"),)),))
ENTRIES = (CHAIN, BARE)


def written(name: str, tmp_path: Path, options: Options = Options(), entries: tuple[ConceptEntry, ...] = ENTRIES) -> Path:  # noqa: B008
    path = tmp_path / f"glossary{FORMATS[name].suffix}"
    FORMATS[name].dump(entries, RUN, path, options)
    return path


def grid(path: Path, delimiter: str = ",") -> list[list[str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def test_omegat_gets_a_row_for_each_pair_and_no_term_that_is_barred(tmp_path: Path) -> None:
    comment = "liànzhǎngzhì; 一种工作制度"
    assert written("omegat", tmp_path).read_text(encoding="utf-8").splitlines() == [
        "# -*- coding: utf-8 -*-",
        f"链长制\tchain-leader system\tapproved; {comment}",
        f"链长制\tchain-chief system\tsuggested; {comment}",
        f"产业链链长制\tchain-leader system\tapproved; {comment}",
        f"产业链链长制\tchain-chief system\tsuggested; {comment}",
        "揭榜挂帅\t\tsuggested",
    ]


def test_utx_says_of_each_pair_whether_it_may_be_used(tmp_path: Path) -> None:
    lines = written("utx", tmp_path).read_text(encoding="utf-8").splitlines()
    assert lines[:2] == [
        "#UTX 1.11; zh-CN/en; 2026-11-24T10:00:00; dictionary ID: Policy terms;",
        "#src\ttgt\tsrc:pos\tterm status\tsrc:pinyin\tsrc:comment\tconcept ID",
    ]
    assert [line.split("\t")[1:4:2] for line in lines[2:5]] == [
        ["chain-leader system", "approved"],
        ["chain-chief system", "provisional"],
        ["chain length system", "forbidden"],
    ]


def test_crowdin_finds_its_titles_and_a_status_for_each_term(tmp_path: Path) -> None:
    rows = grid(written("csv", tmp_path, Options(profile="crowdin")))
    assert rows[0][:6] == [
        "Concept ID",
        "Concept Definition",
        "Concept Subject",
        "Concept Note",
        "Term [zh-CN]",
        "Description [zh-CN]",
    ]
    terms, statuses = rows[0].index("Term [en]"), rows[0].index("Status [en]")
    assert [(row[0], row[terms], row[statuses]) for row in rows[1:]] == [
        ("c1", "chain-leader system", "preferred"),
        ("c1", "chain-chief system", "draft"),
        ("c1", "chain length system", "not recommended"),
        ("c2", "", ""),
    ]


def test_lokalise_gets_no_row_that_would_delete_a_translation(tmp_path: Path) -> None:
    assert grid(written("csv", tmp_path, Options(profile="lokalise")), ";") == [
        [
            "term",
            "description",
            "casesensitive",
            "translatable",
            "forbidden",
            "tags",
            "zh_CN",
            "zh_CN_description",
            "en",
            "en_description",
        ],
        [
            "链长制",
            "一种工作制度",
            "no",
            "yes",
            "no",
            "approved,institution",
            "链长制",
            "一种工作制度",
            "chain-leader system",
            "",
        ],
    ]


def test_trados_cloud_gets_one_entry_a_row_with_synonyms_in_one_cell(tmp_path: Path) -> None:
    rows = grid(written("csv", tmp_path, Options(profile="trados", codes=(("en", "en-US"),))))
    assert rows[0][:2] == ["zh-CN", "en-US"]
    assert rows[1][:2] == ["链长制|产业链链长制", "chain-leader system|chain-chief system"]


def test_memoq_gets_its_entry_and_term_columns(tmp_path: Path) -> None:
    rows = grid(written("csv", tmp_path, Options(profile="memoq")), ";")
    assert rows[0][10:] == [
        "Chinese_PRC_Def", *["Chinese_PRC", "Term_Info", "Term_Example"] * 2, "English_Def", *["English", "Term_Info", "Term_Example"] * 2,
    ]  # fmt: skip
    assert rows[1][9] == "approved; liànzhǎngzhì; see 链主; id: c1"


def test_phrase_strings_and_tilde_and_matecat_get_their_titles(tmp_path: Path) -> None:
    assert grid(written("csv", tmp_path, Options(profile="phrase")))[0] == [
        "term",
        "case sensitive",
        "translatable",
        "description",
        "zh-CN",
        "en",
    ]
    assert grid(written("csv", tmp_path, Options(profile="tilde")))[0][:5] == [
        "ID",
        "Term-zh-CN",
        "Definition-zh-CN",
        "Term-en",
        "Definition-en",
    ]
    sheet = openpyxl.load_workbook(written("sheet", tmp_path, Options(profile="matecat"))).active
    assert sheet is not None
    assert [c.value for c in sheet[1]] == [
        "Forbidden", "Domain", "Subdomain", "Definition", "zh-CN", "Notes", "Example of use", "en", "Notes", "Example of use",
    ]  # fmt: skip


def test_an_unknown_profile_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"no column profile “wordfast”. Choose one of: crowdin, lokalise, matecat"):
        written("csv", tmp_path, Options(profile="wordfast"))


def essence(entry: ConceptEntry) -> tuple[str, str, list[str], list[str], str]:
    """What any table must bring back: id, status, usable terms of both languages, definition."""
    chinese, english = (
        [
            sec.term
            for sec in entry.lang_sec(lang).term_secs
            if sec.administrative_status not in ("deprecatedTerm", "supersededTerm")
        ]
        for lang in ("zh", "en")
    )
    return entry.id, entry.status, chinese, english, entry.definition.text if entry.definition else ""


KEPT_IDS = ("", "crowdin", "tilde", "trados")


@pytest.mark.parametrize("name", ["csv", "tsv", "sheet"])
@pytest.mark.parametrize("profile", list(PROFILES))
def test_the_table_of_a_tool_can_be_read_back(name: str, profile: str, tmp_path: Path) -> None:
    back = FORMATS[name].load(written(name, tmp_path, Options(profile=profile))).entries
    wanted = essence(CHAIN)
    if profile in ("phrase", "lokalise", "matecat"):  # one term for a language
        wanted = (*wanted[:2], wanted[2][:1], wanted[3][:1], wanted[4])
    found = essence(back[0])
    if profile not in KEPT_IDS:
        assert found[0] in ("", "1")
        wanted = (found[0], *wanted[1:])
    if profile in ("phrase", "memoq", "matecat"):  # the status is a remark
        wanted = (wanted[0], "suggested", *wanted[2:])
    if profile == "phrase":  # status, pinyin and definition in one field
        wanted = (*wanted[:4], "approved; liànzhǎngzhì; 一种工作制度")
    assert found == wanted


def test_our_own_columns_bring_back_what_they_show(tmp_path: Path) -> None:
    back = FORMATS["csv"].load(written("csv", tmp_path)).entries[0]
    assert (back.subject_field, back.category, back.note, back.term_sec.part_of_speech) == (
        "industry",
        "institution",
        "see 链主",
        "noun",
    )
    assert back.term_sec.reading == CHAIN.term_sec.reading
    assert [(sec.term, sec.administrative_status) for sec in back.equivalents][2] == ("chain length system", "deprecatedTerm")
    assert back.contexts[0].source == Source("通知.txt", 3)


def test_what_is_only_suggested_is_not_decided_by_our_own_columns(tmp_path: Path) -> None:
    english = TermSec("chain-leader system", origin="glossary", sources=("a.tsv, line 7",), reliability=8)
    chinese = LangSec("zh-CN", (TermSec("链长制", administrative_status="preferredTerm"),))
    links = (Link("broader", "c2", "制度", "head"), Link("related", "c77", "产业链"))
    mined = ConceptEntry("c1", (chinese, LangSec("en", (english, TermSec("CLS", origin="composed")))), links=links)
    other = ConceptEntry("c2", (LangSec("zh-CN", (TermSec("制度"),)),))
    back = FORMATS["csv"].load(written("csv", tmp_path, entries=(mined, other))).entries[0]
    assert [sec.process_status for section in back.lang_secs for sec in section.term_secs] == ["unprocessed"] * 3
    assert back.equivalents[0] == english
    assert (back.equivalents[1].origin, back.links, back.extra) == (
        "user glossary",
        (Link("broader", "c2", "制度"),),
        (("related", "产业链"),),
    )


@pytest.mark.parametrize("name", ["omegat", "utx"])
def test_lists_of_pairs_come_back_with_their_terms(name: str, tmp_path: Path) -> None:
    back = FORMATS[name].load(written(name, tmp_path)).entries
    assert {(entry.term, sec.term) for entry in back for sec in entry.equivalents} >= {
        ("链长制", "chain-leader system"),
        ("链长制", "chain-chief system"),
    }


def test_no_cell_of_a_table_runs_as_a_formula_and_none_is_changed_for_that(tmp_path: Path) -> None:
    nasty = replace(BARE, note="=HYPERLINK(1)")
    path = written("csv", tmp_path, entries=(nasty,))
    assert "'=HYPERLINK(1)" in path.read_text(encoding="utf-8-sig")
    assert FORMATS["csv"].load(path).entries[0].note == "=HYPERLINK(1)"


# --- tables of others -------------------------------------------------------------------------------------------------


def terms_of(entries: tuple[ConceptEntry, ...]) -> list[tuple[list[str], list[str]]]:
    return [([s.term for s in e.lang_sec("zh").term_secs], [s.term for s in e.equivalents]) for e in entries]


FOREIGN = {
    "titles in Chinese": ("序号,中文,英文,备注\n1,链长制,chain-leader system,常见\n", [(["链长制"], ["chain-leader system"])]),
    "language codes as titles": ("en_us;zh_cn\nchain-leader system;链长制\n", [(["链长制"], ["chain-leader system"])]),
    "language names as titles": ("English,Chinese (Simplified)\nchain-leader system,链长制|链长\n", [(["链长制", "链长"], ["chain-leader system"])]),
    "no titles, English first": ("chain-leader system\t链长制\n", [(["链长制"], ["chain-leader system"])]),
    "no titles, Chinese first": ("链长制,chain-leader system,rare\n揭榜挂帅,open competition,\n", [(["链长制"], ["chain-leader system"]), (["揭榜挂帅"], ["open competition"])]),
    "one concept over several rows": (
        "Concept ID,Term [zh-CN],Term [en],Status [en]\nk1,链长制,chain-leader system,preferred\nk1,,chain length system,obsolete\n",
        [(["链长制"], ["chain-leader system", "chain length system"])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(FOREIGN))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_table_of_somebody_else_is_understood_by_its_titles(name: str, encoding: str, tmp_path: Path) -> None:
    text, wanted = FOREIGN[name]
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    assert terms_of(FORMATS["csv"].load(path).entries) == wanted


def test_unknown_columns_are_kept_as_named_facts(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("中文,英文,Client\n链长制,chain-leader system,ACME\n", encoding="utf-8")
    assert FORMATS["csv"].load(path).entries[0].extra == (("Client", "ACME"),)


def test_when_the_columns_are_not_clear_the_question_is_asked_and_the_answer_taken(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Stichwort,Vorschlag\n链长制,chain-leader system\n", encoding="utf-8")
    with pytest.raises(
        FormatError, match=r"Say it with --map TITLE=term and --map TITLE=english. Columns: “Stichwort”, “Vorschlag”"
    ):
        FORMATS["csv"].load(path)
    mapped = LoadOptions(columns=(("Stichwort", "term"), ("Vorschlag", "english")))
    assert terms_of(FORMATS["csv"].load(path, mapped).entries) == [(["链长制"], ["chain-leader system"])]


def test_a_row_without_a_term_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("中文,英文,备注\n链长制,x,\n,,nur ein Kommentar\n", encoding="utf-8")
    back = FORMATS["csv"].load(path)
    assert (back.counts.read, back.counts.refused) == (1, 1)
    assert str(back.problems[0]) == "list.csv, line 3: no term in this row: it was not read"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "has no row to read"),
        ("中文,英文\n".encode(), "gave no entry"),
        (b"\x00\x01\x02\x03", "is no text file"),
    ],
)
def test_a_table_that_holds_nothing_is_an_error_never_a_success(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=message):
        FORMATS["csv"].load(path)


# --- MultiTerm --------------------------------------------------------------------------------------------------------


def test_multiterm_xml_comes_back_and_brings_the_definition_of_its_termbase(tmp_path: Path) -> None:
    full = replace(
        CHAIN,
        links=(Link("broader", "c2", "揭榜挂帅", "head"), Link("related", "c9", "别的")),
        transactions=(Transaction("origination", "2026-11-24", "王芳"),),
        extra=(("Client", "ACME"),),
        frequency=3,
    )
    path = written("multitermxml", tmp_path, entries=(full, BARE))
    back = FORMATS["multitermxml"].load(path).entries
    spans = tuple(
        replace(s, contexts=tuple(replace(c, term_spans=((4, 7),)) for c in s.contexts)) for s in full.lang_secs[0].term_secs
    )
    assert back == (replace(full, lang_secs=(replace(full.lang_secs[0], term_secs=spans), full.lang_secs[1])), BARE)
    definition = (tmp_path / "glossary.xdt").read_text(encoding="utf-8")
    assert "<ItemLocale>ZH-CN</ItemLocale><ItemText>Chinese (PRC)</ItemText>" in definition
    assert all(f">{field}</TextChild>" in definition for field in ("Client", "Broader term", "Use", "Definition"))


def test_an_export_of_multiterm_itself_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text(
        "<mtf><conceptGrp><concept>7</concept><system type='entryClass'>1</system>"
        "<transacGrp><transac type='origination'>sa</transac><date>2020-01-05T09:00:00</date></transacGrp>"
        "<descripGrp><descrip type='Subject'>Industrie</descrip></descripGrp>"
        "<languageGrp><language type='Chinese (PRC)' lang='ZH-CN'/><termGrp><term>链长制</term>"
        "<descripGrp><descrip type='Status'>preferred</descrip></descripGrp></termGrp></languageGrp>"
        "<languageGrp><language type='English' lang='EN'/>"
        "<descripGrp><descrip type='Definition'>a system</descrip><descripGrp><descrip type='Source'>ISO</descrip></descripGrp></descripGrp>"
        "<termGrp><term>chain-leader system</term></termGrp></languageGrp></conceptGrp></mtf>",
        encoding="utf-16",
    )
    assert FORMATS["multitermxml"].load(path).entries == (
        ConceptEntry(
            "mt7",
            (
                LangSec("zh-CN", (TermSec("链长制", administrative_status="preferredTerm"),)),
                LangSec("en", (TermSec("chain-leader system"),), (Definition("a system", Source("ISO"), "human"),)),
            ),
            "Industrie",
            transactions=(Transaction("origination", "2020-01-05T09:00:00", "sa"),),
        ),
    )


# --- presets and names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tool", list(PRESETS))
def test_every_preset_writes_a_file(tool: str, tmp_path: Path) -> None:
    preset = PRESETS[tool]
    path = tmp_path / f"g{FORMATS[preset.format].suffix}"
    FORMATS[preset.format].dump(ENTRIES, RUN, path, preset.options)
    assert path.stat().st_size > 100


def test_the_end_of_a_name_says_the_format() -> None:
    names = ["a.xlsx", "a.TBX", "a.v2.tbx", "a.dct.tbx", "a.mtf.xml", "a.tab", "a.utf8", "a.csv", "a.html", "a.doc"]
    found = [format_of(Path(name)) for name in names]
    assert [format and format.name for format in found] == [
        "xlsx", "tbx", "tbx2", "tbx-dct", "multitermxml", "omegat", "omegat", "csv", "html", None,
    ]  # fmt: skip


def test_the_page_for_a_client_needs_no_network_and_no_other_file(tmp_path: Path) -> None:
    page = written("html", tmp_path, entries=(replace(CHAIN, links=(Link("related", "c2", "揭榜挂帅"),)), BARE)).read_text(
        encoding="utf-8"
    )
    assert not any(word in page for word in ("http:", "https:", "src=", "@import", "url("))
    assert "全面推行<mark>链长制</mark>。" in page
    assert '<a href="#c2" lang="zh">揭榜挂帅</a>' in page
    assert '<s title="do not use">chain length system</s>' in page


def read_csv(tmp_path: Path, text: str, *columns: tuple[str, str]) -> list[ConceptEntry]:
    path = tmp_path / "g.csv"
    path.write_text(text, encoding="utf-8")
    return list(FORMATS["csv"].load(path, LoadOptions(columns=columns)).entries)


def test_a_column_called_source_holds_terms_only_if_no_other_does(tmp_path: Path) -> None:
    (pair,) = read_csv(tmp_path, "Source,Target\n链长制,chain-leader system\n")
    assert (pair.term, pair.equivalents[0].term, pair.extra) == ("链长制", "chain-leader system", ())
    (stated,) = read_csv(tmp_path, "Chinese,English,Source\n链长制,chain-leader system,省政府网站\n")
    assert ([sec.term for sec in stated.lang_sec("zh").term_secs], stated.extra) == (["链长制"], (("Source", "省政府网站"),))


def test_a_column_called_source_beside_unknown_ones_is_asked_about(tmp_path: Path) -> None:
    text = "Stichwort,Vorschlag,Quelle\n链长制,chain-leader system,省政府网站\n"
    with pytest.raises(FormatError, match="which column holds the Chinese term is not clear"):
        read_csv(tmp_path, text)
    (entry,) = read_csv(tmp_path, text, ("Stichwort", "term"), ("Vorschlag", "english"))
    assert [sec.term for section in entry.lang_secs for sec in section.term_secs] == ["链长制", "chain-leader system"]
    assert entry.extra == (("Quelle", "省政府网站"),)
