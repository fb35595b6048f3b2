from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from termbuilder.check import CODES, Finding, check, of_file, silence
from termbuilder.check.english import across
from termbuilder.check.report import as_json, as_sarif, as_summary, as_text
from termbuilder.model import ConceptEntry, Context, LangSec, Link, Reading, Source, TermSec

SOURCE = Source("通知.docx", 3, 20)
CHINESE = TermSec(
    "瞪羚企业",
    part_of_speech="noun",
    reading=Reading("dènglíng qǐyè", ("dèng", "líng", "qǐ", "yè")),
    contexts=(Context("支持瞪羚企业做大做强。", SOURCE),),
)
ENGLISH = TermSec("gazelle company", origin="glossary", sources=("glossary",), reliability=7)
GOOD = ConceptEntry("c0001", (LangSec("zh-CN", (CHINESE,)), LangSec("en", (ENGLISH,))), subject_field="industry")


def chinese(**changes: object) -> ConceptEntry:
    return replace(GOOD, lang_secs=(LangSec("zh-CN", (replace(CHINESE, **changes),)), GOOD.lang_sec("en")))  # type: ignore[arg-type]


def term(text: str) -> ConceptEntry:
    return chinese(term=text, reading=Reading("x", ("x",) * sum("一" <= character <= "鿿" for character in text)))


def english(*secs: TermSec, **changes: object) -> ConceptEntry:
    return replace(GOOD, lang_secs=(GOOD.lang_sec("zh"), LangSec("en", secs)), **changes)  # type: ignore[arg-type]


def second(**changes: object) -> ConceptEntry:
    other = replace(CHINESE, term="独角兽企业", reading=None)
    sections = (
        LangSec("zh-CN", (replace(other, reading=Reading("x", ("x",) * 5)),)),
        LangSec("en", (replace(ENGLISH, term="unicorn"),)),
    )
    return replace(replace(GOOD, id="c0002", lang_secs=sections), **changes)  # type: ignore[arg-type]


def with_term(entry: ConceptEntry, text: str) -> ConceptEntry:
    secs = (*entry.lang_sec("zh").term_secs, TermSec(text))
    return replace(entry, lang_secs=(LangSec("zh-CN", secs), entry.lang_sec("en")))


def codes(*entries: ConceptEntry) -> list[str]:
    return [finding.code for finding in check(entries)]


def test_a_good_entry_has_nothing_to_find() -> None:
    assert check([GOOD, second()]) == []


