"""PDF files with a text layer: the lines as printed, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from termbuilder.errors import InputRefused
from termbuilder.model import Document
from termbuilder.read.bounds import MOST_PAGES
from termbuilder.read.building import TextBuilder

_FURNITURE_LINES = 3  # lines at the top and at the bottom of a page that may be running heads and feet
_FURNITURE_PAGES = 3  # on so many pages at least, and on a third of them, the same line must stand at the same height
_SAME_HEIGHT = 3.0  # points: a line of running text on the same grid is 15 or more away
_DIGITS = re.compile(r"[0-9０-９]+|(?<![a-z])[ivxl]+(?![a-z])")
# pdfium ends lines with CR LF, writes U+FFFE or U+0002 for a hyphen at a line's end, and NUL for what it has no character for.
_PDFIUM_SIGNS = str.maketrans({"\r": None, "\ufffe": "-", "\x02": "-", "\0": None, "\x0b": "\n", "\x0c": "\n", "\u2028": "\n"})
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_UNREADABLE = re.compile(r"[\ue000-\uf8ff\ufffd\x01-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its offset on the page, text, and the height of its first character above the page's foot."""

    start: int
    text: str
    height: float


def read(name: str, data: bytes, encoding: str = "") -> Document:
    """Read the text layer; running heads and feet, known by standing at the same height on many pages, are set aside.

    Raises InputRefused for a scan, a locked or damaged file, a text layer that is not readable, or too many pages.
    """
    import pypdfium2

    if b"%PDF" not in data[:1024]:
        raise InputRefused(f"{name} is not a PDF file, whatever its name says. Give it its right name or save it again.")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputRefused(
                f"{name} is locked by a password. Unlock it, save it without one, and mine the result."
            ) from error
        raise InputRefused(f"{name} is damaged and cannot be opened as a PDF. Save or send it again.") from error
    try:
        return _pages(name, pdf)
    finally:
        pdf.close()


def _pages(name: str, pdf: Any) -> Document:
    if len(pdf) > MOST_PAGES:
        raise InputRefused(f"{name} has {len(pdf):,} pages; at most {MOST_PAGES:,} are read. Split it.")
    texts: list[str] = []
    edges: list[tuple[_Line, ...]] = []
    bare: list[int] = []  # pages without text: pictures, or empty
    for number in range(len(pdf)):
        page_text, lines = _page(pdf, number)
        texts.append(page_text)
        edges.append(lines)
        if not page_text.strip():
            bare.append(number + 1)
    _refuse_unreadable(name, pdf, texts)
    running = _running_lines(edges)
    text = TextBuilder()
    for number, (page_text, lines) in enumerate(zip(texts, edges), 1):
        text.end_line()
        text.mark("page", str(number))
        start = text.length
        text.add(page_text)
        for line in lines:
            if _key(line) in running:
                text.set_aside(start + line.start, start + line.start + len(line.text), "running head or foot")
    warnings: tuple[str, ...] = ()
    if bare and any(_has_picture(pdf, page - 1) for page in bare[:20]):
        pages = ", ".join(map(str, bare[:8])) + (" ..." if len(bare) > 8 else "")
        warnings = (
            f"{name}: no text on page{'s' * (len(bare) > 1)} {pages}, only pictures. Run OCR on the file to have them mined.",
        )
    return text.document(name, "pdf", warnings=warnings)


def _page(pdf: Any, number: int) -> tuple[str, tuple[_Line, ...]]:
    """The text of a page, and the lines at its top and bottom with their heights."""
    import pypdfium2

    try:
        page = pdf[number]
        textpage = page.get_textpage()
    except (pypdfium2.PdfiumError, ValueError, OSError):  # one damaged page does not cost the others
        return "", ()
    try:
        raw = textpage.get_text_range() if textpage.count_chars() > 0 else ""
        return _printed(raw), tuple(_edge_lines(raw, textpage))
    finally:
        textpage.close()
        page.close()


def _printed(raw: str) -> str:
    return raw.translate(_PDFIUM_SIGNS)


def _edge_lines(raw: str, textpage: Any) -> Iterator[_Line]:
    """The first and last lines of the page, in reading order, each with the height at which it stands."""
    starts = [0, *(match.end() for match in re.finditer("\n", raw))]
    if len(starts) > 2 * _FURNITURE_LINES:
        starts = starts[:_FURNITURE_LINES] + starts[-_FURNITURE_LINES:]
    for start in starts:
        line = raw[start:].partition("\n")[0]
        text = _printed(line)
        if text.strip():
            height = _height(textpage, start + len(line) - len(line.lstrip()), line.lstrip()[0])
            if height is not None:
                yield _Line(len(_printed(raw[:start])), text, height)


def _height(textpage: Any, index: int, character: str) -> float | None:
    """How far above the page's foot the character at `index` stands; None where pdfium counts otherwise than we do."""
    from pypdfium2 import raw

    if raw.FPDFText_GetUnicode(textpage, index) != ord(character):
        return None
    try:
        return float(textpage.get_charbox(index)[1])
    except Exception:  # a character without a box (pypdfium2 raises its own error or an index error)
        return None


def _key(line: _Line) -> tuple[str, int]:
    """Equal for the same line at the same height, whatever page number is in it."""
    return _DIGITS.sub("#", line.text.lower()).replace(" ", ""), round(line.height / _SAME_HEIGHT)


def _running_lines(edges: list[tuple[_Line, ...]]) -> Counter[tuple[str, int]]:
    """On how many pages each line of the edges stands, those on too few left out."""
    pages = Counter(key for lines in edges for key in {_key(line) for line in lines})
    enough = max(_FURNITURE_PAGES, len(edges) / 3)
    near: Counter[tuple[str, int]] = Counter()
    for (text, height), count in pages.items():
        for neighbour in (height - 1, height, height + 1):
            near[text, neighbour] += count
    return Counter({key: count for key, count in near.items() if count >= enough})


def _refuse_unreadable(name: str, pdf: Any, texts: list[str]) -> None:
    characters = sum(len(text.strip()) for text in texts)
    if not characters or (characters < 10 * len(texts) and _has_picture(pdf, 0) and not any(map(_HAN.search, texts))):
        if any(_has_picture(pdf, number) for number in range(min(len(texts), 5))):
            raise InputRefused(
                f"{name} is a scan: it holds pictures of text but no text. Run OCR on it first, then mine the result."
            )
        raise InputRefused(f"{name} holds no text at all. Was it saved completely?")
    unreadable = sum(len(_UNREADABLE.findall(text)) for text in texts)
    if unreadable > characters / 3:
        raise InputRefused(
            f"{name} has a text layer that cannot be read: its fonts do not say which characters they show. "
            "Run OCR on it, or ask for the document it was made from."
        )


def _has_picture(pdf: Any, number: int) -> bool:
    import pypdfium2

    try:
        page = pdf[number]
        found = any(True for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        page.close()
        return found
    except (pypdfium2.PdfiumError, IndexError):
        return False
