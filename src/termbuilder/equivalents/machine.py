"""English from the user's own translation model: a converted CTranslate2 folder, offline, labelled `machine`.

Nothing is shipped and nothing is fetched: the folder (`--mt-model DIR`) holds `model.bin` and the SentencePiece models that belong to it.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from termbuilder.errors import UsageError
from termbuilder.model import Proposal

RELIABILITY = 3
_SHARED = ("spm.model", "sentencepiece.model", "sentencepiece.bpe.model")
_BATCH = 32
_LONGEST = 40  # pieces of English: a term is no paragraph


@dataclass(frozen=True, slots=True)
class Model:
    """A model that was looked over and not yet loaded: its folder and the files that cut its languages into pieces."""

    folder: Path
    source: Path
    target: Path


def look_over(folder: Path) -> Model:
    """Check that `folder` holds a model and that the extra `mt` is installed; nothing is loaded yet.

    Raises UsageError, with the next step, if something is missing.
    """
    if not (folder / "model.bin").is_file():
        raise UsageError(
            f"{folder} is no converted CTranslate2 model: it holds no model.bin. Convert the model first, then name its folder."
        )
    if not all(importlib.util.find_spec(package) for package in ("ctranslate2", "sentencepiece")):
        raise UsageError("Translation models need an extra. Install it with “pip install 'termbuilder[mt]'”.")
    return Model(folder, _first(folder, ("source.spm", *_SHARED)), _first(folder, ("target.spm", *_SHARED)))


def translate(terms: Sequence[str], model: Model) -> list[list[Proposal]]:
    """What the model makes of each term; an empty list where it says nothing in English.

    Raises UsageError if the model cannot be loaded.
    """
    if not terms:
        return []
    import ctranslate2
    import sentencepiece

    try:
        translator = ctranslate2.Translator(str(model.folder), device="cpu", inter_threads=1, intra_threads=1)
        source = sentencepiece.SentencePieceProcessor(model_file=str(model.source))
        target = sentencepiece.SentencePieceProcessor(model_file=str(model.target))
    except (RuntimeError, OSError) as error:
        raise UsageError(
            f"The model in {model.folder} cannot be loaded ({error}). Convert it again, then try again."
        ) from error
    found: list[list[Proposal]] = []
    for start in range(0, len(terms), _BATCH):
        pieces = [[*source.encode(term, out_type=str), "</s>"] for term in terms[start : start + _BATCH]]
        for result in translator.translate_batch(pieces, beam_size=2, max_decoding_length=_LONGEST):
            english = str(target.decode([piece for piece in result.hypotheses[0] if piece not in ("</s>", "<s>")]))
            found.append(_proposals(english, model.folder.name))
    return found


def _proposals(english: str, name: str) -> list[Proposal]:
    """A machine's words as a proposal; nothing if they are not English.

    >>> [one.english for one in _proposals("Green park.", "zh-en")], _proposals("绿色园区", "zh-en")
    (['green park'], [])
    """
    bare = " ".join(english.split()).strip(" .")
    if not any(character.isascii() and character.isalpha() for character in bare):
        return []
    named = any(word[:1].isupper() for word in bare.split(" ")[1:]) or bare[:2].isupper()
    text = bare if named else bare[:1].lower() + bare[1:]
    return [Proposal(text, "machine", f"machine translation, {name}", RELIABILITY)]


def _first(folder: Path, names: Sequence[str]) -> Path:
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found is None:
        raise UsageError(
            f"{folder} holds no SentencePiece model ({' or '.join(names[:2])}). Copy it there from the original model."
        )
    return found
