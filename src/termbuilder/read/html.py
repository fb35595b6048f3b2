"""HTML pages: the visible text in order; what is not the article (navigation, teasers, share bars) is set aside."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from termbuilder.errors import InputRefused
from termbuilder.model import Document
from termbuilder.read.bounds import check_markup
from termbuilder.read.building import RAISED, TextBuilder, column_letters, names
from termbuilder.read.encodings import decode
from termbuilder.read.main_text import Block, furniture, hint, name_hint

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)

# never printed, or no text of the page: scripts, forms, and the pinyin that <ruby> shows above characters
_INVISIBLE = names(
    "script style noscript template head title meta link iframe object embed svg math canvas audio video select textarea"
    " button input map area rt rp datalist xml del"
)
_BLOCKS = names(
    "p div section article main header footer nav aside ul ol li dl dt dd table caption thead tbody tfoot tr td th blockquote pre"
    " form fieldset figure figcaption h1 h2 h3 h4 h5 h6 hr address center body html details summary"
)
_TABLE_PARTS = names("table tr td th")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
# what a template engine fills in (Jinja, Vue, FreeMarker, JSP, PHP): no text of the page
_TEMPLATE_CODE = re.compile(
    r"\{\{[^{}]{0,300}\}\}|\{%[^%]{0,300}%\}|<%[^%]{0,2000}%>|[$#]\{[^{}<>]{0,300}\}|</?[#@][a-z][^<>]{0,300}>|<\?(?:php|=)[^?]{0,2000}\?>"
)
_INVISIBLE_PARTS = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|head)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_BLOCK_TAGS = re.compile(r"</?(?:p|div|br|li|tr|td|th|table|h[1-6]|section|article|ul|ol|dd|dt|hr)\b[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
_WRAP = re.compile(rf"(?<={_CJK})[ \t\f]*\n[ \t\n\f]*(?={_CJK})")
_UNEVEN = re.compile(r"[\t\n\r\f\v]|  ")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DEEPEST_BOX = 128  # elements around a block that are remembered; articles stand 10 to 30 deep
_LONGEST_CELL = 400  # characters; a cell with more lays out the page
_BREAK = "\v"  # stands for <br> while white space is collapsed


def read(name: str, data: bytes, encoding: str = "") -> Document:
    """Read a page; one line a block, cells of a table row separated by tabs.

    The charset that the page declares is only believed where the bytes agree. Raises InputRefused where there is no text.
    """
    check_markup(name, data)
    declared = _CHARSET.search(data[:2048])
    page, found, warnings = decode(name, data, encoding, declared[1].decode("ascii", "replace") if declared else "")
    blocks, title = blocks_of(page)
    if not blocks:
        raise InputRefused(f"{name} holds no text that a browser would show. Save the page with its text, or print it to PDF.")
    text = TextBuilder()
    paragraphs = 0
    for block, aside in zip(blocks, furniture(blocks, title)):
        if block.cell and block.continues_row:
            text.add("\t")
        else:
            text.end_line()
        if block.cell:
            text.mark("cell", block.cell)
        else:
            paragraphs += 1
            text.mark("paragraph", str(paragraphs))
        start = text.length
        text.add(block.text)
        if aside:
            text.set_aside(start, text.length, aside)
    return text.document(name, "html", encoding=found, warnings=warnings)


def blocks_of(page: str) -> tuple[list[Block], str]:
    """The visible blocks of a page in reading order, and the title in its head."""
    from lxml import etree

    if any(sign in page for sign in ("{{", "{%", "<%", "${", "#{", "<#", "<@", "<?")):
        page = _TEMPLATE_CODE.sub("", page)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return [], ""
    if any("depth" in error.message for error in parser.error_log):  # libxml2 stops at 2,048 elements in each other
        return _without_structure(page), ""
    walk = _Walk()
    walk.through(root)
    return walk.blocks, str(root.findtext(".//title") or "")


def _without_structure(page: str) -> list[Block]:
    """The lines of a page whose tags are nested past all reason: every block a line, nothing known of boxes and links."""
    text = _BLOCK_TAGS.sub("\n", _INVISIBLE_PARTS.sub("", page))
    lines = (_SPACE.sub(" ", unescape(_ANY_TAG.sub("", line))).strip() for line in text.split("\n"))
    return [Block(line, 0, (), "p") for line in lines if line]


class _Walk:
    """One pass through the tree without recursion: pages nest as deeply as they like."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._linked = 0  # characters of the open block that stand in links
        self._links = 0  # how many <a> are open
        self._raised = 0  # how many <sup> are open
        self._pres = 0  # how many <pre> are open
        self._path: list[int] = []  # numbers of the open block elements, outermost first
        self._tags: list[str] = []
        self._hints: list[str] = [""]  # for each open block element, why it (or what it stands in) is no running text
        self._named: list[str] = [""]  # ... and why it may be none
        self._numbers = 0
        self._tables = 0
        self._place: tuple[int, int, int] | None = None  # table, row, column of the open table of data
        self._cell = ""  # label of the open cell of such a table
        self._row_with_text = (0, 0)

    def through(self, root: _Element) -> None:
        """Collect the blocks below `root`."""
        stack: list[tuple[_Element, bool]] = [(root, True)]
        while stack:
            element, opening = stack.pop()
            tag = element.tag
            if not opening:
                self._close(element)
            elif not isinstance(tag, str) or tag in _INVISIBLE or _is_hidden(element):
                pass
            else:
                self._open(element)
                self._text(element.text)
                stack.append((element, False))
                stack.extend((child, True) for child in reversed(element))
                continue
            if element is not root:
                self._text(element.tail)
        self._flush()

    def _open(self, element: _Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._boundary()
            self._numbers += 1
            self._path.append(self._numbers)
            self._tags.append(tag)
            self._hints.append(self._hints[-1] or hint(tag, element.get("role"), element.get("title")))
            self._named.append(self._named[-1] or name_hint(tag, element.get("class"), element.get("id")))
            if tag in _TABLE_PARTS:
                self._open_table_part(element)
            elif tag == "pre":
                self._pres += 1
        elif tag == "br":
            self._pieces.append(_BREAK)
        elif tag == "a":
            self._links += 1
        elif tag == "sup":
            self._raised += 1

    def _open_table_part(self, element: _Element) -> None:
        tag = element.tag
        if self._place is None:
            if tag == "table" and _holds_data(element):
                self._tables += 1
                self._place = (self._tables, 0, 0)
            return
        table, row, column = self._place
        if tag == "tr":
            self._place = (table, row + 1, 0)
        elif tag != "table":
            self._cell = f"{column_letters(column)}{max(row, 1)} of table {table}"
            span = element.get("colspan") or ""
            self._place = (table, row, column + (min(int(span), 1000) if span.isdecimal() and len(span) < 9 else 1))

    def _close(self, element: _Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            if tag in ("td", "th") and self._cell:
                self._flush()
                self._cell = ""
            self._boundary()
            if tag == "table":
                self._place = None
            elif tag == "pre":
                self._pres -= 1
            self._path.pop()
            self._tags.pop()
            self._hints.pop()
            self._named.pop()
        elif tag == "a":
            self._links -= 1
        elif tag == "sup":
            self._raised -= 1

    def _boundary(self) -> None:
        """A block begins or ends: in a cell that is a line break, elsewhere a block of ours."""
        if self._cell:
            self._pieces.append(_BREAK)
        else:
            self._flush()

    def _text(self, text: str | None) -> None:
        if text:
            if self._raised:
                text = text.translate(RAISED)
            self._pieces.append(text)
            if self._links:
                self._linked += len(text.strip())

    def _flush(self) -> None:
        if not self._pieces:
            return
        raw = "".join(self._pieces)
        self._pieces.clear()
        linked, self._linked = self._linked, 0
        if raw.isspace():
            return
        pre = self._pres > 0
        text = raw.replace(_BREAK, "\n").strip("\n") if pre else _collapsed(raw)
        if not text.strip():
            return
        row = self._place[:2] if self._place else (0, 0)
        self.blocks.append(
            Block(
                text,
                linked,
                tuple(self._path[:_DEEPEST_BOX]),
                self._tags[-1] if self._tags else "body",
                self._hints[-1],
                self._named[-1],
                self._cell,
                bool(self._cell) and row == self._row_with_text,
            )
        )
        self._row_with_text = row if self._cell else (0, 0)


def _is_hidden(element: _Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN_STYLE.search(style) is not None)


def _holds_data(table: _Element) -> bool:
    """Is this a table of short cells, rather than one that lays out a page (as pages of the 2000s are)?"""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    cells = list(table.iter("td", "th"))
    rows = sum(1 for _ in table.iter("tr"))
    return len(cells) >= 2 * rows > 2 and all(len("".join(map(str, cell.itertext()))) <= _LONGEST_CELL for cell in cells)


def _collapsed(raw: str) -> str:
    """White space as a browser shows it, and none where only a line of the source ends between two Chinese characters."""
    if not _UNEVEN.search(raw):
        return raw.strip(" ")
    lines = _SPACE.sub(" ", _WRAP.sub("", raw)).split(_BREAK)
    return "\n".join(line for line in (line.strip(" ") for line in lines) if line)