WRONG = [
    ("E101", [GOOD, second(id="c0001")]),
    ("E102", [replace(GOOD, lang_secs=())]),
    ("E102", [english(ENGLISH, TermSec(" ", origin="human"))]),
    ("E103", [GOOD, with_term(second(), "“瞪羚”企业")]),
    ("E103", [GOOD, with_term(second(subject_field=""), "瞪羚企業")]),
    ("E104", [english(ENGLISH, ENGLISH)]),
    ("E105", [replace(GOOD, links=(Link("broader", "c0009"),))]),
    ("E106", [replace(GOOD, links=(Link("related", "c0001"),))]),
    ("E107", [replace(GOOD, links=(Link("broader", "c0002"),)), second(links=(Link("broader", "c0001"),))]),
    ("E107", [replace(GOOD, links=(Link("broader", "c0002"),)), replace(second(), links=(Link("whole", "c0001"),))]),
    ("E108", [replace(GOOD, lang_secs=(LangSec("zh_CN", (CHINESE,)), LangSec("en", (ENGLISH,))))]),
    ("E108", [replace(GOOD, lang_secs=(*GOOD.lang_secs, LangSec("german", (TermSec("Gazelle"),))))]),
    ("E109", [replace(GOOD, status="done")]),  # type: ignore[arg-type]
    ("E109", [chinese(part_of_speech="n.")]),
    ("E110", [replace(GOOD, note="核\x07")]),
    ("E110", [chinese(contexts=(Context("瞪羚\ud83d企业", SOURCE),))]),
    ("E111", [replace(GOOD, id="7")]),
    ("E111", [replace(GOOD, id="tb:7")]),
    (
        "E112",
        [english(*(replace(ENGLISH, term=t, administrative_status="preferredTerm") for t in ("gazelle", "gazelle firm")))],
    ),
    ("E113", [english(replace(ENGLISH, administrative_status="deprecatedTerm"), status="approved")]),
    ("E114", [english(replace(ENGLISH, term="瞪羚 company"))]),
    ("W201", [english()]),
    ("W202", [chinese(contexts=())]),
    (
        "W203",
        [
            GOOD,
            replace(second(), lang_secs=(second().lang_sec("zh"), LangSec("en", (replace(ENGLISH, term="Gazelle  company"),)))),
        ],
    ),
    ("W204", [chinese(contexts=(Context("支持瞪羚企业做大做强。", Source("")),))]),
    ("W205", [english(replace(ENGLISH, origin="", sources=()))]),
    ("W206", [replace(GOOD, status="approved")]),
    ("W207", [chinese(reading=None)]),
    ("W207", [chinese(reading=Reading("dènglíng qǐyè", ("dèng", "líng", "qǐ")))]),
    ("W207", [chinese(reading=Reading("dènglíng qǐyè", CHINESE.reading.syllables if CHINESE.reading else (), uncertain=True))]),
    ("W208", [replace(GOOD, subject_field="")]),
    ("W209", [term("瞪羚企业；")]),
    ("W209", [english(replace(ENGLISH, term="gazelle company "))]),
    ("W210", [english(replace(ENGLISH, term="gazelle \u0441ompany"))]),
    ("W211", [english(replace(ENGLISH, term="ＡＩ plus initiative"))]),
    ("W212", [term("揭榜掛帅")]),
    ("W213", [term("“揭榜挂帅")]),
    ("W213", [term("“双一流”（高校")]),
    ("W214", [english(ENGLISH, replace(ENGLISH, term="Gazelle Company"))]),
    ("W215", [term("进一步" * 16)]),
    ("W216", [english(replace(ENGLISH, term="-50 degree chain"))]),
    ("W217", [GOOD, with_term(second(subject_field="company names"), "瞪羚企业")]),
    ("W218", [replace(GOOD, lang_secs=(LangSec("en", (ENGLISH,)),))]),
    (
        "W203",
        [
            GOOD,
            replace(
                second(), lang_secs=(second().lang_sec("zh"), LangSec("en", (replace(ENGLISH, term="the gazelle companies"),)))
            ),
        ],
    ),
    ("W213", [term("”双一流“高校")]),
    ("W213", [english(replace(ENGLISH, term='"gazelle company'))]),
    ("W214", [english(ENGLISH, replace(ENGLISH, term="Gazelle Companies"))]),
    (
        "W221",
        [
            english(
                TermSec("gazelle company", origin="gloss", sources=("办法.docx, line 3",)),
                TermSec("fast-growing firm", origin="gloss", sources=("通知.docx, page 2, line 40",)),
            )
        ],
    ),
]


@pytest.mark.parametrize(("code", "entries"), WRONG)
def test_what_is_wrong_is_found(code: str, entries: list[ConceptEntry]) -> None:
    found = codes(*entries)
    assert found == [code] or (code, found) in ACCOMPANIED


def test_every_code_has_an_example() -> None:
    from_files = {finding.code for finding in of_file([("row 3", "no term", True), ("row 4", "unknown column", False)])}
    from_translations = {"W301", "W302"}  # tests/test_check_qa.py
    from_glossary = {"W220"}
    assert {code for code, _ in WRONG} | from_files | from_translations | from_glossary == set(CODES)


# Where one thing is wrong because of another: an entry without Chinese has no Chinese context either.
ACCOMPANIED = [
    ("E102", ["E102", "W201", "W202"]),
    ("E103", ["E103", "W208"]),
    ("E108", ["E108", "W218"]),
    ("W218", ["W202", "W218"]),
]

RIGHT = [
    [term("“双创”示范基地")],
    [term("人工智能+制造（试点）")],
    [term("台湾地区科技交流")],
    [term("一核一园两室三中心")],
    [term("揭榜掛帥")],
    [english(replace(ENGLISH, term="α-amylase industry"))],
    [english(replace(ENGLISH, term="R&D of 5G+ products (trial)"))],
    [english(ENGLISH, replace(ENGLISH, term="gazelle", administrative_status="deprecatedTerm"), status="suggested")],
    [replace(GOOD, lang_secs=(LangSec("zh-Hans-CN", (CHINESE,)), LangSec("en-US", (ENGLISH,))))],
    [
        replace(
            GOOD,
            status="approved",
            lang_secs=(GOOD.lang_sec("zh"), LangSec("en", (replace(ENGLISH, process_status="finalized"),))),
        )
    ],
    [replace(GOOD, links=(Link("broader", "c0002"),)), second(links=(Link("narrower", "c0001"),))],
    [replace(GOOD, status="rejected", subject_field=""), second()],
    [GOOD, second(status="rejected", id="c0002")],
    [replace(GOOD, note="第一行\n第二行\t末")],
    [replace(GOOD, links=(Link("related", "c0002"),)), second(status="rejected")],
]


