from __future__ import annotations

import time

import pytest

from termbuilder import tables
from termbuilder.equivalents import composed, glossaries
from termbuilder.equivalents.composed import compose
from termbuilder.equivalents.dictionary import Rules, of_lines
from termbuilder.equivalents.glossaries import GlossaryRow
from termbuilder.model import Word

TABLES = tables.load()
RULES = composed.Rules.from_tables(TABLES, glossaries.load_reference())
BARE = composed.Rules.from_tables(TABLES, glossaries.Glossary())


def english(term: str, *words: Word, rules: composed.Rules = RULES) -> list[str]:
    return [one.english for one in compose(term, words, rules)]


@pytest.mark.parametrize(
    ("term", "rendering"),
    [
        # heads and what stands before them
        ("青年工程师培养计划", "young engineer training program"),
        ("提升物流效率行动", "campaign to improve logistics efficiency"),
        ("冷链物流管理办法", "administrative measures for cold chain logistics"),
        ("省级绿色园区", "provincial-level green industrial park"),
        ("智慧养老示范区", "smart elderly care demonstration zone"),
        ("港口收费清单", "list of port fees"),
        # verbs with objects, acts with what they are done to
        ("保护湿地", "protecting wetlands"),
        ("加快发展海洋产业", "accelerating the development of marine industries"),
        ("船舶设备更新", "ship equipment upgrading"),
        # numbers
        ("“417”工程", '"417" project'),
        ("三年行动计划", "three-year action plan"),
        ("八大优势产业", "eight major competitive industries"),
        ("五百亿级产业集群", "50-billion-yuan industrial cluster"),
        ("航运十条", "ten measures for shipping"),
        ("一核一园两室三中心", "one core, one park, two labs and three centers"),
        # places
        ("陕西省港口集团", "Shaanxi port group"),
        ("内蒙古畜牧业", "Inner Mongolia animal husbandry"),
        ("沪苏浙皖合作机制", "Shanghai-Jiangsu-Zhejiang-Anhui cooperation mechanism"),
        # enumerations, partners, 的, brackets
        ("风电、光伏、储能", "wind power, photovoltaics and energy storage"),
        ("银企信息平台", "bank-enterprise information platform"),
        ("港口的管理模式", "management model of ports"),
        ("外贸+", "foreign trade Plus"),
        # an attribute belongs to what follows it, a head that English puts first takes all of it
        ("公共航线目录", "catalog of public air routes"),
        ("渔业综合改革", "comprehensive fishery reform"),
        ("农业新装备", "new agricultural equipment"),
        ("产教联盟公共服务平台", "public service platform for industry-education alliances"),
        ("港口考核评估机制", "port assessment and evaluation mechanism"),
        # what stands before a ready part goes with the noun inside it
        ("资本要素市场化配置", "market-based allocation of capital factors of production"),
        ("船舶科技成果转化率", "commercialization rate of ship scientific and technological achievements"),
    ],
)
def test_a_term_is_put_together_in_english_word_order(term: str, rendering: str) -> None:
    assert english(term) == [rendering]


@pytest.mark.parametrize(
    ("term", "rendering"),
    [
        ("常州市科技局", "Changzhou Municipal Science and Technology Bureau"),
        ("江苏省教育厅", "Jiangsu Provincial Department of Education"),
        ("武进区人民政府", "Wujin District People's Government"),
        ("北京市发展和改革委员会", "Beijing Municipal Development and Reform Commission"),
    ],
)
def test_government_bodies_are_named_by_pattern(term: str, rendering: str) -> None:
    assert english(term) == [rendering]


def test_titles_say_what_they_are_about_behind_the_kind_of_document() -> None:
    assert english("关于支持新能源产业发展的若干政策") == ["several policies on supporting new energy industrial development"]
    assert english("关于加强养老服务的意见") == ["opinions on strengthening elderly care services"]
    assert english("关于魑魅的意见") == []
    assert english("一核两翼三带") == ["one core, two wings and three belts"]


@pytest.mark.parametrize(
    "term", ["魑魅魍魉", "十百千万工程", "市魑魅局", "齉齾企业", "的", "、", "", "“”", "以静制动而后发先至者也"]
)
def test_what_cannot_be_said_well_is_not_said(term: str) -> None:
    assert english(term) == []


@pytest.mark.parametrize(
    ("term", "rendering"),
    [
        ("港口教育示范城市", "port education demonstration city"),
        ("海事概念验证平台", "maritime proof-of-concept platform"),
        ("航运母基金", "shipping fund of funds"),
        ("港口项目签约会", "port project signing ceremony"),
    ],
)
def test_known_faults_of_composition_do_not_come_back(term: str, rendering: str) -> None:
    assert english(term) == [rendering]


