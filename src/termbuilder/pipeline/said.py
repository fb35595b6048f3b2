"""What is said of a concept because of its forms, whatever else the texts say: category, parts of speech, readings, English.

It is the same from run to run as long as the forms are, and composing English, cutting and reading aloud take their time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from operator import attrgetter

from termbuilder import categories, parts_of_speech, pinyin, segment
from termbuilder.model import Form, Proposal, Reading, Word
from termbuilder.pipeline.english import Asked, offered
from termbuilder.pipeline.kit import Kit
from termbuilder.settings import Settings
from termbuilder.variants import Group

TOGETHER = 64  # groups that are looked at as one piece of work
LONG_NAME = 6  # characters: shorter institutions are mostly kinds (科技局, 大学), which take no capitals


@dataclass(frozen=True, slots=True)
class Spoken:
    """A form as a word: its part of speech, how it is read aloud."""

    part_of_speech: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a concept: `spoken` of its forms, the main form first; `english` of all sources but memory and machine."""

    category: str
    spoken: tuple[Spoken, ...]
    english: tuple[Proposal, ...]


Stamped = tuple[bytes, Said]
Each = Callable[[Callable[[Sequence[Group]], list[Stamped]], list[Sequence[Group]]], Iterable[list[Stamped]]]


def said_of(
    groups: Sequence[Group],
    glosses: Mapping[str, Sequence[Proposal]],
    asked: Asked,
    rules: Kit,
    settings: Settings,
    earlier: Mapping[bytes, Said],
    each: Each = map,
) -> list[Stamped]:
    """What is said of each group, and the stamp of all it depends on (besides program, tables and glossaries).

    `glosses`: English that the texts give, by the key of a group's main form. What `earlier` holds under its stamp is not looked up again.
    `each` applies a function to each of a list; it may share the work.
    """

    def look_up(group: Group) -> Stamped:
        own = glosses.get(group.main.key, ())
        stamp = _stamp(group, own, settings)
        return stamp, earlier.get(stamp) or _said(group, own, asked, rules, settings)

    some = [groups[start : start + TOGETHER] for start in range(0, len(groups), TOGETHER)]
    return list(chain.from_iterable(each(lambda part: [look_up(group) for group in part], some)))


# where and how a form stands may matter, how likely it is a term does not
_FACTS = attrgetter(*(field.name for field in fields(Form) if field.name != "score"))


def _stamp(group: Group, glosses: Sequence[Proposal], settings: Settings) -> bytes:
    forms = [(_FACTS(member.form), member.rule, member.term_type) for member in group.members]
    told = repr((forms, tuple(glosses), settings.pinyin_style))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _said(group: Group, glosses: Sequence[Proposal], asked: Asked, rules: Kit, settings: Settings) -> Said:
    words = [segment.words(member.form.surface) for member in group.members]
    category = _category(group, words, rules)
    named = group.main.titled >= 0.5 or (category == "institution" and len(group.main.key) >= LONG_NAME)
    spoken = [
        Spoken(
            parts_of_speech.part_of_speech(cut, rules.parts_of_speech),
            pinyin.read_aloud(
                member.form.surface, [word.text for word in cut], rules.pinyin, proper=named, style=settings.pinyin_style
            ),
        )
        for member, cut in zip(group.members, words, strict=True)
    ]
    return Said(category, tuple(spoken), tuple(offered(group, words[0], glosses, asked, rules)))


def _category(group: Group, words: Sequence[Sequence[Word]], rules: Kit) -> str:
    forms = [(member.form, cut) for member, cut in zip(group.members, words, strict=True)]
    row = next((rules.glossary.rows[form.key][0] for form, _ in forms if form.key in rules.glossary.rows), None)
    known_as = f"{row.term_type} {row.subject_field}" if row else ""
    return categories.category_of(forms, known_as, rules.categories)
