"""The codes of the checks: E errors must be put right before a glossary is given away, W warnings should be looked at."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from termbuilder.model import ConceptEntry


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem: its code, the entry and term it is about, what is wrong and, in a file, where it stands."""

    code: str
    entry: str
    term: str
    message: str
    place: str = ""
    subject: str = (
        ""  # what in the entry it is about: an English term, a text, the other entry's term; with " | " between several
    )

    @property
    def key(self) -> str:
        """The code and eight digits that stay the same, whatever the ids, the order and the words of the message, as long as the same is wrong.

        >>> Finding("W203", "c0007", "头雁企业", "as well", subject="leading company").key
        'W203-495f2509'
        >>> Finding("W203", "c0912", "头雁企业", "too", subject="leading company").key
        'W203-495f2509'
        """
        # sorted: of two entries with one English term, now one comes first and now the other
        about = (self.code, self.place, *sorted((self.term or self.entry, *self.subject.split(" | "))))
        return f"{self.code}-{hashlib.sha256(chr(31).join(about).encode()).hexdigest()[:8]}"

    @property
    def is_error(self) -> bool:
        """Is it an error (and no warning)?"""
        return self.code.startswith("E")


CODES = {
    "E101": "two entries have the same id",
    "E102": "an entry has no term, or an empty one",
    "E103": "two entries have the same Chinese term in one subject field",
    "E104": "a term stands twice in one entry",
    "E105": "a link leads to an entry that is not there",
    "E106": "an entry is linked to itself",
    "E107": "broader entries go round in a circle",
    "E108": "a language code is none",
    "E109": "a value is not in its list",
    "E110": "a text has characters that no XML or Excel file can hold",
    "E111": "an id cannot stand in a TBX file",
    "E112": "two preferred terms in one language",
    "E113": "an approved entry has no usable English: all of it is deprecated",
    "E114": "an English term has Chinese characters in it",
    "E115": "a row or entry of the file could not be read",
    "W201": "no English",
    "W202": "neither definition nor context",
    "W203": "one English term for two concepts",
    "W204": "a definition or context without its source",
    "W205": "an English term that does not say where it comes from",
    "W206": "an approved entry whose English is still a proposal",
    "W207": "no pinyin, an uncertain one, or one with another number of syllables than characters",
    "W208": "no subject field",
    "W209": "a term with spaces, line breaks or punctuation at its edge",
    "W210": "look-alike letters of another script in a term",
    "W211": "full-width letters or digits in an English term",
    "W212": "simplified and traditional characters in one term",
    "W213": "brackets or quotation marks that do not pair up",
    "W214": "two English terms of an entry that differ only in case, article, number or hyphen",
    "W215": "a term as long as a sentence",
    "W216": "a term that a spreadsheet may take for a formula",
    "W217": "the same Chinese term in two subject fields",
    "W218": "no Chinese",
    "W219": "something in the file was read otherwise than it stands, or not understood",
    "W220": "English that the reference glossary tells to avoid",
    "W221": "two English terms for one Chinese term, in two documents or files",
    "W301": "a translation has none of the English of a term that its source has",
    "W302": "a translation has English that is not to be used for a term of its source",
}


def about(code: str, entry: ConceptEntry, message: str, subject: str = "") -> Finding:
    """A finding about `entry`, or about `subject` in it."""
    return Finding(code, entry.id, entry.term, message, subject=subject)
