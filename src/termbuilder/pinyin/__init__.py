"""How a term is read aloud: readings, words joined and capitals set as in GB/T 16159."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from termbuilder import readings
from termbuilder.errors import TableError
from termbuilder.model import Reading
from termbuilder.pinyin.syllables import Part, Style, spelled, syllables_of, written
from termbuilder.pinyin.words import Joining, Spelled, words_of
from termbuilder.tables import Row, Tables, sizes_by_opening

__all__ = ["Rules", "read_aloud"]

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_CHUNK = re.compile(rf"[{_HAN}]+|[^\W{_HAN}]+(?:[.\-/&+%·:][^\W{_HAN}]+)*[%+]?|\S")
_OPENS_HAN = re.compile(f"[{_HAN}]")
_FIGURE = re.compile(r"(?<![A-Za-z\d.])[\d.]*\d$")  # 7大平台, but C919大飞机
_PUNCTUATION = str.maketrans({"，": ",", "、": ",", "；": ";", "：": ":", "（": "(", "）": ")", "。": ".", "—": "–", "～": "~"})
_OPENING = frozenset("“‘(《〈「『[【〔")
_CLOSING = frozenset("”’)》〉」』]】〕,;:.!?%")
_NO_SANDHI = {"一": "yī", "不": "bù"}
_TIGHT = frozenset("–-/~·")  # nothing before or after


@dataclass(frozen=True, slots=True)
class Heteronym:
    """How to read a character with several readings where no word decides; empty strings: that place does not decide."""

    reading: str
    first: str
    last: str
    alone: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Readings, places, heteronyms and word joining, ready to use."""

    joining: Joining
    heteronyms: Mapping[str, Heteronym]

    @classmethod
    def from_tables(cls, tables: Tables) -> Rules:
        """Compile readings.tsv, place_readings.tsv, heteronyms.tsv and word_joining.tsv.

        Raises TableError for a reading whose syllables are not as many as its characters.
        """
        rows = {row["term"]: _checked("readings", row, "term") for row in tables.rows("readings")}
        places = {row["place"]: _checked("place_readings", row, "place") for row in tables.rows("place_readings")}
        joining = Joining(
            rows=rows,
            places=places,
            before_generic=frozenset(r["place"] for r in tables.rows("place_readings") if r["before_generic"] == "yes"),
            roles={row["character"]: frozenset(row["role"].split()) for row in tables.rows("word_joining")},
            sizes=sizes_by_opening([*rows, *places]),
        )
        heteronyms = {
            row["character"]: Heteronym(row["reading"], row["first"], row["last"], row["alone"])
            for row in tables.rows("heteronyms")
        }
        return cls(joining, heteronyms)


def _checked(table: str, row: Row, column: str) -> tuple[Part, ...]:
    parts = syllables_of(row["reading"])
    if len(parts) != len(row[column]):
        raise TableError(
            f"{table}.tsv, row {row[column]}: {row['reading']!r} has {len(parts)} syllables for {len(row[column])} characters."
        )
    return parts


def read_aloud(term: str, words: Sequence[str], rules: Rules, *, proper: bool = False, style: str = "marks") -> Reading:
    """Read a Chinese term aloud.

    `words` is the segmenter's cut of `term` (joined they give `term`; otherwise they are ignored); our tables win over it.
    `proper`: the term is the name of an institution, programme or title, so every word takes a capital.
    `style`: marks, numbers or plain. Returns a Reading; `uncertain` if a character was read by its commonest reading only.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> read_aloud("揭榜挂帅", ["揭榜", "挂帅"], rules).text
    'jiēbǎng guàshuài'
    >>> read_aloud("长三角", ["长", "三角"], rules)
    Reading(text='Cháng-Sānjiǎo', syllables=('cháng', 'sān', 'jiǎo'), uncertain=False)
    """
    chosen = cast(Style, style)
    cuts = _cuts(term, words)
    parts: list[Part] = []
    uncertain = False
    for chunk in _CHUNK.finditer(term):
        start, end = chunk.span()
        if _OPENS_HAN.match(chunk.group()):
            inside = frozenset(cut - start for cut in cuts if start <= cut <= end) | {0, end - start}
            number = _FIGURE.search(term[:start]) is not None
            spoken, doubt = _run(chunk.group(), inside, rules, proper, number)
            uncertain = uncertain or doubt
        else:
            spoken = [Part(chunk.group().translate(_PUNCTUATION), literal=True)]
        final = spoken[0].text == "+" and term[end : end + 1] in (*_CLOSING, "")  # 互联网+, but 一品牌 + 六平台
        parts += [spoken[0]._replace(before="" if final else _between(parts, spoken[0])), *spoken[1:]]
    syllables = tuple(spelled(part.text, chosen) for part in parts if not part.literal)
    return Reading(written(parts, chosen), syllables, uncertain)


