"""Writes a glossary as one HTML page: nothing to install, no network, search, links between entries, fit to be printed."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from termbuilder.formats.exchange import DEFAULTS, Options
from termbuilder.formats.files import written
from termbuilder.formats.html_page import FOOT, HEAD
from termbuilder.formats.select import NOT_TO_BE_USED, chosen, standing
from termbuilder.formats.tbx_write import xml_ids
from termbuilder.formats.text import one_line, plain, shown_spans
from termbuilder.model import ConceptEntry, Context, Definition, LangSec, Link, Run, TermSec

RELATIONS = {
    "broader": "Broader", "narrower": "Narrower", "related": "See also", "fullForm": "Full form", "shortForm": "Short form",
    "whole": "Part of", "part": "Comprises",
}  # fmt: skip
TERM_TYPES = {"shortForm": "short form", "abbreviation": "abbreviation", "acronym": "acronym", "phrase": "phrase"}
LANGUAGES = {
    "zh": "Chinese",
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "ru": "Russian",
    "ja": "Japanese",
}
MOST_CONTEXTS = 3


def dump(entries: Sequence[ConceptEntry], run: Run, path: Path, options: Options = DEFAULTS) -> int:
    """Write the page, in the order of the pinyin; FormatError if there is nothing to write or the file cannot be written."""
    kept = chosen(entries, options)
    order = sorted((*_by_sound(entry), number) for number, entry in enumerate(kept))
    anchors = xml_ids([id for *_, id, _ in order if id])
    counts = Counter[str]()
    title = plain(run.name) or "Glossary"
    # articles wait in the order of the entries: of many, only what is to be sorted is kept in memory
    with written(path) as beside, open(beside, "wb") as file, tempfile.TemporaryFile() as articles:
        at = [0]
        for entry in kept:
            counts[entry.status] += 1
            at.append(at[-1] + articles.write("".join(_entry(entry, anchors)).encode()))
        shown = ", ".join(f"{counts[status]} {status}" for status in ("approved", "suggested", "rejected") if counts[status])
        about = f"{len(kept)} concepts ({shown})" + (f" · {escape(run.started[:10])}" if run.started else "")
        letters = "".join(f'<a href="#{_anchor(name)}">{escape(name)}</a>' for name in dict.fromkeys(map(_letter, order)))
        file.write(HEAD.replace("{title}", escape(title)).replace("{about}", about).replace("{letters}", letters).encode())
        for letter, following in groupby(order, _letter):
            file.write(f'<h2 class="letter" id="{_anchor(letter)}">{escape(letter)}</h2>\n'.encode())
            for *_, number in following:
                articles.seek(at[number])
                file.write(articles.read(at[number + 1] - at[number]))
        file.write(FOOT.replace("{sources}", _sources(run)).encode())
    return len(kept)


def _reading(entry: ConceptEntry) -> str:
    return entry.term_sec.reading.text if entry.term_sec.reading else ""


_BARE = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü", "aaaaeeeeiiiioooouuuuvvvvv")


def _by_sound(entry: ConceptEntry) -> tuple[bool, str, str, str]:
    """Pinyin without tones and blanks, as dictionaries order it; what does not begin with a letter comes last."""
    bare = "".join(c for c in _reading(entry).lower().translate(_BARE) if c.isalnum())
    return (not "a" <= bare[:1] <= "z", bare, one_line(entry.term), entry.id)


def _letter(sound: tuple[bool, str, str, str, int]) -> str:
    no_letter, bare, *_ = sound
    return "0–9" if no_letter else bare[0].upper()


def _anchor(letter: str) -> str:
    return f"-{letter[:1]}"  # ids of entries never begin with a hyphen


def _entry(entry: ConceptEntry, anchors: Mapping[str, str]) -> Iterator[str]:
    anchor = f' id="{anchors[entry.id]}"' if entry.id else ""
    chinese, english = entry.lang_sec("zh"), entry.lang_sec("en")
    yield f'<article class="{entry.status}"{anchor}>\n<header><h3><span lang="zh">{_t(entry.term)}</span>'
    if _reading(entry):
        doubt = " ?" if entry.term_sec.reading and entry.term_sec.reading.uncertain else ""
        yield f' <span class="pinyin">{_t(_reading(entry))}{doubt}</span>'
    yield f'</h3><span class="tag {entry.status}">{entry.status}</span></header>\n'
    yield f'<p class="english">{"; ".join(_english(entry, sec) for sec in english.term_secs) or "<span class=none>no English yet</span>"}</p>\n'
    forms = [f'<span lang="zh">{_struck(sec, _t(sec.term))}</span>{_kind(sec)}' for sec in chinese.term_secs[1:]]
    if forms:
        yield f'<p class="forms"><b>Also</b> {", ".join(forms)}</p>\n'
    for section in entry.lang_secs:
        for definition in section.definitions:
            yield _definition(section, definition)
    contexts = [(sec, context) for sec in chinese.term_secs for context in sec.contexts][:MOST_CONTEXTS]
    if contexts:
        forms_text = [sec.term for sec in chinese.term_secs]
        yield (
            '<ul class="contexts">' + "".join(f"<li>{_marked(context, forms_text)}</li>" for _, context in contexts) + "</ul>\n"
        )
    for section in entry.lang_secs:
        if section.lang.split("-")[0] not in ("zh", "en") and section.term_secs:
            name = LANGUAGES.get(section.lang.split("-")[0], section.lang)
            yield f'<p><b>{_t(name)}</b> <span lang="{_t(section.lang)}">{_t("; ".join(sec.term for sec in section.term_secs))}</span></p>\n'
    if entry.links:
        yield f'<p class="links">{" · ".join(_link(link, anchors) for link in entry.links)}</p>\n'
    small = [
        text for text in (entry.subject_field, entry.category, f"found {entry.frequency}×" if entry.frequency else "") if text
    ]
    if entry.note:
        yield f'<p class="note">{_t(entry.note)}</p>\n'
    if small:
        yield f'<p class="small">{_t(" · ".join(small))}</p>\n'
    yield "</article>\n"


def _t(text: str) -> str:
    return escape(plain(text)).replace("\n", "<br>")


def _kind(sec: TermSec) -> str:
    return f" <i>({TERM_TYPES[sec.term_type]})</i>" if sec.term_type in TERM_TYPES else ""


def _struck(sec: TermSec, text: str) -> str:
    return f'<s title="do not use">{text}</s>' if sec.administrative_status in NOT_TO_BE_USED else text


def _english(entry: ConceptEntry, sec: TermSec) -> str:
    status = standing(entry, sec)
    origin = "; ".join(filter(None, (sec.origin, *sec.sources, sec.note)))
    title = f' title="{_t(origin)}"' if origin else ""
    word = _struck(sec, _t(sec.term))
    return f'<span lang="en" class="{status}"{title}>{word}</span>{_kind(sec)}'


def _definition(section: LangSec, definition: Definition) -> str:
    return f'<p class="definition" lang="{_t(section.lang)}">{_t(definition.text)}{_cite(str(definition.source))}</p>\n'


def _cite(source: str) -> str:
    return f" <cite>{_t(source)}</cite>" if source else ""


def _marked(context: Context, forms: Sequence[str]) -> str:
    parts, end = [], 0
    for start, stop in shown_spans(context, forms):
        parts += [escape(context.text[end:start]), f"<mark>{escape(context.text[start:stop])}</mark>"]
        end = stop
    text = "".join([*parts, escape(context.text[end:])]).replace("\n", "<br>")
    return f'<span lang="zh">{text}</span>{_cite(str(context.source))}'


def _link(link: Link, anchors: Mapping[str, str]) -> str:
    label, text = RELATIONS.get(link.kind, link.kind), _t(one_line(link.term) or link.target)
    shown = (
        f'<a href="#{anchors[link.target]}" lang="zh">{text}</a>'
        if link.target in anchors
        else f'<span lang="zh">{text}</span>'
    )
    return f"<b>{_t(label)}</b> {shown}"


def _sources(run: Run) -> str:
    lines = [f"<li>{_t(document.name)}{f' ({_t(document.date)})' if document.date else ''}</li>" for document in run.documents]
    listed = f"<h2>Sources</h2><ul>{''.join(lines)}</ul>" if lines else ""
    made = ", ".join(f"{name} {version}" for name, version in sorted(run.versions.items()))
    notices = "".join(f"<p>{_t(notice)}</p>" for notice in run.notices)
    return f'{listed}{notices}<p class="small">{_t(made)}</p>'
