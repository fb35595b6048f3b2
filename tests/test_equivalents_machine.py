"""English from the user's own translation model: only for what has no other English, marked as a machine's, the same each time."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from termbuilder.cli import cli
from termbuilder.equivalents import machine
from termbuilder.errors import FormatError, UsageError
from termbuilder.model import Proposal

NEEDED = "the extra termbuilder[mt] (ctranslate2, sentencepiece) is not installed"
NOTICE = "云溪市深化魑魅踽踽改革。“魑魅踽踽”改革是今年的重点，“魑魅踽踽”改革由市科技局牵头，“瞪羚企业”申报同时开始。"
SIZE = 16  # of the tiny model: 8 places, then one for terms about chains and one for all others
CHAIN, OTHER = 8, 9
# place in the sentence, piece, which terms it is for
SAYS = ((0, "▁chain", CHAIN), (1, "▁leader", CHAIN), (0, "▁open", OTHER), (1, "▁platform", OTHER))


def _pieces(folder: Path, name: str, kind: str, texts: Sequence[str]) -> list[str]:
    sentencepiece = pytest.importorskip("sentencepiece", reason=NEEDED)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        model_type=kind,
        vocab_size=60,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    (folder / name).write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [processor.id_to_piece(number) for number in range(processor.get_piece_size())]


def _layer(spec: Any, rows: int, columns: int, weight: Any = None) -> None:
    import numpy as np

    spec.weight = np.zeros((rows, columns), dtype=np.float32) if weight is None else weight
    spec.bias = np.zeros(rows, dtype=np.float32)


def _norms(spec: Any) -> None:
    import numpy as np

    spec.gamma, spec.beta = np.ones(SIZE, dtype=np.float32), np.zeros(SIZE, dtype=np.float32)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole model of one layer, laid out as a converted OPUS-MT model: what names a 链 is a chain leader, the rest an open platform."""
    specs = pytest.importorskip("ctranslate2.specs", reason=NEEDED)
    import numpy as np

    folder = tmp_path_factory.mktemp("models") / "tiny-zh-en"
    folder.mkdir()
    source = _pieces(folder, "source.spm", "char", ["链主企业", "产业链", "科创平台", "魑魅踽踽"])
    _pieces(folder, "target.spm", "word", ["chain leader", "open platform"])
    target = ["<unk>", "<s>", "</s>", *(piece for _, piece, _ in SAYS)]

    spec = specs.TransformerSpec.from_config(1, 1, pre_norm=True)
    encoder, decoder = spec.encoder, spec.decoder
    places = 8 * np.eye(64, SIZE, dtype=np.float32)  # the place weighs more than what the source says
    places[CHAIN:] = 0
    words = np.zeros((len(source), SIZE), dtype=np.float32)
    for number, piece in enumerate(source):
        words[number, CHAIN if piece == "链" else OTHER] = 3.0 if piece == "链" else 1.0
    encoder.embeddings[0].weight = words
    encoder.position_encodings.encodings = np.zeros((64, SIZE), dtype=np.float32)
    encoder.scale_embeddings = decoder.scale_embeddings = False
    decoder.embeddings.weight = np.zeros((len(target), SIZE), dtype=np.float32)
    decoder.position_encodings.encodings = places
    for layer in (encoder.layer[0], decoder.layer[0]):
        for norm in (layer.self_attention.layer_norm, layer.ffn.layer_norm):
            _norms(norm)
        _layer(layer.self_attention.linear[0], 3 * SIZE, SIZE)
        _layer(layer.self_attention.linear[1], SIZE, SIZE)
        _layer(layer.ffn.linear_0, SIZE, SIZE)
        _layer(layer.ffn.linear_1, SIZE, SIZE)
    across = decoder.layer[0].attention
    _norms(across.layer_norm)
    _layer(across.linear[0], SIZE, SIZE)
    keys_and_values = np.concatenate((np.zeros((SIZE, SIZE)), np.eye(SIZE))).astype(np.float32)
    _layer(across.linear[1], 2 * SIZE, SIZE, keys_and_values)  # all source words count alike, and are looked at as they are
    _layer(across.linear[2], SIZE, SIZE, np.eye(SIZE, dtype=np.float32))
    _norms(encoder.layer_norm)
    encoder.layer_norm.gamma[CHAIN] = 9.0  # one 链 outweighs the rest of the term
    _norms(decoder.layer_norm)
    says = np.zeros((len(target), SIZE), dtype=np.float32)
    says[2, 2:CHAIN] = 40.0  # the sentence ends at the third place
    for number, (place, _, kind) in enumerate(SAYS, 3):
        says[number, place], says[number, kind] = 20.0, 10.0
    _layer(decoder.projection, len(target), SIZE, says)
    spec.register_source_vocabulary(source)
    spec.register_target_vocabulary(target)
    spec.validate()
    spec.optimize()
    spec.save(str(folder))
    return folder


