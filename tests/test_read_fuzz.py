"""Damaged files of every kind: never a traceback, never a long wait, never a memory full.

Each sample is cut, its bits are flipped, bytes are put in and taken out; of ZIP containers also the parts inside, packed again.
A longer run: FUZZ_EXAMPLES=5000 pytest tests/test_read_fuzz.py
"""

from __future__ import annotations

import contextlib
import io
import os
import resource
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from writers import container

from termbuilder.errors import InputRefused
from termbuilder.read import Input, expand, read

EXAMPLES = Path(__file__).parent.parent / "examples"
# one sample a suffix, and the same bytes under names that claim another kind
SAMPLES = {path.name: path.read_bytes() for path in sorted(EXAMPLES.iterdir()) if path.suffix}
SAMPLES |= {"renamed.doc": SAMPLES["letter.rtf"], "unit2.xliff": SAMPLES["leaflet.xlf"], "captions.vtt": SAMPLES["talk.srt"]}
FEW = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "12")),
    deadline=None,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
LONGEST = 10.0  # seconds
LARGEST = 1 << 20  # KiB of memory


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """`data` after one to three accidents."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        match draw(st.sampled_from(["cut", "flip", "insert", "repeat", "remove", "number"])):
            case "cut":
                data = data[:at]
            case "flip" if data:
                data = data[:at] + bytes([data[at] ^ (1 << draw(st.integers(0, 7)))]) + data[at + 1 :]
            case "insert":
                data = data[:at] + draw(st.binary(max_size=12)) + data[at:]
            case "repeat":
                length = draw(st.integers(1, 200))
                data = data[:at] + data[at : at + length] * draw(st.integers(2, 300)) + data[at + length :]
            case "remove":
                data = data[:at] + data[at + draw(st.integers(1, 200)) :]
            case "number":
                data = data[:at] + draw(st.sampled_from([b"0", b"-1", b"999999999", b"1e309"])) + data[at + 1 :]
    return data


def try_to_read(name: str, data: bytes) -> None:
    start = time.monotonic()
    inputs, _ = expand_data(name, data)
    for one in inputs:
        with contextlib.suppress(InputRefused):
            for document in read(one):
                assert all(0 <= mark.at <= len(document.text) for mark in document.marks)
                assert [mark.at for mark in document.marks] == sorted(mark.at for mark in document.marks)
                assert all(0 <= start <= end <= len(document.text) for start, end, _ in document.set_aside)
    assert time.monotonic() - start < LONGEST
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < LARGEST


def expand_data(name: str, data: bytes) -> tuple[list[Input], list[str]]:
    """Inputs as `expand` would list them for a file with these bytes."""
    if not name.endswith(".zip"):
        return [Input(name, Path(name), data)], []
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        inputs, warnings = expand([path])
        return [Input(one.name, None, data, one.members) for one in inputs], warnings


@pytest.mark.parametrize("name", SAMPLES)
@FEW
@given(st.data())
def test_a_damaged_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    try_to_read(name, data.draw(damaged(SAMPLES[name])))


@pytest.mark.parametrize("name", [name for name, data in SAMPLES.items() if data.startswith(b"PK")])
@FEW
@given(st.data())
def test_a_container_with_damaged_parts_is_read_or_refused(name: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(SAMPLES[name])) as archive:
        parts: dict[str, str | bytes] = {part: archive.read(part) for part in archive.namelist()}
    chosen = data.draw(st.sampled_from(sorted(parts)))
    content = parts[chosen]
    assert isinstance(content, bytes)
    if data.draw(st.booleans()):
        parts[chosen] = data.draw(damaged(content))
    else:
        del parts[chosen]
    try_to_read(name, container(parts))


@pytest.mark.parametrize("suffix", sorted({Path(name).suffix for name in SAMPLES}))
@FEW
@given(content=st.binary(min_size=1, max_size=400))
def test_random_bytes_are_read_or_refused(suffix: str, content: bytes) -> None:
    try_to_read(f"noise{suffix}", content)
