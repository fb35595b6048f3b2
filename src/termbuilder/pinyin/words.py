"""Which characters of a term are written together: the word rules of GB/T 16159, with a stated rule for coinages.

1. A row of the readings or places table is written as the row says; the longest row wins. What kind of place a name is for stands
   apart with a capital: Wǔjìn Qū, Xī'ān Gāoxīnqū. A name that no table has is known by how names of places end, if a kind of place
   follows: Yúnxī Gāoxīnqū, but zhǔchéngqū.
2. Numeric shorthand: a numeral and one syllable are one word (sāngāo yīzī), a numeral before more stands apart (sān zhōngxīn).
3. The words of the segmenter otherwise; one of four syllables falls into two and two (jiēbǎng guàshuài), because
   GB/T 16159 cuts units of four and more syllables into words. The hyphen of set phrases (shíshì-qiúshì) is kept for rows of the table.
4. Three syllables that make one concept are one word: prefixes and suffixes join their neighbour (xīnnéngyuán, qǐyèjiā), and
   single syllables left over join in pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from termbuilder.pinyin.syllables import Part

Known = Callable[[str], bool]

_WATERS = "山湖河江"  # before them an unlisted name may be a part of a longer one
LONGEST_GENERIC = 10  # characters: 高新技术产业开发区 has nine
LONGEST_SUFFIXED = 4  # 研究生院 is one word (GB/T 16159), a longer one is easier to read in two


class Spelled(NamedTuple):
    """A stretch of the term written as one word or as a table row says: `parts` is empty until it is read."""

    text: str
    parts: tuple[Part, ...] = ()
    row: bool = False  # a row of the table: no rule cuts it
    name: bool = False  # the name of a place
    apart: bool = False  # a function word: joins nothing, takes no capital inside a proper name
    alone: bool = False  # joins nothing: numeral and 大 in 四大工程, a measure word
    pieces: tuple[str, ...] = ()  # the words it was joined from, for reading each in its own right


@dataclass(frozen=True, slots=True)
class Joining:
    """The tables that decide on words, by first character for speed."""

    rows: Mapping[str, tuple[Part, ...]]
    places: Mapping[str, tuple[Part, ...]]
    before_generic: frozenset[str]
    roles: Mapping[str, frozenset[str]]
    sizes: Mapping[str, tuple[int, ...]]  # lengths of the rows and places by their first two characters, longest first

    def has_role(self, text: str, role: str) -> bool:
        """Has `text` that role?"""
        return role in self.roles.get(text, ())

    def generic_end(self, run: str, at: int, cuts: frozenset[int]) -> int:
        """Where the kind of place ends that stands at `at` as a word (常州市, 常州高新区, not 常州市场); 0 if none does."""
        for end in range(min(len(run), at + LONGEST_GENERIC), at, -1):
            if (end in cuts or end == len(run)) and self.has_role(run[at:end], "generic"):
                return end
        return 0

    def unlisted_name(self, run: str, start: int, cuts: frozenset[int]) -> int:
        """Where a name of a place ends that no table has but that ends as such names do, before a kind of place; 0 if none does.

        云溪 in 云溪高新区, 白石 in 白石镇; not 沿海 in 沿海开发区 (a row says so), not 示范 in 示范区.
        """
        for end in (start + 3, start + 2):
            name = run[start:end]
            after = self.generic_end(run, end, cuts)
            if after and run[end:after] not in _WATERS and self.has_role(name[-1], "toponymic"):
                return 0 if self.has_role(name, "noplace") or self.has_role(name[-2:], "noplace") else end
        return 0

    def row_at(self, run: str, start: int, cuts: frozenset[int], known: Known) -> Spelled | None:
        """The longest row that stands at `start` of the run and is not two halves of other words."""
        for size in self.sizes.get(run[start : start + 2], ()):
            end = start + size
            text = run[start:end]
            if size < 2 or end > len(run) or (size <= 3 and _accident(run, start, end, cuts, known)):
                continue
            if text in self.rows:
                parts = self.rows[text]
                one_word = not any(part.before or part.capital for part in parts)
                return Spelled(text, () if one_word else parts, row=True)  # one plain word may take a prefix or suffix
            if text in self.places and (text not in self.before_generic or self.generic_end(run, end, cuts)):
                return Spelled(text, self.places[text], row=True, name=True)
        return None


def words_of(run: str, cuts: frozenset[int], joining: Joining, known: Known, after_digits: bool = False) -> list[Spelled]:
    """Cut a run of Chinese characters into written words.

    `cuts` are the offsets in `run` where the segmenter cut it (0 and its length among them); `known` says whether a dictionary has
    a word; `after_digits`: a figure stands right before the run, so that a measure word may open it (7大平台).
    """
    cuts = _coined(run, cuts, joining)
    words = _numbered(run, _table_words(run, cuts, joining, known), cuts, joining, known)
    if after_digits and words and _free(words[0]) and joining.has_role(words[0].text, "measure"):
        words[0] = Spelled(words[0].text, alone=True)
    return _joined(words, joining)


def _across(run: str, start: int, end: int, cuts: frozenset[int]) -> list[str]:
    """The words of the segmenter that `run[start:end]` cuts into at its two ends."""
    borders = sorted(cuts | {0, len(run)})
    return [run[a:b] for a, b in pairwise(borders) if a < start < b or a < end < b]


def _accident(run: str, start: int, end: int, cuts: frozenset[int], known: Known) -> bool:
    """Is a short row here made of parts of other words: 重点 in 多重|点位, 分行 in 充分行使? 科创 in 沈抚科|创园 is not."""
    if start in cuts or end in cuts:
        return False
    around = (run[start - 1 : start + 1], run[end - 1 : end + 1])
    return all(map(known, around)) or any(map(known, _across(run, start, end, cuts)))


def _coined(run: str, cuts: frozenset[int], joining: Joining) -> frozenset[int]:
    """Rule 3 for a term of four syllables that the segmenter does not know: 以|投代评 is cut 以投|代评.

    A word of three with a suffix or prefix (孵化器|群, 新|生产力) stays, and so do rows of the table.
    """
    inner = cuts - {0, len(run)}
    if (not inner and _derived(run, joining)) or "之" in run or "的" in run:
        return cuts  # 城镇化率, 制造之都
    if len(run) != 4 or inner == {2} or any(run[i:j] in joining.rows for i in range(4) for j in range(i + 2, 5)):
        return cuts
    before, after = joining.has_role(run[0], "prefix"), joining.has_role(run[3], "suffix")
    if (inner == {3} and after) or (inner == {1} and before) or (inner == {1, 3} and before and after):
        return cuts
    if inner == {1} and joining.has_role(run[3], "suffix"):
        return cuts  # 女|企业家
    if joining.has_role(run[0], "numeral") or any(
        place in run for place in (run[:2], run[:3], run[1:]) if place in joining.places
    ):
        return cuts
    return frozenset({0, 2, 4})


def _table_words(run: str, cuts: frozenset[int], joining: Joining, known: Known) -> list[Spelled]:
    """Rule 1, and what the segmenter says between the rows."""
    words: list[Spelled] = []
    start = 0
    pending = 0  # from here to `start` no row was found
    while start < len(run):
        row = joining.row_at(run, start, cuts | {pending}, known) if run[start : start + 2] in joining.sizes else None
        if row is None or (start == pending and not row.name):
            end = joining.unlisted_name(run, start, cuts) if start == pending and (not words or words[-1].name) else 0
            row = Spelled(run[start:end], name=True) if end else row
        if row is None:
            start += 1
            continue
        row, start = _filled(run, row, start, pending, cuts, joining)
        words += _segmented(run, pending, start, cuts, joining)
        words.append(row)
        start += len(row.text)
        pending = start
        while row.name and (end := joining.generic_end(run, start, cuts)):  # 凤凰|山|科学城
            words += [word._replace(name=True) for word in _joined(_segmented(run, start, end, cuts, joining), joining)]
            pending = start = end
    return words + _segmented(run, pending, start, cuts, joining)


def _filled(run: str, row: Spelled, start: int, pending: int, cuts: frozenset[int], joining: Joining) -> tuple[Spelled, int]:
    """A plain row of two in a word of three of the segmenter takes the third syllable in: 科创|板, 碳|纤维."""
    if row.parts or row.name or len(row.text) != 2:
        return row, start
    word_start = max((cut for cut in cuts if cut <= start), default=start)
    word_end = min((cut for cut in cuts if cut >= start + 2), default=start + 2)
    if word_end - word_start != 3 or word_start < pending or any(word_start < cut < word_end for cut in cuts):
        return row, start
    text = run[word_start:word_end]
    pieces = (row.text, text[2:]) if word_start == start else (text[:1], row.text)
    if any(joining.has_role(piece, role) for piece in pieces for role in ("apart", "numeral")):
        return row, start
    return Spelled(text, row=True, pieces=pieces), word_start


def _segmented(run: str, start: int, end: int, cuts: frozenset[int], joining: Joining) -> list[Spelled]:
    borders = [start, *sorted(cut for cut in cuts if start < cut < end), end]
    found = [run[a:b] for a, b in pairwise(borders) if a < b]
    words: list[Spelled] = []
    for word in found:
        counted = len(word) == 2 and joining.has_role(word[0], "numeral") and joining.has_role(word[1], "measure")
        if len(word) == 4 and word[2] == "之":
            words += [Spelled(word[:2]), Spelled("之", apart=True), Spelled(word[3])]  # 不正之风
        elif len(word) > 1 and word[0] in "之的":
            words += [Spelled(word[0], apart=True), Spelled(word[1:])]  # 之核 is no word
        elif counted:
            words += [Spelled(word[0], alone=True), Spelled(word[1], alone=True)]  # 四大工程, 五篇文章: words of their own
        else:
            words += [Spelled(half) for half in _halves(word, joining)]
    return words


def _halves(word: str, joining: Joining) -> list[str]:
    """Rule 3: a word of four syllables or more in its parts."""
    if len(word) < 4:
        return [word]
    if _derived(word, joining):
        return [word]
    return [word[:2], *_halves(word[2:], joining)]


def _derived(word: str, joining: Joining) -> bool:
    """A suffix on a word in 化 or 性: 城镇化率."""
    return len(word) == 4 and word[2] in "化性" and joining.has_role(word[3], "suffix")


def _numbered(run: str, words: list[Spelled], cuts: frozenset[int], joining: Joining, known: Known) -> list[Spelled]:
    """Rule 2: numeric shorthand that opens the run is cut by its numerals, whatever the segmenter thought."""
    units, length = _shorthand(run, cuts, joining)
    if len(units) < 2 or any(word.row for word in words if run.find(word.text) < length):
        return words
    out: list[Spelled] = []
    for unit in units:
        out += [Spelled(unit, pieces=tuple(unit))] if len(unit) == 2 else [Spelled(unit[0], alone=True), Spelled(unit[1:])]
    return out + _table_words(run[length:], frozenset(cut - length for cut in cuts if cut >= length), joining, known)


def _shorthand(run: str, cuts: frozenset[int], joining: Joining) -> tuple[list[str], int]:
    """The units numeral + one to three characters that open the run, and where they end.

    一核一园两室三中心 has four; the last unit ends where the segmenter cuts (三高一资|企业).
    """
    at = [i for i, character in enumerate(run) if joining.has_role(character, "numeral")]
    if not at or at[0] != 0:
        return [], 0
    last_end = next((cut for cut in sorted(cuts) if cut > at[-1] + 1), len(run))
    borders = [*at, last_end]
    units = [run[a:b] for a, b in pairwise(borders)]
    if all(2 <= len(unit) <= 4 for unit in units):
        return units, last_end
    return [], 0


def _joined(words: Sequence[Spelled], joining: Joining) -> list[Spelled]:
    """Rule 4."""
    out: list[Spelled] = []
    for position, word in enumerate(words):
        before = out[-1] if out else None
        if len(word.text) == 1 and _free(word) and joining.has_role(word.text, "apart"):
            word = Spelled(word.text, apart=True)
        elif len(word.text) == 1 and _free(word) and before is not None and _number(before, joining):
            word = Spelled(word.text, alone=joining.has_role(word.text, "measure"))
        if before is not None and _free(word) and _free(before) and _joins(before, word, words[position + 1 :], joining):
            out[-1] = Spelled(before.text + word.text, pieces=(*(before.pieces or (before.text,)), word.text))
        else:
            out.append(word)
    return out


def _number(word: Spelled, joining: Joining) -> bool:
    return not word.row and all(joining.has_role(sign, "numeral") for sign in word.text)


def _free(word: Spelled) -> bool:
    return not (word.parts or word.name or word.apart or word.alone)


def _joins(before: Spelled, word: Spelled, rest: Sequence[Spelled], joining: Joining) -> bool:
    """Is `word` written together with the word before it?"""
    if _number(before, joining):
        if joining.has_role(word.text, "numeral"):
            return True  # 二|十
        return len(word.text) == 1 and (not rest or joining.has_role(rest[0].text[0], "numeral"))  # 三高|一资
    if joining.has_role(word.text, "numeral"):
        return False
    if len(word.text) == 1 and len(before.text) == 1:
        return True
    if len(word.text) == 1:
        stray_next = bool(rest) and len(rest[0].text) == 1 and _free(rest[0]) and not joining.roles.get(rest[0].text)
        return joining.has_role(word.text, "suffix") and len(before.text) < LONGEST_SUFFIXED and not stray_next
    return len(before.text) == 1 and len(word.text) == 2 and joining.has_role(before.text, "prefix")
