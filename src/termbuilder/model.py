"""Every value that flows through termbuilder, named as in ISO 30042 (TBX) and ISO 1087.

Nothing here reads, prints or remembers. All values are immutable: a stage takes some and returns new ones.
Offsets count characters (Python string indices), never bytes. `document` fields hold `Document.name`.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

# --- documents and passages -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled place: from offset `at` on (until the next mark of the same kind) the text stands at `label`.

    `kind` is one of page, paragraph, sheet, cell, slide, unit, note, file; `label` is what a person would say: "3", "B!C4".
    """

    at: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """A source segment and its translation, as a bilingual file or memory holds them."""

    source: str
    target: str
    unit: str = ""  # id or number of the unit in its file


@dataclass(frozen=True, slots=True)
class Document:
    """One document exactly as read: `text` is never repaired; `marks` (sorted by offset) say where its parts stood.

    `set_aside` holds (start, end, why) spans that the reader knows to be no running text (header, footer, navigation):
    they stay in `text`, so that offsets are true, and the cleaner leaves them out.
    """

    name: str
    text: str
    marks: tuple[Mark, ...] = ()
    format: str = "txt"
    digest: str = ""  # SHA-256 of the file's bytes, hexadecimal
    encoding: str = ""  # for text files: how the bytes were decoded
    set_aside: tuple[tuple[int, int, str], ...] = ()
    pairs: tuple[SegmentPair, ...] = ()
    warnings: tuple[str, ...] = ()

    def locate(self, offset: int) -> Source:
        """Where `offset` stands: its line (the first is 1), and page, sheet or slide with the innermost place on it.

        >>> doc = Document("a.pdf", "甲\\n乙", (Mark(0, "page", "1"), Mark(2, "page", "2")))
        >>> doc.locate(2)
        Source(document='a.pdf', line=2, offset=2, place='page 2')
        """
        return Source(self.name, self.text.count("\n", 0, offset) + 1, offset, self.place(offset))

    def place(self, offset: int) -> str:
        """Page, sheet or slide of `offset` with the innermost place on it, as a person would say it; empty for plain text."""
        inner = outer = ""
        for number in range(bisect.bisect_right(self.marks, offset, key=lambda m: m.at) - 1, -1, -1):
            mark = self.marks[number]
            if mark.kind in ("file", "page", "sheet", "slide"):
                outer = f"{mark.kind} {mark.label}"
                break
            # a paragraph after a table is no longer in its last cell: the nearest inner mark alone counts
            inner = inner or f"{mark.kind} {mark.label}"
            if mark.kind in ("cell", "unit"):  # these name their place in full
                break
        return ", ".join(filter(None, (outer, inner)))


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands in a document; printed as file, place, line."""

    document: str
    line: int = 0
    offset: int = 0
    place: str = ""  # "page 3", "sheet B, cell C4"; empty for plain text

    def __str__(self) -> str:
        """As people write it: document, place, line."""
        return ", ".join(part for part in (self.document, self.place, f"line {self.line}" if self.line else "") if part)


PassageKind = Literal["body", "heading", "list", "table", "note", "gloss"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A cleaned sentence (or heading, list item, cell), ready to be read by the finders.

    `text` is repaired and folded for matching: simplified characters, half-width letters and digits, Chinese
    punctuation （ ） ， ： ； “ ” full width, no line breaks. `at[i]` is the offset of `text[i]` in the document, strictly
    increasing, so that `document.text[at[i] : at[j - 1] + 1]` is the printed form of `text[i:j]`.
    """

    document: str
    number: int  # 0 for the first passage of the document
    text: str
    at: Sequence[int]  # len(at) == len(text); a range where nothing was repaired
    kind: PassageKind = "body"
    paragraph: int = 0  # passages of one paragraph share it
    repeat: bool = False  # the same text stood earlier in the document: shown, but not counted again
    section: str = "body"  # body, annex (explains terms), references, teaser

    def printed(self, start: int, end: int, document: Document) -> str:
        """The form `text[start:end]` exactly as the document prints it (line breaks, glosses and all)."""
        return document.text[self.at[start] : self.at[end - 1] + 1]


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of repair that the cleaner made in a document: how often, with a few printed examples."""

    name: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What the cleaner makes of one document."""

    passages: tuple[Passage, ...]
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the segmenter: `text[start:end]` of its passage with jieba's part-of-speech tag."""

    text: str
    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A known form found in a passage: `passage.text[start:end]` is `form`, one of the forms of the concept `key`."""

    passage: Passage
    start: int
    end: int
    form: str
    key: str


# --- candidates ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reason:
    """One share of a score: the rule or feature, its weight (may be negative), and a note for a person."""

    rule: str
    weight: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A ranked candidate string, as the ranker hands it to the grouping of forms into concepts.

    `key` is simplified, width-folded, without quotation marks and spaces; `surface` its usual printed form, `surfaces` all of
    them with counts. `left` and `right` are the commonest neighbouring words with counts; `quoted` and `titled` the shares of
    occurrences in quotation marks and in 《》.
    """

    key: str
    surface: str
    score: float = 0.0
    frequency: int = 0
    document_frequency: int = 0
    surfaces: tuple[tuple[str, int], ...] = ()
    left: tuple[tuple[str, int], ...] = ()
    right: tuple[tuple[str, int], ...] = ()
    quoted: float = 0.0
    titled: float = 0.0


# --- concept entries ----------------------------------------------------------------------------------------------

