"""Does a damaged copy of a document give the same terms as the clean one?

    python benchmarks/noise.py [DOCUMENT.txt ...] [--text] [--kind NAME ...] [--keep FOLDER] [--show]

Takes clean documents (without arguments: those of ../shared/corpus that are clean), makes a damaged copy of each for each kind of
damage, reads, cleans and mines both, and prints for each kind the mean and the least overlap of the top 100 terms. The goal: at least
0.95 on average for each kind. `--text` compares the cleaned sentences instead (share of the clean document's sentences that come out
of the damaged copy letter by letter); `--show` prints what is missing; `--keep` keeps the damaged copies.

Measured 2026-11-25 (Python 3.11.7, 2 shared cores; 22 documents, 63,123 characters; mean, least of the top 100 terms): all kinds from hard
wraps to Big5 at least 0.999, 0.980 ("paragraphs cut by pages and captions" is the lowest); "office pdf", measured later with
the reader mended, 0.999, 0.990.

Needs reportlab and python-docx (`pip install .[benchmarks]`); the kind "office pdf" also LibreOffice, and is left out without it.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import opencc

from termbuilder import clean, pipeline, read, tables
from termbuilder.model import Document
from termbuilder.pipeline.kit import kit
from termbuilder.settings import Settings

CORPUS = Path(__file__).parents[1] / ".." / "shared" / "corpus"
# Documents of the corpus that are one paragraph a line and free of damage of their own.
CLEAN = ("seeds/004.txt", *(f"extra/e{number:02}-*.txt" for number in (*range(4, 13), *range(15, 27))))

TOP = 100  # terms compared
HEAD = "××市科学技术局工作简报"
WIDTH = 34  # Han characters a printed line
LINES = 26  # lines a page
HAN = re.compile("[\u3400-\u9fff]")


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a clean document, without their list of blank lines."""
    return [line.strip(" \t\u3000#") for line in text.split("\n") if line.strip(" \t\u3000#")]


def printed_lines(text: str, width: int = WIDTH) -> list[str]:
    """The lines of `text` as a printer breaks them: two blanks before a paragraph, no comma at the beginning of a line."""
    lines = []
    for paragraph in paragraphs_of(text):
        rest = "　　" + paragraph
        while rest:
            used = count = 0.0
            end = 0
            for end, character in enumerate(rest, 1):
                used += 0.5 if ord(character) < 0x2000 else 1
                count = end
                if used >= width:
                    break
            end = int(count)
            while end < len(rest) and rest[end] in "，。、；：！？”’）》】" and end < count + 2:
                end += 1
            lines.append(rest[:end])
            rest = rest[end:]
    return lines


def wrapped(text: str) -> str:
    """Hard line breaks, a running head and a page number on every page."""
    lines = printed_lines(text)
    pages = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    return "\n\n".join(f"{HEAD}\n\n" + "\n".join(page) + f"\n\n— {number} —" for number, page in enumerate(pages, 1)) + "\n"


def glossed(text: str) -> str:
    """A pinyin gloss in brackets behind every fourth character or so, a tenth of them damaged by recognition."""
    from pypinyin import Style, pinyin

    chance = random.Random(len(text))
    pieces = []
    for character in text:
        pieces.append(character)
        if HAN.match(character) and chance.random() < 0.25:
            reading = pinyin(character, style=Style.TONE)[0][0]
            if chance.random() < 0.1:
                reading = pinyin(character, style=Style.NORMAL)[0][0]
            pieces.append(f"({reading})")
    return "".join(pieces)


def spaced(text: str) -> str:
    """A space behind some of the characters."""
    chance = random.Random(len(text))
    return "".join(c + " " if HAN.match(c) and chance.random() < 0.3 else c for c in text)


def all_spaced(text: str) -> str:
    """A space behind every character, as some converters of PDF files print them."""
    return "\n".join(" ".join(line) for line in text.split("\n"))


def page_cut(text: str) -> str:
    """Paragraphs cut inside words by page breaks: an empty line, a caption, an empty line."""
    chance = random.Random(len(text))
    done = []
    for paragraph in paragraphs_of(text):
        if len(paragraph) > 150 and chance.random() < 0.5:
            at = chance.randrange(80, len(paragraph) - 40)
            while not (HAN.match(paragraph[at - 1]) and HAN.match(paragraph[at])):
                at += 1
                if at >= len(paragraph):
                    break
            caption = "\n\n活动现场\n\n" if chance.random() < 0.3 else "\n\n"
            paragraph = paragraph[:at] + caption + paragraph[at:]
        done.append(paragraph)
    return "\n\n".join(done)


def marked_down(text: str) -> str:
    """Markdown emphasis, LaTeX numerals and note marks."""
    text = re.sub(r"(\d)(\d*)(?:\.(\d+))?%", lambda m: "$" + " ".join(m[0][:-1]) + r" \%$", text)
    text = re.sub(r"^([^，。\n]{4,16}。)", r"**\1**", text, flags=re.MULTILINE)
    number = iter(range(1, 10_000))
    return re.sub(r"(?<=[\u4e00-\u9fff])。", lambda m: f"[{next(number)}]。" if len(m.string) % 3 else "①。", text)


