"""JSON Lines: one concept entry a line, holding everything; the shape other programs read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from termbuilder.errors import FormatError
from termbuilder.formats.exchange import DEFAULTS, LOAD_DEFAULTS, Loaded, LoadOptions, Options, Problem, loaded
from termbuilder.formats.files import written
from termbuilder.formats.select import chosen
from termbuilder.formats.text import reading_of
from termbuilder.model import (
    ConceptEntry,
    Context,
    Definition,
    EntryStatus,
    LangSec,
    Link,
    ProcessStatus,
    Reading,
    Reason,
    Run,
    Source,
    Spread,
    TermSec,
    Transaction,
)

Record = dict[str, Any]


def dump(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write one JSON object a line, in the order of the entries; FormatError if the file cannot be written."""
    kept = chosen(entries, options)
    with written(path) as beside, open(beside, "w", encoding="utf-8", newline="\n") as file:
        for entry in kept:
            file.write(as_json(entry) + "\n")
    return len(kept)


def load(path: Path, options: LoadOptions = LOAD_DEFAULTS) -> Loaded:
    """Read entries back; a line that is no entry is reported with its number and costs only itself."""
    entries: list[ConceptEntry] = []
    problems: list[Problem] = []
    try:
        with open(path, encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    entries.append(entry_of(json.loads(line), options.status))
                except (ValueError, TypeError, KeyError, AttributeError) as error:
                    problems.append(Problem(f"{path.name}, line {number}", f"not an entry ({_why(error)})", refused=True))
    except UnicodeDecodeError as error:
        raise FormatError(f"{path.name} is not UTF-8 text: save it as UTF-8, then import it again.") from error
    except OSError as error:
        raise FormatError(f"{path} cannot be read ({error.strerror}). Check the name and try again.") from error
    return loaded(path, entries, problems)


def _why(error: Exception) -> str:
    return f"the field {error} is missing" if isinstance(error, KeyError) else str(error)


def as_json(entry: ConceptEntry) -> str:
    """One entry as one line of JSON.

    >>> as_json(ConceptEntry("c1", (LangSec("zh-CN", (TermSec("揭榜挂帅"),)),)))[:40]
    '{"id": "c1", "term": "揭榜挂帅", "status": "'
    """
    return json.dumps(record(entry), ensure_ascii=False)


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
        "extra": [list(pair) for pair in entry.extra],
    }
    return fields | {key: value for key, value in more.items() if value}


_MAIN_ELSEWHERE = ("term", "part_of_speech", "pinyin", "contexts")


def _source(source: Source) -> Record:
    place = {"place": source.place} if source.place else {}
    return {"document": source.document, "line": source.line, "offset": source.offset} | place


def _reading(reading: Reading | None) -> Record | None:
    if reading is None:
        return None
    return {"text": reading.text, "syllables": list(reading.syllables)} | ({"uncertain": True} if reading.uncertain else {})


def _definition(definition: Definition) -> Record:
    score = {"score": definition.score} if definition.score else {}
    return {"text": definition.text, "source": _source(definition.source), "kind": definition.kind} | score


def _context(context: Context) -> Record:
    spans = {"term_spans": [list(span) for span in context.term_spans]} if context.term_spans else {}
    score = {"score": context.score} if context.score else {}
    return {"text": context.text, "source": _source(context.source)} | spans | score


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
        "sources": list(sec.sources) if len(sec.sources) > 1 else [],
        "reliability": sec.reliability,
        "geographical_usage": sec.geographical_usage,
        "contexts": [_context(context) for context in sec.contexts],
        "note": sec.note,
    }
    return always | {key: value for key, value in optional.items() if value}


# --- and back -----------------------------------------------------------------------------------------------------


