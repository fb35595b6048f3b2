"""English names of places: a table of exceptions, else pinyin without tones; 省, 市 are dropped, districts keep their kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from termbuilder import readings
from termbuilder.tables import Tables, sizes_by_opening

# What follows the name: dropped where English does not need it to know the place, kept where it does.
_GENERIC = {
    "省": "", "市": "", "特别行政区": "", "自治区": "", "壮族自治区": "", "回族自治区": "", "维吾尔自治区": "", "新区": "New Area", "区": "District",
    "县": "County", "州": "Prefecture", "自治州": "Autonomous Prefecture", "自治县": "Autonomous County", "旗": "Banner", "盟": "League",
    "镇": "Town", "乡": "Township", "湖": "Lake", "江": "River", "河": "River", "山": "Mountain", "岛": "Island", "湾": "Bay",
    "都市圈": "Metropolitan Area", "经济圈": "Economic Circle", "城市群": "city cluster", "高新区": "High-Tech Zone", "经开区": "Economic Development Zone",
    "自贸试验区": "Pilot Free Trade Zone", "自贸区": "Pilot Free Trade Zone", "自贸港": "Free Trade Port", "自由贸易港": "Free Trade Port",
    "自由贸易试验区": "Pilot Free Trade Zone", "高新技术产业开发区": "High-Tech Industrial Development Zone", "科学城": "Science City",
    "经济特区": "Special Economic Zone", "经济技术开发区": "Economic and Technological Development Zone", "综合保税区": "Comprehensive Bonded Zone",
    "国家自主创新示范区": "National Independent Innovation Demonstration Zone", "自主创新示范区": "Independent Innovation Demonstration Zone",
    "半岛": "Peninsula", "盆地": "Basin", "平原": "Plain", "高原": "Plateau", "海峡": "Straits", "街道": "Subdistrict",
    "大学城": "University Town", "科技城": "Science and Technology City", "保税区": "Bonded Zone", "新城": "New Town", "经济合作区": "Economic Cooperation Zone",
}  # fmt: skip
_LONGEST_GENERIC = max(map(len, _GENERIC))


_BEST_OF_MANY = re.compile("[一二两三四五六七八九十百千万]+[强大佳优]")  # 百强县
_NO_NAME = frozenset("非在本各全跨入出上下新老外内进同两三多")  # 非上市, 外省市: words, not places


@dataclass(frozen=True)
class Places:
    """Place names with their English, and single characters that name places beside others."""

    names: Mapping[str, str]
    short: Mapping[str, str]
    states: frozenset[str] = frozenset()  # English of the states that laws are named after
    beside: frozenset[str] = frozenset()  # of these, the ones that are ordinary words too: places only beside two sure ones

    @classmethod
    def from_tables(cls, tables: Tables) -> Places:
        """Compile places_english.tsv over the readings of place_readings.tsv."""
        names = {
            row["place"]: toneless(row["reading"]) for row in tables.rows("place_readings") if row["before_generic"] != "yes"
        }
        rows = tables.rows("places_english")
        names.update({row["place"]: row["english"] for row in rows if row["kind"] not in ("short", "beside", "direction")})
        short = {row["place"]: row["english"] for row in rows if row["kind"] in ("short", "beside")}
        states = frozenset(row["english"] for row in rows if row["kind"] == "state")
        return cls(names, short, states, frozenset(row["place"] for row in rows if row["kind"] == "beside"))

    @cached_property
    def sizes(self) -> Mapping[str, tuple[int, ...]]:
        """The lengths of the names by their first two characters, longest first."""
        return sizes_by_opening(self.names)

    @cached_property
    def short_run(self) -> re.Pattern[str]:
        """Two and more characters that name places: 沪苏浙."""
        return re.compile(f"[{''.join(self.short)}]{{2,}}" if self.short else r"(?!)")

    def at(self, text: str, start: int, named: Iterable[str] = ()) -> list[tuple[int, str, bool]]:
        """Places that start at `start`: (end, English, is it in a table); `named` are words that the segmenter takes for places.

        >>> places = Places({"常州": "Changzhou", "武进": "Wujin"}, {"沪": "Shanghai", "苏": "Jiangsu"})
        >>> places.at("常州市武进区", 0)[0], places.at("常州市武进区", 3)[0]
        ((3, 'Changzhou', True), (6, 'Wujin District', True))
        >>> places.at("沪苏产业联盟", 0)
        [(2, 'Shanghai-Jiangsu', True)]
        """
        found: list[tuple[int, str, bool]] = []
        for length in self.sizes.get(text[start : start + 2], ()):
            english = self.names.get(text[start : start + length])
            if english is not None and 1 < length <= len(text) - start:
                found += [*_with_generic(text, start + length, english, True), (start + length, english, True)]
                break
        if not found:
            for name in named:
                generic = next((g for g in ("新区", "省", "市", "区", "县", "镇", "乡") if name.endswith(g)), "")
                sizes = (2,) if generic in ("省", "市") else (2, 3)  # longer ones are words with 市 behind: 科教兴市
                if (
                    generic
                    and len(name) - len(generic) in sizes
                    and name[0] not in _NO_NAME
                    and not _BEST_OF_MANY.match(name)
                    and text.startswith(name, start)
                ):
                    english = f"{romanized(name.removesuffix(generic))} {_GENERIC.get(generic, generic)}".strip()
                    found.append((start + len(name), english, False))
        run = None if found else self.short_run.match(text, start)
        ends = [n for n in range(2, len(run[0]) + 1) if run[0][n - 1] not in self.beside or n == len(run[0])] if run else []
        for length in reversed(ends):
            some = run[0][:length] if run else ""
            sure = sum(character not in self.beside for character in some)
            if sure and (sure >= 2 or sure == length):
                # 京津 in 京津冀 is in the table; here each character stands for itself
                found.append((start + length, "-".join(self.short[character] for character in some), True))
        return found


def _with_generic(text: str, end: int, english: str, known: bool) -> list[tuple[int, str, bool]]:
    for length in range(min(_LONGEST_GENERIC, len(text) - end), 0, -1):
        generic = _GENERIC.get(text[end : end + length])
        if generic is not None:
            return [(end + length, f"{english} {generic}".strip(), known)]
    return []


def toneless(reading: str) -> str:
    """Pinyin without tone marks, as place names are written in English.

    >>> toneless("Xī'ān"), toneless("Lǚliáng")
    ("Xi'an", 'Lyuliang')
    """
    # ISO 7098 and Chinese passports write ü as yu after l and n
    plain = re.sub("[ǖǘǚǜü]", "yu", unicodedata.normalize("NFC", reading))
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def romanized(name: str) -> str:
    """A name that no table knows, in pinyin without tones: 龙城 is Longcheng.

    >>> romanized("龙城"), romanized("西安")
    ('Longcheng', "Xi'an")
    """
    syllables = [toneless(syllable) for syllable in readings.usual(name)]
    written = syllables[0] if syllables else ""
    for syllable in syllables[1:]:
        written += f"'{syllable}" if syllable[:1] in "aoe" else syllable
    return written.capitalize()
