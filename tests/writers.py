"""Writes DOCX, PDF, XLSX and other files as plainly as their formats allow, for samples and tests.

Needs nothing but Python, and the same text always gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def container(parts: Mapping[str, str | bytes], stored: Sequence[str] = ()) -> bytes:
    """A ZIP file with the given parts; those named in `stored` are not compressed (EPUB and ODF want that of `mimetype`)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return target.getvalue()


def content_types(parts: Mapping[str, str]) -> str:
    """[Content_Types].xml of an Office file: part name to its type."""
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def relationships(targets: Iterable[tuple[str, str]]) -> str:
    """A .rels part: (kind, target) in order, with ids rId1, rId2 ..."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


# --- DOCX -----------------------------------------------------------------------------------------------------------


def run(text: str) -> str:
    """A run of a Word paragraph."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, style: str = "", after: str = "") -> str:
    """A Word paragraph; `after` is markup that follows the text in it (a footnote reference, a tracked change)."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{run(text)}{after}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Word table."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    cells = ("".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
        + "".join(f"<w:tr>{row}</w:tr>" for row in cells)
        + "</w:tbl>"
    )


def docx(body: str, footnotes: Sequence[str] = (), header: str = "", footer: str = "") -> bytes:
    """A Word document from the markup of its body; `footnotes` get the numbers 1, 2 ..."""
    word = f"{OFFICE}.wordprocessingml"
    notes = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>' + "".join(
        f'<w:footnote w:id="{number}">{paragraph(note)}</w:footnote>' for number, note in enumerate(footnotes, 1)
    )
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/></w:sectPr>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{number}"><w:name w:val="{name}"/></w:style>'
        for number, name in (("1", "heading 1"), ("10", "toc 1"))
    )

    def part(tag: str, content: str) -> str:
        return f'{XML}<w:{tag} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{tag}>'

    return container(
        {
            "[Content_Types].xml": content_types(
                {
                    "word/document.xml": f"{word}.document.main+xml",
                    "word/styles.xml": f"{word}.styles+xml",
                    "word/footnotes.xml": f"{word}.footnotes+xml",
                    "word/header1.xml": f"{word}.header+xml",
                    "word/footer1.xml": f"{word}.footer+xml",
                }
            ),
            "_rels/.rels": relationships([("officeDocument", "word/document.xml")]),
            "word/_rels/document.xml.rels": relationships(
                [("styles", "styles.xml"), ("footnotes", "footnotes.xml"), ("header", "header1.xml"), ("footer", "footer1.xml")]
            ),
            "word/document.xml": part("document", f"<w:body>{body}{section}</w:body>"),
            "word/styles.xml": part("styles", styles),
            "word/footnotes.xml": part("footnotes", notes),
            "word/header1.xml": part("hdr", paragraph(header)),
            "word/footer1.xml": part("ftr", paragraph(footer)),
        }
    )


def footnote(number: int) -> str:
    """The mark in the text that refers to footnote `number`."""
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def tracked(deleted: str, inserted: str) -> str:
    """A tracked change that replaces one text by another."""
    who = 'w:id="900" w:author="审稿" w:date="2025-03-01T09:00:00Z"'
    return f"<w:del {who}><w:r><w:delText>{escape(deleted)}</w:delText></w:r></w:del><w:ins {who}>{run(inserted)}</w:ins>"


# --- PDF ------------------------------------------------------------------------------------------------------------


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], rotate: int = 0) -> bytes:
    """A PDF with a text layer: for each page its lines as (x, y, text), in points from the lower left corner of an A4 page.

    The font is one that every PDF viewer substitutes (STSong-Light), so that nothing has to be embedded.
    """
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * number} 0 R' for number in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 [207 270 342 467 462 797 710 239 374]] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 "
        "/Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    for number, lines in enumerate(pages):
        stream = "".join(f"BT /F1 12 Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in lines)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {rotate} /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}endstream")
    pieces = [b"%PDF-1.5\n"]
    offsets = []
    length = len(pieces[0])
    for number, written in enumerate(objects, 1):
        offsets.append(length)
        pieces.append(f"{number} 0 obj\n{written}\nendobj\n".encode("ascii"))
        length += len(pieces[-1])
    table_of_offsets = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{length}\n%%EOF\n"
    pieces.append(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table_of_offsets}{trailer}".encode("ascii"))
    return b"".join(pieces)


# --- XLSX -----------------------------------------------------------------------------------------------------------


def xlsx(sheets: Mapping[str, Sequence[Sequence[str | int]]]) -> bytes:
    """A workbook from sheet names and rows; texts are shared strings, as Excel writes them."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings: dict[str, int] = {}
    parts: dict[str, str | bytes] = {}
    for number, rows in enumerate(sheets.values(), 1):
        content = ""
        for row_number, row in enumerate(rows, 1):
            cells = ""
            for column, cell in enumerate(row):
                place = f'r="{chr(ord("A") + column)}{row_number}"'
                if isinstance(cell, int):
                    cells += f"<c {place}><v>{cell}</v></c>"
                elif cell:
                    cells += f'<c {place} t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'
            content += f'<row r="{row_number}">{cells}</row>'
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'{XML}<worksheet xmlns="{main}"><sheetData>{content}</sheetData></worksheet>'
        )
    listed = "".join(f'<sheet name="{escape(title)}" sheetId="{n}" r:id="rId{n}"/>' for n, title in enumerate(sheets, 1))
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    kinds = {
        "xl/workbook.xml": f"{OFFICE}.spreadsheetml.sheet.main+xml",
        "xl/sharedStrings.xml": f"{OFFICE}.spreadsheetml.sharedStrings+xml",
    }
    kinds |= dict.fromkeys(parts, f"{OFFICE}.spreadsheetml.worksheet+xml")
    links = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    return container(
        {
            "[Content_Types].xml": content_types(kinds),
            "_rels/.rels": relationships([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": f'{XML}<workbook xmlns="{main}" xmlns:r="{R}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relationships([*links, ("sharedStrings", "sharedStrings.xml")]),
            "xl/sharedStrings.xml": f'{XML}<sst xmlns="{main}" count="{len(strings)}" uniqueCount="{len(strings)}">{shared}</sst>',
            **parts,
        }
    )


# --- PPTX -----------------------------------------------------------------------------------------------------------

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"


def shape(lines: Sequence[str], placeholder: str = "") -> str:
    """A shape of a slide with its paragraphs; `placeholder` is its type (title, body, ftr, sldNum ...)."""
    held = f'<p:ph type="{placeholder}"/>' if placeholder else ""
    paragraphs = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="s"/><p:cNvSpPr/><p:nvPr>{held}</p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/>{paragraphs}</p:txBody></p:sp>"
    )


def slide_table(rows: Sequence[Sequence[str]]) -> str:
    """A table on a slide."""
    cells = (
        "".join(f"<a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>{escape(cell)}</a:t></a:r></a:p></a:txBody></a:tc>" for cell in row)
        for row in rows
    )
    columns = '<a:gridCol w="3000000"/>' * max(map(len, rows))
    content = "".join(f'<a:tr h="370840">{row}</a:tr>' for row in cells)
    return (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="3" name="t"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm><a:off x="900000" y="1800000"/><a:ext cx="6000000" cy="1500000"/></p:xfrm><a:graphic><a:graphicData uri="{A.removesuffix("/main")}/table">'
        f"<a:tbl><a:tblGrid>{columns}</a:tblGrid>{content}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def pptx(slides: Sequence[str], notes: Mapping[int, Sequence[str]] | None = None) -> bytes:
    """A presentation from the shapes of its slides; `notes` holds what is noted for the speaker, by slide from 0."""
    kind = f"{OFFICE}.presentationml"
    spaces = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}"'
    parts: dict[str, str | bytes] = {}
    kinds = {"ppt/presentation.xml": f"{kind}.presentation.main+xml"}
    for number, shapes in enumerate(slides, 1):
        tree = f"<p:cSld><p:spTree><p:nvGrpSpPr/><p:grpSpPr/>{shapes}</p:spTree></p:cSld>"
        parts[f"ppt/slides/slide{number}.xml"] = f"{XML}<p:sld {spaces}>{tree}</p:sld>"
        kinds[f"ppt/slides/slide{number}.xml"] = f"{kind}.slide+xml"
        if notes and number - 1 in notes:
            noted = f"<p:cSld><p:spTree>{shape(notes[number - 1], 'body')}{shape([str(number)], 'sldNum')}</p:spTree></p:cSld>"
            parts[f"ppt/notesSlides/notesSlide{number}.xml"] = f"{XML}<p:notes {spaces}>{noted}</p:notes>"
            kinds[f"ppt/notesSlides/notesSlide{number}.xml"] = f"{kind}.notesSlide+xml"
            parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = relationships(
                [("notesSlide", f"../notesSlides/notesSlide{number}.xml")]
            )
    listed = "".join(f'<p:sldId id="{255 + number}" r:id="rId{number}"/>' for number in range(1, len(slides) + 1))
    return container(
        {
            "[Content_Types].xml": content_types(kinds),
            "_rels/.rels": relationships([("officeDocument", "ppt/presentation.xml")]),
            "ppt/presentation.xml": f"{XML}<p:presentation {spaces}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": relationships(
                ("slide", f"slides/slide{number}.xml") for number in range(1, len(slides) + 1)
            ),
            **parts,
        }
    )


# --- OpenDocument ---------------------------------------------------------------------------------------------------

ODF = {
    prefix: f"urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"
    for prefix in ("office", "text", "table", "style", "draw", "presentation", "manifest")
}


def odf(kind: str, body: str, header: str = "", footer: str = "") -> bytes:
    """An OpenDocument file of `kind` text, spreadsheet or presentation from the markup of its body."""
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in ODF.items())
    media = f"application/vnd.oasis.opendocument.{kind}"
    page = (
        '<office:master-styles><style:master-page style:name="Standard">'
        + (f"<style:header><text:p>{escape(header)}</text:p></style:header>" if header else "")
        + (f"<style:footer><text:p>{escape(footer)}</text:p></style:footer>" if footer else "")
        + "</style:master-page></office:master-styles>"
    )
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{what}"/>'
        for path, what in (("/", media), ("content.xml", "text/xml"), ("styles.xml", "text/xml"))
    )
    return container(
        {
            "mimetype": media,
            "META-INF/manifest.xml": f"{XML}<manifest:manifest {spaces}>{listed}</manifest:manifest>",
            "content.xml": f"{XML}<office:document-content {spaces}><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
            "styles.xml": f"{XML}<office:document-styles {spaces}>{page}</office:document-styles>",
        },
        stored=["mimetype"],
    )


