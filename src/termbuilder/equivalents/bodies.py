"""Government bodies by pattern: 常州市科技局 is the Changzhou Municipal Science and Technology Bureau, 市财政部门 the municipal
finance department.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from termbuilder.equivalents.places import Places
from termbuilder.tables import Tables

_LEVELS = {"省": "Provincial", "市": "Municipal", "区": "District", "县": "County", "自治区": "Regional"}
_NAME = re.compile(r"(?P<place>[\u3400-\u9fff]{2,8}?)(?P<level>自治区|省|市|区|县)(?P<rest>[\u3400-\u9fff]{1,14})")
_DEPARTMENT = re.compile(
    r"(?P<level>国务院|(?P<above>省|市|县|区|乡镇)级以上(?:地方)?(?:各级)?人民政府|(?:省|市|县|区|本级|同级)?级?(?:人民)?政府|国家|省级|市级|县级|区级|省|市|县|区|地方)?"
    r"(?P<field>[\u3400-\u9fff]{2,12}?)(?P<lead>行政主管|主管|行政管理|行政)?部门"
)
_LOCAL = re.compile(r"(?P<level>自治区|省|市|区|县)(?P<rest>[\u3400-\u9fff]{3,14})")
_GOVERNMENTS = {
    "国务院": ("", "of the State Council"), "国家": ("national ", ""), "省级": ("provincial-level ", ""), "省": ("provincial ", ""),
    "市级": ("municipal-level ", ""), "市": ("municipal ", ""), "县级": ("county-level ", ""), "县": ("county ", ""),
    "区级": ("district-level ", ""), "区": ("district ", ""), "地方": ("local ", ""), "政府": ("government ", ""),
}  # fmt: skip
_ABOVE = {"省": "provincial", "市": "municipal", "县": "county", "区": "district", "乡镇": "township"}


@dataclass(frozen=True)
class Bodies:
    """The patterns, longest body first, and the fields of work."""

    patterns: tuple[tuple[str, str], ...]
    fields: Mapping[str, str]

    @classmethod
    def from_tables(cls, tables: Tables) -> Bodies:
        """Compile government_bodies.tsv and government_fields.tsv."""
        rows = sorted(tables.rows("government_bodies"), key=lambda row: -len(row["body"]))
        fields = {row["field"]: row["english"] for row in tables.rows("government_fields")}
        return cls(tuple((row["body"], row["english"]) for row in rows), fields)

    def named(self, term: str, places: Places) -> str:
        """The English name of the body, or an empty string if `term` names none that is known.

        >>> bodies = Bodies((("局", "{place} {level} {field} Bureau"),), {"科技": "Science and Technology"})
        >>> bodies.named("常州市科技局", Places({"常州": "Changzhou"}, {}))
        'Changzhou Municipal Science and Technology Bureau'
        >>> bodies.named("常州市科技园", Places({"常州": "Changzhou"}, {}))
        ''
        """
        match = _NAME.fullmatch(term)
        place = places.names.get(match["place"], "") if match else ""
        if match is None or not place:
            return ""
        for body, pattern in self.patterns:
            field = self.fields.get(match["rest"].removesuffix(body), "")
            fits = match["rest"] == body if "{field}" not in pattern else match["rest"].endswith(body) and field
            if fits:
                return pattern.format(place=place, level=_LEVELS[match["level"]], field=field)
        return ""

    def local(self, term: str) -> str:
        """English for a body without the name of its place, or an empty string; the fields of work must be known.

        >>> bodies = Bodies((("局", "{place} {level} {field} Bureau"),), {"科学技术": "Science and Technology"})
        >>> bodies.local("市科学技术局"), bodies.local("市魑魅局")
        ('municipal science and technology bureau', '')
        """
        match = _LOCAL.fullmatch(term)
        for body, pattern in self.patterns if match else ():
            field = self.fields.get(match["rest"].removesuffix(body), "") if match and match["rest"].endswith(body) else ""
            if match and field and "{field}" in pattern:
                return pattern.format(place="", level=_LEVELS[match["level"]], field=field).strip().lower()
        return ""

    def department(self, term: str) -> str:
        """English for a department that is named by what it looks after, or an empty string; the fields of work must be known.

        >>> bodies = Bodies((), {"科技": "Science and Technology", "财政": "Finance"})
        >>> bodies.department("市财政部门"), bodies.department("省科技主管部门"), bodies.department("有关部门")
        ('municipal finance department', 'provincial competent authority for science and technology', '')
        >>> bodies.department("县级以上人民政府财政部门")
        "finance department of people's governments at or above the county level"
        """
        match = _DEPARTMENT.fullmatch(term)
        field = self.fields.get(match["field"], "").lower() if match else ""
        if match is None or not field:
            return ""
        level = match["level"] or ""
        before, behind = _GOVERNMENTS.get(level.replace("人民政府", "").replace("政府", "") or level, ("", ""))
        if match["above"]:
            before, behind = "", f"of people's governments at or above the {_ABOVE[match['above']]} level"
        body = f"competent authority for {field}" if "主管" in (match["lead"] or "") else f"{field} department"
        return f"{before}{body} {behind}".strip()
