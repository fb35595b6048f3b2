"""The termbase definition (`.xdt`): languages and fields that MultiTerm sets up before it imports the entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_PICKLISTS = {
    "Status": ("suggested", "approved", "rejected"),
    "Use": ("preferred", "admitted", "deprecated", "superseded"),
    "Part of Speech": ("noun", "verb", "adjective", "adverb", "properNoun", "other"),
    "Term type": ("fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"),
}
_ONCE = (
    "Status",
    "Use",
    "Part of Speech",
    "Term type",
    "Entry ID",
    "Category",
    "Frequency",
    "Documents",
    "Reliability",
    "Origin",
)


def definition(fields: Mapping[str, Sequence[str]], languages: Sequence[tuple[str, str]], title: str) -> str:
    """The definition as XML: `fields` by level (entry, language, term), `languages` as (name, code).

    >>> "<ItemLocale>ZH-CN</ItemLocale>" in definition({"entry": (), "language": (), "term": ()}, [("Chinese (PRC)", "ZH-CN")], "")
    True
    """
    term = _level("Term level", 3, fields["term"], "")
    language = _level("Index level", 2, fields["language"], term)
    tree = _level("Entry level", 0, fields["entry"], language)
    items = "".join(
        f"<ItemLocale>{escape(code)}</ItemLocale><ItemText>{escape(name)}</ItemText><IsTargetOnly>false</IsTargetOnly>"
        for name, code in languages
    )
    names = dict.fromkeys(name for level in ("entry", "language", "term") for name in fields[level])
    kinds = "".join(_kind(name) for name in names)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<Output xmlns:dt="urn:schemas-microsoft-com:datatypes"><Object>'
        f"<Tree>{tree}</Tree><Languages>{items}</Languages><TerminologyFields>{kinds}</TerminologyFields>"
        '<Option dt:dt="i4">2</Option><CaseSensitive dt:dt="boolean">1</CaseSensitive><IgnoreNonAlpha dt:dt="boolean">0</IgnoreNonAlpha>'
        f"<TermbaseDescription>{escape(title)}</TermbaseDescription><CopyrightText/><SplashImage/><IconFile/><RefInfo/>"
        f"</Object><Schema>{_SCHEMA}</Schema></Output>\n"
    )


def _node(name: str, kind: int, mandatory: bool, multiple: bool, inner: str = "") -> str:
    return (
        f'<Node ID="0"><TextChild dt:dt="string">{escape(name)}</TextChild><NodeType dt:dt="i4">{kind}</NodeType>'
        f'<Mandatory dt:dt="boolean">{int(mandatory)}</Mandatory><Multiply dt:dt="boolean">{int(multiple)}</Multiply>'
        f'<Readonly dt:dt="boolean">0</Readonly><labels/><description/>{inner}</Node>'
    )


def _level(name: str, kind: int, fields: Sequence[str], below: str) -> str:
    # a definition and a context carry their source inside them
    nodes = "".join(
        _node(
            field, 1, False, field not in _ONCE, _node("Source", 1, False, True) if field in ("Definition", "Context") else ""
        )
        for field in fields
    )
    return _node(name, kind, True, True, nodes + below)


def _kind(name: str) -> str:
    values = "".join(f"<PicklistValue>{escape(value)}</PicklistValue>" for value in _PICKLISTS.get(name, ()))
    kind = f"<Type>Picklist</Type>{values}" if values else "<Type>Text</Type>"
    return f'<Node ID="0"><TextChild dt:dt="string">{escape(name)}</TextChild><Structure>{kind}<History>F</History></Structure></Node>'


def _element(name: str, content: str, occurs: tuple[str, str] | None, inner: str = "", kind: str = "") -> str:
    often = f'<Occurences><Level minOccurs="{occurs[0]}" maxOccurs="{occurs[1]}"/></Occurences>' if occurs else ""
    typed = f' type="{kind}"' if kind else ""
    return f'<ElementType name="{name}" content="{content}" order="many"{typed}><description/>{often}{inner}</ElementType>'


def _attribute(name: str, kind: str = "", values: str = "") -> str:
    listed = f' values="{values}"' if values else ""
    once = '<Occurences><Level minOccurs="1" maxOccurs="1"/></Occurences>'
    return f'<AttributeType name="{name}" type="{kind}"{listed}><description/>{once}</AttributeType>'


_ANY, _ONE, _SOME = ("0", "*"), ("1", "1"), ("1", "*")
_TRANSAC = _element(
    "transacGrp", "eltOnly", _ANY,
    _element("transac", "textOnly", _ANY, _attribute("type", "enumeration", "origination|modification"), "string")
    + _element("date", "textOnly", _ANY, "", "date"),
)  # fmt: skip
_DESCRIP = _element("descripGrp", "eltOnly", _ANY, _element("descrip", "mixed", _ANY, _attribute("type"), "string"))
_TERM = _element("termGrp", "eltOnly", _SOME, _element("term", "textOnly", _ONE, "", "string"))
_LANGUAGE = _element(
    "languageGrp",
    "eltOnly",
    _ANY,
    _element("language", "empty", _ANY, _attribute("lang") + _attribute("type")) + _TERM + _DESCRIP + _TRANSAC,
)
_CONCEPT = _element(
    "conceptGrp", "eltOnly", _SOME,
    _element("concept", "textOnly", _ONE, "", "ui4") + _element("system", "textOnly", ("0", "1"), "", "ui4") + _TRANSAC + _DESCRIP + _LANGUAGE,
)  # fmt: skip
_SCHEMA = f'<Schema name="Termbase Definition">{_element("mtf", "eltOnly", None, _CONCEPT)}</Schema>'
