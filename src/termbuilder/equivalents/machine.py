"""English from the user's own offline translation model, for terms that nothing else renders: labelled as a machine's, trusted least.

Nothing is shipped and nothing is fetched: the folder (`--mt-model DIR`) holds what CTranslate2 made of a Chinese-English model, and the
SentencePiece models of the original.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from termbuilder.equivalents.keys import has_han
from termbuilder.errors import FormatError, UsageError
from termbuilder.model import Proposal

RELIABILITY = 2  # below everything that somebody wrote; no more than the most doubtful composition
_BATCH = 32  # terms at once
_BEAM = 4
_LONGEST_TERM = 48  # tokens; a model that stammers is stopped there
_MOST_WORDS = 14  # more is a sentence
_END_OF_SENTENCE = "</s>"
_UNKNOWN = re.compile("\u2047|<unk>")
_STAMMER = re.compile(r"\b(\w+)(?:\W+\1\b){2}", re.IGNORECASE)
_SHARED = ("spm.model", "sentencepiece.model", "sentencepiece.bpe.model")  # one for both languages
_PACKAGES = ("ctranslate2", "sentencepiece")


@dataclass(frozen=True, slots=True)
class Model:
    """A model that was looked over: its folder, what cuts its languages into pieces, and what ends a source text."""

    folder: Path
    source: Path
    target: Path
    ends: str = _END_OF_SENTENCE  # empty where CTranslate2 puts it itself


def look_over(folder: Path) -> Model:
    """The model in `folder`, tried but not kept in memory.

    Raises UsageError if the packages that run it are not installed, FormatError if a file of the model is missing or cannot be loaded.
    """
    if not all(map(_installed, _PACKAGES)):
        raise UsageError(
            f"--mt-model needs the packages {' and '.join(_PACKAGES)}, which are not installed. "
            "Install them with “pip install 'termbuilder[mt]'”, or mine without --mt-model."
        )
    for name in ("model.bin", "config.json"):
        if not (folder / name).is_file():
            raise FormatError(
                f"{folder} is no whole CTranslate2 model: it lacks {name}. Convert the model with CTranslate2, then name that folder."
            )
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        ends = "" if config.get("add_source_eos") else str(config.get("eos_token") or _END_OF_SENTENCE)
    except (ValueError, AttributeError, OSError) as error:
        raise FormatError(f"{folder / 'config.json'} cannot be read ({error}). Convert the model again.") from error
    model = Model(folder, _first(folder, "source.spm"), _first(folder, "target.spm"), ends)
    _load(model)  # two seconds that may save an hour: a model that cannot be loaded is told before the work is done
    return model


def translate(terms: Sequence[str], model: Model) -> list[list[Proposal]]:
    """What the model makes of each of `terms`: one proposal, or none where it gives no English; the same each time.

    Raises FormatError if the model cannot be loaded.
    """
    if not terms:
        return []
    source, target, translator = _load(model)
    pieces = [[*source.encode(term, out_type=str), *filter(None, [model.ends])] for term in terms]
    results: list[Any] = translator.translate_batch(
        pieces, max_batch_size=_BATCH, beam_size=_BEAM, max_decoding_length=_LONGEST_TERM
    )
    origin = f"machine translation, model {model.folder.resolve().name}"
    return [proposals(target.decode(result.hypotheses[0]), origin) for result in results]


def _load(model: Model) -> tuple[Any, Any, Any]:
    """The two SentencePiece models and the translator; FormatError if they cannot be loaded."""
    import ctranslate2
    import sentencepiece

    try:
        source = sentencepiece.SentencePieceProcessor(model_file=str(model.source))
        target = sentencepiece.SentencePieceProcessor(model_file=str(model.target))
        # one thread: sums are added up in one order, so the same words come out each time
        translator = ctranslate2.Translator(str(model.folder), device="cpu", inter_threads=1, intra_threads=1)
    except (RuntimeError, ValueError, OSError) as error:
        reason = " ".join(str(error).split()).rstrip(".")
        raise FormatError(f"The translation model {model.folder} cannot be loaded ({reason}). Convert it again.") from error
    return source, target, translator


def proposals(said: str, source: str) -> list[Proposal]:
    """What a model said, as a proposal, without what makes it a sentence; none if it is no English, has holes, stammers or runs on.

    >>> [one.english for one in proposals("Gazelle enterprises.", "machine translation, model zh-en")]
    ['gazelle enterprises']
    >>> proposals("瞪羚 enterprise", ""), proposals("the the the the", "")
    ([], [])
    """
    bare = " ".join(said.split()).strip(' .。,;:"“”')
    fails = (
        not any(character.isascii() and character.isalpha() for character in bare)
        or has_han(bare)
        or _UNKNOWN.search(said)
        or _STAMMER.search(bare)
        or len(bare.split()) > _MOST_WORDS
    )
    if fails:
        return []
    named = any(word[:1].isupper() for word in bare.split(" ")[1:]) or bare[:2].isupper()
    return [Proposal(bare if named else bare[:1].lower() + bare[1:], "machine", source, RELIABILITY)]


def _first(folder: Path, name: str) -> Path:
    found = next((folder / one for one in (name, *_SHARED) if (folder / one).is_file()), None)
    if found is None:
        raise FormatError(f"{folder} lacks {name}, a SentencePiece model. Copy it there from the original model.")
    return found


def _installed(package: str) -> bool:
    try:
        return importlib.util.find_spec(package) is not None
    except ValueError:  # loaded without a specification
        return False