# --- EPUB -----------------------------------------------------------------------------------------------------------


def epub(title: str, chapters: Mapping[str, str]) -> bytes:
    """A book from chapter titles and the markup of their bodies."""
    pages = {f"OEBPS/chapter{n}.xhtml": page for n, page in enumerate(chapters.items(), 1)}
    items = "".join(
        f'<item id="c{n}" href="chapter{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(1, len(pages) + 1)
    )
    order = "".join(f'<itemref idref="c{n}"/>' for n in range(1, len(pages) + 1))
    contents = "".join(f'<li><a href="chapter{n}.xhtml">{escape(name)}</a></li>' for n, name in enumerate(chapters, 1))
    xhtml = f'{XML}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{escape(title)}</title></head><body>'
    return container(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": f'{XML}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
            "OEBPS/book.opf": f'{XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>'
            f'<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>{items}</manifest>'
            f'<spine><itemref idref="nav"/>{order}</spine></package>',
            "OEBPS/nav.xhtml": f"{xhtml}<nav><ol>{contents}</ol></nav></body></html>",
            **{part: f"{xhtml}<h1>{escape(name)}</h1>{body}</body></html>" for part, (name, body) in pages.items()},
        },
        stored=["mimetype"],
    )


# --- RTF ------------------------------------------------------------------------------------------------------------


def rtf_text(text: str) -> str:
    """Chinese as RTF: bytes of code page 936 where there are some, numbered characters with a stand-in elsewhere."""
    written = ""
    for character in text:
        if character.isascii():
            written += "\\" + character if character in "\\{}" else character
            continue
        try:
            written += "".join(f"\\'{byte:02x}" for byte in character.encode("gbk"))
        except UnicodeEncodeError:
            written += "".join(f"\\u{unit - 65536 if unit > 32767 else unit}?" for unit in _units(character))
    return written


def rtf(body: str) -> bytes:
    """An RTF file from the markup of its body."""
    fonts = "{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}{\\f1\\fswiss\\fcharset0 Arial;}}"
    return f"{{\\rtf1\\ansi\\ansicpg936\\deff0\\uc1{fonts}\\f0 {body}}}".encode("ascii")


def _units(character: str) -> list[int]:
    packed = character.encode("utf-16-le")
    return [int.from_bytes(packed[at : at + 2], "little") for at in range(0, len(packed), 2)]
