"""Names made of a number: which wordings are one name, and which names are two."""

from __future__ import annotations

import pytest

from termbuilder import tables, variants
from termbuilder.model import Form

RULES = variants.Rules.from_tables(tables.load())


def form(surface: str, place: int = 0, frequency: int = 2) -> Form:
    key = surface.lower()
    for mark in "“”、，":
        key = key.replace(mark, "")
    return Form(key, surface, -float(place), frequency, quoted=float(surface.startswith("“")))


def groups(*surfaces: str) -> list[list[str]]:
    found = variants.group([form(surface, place) for place, surface in enumerate(surfaces)], (), RULES).groups
    return [[member.form.surface for member in group.members] for group in found]


def test_all_wordings_of_a_numbered_strategy_are_one_entry_and_each_says_why() -> None:
    surfaces = ("“718”战略", "“718”创新发展战略", "“718”发展战略", "“718”")
    found = variants.group([form(surface, place) for place, surface in enumerate(surfaces)], (), RULES).groups
    assert [[(member.form.surface, member.rule, member.term_type) for member in group.members] for group in found] == [
        [
            ("“718”战略", "", "fullForm"),
            ("“718”创新发展战略", "same number, same head", "variant"),
            ("“718”发展战略", "same number, same head", "variant"),
            ("“718”", "number of the only name", "shortForm"),
        ]
    ]


def test_a_number_without_quotation_marks_is_a_name_before_the_head_of_a_programme() -> None:
    assert groups("718发展战略", "“718”战略") == [["718发展战略", "“718”战略"]]
    assert groups("“718”先进制造业", "718制造业") == [["“718”先进制造业", "718制造业"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“718”战略", "“718”工程"),
        ("“718”战略", "“719”战略"),
        ("“718”项目", "“718”链主型项目"),
        ("“718”战略", "“718”现代产业集群"),
        ("2030年发展规划", "2030规划"),
        ("100个项目", "100重点项目"),
    ],
)
def test_another_head_another_number_a_kind_and_a_quantity_are_not_the_same_name(one: str, other: str) -> None:
    assert groups(one, other) == [[one], [other]]


def test_words_that_say_more_of_one_programme_join_it_unless_two_programmes_share_the_number() -> None:
    assert groups("“926”工程", "“926”高层次人才培养工程", "“926”人才工程") == [
        ["“926”工程", "“926”高层次人才培养工程", "“926”人才工程"]
    ]
    assert groups("“926”工程", "“926”人才工程", "“926”富民工程") == [["“926”工程"], ["“926”人才工程"], ["“926”富民工程"]]


def test_the_number_alone_joins_no_name_where_it_names_two_things() -> None:
    assert groups("“718”战略", "“718”现代产业集群", "“718”") == [["“718”战略"], ["“718”现代产业集群"], ["“718”"]]


def test_two_things_of_one_number_are_see_also() -> None:
    grouping = variants.group([form("“718”战略"), form("“718”现代产业集群", 1), form("“719”工程", 2)], (), RULES)
    assert grouping.links == (
        variants.GroupLink("related", 1, 0, "same number"),
        variants.GroupLink("related", 0, 1, "same number"),
    )


def test_a_numbered_name_cut_short_or_run_on_is_a_scrap_and_the_name_itself_is_not() -> None:
    surfaces = (
        "“718”创新发展战略",
        "“718”创新",
        "“718”创新成果",
        "“718”创新发展战略落地",
        "“718”创新发展战略，培育领航企业",
        "“718”",
        "“718”现代产业集群",
        "“718”重点任务",
    )
    cut = variants.scraps([form(surface) for surface in surfaces], RULES)
    assert cut == {"718创新", "718创新成果", "718创新发展战略落地", "718创新发展战略培育领航企业"}


def test_where_the_name_itself_is_not_among_the_forms_nothing_is_a_scrap() -> None:
    assert variants.scraps([form("“718”落地见效"), form("揭榜挂帅落地")], RULES) == frozenset()
