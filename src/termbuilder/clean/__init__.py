"""Repairs a document and cuts it into passages, without losing a place.

`clean` is the whole stage. The lists below say what is done, in which order: first characters and marks inside lines, then lines that
are no running text are set aside, then what breaks cut apart is joined, then paragraphs are cut into sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from termbuilder.clean import (
    cells,
    characters,
    contents,
    endmatter,
    glosses,
    heads,
    imprint,
    markup,
    notes,
    paragraphs,
    punctuation,
    script,
    sentences,
    spaces,
)
from termbuilder.clean.lines import Line, lines_of
from termbuilder.clean.paragraphs import Paragraph
from termbuilder.clean.rules import Rules
from termbuilder.clean.traced import Edit, Traced, without_overlaps
from termbuilder.clean.wraps import inside_paragraphs
from termbuilder.model import Cleaned, Document, Passage, PassageKind, Repair

__all__ = ["CHARACTER_REPAIRS", "SET_ASIDE", "Rules", "clean"]

CharacterRepair = Callable[[str, Rules], Iterable[Edit]]
SettingAside = Callable[[Sequence[Line], Rules], Iterable[int]]

CHARACTER_REPAIRS: tuple[tuple[str, CharacterRepair], ...] = (
    ("invisible characters", lambda text, rules: characters.invisible(text)),
    ("table cells", lambda text, rules: [*cells.tabs(text), *cells.bars(text)]),
    ("HTML tags and entities", lambda text, rules: markup.html(text)),
    ("spread characters", lambda text, rules: spaces.spread(text)),
    ("LaTeX numerals", lambda text, rules: markup.latex(text)),
    ("Markdown marks", lambda text, rules: markup.markdown(text)),
    ("document identifiers", lambda text, rules: notes.identifiers(text)),
    ("pinyin glosses", lambda text, rules: glosses.pinyin(text, rules.syllables)),
    ("traditional characters", lambda text, rules: script.fold(text, rules.converters)),
    ("note marks", lambda text, rules: notes.marks(text)),
    ("credits", lambda text, rules: notes.credits(text, rules.cues.credit)),
    ("quotation marks", lambda text, rules: punctuation.quotes(text)),
    ("title marks and dots", lambda text, rules: punctuation.titles(text)),
    ("brackets", lambda text, rules: punctuation.brackets(text)),
    ("commas and stops", lambda text, rules: punctuation.marks(text)),
)

# Once more where lines were joined: a gloss or a comma may have stood behind a page break.
ACROSS_LINES: tuple[tuple[str, CharacterRepair], ...] = (
    ("pinyin glosses", lambda text, rules: glosses.pinyin(text, rules.syllables)),
    ("commas and stops", lambda text, rules: punctuation.marks(text)),
)

PAGE_FURNITURE: tuple[tuple[str, SettingAside], ...] = (
    ("page numbers", lambda lines, rules: heads.page_numbers(lines)),
    ("running heads and feet", lambda lines, rules: heads.running_heads(lines)),
)

# These go by words, so they leave lines alone that continue a wrapped paragraph: 电话、传真 may stand at the beginning of one.
SET_ASIDE: tuple[tuple[str, SettingAside], ...] = (
    (
        "contents lists",
        lambda lines, rules: [*contents.leaders(lines), *contents.contents(lines, rules.cues.line["contents"])],
    ),
    ("mastheads", lambda lines, rules: imprint.masthead(lines, rules.cues.label["masthead"])),
    ("staff lists and bylines", lambda lines, rules: imprint.staff(lines, rules.cues.staff, rules.surnames)),
    (
        "web page furniture",
        lambda lines, rules: imprint.web_chrome(lines, rules.cues.label["chrome"], rules.cues.line["chrome"]),
    ),
    ("author blocks", lambda lines, rules: imprint.author_block(lines, rules.surnames)),
    ("bibliographies", lambda lines, rules: endmatter.references(lines, rules.cues.line["references"])),
    ("teasers of other articles", lambda lines, rules: endmatter.teasers(lines, rules.cues.tail)),
    ("lines without Chinese", lambda lines, rules: endmatter.foreign(lines)),
)

_WORDS = re.compile("[\u3400-\u9fffA-Za-z]")
_SUBTITLES = ("srt", "vtt")
_EXAMPLES = 3
_LONGEST_EXAMPLE = 40
# Sentences shorter than this are no evidence of repetition: captions and headings recur.
_SHORTEST_REPEAT = 4


def clean(document: Document, rules: Rules) -> Cleaned:
    """Repair `document` and cut it into passages; every character of a passage knows its offset in the document.

    Returns the passages in order, and what was repaired with a few printed examples.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> cleaned = clean(Document("通知.txt", "實(shí)施“揭榜\\n掛帥”機制。\\n— 3 —\\n"), rules)
    >>> [passage.text for passage in cleaned.passages]
    ['实施“揭榜挂帅”机制。']
    >>> cleaned.passages[0].printed(3, 7, Document("通知.txt", "實(shí)施“揭榜\\n掛帥”機制。\\n— 3 —\\n"))
    '揭榜\\n掛帥'
    """
    log = _Log(document)
    traced = _without_set_aside(document, log)
    traced = Traced(traced.text.translate(rules.widths), traced.at)
    for name, repair in CHARACTER_REPAIRS:
        edits = without_overlaps(repair(traced.text, rules))
        log.edits(name, edits, traced)
        traced = traced.edited(edits)
    lines = lines_of(traced, document)
    aside: set[int] = set()
    inside = inside_paragraphs(lines)
    for name, setting_aside in PAGE_FURNITURE + SET_ASIDE:
        numbers = sorted(set(setting_aside(lines, rules)) - aside - (inside if (name, setting_aside) in SET_ASIDE else set()))
        log.note(name, [lines[number].text for number in numbers])
        aside.update(numbers)
    annex = endmatter.annex(lines, rules.cues.line["annex"])
    running = [line for line in lines if line.number not in aside]
    groups, joined = paragraphs.paragraphs(running, rules.joins, annex, document.format in _SUBTITLES)
    log.note("rejoined lines", [f"{running[i - 1].text[-8:]}|{running[i].text[:8]}" for i in joined])
    passages = _passages(document, traced, groups, annex, rules, log)
    return Cleaned(tuple(passages), log.repairs())


class _Log:
    """Counts the repairs of one document while it is cleaned."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: dict[str, tuple[int, list[str]]] = {}

    def note(self, name: str, shown: Sequence[str]) -> None:
        if shown:
            count, examples = self.found.get(name, (0, []))
            examples += (text[:_LONGEST_EXAMPLE] for text in shown[: _EXAMPLES - len(examples)])
            self.found[name] = count + len(shown), examples

    def edits(self, name: str, edits: Sequence[Edit], traced: Traced) -> None:
        printed = self.document.text
        first = [
            printed[max(0, traced.at[e.start] - 6) : traced.at[e.end - 1] + 7] for e in edits[:_EXAMPLES] if e.end > e.start
        ]
        self.note(name, [" ".join(text.split()) for text in first] + [""] * (len(edits) - len(first)))

    def repairs(self) -> tuple[Repair, ...]:
        return tuple(Repair(name, count, tuple(examples)) for name, (count, examples) in self.found.items())


