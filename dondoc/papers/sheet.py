"""Tables people keep in Excel: read by their column headings wherever those stand, and written to be filled in."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

LARGEST = 2 * 1024 * 1024  # bytes of one file
UNPACKED, MEMBERS = 50 * 1024 * 1024, 500  # what it may hold when it is opened
MOST_ROWS, MOST_COLUMNS, HEAD_WITHIN = 5000, 40, 20

Cell = str | date


class SheetError(ValueError):
    """`why`: not-xlsx, too-large, too-many-rows, or no-head."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class SheetRow(NamedTuple):
    """One row by field; `n` is its number in Excel. Cells without a value are left out."""

    n: int
    cells: Mapping[str, Cell]

    def text(self, field: str) -> str:
        value = self.cells.get(field, "")
        return value.isoformat() if isinstance(value, date) else value


class Sheet(NamedTuple):
    """`columns` gives a field's letter in Excel, for messages."""

    rows: tuple[SheetRow, ...]
    columns: Mapping[str, str]


def read_sheet(content: bytes, headings: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Sheet:
    """The first sheet's rows. `headings` are the names a field's column may bear; SheetError where `needed` lack one.

    Case, accents and spaces of a heading do not matter. Formulas give the value Excel last worked out.
    """
    lines = _lines(content)
    wanted = {_plain(name): field for field, names in headings.items() for name in names}
    for n, line in lines:
        found = {place: wanted[_plain(str(cell))] for place, cell in enumerate(line) if _plain(str(cell)) in wanted}
        if set(needed) <= set(found.values()):
            return Sheet(tuple(_rows(lines, found)), {field: _letter(place) for place, field in found.items()})
        if n >= HEAD_WITHIN:
            break
    raise SheetError("no-head")


def write_sheet(title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet; every cell is text or a day, never a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = title
    for n, line in enumerate([heads, *rows], 1):
        for place, value in enumerate(line, 1):
            cell = sheet.cell(n, place)
            if isinstance(value, date):
                cell.value, cell.number_format = value, "DD/MM/YYYY"
            else:  # text even where it begins with "=" or with a zero
                cell.value, cell.data_type, cell.number_format = value, "s", "@"
    for place, head in enumerate(heads, 1):
        sheet.cell(1, place).font = Font(bold=True)
        widest = max([len(head), *(len(str(line[place - 1])) for line in rows)])
        sheet.column_dimensions[_letter(place - 1)].width = min(widest + 2, 50)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lines(content: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    from openpyxl import load_workbook  # slow to import, and seldom needed

    _refuse_bomb(content)
    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False).worksheets[0]
        lines = [line[:MOST_COLUMNS] for _n, line in zip(range(MOST_ROWS + 1), sheet.values, strict=False)]
    except Exception as broken:  # openpyxl raises whatever its parsers raise
        raise SheetError("not-xlsx") from broken
    if len(lines) > MOST_ROWS:
        raise SheetError("too-many-rows")
    return iter([(n, line) for n, line in enumerate(lines, 1)])


def _refuse_bomb(content: bytes) -> None:
    if len(content) > LARGEST:
        raise SheetError("too-large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise SheetError("not-xlsx") from None
    if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED:
        raise SheetError("too-large")


def _rows(lines: Iterator[tuple[int, Sequence[Any]]], places: Mapping[int, str]) -> Iterator[SheetRow]:
    for n, line in lines:
        cells = {field: value for place, field in places.items() if (value := _cell(line, place)) != ""}
        if cells:
            yield SheetRow(n, cells)


def _cell(line: Sequence[Any], place: int) -> Cell:
    value = line[place] if place < len(line) else None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(unicodedata.normalize("NFC", str(value)).split())


def _plain(heading: str) -> str:
    bare = unicodedata.normalize("NFD", heading.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", " ", "".join(c for c in bare if not unicodedata.combining(c))).strip()


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else f"A{chr(ord('A') + place - 26)}"
