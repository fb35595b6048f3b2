"""What the user may name: files, folders, patterns, ZIP files, standard input."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from writers import container

from termbuilder.errors import InputRefused
from termbuilder.read import Input, expand, read, read_file

TEXT = "加快培育瞪羚企业，完善梯度培育体系。"


def write(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(*paths: Path | str) -> list[str]:
    return [one.name for one in expand(list(paths))[0]]


def refusal(path: Path | str) -> str:
    (one,) = expand([path])[0]
    with pytest.raises(InputRefused) as caught:
        read(one)
    return str(caught.value)


def test_a_folder_is_walked_in_the_order_of_names_and_other_kinds_are_named_once(tmp_path: Path) -> None:
    write(tmp_path / "2024" / "通知.txt")
    write(tmp_path / "公报.md")
    write(tmp_path / "logo.svg")
    write(tmp_path / "script.py")
    write(tmp_path / "README")
    write(tmp_path / ".git" / "hidden.txt")
    write(tmp_path / "~$通知.docx")
    inputs, warnings = expand([tmp_path])
    assert [one.name for one in inputs] == ["2024/通知.txt", "公报.md"]
    assert warnings == [f"{tmp_path}: 2 files of other kinds left out (logo.svg, script.py)."]


def test_names_and_order_do_not_depend_on_the_order_of_paths(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a" / "通知.txt"), write(tmp_path / "b" / "通知.txt")
    c = write(tmp_path / "c" / "公报.txt")
    assert names(a, b, c) == names(c, b, a) == ["a/通知.txt", "b/通知.txt", "公报.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "通知.txt")
    assert names(path, tmp_path, tmp_path / "*.txt") == ["通知.txt"]


def test_a_pattern_stands_for_the_files_it_matches(tmp_path: Path) -> None:
    write(tmp_path / "2024-01.txt")
    write(tmp_path / "2025-01.txt")
    assert names(str(tmp_path / "2025*.txt")) == ["2025-01.txt"]
    assert refusal(str(tmp_path / "2026*.txt")) == (
        f"No file matches {tmp_path / '2026*.txt'}. Check the pattern and the folder you are in."
    )


def test_a_name_with_brackets_is_a_file_before_it_is_a_pattern(tmp_path: Path) -> None:
    path = write(tmp_path / "通知[终稿].txt")
    assert names(path) == ["通知[终稿].txt"]


def test_members_of_a_zip_file_are_inputs_with_their_chinese_names(tmp_path: Path) -> None:
    inner = container({"附件.txt": "创新券管理办法"})
    stand_in = "-" * len("通知.txt".encode("gbk"))
    packed = container({stand_in: TEXT, "附件.zip": inner, "logo.png": b"\x89PNG"})
    path = tmp_path / "政策.zip"
    path.write_bytes(packed.replace(stand_in.encode(), "通知.txt".encode("gbk")))
    inputs, warnings = expand([path])
    assert [one.name for one in inputs] == ["政策.zip/通知.txt", "政策.zip/附件.zip/附件.txt"]
    assert [read(one)[0].text for one in inputs] == [TEXT, "创新券管理办法"]
    assert warnings == ["政策.zip: 1 file of other kinds left out (logo.png)."]


def test_a_zip_file_in_a_zip_file_in_a_zip_file_in_a_zip_file_is_not_opened(tmp_path: Path) -> None:
    packed: bytes | str = TEXT
    for number in range(5):
        packed = container({"通知.txt" if number == 0 else f"{number}.zip": packed})
    path = tmp_path / "deep.zip"
    path.write_bytes(packed if isinstance(packed, bytes) else b"")
    assert refusal(path) == "deep.zip/4.zip/3.zip holds no document that can be read. Unpack it and convert what is in it."


def test_standard_input_is_read_by_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>"
    for data, format, text in ((TEXT.encode(), "txt", TEXT), (page.encode(), "html", TEXT)):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        inputs, _ = expand(["-"])
        (document,) = read(inputs[0])
        assert (document.name, document.format, document.text) == ("standard input", format, text)


def test_more_than_a_file_may_hold_on_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termbuilder.read.inputs.LARGEST_FILE", 1 << 20)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode() * 40_000)))
    (one,) = expand(["-"])[0]
    with pytest.raises(InputRefused) as caught:
        read(one)
    assert str(caught.value) == "standard input is larger than 1 MB. Split it."


def test_a_zip_of_documents_on_standard_input_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(container({"通知.txt": TEXT}))))
    (one,) = expand(["-"])[0]
    assert (one.name, read(one)[0].text) == ("standard input/通知.txt", TEXT)


def test_what_is_not_there_is_refused_with_the_path_as_given(tmp_path: Path) -> None:
    assert (
        refusal(tmp_path / "年报" / "missing.docx") == f"{tmp_path / '年报' / 'missing.docx'} does not exist. Check the path."
    )


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == (
        f"The folder {tmp_path} holds no document that can be read. Name the files, or convert them first."
    )


def test_a_path_that_no_system_can_have_is_refused() -> None:
    assert refusal("通知\0.txt") == "通知\0.txt does not exist. Check the path."


def test_read_file_keeps_name_format_digest_and_encoding(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    document = read_file(path)
    assert (document.name, document.format, document.encoding, document.text) == ("通知.txt", "txt", "gb18030", TEXT)
    assert len(document.digest) == 64


def test_a_document_without_chinese_is_refused_unless_english_is_wanted() -> None:
    english = Input("summary.txt", data=b"Gazelle companies are growing fast.")
    with pytest.raises(InputRefused) as caught:
        read(english)
    assert str(caught.value) == "summary.txt holds no Chinese text. Give the Chinese version of the document."
    assert read(english, lang="en")[0].text == "Gazelle companies are growing fast."
