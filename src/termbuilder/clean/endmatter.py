"""What stands behind a text and is not it: bibliographies, teasers of other articles; and the annex that explains terms."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from termbuilder.clean.lines import Line

_ENTRY = re.compile(r"\s*[\[［(（]?\d{1,3}[\]］)）.．、]?\s*.{4,}")
_CITED = re.compile(r"[\[［](?:[JMCDRNPSZG]|EB|DB|CP|OL)(?:/OL)?[\]］]", re.IGNORECASE)
_WIDEST_LABEL = 40
_WIDEST_ANNEX = 32
_STOP = re.compile("[，。；、]")
_ANNEX_FRAME = re.compile(r"[\s:：（）()【】]+|^附件\d*|^附录\w?|\d+$")
# Two sentences that trail off may be style; three in a row at the end are teasers.
_FEWEST_CUT = 3
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


def teasers(lines: Sequence[Line], label: re.Pattern[str]) -> list[int]:
    """Numbers of the lines of a scraped page's tail: headlines of other articles, many with the cut-off beginning of their text.

    The tail runs to the end. It begins where most lines are cut off by an ellipsis (three at the least), or at a label (相关阅读) behind
    which no line ends a sentence.
    """
    first = len(lines)
    while first > 0 and not _ends_article(lines[first - 1]):
        first -= 1
    tail = lines[first:]
    labelled = next((line for line in tail if line.width <= _WIDEST_LABEL and label.match(line.text)), None)
    cut = [line for line in tail if _TRUNCATED.search(line.text)]
    if len(cut) >= _FEWEST_CUT and 3 * len(cut) >= len(tail):
        headline = next(line for line in tail if _TRUNCATED.search(line.text) or _headline(line))
        start = min(headline.number, labelled.number if labelled else headline.number)
    elif labelled and labelled.number < len(lines) - 1:
        start = labelled.number
    else:
        return []
    return list(range(start, len(lines)))


def _ends_article(line: Line) -> bool:
    """Does a sentence end here? The last line of an article does; no teaser does but a question for a headline."""
    return line.kind == "table" or bool(line.mark) or (re.search("[。！；][”’）)]*$", line.text) is not None)


def _headline(line: Line) -> bool:
    """A headline and the first words of its article on one line, without an end."""
    return (
        line.width > 30
        and not _FINAL.search(line.text)
        and re.search("[\u3400-\u9fff”】] +[“【（(\u3400-\u9fff\\d]", line.text) is not None
    )


def annex(lines: Sequence[Line], headings: Collection[str]) -> range:
    """Numbers of the lines of the annex that explains terms: from its heading to the next appendix or the end.

    Items with a list mark, a colon or 指 must follow: 注释 may head anything. What stands before the heading's own words may name
    the document: 《政府工作报告》名词解释.
    """
    titles = tuple(heading for heading in headings if len(heading) >= 4)
    for line in lines:
        bare = _ANNEX_FRAME.sub("", line.text) if line.width <= _WIDEST_ANNEX else ""
        if not bare or (bare not in headings and not (bare.endswith(titles) and not _STOP.search(bare))):
            continue
        following = lines[line.number + 1 : line.number + 7]
        if not any(item.mark or re.search("[：:]|是指|指", item.text[:40]) for item in following):
            continue
        end = next((later.number for later in lines[line.number + 2 :] if _APPENDIX.fullmatch(later.text)), len(lines))
        return range(line.number + 1, end)
    return range(0)
