"""What stands behind a text and is not it: bibliographies, teasers of other articles; and the annex that explains terms."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from termbuilder.clean.lines import Line

_ENTRY = re.compile(r"\s*[\[［(（]?\d{1,3}[\]］)）.．、]?\s*.{4,}")
_CITED = re.compile(r"[\[［](?:[JMCDRNPSZG]|EB|DB|CP|OL)(?:/OL)?[\]］]", re.IGNORECASE)
_TRUNCATED = re.compile(r"(?:\.{3,}|…+)[”’]?$")
_FINAL = re.compile("[。！？!?][”’）)]*$")
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN_WORD = re.compile("[A-Za-z]{2,}")
_APPENDIX = re.compile(r"附件\s*\d{0,2}|附录\s*\w?")


def references(lines: Sequence[Line], headings: Collection[str]) -> list[int]:
    """Numbers of the lines of a bibliography, and of single citations with a document type in brackets: [J]."""
    found = [line.number for line in lines if _CITED.search(line.text) and line.width <= 200]
    for line in lines:
        if re.sub(r"[\s:：\[\]【】]+", "", line.text) not in headings:
            continue
        end = line.number + 1
        while end < len(lines) and (_ENTRY.fullmatch(lines[end].text) or _CITED.search(lines[end].text) or not _HAN.search(lines[end].text)
                                    or (end - line.number > 1 and not _FINAL.search(lines[end].text) and lines[end].blanks == 0)):  # fmt: skip
            end += 1
        found += range(line.number, end)
    return sorted(set(found))


def foreign(lines: Sequence[Line]) -> list[int]:
    """Numbers of the lines without any Chinese: English abstracts, captions, addresses.

    A line of a wrapped Chinese paragraph that happens to hold only Latin letters stays.
    """
    found: list[int] = []
    for line in lines:
        if _HAN.search(line.text) or line.kind == "table" or not _LATIN_WORD.search(line.text):
            continue
        above = lines[line.number - 1] if line.number else None
        words = len(_LATIN_WORD.findall(line.text))
        alone = above is None or line.blanks > 0 or _FINAL.search(above.text) is not None or above.number in found
        if alone or (words >= 4 and above is not None and "，" not in above.text):
            found.append(line.number)
    return found


def teasers(lines: Sequence[Line], labels: Collection[str]) -> list[int]:
    """Numbers of the lines of a scraped page's tail: headlines of other articles, each with the cut-off beginning of its text.

    The tail begins behind a label (关键词, 相关阅读), or where the cut-off lines begin; it must run to the end and be cut off in most lines.
    """
    first = len(lines)
    cut = kept = 0
    best = first
    while first > 0:
        line = lines[first - 1]
        teaser = _teaser(line)
        if teaser:
            cut += 1
        elif line.width > 120 or (_FINAL.search(line.text) and line.width > 60):
            break
        else:
            kept += 1
        if kept > cut + 1:
            break
        first -= 1
        if teaser and cut >= 2 and cut >= kept:
            best = first
    if cut < 2:
        best = len(lines)
    label = re.compile("|".join(sorted(map(re.escape, labels), key=len, reverse=True)) + r"(?=\s*[:：]|$)")
    for line in reversed(lines[max(0, best - 4) : best]):
        if label.match(line.text) and line.width <= 40:
            best = min(best, line.number)
    return list(range(best, len(lines)))


def _teaser(line: Line) -> bool:
    """A headline and the first words of its article on one line, without an end."""
    if _TRUNCATED.search(line.text):
        return True
    return (
        line.width > 30
        and not _FINAL.search(line.text)
        and re.search("[\u3400-\u9fff”】][ 　]+[“【（(\u3400-\u9fff\\d]", line.text) is not None
    )


def annex(lines: Sequence[Line], headings: Collection[str]) -> range:
    """Numbers of the lines of the annex that explains terms: from its heading to the next appendix or the end.

    Only in the second half of a document, or where numbered items with a colon follow: 注释 may head anything.
    """
    for line in lines:
        bare = re.sub(r"[\s:：（）()【】]+|^附件\d*|^附录\w?|\d+$", "", line.text)
        if bare not in headings or line.width > 20:
            continue
        following = lines[line.number + 1 : line.number + 7]
        if not any(item.mark or re.search("[：:]|是指|指", item.text[:40]) for item in following):
            continue
        end = next((later.number for later in lines[line.number + 2 :] if _APPENDIX.fullmatch(later.text)), len(lines))
        return range(line.number + 1, end)
    return range(0)
