"""PDF files with a text layer: the lines as printed, page by page."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from termbuilder.errors import InputRefused
from termbuilder.model import Document
from termbuilder.read.bounds import MOST_PAGES
from termbuilder.read.building import TextBuilder
from termbuilder.read.pdf_page import EdgeLine, Page, read_page

_FURNITURE_PAGES = 3  # on so many pages at least, and on a third of them, the same line must stand at the same height
_SAME_HEIGHT = 3.0  # points: a line of running text on the same grid is 15 or more away
_DIGITS = re.compile(r"[0-9０-９]+|(?<![a-z])[ivxl]+(?![a-z])")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_UNREADABLE = re.compile(r"[\ue000-\uf8ff\ufffd\x01-\x08\x0e-\x1f]")


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
    pages = [read_page(pdf, number) for number in range(len(pdf))]
    _refuse_unreadable(name, pdf, pages)
    running = _running_lines(pages)
    text = TextBuilder()
    for number, page in enumerate(pages, 1):
        text.end_line()
        text.mark("page", str(number))
        start = text.length
        text.add(page.text)
        for line in page.edges:
            if _key(line) in running:
                text.set_aside(start + line.start, start + line.start + len(line.text), "running head or foot")
    warnings: tuple[str, ...] = ()
    bare = [number for number, page in enumerate(pages, 1) if not page.text.strip()]
    if any(_has_picture(pdf, page - 1) for page in bare[:20]):
        listed = ", ".join(map(str, bare[:8])) + (" ..." if len(bare) > 8 else "")
        warnings = (
            f"{name}: no text on page{'s' * (len(bare) > 1)} {listed}, only pictures. Run OCR on the file to have them mined.",
        )
    return text.document(name, "pdf", warnings=warnings)


def _key(line: EdgeLine) -> tuple[str, int]:
    """Equal for the same line at the same height, whatever page number is in it."""
    return _DIGITS.sub("#", line.text.lower()).replace(" ", ""), round(line.height / _SAME_HEIGHT)


def _running_lines(pages: list[Page]) -> frozenset[tuple[str, int]]:
    """The lines that stand at the edges of so many pages that they are running heads and feet."""
    times = Counter(key for page in pages for key in {_key(line) for line in page.edges})
    near: Counter[tuple[str, int]] = Counter()
    for (text, height), count in times.items():
        for neighbour in (height - 1, height, height + 1):
            near[text, neighbour] += count
    enough = max(_FURNITURE_PAGES, len(pages) / 3)
    return frozenset(key for key, count in near.items() if count >= enough)


def _refuse_unreadable(name: str, pdf: Any, pages: list[Page]) -> None:
    texts = [page.text for page in pages]
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
