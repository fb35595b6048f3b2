"""What the control words and numbers of RTF stand for."""

from __future__ import annotations

from termbuilder.read.building import names

# Groups that hold no printed text of the body.
SKIPPED = names(
    "fonttbl colortbl stylesheet info pict object fldinst datafield themedata colorschememapping listtable listoverridetable revtbl"
    " rsidtbl generator xmlnstbl latentstyles datastore nonshppict sp sn sv tc xe rxe bkmkstart bkmkend annotation atnid atnauthor"
    " pgptbl filetbl operator author title subject comment keywords category company pntxta pntxtb background ftnsep ftnsepc ftncn"
    " aftnsep aftnsepc aftncn template private userprops mmathPr"
)
SIDE = {"footnote": "note", "header": "header", "headerl": "header", "headerr": "header", "headerf": "header"}
SIDE |= {"footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer"}
STARRED_BUT_PRINTED = frozenset(("shpinst", "shptxt", "shppict"))
CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "softline": "\n",
}  # fmt: skip
CHARSETS = {
    134: "gb18030",
    136: "big5hkscs",
    128: "cp932",
    129: "cp949",
    0: "cp1252",
    204: "cp1251",
    238: "cp1250",
    161: "cp1253",
}
CODE_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8"}
