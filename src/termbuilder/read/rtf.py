"""Rich Text Format (RTF), as Word, WPS and old mail programs write it.

Chinese stands in an RTF file in two ways: as bytes of a code page (\\'d5\\'d0, the font says which) or as numbered Unicode
characters followed by a stand-in for programs that know none (\\u25307?). Files mix both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from termbuilder.errors import InputRefused
from termbuilder.model import Document
from termbuilder.read.building import RAISED, TextBuilder, column_letters
from termbuilder.read.encodings import plausibility
from termbuilder.read.rtf_words import CHARACTERS, CHARSETS, CODE_PAGES, SIDE, SKIPPED, STARRED_BUT_PRINTED

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|(?P<hex>(?:\\'[0-9a-fA-F]{2}){1,1000})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)",
    re.DOTALL,
)
_PLAUSIBLE = 0.25  # share of common characters among the bytes, as for text files
_DEEPEST = 1000  # groups in groups; Word writes about 20
_MOST_MARKUP = 10_000_000  # control words and braces, read in about a minute; Word writes half a million for 1,000 pages
_MOST_UNITS = 1000  # numbered characters that wait to be put together


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits from the one around it and forgets at its end."""

    skip: bool = False
    codec: str = ""  # of the font; empty: that of the file
    fallback: int = 1  # how many stand-ins follow a Unicode character
    hidden: bool = False
    raised: bool = False
    target: str = ""  # body, or the side text (note, header, footer) that the group holds
    in_fonts: bool = False
    font: int = -1


def read(name: str, data: bytes, encoding: str = "") -> Document:
    """Read body, tables and footnotes; headers and footers are set aside, deleted and hidden text is left out.

    Raises InputRefused for what is no RTF file.

    >>> read("a.rtf", rb"{\\rtf1\\ansi\\ansicpg936 \\'d5\\'d0\\u21830?\\par}").text
    '招商'
    """
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise InputRefused(f"{name} is not an RTF file, whatever its name says. Save it again as .docx.")
    if sum(map(data.count, (b"{", b"}", b"\\"))) - data.count(b"\\'") > _MOST_MARKUP:
        raise InputRefused(f"{name} holds more markup than any letter or report. Save it again as .docx.")
    reader = _Reader(name, encoding)
    whole = reader.through(data)
    warning = f"{name} is cut off: what was read was kept, the rest is missing. Get the whole file again."
    return reader.text.document(name, "rtf", warnings=() if whole else (warning,))