@pytest.mark.parametrize("entries", RIGHT)
def test_what_only_looks_wrong_is_not_found(entries: list[ConceptEntry]) -> None:
    assert codes(*entries) == []


def test_two_concepts_may_share_a_second_english_choice() -> None:
    other = replace(second(), lang_secs=(second().lang_sec("zh"), LangSec("en", (*second().equivalents, ENGLISH))))
    assert codes(GOOD, other) == []


def test_findings_stand_in_the_order_of_the_entries() -> None:
    found = check([second(subject_field="", links=(Link("broader", "c0009"),)), replace(GOOD, id="7")])
    assert [(finding.entry, finding.code) for finding in found] == [("c0002", "E105"), ("c0002", "W208"), ("7", "E111")]


def test_a_long_circle_is_told_once_and_in_full() -> None:
    entries = [
        replace(
            second(), id=f"c{n}", lang_secs=second().lang_secs, links=(Link("broader", f"c{n % 3 + 1}"),), subject_field=f"f{n}"
        )
        for n in (1, 2, 3)
    ]
    circles = [finding.message for finding in check(entries) if finding.code == "E107"]
    assert circles == ["the broader entries go round: c1 > c2 > c3 > c1"]


# --- keys and silence ---------------------------------------------------------------------------------------------------


def keys(*entries: ConceptEntry) -> set[str]:
    return {finding.key for finding in check(entries)}


def test_a_key_stays_while_the_same_is_wrong_whatever_the_ids_and_the_order() -> None:
    one, other = GOOD, replace(second(), lang_secs=(second().lang_sec("zh"), GOOD.lang_sec("en")))
    before = keys(one, other)
    assert {key[:4] for key in before} >= {"W203"}
    assert keys(replace(other, id="c0912"), replace(one, id="c0007")) == before
    assert keys(one, replace(other, score=3.0, frequency=9, note="seen")) == before


def test_a_key_changes_when_something_else_is_wrong() -> None:
    spaced, other = english(replace(ENGLISH, term="gazelle company ")), english(replace(ENGLISH, term="gazelle firm "))
    assert len(keys(spaced) | keys(other)) == 2
    assert len({Finding("W201", "c1", "瞪羚企业", "").key, Finding("W202", "c1", "瞪羚企业", "").key}) == 2
    assert Finding("E102", "c1", "", "").key != Finding("E102", "c2", "", "").key


@pytest.mark.parametrize(("code", "entries"), WRONG)
def test_findings_have_keys_of_their_own(code: str, entries: list[ConceptEntry]) -> None:
    found = check([*entries, second(id="c0044")])
    assert len({finding.key for finding in found}) == len(found)


def test_what_the_entry_silences_is_not_told_and_the_rest_is() -> None:
    bare_entry = ConceptEntry("c0001", (LangSec("zh-CN", (TermSec("瞪羚企业"),)),))
    found = check([bare_entry])
    assert [one.code for one in found] == ["W201", "W202", "W207", "W208"]
    silenced = replace(bare_entry, extra=silence.with_silenced(bare_entry, [found[0].key, "W208"]))
    assert silenced.extra == (("silenced", f"{found[0].key} W208"),)
    assert [one.code for one in silence.told(check([silenced]), [silenced], ())] == ["W202", "W207"]
    other = replace(bare_entry, id="c0002", lang_secs=(LangSec("zh-CN", (TermSec("链主企业"),)),))
    assert [one.code for one in silence.told(check([silenced, other]), [silenced, other], ())][2:] == [
        "W201",
        "W202",
        "W207",
        "W208",
    ]


def test_what_a_file_of_keys_silences_may_be_a_whole_report() -> None:
    found = check([second(), GOOD])
    known = silence.keys_in(as_text({"glossary.tbx": found}))
    assert silence.told(found, [], known) == []
    assert silence.told(found, [], silence.keys_in("# " + as_text({"glossary.tbx": found[:1]}))) == found


# --- reports --------------------------------------------------------------------------------------------------------------

FOUND = {
    "glossary.tbx": [Finding("E105", "c0001", "瞪羚企业", "broader leads to c0009, which is not there")],
    "client.csv": of_file([("client.csv, line 3", "no term in it", True)]),
}


def test_findings_as_text() -> None:
    assert as_text(FOUND) == (
        f"glossary.tbx: c0001 瞪羚企业: {FOUND['glossary.tbx'][0].key} broader leads to c0009, which is not there\n"
        f"client.csv: client.csv, line 3: {FOUND['client.csv'][0].key} no term in it\n"
        "2 errors, 0 warnings"
    )