@pytest.mark.parametrize(
    ("term", "rendering"),
    [
        ("四大板块", "four major sectors"),
        ("三网融合", "integration of three networks"),
        ("两项补贴", "two subsidies"),
        ("“十三五”规划", "13th Five-Year Plan"),
        ("5G基站", "5G base station"),
    ],
)
def test_things_are_counted_and_acts_are_not(term: str, rendering: str) -> None:
    assert english(term) == [rendering]


@pytest.mark.parametrize(
    ("term", "rendering"),
    [
        ("中华人民共和国港口法", "Port Law of the People's Republic of China"),
        ("福建省港口条例", "Fujian Regulations on Ports"),
        ("汕头经济特区港口", "Shantou Special Economic Zone port"),
        ("中国品牌", "Chinese brand"),
        ("中国港口大会", "China port conference"),
    ],
)
def test_laws_and_zones_have_capitals_and_what_is_of_china_is_chinese(term: str, rendering: str) -> None:
    assert english(term) == [rendering]


@pytest.mark.parametrize(
    ("term", "rendering"),
    [
        ("市财政部门", "municipal finance department"),
        ("国务院水利部门", "water resources department of the State Council"),
        ("省林业主管部门", "provincial competent authority for forestry"),
        ("县级以上人民政府审计部门", "audit department of people's governments at or above the county level"),
    ],
)
def test_departments_are_named_by_what_they_look_after(term: str, rendering: str) -> None:
    assert english(term) == [rendering]


@pytest.mark.parametrize(
    ("term", "rendering"), [("多式弹性", "multimodal and flexible"), ("海事弹性", "maritime and flexible")]
)
def test_two_attributes_without_a_noun_are_joined(term: str, rendering: str) -> None:
    assert english(term) == [rendering]


@pytest.mark.parametrize("term", ["“万名水手”计划", "“码上办”平台", "“零跑腿”行动"])
def test_a_quoted_saying_is_no_name(term: str) -> None:
    assert not any(one[0].isupper() for one in english(term))


def test_a_verb_with_its_object_changes_only_the_verb() -> None:
    assert english("加快转化科技成果") == ["accelerating the commercialization of scientific and technological achievements"]


@pytest.mark.parametrize(
    ("term", "rendering"),
    [
        ("一站一档", "one station, one file"),
        ("一河一策机制", '"one river, one policy" mechanism'),
        ("以赛促学", "promoting learning through competition"),
        ("以展招商", "attracting investment through exhibitions"),
        ("航运兴市", "invigorating the city through shipping"),
        ("港口九条", "nine measures for ports"),
        ("绿色航运12条", "12 measures for green shipping"),
        ("港口强市", "city strong in ports"),
        ("市级三大码头", "three major municipal-level wharves"),
        ("一港两湾多岛", "one port, two bays and multiple islands"),
    ],
)
def test_coinages_in_fixed_shapes(term: str, rendering: str) -> None:
    assert english(term) == [rendering]


@pytest.mark.parametrize(
    ("term", "rendering"),
    [
        ("一镇一码头", "one town, one wharf"),
        ("以老带新", "the experienced leading the new"),
        ("以车代人", "replacing people with vehicles"),
        ("以租代建", "leasing instead of building"),
        ("先用后付", "use first, pay later"),
        ("先租后付模式", '"lease first, pay later" model'),
        ("先租后补", "lease first, subsidize later"),
        ("能简尽简", "simplifying wherever possible"),
        ("港中港", "port within a port"),
        ("岛中城", "city within an island"),
        ("招工难招工贵", "difficulty and high cost of recruiting workers"),
        ("办事难", "difficulty in getting things done"),
        ("送法进村", "bringing legal knowledge into villages"),
        ("进港入园", "going into ports and parks"),
        ("千企进千村", "one thousand enterprises entering one thousand villages"),
        ("引链强链固链", "attracting, strengthening and consolidating industrial chains"),
        ("减费降本", "cutting fees and lowering costs"),
        ("赣商大会", "Jiangxi entrepreneur conference"),
        ("赣商回归", "return of Jiangxi entrepreneurs"),
    ],
)
def test_a_coinage_has_the_english_of_its_shape(term: str, rendering: str) -> None:
    assert english(term) == [rendering]


