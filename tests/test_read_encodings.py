"""Which encoding a text is in; where that is not sure, we ask."""

from __future__ import annotations

import pytest

from termbuilder.errors import InputRefused
from termbuilder.read.encodings import decode

SIMPLIFIED = "为推进科技成果转化，市政府决定实施揭榜挂帅机制，支持企业开展关键技术攻关。\n"
TRADITIONAL = "為推進科技成果轉化，市政府決定實施揭榜掛帥機制，支持企業開展關鍵技術攻關。\n"


def refusal(data: bytes, encoding: str = "") -> str:
    with pytest.raises(InputRefused) as caught:
        decode("通知.txt", data, encoding)
    return str(caught.value)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk", "gb18030"])
def test_simplified_text_is_read_in_every_usual_encoding(codec: str) -> None:
    assert decode("通知.txt", SIMPLIFIED.encode(codec))[0] == SIMPLIFIED


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "big5", "big5hkscs", "gb18030"])
def test_traditional_text_is_read_in_every_usual_encoding(codec: str) -> None:
    assert decode("通知.txt", TRADITIONAL.encode(codec))[0] == TRADITIONAL


def test_four_byte_characters_of_gb18030_are_read() -> None:
    text = "为推进丝路科技合作，设立𠮷林与㐂乐联合实验室，由市政府和企业共建。"
    assert decode("通知.txt", text.encode("gb18030")) == (text, "gb18030", ())


def test_hong_kong_characters_of_big5_are_read() -> None:
    text = "香港喺創新科技發展嘅政策，推動科技成果轉化及產業化，支持企業。"
    assert decode("通知.txt", text.encode("big5hkscs")) == (text, "big5hkscs", ())


def test_line_ends_of_windows_and_old_macs_become_line_feeds() -> None:
    assert decode("通知.txt", "瞪羚企业\r\n独角兽企业\r高企\n".encode())[0] == "瞪羚企业\n独角兽企业\n高企\n"


def test_too_few_characters_for_a_guess_are_asked_for() -> None:
    for codec in ("gbk", "utf-16-le"):
        assert refusal("揭榜挂帅".encode(codec)) == (
            "通知.txt: the encoding cannot be told with confidence. Say which it is with --encoding, for example --encoding gb18030."
        )


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("shift_jis", "これは科学技術の発展についての文章です。"),
        ("euc-kr", "과학기술 발전에 관한 문장입니다. 기업을 지원한다."),
    ],
)
def test_japanese_and_korean_encodings_are_asked_for_and_not_taken_for_chinese(codec: str, text: str) -> None:
    assert "cannot be told with confidence" in refusal(text.encode(codec) * 3)


def test_the_user_has_the_last_word() -> None:
    assert decode("通知.txt", "揭榜挂帅".encode("gbk"), "GB2312") == ("揭榜挂帅", "GB2312", ())
    assert decode("通知.txt", "揭榜掛帥".encode("big5"), "big5")[0] == "揭榜掛帥"
    assert refusal(SIMPLIFIED.encode("gbk"), "utf-8") == "通知.txt is not in utf-8. Leave --encoding out, or name another."
    for nonsense in ("klingon", "base64", "a\0b"):
        assert refusal(b"text", nonsense) == f"通知.txt: there is no encoding {nonsense}. Try utf-8, gb18030, big5 or utf-16."


def test_what_a_page_says_of_itself_settles_only_a_doubt() -> None:
    assert decode("页.html", SIMPLIFIED.encode("gbk"), hint="utf-8")[1] == "gb18030"
    assert decode("页.html", SIMPLIFIED.encode(), hint="gb2312")[1] == "utf-8"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_one_broken_character_in_a_long_text_is_a_warning(codec: str) -> None:
    data = bytearray((SIMPLIFIED * 40).encode(codec))
    data[601] = 0xFF
    text, encoding, warnings = decode("通知.txt", bytes(data))
    assert encoding == codec
    assert warnings[0].startswith("通知.txt: ")
    assert text.count("\ufffd") < 4
    assert text.count("揭榜挂帅") >= 39


def test_a_text_cut_in_the_middle_of_a_character_is_read() -> None:
    assert decode("通知.txt", SIMPLIFIED.encode()[:-2])[0].startswith("为推进科技成果转化")
    assert decode("通知.txt", SIMPLIFIED.encode("gbk")[:-4])[0].startswith("为推进科技成果转化")


def test_binary_data_is_named_as_such() -> None:
    assert refusal(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 4) == (
        "通知.txt holds binary data, not text. Give the document it was made from."
    )
    assert (
        refusal(SIMPLIFIED.encode() + b"\0\0\0") == "通知.txt holds binary data, not text. Give the document it was made from."
    )


@pytest.mark.parametrize(
    ("start", "kind"), [(b"%PDF-1.7", "a PDF"), (b"PK\x03\x04", "a ZIP container"), (b"{\\rtf1", "an RTF file")]
)
def test_a_document_that_was_renamed_is_told_by_its_first_bytes(start: bytes, kind: str) -> None:
    assert f"通知.txt is not a text file but {kind}" in refusal(start + b" 1234")


def test_english_with_typographic_quotation_marks_is_read() -> None:
    text = (
        "The city’s “gazelle” companies grew by a third last year, and the open competition mechanism funded eighteen projects."
    )
    assert decode("summary.txt", text.encode("cp1252"))[0] == text