def _cuts(term: str, words: Sequence[str]) -> frozenset[int]:
    if "".join(words) != term:
        return frozenset()
    ends = [0]
    for word in words:
        ends.append(ends[-1] + len(word))
    return frozenset(ends)


def _between(parts: Sequence[Part], part: Part) -> str:
    """What stands between what is written so far and the next chunk."""
    if not parts:
        return ""
    left, right = parts[-1].text[-1] if parts[-1].literal else "", part.text[0] if part.literal else ""
    tight = left in _OPENING or right in _CLOSING or (left and left in _TIGHT) or (right and right in _TIGHT)
    return "" if tight else " "


def _run(run: str, cuts: frozenset[int], rules: Rules, proper: bool, after_digits: bool) -> tuple[list[Part], bool]:
    """A run of Chinese characters as parts."""

    def known(word: str) -> bool:
        return word in readings.of_words() or word in rules.joining.rows

    out: list[Part] = []
    uncertain = False
    for word in words_of(run, cuts, rules.joining, known, after_digits):
        parts, doubt = (list(word.parts), False) if word.parts else _read(word, rules)
        # 以企业为主体: 为 is no preposition there
        uncertain = uncertain or (doubt and not (word.text == "为" and "以" in run[: run.find("为")]))
        for number, part in enumerate(parts):
            before = part.before if number else " "
            capital = part.capital or (number == 0 and word.name) or (proper and before == " " and not word.apart)
            out.append(Part(part.text, before, part.literal, bool(capital)))
    return out, uncertain


def _read(word: Spelled, rules: Rules) -> tuple[list[Part], bool]:
    """A word that no row of ours reads: dictionary, else character by character."""

    def phrases(text: str) -> list[str]:
        """Readings of a word that is no phrase of the dictionary but holds some (理发|店); empty strings elsewhere."""
        found: list[str] = []
        at = 0
        while at < len(text):
            length = next((n for n in range(min(4, len(text) - at), 1, -1) if in_dictionary(text[at : at + n])), 1)
            found += in_dictionary(text[at : at + length]) if length > 1 else [""]
            at += length
        return found

    def in_dictionary(text: str) -> list[str]:
        """The reading of a row of ours or of the dictionary, 一 and 不 in their own tones (GB/T 16159); empty if there is none."""
        row = rules.joining.rows.get(text)
        if row is not None:
            return [part.text for part in row]
        found = readings.of_words().get(text, "").split()
        return [_NO_SANDHI.get(character, syllable) for character, syllable in zip(text, found)]

    text = word.text
    # a row of ours inside a joined word wins over what the dictionary says of the whole (粘合|剂)
    syllables = [] if any(piece in rules.joining.rows for piece in word.pieces) else in_dictionary(text)
    if syllables:
        return [Part(syllable) for syllable in syllables], False
    uncertain = False
    offset = 0
    for piece in word.pieces or (text,):
        known = in_dictionary(piece) or phrases(piece)
        for position, character in enumerate(piece):
            at = offset + position
            if known[position]:
                syllables.append(known[position])
                continue
            own = rules.heteronyms.get(character)
            if own is None:
                syllables.append(readings.of_characters().get(character, character).split(",")[0])
                continue
            if len(text) == 1 and own.alone:
                syllables.append(own.alone)  # 应|返还: ought, not to answer
                continue
            decided = own.first if at == 0 else own.last if at == len(text) - 1 else ""
            decided = decided or (own.reading if own.first == own.last == own.reading else "")
            syllables.append(decided or own.reading)
            uncertain = uncertain or not decided
        offset += len(piece)
    hyphen = "-" if text[0] == "第" else ""  # GB/T 16159: dì-yī
    return [Part(s, before=hyphen if n == 1 else "") for n, s in enumerate(syllables)], uncertain
