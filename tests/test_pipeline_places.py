"""Where the chosen forms stand in a document."""

from __future__ import annotations

from collections.abc import Sequence

from termbuilder.model import Passage
from termbuilder.pipeline.places import occurrences


def _passages(texts: Sequence[str], repeated: Sequence[int] = ()) -> list[Passage]:
    return [Passage("通知.txt", number, text, range(len(text)), repeat=number in repeated) for number, text in enumerate(texts)]


def _found(
    texts: Sequence[str], forms: dict[str, str], repeated: Sequence[int] = ()
) -> list[tuple[int, int, int, str, str, bool]]:
    return [
        (one.passage.number, one.start, one.end, one.form, one.key, nested)
        for one, nested in occurrences(_passages(texts, repeated), forms)
    ]


def test_places_come_in_text_order_and_offsets_count_from_the_beginning_of_their_passage() -> None:
    texts = ["建设产业大脑。", "先试点，再推广产业大脑和未来工厂。"]
    assert _found(texts, {"未来工厂": "b", "产业大脑": "a"}) == [
        (0, 2, 6, "产业大脑", "a", False),
        (1, 7, 11, "产业大脑", "a", False),
        (1, 12, 16, "未来工厂", "b", False),
    ]


def test_a_form_within_a_longer_term_of_another_concept_is_nested_and_one_that_only_overlaps_is_not() -> None:
    forms = {"未来工厂": "a", "工厂": "b", "工厂建设": "c"}
    assert _found(["推进未来工厂建设。"], forms) == [
        (0, 2, 6, "未来工厂", "a", False),
        (0, 4, 8, "工厂建设", "c", False),
        (0, 4, 6, "工厂", "b", True),
    ]


def test_a_form_within_a_longer_form_of_its_own_concept_is_no_place_of_its_own_however_many_terms_stand_between() -> None:
    forms = {"省级未来工厂": "a", "未来工厂": "b", "工厂": "a"}
    assert _found(["认定省级未来工厂，工厂须达标。"], forms) == [
        (0, 2, 8, "省级未来工厂", "a", False),
        (0, 4, 8, "未来工厂", "b", True),
        (0, 9, 11, "工厂", "a", False),
    ]


def test_a_form_does_not_stand_across_the_border_of_two_passages_nor_in_one_that_repeats_another() -> None:
    texts = ["支持产业", "大脑", "产业大脑", "产业大脑"]
    assert _found(texts, {"产业大脑": "a"}, repeated=[2]) == [(3, 0, 4, "产业大脑", "a", False)]


def test_without_forms_or_text_nothing_is_found() -> None:
    assert _found(["产业大脑"], {}) == []
    assert _found([], {"产业大脑": "a"}) == []
