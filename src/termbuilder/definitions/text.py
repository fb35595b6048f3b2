"""Looking at a sentence: clauses, brackets, quotation marks, and where a known form stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

QUOTES = frozenset("“”‘’\"'《》〈〉「」『』【】 ")
OPENING = "（《“‘【［"
CLOSING = "）》”’】］"
STOPS = frozenset("。！？；：，")
SENTENCE_ENDS = frozenset("。！？；")
PUNCTUATION = STOPS | frozenset("、—～·…") | frozenset(OPENING) | frozenset(CLOSING)


def bare(text: str) -> str:
    """The text without quotation and title marks and spaces: how forms are compared.

    >>> bare("金融“五篇大文章”")
    '金融五篇大文章'
    """
    return "".join(sign for sign in text if sign not in QUOTES)


def outside(text: str, signs: Iterable[str], start: int = 0, end: int | None = None) -> Iterator[int]:
    """Offsets of `signs` in `text[start:end]` that stand outside brackets and quotation marks opened after `start`.

    >>> list(outside("即“五统一、一开放”、单一窗口", "、"))
    [10]
    """
    wanted = "".join(signs)
    depth = 0
    for match in _one_of(wanted).finditer(text, start, len(text) if end is None else end):
        sign = match[0]
        if sign in OPENING:
            depth += 1
        elif sign in CLOSING:
            depth = max(0, depth - 1)
        elif not depth:
            yield match.start()


@lru_cache(maxsize=64)  # the rules ask for a dozen sets of signs, over and over
def _one_of(signs: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(signs + OPENING + CLOSING)}]")


def clause_end(text: str, start: int, stops: Iterable[str] = STOPS) -> int:
    """Where the clause that runs from `start` ends: at the first stop outside quotation marks, or a closing bracket."""
    depth = 0
    wanted = frozenset(stops)
    for offset in range(start, len(text)):
        sign = text[offset]
        if sign in OPENING:
            depth += 1
        elif sign in CLOSING:
            if not depth:
                return offset
            depth -= 1
        elif sign in wanted and not depth:
            return offset
    return len(text)


def clause_start(text: str, end: int, stops: Iterable[str] = STOPS) -> int:
    """Where the clause that ends at `end` begins, read backwards over closed brackets and quotation marks."""
    depth = 0
    wanted = frozenset(stops)
    for offset in range(end - 1, -1, -1):
        sign = text[offset]
        if sign in CLOSING:
            depth += 1
        elif sign in OPENING:
            if not depth:
                return offset + 1
            depth -= 1
        elif sign in wanted and not depth:
            return offset + 1
    return 0


def trimmed(text: str, start: int, end: int, signs: str = "。；，、：！ ") -> tuple[int, int]:
    """The span without stops and spaces at its ends, and without a pair of quotation marks around the whole."""
    while end > start and text[end - 1] in signs:
        end -= 1
    while start < end and text[start] in signs:
        start += 1
    return start, end


def unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """The span inside the quotation marks, if one pair encloses all of it.

    >>> unquoted("“双高计划”", 0, 6), unquoted("“三高”发展理念", 0, 8)
    ((1, 5), (0, 8))
    """
    pair = text[start : start + 1] + text[end - 1 : end]
    if end - start > 2 and pair in {"“”", "《》", "‘’", "【】"} and not any(sign in pair for sign in text[start + 1 : end - 1]):
        return start + 1, end - 1
    return start, end


def bracket_before(text: str, end: int) -> int:
    """Where the round bracket that closes at `end` opens, or `end` if none does."""
    if text[end - 1 : end] != "）":
        return end
    depth = 0
    for offset in range(end - 1, -1, -1):
        depth += (text[offset] == "）") - (text[offset] == "（")
        if not depth:
            return offset
    return end


@dataclass(frozen=True)
class Forms:
    """The forms that are looked for, without quotation marks, each with the key of its concept."""

    keys: Mapping[str, str]
    longest: int
    first: frozenset[str]  # signs that a form begins with
    last: frozenset[str]

    @classmethod
    def of(cls, forms: Mapping[str, str]) -> Forms:
        """Prepare forms as the caller has them."""
        keys = {bare(form): key for form, key in forms.items() if bare(form)}
        first, last = frozenset(form[0] for form in keys), frozenset(form[-1] for form in keys)
        return cls(keys, max(map(len, keys), default=0), first, last)

    def key(self, text: str) -> str | None:
        """The key of `text` as a whole."""
        return self.keys.get(bare(text))

    def named(self, text: str) -> str | None:
        """The key of `text` as a whole; failing that, of the quoted core of a short phrase around it (金融“五篇大文章”)."""
        found = self.key(text)
        if found is not None:
            return found
        core = re.fullmatch("[^“”，。]{0,8}“([^“”]+)”[^“”，。]{0,6}", text)
        return self.keys.get(bare(core[1])) if core else None

    def ending_at(self, text: str, end: int) -> Iterator[tuple[int, str]]:
        """Start and key of the forms that end at `end`, the longest first."""
        found: list[tuple[int, str]] = []
        tail = ""
        for offset in range(end - 1, -1, -1):
            if text[offset] in QUOTES:
                continue
            tail = text[offset] + tail
            if len(tail) > self.longest or tail[-1] not in self.last:
                break
            if tail in self.keys:
                found.append((offset, self.keys[tail]))
        return reversed(found)

    def starting_at(self, text: str, start: int) -> Iterator[tuple[int, str]]:
        """End and key of the forms that start at `start` (behind quotation marks there), the longest first."""
        found: list[tuple[int, str]] = []
        head = ""
        for offset in range(start, len(text)):
            if text[offset] in QUOTES:
                continue
            head += text[offset]
            if len(head) > self.longest or head[0] not in self.first:
                break
            if head in self.keys:
                found.append((offset + 1, self.keys[head]))
        return reversed(found)
