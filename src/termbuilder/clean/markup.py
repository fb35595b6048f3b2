"""Marks of Markdown, LaTeX and HTML that a conversion left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbuilder.clean.traced import Edit

CELL = "\x1f"  # stands where a table cell ends: the lines code makes a passage of each cell

_MATH = re.compile(r"\$([^$\n]{1,80})\$")
_FORMULA = re.compile(r"[\\^_]|^[^\u3400-\u9fff]*$")
_HAN4 = re.compile("[\u3400-\u9fff]{4}")
# A power with a reference in it, as in 43 \% ^ { [ 1 ] }, is a note mark.
_MATH_NOTE = re.compile(r"\^\s*\{\s*[\[［(]?[\d\s,，\-–~]+[\]］)]?\s*\}|\^\s*\{\s*[\\a-z*\s]*\}|_\s*\{\s*\}")
_MATH_SYMBOLS = {
    r"\times": "×", r"\cdot": "·", r"\pm": "±", r"\leq": "≤", r"\geq": "≥", r"\le": "≤", r"\ge": "≥", r"\sim": "~",
    r"\rightarrow": "→", r"\to": "→", r"\circ": "°", r"\alpha": "α", r"\beta": "β", r"\mu": "μ", r"\approx": "≈",
}  # fmt: skip
_MATH_MARK = re.compile(r"\\[a-zA-Z]+|\\.|[{}^_$\s\\]")

_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(r"(?<!!)\[([^\]\n]{1,80})\]\((?:https?:|/|#|\.)[^)\s]*\)")
_ADDRESS = re.compile(r"<(?:https?|mailto):[^>\s]*>")
_EMPHASIS = re.compile(r"\*\*|__(?:(?=\S)|(?<=\S__))|`+|~~")
_ITALIC = re.compile(r"(?<![\\*])\*(?![\s*])([^*\n]*[\u3400-\u9fff][^*\n]*)(?<!\s)\*(?!\*)")
_ESCAPE = re.compile(r"\\(?=[*_#.\-+!()\[\]{}|`>~])")
_ESCAPED_STARS = re.compile(r"(?:\\\*)+")

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>\n]{0,300})?/?>|<!--.{0,2000}?-->", re.DOTALL)
_CELL_TAG = re.compile(r"</?(?:td|th|li|caption)\b", re.IGNORECASE)
_BREAK_TAG = re.compile(r"</?(?:tr|table|p|br|div|h[1-6]|ul|ol|section|article)\b", re.IGNORECASE)
_ENTITIES = {
    "&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&ldquo;": "“", "&rdquo;": "”", "&middot;": "·",
    "&mdash;": "—", "&hellip;": "…", "&lsquo;": "‘", "&rsquo;": "’", "&emsp;": " ", "&ensp;": " ", "&times;": "×",
}  # fmt: skip
_ENTITY = re.compile("|".join(_ENTITIES))


def latex(text: str) -> list[Edit]:
    """The dollar signs, backslashes and spaces of a formula that is only a number.

    >>> from termbuilder.clean.traced import Traced
    >>> text = "占比达 $4 3 \\\\% ^ { [ 1 ] }$ ；引才 $^ +$ 编制"
    >>> Traced(text, range(len(text))).edited(latex(text)).text
    '占比达 43% ；引才 + 编制'
    """
    edits: list[Edit] = []
    if "$" not in text:
        return edits
    for match in _MATH.finditer(text):
        if not _FORMULA.search(match[1]) or _HAN4.search(match[1]):
            continue  # two prices
        start = match.start()
        notes = [Edit(note.start() + start, note.end() + start) for note in _MATH_NOTE.finditer(match[0])]
        marks = [
            Edit(
                mark.start() + start,
                mark.end() + start,
                _MATH_SYMBOLS.get(mark[0], mark[0][1:] if not mark[0][1:].isalpha() else ""),
            )
            for mark in _MATH_MARK.finditer(match[0])
        ]
        edits += _outside(notes, marks)
    return edits


def _outside(first: list[Edit], second: list[Edit]) -> list[Edit]:
    """`first`, and those of `second` that touch none of them, in order."""
    free = [e for e in second if not any(e.start < f.end and f.start < e.end for f in first)]
    return sorted(first + free)


def markdown(text: str) -> list[Edit]:
    """Emphasis, escapes, pictures and link targets; the number signs of headings are read with the lines.

    >>> from termbuilder.clean.traced import Traced
    >>> text = "**一是强化意识**，见[通知](https://example.org/1)"
    >>> Traced(text, range(len(text))).edited(sorted(markdown(text))).text
    '一是强化意识，见通知'
    """
    edits: list[Edit] = []
    if "](" in text:
        edits += (Edit(*m.span()) for m in _IMAGE.finditer(text))
        for m in _LINK.finditer(text):
            edits += Edit(m.start(), m.start() + 1), Edit(m.end(1), m.end())
    if "*" in text:
        for m in _ITALIC.finditer(text):
            edits += Edit(m.start(), m.start() + 1), Edit(m.end() - 1, m.end())
    if "\\" in text:
        edits += (Edit(*m.span()) for pattern in (_ESCAPED_STARS, _ESCAPE) for m in pattern.finditer(text))
    edits += (Edit(*m.span()) for pattern in (_ADDRESS, _EMPHASIS) for m in pattern.finditer(text))
    return edits


def html(text: str) -> Iterator[Edit]:
    """Tags and entities left in running text; a table cell or a block begins a new line.

    >>> [edit.to for edit in html("<table><tr><td>政策</td></tr></table>") if edit.to] == ["\\n", "\\n", CELL, CELL, "\\n", "\\n"]
    True
    """
    if "<" in text:
        for m in _TAG.finditer(text):
            yield Edit(*m.span(), CELL if _CELL_TAG.match(m[0]) else "\n" if _BREAK_TAG.match(m[0]) else "")
    if "&" in text:
        for m in _ENTITY.finditer(text):
            yield Edit(*m.span(), _ENTITIES[m[0]])
