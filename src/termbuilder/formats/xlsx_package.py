"""Makes the file of a workbook: what XlsxWriter makes of it, and the rows that wait beside its sheets."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from termbuilder.formats.xlsx_rows import RowSheet

_COPIED_AT_ONCE = 1 << 16
_LARGE = 1 << 30  # bytes from which on a part of the file may need the longer form of its sizes
_LEVEL = 5  # of compression: two thirds of the time that 6 takes, and the file is 3 % larger


@contextmanager
def packaged(path: Path) -> Iterator[Any]:
    """Give a workbook of XlsxWriter for sheets that are RowSheets; when the block ends well, it is in `path`. OSError if it is too large."""
    made = io.BytesIO()
    try:
        # in constant memory texts stand in their cells, and not in a list of all of them
        with xlsxwriter.Workbook(made, {"constant_memory": True, "strings_to_formulas": False}) as workbook:
            yield workbook
    except XlsxWriterException as error:
        raise OSError(str(error)) from error
    _write(made, workbook.worksheets(), path)


def _write(made: IO[bytes], sheets: Sequence[RowSheet], path: Path) -> None:
    rows = {f"xl/worksheets/sheet{number}.xml": sheet.rows for number, sheet in enumerate(sheets, 1)}
    with ZipFile(made) as parts, ZipFile(path, "w") as package:
        for name in parts.namelist():
            before, end, after = parts.read(name).partition(b"</sheetData>")
            info = ZipInfo(name)  # without the time of day: the same run gives the same bytes
            info.compress_type = ZIP_DEFLATED
            info._compresslevel = _LEVEL  # type: ignore[attr-defined]  # there is no other way to say it without the time
            is_large = name in rows and rows[name].seek(0, 2) > _LARGE
            with package.open(info, "w", force_zip64=is_large) as part:
                part.write(before)
                if name in rows:
                    with rows[name] as file:
                        file.seek(0)
                        shutil.copyfileobj(file, part, _COPIED_AT_ONCE)
                part.write(end + after)
