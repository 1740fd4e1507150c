"""Sổ theo dõi as a workbook: a row an occurrence with filters, and totals by unit that are formulas over those rows."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

STATES = ("Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Chưa hoàn thành, trong hạn", "Chưa hoàn thành, quá hạn")
OTHER = "Không tính"  # waived, nothing occurred, before the watch, no due yet
ROWS, TOTALS = "Sổ theo dõi", "Tổng hợp"
COLUMNS: tuple[tuple[str, int], ...] = (
    ("TT", 6),
    ("Mục", 9),
    ("Nội dung công việc", 52),
    ("Kỳ", 20),
    ("Đơn vị", 34),
    ("Người phụ trách", 30),
    ("Hạn ban đầu", 13),
    ("Hạn hiện nay", 13),
    ("Ngày hoàn thành", 13),
    ("Số, ký hiệu văn bản", 20),
    ("Tình trạng", 36),
    ("Nhóm", 28),
    ("Số ngày quá hạn", 10),
)
PARTY, STATE = 5, 12  # columns that the totals count over
FIRST = 4  # the sheet row of the first occurrence
_FONT, _BOLD = Font(name="Times New Roman", size=12), Font(name="Times New Roman", size=12, bold=True)
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


class Line(NamedTuple):
    """One occurrence in the office's words; `state` is one of STATES or OTHER."""

    section: str
    title: str
    period: str
    party: str
    responsible: str
    first_on: date | None
    last_on: date | None
    done_on: date | None
    number: str
    status: str
    state: str
    days: int


def register_sheet(title: str, as_of: str, lines: Iterable[Line], cases: Sequence[int]) -> bytes:
    """An xlsx; `cases` are the confidential ones, counted by state and named nowhere. Memory grows with units alone."""
    book = Workbook(write_only=True)
    sheet, parties, count = book.create_sheet(ROWS), dict[str, None](), 0
    for n, (_name, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.freeze_panes = f"A{FIRST}"
    _page(sheet)
    sheet.append([_cell(sheet, title, _BOLD)])
    sheet.append([_cell(sheet, as_of, _FONT)])
    sheet.append([_cell(sheet, name, _BOLD, boxed=True) for name, _width in COLUMNS])
    for count, one in enumerate(lines, 1):
        parties.setdefault(one.party)
        sheet.append([_cell(sheet, value, _FONT, boxed=True) for value in (count, *one)])
    sheet.auto_filter.ref = f"A{FIRST - 1}:{get_column_letter(len(COLUMNS))}{FIRST - 1 + count}"
    sheet.print_title_rows = f"{FIRST - 1}:{FIRST - 1}"
    _totals(book, as_of, sorted(parties), FIRST - 1 + max(count, 1), cases)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _totals(book: Workbook, as_of: str, parties: Sequence[str], last: int, cases: Sequence[int]) -> None:
    """A row a unit, each figure a formula over the rows; then the confidential cases; then their sum."""
    sheet, heads = book.create_sheet(TOTALS), ("Đơn vị", *STATES, OTHER, "Cộng")
    for n, width in enumerate((40, 16, 16, 16, 16, 16, 12), 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    _page(sheet)
    sheet.append([_cell(sheet, f"Tổng hợp theo đơn vị. {as_of}", _BOLD)])
    sheet.append([_cell(sheet, head, _BOLD, boxed=True) for head in heads])
    party, state = (f"'{ROWS}'!${get_column_letter(c)}${FIRST}:${get_column_letter(c)}${last}" for c in (PARTY, STATE))
    row = 2
    for row, name in enumerate(parties, 3):
        figures = [f"=COUNTIFS({party},$A{row},{state},{_letter(n)}$2)" for n in range(2, 7)]
        sheet.append(_row(sheet, name, figures, row))
    if any(cases):
        row += 1
        sheet.append(_row(sheet, "Vụ việc bảo mật (chỉ đếm)", list(cases), row))
    sums = [f"=SUM({_letter(n)}3:{_letter(n)}{row})" if row > 2 else 0 for n in range(2, 7)]
    sheet.append(_row(sheet, "Cộng", sums, row + 1, _BOLD))


def _row(sheet: Any, name: str, figures: Sequence[Any], row: int, font: Font = _FONT) -> list[Any]:
    cells = [_cell(sheet, name, font, boxed=True)]
    total = f"=SUM(B{row}:F{row})"
    return cells + [_cell(sheet, value, font, boxed=True, formula=True) for value in (*figures, total)]


def _letter(n: int) -> str:
    return get_column_letter(n)


def _cell(sheet: Any, value: Any, font: Font, *, boxed: bool = False, formula: bool = False) -> WriteOnlyCell:
    """Words are words, whatever sign they begin with: only our own totals are formulas."""
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str) and not formula:
        cell.data_type = "s"
    if isinstance(value, date):
        cell.number_format = "DD/MM/YYYY"
    cell.font = font
    if boxed:
        cell.border, cell.alignment = _BOX, Alignment(wrap_text=True, vertical="top")
    return cell


def _page(sheet: Any) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
