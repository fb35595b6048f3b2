"""How cells of the workbook look: its few cell formats."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format

FONT = "Microsoft YaHei"  # has pinyin with tone marks and every common Han character; others fall back by themselves
DARK, PALE, LINE = "#1F3864", "#F2F5FA", "#C9D1DE"
_BASE = {"font_name": FONT, "font_size": 10, "valign": "top"}


class Style:
    """A cell format, and the attribute that a cell of this format has."""

    def __init__(self, format: Format) -> None:
        """The style of `format`; formats get their numbers in the order in which they become styles."""
        self.format = format
        number = format._get_xf_index()
        self.attribute = f' s="{number}"' if number else ""


class Looks:
    """The cell formats of a workbook."""

    def __init__(self, workbook: Any) -> None:
        """Add them to `workbook`."""
        self._workbook = workbook
        ruled = {**_BASE, "bottom": 1, "bottom_color": LINE, "text_wrap": True}
        self.term = self._style(**_BASE | {"text_wrap": True, "bold": True, "font_size": 11})
        self.body = self._style(**_BASE, text_wrap=True)
        self.link = self._style(**_BASE, text_wrap=True, font_color="#0563C1", underline=1)
        self.number = self._style(**_BASE, align="right")
        self.head = self._style(
            **_BASE | {"bold": True, "font_color": "white", "bg_color": DARK, "text_wrap": True, "valign": "vcenter"}
        )
        self.label = self._style(**ruled, bold=True, bg_color=PALE)
        self.fact = self._style(**ruled)
        self.title = self._style(font_name=FONT, font_size=16, bold=True, font_color=DARK)

    # rare: a file without such a cell does not mention them

    @cached_property
    def quoted(self) -> Style:
        """Of a cell that starts with = + - @: it stays text even when somebody edits it."""
        return self._style(**_BASE, text_wrap=True, quote_prefix=True)

    @cached_property
    def hit(self) -> Style:
        """Of a cell that is marked from end to end."""
        return self._style(**_BASE, text_wrap=True, bold=True, font_color="#C00000")

    def _style(self, **properties: Any) -> Style:
        return Style(self._workbook.add_format(properties))
