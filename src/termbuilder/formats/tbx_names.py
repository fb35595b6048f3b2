"""The names of TBX: which data category stands in which element, what values it takes, how the dialects differ.

Kept in one place because a revision is coming (`usageStatus` with preferred / admitted / deprecated, transactions
`creation` / `modification`); its schemas are not published yet.
"""

from __future__ import annotations

from dataclasses import dataclass

CORE_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
OLD_NAMESPACES = ("urn:iso:std:iso:30042:ed:3.0",)  # before November 2018
MODULES = {
    "min": "http://www.tbxinfo.net/ns/min",
    "basic": "http://www.tbxinfo.net/ns/basic",
    "ling": "http://www.tbxinfo.net/ns/linguist",
}

# category -> (element that carries it, module it belongs to)
CATEGORIES = {
    "subjectField": ("descrip", "min"),
    "definition": ("descrip", "basic"),
    "context": ("descrip", "basic"),
    "source": ("admin", "basic"),
    "administrativeStatus": ("termNote", "min"),
    "partOfSpeech": ("termNote", "min"),
    "termType": ("termNote", "basic"),
    "geographicalUsage": ("termNote", "basic"),
    "crossReference": ("ref", "basic"),
    "transactionType": ("transac", "basic"),
    "responsibility": ("transacNote", "basic"),
    "reading": ("admin", "ling"),
    "readingNote": ("adminNote", "ling"),
}

TERM_TYPES = ("fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase")
PARTS_OF_SPEECH = ("noun", "verb", "adjective", "adverb", "other")
STATUS_SUFFIX = "-admn-sts"

# What others write for an administrative status, folded to lower case without blanks, hyphens and "-admn-sts".
STATUS_WORDS = {
    "preferredterm": "preferredTerm", "preferred": "preferredTerm", "recommended": "preferredTerm",
    "admittedterm": "admittedTerm", "admitted": "admittedTerm", "allowed": "admittedTerm", "standardizedterm": "preferredTerm",
    "approved": "preferredTerm", "legalterm": "preferredTerm", "regulatedterm": "preferredTerm",
    "deprecatedterm": "deprecatedTerm", "deprecated": "deprecatedTerm", "notrecommended": "deprecatedTerm",
    "forbidden": "deprecatedTerm", "prohibited": "deprecatedTerm", "donotuse": "deprecatedTerm",
    "supersededterm": "supersededTerm", "superseded": "supersededTerm", "obsolete": "supersededTerm",
}  # fmt: skip

