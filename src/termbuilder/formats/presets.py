"""What each tool wants: the format, its columns, the language codes, and what to leave out (`export --for TOOL`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from termbuilder.formats.exchange import Options


@dataclass(frozen=True, slots=True)
class Preset:
    """The format and options for a tool, and a line for the user on how to load the file there."""

    format: str
    options: Options
    load_it: str


_PLAIN = Options()
_NOTHING_BARRED = Options(deprecated="drop")
_SHORT = Options(deprecated="drop", notes="short")
_REGIONAL = (("zh", "zh-CN"), ("en", "en-US"))

PRESETS = MappingProxyType(
    {
        # OmegaT offers deprecated terms like any other, and multiplies synonyms of TBX with the whole comment
        "omegat": Preset("omegat", _NOTHING_BARRED, "Copy the file into the project's glossary folder."),
        "omegat-tbx": Preset("tbx2", _SHORT, "Copy the file into the project's glossary folder."),
        # with an older Translate Toolkit one deprecated term makes a whole concept vanish
        "weblate": Preset(
            "tbx2", replace(_SHORT, codes=_REGIONAL), "Glossary component, Upload; or as the file of the target language."
        ),
        "translate-toolkit": Preset("tbx2", _NOTHING_BARRED, "Any of the toolkit's commands reads it, such as tbx2po."),
        "okapi": Preset("tbx2", _SHORT, "Choose the file as the glossary of the Terms check in CheckMate."),
        "lokalize": Preset("tbx2", _SHORT, "Glossary, open the file."),
        "terminologue": Preset("tbx2", _PLAIN, "Import, TBX."),
        "heartsome": Preset("tbx2", _NOTHING_BARRED, "Termbase, import TBX."),
        "trados": Preset(
            "multitermxml",
            replace(_PLAIN, codes=_REGIONAL),
            "MultiTerm: create a termbase from the .xdt, then import the .mtf.xml.",
        ),
        "multiterm": Preset(
            "multitermxml", replace(_PLAIN, codes=_REGIONAL), "Create a termbase from the .xdt, then import the .mtf.xml."
        ),
        "trados-cloud": Preset(
            "sheet", Options(profile="trados", codes=_REGIONAL), "Terminology, import; synonyms are separated by |."
        ),
        "memoq": Preset(
            "csv", Options(profile="memoq"), "Import terminology: UTF-8, delimiter semicolon, first row contains field names."
        ),
        "qterm": Preset("csv", Options(profile="memoq"), "Import: UTF-8, delimiter semicolon, first row contains field names."),
        "phrase": Preset("tbx2", Options(codes=(("zh", "zh-CN"), ("en", "en"))), "Term bases, import."),
        "phrase-strings": Preset(
            "csv", Options(profile="phrase"), "Term base, upload CSV; terms that are there already are not updated."
        ),
        "crowdin": Preset("csv", Options(profile="crowdin"), "Glossary, upload; the columns are recognised."),
        "lokalise": Preset("csv", Options(profile="lokalise"), "Glossary, upload CSV."),
        "tilde": Preset("csv", Options(profile="tilde"), "Import, then tell it the columns once."),
        "matecat": Preset("sheet", Options(profile="matecat", codes=_REGIONAL), "Glossary, import XLSX."),
        "smartling": Preset("tbx", _PLAIN, "Glossaries, import TBX version 3."),
        "swordfish": Preset("tbx", _NOTHING_BARRED, "Glossaries, import glossary."),
        "xtm": Preset("multitermxml", replace(_PLAIN, codes=_REGIONAL), "Terminology, import, MultiTerm."),
        "client": Preset("html", Options(statuses=("approved",)), "Send the file; it opens in any browser, without network."),
    }
)
