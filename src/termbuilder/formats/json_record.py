"""An entry as a JSON object: names and meaning of its fields (docs/formats.md)."""

from __future__ import annotations

import json
from typing import Any

from termbuilder.model import (
    ConceptEntry,
    Context,
    Definition,
    Reading,
    Source,
    TermSec,
)

Record = dict[str, Any]


def as_json(entry: ConceptEntry) -> str:
    """One entry as one line of JSON.

    >>> from termbuilder.model import LangSec
    >>> as_json(ConceptEntry("c1", (LangSec("zh-CN", (TermSec("揭榜挂帅"),)),)))[:40]
    '{"id": "c1", "term": "揭榜挂帅", "status": "'
    """
    return _encode(record(entry))


# circles cannot be: they need not be looked for
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def record(entry: ConceptEntry) -> Record:
    """The fields of an entry as plain values. What is empty is left out, save for the fields every reader looks for."""
    chinese, english = entry.lang_sec("zh"), entry.lang_sec("en")
    main = entry.term_sec
    others = [section for section in entry.lang_secs if section is not chinese and section is not english]
    fields: Record = {
        "id": entry.id,
        "term": entry.term,
        "status": entry.status,
        "score": entry.score,
        "frequency": entry.frequency,
        "document_frequency": entry.document_frequency,
        "category": entry.category,
        "subject_field": entry.subject_field,
        "part_of_speech": main.part_of_speech,
        "variants": [_designation(sec) for sec in entry.variants],
        "pinyin": _reading(main.reading),
        "equivalents": [
            _designation(sec) | {"status": "approved" if sec.process_status == "finalized" else "suggested"}
            for sec in entry.equivalents
        ],
        "definition": _definition(entry.definition) if entry.definition else None,
        "contexts": [_context(context) for context in main.contexts],
        "broader": [link.target for link in entry.links if link.kind == "broader"],
        "related": [link.target for link in entry.links if link.kind == "related"],
        "reasons": [{"rule": reason.rule, "weight": reason.weight, "note": reason.note} for reason in entry.reasons],
    }
    more: Record = {
        "main": {key: value for key, value in _designation(main).items() if key not in _MAIN_ELSEWHERE},
        "languages": [section.lang for section in entry.lang_secs],
        "more_definitions": [_definition(definition) for definition in chinese.definitions[1:]],
        "english_definitions": [_definition(definition) for definition in english.definitions],
        "chinese_note": chinese.note,
        "english_note": english.note,
        "other_languages": [
            {
                "lang": section.lang,
                "terms": [_designation(sec) for sec in section.term_secs],
                "definitions": [_definition(definition) for definition in section.definitions],
                "note": section.note,
            }
            for section in others
        ],
        "links": [{"kind": link.kind, "target": link.target, "term": link.term, "rule": link.rule} for link in entry.links],
        "transactions": [{"kind": t.kind, "when": t.when, "who": t.who, "what": t.what} for t in entry.transactions],
        "spread": [
            {
                "document": s.document,
                "frequency": s.frequency,
                "first": _source(s.first),
                "last": _source(s.last),
                "date": s.date,
            }
            for s in entry.spread
        ],
        "note": entry.note,
        "extra": entry.extra,
    }
    return fields | {key: value for key, value in more.items() if value}


_MAIN_ELSEWHERE = ("term", "part_of_speech", "pinyin", "contexts")


def _source(source: Source) -> Record:
    fields: Record = {"document": source.document, "line": source.line, "offset": source.offset}
    if source.place:
        fields["place"] = source.place
    return fields


def _reading(reading: Reading | None) -> Record | None:
    if reading is None:
        return None
    return {"text": reading.text, "syllables": reading.syllables} | ({"uncertain": True} if reading.uncertain else {})


def _definition(definition: Definition) -> Record:
    score = {"score": definition.score} if definition.score else {}
    return {"text": definition.text, "source": _source(definition.source), "kind": definition.kind} | score


def _context(context: Context) -> Record:
    fields: Record = {"text": context.text, "source": _source(context.source)}
    if context.term_spans:
        fields["term_spans"] = context.term_spans
    if context.score:
        fields["score"] = context.score
    return fields


def _designation(sec: TermSec) -> Record:
    """A form or an equivalent: `source` is the first source (what most readers want), `sources` are all."""
    always: Record = {"term": sec.term, "type": sec.term_type, "administrative_status": sec.administrative_status}
    optional: Record = {
        "process_status": "" if sec.process_status == "unprocessed" else sec.process_status,
        "frequency": sec.frequency,
        "part_of_speech": sec.part_of_speech,
        "pinyin": _reading(sec.reading),
        "origin": sec.origin,
        "source": sec.sources[0] if sec.sources else "",
        "sources": sec.sources if len(sec.sources) > 1 else (),
        "reliability": sec.reliability,
        "geographical_usage": sec.geographical_usage,
        "contexts": [_context(context) for context in sec.contexts],
        "note": sec.note,
    }
    return always | {key: value for key, value in optional.items() if value}
