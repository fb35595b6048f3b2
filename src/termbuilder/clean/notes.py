"""Note marks are taken out of the text: ［7］, ①, raised digits, and document identifiers printed in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbuilder.clean.traced import Edit

_HAN = "\u3400-\u9fff"
_NUMBERS = r"\d{1,3}(?:\s*[,，、\-–—~～]\s*\d{1,3}){0,5}"
# In these patterns the sign itself comes first and what stands before it is looked at afterwards: a search for a sign is fast.
_BRACKETED = re.compile(
    rf"[\[［〔](?:(?<=[{_HAN}”’》）%\w。，；].)|(?<=[{_HAN}”’》）%\w。，；]\s.))\s*(?:注\s*)?(?:{_NUMBERS})?\s*[\]］〕](?!\s*\d*\s*号)"
)
# ① at the end of a clause is a note mark; at its beginning, or with ② after it in the same sentence, it counts items.
_CIRCLED = re.compile(rf"[①-⑳](?<=[{_HAN}”’》）].)(?=\s*[。，；！？、：]|\s*$)", re.MULTILINE)
_RAISED = re.compile(rf"[¹²³⁰-⁹](?<=[{_HAN}”’》）a-zA-Z。，].)(?:[,，\-]?[¹²³⁰-⁹])*(?=[{_HAN}”’》）。，；、：\s]|$)")
_UNIT = re.compile(r"(?:米|厘米|公里|千米|\b[kcmd]?m|\b[kK]m)$")
IDENTIFIED = ("10.", "分类号", "文献标", "文章编号")  # one of them is in every identifier
_IDENTIFIER = re.compile(
    r"DOI\s*[:：]?\s*10\.\d{4,}/[!-~]+?(?=[^!-~]|$)|(?:中图)?分类号\s*[:：]\s*[A-Z][A-Z0-9.;；/\s]{0,40}(?=DOI|\s|$|[^!-~])|文献标[识志]码\s*[:：]\s*[A-E]|文章编号\s*[:：]\s*[\d\-() XX（）]+",
    re.IGNORECASE,
)


def marks(text: str) -> Iterator[Edit]:
    """Note marks behind a word or a sentence, not years or document numbers in brackets.

    >>> list(marks("市场经济体系［2］，以及创新①。深府规〔2022〕5 号"))
    [Edit(start=6, end=9, to=''), Edit(start=14, end=15, to='')]
    """
    for m in _BRACKETED.finditer(text):
        yield Edit(m.start() - text[m.start() - 1].isspace(), m.end())
    for m in _CIRCLED.finditer(text):
        yield Edit(*m.span())
    for m in _RAISED.finditer(text):
        if not (m[0] in "²³" and _UNIT.search(text, max(0, m.start() - 2), m.start())):
            yield Edit(*m.span())


def identifiers(text: str) -> Iterator[Edit]:
    """Document identifiers and class numbers that stand in a line of text.

    >>> [edit.end for edit in identifiers("DOI 10.16418/j.issn.1000-3045要深化改革")]
    [29]
    """
    for m in _IDENTIFIER.finditer(text):
        yield Edit(*m.span())


def credits(text: str, titled: re.Pattern[str]) -> Iterator[Edit]:
    """Reporters and editors in brackets, wherever they stand: （记者 林一帆）.

    >>> list(credits("推动良性循环。（记者 林一帆）", re.compile("（记者[^）]*）")))
    [Edit(start=7, end=15, to='')]
    """
    for m in titled.finditer(text):
        yield Edit(*m.span())
