"""Terms read aloud: readings, words, capitals, styles, doubt."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from termbuilder import pinyin, segment, tables
from termbuilder.errors import TableError
from termbuilder.model import Reading
from termbuilder.tables import Tables

LOADED = tables.load()
RULES = pinyin.Rules.from_tables(LOADED)
TERMS = Path(__file__).parents[1] / "benchmarks" / "pinyin"


def aloud(term: str, proper: bool = False, style: str = "marks") -> Reading:
    return pinyin.read_aloud(term, [word.text for word in segment.words(term)], RULES, proper=proper, style=style)


@pytest.mark.parametrize(("name", "least", "wrong_of_a_hundred"), [("terms", 400, 1), ("second", 300, 1), ("third", 150, 6)])
def test_the_benchmark_terms_are_read_and_written_right(name: str, least: int, wrong_of_a_hundred: int) -> None:
    with (TERMS / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(
            csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        )
    wrong = {row["term"]: aloud(row["term"], row["proper"] == "yes").text for row in rows}
    wrong = {row["term"]: wrong[row["term"]] for row in rows if wrong[row["term"]] != row["reading"]}
    assert len(rows) >= least
    # another version of the library or of the segmenter may differ in a word or two
    assert len(wrong) <= len(rows) * wrong_of_a_hundred // 100, wrong


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("保定高新区", "Bǎodìng Gāoxīnqū"),  # a kind of area after a place
        ("保定经济开发区", "Bǎodìng Jīngjì Kāifāqū"),
        ("西溪街道", "Xīxī Jiēdào"),  # a name that no table has
        ("梅林科学城", "Méilín Kēxuéchéng"),
        ("红石镇", "Hóngshí Zhèn"),
        ("保定市云湖区", "Bǎodìng Shì Yúnhú Qū"),
        ("中心城区", "zhōngxīn chéngqū"),  # kinds, no names
        ("沿海开发区", "yánhǎi kāifāqū"),
        ("国家级经开区", "guójiājí jīngkāiqū"),
        ("城中村", "chéngzhōngcūn"),
        ("矿山区", "kuàngshānqū"),
        ("森林城市", "sēnlín chéngshì"),
    ],
)
def test_areas_are_names_after_a_place_and_kinds_elsewhere(term: str, text: str) -> None:
    assert aloud(term).text == text


def test_ought_and_more_as_words_of_their_own() -> None:
    assert aloud("应退还金额").syllables[0] == "yīng"
    assert aloud("应用场景").syllables[0] == "yìng"
    assert aloud("充分行使").text == "chōngfèn xíngshǐ"  # no 分行 in it


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("揭榜挂帅", "jiēbǎng guàshuài"),
        ("长三角", "Cháng-Sānjiǎo"),
        ("产学研", "chǎn-xué-yán"),
        ("三高一资", "sāngāo yīzī"),
        ("四大工程", "sì dà gōngchéng"),
        ("7大平台", "7 dà píngtái"),
        ("创新之都", "chuàngxīn zhī dū"),
        ("实事求是", "shíshì-qiúshì"),
    ],
)
def test_words_are_joined_as_in_the_standard(term: str, text: str) -> None:
    assert aloud(term).text == text


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("多重点位", "duōchóngdiǎn wèi"),  # not zhòngdiǎn across the border of two words
        ("合作市场", "hézuò shìchǎng"),  # 合作市 is a city, 合作市场 is not in it
        ("朝阳产业", "zhāoyáng chǎnyè"),  # no district
        ("来宾服务", "láibīn fúwù"),  # no city
        ("常州市场", "Chángzhōu shìchǎng"),  # no Chángzhōu Shì
    ],
)
def test_a_row_does_not_reach_into_other_words(term: str, text: str) -> None:
    assert aloud(term).text == text


def test_there_is_one_syllable_for_each_chinese_character_whatever_else_stands_there() -> None:
    for term in ("“532”发展战略", "AI+制造", "5G网络", "首台（套）装备", "R&D经费", "一品牌+六平台", "《科学技术普及法》"):
        assert len(aloud(term).syllables) == sum("\u4e00" <= sign <= "\u9fff" for sign in term), term


@pytest.mark.parametrize(
    ("style", "text", "syllables"),
    [
        ("marks", "Xī'ān lǜsè zhànlüè", ("xī", "ān", "lǜ", "sè", "zhàn", "lüè")),
        ("numbers", "Xi1an1 lü4se4 zhan4lüe4", ("xi1", "an1", "lü4", "se4", "zhan4", "lüe4")),
        ("plain", "Xi'an lüse zhanlüe", ("xi", "an", "lü", "se", "zhan", "lüe")),
    ],
)
def test_styles_keep_the_dots_and_the_apostrophe_where_it_is_needed(style: str, text: str, syllables: tuple[str, ...]) -> None:
    assert aloud("西安绿色战略", style=style) == Reading(text, syllables)


def test_a_light_syllable_has_tone_number_five() -> None:
    assert aloud("粮食", style="numbers").text == "liang2shi5"


def test_every_word_of_a_proper_name_takes_a_capital_but_function_words_do_not() -> None:
    assert aloud("国家发展和改革委员会", proper=True).text == "Guójiā Fāzhǎn hé Gǎigé Wěiyuánhuì"
    assert aloud("常州市科技局", proper=True).text == "Chángzhōu Shì Kējìjú"
    assert aloud("科技局").text == "kējìjú"


def test_yi_and_bu_keep_their_own_tone() -> None:
    assert aloud("一代").syllables == ("yī", "dài")
    assert aloud("不断完善").syllables[0] == "bù"
    assert aloud("统一").syllables == ("tǒng", "yī")


def test_a_reading_that_nothing_settles_says_so() -> None:
    assert aloud("量算").uncertain  # 量 to measure, or short for 量子
    assert not aloud("量子").uncertain
    assert not aloud("以企业为主体").uncertain


def test_a_wrong_cut_is_put_right_and_a_cut_of_another_text_is_ignored() -> None:
    assert pinyin.read_aloud("揭榜挂帅", ["揭", "榜挂", "帅"], RULES).text == "jiēbǎng guàshuài"
    assert pinyin.read_aloud("揭榜挂帅", ["别的"], RULES).text == "jiēbǎng guàshuài"
    assert pinyin.read_aloud("", [], RULES) == Reading("", ())
    assert pinyin.read_aloud("GDP", ["GDP"], RULES) == Reading("GDP", ())


def test_a_row_of_ones_own_wins() -> None:
    own = Tables(
        {**LOADED.by_name, "readings": (*LOADED.rows("readings"), {"term": "量算", "reading": "liàngsuàn", "why": "ours"})}
    )
    assert pinyin.read_aloud("量算", ["量算"], pinyin.Rules.from_tables(own)) == Reading("liàngsuàn", ("liàng", "suàn"))


def test_a_row_with_too_few_syllables_is_refused_by_name() -> None:
    bad = Tables({**LOADED.by_name, "readings": ({"term": "量算", "reading": "liàng", "why": ""},)})
    with pytest.raises(TableError, match=r"readings\.tsv, row 量算: 'liàng' has 1 syllables for 2 characters"):
        pinyin.Rules.from_tables(bad)
