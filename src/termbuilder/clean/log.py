"""Counts the repairs of one document while it is cleaned."""

from __future__ import annotations

from collections.abc import Sequence

from termbuilder.clean.traced import Edit, Traced
from termbuilder.model import Document, Repair

_EXAMPLES = 3
_LONGEST_EXAMPLE = 40
_AROUND = 6  # characters of the document shown before and after a repair


class Log:
    """How often each kind of repair was made, with the first few as the document prints them."""

    def __init__(self, document: Document) -> None:
        """Start with no repairs."""
        self._printed = document.text
        self._found: dict[str, tuple[int, list[str]]] = {}

    def note(self, name: str, shown: Sequence[str]) -> None:
        """Count one repair for each of `shown`."""
        if shown:
            count, examples = self._found.get(name, (0, []))
            examples += (text[:_LONGEST_EXAMPLE] for text in shown[: _EXAMPLES - len(examples)])
            self._found[name] = count + len(shown), examples

    def edits(self, name: str, edits: Sequence[Edit], traced: Traced) -> None:
        """Count `edits` of `traced`, and show the first with what stands around them."""
        first = [
            self._printed[max(0, traced.at[edit.start] - _AROUND) : traced.at[edit.end - 1] + 1 + _AROUND]
            for edit in edits[:_EXAMPLES]
        ]
        self.note(name, [" ".join(text.split()) for text in first] + [""] * (len(edits) - len(first)))

    def repairs(self) -> tuple[Repair, ...]:
        """All repairs, in the order in which they were first made."""
        return tuple(Repair(name, count, tuple(examples)) for name, (count, examples) in self._found.items())
