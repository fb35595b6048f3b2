"""Which blocks of a web page are the article: by where its sentences stand, how much of a block is links, and what boxes are called.

Only structure is used here. Lines that are known by their words (share bars as plain text, print buttons) are the cleaner's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_SENTENCE_SIGNS = re.compile("[。；！？，、：;!?,]")
_SHORTEST_SENTENCE = 15  # characters with a sentence sign in them: below, captions and menu entries look the same
_ARTICLE_SHARE = 0.75  # the box of the article holds so much of the page's sentences; the rest are teasers and footers
_LINKED = 0.5  # a block of which half is links leads elsewhere
_LITTLE_TEXT = 60  # characters of sentences; a page with less has no article to look for (a list, a form)
_TAIL_LINKS = 3  # so many link blocks at the end of the article are teasers, with the summaries between them

_FURNITURE_TAGS = {"nav": "navigation", "footer": "footer", "aside": "teasers", "form": "form"}
_FURNITURE_ROLES = {
    "navigation": "navigation",
    "contentinfo": "footer",
    "banner": "header",
    "complementary": "teasers",
    "search": "form",
}
# what template makers call the boxes around an article, as whole words of a class or id
_FURNITURE_NAMES = {
    "navigation": "nav navbar navi navigation menu menus submenu topbar breadcrumb breadcrumbs crumb crumbs crumbnav position location pagination pager",
    "footer": "footer foot foots bottom copyright copyrights friendlink friendlinks links",
    "header": "topnav toolbar masthead logo search searchbox banner",
    "teasers": "related relate recommend recommends recommended recommendation hot hots hotnews sidebar sidebars aside rank ranking teaser teasers more morenews"
    " latest relnews xgyd xgwz tuijian",
    "share bar": "share shares sharebar bdshare bdsharebuttonbox social jiathis weixin wechat qrcode ewm tools fontsize print",
    "comments": "comment comments reply",
    "advertisement": "ad ads adv advert advertisement guanggao",
}
_WHY = {word: why for why, words in _FURNITURE_NAMES.items() for word in words.split()}
_WORDS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of visible text: how much of it is links, the numbers of the elements it stands in, and its place in a table."""

    text: str
    linked: int
    path: tuple[int, ...]
    tag: str
    hint: str = ""  # why a box around it says that it is no running text
    cell: str = ""  # label of its cell in a table of data
    continues_row: bool = False

    @property
    def is_link(self) -> bool:
        """Does the block lead elsewhere?"""
        return self.linked >= _LINKED * len(self.text.strip())

    @property
    def sentences(self) -> int:
        """Characters of running text in the block, links not counted."""
        length = len(self.text) - self.linked
        return length if length >= _SHORTEST_SENTENCE and not self.is_link and _SENTENCE_SIGNS.search(self.text) else 0


def hint(tag: str, *names: str | None) -> str:
    """What an element says of itself by its tag, class, id and role, if that is no running text; else an empty string.

    >>> hint("div", "share-bar", None), hint("div", "article-content", "main")
    ('share bar', '')
    """
    if tag in _FURNITURE_TAGS:
        return _FURNITURE_TAGS[tag]
    if tag in ("body", "html", "td", "main", "article"):
        return ""  # such a name on them styles the page: <body class="home nav-fixed">
    for name in names:
        if name:
            if name in ("header", "footer"):  # as word processors call what they export
                return name
            if name in _FURNITURE_ROLES:
                return _FURNITURE_ROLES[name]
            for word in _WORDS.findall(name.lower()):
                if word in _WHY:
                    return _WHY[word]
    return ""


def furniture(blocks: Sequence[Block]) -> list[str]:
    """For each block of a page why it is to be set aside; an empty string for what belongs to the article."""
    total = sum(block.sentences for block in blocks)
    hinted = sum(block.sentences for block in blocks if block.hint)
    # A template that calls the box of the article itself "tools" or "hot" loses its say: its names are no use.
    trusted = hinted <= total / 2
    whys = [block.hint if trusted else "" for block in blocks]
    article = _article_box(blocks, whys)
    if article:
        inside = [number for number, block in enumerate(blocks) if article in block.path]
        first, last = inside[0], inside[-1]
        for number in range(len(blocks)):
            if not whys[number] and not first <= number <= last:
                whys[number] = "outside the article"
        _keep_headline(blocks, whys, first)
        for number in range(first, last + 1):
            if not whys[number] and blocks[number].is_link and not blocks[number].cell and not _stands_in_text(blocks, number):
                whys[number] = "links"
        _set_tail_aside(blocks, whys, inside)
    return whys


def _article_box(blocks: Sequence[Block], whys: Sequence[str]) -> int:
    """The number of the smallest element that holds most of the sentences; 0 if the page has no article."""
    weights: Counter[int] = Counter()
    depth: dict[int, int] = {}
    total = 0
    for block, why in zip(blocks, whys):
        weight = block.sentences
        if why or not weight:
            continue
        total += weight
        for level, element in enumerate(block.path):
            weights[element] += weight
            depth[element] = level
    if total < _LITTLE_TEXT:
        return 0
    large = [element for element, weight in weights.items() if weight >= _ARTICLE_SHARE * total]
    box = max(large, key=lambda element: (depth[element], element))
    # A single long paragraph is not the article's box: its neighbours belong to it.
    parent = next(block.path[max(0, depth[box] - 1)] for block in blocks if box in block.path)
    return parent if sum(1 for block in blocks if box in block.path) == 1 else box


def _keep_headline(blocks: Sequence[Block], whys: list[str], first: int) -> None:
    """A headline often stands just before the box of the article."""
    for number in range(first - 1, max(-1, first - 12), -1):
        if blocks[number].tag in ("h1", "h2") and whys[number] == "outside the article" and not blocks[number].is_link:
            whys[number] = ""
            return


def _stands_in_text(blocks: Sequence[Block], number: int) -> bool:
    """Is this link block a sentence or between running text, as a linked law title or attachment is, and no list of links?"""
    near = [blocks[n] for n in (number - 1, number + 1) if 0 <= n < len(blocks)]
    return not any(block.is_link for block in near) and all(block.sentences for block in near)


def _set_tail_aside(blocks: Sequence[Block], whys: list[str], inside: Sequence[int]) -> None:
    """Teasers after the article: links with summaries between them, to the end of the box, and the heading before them."""
    tail = [number for number in inside if whys[number] == "links" and number > inside[0] + (len(inside) - 1) * 0.3]
    if len(tail) < _TAIL_LINKS:
        return
    rest = [number for number in inside if number >= tail[0]]
    if sum(whys[number] == "links" for number in rest) * 3 < len(rest):
        return
    for number in rest:
        whys[number] = whys[number] or "teasers"
    before = tail[0] - 1
    if before >= 0 and not whys[before] and len(blocks[before].text) <= 12 and not _SENTENCE_SIGNS.search(blocks[before].text):
        whys[before] = "teasers"
