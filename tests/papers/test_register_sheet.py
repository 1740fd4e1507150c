"""Sổ theo dõi as a workbook: the rows of the board, and totals that another program recalculates to the same."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from paper_samples import FIRST, MONDAY, PLAN, SECOND, converted, hand_in

from dondoc.papers.register_sheet import FIRST as FIRST_ROW
from dondoc.papers.register_sheet import OTHER, ROWS, STATES, TOTALS, Line, register_sheet
from dondoc.use_cases.board import board
from dondoc.use_cases.office import Office
from dondoc.use_cases.register_book import register_book, state_of


def test_each_occurrence_is_a_row_and_the_board_says_the_same(office: Office) -> None:
    hand_in(office, SECOND)
    sheet = load_workbook(io.BytesIO(register_book(office, PLAN, MONDAY).content))[ROWS]
    rows = [row for row in board(office, MONDAY, known_at=MONDAY, plan=PLAN) if not row.confidential]
    said = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=FIRST_ROW)]
    assert [(row[2], row[4], row[10], row[11]) for row in said] == [
        (row.title, row.party, row.label, state_of(row)) for row in rows
    ]
    (handed_in,) = [row for row in said if row[9] == "12/BC-TT"]
    assert handed_in[4] == "Trung tâm Khoa học và Công nghệ"


def test_libreoffice_recalculates_the_totals_to_the_boards(
    office: Office, tmp_path: Path, need_tool: Callable[..., str]
) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(register_book(office, PLAN, MONDAY).content)
    converted(
        need_tool("soffice"), file, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    )
    (totals,) = tmp_path.glob("so*Tổng*.csv")
    table = list(csv.reader(totals.read_text(encoding="utf-8").splitlines()))
    rows = board(office, MONDAY, known_at=MONDAY, plan=PLAN)
    counted = Counter(state_of(row) for row in rows)
    last = next(row for row in table if row[0] == "Cộng")
    assert [int(figure) for figure in last[1:7]] == [*(counted[state] for state in (*STATES, OTHER)), len(rows)]


def test_words_that_look_like_formulas_stay_words() -> None:
    line = Line("II", '=HYPERLINK("http://x.test")', "", "+A1", "@b", None, None, None, "-1", "", STATES[0], 0)
    book = load_workbook(io.BytesIO(register_sheet("=1+1", "", [line], [])))
    cells = [cell for row in book[ROWS].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert {cell.data_type for cell in book[TOTALS]["A"]} == {"s"}


def test_an_empty_plan_makes_a_workbook_too() -> None:
    book = load_workbook(io.BytesIO(register_sheet("Sổ", "", [], [0] * 5)))
    assert book.sheetnames == [ROWS, TOTALS]


def test_both_reports_are_late_and_counted_so(office: Office) -> None:
    rows = {row.key: state_of(row) for row in board(office, MONDAY, plan=PLAN)}
    assert rows[FIRST] == rows[SECOND] == STATES[3]
