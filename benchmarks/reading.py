"""How fast each format is read, against the library underneath doing the least that gives the same text by paragraphs, cells or units.

    python benchmarks/reading.py [FORMAT ...]

Every document is made here, of sentences we wrote, in the size of a long real one. Times are processor seconds of one process,
the better of three runs; "ratio" is ours divided by the library's.
"""

from __future__ import annotations

import csv
import hashlib
import io
import platform
import random
import re
import sys
import time
import zipfile
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import writers

from termbuilder.read import Input, read

SENTENCES = [
    "深入实施创新驱动发展战略，建立企业出题、市场阅卷的揭榜挂帅机制。",
    "到2027年，瞪羚企业超过150家，专精特新“小巨人”企业超过60家。",
    "支持龙头企业牵头组建产业创新联合体，建设一批中试基地和概念验证中心。",
    "推广“云科贷”“人才贷”，健全知识产权质押融资风险补偿机制。",
    "完善科技型中小企业、高新技术企业、独角兽企业梯度培育体系（gradient cultivation system）。",
]


def paragraphs(count: int) -> list[str]:
    rng = random.Random(5)
    return ["".join(rng.choices(SENTENCES, k=rng.randint(1, 6))) for _ in range(count)]


def rows(count: int) -> list[list[str]]:
    rng = random.Random(6)
    return [
        [f"{rng.choice(SENTENCES)[:9]}{number}", rng.choice(SENTENCES), rng.choice(SENTENCES)[:6]] for number in range(count)
    ]


def make_docx() -> bytes:
    return writers.docx("".join(map(writers.paragraph, paragraphs(20_000))) + writers.table(rows(2_000)))


def make_pdf() -> bytes:
    lines = [line[at : at + 36] for line in paragraphs(1_000) for at in range(0, len(line), 36)]
    pages = [lines[at : at + 38] for at in range(0, len(lines), 38)]
    return writers.pdf([[(80.0, 790.0 - 19 * row, line) for row, line in enumerate(page)] for page in pages])


def make_html() -> bytes:
    body = "".join(f"<p>{line}</p>\n" for line in paragraphs(20_000))
    menu = "".join(f"<li><a href='/{number}'>栏目{number}</a></li>" for number in range(30))
    return f"<html><head><title>年鉴</title></head><body><ul>{menu}</ul><div id='c'>{body}</div></body></html>".encode()


def make_xlsx() -> bytes:
    return writers.xlsx({"术语": rows(30_000)})


def make_csv() -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows(rows(60_000))
    return target.getvalue().encode()


def make_txt() -> bytes:
    return "\n".join(paragraphs(60_000)).encode()


def make_pptx() -> bytes:
    lines = paragraphs(3_000)
    return writers.pptx(
        [writers.shape([lines[at][:30]], "title") + writers.shape(lines[at : at + 6]) for at in range(0, 3_000, 6)]
    )


def make_odt() -> bytes:
    return writers.odf("text", "".join(f"<text:p>{line}</text:p>" for line in paragraphs(20_000)))


def make_epub() -> bytes:
    lines = paragraphs(20_000)
    return writers.epub(
        "年鉴", {f"第{at}章": "".join(f"<p>{line}</p>" for line in lines[at : at + 500]) for at in range(0, 20_000, 500)}
    )


def make_rtf() -> bytes:
    return writers.rtf("".join(f"\\pard {writers.rtf_text(line)}\\par\n" for line in paragraphs(3_000)))


def make_srt() -> bytes:
    lines = paragraphs(10_000)
    return "\n".join(
        f"{n}\n00:{n % 60:02}:00,000 --> 00:{n % 60:02}:05,000\n{line}\n" for n, line in enumerate(lines, 1)
    ).encode()


def make_tmx() -> bytes:
    units = "".join(
        f"<tu tuid='{number}'><tuv xml:lang='zh-CN'><seg>{line}</seg></tuv><tuv xml:lang='en'><seg>Sentence {number}.</seg></tuv></tu>\n"
        for number, line in enumerate(paragraphs(20_000))
    )
    return f"<tmx version='1.4'><header srclang='zh-CN'/><body>{units}</body></tmx>".encode()


def by_lxml(paragraph: str, *wanted: str) -> Callable[[bytes], list[str]]:
    """Unpack the parts whose names begin as `wanted`, parse them, list the text of each paragraph."""

    def extract(data: bytes) -> list[str]:
        from lxml import etree

        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [
                archive.read(name) for name in archive.namelist() if name.startswith(wanted) and not name.endswith(".rels")
            ]
        trees = map(etree.fromstring, parts)
        return ["".join(map(str, element.itertext())) for tree in trees for element in tree.iter("{*}" + paragraph)]

    return extract


