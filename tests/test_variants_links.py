"""Relations between concepts."""

from __future__ import annotations

from termbuilder import tables, variants
from termbuilder.model import Form

RULES = variants.Rules.from_tables(tables.load())


def linked(*surfaces: str, lists: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> list[tuple[str, str, str, str]]:
    forms = [Form("".join(c for c in text if c not in "“”、"), text, -float(n), 3) for n, text in enumerate(surfaces)]
    grouping = variants.group(forms, (), RULES, lists)
    name = [group.main.key for group in grouping.groups]
    return [(name[link.source], link.kind, name[link.target], link.rule) for link in grouping.links[::2]]


def test_firms_of_three_grades_are_linked_to_the_grade_above() -> None:
    assert linked("独角兽企业", "潜在独角兽企业", "瞪羚企业", "企业") == [
        ("独角兽企业", "broader", "企业", "kind of its head noun"),
        ("潜在独角兽企业", "broader", "独角兽企业", "kind of its head noun"),
        ("瞪羚企业", "broader", "企业", "kind of its head noun"),
    ]


def test_things_set_side_by_side_are_parts_not_kinds() -> None:
    assert linked("固链、稳链", "稳链", "固链") == [
        ("固链", "whole", "固链稳链", "one of its parts"),
        ("稳链", "whole", "固链稳链", "one of its parts"),
    ]


def kinds(*surfaces: str) -> set[tuple[str, str, str]]:
    return {(source, kind, target) for source, kind, target, _ in linked(*surfaces)}


def test_a_field_before_a_quoted_name_is_no_kind_of_it_but_a_classifying_word_is() -> None:
    assert kinds("“三提升”行动", "产业升级“三提升”行动", "水利建设“三提升”行动") == {
        ("产业升级三提升行动", "related", "三提升行动"),
        ("水利建设三提升行动", "related", "三提升行动"),
    }
    assert kinds("“一码通”", "公共服务“一码通”", "交通出行“一码通”") == {
        ("公共服务一码通", "related", "一码通"),
        ("交通出行一码通", "related", "一码通"),
    }
    assert ("潜在独角兽企业", "broader", "独角兽企业") in kinds("“独角兽”企业", "潜在“独角兽”企业")


def test_a_list_is_no_kind_of_its_last_member() -> None:
    assert kinds("十亿级企业", "百亿级、十亿级企业") == set()
    assert kinds("验证平台", "概念论证中心、验证平台") == set()
    assert kinds("引导基金", "“四链”等引导基金") == set()
    assert kinds("加速器", "众创空间-孵化器-加速器") == set()
    assert kinds("硬科技", "投早投小投远投硬科技") == set()
    assert kinds("产学研", "军产学研") == {("军产学研", "related", "产学研")}
    assert kinds("一走廊", "三湾两谷一走廊") == set()
    assert kinds("新场景", "消费新模式新场景") == set()


def test_a_seam_through_a_word_or_a_number_makes_no_broader_term() -> None:
    assert ("新能源汽车", "broader", "能源汽车") not in kinds("能源汽车", "新能源汽车", "新能源", "汽车")
    assert kinds("百亿级园区", "三百亿级园区") == set()
    assert ("智慧能源汽车", "broader", "能源汽车") in kinds("能源汽车", "智慧能源汽车")


def test_what_is_done_to_a_thing_is_no_kind_of_it() -> None:
    assert kinds("领航企业", "壮大领航企业", "领航企业联盟") == {("领航企业联盟", "related", "领航企业")}


def test_the_body_of_a_university_at_a_place_is_no_kind_of_what_begins_with_the_place() -> None:
    assert kinds("常州材料研究院", "滨江大学常州材料研究院") == {("滨江大学常州材料研究院", "related", "常州材料研究院")}
    assert kinds("材料研究院", "滨江大学材料研究院") == {("滨江大学材料研究院", "broader", "材料研究院")}


def test_a_name_with_a_plus_in_it_and_a_chance_likeness_are_no_lists() -> None:
    assert kinds("“新能源+”行动", "新能源") == {("新能源+行动", "related", "新能源")}
    assert kinds("滨江大学滨海校区", "滨江大学") == {("滨江大学滨海校区", "related", "滨江大学")}


def test_what_the_text_lists_are_its_parts() -> None:
    found = linked("三大行动", "强基行动", "固本行动", lists=(("三大行动", ("强基行动", "固本行动", "没有找到的行动")),))
    assert found == [
        ("强基行动", "whole", "三大行动", "listed as its parts"),
        ("固本行动", "whole", "三大行动", "listed as its parts"),
    ]


def test_medium_sized_firms_are_no_kind_of_small_ones() -> None:
    assert linked("小微企业", "中小微企业") == []


def test_a_term_inside_another_is_see_also() -> None:
    assert linked("碳账户", "碳账户授信") == [("碳账户授信", "related", "碳账户", "contains it")]


def test_terms_named_side_by_side_again_and_again_are_see_also_and_chance_meetings_are_not() -> None:
    forms = [Form(key, key, 0.0, 4) for key in ("碳账户", "碳信用", "夜市")]
    grouping = variants.group(forms, (), RULES)
    sentences = [(("碳账户", "碳信用"),), (("碳信用", "碳账户"), ("夜市",)), (("碳信用",), ("夜市",)), (("碳信用",), ("夜市",))]
    assert variants.seen_together(grouping, sentences) == (
        variants.GroupLink("related", 0, 1, "named side by side"),
        variants.GroupLink("related", 1, 0, "named side by side"),
    )


def test_two_terms_that_share_no_character_want_a_list_of_three() -> None:
    forms = [Form(key, key, 0.0, 4) for key in ("氢能", "量子科技", "合成生物")]
    grouping = variants.group(forms, (), RULES)
    assert variants.seen_together(grouping, [(("氢能", "量子科技"),)] * 2) == ()
    links = variants.seen_together(grouping, [(("氢能", "量子科技", "合成生物"),)] * 2)
    assert {(link.source, link.target) for link in links if link.source < link.target} == {(0, 1), (0, 2), (1, 2)}