def entry_of(fields: Mapping[str, Any], status: EntryStatus = "suggested") -> ConceptEntry:
    """The entry that `record` described. A hand-made record needs no more than a term.

    >>> entry_of({"term": "揭榜挂帅", "equivalents": [{"term": "open competition"}]}).equivalents[0].term
    'open competition'
    """
    if not isinstance(fields, Mapping):
        raise TypeError("a line must hold one object in braces")
    main = dict(fields.get("main") or {})
    main.update(
        term=fields.get("term", ""),
        part_of_speech=fields.get("part_of_speech", ""),
        pinyin=fields.get("pinyin"),
        contexts=fields.get("contexts") or (),
    )
    chinese_terms = (_term_sec(main), *map(_term_sec, fields.get("variants") or ())) if main["term"] else ()
    english_terms = tuple(map(_term_sec, fields.get("equivalents") or ()))
    first = (fields["definition"],) if fields.get("definition") else ()
    sections = {
        "zh": LangSec(
            "zh-CN",
            chinese_terms,
            _definitions((*first, *(fields.get("more_definitions") or ()))),
            fields.get("chinese_note", ""),
        ),
        "en": LangSec(
            "en", english_terms, _definitions(fields.get("english_definitions") or ()), fields.get("english_note", "")
        ),
    }
    others = [
        LangSec(
            other["lang"],
            tuple(map(_term_sec, other.get("terms", ()))),
            _definitions(other.get("definitions", ())),
            other.get("note", ""),
        )
        for other in fields.get("other_languages") or ()
    ]
    lang_secs = _in_order(sections, others, fields.get("languages"))
    if not any(section.term_secs for section in lang_secs):
        raise ValueError("it has no term")
    return ConceptEntry(
        id=str(fields.get("id", "")),
        lang_secs=lang_secs,
        subject_field=fields.get("subject_field", ""),
        category=fields.get("category", ""),
        status=fields.get("status", status),
        links=_links(fields),
        transactions=tuple(
            Transaction(t["kind"], t["when"], t.get("who", ""), t.get("what", "")) for t in fields.get("transactions") or ()
        ),
        note=fields.get("note", ""),
        score=fields.get("score", 0.0),
        reasons=tuple(Reason(r["rule"], r["weight"], r.get("note", "")) for r in fields.get("reasons") or ()),
        frequency=fields.get("frequency", 0),
        document_frequency=fields.get("document_frequency", 0),
        spread=tuple(
            Spread(s["document"], s["frequency"], _source_of(s["first"]), _source_of(s["last"]), s.get("date", ""))
            for s in fields.get("spread") or ()
        ),
        extra=tuple((str(name), str(value)) for name, value in fields.get("extra") or ()),
    )


def _in_order(sections: dict[str, LangSec], others: list[LangSec], languages: Sequence[str] | None) -> tuple[LangSec, ...]:
    """The sections in the order and under the codes that `languages` lists; without the list, those that hold anything."""
    if languages is None:
        present = [s for s in sections.values() if s.term_secs or s.definitions or s.note]
        return (*present, *others)
    rest = iter(others)
    ordered = []
    for lang in languages:
        own = sections.pop(lang.split("-")[0], None)
        if own is not None:
            ordered.append(LangSec(lang, own.term_secs, own.definitions, own.note))
        else:
            other = next(rest, None)
            if other is not None:
                ordered.append(other)
    ordered.extend(s for s in sections.values() if s.term_secs or s.definitions or s.note)  # added by hand
    return (*ordered, *rest)


def _links(fields: Mapping[str, Any]) -> tuple[Link, ...]:
    """`broader` and `related` decide which links of these kinds there are, `links` adds the term and the rule."""
    links = [Link(k["kind"], k["target"], k.get("term", ""), k.get("rule", "")) for k in fields.get("links") or ()]
    for kind in ("broader", "related"):
        targets = fields.get(kind)
        if targets is not None:
            known = {link.target for link in links if link.kind == kind}
            links = [link for link in links if link.kind != kind or link.target in targets]
            links.extend(Link(kind, target) for target in targets if target not in known)
    return tuple(links)


def _source_of(fields: Mapping[str, Any] | str) -> Source:
    if isinstance(fields, str):
        return Source(fields)
    return Source(fields.get("document", ""), fields.get("line", 0), fields.get("offset", 0), fields.get("place", ""))


def _reading_of(fields: Mapping[str, Any] | str | None, term: str) -> Reading | None:
    if not fields:
        return None
    if isinstance(fields, str):
        return reading_of(fields, term)
    return Reading(fields["text"], tuple(fields.get("syllables", ())), bool(fields.get("uncertain", False)))


def _definitions(records: Iterable[Mapping[str, Any]]) -> tuple[Definition, ...]:
    return tuple(
        Definition(d["text"], _source_of(d.get("source", "")), d.get("kind", "explicit"), d.get("score", 0.0)) for d in records
    )


def _context_of(fields: Mapping[str, Any]) -> Context:
    spans = tuple((int(start), int(end)) for start, end in fields.get("term_spans", ()))
    return Context(fields["text"], _source_of(fields.get("source", "")), spans, fields.get("score", 0.0))


def _term_sec(fields: Mapping[str, Any]) -> TermSec:
    sources = fields.get("sources") or ([fields["source"]] if fields.get("source") else [])
    decided: ProcessStatus = "finalized" if fields.get("status") == "approved" else "unprocessed"
    return TermSec(
        term=fields["term"],
        term_type=fields.get("type", "fullForm"),
        administrative_status=fields.get("administrative_status", "admittedTerm"),
        process_status=fields.get("process_status") or decided,
        part_of_speech=fields.get("part_of_speech", ""),
        reading=_reading_of(fields.get("pinyin"), fields["term"]),
        contexts=tuple(map(_context_of, fields.get("contexts", ()))),
        sources=tuple(sources),
        origin=fields.get("origin", ""),
        reliability=fields.get("reliability", 0),
        frequency=fields.get("frequency", 0),
        geographical_usage=fields.get("geographical_usage", ""),
        note=fields.get("note", ""),
    )
