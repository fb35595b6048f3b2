"""Which forms become one concept, which stay apart, and what each merge says for itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbuilder import tables, variants
from termbuilder.model import Form

RULES = variants.Rules.from_tables(tables.load())


def forms(*keys: str, frequency: int = 1, **counts: int) -> list[Form]:
    return [Form(key.strip("“”"), key, -float(place), counts.get(key, frequency)) for place, key in enumerate(keys)]


def grouped(*given: Form, pairs: tuple[tuple[str, str], ...] = ()) -> list[list[tuple[str, str]]]:
    """Each group of more than one form: (form, rule), the main form first."""
    return [
        [(member.form.key, member.rule) for member in group.members]
        for group in variants.group(given, pairs, RULES).groups
        if len(group.members) > 1
    ]


def quoted(core: str, longer: str) -> tuple[Form, Form]:
    """A core that stands in quotation marks inside the longer form only."""
    return Form(core, f"“{core}”", 0.0, 1, quoted=1.0), Form(longer, f"“{core}”{longer[len(core) :]}", -1.0, 1)


def test_an_enumeration_comma_makes_no_other_term() -> None:
    assert grouped(*forms("降碳、减污、扩绿", "降碳减污扩绿")) == [[("降碳、减污、扩绿", ""), ("降碳减污扩绿", "same form")]]


def test_equal_parts_in_another_order_are_one_term_but_a_phrase_turned_round_is_not() -> None:
    assert grouped(*forms("稳链固链", "固链稳链")) == [[("稳链固链", ""), ("固链稳链", "same parts in another order")]]
    assert grouped(*forms("管理创新", "创新管理")) == []


def test_a_rank_before_a_term_that_never_stands_alone_is_a_form_of_it() -> None:
    assert grouped(*forms("省级众扶平台", "众扶平台")) == [[("众扶平台", ""), ("省级众扶平台", "rank before the term")]]


def test_a_rank_before_a_term_that_is_used_alone_is_a_kind_of_it() -> None:
    plain, ranked = Form("众扶平台", "众扶平台", 1.0, 5), Form("省级众扶平台", "省级众扶平台", 0.5, 2)
    grouping = variants.group([plain, ranked], (), RULES)
    assert [len(group.members) for group in grouping.groups] == [1, 1]
    assert [(link.kind, link.source, link.target) for link in grouping.links] == [("broader", 1, 0), ("narrower", 0, 1)]


def test_a_place_before_the_one_body_of_its_kind_is_a_form_of_it() -> None:
    assert grouped(Form("科学岛", "科学岛", 1.0, 5), Form("合肥科学岛", "合肥科学岛", 0.5, 2)) == [
        [("科学岛", ""), ("合肥科学岛", "place before the term")]
    ]


def test_bodies_of_several_places_stay_apart() -> None:
    assert grouped(*forms("合肥综合保税区", "芜湖综合保税区", "综合保税区")) == []


def test_four_schools_with_similar_names_are_four_schools() -> None:
    schools = forms(
        "滨江信息职业技术学院", "滨江机电职业技术学院", "滨江工程职业技术学院", "滨江工业职业技术学院", "职业技术学院"
    )
    assert grouped(*schools) == []


@pytest.mark.parametrize("modifier", ["潜在", "准", "种子", "新型", "科技型"])
def test_a_classifying_modifier_makes_another_concept(modifier: str) -> None:
    plain, special = Form("领航企业", "领航企业", 1.0, 1), Form(f"{modifier}领航企业", f"{modifier}领航企业", 0.5, 1)
    grouping = variants.group([plain, special], (), RULES)
    assert [len(group.members) for group in grouping.groups] == [1, 1]
    assert grouping.links[0] == variants.GroupLink("broader", 1, 0, "kind of its head noun")


def test_a_tally_of_firms_is_no_other_concept_but_a_counted_coinage_is() -> None:
    plain = Form("领航企业", "领航企业", 1.0, 5)
    assert grouped(plain, Form("三家领航企业", "三家领航企业", 0.5, 1)) == [
        [("领航企业", ""), ("三家领航企业", "number before the term")]
    ]
    assert grouped(Form("攻坚工程", "攻坚工程", 1.0, 5), Form("三大攻坚工程", "三大攻坚工程", 0.5, 1)) == []


def test_praise_makes_no_other_concept() -> None:
    assert grouped(*forms("算法备案库", "高水平算法备案库")) == [
        [("算法备案库", ""), ("高水平算法备案库", "degree word before the term")]
    ]


def test_a_quoted_core_and_its_head_are_one_coinage() -> None:
    assert grouped(*quoted("四纵三横", "四纵三横骨干水网")) == [
        [("四纵三横", ""), ("四纵三横骨干水网", "quoted core and its head")]
    ]


def test_a_core_that_is_a_term_of_its_own_is_not_swallowed_by_what_follows() -> None:
    assert grouped(*quoted("专精特新", "专精特新贷款")) == []


def test_an_activity_after_a_term_joins_only_where_the_term_never_stands_alone() -> None:
    joined = [[("闲置用地盘活", ""), ("闲置用地盘活机制", "activity or property after the term")]]
    assert grouped(*forms("闲置用地盘活", "闲置用地盘活机制")) == joined
    used_alone = [Form("闲置用地盘活", "闲置用地盘活", 1.0, 4), Form("闲置用地盘活机制", "闲置用地盘活机制", 0.5, 1)]
    assert grouped(*used_alone) == []


def test_reform_of_a_body_is_a_policy_of_its_own_but_reform_of_a_mechanism_is_not() -> None:
    assert grouped(*forms("地方国企", "地方国企改革")) == []
    assert grouped(*forms("用能权交易", "用能权交易改革")) == [
        [("用能权交易", ""), ("用能权交易改革", "activity or property after the term")]
    ]


def test_an_animal_stands_for_the_firm_called_after_it() -> None:
    assert grouped(*forms("瞪羚企业", "瞪羚", frequency=3)) == [[("瞪羚企业", ""), ("瞪羚", "nickname without its head")]]


def test_an_abbreviation_with_a_life_of_its_own_is_linked_not_merged() -> None:
    grouping = variants.group(forms("高企", "高新技术企业", frequency=3), (), RULES)
    assert [(group.main.key, group.members[0].term_type) for group in grouping.groups] == [
        ("高企", "abbreviation"),
        ("高新技术企业", "fullForm"),
    ]
    assert [(link.kind, link.source, link.target) for link in grouping.links] == [("fullForm", 0, 1), ("shortForm", 1, 0)]


def test_a_longer_abbreviation_is_another_form_of_its_full_form() -> None:
    group = variants.group(forms("外国专家服务站", "外专服务站", frequency=3), (), RULES).groups[0]
    assert [(member.form.key, member.rule, member.term_type) for member in group.members] == [
        ("外国专家服务站", "", "fullForm"),
        ("外专服务站", "short word written out", "abbreviation"),
    ]


def test_an_unlisted_abbreviation_is_read_off_its_full_form() -> None:
    links = variants.group(forms("数实融合", "数字实体融合", frequency=2), (), RULES).links
    assert links[0] == variants.GroupLink("fullForm", 0, 1, "short form aligned with its full form")


def test_of_two_full_forms_the_one_that_the_abbreviation_covers_best_is_taken() -> None:
    links = variants.group(forms("科小企业", "科技型中小企业", "科技型中小微企业", frequency=2), (), RULES).links
    full = [(link.source, link.target) for link in links if link.kind == "fullForm"]
    assert full == [(0, 1)]


def test_what_the_text_explains_is_believed_and_a_part_of_the_full_name_is_a_form_of_it() -> None:
    pair = (("量子谷", "云湖量子谷产业园"),)
    assert grouped(*forms("云湖量子谷产业园", "量子谷", frequency=3), pairs=pair) == [
        [("云湖量子谷产业园", ""), ("量子谷", "explained in the text")]
    ]


def test_a_bureau_without_its_city_is_that_of_the_one_city_named() -> None:
    assert grouped(*forms("常州市科学技术局", "市科技局", frequency=2)) == [
        [("常州市科学技术局", ""), ("市科技局", "seat of the body left out")]
    ]
    two_cities = [
        [("常州市科学技术局", ""), ("常州市科技局", "short word written out")],
    ]
    assert grouped(*forms("常州市科学技术局", "常州市科技局", "无锡市科学技术局", "市科技局", frequency=2)) == two_cities


def test_a_slip_of_the_scanner_joins_the_form_it_was_made_of_but_a_frequent_form_is_no_slip() -> None:
    right, wrong = Form("滤波天线", "滤波天线", 1.0, 6), Form("滤波夭线", "滤波夭线", 0.5, 1)
    assert grouped(right, wrong) == [[("滤波天线", ""), ("滤波夭线", "slip of the scanner")]]
    assert grouped(right, Form("滤波夭线", "滤波夭线", 0.5, 4)) == []


def test_a_longer_form_never_pulls_two_terms_together() -> None:
    core, whole = quoted("双尖双领", "双尖双领技术攻关清单")
    keys = [[key for key, _ in group] for group in grouped(core, Form("技术攻关清单", "技术攻关清单", -0.5, 1), whole)]
    assert keys == [["双尖双领", "双尖双领技术攻关清单"]]


def test_the_main_form_is_the_plain_one_even_if_the_longer_one_scores_higher() -> None:
    longer, plain = Form("国家级质检中心", "国家级质检中心", 2.0, 1), Form("质检中心", "质检中心", 1.0, 1)
    assert [key for key, _ in grouped(longer, plain)[0]] == ["质检中心", "国家级质检中心"]


HAN = st.text(alphabet="国省市级高新技术企业中心改革“”机制数字", min_size=2, max_size=9)


@settings(max_examples=60, deadline=None)
@given(st.lists(HAN, min_size=1, max_size=25, unique_by=lambda text: text.strip("“”")))
def test_every_form_is_in_one_group_and_links_are_paired_without_cycles(texts: list[str]) -> None:
    given_forms = [Form(text.strip("“”"), text, -float(n), 1 + n % 3) for n, text in enumerate(texts) if text.strip("“”")]
    grouping = variants.group(given_forms, (), RULES)
    keys = [member.form.key for group in grouping.groups for member in group.members]
    assert sorted(keys) == sorted(form.key for form in given_forms)
    assert all(bool(member.rule) != (n == 0) for group in grouping.groups for n, member in enumerate(group.members))
    pairs = [(link.source, link.target) for link in grouping.links]
    assert all((target, source) in pairs for source, target in pairs)
    assert all(source != target for source, target in pairs)
    above: dict[int, set[int]] = {}
    for link in grouping.links:
        if link.kind == "broader":
            above.setdefault(link.source, set()).add(link.target)
    for start in above:
        seen: set[int] = set()
        waiting = list(above[start])
        while waiting:
            at = waiting.pop()
            assert at != start
            waiting.extend(above.get(at, set()) - seen)
            seen |= above.get(at, set())
