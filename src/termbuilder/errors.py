"""What can go wrong, said to a translator: what happened, where, what to do next."""

from __future__ import annotations


class TermbuilderError(Exception):
    """Anything that termbuilder refuses or cannot do; its text is one sentence or two for the user."""


class InputRefused(TermbuilderError):
    """One document cannot be read; the others can. The message names the file and the next step."""


class TableError(TermbuilderError):
    """A row of a linguistic table or glossary is wrong; the message names file, line and reason."""


class TermbaseError(TermbuilderError):
    """The termbase cannot be opened, read or written."""


class FormatError(TermbuilderError):
    """An exchange file cannot be read or written."""


class UsageError(TermbuilderError):
    """The call makes no sense as it is (the command line turns this into exit code 2)."""
