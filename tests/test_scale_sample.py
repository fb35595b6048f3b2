"""Of a large corpus a sample is read closely: bounded, the same whatever the order, and every string that recurs is in it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import ahocorasick_rs
import numpy as np
import pytest
from numpy.typing import NDArray

from termbuilder import pipeline
from termbuilder.model import Passage
from termbuilder.pipeline import corpus, entries, sample
from termbuilder.pipeline.sample import Sample, skim
from termbuilder.read import Input
from termbuilder.settings import Settings

TERMS = [
    "瞪羚企业",
    "概念验证中心",
    "科技特派员制度",
    "专精特新企业",
    "未来产业先导区",
    "创新联合体",
    "中试基地建设",
    "揭榜挂帅机制",
]
FRAMES = [
    "加快培育{}和{}。",
    "全市新增{}，{}取得成效。",
    "支持{}牵头，对{}给予补助。",
    "《{}管理办法》由市科技局解释，{}除外。",
]


def texts(documents: int, seed: int = 1) -> list[list[str]]:
    chance = random.Random(seed)
    return [
        [
            chance.choice(FRAMES).format(*(term + chance.choice("甲乙丙丁") for term in chance.sample(TERMS, 2)))
            for _ in range(20)
        ]
        for _ in range(documents)
    ]


def passages(document: list[str]) -> list[Passage]:
    earlier: set[str] = set()
    out = []
    for number, text in enumerate(document):
        out.append(Passage("a.txt", number, text, range(len(text)), repeat=text in earlier))
        earlier.add(text)
    return out


def glance(texts: Sequence[str]) -> NDArray[np.float32]:
    """What speaks for a term here: that it is none of the frames."""
    return np.array([0.5 if c in "".join(TERMS) else -1.0 for text in texts for c in text], dtype=np.float32)


def chosen(documents: dict[str, list[str]], limit: int = 1 << 20) -> dict[str, list[str]]:
    """The texts that are read closely, by the name of their document."""
    with Sample(limit) as some:
        for name, document in documents.items():
            some.add(name, name, skim(passages(document), glance))
        return {name: [documents[name][n] for n in numbers] for name, numbers in zip(documents, some.choose())}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "WHOLE", 500)


@pytest.fixture
def named() -> dict[str, list[str]]:
    return {f"{number:03d}.txt": document for number, document in enumerate(texts(30))}


@pytest.mark.usefixtures("small")
def test_neither_the_order_of_the_documents_nor_memory_matters_for_the_choice(named: dict[str, list[str]]) -> None:
    plain = chosen(named)
    assert chosen(dict(reversed(named.items()))) == plain
    assert chosen(named, limit=1000) == plain


@pytest.mark.usefixtures("small")
def test_the_sample_is_small_and_holds_each_frequent_string_as_often_as_promised(named: dict[str, list[str]]) -> None:
    taken = [text for document in chosen(named).values() for text in document]
    everything = [text for document in named.values() for text in document]
    total = sum(map(len, everything))
    assert sum(map(len, taken)) <= 500 * (total / 500) ** (1 / 4) < total / 4
    assert len(set(taken)) == len(taken)  # what is said twice is read once
    for term in TERMS:
        assert sum(term in text for text in taken) >= sample.EACH
    frequent = Counter(text[n : n + 4] for text in set(everything) for n in range(len(text) - 3))
    assert frequent["瞪羚企业"] > 64  # of which a few are enough
    assert sum("瞪羚企业" in text for text in taken) < 30


def test_a_short_corpus_is_read_whole(named: dict[str, list[str]]) -> None:
    assert chosen(named) == named


@pytest.mark.usefixtures("small")
def test_a_quotation_is_read_before_plain_strings_as_rare(named: dict[str, list[str]]) -> None:
    named |= {
        f"{n}": [f"推进“{term}”{n}处。", f"落实{other}{n}处。"]
        for n in range(1, 9)
        for term, other in [("三链融通", "四库协同")]
    }
    taken = "".join(text for document in chosen(named).values() for text in document)
    assert "三链融通" in taken
    assert "四库协同" not in taken


@pytest.mark.usefixtures("small")
def test_terms_of_the_users_glossaries_are_read_wherever_they_stand(named: dict[str, list[str]]) -> None:
    named["z.txt"] = ["落实四库协同一处。"]
    automaton = ahocorasick_rs.AhoCorasick(["四库协同"])
    for wanted, expected in ((None, []), (automaton, named["z.txt"])):
        with Sample(1 << 20) as some:
            for name, document in named.items():
                some.add(name, name, skim(passages(document), glance, wanted))
            assert [named["z.txt"][n] for n in some.choose()[-1]] == expected


def test_passages_without_strings_are_skimmed_too() -> None:
    empty = skim((), glance)
    assert (len(empty.marks), len(empty.strings)) == (0, 0)
    skimmed = skim(
        [Passage("a.txt", 0, "了", range(1)), Passage("a.txt", 1, "", ()), Passage("a.txt", 2, "瞪羚企业", range(4))], glance
    )
    assert skimmed.sizes.tolist() == [0, 0, 1]
    assert skimmed.lengths.tolist() == [1, 0, 4]
    assert skimmed.promise.tolist() == [2]


@pytest.mark.usefixtures("small")
def test_terms_are_counted_everywhere_though_a_sample_is_read(
    monkeypatch: pytest.MonkeyPatch, named: dict[str, list[str]]
) -> None:
    monkeypatch.setattr(corpus, "BULKY", 100)
    monkeypatch.setattr(entries, "MOST_DOCUMENTS", 3)
    inputs = [Input(name, data="\n".join(document).encode()) for name, document in named.items()]
    mined = pipeline.mine(inputs, Settings(), started="2026-01-01T08:00:00+00:00")
    [entry] = [entry for entry in mined.entries if entry.term == "瞪羚企业"]
    assert entry.frequency == sum(text.count("瞪羚企业") for document in named.values() for text in dict.fromkeys(document))
    assert entry.document_frequency == sum(any("瞪羚企业" in text for text in document) for document in named.values())
    assert entry.contexts
    standing = {name: sum(text.count("瞪羚企业") for text in dict.fromkeys(document)) for name, document in named.items()}
    most = sorted(standing, key=lambda name: (-standing[name], name))[:3]
    assert {one.document: one.frequency for one in entry.spread} == {name: standing[name] for name in most}
    again = pipeline.mine(inputs[::-1], Settings(workers=2, memory_limit=300_000), started="2026-01-01T08:00:00+00:00")
    assert again.entries == mined.entries
    assert again.run.documents == tuple(reversed(mined.run.documents))
