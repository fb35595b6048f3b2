"""The words by which lines are known that are no running text, compiled from clean_furniture.tsv."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

DATE = r"(?:\d{4}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*)"


@dataclass(frozen=True)
class Cues:
    """Whole lines by role, and one pattern for the labels of each role that has some.

    `label[role]` finds a label with its colon at the beginning of a line, also in brackets or behind a date; `staff` a title before names;
    `tail` a label with a colon or alone; `credit` a title and names in brackets.
    """

    line: Mapping[str, frozenset[str]]
    label: Mapping[str, re.Pattern[str]]
    staff: re.Pattern[str]
    tail: re.Pattern[str]
    credit: re.Pattern[str]

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[str, str]]) -> Cues:
        """Compile the rows: cue, match (label, line or either), roles.

        >>> cues = Cues.from_rows([{"cue": "浏览次数", "match": "label", "roles": "chrome"}])
        >>> bool(cues.label["chrome"].match("2025-03-01 浏览次数：12")), bool(cues.label["chrome"].match("浏览次数统计"))
        (True, False)
        """
        found: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            for role in row["roles"].split():
                for match in ("label", "line") if row["match"] == "either" else (row["match"],):
                    found.setdefault((role, match), []).append(row["cue"])
        staff = _any(found.get(("staff", "label"), ()))
        label = {
            role: re.compile(rf"[（(\[【■\s]*{DATE}?{_any(cues)}\s*[】\]]?\s*[:：]", re.IGNORECASE)
            for (role, match), cues in found.items()
            if match == "label"
        }
        return cls(
            {role: frozenset(cues) for (role, match), cues in found.items() if match == "line"},
            label,
            re.compile(rf"[（(■\s]*{staff}(?:\s*[:：（(]|[\s　]+)|{staff}$"),
            re.compile(rf"{_any(found.get(('tail', 'label'), ()))}(?=\s*[:：]|$)"),
            re.compile(
                rf"[（(]\s*(?:本报|见习|特约)?{staff}[\s:：][^（）()\n。，]{{1,40}}[）)]"
                r"|[（(](?:本报)?记者[\u3400-\u9fff、\s]{2,20}[）)]"
            ),
        )


def _any(words: Iterable[str]) -> str:
    """A group that matches any of `words`, the longest first; blanks between their characters are allowed."""
    spaced = [r"\s*".join(map(re.escape, word)) for word in sorted(words, key=len, reverse=True)]
    return "(?:" + ("|".join(spaced) or "(?!)") + ")"