# Term types of the default v2 dialect and of vendors that TBX-Basic has no word for.
TERM_TYPE_WORDS = {
    "fullform": "fullForm", "acronym": "acronym", "abbreviation": "abbreviation", "abbreviatedform": "abbreviation",
    "shortform": "shortForm", "variant": "variant", "phrase": "phrase", "phraseologicalunit": "phrase", "setphrase": "phrase",
    "initialism": "acronym", "clippedterm": "shortForm", "spellingvariant": "variant",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dialect:
    """One kind of TBX file. `groups_hold_notes`: may a note stand in a descripGrp or transacGrp (not in v2 TBX-Basic)?"""

    name: str
    root: str
    header: str
    entry: str
    lang: str
    term: str
    tags: bool = False  # categories are elements (DCT), not attributes
    reading: bool = False
    groups_hold_notes: bool = True
    parts_of_speech: tuple[str, ...] = PARTS_OF_SPEECH
    doctype: str = ""
    encoding_desc: str = ""


# A line of the header: so that our own file comes back with the codes of the termbase.
WRITTEN_AS = "language {} written as {}"

_V3_TAGS = ("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec")

BASIC = Dialect("TBX-Basic", *_V3_TAGS)
BASIC_DCT = Dialect("TBX-Basic", *_V3_TAGS, tags=True)
LINGUIST = Dialect("TBX-Linguist", *_V3_TAGS, reading=True)
VERSION_2 = Dialect(
    "TBX-Basic",
    "martif",
    "martifHeader",
    "termEntry",
    "langSet",
    "tig",
    groups_hold_notes=False,
    parts_of_speech=(*PARTS_OF_SPEECH[:-1], "properNoun", "other"),
    doctype='<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">',
    encoding_desc='<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc>',
)

# --- names that others use, for reading -------------------------------------------------------------------------------
# Folded to lower case without blanks, hyphens and underscores.

CATEGORY_WORDS = {
    "subjectfield": "subjectField", "domain": "subjectField", "subject": "subjectField", "conceptdomain": "subjectField", "conceptsubject": "subjectField",
    "definition": "definition", "conceptdefinition": "definition", "description": "definition", "explanation": "definition",
    "context": "context", "example": "context", "samplesentence": "context", "usageexample": "context", "exemple": "context",
    "source": "source", "sourceidentifier": "source", "definitionsource": "source", "contextsource": "source",
    "administrativestatus": "administrativeStatus", "normativeauthorization": "administrativeStatus", "usagestatus": "administrativeStatus",
    "status": "administrativeStatus", "termstatus": "administrativeStatus", "use": "administrativeStatus", "usage": "administrativeStatus",
    "partofspeech": "partOfSpeech", "pos": "partOfSpeech", "wordclass": "partOfSpeech", "grammaticalcategory": "partOfSpeech",
    "termtype": "termType", "type": "termType",
    "geographicalusage": "geographicalUsage", "region": "geographicalUsage",
    "reading": "reading", "pinyin": "reading", "pronunciation": "reading", "transliteration": "reading",
    "processstatus": "processStatus", "reliabilitycode": "reliabilityCode", "reliability": "reliabilityCode",
    "note": "note", "conceptnote": "note", "comment": "note", "remark": "note",
    "forbidden": "forbidden", "preferred": "preferred",
    "transactiontype": "transactionType", "responsibility": "responsibility", "responsibleperson": "responsibility",
}  # fmt: skip

LINK_WORDS = {
    "crossreference": "related", "see": "related", "seealso": "related", "relatedconcept": "related", "associativerelation": "related",
    "relatedconceptbroader": "broader", "broaderconceptgeneric": "broader", "superordinateconceptgeneric": "broader", "broader": "broader",
    "relatedconceptnarrower": "narrower", "subordinateconceptgeneric": "narrower", "narrowerconceptgeneric": "narrower",
    "superordinateconceptpartitive": "whole", "broaderconceptpartitive": "whole",
    "subordinateconceptpartitive": "part", "narrowerconceptpartitive": "part",
}  # fmt: skip

PART_OF_SPEECH_WORDS = {
    "n": "noun", "noun": "noun", "substantive": "noun", "v": "verb", "verb": "verb", "adj": "adjective", "adjective": "adjective",
    "adv": "adverb", "adverb": "adverb", "propernoun": "properNoun", "proper": "properNoun", "other": "other",
}  # fmt: skip

PROCESS_WORDS = {
    "finalized": "finalized", "approved": "finalized", "confirmed": "finalized", "final": "finalized",
    "provisionallyprocessed": "provisionallyProcessed", "unprocessed": "unprocessed", "new": "unprocessed", "draft": "unprocessed",
    "proposed": "unprocessed", "candidate": "unprocessed",
}  # fmt: skip

# Categories that our entries have no field for: kept as named notes, written back as what they were where the dialect has them.
LOCATIONS = (
    "checkBox", "comboBox", "comboBoxElement", "dialogBox", "groupBox", "informativeMessage", "interactiveMessage", "menuItem",
    "progressBar", "pushButton", "radioButton", "slider", "spinBox", "tab", "tableText", "textBox", "toolTip", "user-definedType",
)  # fmt: skip
REGISTERS = (
    "colloquialRegister", "neutralRegister", "technicalRegister", "in-houseRegister", "bench-levelRegister", "slangRegister", "vulgarRegister",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a category may stand: levels c (concept) and t (term) in version 3 and 2; its values, if they are limited."""

    element: str
    module: str
    levels: str
    levels_v2: str
    values: tuple[str, ...] = ()


KEPT = {
    "customerSubset": Kept("admin", "min", "ct", "t"),
    "projectSubset": Kept("admin", "basic", "ct", "t"),
    "externalCrossReference": Kept("xref", "min", "ct", "ct"),
    "xGraphic": Kept("xref", "basic", "c", "c"),
    "grammaticalGender": Kept("termNote", "basic", "t", "t", ("masculine", "feminine", "neuter", "other")),
    "termLocation": Kept("termNote", "basic", "t", "t", LOCATIONS),
    "register": Kept("termNote", "ling", "t", "", REGISTERS),
    "grammaticalNumber": Kept("termNote", "ling", "t", "", ("singular", "plural", "dual", "mass", "otherNumber")),
    "transferComment": Kept("termNote", "ling", "t", ""),
}


def folded(name: str) -> str:
    """A name as the tables above list it.

    >>> folded("Part of Speech"), folded("part_of_speech")
    ('partofspeech', 'partofspeech')
    """
    return name.lower().replace(" ", "").replace("-", "").replace("_", "")
