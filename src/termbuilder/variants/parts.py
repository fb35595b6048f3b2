"""What stands before or after a term inside a longer form: rank, place, round, degree, another kind, or nothing new."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from termbuilder.tables import Tables

_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?(?:版)?")
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]+[届批轮期个]|首[届批轮个]")
_COUNT = re.compile(r"(?:\d+|[一二三四五六七八九十]+)[大个条项家]")
_EDITION = re.compile(
    r"v?\d+\.\d+版?|gb/?t?\d+(?:\.\d+)?[-—–]\d{4}|(?:19|20)\d\d(?:年版?|版)?(?:[-—–](?:19|20)\d\d年?)?|第?[一二三四五六七八九十]+期"
)
_EDITION_BEGINS = frozenset("v0123456789第一二三四五六七八九十g")
_COUNTING = frozenset("0123456789一二三四五六七八九十第首")  # what years, ordinals and counts begin with
_NO_SORTS = frozenset(("升级", "降级", "晋级", "评级", "年级", "上级", "下级"))
_DIVISION = frozenset("省市区县州盟旗镇乡")
_SEATS = frozenset("市区县州")
_ZONES = frozenset(("园区", "地区", "社区", "新区", "城区", "灌区", "校区", "城市", "矿区", "景区"))
_SORT_ENDINGS = "型性级"  # 科技型, 政策性, 千亿级 classify; 国家级 and the like stand in the tables


@dataclass(frozen=True)
class Parts:
    """The words that may stand before or after a term, with what each of them does to it."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    places: frozenset[str]

    @classmethod
    def from_tables(cls, tables: Tables) -> Parts:
        """Compile levels, modifiers, tails and the names of places."""
        before = {row["modifier"]: row["kind"] for row in tables.rows("modifiers")}
        before.update({row["prefix"]: row["kind"] for row in tables.rows("levels")})
        after = {row["tail"]: row["kind"] for row in tables.rows("tails")}
        return cls(before, after, frozenset(tables.column("place_readings")))

    def kinds_before(self, words: str, known: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """The kinds of the units of `words`, a stretch before a term; `unknown` for what no table or shape explains.

        `known` are places that the texts themselves name in full (溧阳 because of 溧阳市).

        >>> from termbuilder import tables
        >>> parts = Parts.from_tables(tables.load())
        >>> parts.kinds_before("江苏省"), parts.kinds_before("国家级"), parts.kinds_before("第三届常州")
        (('place',), ('level',), ('round', 'place'))
        >>> parts.kinds_before("潜在"), parts.kinds_before("科技型"), parts.kinds_before("合成生物")
        (('sort',), ('sort',), ('unknown',))
        """
        kinds: list[str] = []
        at = 0
        while at < len(words):
            end, kind = self._unit_before(words, at, known)
            if kind == "unknown" and kinds and kinds[-1] == "unknown":
                at = end
                continue
            if kind:
                kinds.append(kind)
            at = end
        if "unknown" in kinds:
            # half-known stretches (中欧班列, 专精特新): what they mean together is not what their parts mean
            classed = words[-1] in _SORT_ENDINGS and words[-2:] not in _NO_SORTS
            kind = "sort" if classed or len(words) == 1 else "unknown"
            return (*tuple(dict.fromkeys([k for k in kinds if k != "unknown"])), kind)
        return tuple(dict.fromkeys(kinds))

    def _unit_before(self, words: str, at: int, known: frozenset[str]) -> tuple[int, str]:
        counted = words[at] in _COUNTING
        for end in range(len(words), at, -1):
            unit = words[at:end]
            if unit in self.before:
                return end, self.before[unit]
            if unit in self.places or unit in known:
                return end, "place"
            if unit[-1] in _DIVISION and len(unit) > 2:
                if unit[:-1] in self.places or unit[:-1] in known:
                    return end, "place"
                if at == 0 and len(unit) <= 4 and unit[-1] in _SEATS and unit[-2:] not in _ZONES:
                    return end, "place"  # 坪山区, 武进区: two or three characters and the kind of division
            if counted:
                if _YEAR.fullmatch(unit) or _ORDINAL.fullmatch(unit):
                    return end, "round"
                if _COUNT.fullmatch(unit):
                    return end, "count"
        if words[at] == "的" or words[at] in "在来驻":
            return at + 1, ""
        return at + 1, "unknown"

    def kinds_after(self, words: str) -> tuple[str, ...]:
        """The kinds of the units of `words`, a stretch after a term; `unknown` for what no table or shape explains.

        >>> from termbuilder import tables
        >>> parts = Parts.from_tables(tables.load())
        >>> parts.kinds_after("活动"), parts.kinds_after("工作机制"), parts.kinds_after("2.0版"), parts.kinds_after("企业")
        (('doing',), ('how',), ('edition',), ('unknown',))
        """
        kinds: list[str] = []
        at = 0
        while at < len(words):
            for end in range(len(words), at, -1):
                unit = words[at:end]
                kind = self.after.get(unit, "")
                if not kind and (words[at] in _EDITION_BEGINS) and _EDITION.fullmatch(unit):
                    kind = "edition"
                if not kind and self.before.get(unit) in ("degree", "round", "any"):
                    kind = "degree"
                if kind:
                    kinds.append(kind)
                    break
            else:
                if words[at] == "的":
                    at += 1
                    continue
                return ("unknown",)
            at = end
        return tuple(dict.fromkeys(kinds))