def bulletin(text: str) -> str:
    """The text in a bulletin: cover, contents, editorial board, imprint before it; bibliography and teasers behind it."""
    paragraphs = paragraphs_of(text)
    titles = [line for line in paragraphs if len(line) <= 30 and line[-1] not in "。；！？："] or ["××科技工作要点"]
    contents = "\n".join(f"- {number * 3:02} {title}" for number, title in enumerate(titles * 3, 1))
    front = (
        "××科技\n\n2025年第 6 期\n总第 161 期\n内部资料 免费交流\n\n目录 / CONTENTS\n\n编辑委员会\n主任 李知行 王若水\n副主任（以姓氏笔画为序）\n"
        f"万里 方圆\n冯 川 刘一诺\n周舟\n主编 高远 钟鸣\n\n地址：××市东湖路1号\n邮编：300000\n电话：000-00000000\n\n{contents}\n\n\n\n\n"
    )
    back = (
        "\n\n参考文献\n[1] 周舟. 概念验证中心建设研究[J]. 科技管理, 2020, 3(1): 1-9.\n[2] 高远, 钟鸣. 科技金融导论[M]. 北京: ××出版社, 2019.\n\n"
        "（作者单位：××市科技局）\n"
    )
    return front + "\n\n".join(paragraphs) + back


def web_page(text: str) -> str:
    """The text in an old page of a government site: navigation, record, share bar, teasers."""
    body = "\n".join(f"<p>　　{html.escape(paragraph)}</p>" for paragraph in paragraphs_of(text))
    menu = "".join(
        f'<li><a href="/{n}">{n}</a></li>' for n in ("首页", "政务公开", "新闻中心", "办事服务", "互动交流", "数据开放")
    )
    teasers = "".join(
        f'<li><a href="/a{n}.html">{title}</a> <span>2024-03-{n:02}</span></li>'
        for n, title in enumerate(
            ("××县举办春季马拉松比赛", "××镇开展文明交通劝导活动", "文旅局：樱花节本周六开幕", "××路段今起封闭施工"), 1
        )
    )
    return (
        '<html><head><meta charset="utf-8"><title>正文</title></head><body><table width="1000"><tr><td>'
        f'<ul class="nav">{menu}</ul></td></tr><tr><td><div class="pos">当前位置：首页 &gt; 新闻中心 &gt; 正文</div></td></tr><tr><td>'
        '<div class="info">发布日期：2024-03-01　来源：××日报　浏览次数：1203　字号：【大 中 小】</div>'
        f'<div class="content">{body}</div><div class="share">分享到：微信 微博 QQ空间</div>'
        f"<div>上一篇：樱花节本周六开幕</div><h4>相关新闻</h4><ul>{teasers}</ul></td></tr><tr><td>"
        "<p>主办：××市人民政府办公室　备案号：×ICP备00000000号　网站标识码：0000000000</p></td></tr></table></body></html>"
    )


