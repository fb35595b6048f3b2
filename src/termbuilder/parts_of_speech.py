"""Whether a term is a noun, a verb, an adjective or an adverb, as the picklist of TBX-Basic has it: by how it is built.

1. Attributes of three characters (高能级, 科技型) and one word that the dictionary calls an attribute are adjectives, one adverb an adverb, a set phrase
   (因地制宜) other.
2. What ends in a noun that heads names (行动, 机制, 企业) or in a nominal suffix is a noun, whatever opens it.
3. Coinages of a verb and its object, once (稳增长) or twice (揭榜挂帅, 减税降费; 智改数转 the other way round), and four characters in a frame of
   doing (以赛代评, 先投后股) are verbs; so is what a verb opens that is no attribute (优化营商环境), and a verb alone (受理).
4. Two verbs without a noun before them (免申即享, 挂牌督办) are a verb; an act with what it is done to before it (成果转化) is a noun.
5. Slogans of several members are nouns if the last one is, otherwise verbs if one of them is (走出去、引进来). Everything else is a noun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from termbuilder.model import Word
from termbuilder.tables import Tables

_WHOLE = {"a": "adjective", "b": "adjective", "z": "adjective", "d": "adverb", "i": "other"}
_NUMERALS = frozenset("一二三四五六七八九十两双百千万")
_HAN = re.compile("[\u3400-\u9fff]+")


@dataclass(frozen=True)
class Rules:
    """Verbs, heads of names, and frames."""

    takes_object: frozenset[str]
    verbs: tuple[str, ...]
    named: tuple[str, ...]
    frames: re.Pattern[str]
    plain: frozenset[str]
    opens: frozenset[str]
    closes: tuple[str, ...]
    alone: frozenset[str]

    @classmethod
    def from_tables(cls, tables: Tables) -> Rules:
        """Compile parts_of_speech.tsv."""
        by_role: dict[str, list[str]] = {}
        for row in tables.rows("parts_of_speech"):
            for role in row["role"].split():
                by_role.setdefault(role, []).append(row["word"])
        frames = "|".join(re.escape(frame).replace(r"\?", ".") for frame in by_role.get("frame", ())) or "(?!)"
        return cls(
            frozenset(by_role.get("object", ())),
            tuple(sorted(by_role.get("verb", ()), key=len, reverse=True)),
            tuple(by_role.get("named", ())),
            re.compile(frames),
            frozenset(by_role.get("plain", ())),
            frozenset(by_role.get("opens", ())),
            tuple(by_role.get("closes", ())),
            frozenset(by_role.get("alone", ())),
        )


def part_of_speech(words: Sequence[Word], rules: Rules) -> str:
    """noun, verb, adjective, adverb or other, for the segmenter's words of a term.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> [part_of_speech([Word("揭榜", 0, 2, "v"), Word("挂帅", 2, 4, "n")], rules), part_of_speech([Word("成果", 0, 2, "n"), Word("转化", 2, 4, "v")], rules)]
    ['verb', 'noun']
    """
    members: list[list[Word]] = [[]]
    for word in words:
        if _HAN.search(word.text) or word.text.isalnum():
            members[-1].append(word)
        elif word.text in "、，；" and members[-1]:
            members.append([])
    kinds = [_of_one(member, rules) for member in members if member] or ["noun"]
    if kinds[-1] == "noun" or len(set(kinds)) == 1:
        return kinds[-1]
    return "verb" if "verb" in kinds else "other"


def _of_one(words: Sequence[Word], rules: Rules) -> str:
    text = "".join(word.text for word in words)
    if not _HAN.fullmatch(text):
        return "noun"  # digits or letters: GDP, 5G网络, 1+4体系
    tags, lengths = [word.tag[:1] for word in words], [len(word.text) for word in words]
    if _twice(text, rules):
        return "verb"
    if len(text) == 3 and (
        (lengths[-1] != 2 and text.endswith(rules.closes)) or (lengths == [1, 2] and text[0] in rules.opens)
    ):
        return "adjective"  # 科技型, 高能级; not 大|模型
    if lengths == [1, 2] and text[0] in rules.takes_object and text[-2:] not in rules.named:
        return "verb"
    if len(text) > 2 and text.endswith(rules.named):
        return "noun"
    if any(text.startswith(verb) and len(text) > len(verb) + 1 for verb in rules.verbs):
        return "verb"
    if len(words) == 1:
        return "verb" if text in rules.alone else "noun" if text[0] in _NUMERALS else _WHOLE.get(tags[0], "noun")
    both_act = all(tag in "vd" for tag in tags) and words[-1].tag == "v" and words[-1].text not in rules.plain
    return "verb" if both_act and len(text) <= 4 else "noun"


def _twice(text: str, rules: Rules) -> bool:
    """Is it a verb and its object two or three times over, or four characters in a frame of doing?"""
    if len(text) not in (4, 6) or any(text[at : at + 2] in rules.plain for at in range(0, len(text), 2)):
        return False
    verbs = [frozenset(text[at] for at in range(first, len(text), 2)) for first in (0, 1)]
    return bool(rules.frames.fullmatch(text)) or any(found <= rules.takes_object for found in verbs)