def by_pdfium(data: bytes) -> list[str]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    return [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]


def by_lxml_html(data: bytes) -> list[str]:
    import lxml.html

    blocks = [""]
    for event, element in lxml.etree.iterwalk(lxml.html.document_fromstring(data.decode()), events=("start", "end")):
        if element.tag in ("p", "div", "li", "ul", "td", "tr", "h1"):
            blocks.append("")
        blocks[-1] += (element.text if event == "start" else element.tail) or ""
    return [block for block in blocks if block.strip()]


def by_justext(data: bytes) -> list[str]:
    import justext

    found = justext.justext(data, frozenset(), length_low=20, length_high=50, stopwords_low=0, stopwords_high=0)
    return [paragraph.text for paragraph in found if not paragraph.is_boilerplate]


def by_openpyxl(data: bytes) -> list[tuple[str, str]]:
    import openpyxl

    sheets = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return [
        (cell.coordinate, cell.value)
        for sheet in sheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]


def by_csv(data: bytes) -> list[tuple[int, int, str]]:
    table = csv.reader(io.StringIO(data.decode(), newline=""))
    return [(number, column, cell) for number, row in enumerate(table) for column, cell in enumerate(row)]


def by_striprtf(data: bytes) -> str:
    convert: Any = import_module("striprtf.striprtf").rtf_to_text
    return str(convert(data.decode("latin-1")))


def by_lxml_units(data: bytes) -> list[tuple[str, ...]]:
    from lxml import etree

    return [tuple("".join(map(str, seg.itertext())) for seg in unit.iter("seg")) for unit in etree.fromstring(data).iter("tu")]


def by_str(data: bytes) -> tuple[str, str]:
    return data.decode(), hashlib.sha256(data).hexdigest()


def by_re(data: bytes) -> list[str]:
    return re.split(r"\n\n\d+\n[\d:,]+ --> [\d:,]+\n", data.decode())


FORMATS: dict[str, tuple[Callable[[], bytes], str, Callable[[bytes], Any]]] = {
    "txt": (make_txt, "decode + sha256", by_str),
    "docx": (make_docx, "zipfile + lxml", by_lxml("p", "word/document")),
    "pdf": (make_pdf, "pypdfium2", by_pdfium),
    "html": (make_html, "lxml.html", by_lxml_html),
    "htm": (make_html, "justext", by_justext),
    "xlsx": (make_xlsx, "openpyxl, read-only", by_openpyxl),
    "csv": (make_csv, "csv", by_csv),
    "pptx": (make_pptx, "zipfile + lxml", by_lxml("p", "ppt/slides/slide")),
    "odt": (make_odt, "zipfile + lxml", by_lxml("p", "content")),
    "epub": (make_epub, "zipfile + lxml", by_lxml("p", "OEBPS/chapter")),
    "rtf": (make_rtf, "striprtf", by_striprtf),
    "srt": (make_srt, "re", by_re),
    "tmx": (make_tmx, "lxml", by_lxml_units),
}


def seconds(work: Callable[[], Any]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    print(f"Python {platform.python_version()}, lxml {version('lxml')}, pypdfium2 {version('pypdfium2')}, {platform.machine()}")
    print(f"{'format':7} {'MB':>6} {'characters':>11} {'ours s':>8} {'library s':>10} {'ratio':>6}  library")
    for name in sys.argv[1:] or FORMATS:
        make, library, extract = FORMATS[name]
        data = make()
        document = read(Input(f"long.{name}", Path(f"long.{name}"), data))[0]
        ours = seconds(lambda: read(Input(f"long.{name}", Path(f"long.{name}"), data)))  # noqa: B023 - called at once
        try:
            theirs = seconds(lambda: extract(data))  # noqa: B023
        except ImportError:
            print(
                f"{name:7} {len(data) / 1e6:6.2f} {len(document.text):11,} {ours:8.3f} {'-':>10} {'-':>6}  {library} is not installed"
            )
            continue
        print(
            f"{name:7} {len(data) / 1e6:6.2f} {len(document.text):11,} {ours:8.3f} {theirs:10.3f} {ours / theirs:6.2f}  {library}"
        )


if __name__ == "__main__":
    main()