def write_pdf(text: str, path: Path, columns: int = 1) -> None:
    """A PDF as reportlab writes it: running head, page number, wrapped lines, one or two columns."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    size = 12 if columns == 1 else 9
    lines = printed_lines(text, 34 if columns == 1 else 24)
    canvas = Canvas(str(path), pagesize=A4)
    rows = 34 if columns == 1 else 44
    for number, start in enumerate(range(0, len(lines), rows * columns), 1):
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(80, 810, HEAD)
        canvas.drawCentredString(297, 40, f"— {number} —")
        canvas.setFont("STSong-Light", size)
        for column in range(columns):
            for row, line in enumerate(lines[start + column * rows : start + (column + 1) * rows]):
                canvas.drawString(70 + column * 250, 770 - row * size * 1.75 * (34 / rows if columns == 2 else 1), line)
        canvas.showPage()
    canvas.save()


def write_docx(text: str, path: Path) -> None:
    """A DOCX as python-docx writes it: header, footer, headings and paragraphs."""
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = HEAD
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    for paragraph in paragraphs_of(text):
        if len(paragraph) <= 30 and paragraph[-1] not in "。；！？：":
            document.add_heading(paragraph, 2)
        else:
            document.add_paragraph(paragraph)
    document.save(str(path))


def traditional(name: str) -> Callable[[str], str]:
    """The conversion of simplified text by an OpenCC table."""
    converter = opencc.OpenCC(name)
    return lambda text: str(converter.convert(text))


def in_text(change: Callable[[str], str], suffix: str = ".txt", encoding: str = "utf-8") -> Callable[[str, Path], Path]:
    """A kind of damage that writes changed text."""

    def make(text: str, stem: Path) -> Path:
        path = stem.with_suffix(suffix)
        path.write_bytes(change(text).encode(encoding, "replace"))
        return path

    return make


def in_file(write: Callable[[str, Path], None], suffix: str) -> Callable[[str, Path], Path]:
    """A kind of damage that writes another format."""

    def make(text: str, stem: Path) -> Path:
        path = stem.with_suffix(suffix)
        write(text, path)
        return path

    return make


def office_pdf(text: str, stem: Path) -> Path:
    """A PDF as LibreOffice writes it from the DOCX."""
    word = stem.with_suffix(".docx")
    write_docx(text, word)
    command = ["soffice", f"-env:UserInstallation={(stem.parent / 'profile').absolute().as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(stem.parent), str(word)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return stem.with_suffix(".pdf")


KINDS: dict[str, Callable[[str, Path], Path]] = {
    "hard wraps, heads, page numbers": in_text(wrapped),
    "paragraphs cut by pages and captions": in_text(page_cut),
    "pinyin glosses": in_text(glossed),
    "traditional, Taiwan": in_text(traditional("s2tw")),
    "traditional, Hong Kong": in_text(traditional("s2hk")),
    "traditional, wrapped, glossed": in_text(lambda text: wrapped(glossed(traditional("s2tw")(text)))),
    "some spaces": in_text(spaced),
    "spaces everywhere": in_text(all_spaced),
    "Markdown, LaTeX, note marks": in_text(marked_down),
    "bulletin furniture": in_text(bulletin),
    "HTML furniture": in_text(web_page, ".html"),
    "PDF": in_file(write_pdf, ".pdf"),
    "PDF, two columns": in_file(lambda text, path: write_pdf(text, path, 2), ".pdf"),
    "DOCX": in_file(write_docx, ".docx"),
    "GB18030": in_text(str, encoding="gb18030"),
    "Big5": in_text(traditional("s2tw"), encoding="big5hkscs"),
    "office pdf": office_pdf,
}


def sentences(document: Document, rules: clean.Rules) -> list[str]:
    """What the cleaner makes of a document: its sentences, in order."""
    return [passage.text for passage in clean.clean(document, rules).passages]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="*", type=Path)
    parser.add_argument("--text", action="store_true", help="compare sentences, not terms")
    parser.add_argument("--kind", action="append", choices=list(KINDS), help="only these kinds of damage")
    parser.add_argument("--keep", type=Path, help="keep the damaged copies in this folder")
    parser.add_argument("--show", action="store_true", help="print what is missing")
    arguments = parser.parse_args()
    documents = arguments.documents or [path for pattern in CLEAN for path in sorted(CORPUS.glob(pattern))]
    if not documents:
        sys.exit("No documents: give some, or put the corpus where ../shared/corpus is.")
    rules = clean.Rules.from_tables(tables.load())
    result = (lambda path: sentences(read.read_file(path), rules)) if arguments.text else miner()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        run(documents, arguments.kind or list(KINDS), folder, result, arguments.show)


def miner() -> Callable[[Path], list[str]]:
    """What `termbuilder mine` finds in one document: its first hundred terms, best first.

    Mining sees nothing of a document but its passages, so two copies that come out of the cleaner alike are mined once.
    """
    settings = Settings(limit=TOP)
    rules = kit(settings)
    known: dict[tuple[object, ...], list[str]] = {}

    def terms(path: Path) -> list[str]:
        document = read.read_file(path)
        passages = clean.clean(document, rules.clean).passages
        seen = tuple((p.text, p.kind, p.paragraph, p.repeat, p.section) for p in passages)
        if seen not in known:
            mined = pipeline.mine([read.Input(path.name, path)], settings, rules=rules)
            known[seen] = [entry.term for entry in mined.entries]
        return known[seen]

    return terms


def run(documents: Sequence[Path], kinds: Sequence[str], folder: Path, result: Callable[[Path], list[str]], show: bool) -> None:
    """Damage, compare, print."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = {}
    for path in documents:
        copy = folder / f"{path.stem}-clean.txt"
        copy.write_text("\n\n".join(paragraphs_of(path.read_text(encoding="utf-8"))), encoding="utf-8")
        whole[path] = copy.read_text(encoding="utf-8"), result(copy)
    print(f"{len(documents)} documents, {sum(len(text) for text, _ in whole.values()):,} characters")
    print(f"{'kind':38} {'mean':>6} {'least':>6}  seconds  least document")
    for number, kind in enumerate(kinds):
        if kind == "office pdf" and not shutil.which("soffice"):
            continue
        started = time.perf_counter()
        shares = []
        for path, (text, expected) in whole.items():
            damaged = KINDS[kind](text, folder / f"{path.stem}-{number}")
            found = result(damaged)
            shares.append((len(set(expected) & set(found)) / max(1, len(set(expected))), path.name))
            if show:
                for item in expected:
                    if item not in set(found):
                        print(f"    {path.stem} - {item}")
                for item in found:
                    if item not in set(expected):
                        print(f"    {path.stem} + {item}")
        least = min(shares)
        mean = sum(share for share, _ in shares) / len(shares)
        print(f"{kind:38} {mean:6.3f} {least[0]:6.3f} {time.perf_counter() - started:8.1f}  {least[1]}", flush=True)


if __name__ == "__main__":
    main()