TermType = Literal["fullForm", "shortForm", "abbreviation", "acronym", "variant", "phrase"]
AdministrativeStatus = Literal["preferredTerm", "admittedTerm", "deprecatedTerm", "supersededTerm"]
ProcessStatus = Literal["unprocessed", "provisionallyProcessed", "finalized"]
EntryStatus = Literal["suggested", "approved", "rejected"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a term is read aloud: `text` with words joined as in GB/T 16159, `syllables` one for each Han character.

    Digits and Latin letters stay in `text` and are no syllables. `uncertain` says a person should look at it.
    """

    text: str
    syllables: tuple[str, ...] = ()
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence that shows the term in use. `term_spans` are (start, end) of the term's forms inside `text`."""

    text: str
    source: Source
    term_spans: tuple[tuple[int, int], ...] = ()
    score: float = 0.0


DefinitionKind = Literal["annex", "explicit", "expansion", "short form", "genus", "purpose", "human"]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a text says the concept is, with its exact place; `kind` is the sort of evidence."""

    text: str
    source: Source
    kind: DefinitionKind = "explicit"
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """A relation to another concept entry: `kind` is broader, narrower, related, fullForm, shortForm, whole, part."""

    kind: str
    target: str  # id of the other entry
    term: str = ""  # its main term, for people
    rule: str = ""  # why


@dataclass(frozen=True, slots=True)
class Transaction:
    """Who did what and when: `kind` is origination or modification, `when` an ISO date (with time)."""

    kind: str
    when: str
    who: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """How often a concept stands in one document, and the offsets of its first and last occurrence there."""

    document: str
    frequency: int
    first: Source
    last: Source
    date: str = ""  # the document's own date if it states one, ISO


@dataclass(frozen=True, slots=True)
class TermSec:
    """One designation of a concept in one language.

    For English terms `origin` is the kind of source (glossary, user glossary, gloss, memory, dictionary, composed,
    machine, human), `sources` name it (file and row, document and line), `reliability` goes from 1 to 10. A machine's proposal has
    process status `unprocessed`; a person's decision makes it `finalized`.
    """

    term: str
    term_type: TermType = "fullForm"
    administrative_status: AdministrativeStatus = "admittedTerm"
    process_status: ProcessStatus = "unprocessed"
    part_of_speech: str = ""
    reading: Reading | None = None
    contexts: tuple[Context, ...] = ()
    sources: tuple[str, ...] = ()
    origin: str = ""
    reliability: int = 0
    frequency: int = 0
    geographical_usage: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LangSec:
    """The designations of a concept in one language, the preferred one first; `lang` is a BCP 47 tag (zh-CN, en)."""

    lang: str
    term_secs: tuple[TermSec, ...] = ()
    definitions: tuple[Definition, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConceptEntry:
    """One concept: what a glossary row, a TBX concept entry and a termbase record are made from.

    Mined facts (score, reasons, frequency, spread) are refreshed by a run; what a person decided never is.
    `extra` keeps named facts that no field holds (a user's own columns, unknown TBX categories).
    """

    id: str
    lang_secs: tuple[LangSec, ...]
    subject_field: str = ""
    category: str = ""
    status: EntryStatus = "suggested"
    links: tuple[Link, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    note: str = ""
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    frequency: int = 0
    document_frequency: int = 0
    spread: tuple[Spread, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()

    def lang_sec(self, lang: str) -> LangSec:
        """The section of `lang` (compared by primary subtag: zh finds zh-CN), or an empty one."""
        for section in self.lang_secs:
            if section.lang.split("-")[0] == lang.split("-")[0]:
                return section
        return LangSec(lang)

    @property
    def term_sec(self) -> TermSec:
        """The Chinese main term (an empty one if the entry has no Chinese)."""
        secs = self.lang_sec("zh").term_secs
        return secs[0] if secs else TermSec("")

    @property
    def term(self) -> str:
        """The Chinese main term as text."""
        return self.term_sec.term

    @property
    def variants(self) -> tuple[TermSec, ...]:
        """The other Chinese forms."""
        return self.lang_sec("zh").term_secs[1:]

    @property
    def equivalents(self) -> tuple[TermSec, ...]:
        """The English terms, best first."""
        return self.lang_sec("en").term_secs

    @property
    def definition(self) -> Definition | None:
        """The best definition in Chinese, if any."""
        definitions = self.lang_sec("zh").definitions
        return definitions[0] if definitions else None

    @property
    def contexts(self) -> tuple[Context, ...]:
        """The contexts of all Chinese forms, those of the main term first."""
        return tuple(context for sec in self.lang_sec("zh").term_secs for context in sec.contexts)


# --- equivalents ----------------------------------------------------------------------------------------------------

Origin = Literal["human", "user glossary", "gloss", "memory", "glossary", "dictionary", "composed", "machine"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An English equivalent that one source offers, before the sources are weighed against each other."""

    english: str
    origin: Origin
    source: str  # file and row, document and line, rule
    reliability: int  # 1 to 10
    deprecated: bool = False
    note: str = ""
    evidence: Context | None = None
    preferred: bool = True  # the source's own first choice


# --- a run ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One line of the Sources sheet: a document, how much of it was read, what was repaired, what to know."""

    name: str
    format: str
    digest: str
    characters: int
    passages: int
    entries: int = 0
    encoding: str = ""
    date: str = ""
    repairs: tuple[Repair, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What identifies a run: settings signature, versions, documents; printed, and written into the outputs."""

    signature: str
    started: str  # ISO date and time
    versions: Mapping[str, str] = field(default_factory=dict)
    documents: tuple[DocumentReport, ...] = ()
    warnings: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()  # licences of share-alike data used, named in the outputs
    name: str = "glossary"