class _Reader:
    """Follows the groups of the file; bytes are kept until they can be decoded together."""

    def __init__(self, name: str, encoding: str) -> None:
        self.text = TextBuilder()
        self._name = name
        self._codec = encoding or "cp1252"
        self._told = bool(encoding)
        self._fonts: dict[int, str] = {}
        self._state = _State()
        self._stack: list[_State] = []
        self._bytes = bytearray()
        self._units: list[int] = []  # UTF-16 numbers of \u that wait for their other half
        self._stand_ins = 0  # characters still to be passed over after a \u
        self._sides: list[tuple[str, list[str]]] = []  # notes, headers and footers: kind and pieces
        self._line: list[str] = []
        self._paragraphs = self._tables = self._rows = self._column = 0
        self._in_table = False

    def through(self, data: bytes) -> bool:
        """Read to the end; was that the end of the outermost group?"""
        source = data.decode("latin-1")
        if not self._told and "\\ansicpg" not in source[:4096]:
            self._codec = _likely_code_page(source)
        starred = False
        at = 0
        while at < len(source):
            token = _TOKEN.match(source, at)
            if token is None:  # a lone backslash at the end
                break
            at = token.end()
            word, brace = token["word"], token["brace"]
            if token["hex"]:
                self._escaped(bytes.fromhex(token["hex"].replace("\\'", "")))
            elif token["text"]:
                self._run(token["text"])
            elif brace == "{":
                self._settle()
                if len(self._stack) >= _DEEPEST:
                    raise InputRefused(f"{self._name} has groups nested more than {_DEEPEST} deep. Save it again as .docx.")
                self._stack.append(self._state)
            elif brace == "}":
                self._settle()
                self._state = self._stack.pop() if self._stack else _State()
            elif token["sign"]:
                if token["sign"] == "*":
                    starred = True
                    continue
                self._sign(token["sign"])
            elif word == "bin":
                at += max(0, int(token["number"] or 0))
            elif word:
                self._word(word, int(token["number"]) if token["number"] else None, starred)
            starred = False
        self._settle()
        self._end_paragraph()
        self._add_sides()
        return not self._stack and at <= len(source)

    def _word(self, word: str, number: int | None, starred: bool) -> None:
        if word == "u" and number is not None:
            self._unicode(number % 65536)
            return
        self._settle()
        state = self._state
        if word == "fonttbl":
            self._state = replace(state, skip=True, in_fonts=True)
        elif state.in_fonts:
            if word == "f":
                self._state = replace(state, font=number or 0)
            elif word == "fcharset":
                self._fonts[state.font] = CHARSETS.get(number or 0, "")
        elif word in SIDE and not state.skip:
            kind = SIDE[word]
            self._sides.append((kind, []))
            self._state = replace(state, target=kind)
        elif word in SKIPPED or (starred and word not in STARRED_BUT_PRINTED):
            self._state = replace(state, skip=True)
        elif word in ("f", "af") and number is not None:
            self._state = replace(state, codec=self._fonts.get(number, ""))
        elif word == "ansicpg" and not self._told:
            self._codec = CODE_PAGES.get(number or 0, f"cp{number}" if number in range(1250, 1259) else "cp1252")
        elif word == "uc":
            self._state = replace(state, fallback=max(0, min(number or 0, 8)))
        elif word in ("v", "deleted"):
            self._state = replace(state, hidden=number != 0)
        elif word in ("super", "nosupersub"):
            self._state = replace(state, raised=word == "super" and number != 0)
        elif word == "plain":
            self._state = replace(state, hidden=False, raised=False, codec="")
        elif not state.skip:
            self._printed_word(word)

    def _printed_word(self, word: str) -> None:
        if word in CHARACTERS:
            self._add(CHARACTERS[word])
        elif word in ("par", "sect", "page", "nestcell"):
            if self._state.target:
                self._add("\n")
            elif self._in_table:
                self._line.append("\n")
            else:
                self._end_paragraph()
        elif word == "pard" and not self._state.target:
            self._in_table = False
        elif word == "intbl" and not self._state.target:
            self._in_table = True
        elif word == "cell":
            self._in_table = True
            self._end_cell()
        elif word == "row":
            self._end_row()

    def _sign(self, sign: str) -> None:
        if self._stand_ins:
            self._stand_ins -= 1
            return
        self._settle()
        character = {"~": "\xa0", "_": "-", "-": "", "\n": "\n", "\r": "\n"}.get(sign, sign if sign in "{}\\" else "")
        if character == "\n":
            self._printed_word("par")
        elif character:
            self._add(character)

    def _run(self, text: str) -> None:
        if self._stand_ins:
            passed = min(self._stand_ins, len(text))
            self._stand_ins -= passed
            text = text[passed:]
        if self._state.skip or not text:
            return
        if text.isascii() and not self._bytes:
            self._settle()
            self._add(text)
        else:  # raw bytes of a code page; the second byte of a Big5 or GBK character may look like ASCII
            self._settle(keep_bytes=True)
            self._bytes += text.encode("latin-1")

    def _escaped(self, content: bytes) -> None:
        passed = min(self._stand_ins, len(content))
        self._stand_ins -= passed
        if len(content) > passed and not self._state.skip:
            self._settle(keep_bytes=True)
            self._bytes += content[passed:]

    def _unicode(self, unit: int) -> None:
        if self._state.skip:
            self._stand_ins = self._state.fallback
            return
        halves = bool(self._units) and 0xD800 <= self._units[-1] < 0xDC00 <= unit < 0xE000
        self._settle(keep_units=halves or len(self._units) < _MOST_UNITS)
        self._stand_ins = self._state.fallback
        self._units.append(unit)

    def _settle(self, keep_bytes: bool = False, keep_units: bool = False) -> None:
        """Turn what was collected into characters, before something of another kind comes."""
        if self._bytes and not keep_bytes:
            codec = self._state.codec or self._codec
            # A Chinese file often names a Western font for Chinese bytes: the code page of the file decides then.
            if codec == "cp1252" != self._codec and self._codec in ("gb18030", "big5hkscs"):
                codec = self._codec
            content = bytes(self._bytes)
            self._bytes.clear()
            try:
                self._add(content.decode(codec, errors="replace"))
            except LookupError:  # --encoding names no codec
                raise InputRefused(f"{self._name}: there is no encoding {codec}. Leave --encoding out.") from None
        if self._units and not keep_units:
            packed = b"".join(unit.to_bytes(2, "little") for unit in self._units)
            self._units.clear()
            self._add(packed.decode("utf-16-le", errors="replace"))
        if not keep_units:
            self._stand_ins = 0 if not keep_bytes else self._stand_ins

    def _add(self, text: str) -> None:
        if self._state.skip or self._state.hidden:
            return
        if self._state.raised:
            text = text.translate(RAISED)
        if self._state.target:
            self._sides[-1][1].append(text)
        else:
            self._line.append(text)

    def _taken_line(self) -> str:
        content = "".join(self._line).replace("\0", "")
        self._line.clear()
        return content

    def _end_paragraph(self) -> None:
        content = self._taken_line()
        self._paragraphs += 1
        if self._rows or self._column:  # the first paragraph after a table
            self._rows = self._column = 0
        if content.strip():
            self.text.line(content, "paragraph", str(self._paragraphs))

    def _end_cell(self) -> None:
        content = self._taken_line().strip("\n")
        if not self._rows:
            self._tables += 1
            self._rows = 1
        if content.strip():
            if self._column:
                self.text.add("\t")
            else:
                self.text.end_line()
            self.text.mark("cell", f"{column_letters(min(self._column, 1000))}{self._rows} of table {self._tables}")
            self.text.add(content)
        elif not self._column:
            self.text.end_line()
        self._column += 1

    def _end_row(self) -> None:
        if self._line and "".join(self._line).strip():
            self._end_cell()
        self._line.clear()
        self._rows += 1
        self._column = 0
        self.text.end_line()

    def _add_sides(self) -> None:
        """Footnotes after the body; headers and footers last, each text once, set aside."""
        notes = 0
        seen: set[str] = set()
        for kind, pieces in sorted(self._sides, key=lambda side: side[0] != "note"):
            content = "".join(pieces).strip().replace("\0", "")
            if kind == "note":
                notes += 1
            if not content or (kind != "note" and content in seen):
                continue
            seen.add(content)
            self.text.line(content, "note", str(notes) if kind == "note" else kind, aside="" if kind == "note" else kind)


def _likely_code_page(source: str) -> str:
    """The code page of a file that names none, as old systems write them: the Chinese one in which its bytes make sense."""
    escaped = "".join(re.findall(r"\\'([0-9a-fA-F]{2})", source[:200_000]))
    scores = {codec: plausibility(bytes.fromhex(escaped).decode(codec, "replace")) for codec in ("gb18030", "big5hkscs")}
    best = max(scores, key=lambda codec: scores[codec])
    return best if scores[best] >= _PLAUSIBLE else "cp1252"