@pytest.mark.parametrize(
    ("term", "rendering"),
    [
        # the rank is that of the whole
        ("国家港口物流试点城市", "national pilot city for port logistics"),
        ("全国港口人才培育试点", "national pilot for cultivation of port talent"),
        ("市级以上港口企业", "port enterprise at or above the municipal level"),
        # two acts side by side are joined
        ("港口优化提升行动", "port optimization and improvement campaign"),
        ("县乡村三级港口", "county-, township- and village-level port"),
        ("三级（港口）", "level 3 (port)"),
        ("风电/光伏", "wind power and photovoltaics"),
        ("港口合作示范区", "port cooperation demonstration zone"),
        ("引进创新", "introducing innovation"),
        # bodies without the name of their place
        ("市科学技术局", "municipal science and technology bureau"),
        ("省科学技术厅", "provincial department of science and technology"),
        # what is counted is singular before a noun
        ("千村示范", "thousand-village demonstration"),
        ("百强县", "top 100 county"),
        ("B类人才", "class B talent"),
        ("瓶颈堵点", "bottleneck"),
        ("痛点堵点卡点", "pain point, bottleneck and sticking point"),
        ("需求端", "demand side"),
        # opening up is two words, with a hyphen only before a noun, and what is opened stands behind
        ("港口对外开放", "opening up of ports"),
        ("宁波扩大开放", "wider opening up of Ningbo"),
        ("对外开放新格局", "new opening-up pattern"),
        ("扩大开放政策", "wider opening-up policy"),
        ("促改革促开放", "promotion of reform and promotion of opening up"),
        ("港口吸引力", "port appeal"),
        ("港口产业链上下游", "upstream and downstream of the port industrial chain"),
        # regions by the short names of their provinces
        ("陕甘宁港口", "Shaanxi-Gansu-Ningxia port"),
        ("闽宁合作", "Fujian-Ningxia cooperation"),
    ],
)
def test_attributes_stand_where_english_has_them(term: str, rendering: str) -> None:
    assert english(term) == [rendering]


def test_an_explanation_is_no_part() -> None:
    long = "mechanism under which whoever is able to do it may take the lead in it"
    own = GlossaryRow("链长制", long, ("chain chief system",), kind="own", place="a.tsv, line 2", origin="glossary")
    assert english("链长制改革", rules=composed.Rules.from_tables(TABLES, glossaries.of_rows([own]))) == [
        "chain chief system reform"
    ]


def test_a_ready_part_is_surer_than_a_shape() -> None:
    assert "within" not in english("城中村改造项目")[0]
    assert english("以奖代补政策") == ["policy for rewarding in place of subsidy"]


@pytest.mark.parametrize("term", ["一龘一策", "以齉促学", "以其昏昏使人昭昭"])
def test_a_coinage_with_an_unknown_part_is_left_alone(term: str) -> None:
    assert english(term) == []


def test_a_quoted_name_of_unknown_parts_is_romanized_and_trusted_little() -> None:
    found = compose("“蠡湖”人才计划", (), RULES)
    assert [(one.english, one.reliability <= 4) for one in found] == [("Lihu talent program", True)]


def test_a_word_that_the_segmenter_takes_for_a_place_is_romanized() -> None:
    assert english("邗江区产业园", Word("邗江区", 0, 3, "ns"), Word("产业园", 3, 6, "n")) == [
        "Hanjiang District industrial park"
    ]


def test_the_glossary_supplies_parts_but_never_the_whole_term() -> None:
    glossary = glossaries.of_rows(
        [GlossaryRow("链长制", "chain chief system", kind="own", place="a.tsv, line 2", origin="glossary")]
    )
    rules = composed.Rules.from_tables(TABLES, glossary)
    assert english("链长制", rules=rules) == []
    assert english("链长制改革", rules=rules) == ["chain chief system reform"]


def test_what_stands_in_the_glossary_is_trusted_more_than_what_is_made_of_words() -> None:
    row = GlossaryRow("冷链物流", "cold chain logistics", kind="own", place="a.tsv, line 2", origin="glossary")
    (with_glossary,) = compose("冷链物流枢纽", (), composed.Rules.from_tables(TABLES, glossaries.of_rows([row])))
    (from_words,) = compose("冷链物流枢纽", (), BARE)
    assert with_glossary.english == from_words.english == "cold chain logistics hub"
    assert with_glossary.reliability > from_words.reliability
    assert with_glossary.origin == "composed"
    assert with_glossary.source == "composed: 冷链物流 + 枢纽"


def test_a_dictionary_adds_rarer_words_where_it_is_given() -> None:
    lines = ["鯷魚 鳀鱼 [ti2 yu2] /anchovy/", "蒸餾 蒸馏 [zheng1 liu2] /to distill/"]
    dictionary = of_lines(lines, Rules.from_tables(TABLES))
    rules = composed.Rules.from_tables(TABLES, glossaries.Glossary(), dictionary)
    assert english("鳀鱼项目", rules=BARE) == []
    assert english("鳀鱼项目", rules=rules) == ["anchovy project"]


def test_composing_is_quick_and_gives_the_same_answer_again() -> None:
    terms = ["省级智慧养老示范基地建设三年行动计划", "风电、光伏、储能、氢能产业协同发展机制", "“417”工程"] * 30
    start = time.process_time()
    first = [english(term) for term in terms]
    assert time.process_time() - start < 5
    assert [english(term) for term in terms] == first
