"""Bad input costs that input: one sentence that names the file and the next step, whatever is wrong."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from writers import container, docx, odf, paragraph, pdf, pptx, rtf, rtf_text, shape, xlsx

from termbuilder.errors import InputRefused
from termbuilder.read import SUFFIXES, Input, expand, read
from termbuilder.read.bounds import open_zip
from termbuilder.read.legacy import read as read_legacy

CHINESE = "加快培育瞪羚企业。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(InputRefused) as caught:
        read(Input(name, Path(name), data))
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("suffix", sorted(SUFFIXES - {".zip"}))
def test_an_empty_file_of_any_kind_is_empty(suffix: str) -> None:
    assert refusal(f"通知{suffix}", b"") == f"通知{suffix} is empty. Was it saved completely?"


@pytest.mark.parametrize("suffix", sorted(SUFFIXES - {".zip"}))
def test_random_bytes_of_any_kind_are_refused(suffix: str) -> None:
    noise = bytes((number * 7919 + number // 3) % 256 for number in range(3000))
    assert refusal(f"通知{suffix}", noise).startswith(f"通知{suffix}")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "通知.docx",
            b"just text",
            "通知.docx is damaged or not what its name says: it is not a ZIP container. Save or send it again.",
        ),
        (
            "通知.docx",
            OLE,
            "通知.docx is locked by a password, or an old .doc file. Open it in Word and save it as .docx without a password.",
        ),
        (
            "通知.docx",
            xlsx({"表": [["术语"]]}),
            "通知.docx is not a Word document, whatever its name says. Save it again as .docx.",
        ),
        (
            "表.xlsx",
            docx(paragraph(CHINESE)),
            "表.xlsx is not an Excel workbook, whatever its name says. Save it again as .xlsx.",
        ),
        (
            "讲稿.pptx",
            xlsx({"表": [["术语"]]}),
            "讲稿.pptx is not a PowerPoint presentation, whatever its name says. Save it again as .pptx.",
        ),
        ("纪要.odt", xlsx({"表": [["术语"]]}), "纪要.odt is not an OpenDocument file, whatever its name says. Save it again."),
        ("书.epub", xlsx({"表": [["术语"]]}), "书.epub is not an EPUB book, whatever its name says. Save or send it again."),
        ("函.rtf", b"just text", "函.rtf is not an RTF file, whatever its name says. Save it again as .docx."),
        (
            "报告.pdf",
            b"just text",
            "报告.pdf is not a PDF file, whatever its name says. Give it its right name or save it again.",
        ),
        ("报告.pdf", b"%PDF-1.7\n%broken", "报告.pdf is damaged and cannot be opened as a PDF. Save or send it again."),
        ("库.tmx", b"<html/>", "库.tmx is not a TMX or XLIFF file, or it holds no units. Export it again from your CAT tool."),
        ("通知.docx", docx(""), "通知.docx holds no text. Was it saved completely?"),
        ("表.xlsx", xlsx({"表": [[1, 2]]}), "表.xlsx holds no text. Was it saved completely?"),
        (
            "页.html",
            b"<html><body><script>var a</script></body></html>",
            "页.html holds no text that a browser would show. Save the page with its text, or print it to PDF.",
        ),
        (
            "通知.jpg",
            b"\xff\xd8\xff\xe0\0\x10JFIF\0",
            "通知.jpg: files of kind .jpg cannot be read. Save it as DOCX, PDF or TXT.",
        ),
    ],
)
def test_the_sentence_says_what_happened_and_what_to_do(name: str, data: bytes, message: str) -> None:
    assert refusal(name, data) == message


def test_a_damaged_part_is_named() -> None:
    broken = bytearray(docx(paragraph(CHINESE * 300)))
    at = broken.index(b"word/document.xml") + 60
    broken[at : at + 20] = bytes(20)
    assert "is damaged: its part word/document.xml cannot be unpacked" in refusal("通知.docx", bytes(broken))
    assert refusal("通知.docx", container({"word/document.xml": "<w:document><w:body>"})).startswith(
        "通知.docx is damaged in its part word/document.xml: "
    )


@pytest.mark.parametrize(
    "whole",
    [
        ("通知.docx", docx(paragraph(CHINESE))),
        ("表.xlsx", xlsx({"表": [[CHINESE]]})),
        ("讲稿.pptx", pptx([shape([CHINESE])])),
        ("纪要.odt", odf("text", f"<text:p>{CHINESE}</text:p>")),
    ],
    ids=lambda whole: whole[0],
)
def test_a_container_that_ends_in_the_middle_is_damaged(whole: tuple[str, bytes]) -> None:
    name, data = whole
    assert read(Input(name, Path(name), data))[0].text.strip() == CHINESE
    for share in (0.2, 0.5, 0.9):
        assert refusal(name, data[: int(len(data) * share)]).startswith(f"{name} is damaged")


def test_a_document_under_a_password_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    locked = bytearray(container({"word/document.xml": CHINESE}))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):  # the flag in both directories of the ZIP
        at = locked.index(start) + (6 if start == b"PK\x03\x04" else 8)
        locked[at] |= 1
    assert refusal("通知.docx", bytes(locked)) == (
        "通知.docx is locked by a password. Unlock it, save it without one, and mine the result."
    )
    odt = container({"META-INF/manifest.xml": "<manifest:encryption-data/>", "content.xml": "x"})
    assert "locked by a password" in refusal("纪要.odt", odt)


def test_a_scan_is_named_as_such() -> None:
    picture = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\0\nendstream"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length 26 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q\nendstream",
        picture,
    ]
    scan = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(objects, 1))
    scan += b"trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n"
    assert refusal("report.pdf", scan) == (
        "report.pdf is a scan: it holds pictures of text but no text. Run OCR on it first, then mine the result."
    )


def test_a_pdf_without_text_is_told_from_a_scan() -> None:
    assert refusal("report.pdf", pdf([[]])) == "report.pdf holds no text at all. Was it saved completely?"


def test_a_pdf_whose_fonts_say_nothing_is_refused() -> None:
    nonsense = "\ue001\ue102\ue203\ue304\ue405" * 20
    assert "has a text layer that cannot be read" in refusal("report.pdf", pdf([[(60, 700, nonsense)]]))


def test_a_zip_without_documents_is_refused() -> None:
    assert refusal("附件.zip", container({"logo.png": b"\x89PNG"})) == (
        "附件.zip holds no document that can be read. Unpack it and convert what is in it."
    )


def test_an_old_word_file_needs_a_program_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None)
    assert refusal("通知.doc", OLE) == (
        "通知.doc is in an old format: install LibreOffice, which is then used to read it, or open it in Word or WPS and save it as .docx."
    )


def test_what_is_only_called_doc_is_read_as_what_it_is() -> None:
    page = f"<html><body><p>{CHINESE}</p></body></html>".encode("gbk")
    letter = rtf("\\'bc\\'d3\\'bf\\'ec\\'c5\\'e0\\'d3\\'fd\\'b5\\'c9\\'c1\\'e7\\'c6\\'f3\\'d2\\'b5\\'a1\\'a3\\par")
    for data in (page, letter, docx(paragraph(CHINESE))):
        assert read_legacy("通知.doc", data).text == CHINESE


def test_a_program_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: "/bin/false" if program == "soffice" else None)
    assert refusal("通知.doc", OLE) == "通知.doc could not be converted by false. Open it in Word or WPS and save it as .docx."


def test_a_damaged_memory_is_read_as_far_as_it_goes() -> None:
    start = "<tmx version='1.4'><header srclang='zh'/><body>"
    unit = "<tu><tuv xml:lang='zh'><seg>瞪羚企业</seg></tuv><tuv xml:lang='en'><seg>gazelle company</seg></tuv></tu>"
    (document,) = read(Input("库.tmx", Path("库.tmx"), f"{start}\n{unit}\n{unit}<tu><tuv xml:lang='zh'><seg>中试".encode()))
    assert document.text == "瞪羚企业\n瞪羚企业\n中试"
    assert document.warnings == ("库.tmx, line 3: not well-formed XML; what could be read was read. Export it again.",)


def test_a_zip_bomb_is_not_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(40 << 20))
    assert refusal("通知.docx", target.getvalue()) == (
        "通知.docx looks like a ZIP bomb: word/document.xml would unpack to 40 MB. "
        "If you trust it, unpack it yourself and give the files inside."
    )


def test_a_zip_bomb_among_documents_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "附件.zip"
    path.write_bytes(container({"bomb.txt": bytes(40 << 20), "通知.txt": CHINESE}))
    bomb, notice = expand([path])[0]
    assert read(notice)[0].text == CHINESE
    with pytest.raises(InputRefused, match=r"^附件.zip/bomb.txt looks like a ZIP bomb: "):
        read(bomb)


def test_a_zip_that_promises_too_much_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = container({"a": bytes(3 << 20)})
    with pytest.raises(InputRefused, match=r"^附件.zip would unpack to more than 2 MB. Split it.$"):
        open_zip("附件.zip", packed, largest=2 << 20)
    monkeypatch.setattr("termbuilder.read.bounds.MOST_MEMBERS", 3)
    assert refusal("通知.docx", docx(paragraph(CHINESE))) == "通知.docx holds 8 files; at most 3 are read. Split it."


def test_a_text_that_is_called_zip_is_no_zip() -> None:
    assert refusal("通知.zip", CHINESE.encode()).startswith(
        "通知.zip is damaged or not what its name says: it is not a ZIP container."
    )


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "'
    + "瞪羚企业" * 100
    + '">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(6))
    + "]>"
)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容", encoding="utf-8")
    body = "<w:body xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:p><w:r><w:t>揭榜挂帅&g;</w:t></w:r></w:p></w:body>"
    for name, declared in (("bomb", BOMB), ("file", f"<!DOCTYPE x [<!ENTITY g SYSTEM '{secret.as_uri()}'>]>")):
        data = container({"word/document.xml": f"{declared}{body}"})
        try:
            (document,) = read(Input("通知.docx", Path("通知.docx"), data))
        except InputRefused:
            continue
        assert document.text == "揭榜挂帅", name


def test_entities_in_a_memory_are_not_expanded() -> None:
    unit = "<tmx version='1.4'><body><tu tuid='&g;'><tuv xml:lang='zh'><seg>揭榜挂帅&g;</seg></tuv></tu></body></tmx>"
    try:
        (document,) = read(Input("库.tmx", Path("库.tmx"), f"{BOMB}{unit}".encode()))
    except InputRefused:
        return
    assert document.text == "揭榜挂帅"
    assert len(document.marks[0].label) < 1_000_000


def test_tables_nested_past_all_reason_are_refused_or_read() -> None:
    deep = paragraph(CHINESE)
    for _ in range(400):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>"
    assert refusal("通知.docx", docx(deep)).startswith("通知.docx is damaged in its part word/document.xml: ")


def test_control_characters_never_reach_the_text() -> None:
    (document,) = read(Input("通知.txt", Path("通知.txt"), f"瞪羚\x01企业\x0b与\x7f高企\ufffe。{CHINESE}".encode()))
    assert document.text == f"瞪羚\ufffd企业\ufffd与\ufffd高企\ufffd。{CHINESE}"


@pytest.mark.parametrize(
    "end",
    [
        "{\\b\\par",
        "\\par\\bin9999999999 abc",
        "\\par\\bin20000",
        "\\par\\u",
        "\\par\\u-",
        "\\par\\'d",
        "\\par\\",
        "\\par{\\pict ffd8",
    ],
)
def test_an_rtf_file_that_is_cut_off_is_read_as_far_as_it_goes_and_it_is_said(end: str) -> None:
    whole = rtf(rtf_text(CHINESE) + "\\par")
    (document,) = read(Input("函.rtf", Path("函.rtf"), whole.removesuffix(b"\\par}") + end.encode()))
    assert document.text.startswith(CHINESE)
    assert document.warnings == ("函.rtf is cut off: what was read was kept, the rest is missing. Get the whole file again.",)


@pytest.mark.parametrize("end", ["", "\r\n", "\0\0", "}", "\\par"])
def test_an_rtf_file_that_is_whole_is_not_said_to_be_cut_off(end: str) -> None:
    (document,) = read(Input("函.rtf", Path("函.rtf"), rtf("\\bin3 }}}" + rtf_text(CHINESE) + "\\par") + end.encode()))
    assert (document.text, document.warnings) == (CHINESE, ())


@pytest.mark.parametrize("sign", ["{", "{\\b ", "{\\footnote "])
def test_rtf_groups_in_groups_without_end_are_refused(sign: str) -> None:
    assert refusal("函.rtf", b"{\\rtf1 " + sign.encode() * 100_000) == (
        "函.rtf has groups nested more than 1000 deep. Save it again as .docx."
    )


def test_an_rtf_file_of_nothing_but_markup_is_refused_before_it_takes_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termbuilder.read.rtf._MOST_MARKUP", 1000)
    refused = "函.rtf holds more markup than any letter or report. Save it again as .docx."
    for sign in ("}", "\\b ", "\\*", "{}", "\\u1?"):
        assert refusal("函.rtf", b"{\\rtf1 " + sign.encode() * 1000) == refused
    many = rtf("\\'d5\\'d0" * 600 + "\\par")  # bytes of text are no markup
    assert read(Input("函.rtf", Path("函.rtf"), many))[0].text == "招" * 600


@pytest.mark.parametrize(
    ("sign", "character"),
    [("\\'d5\\'d0", "招"), ("\\u55357?", "\ufffd"), ("\\u25303?", "拗"), ("\\u-10174?\\u-8265?", "𠮷")],
)
def test_a_long_run_of_rtf_characters_takes_memory_that_grows_with_the_file(sign: str, character: str) -> None:
    data = rtf(rtf_text(CHINESE) + sign * 50_000 + "\\par")
    tracemalloc.start()
    (document,) = read(Input("函.rtf", Path("函.rtf"), data))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert document.text == CHINESE + character * 50_000
    assert most < 12 * len(data)
