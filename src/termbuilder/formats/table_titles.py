"""What the columns of tables are called, by translators and by tools, and what they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from termbuilder.formats.languages import language_code

# Folded: lower case, without blanks, hyphens, underscores. What a column holds for the whole concept.
CONCEPT_WORDS = {
    "id": "id", "cid": "id", "conceptid": "id", "entryid": "id", "termid": "id", "编号": "id", "序号": "number", "no": "number", "nr": "number", "number": "number",
    "definition": "definition", "conceptdefinition": "definition", "definitie": "definition", "定义": "definition", "释义": "definition",
    "description": "definition", "meaning": "definition", "explanation": "definition", "解释": "definition",
    "definitionsource": "definition_source", "sourceofthedefinition": "definition_source",
    "subject": "subject_field", "subjectfield": "subject_field", "domain": "subject_field", "field": "subject_field", "conceptsubject": "subject_field",
    "conceptdomain": "subject_field", "entrysubject": "subject_field", "topic": "subject_field", "领域": "subject_field", "专业": "subject_field",
    "category": "category", "entrydomain": "category", "subdomain": "category", "conceptsubdomain": "category", "类别": "category", "分类": "category",
    "note": "note", "notes": "note", "comment": "note", "comments": "note", "remark": "note", "remarks": "note", "conceptnote": "note",
    "entrynote": "note", "备注": "note", "说明": "note", "注释": "note", "notiz": "note", "bemerkung": "note", "kommentar": "note",
    "status": "status", "termstatus": "status", "状态": "status", "approved": "status",
    "context": "context", "example": "context", "exampleofuse": "context", "sentence": "context", "例句": "context", "语境": "context", "上下文": "context",
    "contextsource": "context_source", "sourceofthecontext": "context_source", "出处": "context_source", "来源": "context_source",
    "pinyin": "pinyin", "reading": "pinyin", "src:pinyin": "pinyin", "拼音": "pinyin",
    "partofspeech": "part_of_speech", "pos": "part_of_speech", "src:pos": "part_of_speech", "词性": "part_of_speech",
    "broader": "broader", "broaderterm": "broader", "seealso": "related", "related": "related",
    "synonyms": "forms", "variants": "forms", "otherforms": "forms", "别名": "forms", "又称": "forms",
    "donotuse": "not_to_use", "forbiddenterms": "not_to_use", "tags": "tags", "forbidden": "forbidden",
    "src:comment": "definition", "frequency": "frequency", "documents": "document_frequency",
}  # fmt: skip

# A term column without a language code: of the source or of the target language.
SOURCE_WORDS = frozenset(
    [
        "source",
        "src",
        "term",
        "sourceterm",
        "chinese",
        "chineseterm",
        "zh",
        "术语",
        "中文",
        "中文术语",
        "原文",
        "源语",
        "汉语",
        "词条",
        "中文名称",
        "名称",
        "quelle",
        "ausgangssprache",
    ]
)
# These may also say where something is from.
TWO_FOLD = frozenset(("source", "src", "quelle"))
TARGET_WORDS = frozenset(
    [
        "target",
        "tgt",
        "translation",
        "targetterm",
        "english",
        "englishterm",
        "equivalent",
        "译文",
        "英文",
        "英语",
        "译名",
        "英文译名",
        "目标语",
        "英译",
        "ziel",
        "zielsprache",
    ]
)

# What a column may hold for one language: `Description [zh-CN]`, `Definition-lv`, `en_note`, `Status (en)`.
LANGUAGE_WORDS = {
    "term": "term", "description": "definition", "definition": "definition", "def": "definition", "partofspeech": "part_of_speech", "pos": "part_of_speech",
    "status": "status", "type": "term_type", "note": "note", "notes": "note", "context": "context", "example": "context", "gender": "", "url": "",
}  # fmt: skip

IGNORED = frozenset(
    [
        "casesensitive",
        "translatable",
        "terminfo",
        "entryclientid",
        "entryprojectid",
        "entrycreated",
        "entrycreator",
        "entrylastmodified",
        "entrymodifier",
        "tid",
        "number",
    ]
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column holds: a field of the concept (`lang` empty) or of a language; `field` empty: nothing we keep."""

    field: str
    lang: str = ""


def fold(title: str) -> str:
    """A title as the tables above list it.

    >>> fold("Part of Speech"), fold("#src"), fold(" 中文 术语 ")
    ('partofspeech', 'src', '中文术语')
    """
    return re.sub(r"[\s_\-–—]+", "", title.strip().lstrip("#﻿")).lower()


_WITH_LANGUAGE = (
    re.compile(r"(?P<field>[^\[\](){}]+?)\s*[\[(（](?P<lang>[^\[\]()（）]+)[\])）]"),  # Term [zh-CN], Status (en)
    re.compile(r"(?P<field>Term|Definition|Note|Status|Context)[-_ ](?P<lang>[A-Za-z_-]+)", re.IGNORECASE),  # Term-en
    re.compile(r"(?P<lang>[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)[-_ ](?P<field>[A-Za-z]+)"),  # en_note
    re.compile(r"(?P<lang>[A-Za-z_]+)_(?P<field>Def)"),  # Chinese_PRC_Def
)
_NAMED = {
    "chinese_prc": "zh-CN", "chinese_taiwan": "zh-TW", "chinese_hong_kong_sar": "zh-HK", "english_united_states": "en-US", "english_united_kingdom": "en-GB",
}  # fmt: skip


def code_in(text: str) -> str:
    """The language that a title or a part of one names.

    >>> code_in("Chinese_PRC"), code_in("en_US"), code_in("Client")
    ('zh-CN', 'en-US', '')
    """
    return _NAMED.get(text.strip().lower()) or language_code(text)


def meaning_of(title: str) -> Meaning | None:
    """What a column of that title holds, or None if the title does not say.

    >>> meaning_of("Description [zh-CN]"), meaning_of("英文"), meaning_of("Client") is None
    (Meaning(field='definition', lang='zh-CN'), Meaning(field='term', lang='target'), True)
    """
    short = fold(title)
    if short in IGNORED:
        return Meaning("")
    if short in SOURCE_WORDS:
        return Meaning("term", "source")
    if short in TARGET_WORDS:
        return Meaning("term", "target")
    if short in CONCEPT_WORDS:
        return Meaning(CONCEPT_WORDS[short])
    for pattern in _WITH_LANGUAGE:
        match = pattern.fullmatch(title.strip())
        if match and fold(match["field"]) in LANGUAGE_WORDS and code_in(match["lang"]):
            return Meaning(LANGUAGE_WORDS[fold(match["field"])], code_in(match["lang"]))
    code = code_in(title)
    return Meaning("term", code) if code else None


# What a status cell says: the entry's status, the term's use.
STATUS_WORDS = {
    "suggested": ("suggested", ""), "approved": ("approved", ""), "rejected": ("rejected", ""), "yes": ("approved", ""), "true": ("approved", ""),
    "draft": ("suggested", ""), "new": ("suggested", ""), "provisional": ("suggested", ""), "proposed": ("suggested", ""), "candidate": ("suggested", ""),
    "preferred": ("approved", "preferredTerm"), "admitted": ("approved", "admittedTerm"), "nonstandard": ("approved", "admittedTerm"),
    "notrecommended": ("", "deprecatedTerm"), "deprecated": ("", "deprecatedTerm"), "forbidden": ("", "deprecatedTerm"), "obsolete": ("", "supersededTerm"),
    "superseded": ("", "supersededTerm"), "已审": ("approved", ""), "已定": ("approved", ""), "待定": ("suggested", ""), "建议": ("suggested", ""),
}  # fmt: skip
