"""What is counted for a term candidate, and how counts add up.

`observe` looks at one document: where each candidate stands, how probable the tagger finds it there, what surrounds it. The evidence of
documents is added with `added`.
"""

from __future__ import annotations

from termbuilder.evidence.observing import observe
from termbuilder.evidence.surroundings import Judgement
from termbuilder.evidence.table import COLUMN, MEASURES, NOTHING, UNIT, Evidence, Shape, Table, added, key_of

__all__ = [
    "COLUMN", "MEASURES", "NOTHING", "UNIT", "Evidence", "Judgement", "Shape", "Table", "added", "key_of", "observe",
]  # fmt: skip
