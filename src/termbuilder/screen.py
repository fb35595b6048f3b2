"""Says what a candidate is that is no term: a person, a firm, a date, an amount, an English gloss, a piece of a clause, a metaphor, 新 with a common noun.

People, firms, dates, amounts and clauses are left out of the list unless wanted; metaphors and generic 新 phrases are a matter of taste that the ranker has
learned from annotators, so they are only said to be what they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from termbuilder.model import Form
from termbuilder.tables import Tables

Kind = Literal["person", "company", "date", "amount", "gloss", "clause", "metaphor", "generic"]

LEFT_OUT: frozenset[Kind] = frozenset({"person", "company", "date", "amount", "gloss", "clause"})
# What `--include` calls them.
INCLUDED: Mapping[str, frozenset[Kind]] = {
    "names": frozenset({"person", "company"}),
    "people": frozenset({"person"}),
    "companies": frozenset({"company"}),
    "dates": frozenset({"date"}),
    "amounts": frozenset({"amount"}),
}

_DATE = re.compile(
    r"^(?:(?:19|20)\d\d年?)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?$|^(?:今|去|明|前|近)年.{0,2}$|^第?[一二三四1-4]季度$|^第\d+期$"
)
_AMOUNT = re.compile(
    r"^[近约超达逾]?[\d.,]+(?:[—～~\-][\d.,]+)?(?:[十百千万亿]{0,3})(?:美?元|人次?|家|个|项|件|名|位|%|％|倍|公里|平方米|平方公里|亩|吨|千瓦时?|千瓦|户|台|套|条|所|座|多?)$"
)
# English words in a row, alone or behind Chinese in brackets: a gloss of a term, and no term. Plug and Play（常州）... is a name.
_GLOSS = re.compile(r"^[A-Za-z][a-z]+(?:[ -][A-Za-z]?[a-z]+)+$|（[A-Za-z][a-z]+(?:[ -][A-Za-z]?[a-z]+)*）$")
# A form that is explained inside itself: 科技型中小企业（以下简称“科小”）.
_COHORT = re.compile("[0-9]{2}后")  # those born from that year on: 90后 is a word of its own
_EXPLAINED = re.compile(r"（[^）]*简称")
_HAN_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}$")


@dataclass(frozen=True)
class Rules:
    """The tables `not_terms` and `clean_surnames`, compiled."""

    words: Mapping[str, Kind]
    company_ends: tuple[str, ...]
    beside_people: frozenset[str]
    surnames: frozenset[str]
    first: frozenset[str]  # words that only a piece of a clause begins with
    last: frozenset[str]
    predicates: tuple[str, ...]  # verbs that only tell what became of their subject

    @classmethod
    def from_tables(cls, tables: Tables) -> Rules:
        """Compile the tables."""
        rows = tables.rows("not_terms")
        return cls(
            words={row["text"]: _kind(row["kind"]) for row in rows if row["sign"] == "word"},
            company_ends=tuple(row["text"] for row in rows if row["sign"] == "suffix"),
            beside_people=frozenset(row["text"] for row in rows if row["sign"] == "beside"),
            surnames=frozenset(
                name for cell in tables.column("clean_surnames") for name in (cell.split() if " " in cell else cell)
            ),
            first=frozenset(row["text"] for row in rows if row["sign"] == "first"),
            last=frozenset(row["text"] for row in rows if row["sign"] == "last"),
            predicates=tuple(row["text"] for row in rows if row["sign"] == "predicate"),
        )


def _kind(text: str) -> Kind:
    kinds: dict[str, Kind] = {"person": "person", "company": "company", "metaphor": "metaphor", "generic": "generic"}
    return kinds[text]


def kind_of(form: Form, tag: str, rules: Rules, ends: tuple[str, str] = ("", "")) -> Kind | None:
    """What `form` is if it is no term; `tag`: jieba's part of speech if it is one word; `ends`: its first and last word if it has several.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> kind_of(Form("组合拳", "组合拳"), "n", rules), kind_of(Form("瞪羚企业", "瞪羚企业"), "", rules)
    ('metaphor', None)
    >>> kind_of(Form("赵志远", "赵志远", left=(("局长", 2),)), "nr", rules)
    'person'
    """
    if form.key in rules.words:
        return rules.words[form.key]
    if _GLOSS.search(form.surface):
        return "gloss"
    if form.key.endswith(rules.company_ends) and len(form.key) > 6:
        return "company"
    if _DATE.match(form.key):
        return "date"
    if _AMOUNT.match(form.key):
        return "amount"
    if _is_clause(form, ends, rules):
        return "clause"
    if (tag == "nr" and _named(form, rules)) or _titled(form, ends[0], rules):
        return "person"
    return None


def _named(form: Form, rules: Rules) -> bool:
    """A surname and a given name, with a title or a verb of speech beside it, or taken for a part of it: 周启明|介绍, 周启明说."""
    if any(form.key.endswith(word) and _name(form.key.removesuffix(word), rules) for word in rules.beside_people):
        return True
    return _name(form.key, rules) and any(word in rules.beside_people for word, _ in (*form.left, *form.right))


def _titled(form: Form, first: str, rules: Rules) -> bool:
    """A title with a name behind it, and somebody speaks: 院长周启明|表示; not 书记项目, though 项 is a surname too."""
    if first not in rules.beside_people or not form.key.startswith(first):
        return False
    name = form.key.removeprefix(first)
    return _name(name, rules) and any(word in rules.beside_people for word, _ in form.right)


def _name(text: str, rules: Rules) -> bool:
    return bool(_HAN_NAME.match(text)) and (text[0] in rules.surnames or text[:2] in rules.surnames)


def _is_clause(form: Form, ends: tuple[str, str], rules: Rules) -> bool:
    """Was it cut out of a sentence: 本办法, 与科教城, 引领型企业，部署? What stands in quotation or title marks as a whole was not."""
    if form.quoted >= 0.5 or form.titled >= 0.5:
        return False
    if _COHORT.fullmatch(form.key):
        return False
    if ends[0] in rules.first or ends[1] in rules.last or _EXPLAINED.search(form.surface):
        return True
    if _predicate(form.key, ends[0], rules):
        return True
    # （深圳）科创中心: the brackets belong to what stood before; 以先进制造业|为骨干: cut in the middle of the frame
    if form.surface[0] in "（(" or (ends[0] == "以" and form.right and form.right[0][0].startswith("为")):
        return True
    parts = form.surface.replace("“", "").replace("”", "").split("，")
    return len({len(part) for part in parts}) > 1  # 智汇滨江，创赢未来 is a slogan; parts of different length are clauses


def _predicate(key: str, first: str, rules: Rules) -> bool:
    """A verb and its object, the subject cut off: 进入高成长期, 后跨过死亡谷; not 获得感, 实现度, which are made of a verb and a suffix."""
    if first in rules.predicates:
        return len(key) > len(first) + 1
    return key[0] in _ENDS_A_CLAUSE and key.startswith(rules.predicates, 1)


_ENDS_A_CLAUSE = "后前时"  # 越过门槛后，| 三年前 | 融资时


def left_out(kind: Kind | None, include: Collection[str]) -> bool:
    """Is a candidate of this kind left out of the list, given what the user wants included?"""
    wanted = frozenset(kind for name in include for kind in INCLUDED.get(name, frozenset()))
    return kind in LEFT_OUT and kind not in wanted
