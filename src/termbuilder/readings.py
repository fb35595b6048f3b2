"""The readings of characters and words that pypinyin's dictionary has, in less memory than its own code takes for it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u030c"))


@cache
def of_words() -> Mapping[str, str]:
    """Word -> its usual reading, syllables with tone marks and a space between two.

    >>> of_words()["重庆"], "瞪羚" in of_words()
    ('chóng qìng', False)
    """
    return {word: " ".join([usual for usual, *_ in syllables]) for word, syllables in _dictionary("phrases_dict.json").items()}


@cache
def of_characters() -> Mapping[str, str]:
    """Character -> its readings with tone marks, a comma between two, the most usual first.

    >>> of_characters()["重"]
    'zhòng,chóng,tóng'
    """
    return {chr(int(number)): readings for number, readings in _dictionary("pinyin_dict.json").items()}


def usual(text: str) -> list[str]:
    """The syllables of a text, read by the longest words from the left, else by the most usual reading of each character.

    >>> usual("重庆路"), usual("A路")
    (['chóng', 'qìng', 'lù'], ['A', 'lù'])
    """
    found: list[str] = []
    at = 0
    while at < len(text):
        word = next((text[at:end] for end in range(len(text), at + 1, -1) if text[at:end] in of_words()), text[at])
        found += of_words()[word].split() if len(word) > 1 else [of_characters().get(word, word).split(",")[0]]
        at += len(word)
    return found


def without_tone(syllable: str) -> str:
    """A syllable without its tone mark; ü stays.

    >>> without_tone("lǜ"), without_tone("zhòng")
    ('lü', 'zhong')
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", syllable).translate(_TONES))


def _dictionary(name: str) -> Mapping[str, Any]:
    package = find_spec("pypinyin")
    assert package is not None
    assert package.origin is not None
    found: Mapping[str, Any] = json.loads(Path(package.origin).with_name(name).read_bytes())
    return found