def _without_set_aside(document: Document, log: _Log) -> Traced:
    """The text without the spans that the reader set aside (a line break stays in their place)."""
    traced = Traced(document.text, range(len(document.text)))
    spans = [Edit(start, end, "\n") for start, end, _ in document.set_aside if end > start]
    log.edits("set aside by the reader", spans, traced)
    return traced.edited(without_overlaps(spans)) if spans else traced


def _passages(
    document: Document, traced: Traced, groups: Sequence[Paragraph], annex: range, rules: Rules, log: _Log
) -> list[Passage]:
    passages: list[Passage] = []
    seen: set[str] = set()
    spaced: list[str] = []
    repeated: list[str] = []
    number = -1
    before: Paragraph | None = None
    for group in groups:
        kind = group.kind
        number += not (before and kind == "table" and _same_row(before, group, traced.text))
        before = group
        section = "annex" if group.lines[0].number in annex else "body"
        whole = _joined(traced, group)
        for name, repair in ACROSS_LINES if len(group.lines) > 1 else ():
            edits = without_overlaps(repair(whole.text, rules))
            log.edits(name, edits, whole)
            whole = whole.edited(edits)
        for part in _parts(whole, kind):
            tidy = part.edited(edits := list(spaces.spaces(part.text)))
            if edits:
                spaced += (part.text[max(0, e.start - 4) : e.end + 4] for e in edits)
            for start, end in sentences.spans(tidy.text):
                sentence = tidy.cut(start, end)
                if not _WORDS.search(sentence.text):
                    continue
                key = re.sub(r"\W+", "", sentence.text)
                repeat = len(key) >= _SHORTEST_REPEAT and key in seen
                if repeat:
                    repeated.append(sentence.text)
                seen.add(key)
                passages.append(Passage(document.name, len(passages), *sentence, _KINDS[kind], number, repeat, section))
    log.note("spaces", spaced)
    log.note("repeated passages", repeated)
    return passages


def _same_row(left: Paragraph, right: Paragraph, text: str) -> bool:
    """Are two cells of one row of a table? They share the number of a paragraph."""
    return left.kind == "table" and "\n" not in text[left.lines[-1].end : right.lines[0].start]


_KINDS: dict[str, PassageKind] = {"body": "body", "heading": "heading", "list": "list", "table": "table", "note": "note"}


def _joined(traced: Traced, group: Paragraph) -> Traced:
    """The text of a paragraph without the breaks between its lines and the list mark before it."""
    first = group.lines[0]
    start = first.start + len(first.mark)
    if start >= group.lines[-1].end:
        start = first.start
    edits = []
    for a, b in zip(group.lines, group.lines[1:]):
        words = (
            traced.text[a.end - 1].isascii()
            and traced.text[a.end - 1].isalpha()
            and b.text[0].isascii()
            and b.text[0].isalpha()
        )
        edits.append(Edit(a.end - start, b.start - start, " " if words else ""))
    return traced.cut(start, group.lines[-1].end).edited(e for e in edits if e.start >= 0)


def _parts(whole: Traced, kind: str) -> list[Traced]:
    """A heading falls apart where a space divides it; other paragraphs stay whole."""
    if kind != "heading":
        return [whole]
    parts = []
    start = 0
    for gap in [*spaces.gaps(whole.text), len(whole.text)]:
        parts.append(whole.cut(start, gap))
        start = gap
    return parts
