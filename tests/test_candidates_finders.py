from __future__ import annotations

from types import ModuleType

import pytest

from termbuilder import candidates, segment, tables
from termbuilder.candidates import (
    cohesive,
    coordinated,
    framed,
    headed,
    known,
    listed,
    numeric,
    parallel,
    phrasal,
    quoted,
    titled,
)
from termbuilder.model import Passage

RULES = candidates.Rules.from_tables(tables.load(), ["专精特新", "首席技师"])


def offered(finder: ModuleType, text: str) -> set[str]:
    return offered_in(finder, [text])


def offered_in(finder: ModuleType, texts: list[str], repeats: bool = False) -> set[str]:
    passages = [Passage("甲.txt", number, text, range(len(text)), repeat=repeats) for number, text in enumerate(texts)]
    found = candidates.in_document(passages, [segment.words(text) for text in texts], RULES)
    sign = 1 << found.names.index(finder.__name__.rpartition(".")[2])
    flat = "".join(texts)
    own = found.finders & sign > 0
    return {flat[first:last] for first, last in zip(found.first[own].tolist(), found.last[own].tolist())}


def test_a_quoted_coinage_is_offered_bare_and_with_the_nouns_around_it() -> None:
    found = offered(quoted, "全市落实“671”发展战略。")
    assert {"671", "“671”发展战略"} <= found


def test_a_quoted_sentence_is_not_offered() -> None:
    said = "“我们要把企业的事情当成自己的事情来办，把项目的难处当成自己的难处来解决。”"
    assert offered(quoted, f"他说：{said}") == set()


def test_a_title_is_offered_whole_and_without_its_remark() -> None:
    assert offered(titled, "印发《滨江市链主企业培育办法（试行）》。") == {
        "滨江市链主企业培育办法（试行）",
        "滨江市链主企业培育办法",
    }


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("建设“1+5+N”产业体系", "“1+5+N”产业体系"),
        ("形成一轴两带三园区的布局", "一轴两带三园区"),
        ("实施六大行动", "六大行动"),
        ("出台人才9条政策", "人才9条"),
        ("量产T1100级碳纤维", "T1100级"),
    ],
)
def test_numeric_shorthand_is_offered(text: str, term: str) -> None:
    assert term in offered(numeric, text)


def test_a_year_is_no_numeric_shorthand() -> None:
    assert offered(numeric, "到2027年底完成。") == set()


def test_word_sequences_with_a_head_are_offered_back_to_a_stop_word() -> None:
    found = offered(headed, "培育一批省级技术转移机构")
    assert {"技术转移机构", "省级技术转移机构"} <= found
    assert not any(term.startswith("的") for term in offered(headed, "园区的公共服务平台"))


def test_items_of_a_list_are_offered_and_the_sentence_around_it_is_not() -> None:
    found = offered(listed, "支持链主企业、配套企业、服务机构发展")
    assert {"链主企业", "配套企业", "服务机构"} <= found
    assert "支持链主企业、配套企业、服务机构发展" not in found


def test_parallel_phrases_are_one_slogan() -> None:
    assert "引得进、留得住、用得好" in offered(parallel, "让人才引得进、留得住、用得好")
    assert "做大做优做强" in offered(parallel, "推动国企做大做优做强")


def test_a_list_of_unequal_nouns_is_no_slogan() -> None:
    assert offered(parallel, "土地、资金、技术人员和数据") == set()


def test_glossary_terms_are_offered_wherever_they_stand() -> None:
    assert offered(known, "评选首席技师和专精特新企业") == {"首席技师", "专精特新"}


def test_what_the_document_repeats_is_offered() -> None:
    texts = ["推行标准地出让", "扩大标准地出让面积"]
    assert "标准地出让" in offered_in(cohesive, texts)
    assert "标准地出让" not in offered_in(cohesive, texts[:1])


def test_what_only_repeated_passages_repeat_is_not_offered() -> None:
    assert offered_in(cohesive, ["推行标准地出让", "扩大标准地出让面积"], repeats=True) == set()


@pytest.mark.parametrize("finder", [headed, phrasal, cohesive])
def test_no_sequence_of_words_goes_from_one_passage_into_the_next(finder: ModuleType) -> None:
    found = offered_in(finder, ["培育链主", "企业培育链主", "企业"])
    assert not any("企业培育" in one and one.startswith("链主") for one in found)
    assert "链主企业" not in found


def test_a_span_that_several_finders_offer_has_them_all_and_stands_once() -> None:
    text = "推进“揭榜挂帅”制度。"
    passage = Passage("甲.txt", 0, text, range(len(text)))
    found = candidates.in_document([passage], [segment.words(text)], RULES)
    places = [(text[first:last], first) for first, last in zip(found.first.tolist(), found.last.tolist())]
    assert len(places) == len(set(places))
    finders = found.finders[[one for one, _ in places].index("揭榜挂帅")]
    assert [name for number, name in enumerate(found.names) if finders >> number & 1] == ["quoted", "phrasal"]


def test_a_document_without_passages_offers_nothing() -> None:
    assert len(candidates.in_document([], [], RULES).first) == 0


def test_a_span_never_begins_or_ends_with_punctuation() -> None:
    text = "一是“两免一补”政策，二是“园中园”。"
    passage = Passage("甲.txt", 0, text, range(len(text)))
    found = candidates.in_document([passage], [segment.words(text)], RULES)
    for start, end in zip(found.first.tolist(), found.last.tolist()):
        assert text[start:end].strip("，。、：") == text[start:end]
        assert end - start >= 2


def test_frames_with_a_preposition_are_offered_and_other_prepositions_are_not() -> None:
    assert {"以企业为主体", "以企业为主体的创新体系"} <= offered(framed, "建立以企业为主体的创新体系")
    assert "从跟跑到领跑" in offered(framed, "实现从跟跑到领跑的跨越")
    assert offered(framed, "以会议形式讨论，对企业进行检查") == set()


def test_a_list_is_offered_as_one_term_with_what_its_members_share() -> None:
    found = offered(coordinated, "推动土地、资金、人才一体化配置。")
    assert {"土地、资金、人才一体化配置", "土地、资金、人才"} <= found
    assert {"绿色和低碳转型", "绿色和低碳"} <= offered(coordinated, "推进绿色和低碳转型")


def test_a_long_enumeration_is_no_term() -> None:
    assert offered(coordinated, "涉及甲、乙、丙、丁、戊、己、庚、辛等单位") == set()


def test_the_last_words_of_a_phrase_are_offered_and_its_first_words_are_not() -> None:
    found = offered(phrasal, "加强企业诚信管理。")
    assert {"管理", "诚信管理", "企业诚信管理"} <= found
    assert "企业诚信" not in found
    assert "企业诚信" in offered(phrasal, "企业诚信的管理")  # a function word ends a phrase as a comma does


def test_a_slogan_is_cut_at_words_only() -> None:
    found = offered(parallel, "坚决做到有呼必应、有难必帮")
    assert "有呼必应、有难必帮" in found
    assert not any(slogan.startswith("呼必应") for slogan in found)
