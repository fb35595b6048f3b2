"""Counts of general and policy Chinese, clusters of words of similar use: `data/background.npz`.

From two collections of public documents: national work reports and party congress reports of 1954 to 2024, and national and local laws.
Documents that the annotated ones are cut from are left out.
"""

from __future__ import annotations

import math
import re
import tarfile
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import rjieba
import scipy.sparse as sparse
from sklearn.cluster import MiniBatchKMeans
from sklearn.utils.extmath import randomized_svd

# The annotated documents are, or are cut from, these.
_LEFT_OUT = re.compile("中小企业促进法|科学技术进步法|浙江省促进科技成果转化|gov-017-2016|人工智能.*条例")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_RUNS = re.compile(r"[\u4e00-\u9fff]+")
REPORTS_WEIGHT = 4  # there is fifteen times more law than report, and reports are the genre
MODERN = "2003"  # counts of the genre start here: the vocabulary of earlier reports is another


def texts(archive: Path) -> list[tuple[str, str]]:
    """(name, text) of the documents of one archive, by name. Read in the archive's order: a compressed one cannot be searched."""
    found = []
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile() and not _LEFT_OUT.search(member.name):
                content = tar.extractfile(member)
                if content is not None:
                    found.append((member.name, content.read().decode("utf-8", "ignore")))
    return sorted(found)


def make(shared: Path, out: Path) -> None:
    """Count, cluster, and write `out`."""
    folder = shared / "corpus/background"
    reports = texts(folder / "gwr.tar.xz")
    laws = texts(folder / "laws.tar.xz")
    modern = [text for name, text in reports if "cpc-01" in name or re.sub(r"\D*$", "", name.split(".txt")[0])[-4:] >= MODERN]
    in_reports = _grams(modern, 6, 3)
    in_laws = _grams([text for _, text in laws], 5, 25)
    words, clusters = _clusters([text for _, text in reports] * REPORTS_WEIGHT + [text for _, text in laws])
    pairs, bonds = _bonds(in_reports, _grams([text for _, text in laws], 2, 8))
    report_codes, report_logs = _hashed(in_reports)
    law_codes, law_logs = _hashed(in_laws)
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        clusters=clusters.astype(np.uint16),
        pairs=pairs,
        bonds=bonds,
        report_codes=report_codes,
        report_logs=report_logs,
        law_codes=law_codes,
        law_logs=law_logs,
    )


def _grams(documents: list[str], longest: int, least: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for number, text in enumerate(documents, 1):
        for run in _RUNS.findall(text):
            for size in range(1, longest + 1):
                counts.update(run[i : i + size] for i in range(len(run) - size + 1))
        if number % 300 == 0 and len(counts) > 6_000_000:  # what was seen once so far will hardly become frequent
            counts = Counter({gram: count for gram, count in counts.items() if count > 1})
    return Counter({gram: count for gram, count in counts.items() if count >= least})


def _hashed(counts: Counter[str]) -> tuple[np.ndarray, np.ndarray]:
    logs: dict[int, int] = {}
    for gram, count in counts.items():
        code = zlib.crc32(gram.encode())
        logs[code] = max(logs.get(code, 0), min(255, round(math.log1p(count) * 16)))
    codes = sorted(logs)
    return np.array(codes, dtype=np.uint32), np.array([logs[code] for code in codes], dtype=np.uint8)


def _bonds(reports: Counter[str], laws: Counter[str]) -> tuple[np.ndarray, np.ndarray]:
    """Pointwise mutual information of adjacent characters, rounded to 1 (repel) ... 9 (belong together)."""
    one: Counter[str] = Counter()
    two: Counter[str] = Counter()
    for source, weight in ((reports, REPORTS_WEIGHT), (laws, 1)):
        for gram, count in source.items():
            if len(gram) == 1:
                one[gram] += count * weight
            elif len(gram) == 2:
                two[gram] += count * weight
    total = sum(one.values())
    rows = sorted(
        (
            ord(pair[0]) * (1 << 21) ^ ord(pair[1]),
            min(9, max(1, round(math.log(count * total / (one[pair[0]] * one[pair[1]] + 1)) + 3))),
        )
        for pair, count in two.items()
        if count >= 20
    )
    return np.array([code for code, _ in rows], dtype=np.uint64), np.array([bond for _, bond in rows], dtype=np.uint8)


def _clusters(documents: list[str]) -> tuple[list[str], np.ndarray]:
    """The 30,000 commonest words and their clusters on three scales: k-means over 64 dimensions of positive PMI with neighbours."""
    counts: Counter[str] = Counter()
    sentences: list[list[str]] = []
    for text in documents:
        for piece in re.split(r"[\n。；]", text):
            if len(piece.strip()) >= 6:
                row = [word for word in rjieba.cut(piece.strip()) if word.strip()]
                counts.update(row)
                sentences.append(row)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    words = [word for word, count in ranked[:40_000] if count >= 5 and _HAN.search(word)][:30_000]
    number = {word: i for i, word in enumerate(words)}
    contexts = 12_000
    rows: list[int] = []
    columns: list[int] = []
    for row in sentences:
        ids = [number.get(word, -1) for word in row]
        for distance in (1, 2):
            shift = 2 * contexts * (distance - 1)
            for a, b in zip(ids, ids[distance:]):
                if a >= 0 and 0 <= b < contexts:
                    rows.append(a)
                    columns.append(b + shift)
                if b >= 0 and 0 <= a < contexts:
                    rows.append(b)
                    columns.append(a + contexts + shift)
    seen = sparse.coo_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(words), 4 * contexts)).tocsr()
    total = seen.sum()
    by_row = np.asarray(seen.sum(1)).ravel()
    by_column = np.asarray(seen.sum(0)).ravel() ** 0.75  # smoothed, as in Levy, Goldberg and Dagan 2015
    by_column *= total / by_column.sum()
    cells = seen.tocoo()
    value = np.maximum(np.log(cells.data * total / (by_row[cells.row] * by_column[cells.col] + 1e-9)), 0)
    u, s, _ = randomized_svd(sparse.csr_matrix((value, (cells.row, cells.col)), shape=seen.shape), 64, n_iter=4, random_state=0)
    points = u * np.sqrt(s)
    points /= np.linalg.norm(points, axis=1, keepdims=True) + 1e-9
    scales = [MiniBatchKMeans(k, random_state=0, n_init=2, batch_size=4096).fit(points).labels_ + 1 for k in (64, 256, 1000)]
    return words, np.stack(scales, axis=1)
