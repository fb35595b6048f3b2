"""The tables of this room, compiled once: what callers pass in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from termbuilder.errors import TableError
from termbuilder.tables import Tables
from termbuilder.variants.parts import Parts

DIVISIONS = ("省", "市", "区", "县", "州", "盟", "旗")


@dataclass(frozen=True)
class Rules:
    """What the rules of grouping need to know of the language.

    `words`: short words and what they stand for inside longer names; `terms`: short forms that are designations of their own;
    `nicknames`: images said instead of the image with its head; `lookalike`: characters that scanning confuses, each mapped to one
    of its group, `confusable`: any of them; `classes`: heads of kinds of bodies (modifiers of these make kinds); `institutions`: heads of names; `heads`: all;
    `programmes`: heads of strategies and plans; `things`: heads of what can be pointed at; `named`: these and all that are no activity or
    property by themselves, the longest first; `zones`: nouns in 市, 区 and 县 that name no place; `stands_for`: the words that a character may
    stand for in an abbreviation.
    """

    parts: Parts
    words: Mapping[str, str]
    any_word: re.Pattern[str]
    terms: Mapping[str, str]
    nicknames: Mapping[str, str]
    lookalike: Mapping[int, int]
    confusable: re.Pattern[str]
    classes: tuple[str, ...]
    institutions: tuple[str, ...]
    heads: frozenset[str]
    programmes: tuple[str, ...]
    things: frozenset[str]
    named: tuple[str, ...]
    zones: tuple[str, ...]
    stands_for: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_tables(cls, tables: Tables) -> Rules:
        """Compile the tables; raises TableError for a row that says nothing the rules can use."""
        by_use: dict[str, dict[str, str]] = {"word": {}, "term": {}, "nickname": {}, "same": {}}
        for row in tables.rows("short_forms"):
            if row["use"] not in by_use or not row["full"]:
                raise TableError(f"short_forms.tsv: {row['short']} needs a full form and a use: word, same, term or nickname.")
            by_use[row["use"]][row["short"].lower()] = row["full"]
        lookalike = {ord(character): ord(group[0]) for group in tables.column("confusable") for character in group}
        words = by_use["word"] | by_use["same"]
        heads = {row["head"]: row["category"] for row in tables.rows("heads")}
        no_things = {row["tail"] for row in tables.rows("tails") if row["kind"] in ("doing", "reform", "state")}
        things = {head for head, category in heads.items() if category not in ("phrase", "coinage")}
        named = {head for head in heads if head in things or head not in no_things}
        longest_first = sorted(words, key=lambda word: (-len(word), word))
        return cls(
            Parts.from_tables(tables),
            words,
            re.compile("|".join(map(re.escape, longest_first))),
            by_use["term"],
            by_use["nickname"],
            lookalike,
            re.compile("|".join(map(chr, sorted(lookalike))) or "(?!)"),
            tuple(head for head, category in heads.items() if category in ("enterprise-category", "institution")),
            tuple(head for head, category in heads.items() if category == "institution"),
            frozenset(heads),
            tuple(head for head, category in heads.items() if category == "programme"),
            frozenset(things),
            tuple(sorted(named, key=lambda head: (-len(head), head))),
            (
                *(head for head in heads if head[-1] in "市区县" and len(head) > 1),
                "城区",
                "社区",
                "园区",
                "地区",
                *(w for w in words if w[-1] in "市区县"),
            ),
            {row["character"]: tuple(row["words"].split()) for row in tables.rows("abbreviating")},
        )

    def written_out(self, key: str) -> str:
        """`key` with the short words inside it written out.

        >>> from termbuilder import tables
        >>> rules = Rules.from_tables(tables.load())
        >>> rules.written_out("市科技局"), rules.written_out("开发区管委会")
        ('市科学技术局', '开发区管理委员会')
        """
        previous = ""
        while previous != key:  # 科创 is 科技创新 is 科学技术创新
            previous, key = key, self.any_word.sub(lambda match: self.words[match.group()], key)
        return key
