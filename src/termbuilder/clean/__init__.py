"""Repairs a document and cuts it into passages, without losing a place.

`clean` is the whole stage. The lists below say what is done, in which order: first characters and marks inside lines, then lines that
are no running text are set aside, then what breaks cut apart is joined, then paragraphs are cut into sentences.
"""

from __future__ import annotations

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
    passages,
    punctuation,
    script,
    spaces,
)
from termbuilder.clean.lines import Line, lines_of
from termbuilder.clean.log import Log
from termbuilder.clean.rules import Rules
from termbuilder.clean.traced import Edit, Traced, without_overlaps
from termbuilder.clean.wraps import inside_paragraphs
from termbuilder.model import Cleaned, Document

__all__ = ["CHARACTER_REPAIRS", "SET_ASIDE_BY_PLACE", "SET_ASIDE_BY_WORDS", "Rules", "clean"]

CharacterRepair = Callable[[str, Rules], Iterable[Edit]]
SettingAside = Callable[[Sequence[Line], Rules], Iterable[int]]

# Name, signs of which a text must have one for the repair to find anything (none: it always looks), repair.
CHARACTER_REPAIRS: tuple[tuple[str, Sequence[str], CharacterRepair], ...] = (
    ("invisible characters", "", lambda text, rules: characters.invisible(text)),
    ("table cells", "\t|", lambda text, rules: [*cells.tabs(text), *cells.bars(text)]),
    ("HTML tags and entities", "<&", lambda text, rules: markup.html(text)),
    ("spread characters", " \t\f", lambda text, rules: spaces.spread(text)),
    ("LaTeX numerals", "$", lambda text, rules: markup.latex(text)),
    ("Markdown marks", "[<*_`~\\", lambda text, rules: markup.markdown(text)),
    ("document identifiers", notes.IDENTIFIED, lambda text, rules: notes.identifiers(text)),
    ("pinyin glosses", glosses.SIGNS, lambda text, rules: glosses.pinyin(text, rules.syllables)),
    ("traditional characters", "", lambda text, rules: script.fold(text, rules.converters)),
    ("note marks", "", lambda text, rules: notes.marks(text)),
    ("credits", "(（", lambda text, rules: notes.credits(text, rules.cues.credit)),
    ("quotation marks", "", lambda text, rules: punctuation.quotes(text)),
    ("title marks and dots", "", lambda text, rules: punctuation.titles(text)),
    ("brackets", "(（", lambda text, rules: punctuation.brackets(text)),
    ("commas and stops", ",;!?:.｡", lambda text, rules: punctuation.marks(text)),
)

# Once more where lines were joined: a gloss or a comma may have stood behind a page break.
ACROSS_LINES = tuple(repair for repair in CHARACTER_REPAIRS if repair[0] in ("pinyin glosses", "commas and stops"))

SET_ASIDE_BY_PLACE: tuple[tuple[str, SettingAside], ...] = (
    ("page numbers", lambda lines, rules: heads.page_numbers(lines)),
    ("running heads and feet", lambda lines, rules: heads.running_heads(lines)),
    ("contents lists", lambda lines, rules: [*contents.leaders(lines), *contents.contents(lines, rules.cues.line["contents"])]),
    ("teasers of other articles", lambda lines, rules: endmatter.teasers(lines, rules.cues.tail)),
    ("bibliographies", lambda lines, rules: endmatter.references(lines, rules.cues.line["references"])),
    ("lines without Chinese", lambda lines, rules: endmatter.foreign(lines)),
)

# These go by words, so they leave lines alone that continue a wrapped paragraph: 电话、传真 may stand at the beginning of one.
SET_ASIDE_BY_WORDS: tuple[tuple[str, SettingAside], ...] = (
    ("mastheads", lambda lines, rules: imprint.masthead(lines, rules.cues.label["masthead"])),
    ("staff lists and bylines", lambda lines, rules: imprint.staff(lines, rules.cues.staff, rules.surnames)),
    (
        "web page furniture",
        lambda lines, rules: imprint.web_chrome(lines, rules.cues.label["chrome"], rules.cues.line["chrome"]),
    ),
    ("author blocks", lambda lines, rules: imprint.author_block(lines, rules.surnames)),
)

_SUBTITLES = ("srt", "vtt")


def clean(document: Document, rules: Rules) -> Cleaned:
    """Repair `document` and cut it into passages; every character of a passage knows its offset in the document.

    Returns the passages in order, and what was repaired with a few printed examples.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> document = Document("通知.txt", "實(shí)施“揭榜\\n掛帥”機制。\\n— 3 —\\n")
    >>> (passage,) = clean(document, rules).passages
    >>> passage.text, passage.printed(3, 7, document)
    ('实施“揭榜挂帅”机制。', '揭榜\\n掛帥')
    """
    log = Log(document)
    traced = _without_set_aside(document, log)
    traced = _repaired(Traced(characters.folded(traced.text, rules.widths), traced.at), CHARACTER_REPAIRS, rules, log)
    lines = lines_of(traced, document)
    running = _running(lines, rules, log)
    annex = endmatter.annex(lines, rules.cues.line["annex"])
    groups, joined = paragraphs.paragraphs(running, rules.joins, annex, document.format in _SUBTITLES)
    log.note("rejoined lines", [f"{running[i - 1].text[-8:]}|{running[i].text[:8]}" for i in joined])

    def mend(whole: Traced, log: Log) -> Traced:
        return _repaired(whole, ACROSS_LINES, rules, log)

    found = passages.passages(document, traced, groups, annex, mend, log)
    return Cleaned(tuple(found), log.repairs())


def _without_set_aside(document: Document, log: Log) -> Traced:
    """The text without the spans that the reader set aside (a line break stays in their place)."""
    traced = Traced(document.text, range(len(document.text)))
    spans = without_overlaps(Edit(start, end, "\n") for start, end, _ in document.set_aside if end > start)
    log.edits("set aside by the reader", spans, traced)
    return traced.edited(spans)


def _repaired(traced: Traced, repairs: Iterable[tuple[str, Sequence[str], CharacterRepair]], rules: Rules, log: Log) -> Traced:
    for name, signs, repair in repairs:
        if signs and not any(sign in traced.text for sign in signs):
            continue
        edits = without_overlaps(repair(traced.text, rules))
        log.edits(name, edits, traced)
        traced = traced.edited(edits)
    return traced


def _running(lines: Sequence[Line], rules: Rules, log: Log) -> list[Line]:
    """The lines that are running text."""
    aside: set[int] = set()

    def set_aside(name: str, numbers: set[int]) -> None:
        log.note(name, [lines[number].text for number in sorted(numbers)])
        aside.update(numbers)

    for name, rule in SET_ASIDE_BY_PLACE:
        set_aside(name, set(rule(lines, rules)) - aside)
    inside = inside_paragraphs(lines)
    for name, rule in SET_ASIDE_BY_WORDS:
        set_aside(name, set(rule(lines, rules)) - aside - inside)
    return [line for line in lines if line.number not in aside]
