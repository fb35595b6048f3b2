"""An entry from its JSON object, also one that a person or another program wrote by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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
    Source,
    Spread,
    TermSec,
    Transaction,
)


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
