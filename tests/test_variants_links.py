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
    forms = [Form(key, key, 0.0, 4) for key in ("碳账户", "绿证", "夜市")]
    grouping = variants.group(forms, (), RULES)
    sentences = [(("碳账户", "绿证"),), (("绿证", "碳账户"), ("夜市",)), (("绿证",), ("夜市",)), (("绿证",), ("夜市",))]
    assert variants.seen_together(grouping, sentences) == (
        variants.GroupLink("related", 0, 1, "named side by side"),
        variants.GroupLink("related", 1, 0, "named side by side"),
    )