def test_a_summary_shows_every_error_and_the_first_warnings_of_each_code() -> None:
    warnings = [Finding("W201", f"c000{n}", f"第{n}批试点", "no English term") for n in range(1, 6)]
    errors = [Finding("E106", f"c000{n}", f"第{n}批试点", "a link to itself") for n in range(1, 5)]
    assert as_summary({"glossary.tbx": [*warnings, *errors], "client.csv": []}) == (
        "glossary.tbx: E106 an entry is linked to itself (4)\n"
        "  c0001 第1批试点: a link to itself\n"
        "  c0002 第2批试点: a link to itself\n"
        "  c0003 第3批试点: a link to itself\n"
        "  c0004 第4批试点: a link to itself\n"
        "glossary.tbx: W201 no English (5)\n"
        "  c0001 第1批试点: no English term\n"
        "  c0002 第2批试点: no English term\n"
        "  c0003 第3批试点: no English term\n"
        "  ... 2 more\n"
        "4 errors, 5 warnings (--all lists every one)"
    )


def test_findings_as_json() -> None:
    assert json.loads(as_json(FOUND))[0] == {
        "file": "glossary.tbx",
        "code": "E105",
        "key": FOUND["glossary.tbx"][0].key,
        "level": "error",
        "entry": "c0001",
        "term": "瞪羚企业",
        "place": "",
        "message": "broader leads to c0009, which is not there",
    }


def test_findings_as_sarif() -> None:
    log = json.loads(as_sarif(FOUND, "1.2.3"))
    run = log["runs"][0]
    assert (log["version"], run["tool"]["driver"]["version"]) == ("2.1.0", "1.2.3")
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["E105", "E115"]
    assert [(result["ruleId"], result["ruleIndex"], result["level"]) for result in run["results"]] == [
        ("E105", 0, "error"),
        ("E115", 1, "error"),
    ]
    assert run["results"][0]["partialFingerprints"] == {"termbuilder/v1": FOUND["glossary.tbx"][0].key}
    location = run["results"][0]["locations"][0]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "glossary.tbx"
    assert location["logicalLocations"][0]["name"] == "c0001"


def test_the_documented_table_is_the_table() -> None:
    page = Path(__file__).parents[1] / "docs" / "checks.md"
    rows = re.findall(r"^\| <a id=\"\w+\"></a>([EW]\d{3}) \| ([^|]+) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(code, what.strip()) for code, what in rows] == list(CODES.items())


def test_english_that_the_reference_glossary_tells_to_avoid_is_warned_of_with_the_reason() -> None:
    avoid = {"瞪羚企业": {"antelope company": "瞪羚 is the gazelle"}}
    wrong = english(replace(ENGLISH, term="Antelope companies"))
    assert [(one.code, one.message) for one in check([wrong], avoid)] == [
        ("W220", "Antelope companies is to be avoided: 瞪羚 is the gazelle. Deprecate it, or say why in a note")
    ]
    deprecated = english(ENGLISH, replace(ENGLISH, term="antelope company", administrative_status="deprecatedTerm"))
    assert check([deprecated], avoid) == check([GOOD], avoid) == []


def test_a_short_form_that_is_linked_to_its_full_form_has_the_same_english() -> None:
    short = replace(second(links=(Link("fullForm", "c0001"),)), lang_secs=(second().lang_sec("zh"), GOOD.lang_sec("en")))
    assert check([GOOD, short]) == []
    assert codes(GOOD, replace(short, links=(Link("related", "c0001"),))) == ["W203"]


def test_one_gloss_of_a_term_in_two_documents_is_no_contradiction() -> None:
    both = english(
        TermSec("gazelle company", origin="gloss", sources=("办法.docx, line 3",)),
        TermSec("GC", origin="gloss", sources=("办法.docx, line 3",)),
    )
    assert check([both]) == []


def test_two_files_that_give_a_term_different_english_are_warned_of_in_the_second() -> None:
    other = english(replace(ENGLISH, term="high-growth company"), id="t9")
    found = across({"a.tbx": [GOOD, second()], "b.xlsx": [other, replace(second(), id="t10")]})
    assert {name: [(one.code, one.entry, one.message) for one in some] for name, some in found.items()} == {
        "b.xlsx": [("W221", "t9", "high-growth company here, gazelle company in a.tbx. Choose one")]
    }
    same = english(replace(ENGLISH, term="Gazelle Companies"))
    assert across({"a.tbx": [GOOD], "b.xlsx": [same]}) == {}
