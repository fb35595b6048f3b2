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
_LINK_APART = 3  # blocks on either side of a link that must not be links as well, for it to belong to the text
_HEADLINE_WITHIN = 12  # blocks before the article in which its headline is looked for
_SHORTEST_HEADLINE = 6  # characters of a headline that is told by the page's title
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
    hint: str = ""  # why a box around it is surely no running text
    named: str = ""  # why a box around it may be none, by what it is called
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


def hint(tag: str, role: str | None, title: str | None) -> str:
    """Why an element is surely no running text: by its tag, its role, or the title that word processors export.

    >>> hint("nav", None, None), hint("div", None, "footer"), hint("div", "main", None)
    ('navigation', 'footer', '')
    """
    if tag in _FURNITURE_TAGS:
        return _FURNITURE_TAGS[tag]
    if tag == "div" and title in ("header", "footer"):
        return title
    return _FURNITURE_ROLES.get(role or "", "")


def name_hint(tag: str, *names: str | None) -> str:
    """What a template maker's class or id says of an element, if that is no running text; else an empty string.

    >>> name_hint("div", "share-bar", None), name_hint("div", "article-content", "main")
    ('share bar', '')
    """
    if tag in ("body", "html", "td", "main", "article"):
        return ""  # such a name on them styles the page: <body class="home nav-fixed">
    words = (word for name in names if name for word in _WORDS.findall(name.lower()))
    return next((_WHY[word] for word in words if word in _WHY), "")


def furniture(blocks: Sequence[Block], title: str = "") -> list[str]:
    """For each block of a page why it is to be set aside; an empty string for what belongs to the article.

    `title` is the title in the head of the page: it tells the headline.
    """
    weights = [block.sentences for block in blocks]
    links = [block.is_link for block in blocks]
    named = sum(weight for block, weight in zip(blocks, weights) if block.named)
    # A template that calls the box of the article itself "tools" or "hot" loses its say.
    believed = named <= sum(weights) / 2
    whys = [block.hint or (block.named if believed else "") for block in blocks]
    box = _article_box(blocks, weights, whys)
    if not box:
        return whys
    inside = [number for number, block in enumerate(blocks) if box in block.path]
    first, last = inside[0], inside[-1]
    for number in range(len(blocks)):
        if not whys[number] and not first <= number <= last:
            whys[number] = "outside the article"
    _keep_headline(blocks, whys, first, title)
    for number in range(first, last + 1):
        if (
            links[number]
            and not whys[number]
            and not blocks[number].cell
            and not _stands_in_text(number, range(first, last + 1), links, weights)
        ):
            whys[number] = "links"
    _set_tail_aside(blocks, whys, inside)
    return whys


def _article_box(blocks: Sequence[Block], weights: Sequence[int], whys: Sequence[str]) -> int:
    """The number of the smallest element that holds most of the sentences; 0 if the page has no article."""
    total = 0
    by_path: Counter[tuple[int, ...]] = Counter()
    for block, weight, why in zip(blocks, weights, whys):
        if weight and not why:
            total += weight
            by_path[block.path] += weight
    if total < _LITTLE_TEXT:
        return 0
    held: Counter[int] = Counter()
    for path, weight in by_path.items():
        for element in path:
            held[element] += weight
    # Down from the outermost element as long as one of the next ones holds enough.
    large = {element for element, weight in held.items() if weight >= _ARTICLE_SHARE * total}
    path = max(by_path, key=lambda path: sum(element in large for element in path))
    boxes = [element for element in path if element in large]
    # A single long paragraph is not the article's box: its neighbours belong to it.
    if len(boxes) > 1 and sum(boxes[-1] in block.path for block in blocks) == 1:
        boxes.pop()
    return boxes[-1] if boxes else 0


def _keep_headline(blocks: Sequence[Block], whys: list[str], first: int, title: str) -> None:
    """A headline often stands before the box of the article: a heading, or what the page's title begins with."""
    title = _bare(title)
    for number in range(first - 1, max(-1, first - _HEADLINE_WITHIN), -1):
        block = blocks[number]
        bare = _bare(block.text)
        named = len(bare) >= _SHORTEST_HEADLINE and title.startswith(bare)
        if whys[number] == "outside the article" and not block.is_link and (named or block.tag in ("h1", "h2")):
            whys[number] = ""
            return


def _bare(text: str) -> str:
    return "".join(text.split())


def _stands_in_text(number: int, inside: range, links: Sequence[bool], weights: Sequence[int]) -> bool:
    """Is this link block alone between running text, as a linked law title or attachment is, and no list of links?"""
    near = [n for n in range(number - _LINK_APART, number + _LINK_APART + 1) if n in inside and n != number]
    return not any(links[n] for n in near) and any(weights[n] for n in near)


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