def test_each_term_gets_what_the_model_says_of_it_marked_as_a_machines(tiny: Path) -> None:
    said = machine.translate(["科创平台", "链主", "产业链"], machine.look_over(tiny))
    source = "machine translation, model tiny-zh-en"
    platform, leader = (Proposal(one, "machine", source, 2) for one in ("open platform", "chain leader"))
    assert said == [[platform], [leader], [leader]]


def test_the_same_model_says_the_same_each_time_whatever_stands_beside_a_term(tiny: Path) -> None:
    model = machine.look_over(tiny)
    terms = [f"{first}{second}" for first in "链平台企" for second in "业科创主链"]
    together = machine.translate(terms, model)
    assert together == machine.translate(terms, model)
    assert together == [machine.translate([term], model)[0] for term in terms]


def test_only_terms_without_other_english_are_given_to_the_machine(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text(NOTICE, encoding="utf-8")
    result = CliRunner().invoke(
        cli,
        [
            "mine",
            str(tmp_path / "通知.txt"),
            "-o",
            str(tmp_path),
            "--format",
            "jsonl",
            "--workers",
            "1",
            "--mt-model",
            str(tiny),
        ],
    )
    assert result.exit_code == 0, result.output
    entries = [json.loads(line) for line in (tmp_path / "glossary.jsonl").read_text(encoding="utf-8").splitlines()]
    origins = {entry["term"]: [one["origin"] for one in entry["equivalents"]] for entry in entries}
    assert any(found == ["machine"] for found in origins.values()), origins
    assert [found for found in origins.values() if "machine" in found and found != ["machine"]] == []
    by_machine = next(entry["equivalents"][0] for entry in entries if entry["equivalents"][0]["origin"] == "machine")
    assert (by_machine["term"], by_machine["reliability"]) == ("open platform", 2)


@pytest.mark.parametrize("name", ["model.bin", "config.json", "source.spm", "target.spm"])
def test_a_file_that_is_missing_from_the_model_is_named(tiny: Path, tmp_path: Path, name: str) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(tiny, broken)
    (broken / name).unlink()
    with pytest.raises(FormatError, match=f"lacks {name}"):
        machine.look_over(broken)


def test_a_model_that_cannot_be_loaded_is_told_in_a_sentence(tiny: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(tiny, broken)
    (broken / "model.bin").write_bytes(b"no model")
    with pytest.raises(FormatError, match="cannot be loaded"):
        machine.look_over(broken)  # before the work is done


def test_without_the_extra_the_user_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ctranslate2", None)
    with pytest.raises(UsageError, match=r"pip install 'termbuilder\[mt\]'"):
        machine.look_over(tmp_path)


def test_what_is_no_english_is_not_offered() -> None:
    good = machine.proposals("Chain leader enterprises.", "m")
    assert good == [Proposal("chain leader enterprises", "machine", "m", 2)]
    for said in (
        "",
        "...",
        "链主 enterprise",
        "the the the the",
        "open ⁇ platform",
        "one " + " ".join(f"word{n}" for n in range(14)),
    ):
        assert machine.proposals(said, "m") == []
