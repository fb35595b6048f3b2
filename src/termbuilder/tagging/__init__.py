"""The tagger: two CRFs that judge every span of a text, and what they look up."""

from __future__ import annotations

from pathlib import Path

from termbuilder.tagging.background import Background
from termbuilder.tagging.tagger import Tagged, Tagger

__all__ = ["Background", "Tagged", "Tagger", "load", "load_background"]

_DATA = Path(__file__).parents[1] / "data"


def load_background(path: Path = _DATA / "background.npz") -> Background:
    """The shipped background counts."""
    return Background.load(path)


def load(background: Background, path: Path = _DATA / "tagger.npz") -> Tagger:
    """The shipped tagger."""
    return Tagger.load(path, background)
