from __future__ import annotations

import numpy as np
import pytest

from termbuilder import evidence, pipeline, rank
from termbuilder.pipeline import first_pass, prepared
from termbuilder.pipeline.kit import kit
from termbuilder.read import Input
from termbuilder.settings import Settings

NOTICE = (
    "滨江市推行“揭榜挂帅”机制，培育瞪羚企业和专精特新企业。今年新增瞪羚企业12家、独角兽企业2家。\n"
    "会议强调，要深入实施“671”发展战略，建设智能传感产业创新中心，支持科技型中小企业发展。\n"
)


def observed(text: str) -> evidence.Table:
    rules = kit(Settings())
    [own] = prepared.prepare(Input("通知.txt", data=text.encode()), Settings(), rules)
    return next(first_pass.observe([own], rules))[0]


def test_the_reasons_of_a_score_add_up_to_it() -> None:
    found = observed(NOTICE)
    ranked = kit(Settings()).ranker.rank([found])
    for limit in (0, 5):
        reasons = ranked.reasons({candidate.key for candidate in ranked.candidates}, limit)
        for candidate in ranked.candidates:
            assert sum(reason.weight for reason in reasons[candidate.key]) == pytest.approx(candidate.score, abs=1e-3)


def test_reasons_are_told_in_phrases_that_a_translator_understands() -> None:
    ranked = kit(Settings()).ranker.rank([observed(NOTICE)])
    reasons = {reason.rule: reason for reason in ranked.reasons({"揭榜挂帅"})["揭榜挂帅"]}
    assert reasons["stands in quotation marks"].note == "wherever it stands"
    assert reasons["the tagger reads it as a term here"].note.startswith("with probability ")
    assert "stands in the glossary" in reasons
    plain = {reason.rule for reason in ranked.reasons({"瞪羚企业"})["瞪羚企业"]}
    assert "never stands in quotation marks" in plain
    assert not any(name in plain for name in rank.NAMES)


def test_every_feature_belongs_to_one_phrase() -> None:
    assert rank.WORDING.adding.sum(axis=1).tolist() == [1.0] * len(rank.NAMES)


def test_coinages_are_ranked_above_plain_words() -> None:
    place = {
        candidate.key: number for number, candidate in enumerate(kit(Settings()).ranker.rank([observed(NOTICE)]).candidates)
    }
    for term in ("揭榜挂帅", "瞪羚企业", "671发展战略"):
        for plain in ("会议强调", "今年新增", "支持科技型"):
            assert place[term] < place.get(plain, len(place))


def test_evidence_adds_up_to_the_same_whatever_the_order() -> None:
    one, two = observed(NOTICE), observed("各区培育瞪羚企业，落实“揭榜挂帅”。")
    forward, backward = evidence.added([one, two]), evidence.added([two, one])
    assert forward.keys() == backward.keys()
    for key, total in forward.items():
        other = backward[key]
        assert (total.frequency, total.document_frequency, total.surfaces, total.shape) == (
            other.frequency, other.document_frequency, other.surfaces, other.shape,
        )  # fmt: skip
        assert list(total.sums) == list(other.sums)
    assert forward["瞪羚企业"].frequency == 3


def test_a_rejected_term_is_not_mined_again() -> None:
    inputs = [Input("通知.txt", data=NOTICE.encode())]
    assert "瞪羚企业" in {entry.term for entry in pipeline.mine(inputs, Settings()).entries}
    assert "瞪羚企业" not in {entry.term for entry in pipeline.mine(inputs, Settings(), frozenset({"瞪羚企业"})).entries}


def test_a_repeated_paragraph_counts_once() -> None:
    assert observed(NOTICE + NOTICE)["揭榜挂帅"].frequency == observed(NOTICE)["揭榜挂帅"].frequency


def test_probability_of_a_score() -> None:
    assert rank.probability(2.0) > rank.probability(-2.0)


def candidate(key: str, score: float, frequency: int, **shares: float) -> rank.Candidate:
    sums = np.zeros(len(evidence.MEASURES))
    for name, share in shares.items():
        sums[evidence.COLUMN[name]] = share * frequency
    shape = evidence.Shape(1.0, key, key, key, "n", "n", 1)
    own = evidence.Evidence(frequency, 1, sums, sums, np.zeros(2), shape, ((key, frequency),))
    return next(rank.candidates(evidence.Table.of({key: own}), [score]))


def test_a_fragment_of_a_better_term_is_found_out_and_a_term_inside_a_term_is_not() -> None:
    longer = candidate("云溪科学城", 3.0, 2)
    assert rank.fragments([longer, candidate("溪科学城", 1.0, 2)]) == {"溪科学城"}
    assert rank.fragments([longer, candidate("科学城", 1.0, 5)]) == frozenset()  # it stands elsewhere too
    assert rank.fragments([longer, candidate("科学城", 2.0, 2)]) == frozenset()  # nearly as good
    assert rank.fragments([longer, candidate("溪科学城", 1.0, 2, quoted=1.0)]) == frozenset()
    assert rank.fragments([candidate("溪科学城", 4.0, 2), candidate("云溪科学城", 3.0, 2)]) == frozenset()


def test_a_better_term_with_a_function_word_before_it_is_a_fragment_of_a_clause() -> None:
    better, cut = candidate("云科企业", 3.0, 2), candidate("对云科企业", 1.0, 1)
    assert rank.fragments([better, cut], {"对"}) == {"对云科企业"}
    assert rank.fragments([better, candidate("准云科企业", 1.0, 1)], {"对"}) == frozenset()
    assert rank.fragments([candidate("对云科企业", 4.0, 1), better], {"对"}) == frozenset()
