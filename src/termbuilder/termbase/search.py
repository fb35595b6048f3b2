"""Full-text search over Chinese and English."""

from __future__ import annotations

import sqlite3

from .entries import spaced
from .keys import key_of


def found(db: sqlite3.Connection, text: str) -> list[int]:
    """The numbers of the entries that contain `text`: exact terms first, then by where it stands, then by score."""
    query = _query(text)
    if not query:
        return []
    rows = db.execute(
        "SELECT number, "
        "EXISTS (SELECT 1 FROM term_sec WHERE concept = number AND key IN (:key, :folded)) AS exact, "
        "search.rowid IN (SELECT rowid FROM search WHERE search MATCH '{chinese english} : ' || :query) AS in_term "
        "FROM search JOIN concept ON concept.number = search.rowid "
        "WHERE search MATCH :query AND retired = 0 ORDER BY exact DESC, in_term DESC, score DESC, number",
        {"query": query, "key": key_of(text), "folded": key_of(text, "en")},
    )
    return [number for number, *_ in rows]


def _query(text: str) -> str:
    """The search as SQLite wants it: each run of characters without a space as one phrase, all of them needed.

    The last word may go on (`innovat` finds innovation).
    """
    phrases = [" ".join(spaced(key_of(word)).split()).replace('"', '""') for word in text.split()]
    # Punctuation alone is no word of the index.
    kept = [phrase for phrase in phrases if any(character.isalnum() for character in phrase)]
    return " ".join(f'"{phrase}" *' for phrase in kept)
