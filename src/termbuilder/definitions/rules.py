"""The words that open, join or spoil an explanation, compiled once from definition_cues.tsv."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from termbuilder.definitions.text import PUNCTUATION
from termbuilder.tables import Tables

NUMERALS: Mapping[str, int] = {sign: value for value, sign in enumerate("〇一二三四五六七八九十")} | {"两": 2, "双": 2}
_COUNTED = re.compile(r"(?:\d+|[一二三四五六七八九十百千万亿两几多]+)(?:多|余)?[个项家种类条大批座支所名位款件场次]$")


@dataclass(frozen=True)
class Rules:
    """Cue words by role, longest first, and the borders behind which a term can begin."""

    cues: Mapping[str, tuple[str, ...]]
    borders: tuple[str, ...]
    groups: Mapping[str, str]  # role -> its cues as one group of a regular expression

    @classmethod
    def from_tables(cls, tables: Tables) -> Rules:
        """Compile definition_cues.tsv."""
        cues: dict[str, list[str]] = {}
        for row in tables.rows("definition_cues"):
            for role in row["role"].split():
                cues.setdefault(role, []).append(row["cue"])
        ordered = {role: tuple(sorted(words, key=len, reverse=True)) for role, words in cues.items()}
        groups = {role: "(?:" + "|".join(map(re.escape, words)) + ")" for role, words in ordered.items()}
        return cls(ordered, ordered.get("border", ()), groups)

    def pattern(self, role: str) -> str:
        """The cues of a role as one group of a regular expression, the longest first."""
        return self.groups.get(role, "(?!)")

    def ends_in(self, text: str, role: str) -> bool:
        """Does `text` end in a cue of that role?"""
        return text.endswith(self.cues.get(role, ()))

    def holds(self, text: str, role: str) -> bool:
        """Does a cue of that role stand anywhere in `text`?"""
        return any(cue in text for cue in self.cues.get(role, ()))

    def begins(self, text: str, start: int) -> bool:
        """Can a term begin at `start`: after a stop, a digit, a verb, a preposition or a measure word?"""
        before = text[:start]
        return (
            not before
            or before[-1] in PUNCTUATION
            or before[-1].isascii()
            or before.endswith(self.borders)
            or bool(_COUNTED.search(before))
        )

    def ends(self, text: str, end: int) -> bool:
        """Can a term end at `end`: before a stop, a digit or a word that opens something else?"""
        after = text[end:]
        return not after or after[0] in PUNCTUATION or after[0].isdigit() or after.startswith(self.cues.get("end", ()))

    def goes_on(self, text: str, start: int, end: int) -> bool:
        """Is the term over at `end` although a longer form is known: at the end of its own quotation marks, or before a predicate?"""
        quoted = text[start - 1 : start] == "“" or text[start : start + 1] == "“"
        predicate = next((cue for cue in self.cues.get("predicate", ()) if text.startswith(cue, end)), "")
        # 光伏产业集聚区 is a thing, 光伏产业集聚成势 a statement
        told = bool(predicate) and text[end + len(predicate) : end + len(predicate) + 1] not in tuple("区带地圈群度型式体")
        return told or (quoted and text[end : end + 1] == "”")

    def without_opening(self, text: str, start: int, end: int) -> int:
        """Where the noun phrase `text[start:end]` begins once the verbs, prepositions and adverbs before it are gone."""
        moved = True
        while moved:
            moved = False
            for word in self.borders:
                if len(word) > 1 and text.startswith(word, start) and end - start > len(word) + 1:
                    start += len(word)
                    moved = True
                    break
            else:
                if end - start > 3 and text[start] in "在从向对把将被由为以按于是有的了使让":
                    start += 1
                    moved = True
        return start

    def behind_verb(self, text: str, start: int, end: int) -> int:
        """Where the noun phrase begins that follows the last strong verb in `text[start:end]`: 推动院校成立|新能源学院."""
        found = start
        for verb in self.cues.get("strong", ()):
            at = text.rfind(verb, start, end)
            if at >= 0 and end - at - len(verb) >= 2:
                found = max(found, at + len(verb))
        return found


def numeral_value(text: str) -> int:
    """The value of a small number in digits or Chinese numerals, 0 if it is none.

    >>> numeral_value("十二"), numeral_value("7"), numeral_value("两")
    (12, 7, 2)
    """
    if text.isdigit():
        return int(text)
    if len(text) == 1:
        return NUMERALS.get(text, 0)
    tens, sign, ones = text.partition("十")
    if not sign or not all(part in NUMERALS for part in (tens, ones) if part):
        return 0
    return (NUMERALS[tens] if tens else 1) * 10 + (NUMERALS[ones] if ones else 0)


def counts(term: str) -> Sequence[int]:
    """How many things a numeric coinage names, read in every way that makes sense.

    >>> counts("四大工程"), counts("一赛一课三营"), counts("四链合一"), counts("瞪羚企业")
    ([4], [5], [4, 5], [])
    """
    several = re.match("([0-9]+|[二三四五六七八九十两]+)[个项]一(?=[批张条件])", term)  # 六个一批: six, not seven
    if several:
        return [numeral_value(several[1])]
    found = [numeral_value(number) for number in re.findall(r"\d+|[一二三四五六七八九十两双]+", term)]
    found = [number for number in found if number]
    if not found or max(found) > 40:
        return []
    return [found[0]] if len(found) == 1 else sorted({found[0], sum(found)}) if term.endswith(("一", "体")) else [sum(found)]
