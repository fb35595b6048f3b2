"""What tools that a user could pick instead reach on the same documents, with the same scorer.

    pip install jieba yake jionlp
    python -m benchmarks.quality.peers --shared ../shared

Each is run on the raw text and on our cleaned text. TopicRank (pke) is not on the package index; its place is taken by what the index has.
A peer that is not installed is named as such.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.quality.__main__ import SHOWN, load_scorer
from training import annotated

MOST = 1000
_HAN = re.compile(r"[\u4e00-\u9fff]")


def jieba_tfidf(text: str) -> list[str]:
    import jieba.analyse

    return [str(word) for word in jieba.analyse.extract_tags(text, topK=MOST)]


def jieba_textrank(text: str) -> list[str]:
    import jieba.analyse

    return [str(word) for word in jieba.analyse.textrank(text, topK=MOST)]


def c_value(text: str) -> list[str]:
    """C-value (Frantzi, Ananiadou and Mima 2000) over runs of jieba's nouns, verbal nouns, adjectives and abbreviations."""
    import jieba.posseg

    counts: Counter[str] = Counter()
    size: dict[str, int] = {}
    for sentence in re.split(r"[，。；：！？、\n]", text):
        run: list[str] = []
        for word, tag in [*((pair.word, pair.flag) for pair in jieba.posseg.cut(sentence)), ("", "x")]:
            if tag.startswith(("n", "vn", "a", "b", "j", "l")) and _HAN.search(word):
                run.append(word)
                continue
            for first in range(len(run)):
                for last in range(first + 1, min(first + 6, len(run)) + 1):
                    term = "".join(run[first:last])
                    counts[term] += 1
                    size[term] = last - first
            run = []
    inside: dict[str, list[int]] = {}
    for term, count in counts.items():
        for start in range(len(term)):
            for end in range(start + 2, len(term) + 1):
                part = term[start:end]
                if part != term and part in counts:
                    inside.setdefault(part, []).append(count)

    def value(term: str) -> float:
        nested = inside.get(term, [])
        return math.log2(size[term] + 0.1) * (counts[term] - (sum(nested) / len(nested) if nested else 0.0))

    return sorted((term for term in counts if len(term) > 1), key=lambda term: (-value(term), term))[:MOST]


def yake(text: str) -> list[str]:
    """YAKE over jieba's words, three at most."""
    import jieba
    from yake import KeywordExtractor

    words = " ".join(jieba.cut(text))
    return [str(term).replace(" ", "") for term, _ in KeywordExtractor(lan="zh", n=3, top=MOST).extract_keywords(words)]


def jionlp(text: str) -> list[str]:
    import jionlp as jio

    return [str(term) for term in jio.keyphrase.extract_keyphrase(text, top_k=MOST)]


PEERS: tuple[tuple[str, Callable[[str], list[str]]], ...] = (
    ("jieba TF-IDF", jieba_tfidf),
    ("jieba TextRank", jieba_textrank),
    ("C-value on jieba tags", c_value),
    ("YAKE on jieba words", yake),
    ("JioNLP keyphrase", jionlp),
)


def _figures(find: Callable[[str], list[str]], texts: Sequence[str], golds: Sequence[Any], scorer: Any) -> list[float]:
    rows = []
    for text, gold in zip(texts, golds, strict=True):
        entries = [{"term": term, "forms": {scorer.fold(term)}} for term in find(text) if scorer.fold(term)]
        figures = scorer.score(entries, gold, [50, 100])
        rows.append([figures[name] for name in SHOWN if name in figures])
    return [float(value) for value in np.array(rows).mean(axis=0)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    arguments = parser.parse_args()
    scorer = load_scorer(arguments.shared)
    documents = annotated.load(arguments.shared)
    golds = [scorer.read_gold(arguments.shared / "eval/gold" / f"{document.name}.tsv") for document in documents]
    raw = [document.path.read_text(encoding="utf-8") for document in documents]
    cleaned = ["\n".join(passage.text for passage in document.passages if not passage.repeat) for document in documents]
    names = [name for name in SHOWN if name != "category"]
    print("| system | text | " + " | ".join(names) + " |\n" + "| --- " * (len(names) + 2) + "|")
    for title, find in PEERS:
        for kind, texts in (("raw", raw), ("cleaned by us", cleaned)):
            try:
                values = _figures(find, texts, golds, scorer)
            except ImportError as error:
                print(f"| {title} | {kind} | not installed: {error.name} |")
                continue
            print(f"| {title} | {kind} | " + " | ".join(f"{value:.3f}" for value in values) + " |", flush=True)


if __name__ == "__main__":
    main()
