"""Lists that are one term: 公平、公正、公开; 项目、人才、资金一体化配置; 政策和制度创新. Members share what stands before or after them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbuilder.candidates.rules import Rules
from termbuilder.model import Passage, Word

_CLAUSE = re.compile(r"[^，。；：！？]+")
_AND = frozenset({"和", "与", "及", "以及", "或", "或者"})
# Longer lists, and lists of longer members, enumerate things instead of naming one.
MOST_MEMBERS, LONGEST_MEMBER = 6, 9
LONGEST, LONGEST_WITH_AND = 28, 20
_WORDS_BEFORE, _WORDS_AFTER = 2, 3  # in the first and the last member: where the term may begin and end
_PREPOSITIONS = frozenset("以向从对")


def find(passage: Passage, words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    """Whole lists between list commas, and two members beside 和, from several beginnings of the first to several ends of the last member."""
    if "、" in passage.text:
        yield from _listed(passage, words, rules)
    yield from _joined(words, rules)


def _listed(passage: Passage, words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    starts = [word.start for word in words if word.text not in rules.edge_stops or word.text in _PREPOSITIONS]
    ends = [word.end for word in words if word.text not in rules.edge_stops]
    for clause in _CLAUSE.finditer(passage.text):
        members = clause.group().split("、")
        middle = [len(member) for member in members[1:-1]]
        if not 2 <= len(members) <= MOST_MEMBERS or max(middle, default=0) > LONGEST_MEMBER:
            continue
        first_end = clause.start() + len(members[0])
        last_start = clause.end() - len(members[-1])
        inside = [start for start in starts if clause.start() <= start < first_end]
        if middle:  # what comes before the list ends where the first member is as long as the second
            inside.sort(key=lambda start: abs(first_end - start - middle[0]))
            begins = set(inside[:_WORDS_BEFORE])
        else:
            begins = set(inside[-_WORDS_BEFORE:])
        if len(members[0]) <= LONGEST_MEMBER:
            begins.add(clause.start())
        after = [end for end in ends if last_start + 1 < end <= clause.end()][:_WORDS_AFTER]
        for start in sorted(begins):
            for end in sorted({*after, clause.end()}):
                if end - start <= LONGEST and (end in after or len(members[-1]) <= 12):
                    yield start, end


def _joined(words: Sequence[Word], rules: Rules) -> Iterator[tuple[int, int]]:
    for place, word in enumerate(words):
        if word.text not in _AND:
            continue
        begins = []
        for before in reversed(words[max(0, place - _WORDS_BEFORE) : place]):
            if rules.pauses(before):
                break
            begins.append(before.start)
        for after in words[place + 1 : place + 1 + _WORDS_AFTER]:
            if rules.pauses(after) and after.text != "的":
                break
            if after.text != "的":
                yield from ((start, after.end) for start in begins if after.end - start <= LONGEST_WITH_AND)
