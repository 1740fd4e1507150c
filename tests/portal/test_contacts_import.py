"""/danh-ba: an Excel file of addresses is seen row by row, and nothing is written before a person says so."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from answering_office import DOER, HEAD, Portal
from form_fields import fields
from httpx import Response
from openpyxl import Workbook, load_workbook
from own_office import own_office, people_of

from dondoc.use_cases.contacts_sheet import read_contacts
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused

ADMIN, NAME = "cv-kiem-soat-tthc", "Cán bộ đầu mối Chi cục TĐC"
HEADS = ["Họ và tên", "Email", "Số điện thoại", "Zalo", "Ngày đồng ý Zalo"]


def xlsx(*rows: list[object]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.fixture
def own(opened: Office, tmp_path: Path) -> Iterator[Portal]:
    with own_office(opened, tmp_path) as portal:
        portal.sign_in(ADMIN)
        yield portal


def hand_in(portal: Portal, content: bytes) -> Response:
    files = {"file": ("danh-ba.xlsx", content, "application/octet-stream")}
    return portal.browser.post("/danh-ba", data=fields(portal, "/danh-ba"), files=files)


def test_rows_are_shown_then_written_when_confirmed_once(own: Portal, tmp_path: Path) -> None:
    before = people_of(tmp_path)
    # A figure has lost its zero; a title line stands above the headings.
    page = hand_in(own, xlsx(["DANH BẠ CƠ QUAN"], HEADS, [NAME, "moi@so.example", 912345678, None, date(2022, 6, 1)]))
    assert "moi@so.example" in page.text and "0912345678" in page.text and people_of(tmp_path) == before
    form = hidden(page) | {"take": DOER}
    for _ in range(2):
        assert own.browser.post("/danh-ba/ghi", data=form).status_code == 303
    contact = own.office.contacts[DOER]
    assert (contact.email, contact.phone, contact.zalo_opt_in) == ("moi@so.example", "0912345678", date(2022, 6, 1))
    assert len([line for line in people_of(tmp_path)[1].splitlines() if line not in before[1].splitlines()]) == 1


def hidden(page: Response) -> dict[str, str]:
    import re
    from html import unescape

    return {
        name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    }


def test_a_row_not_ticked_is_not_written(own: Portal, tmp_path: Path) -> None:
    before = people_of(tmp_path)
    page = hand_in(own, xlsx(HEADS, [NAME, "moi@so.example"]))
    assert own.browser.post("/danh-ba/ghi", data=hidden(page)).status_code == 422
    assert people_of(tmp_path) == before


def test_what_was_tampered_with_on_the_way_is_refused_whole(own: Portal, tmp_path: Path) -> None:
    before = people_of(tmp_path)
    form = hidden(hand_in(own, xlsx(HEADS, [NAME, "moi@so.example"])))
    for rows in ("{", "[1]", '{"ai-do": {"email": "a@b.example"}}', f'{{"{DOER}": {{"email": "khong phai"}}}}', ""):
        taken = {**form, "rows": rows, "take": ["ai-do", DOER]}
        assert own.browser.post("/danh-ba/ghi", data=taken).status_code == 422
    assert people_of(tmp_path) == before


def test_errors_name_row_and_column_and_leave_the_others(own: Portal) -> None:
    content = xlsx(
        HEADS,
        [NAME, "không phải thư"],
        ["Người lạ", "a@so.example"],
        ["Kiểm định viên 1", "kdv@so.example"],
        ["Kiểm định viên 1", "kdv2@so.example"],
        ["Kiểm định viên 2", None, "gọi sau"],
    )
    shown = read_contacts(own.office, content)
    assert [one.person for one in shown.changed] == ["ktv-kiem-dinh-1"]
    assert [problem.split(":")[0] for problem in shown.problems] == [
        "Hàng 2, cột B",
        "Hàng 3, cột A",
        "Hàng 5, cột A",
        "Hàng 6, cột C",
    ]


def test_an_empty_cell_changes_nothing_and_a_dash_takes_off(own: Portal) -> None:
    kept = read_contacts(own.office, xlsx(HEADS, [NAME, None, None]))
    assert kept.changed == () and kept.same == 1
    (off,) = read_contacts(own.office, xlsx(HEADS, [NAME, "-"])).changed
    assert off.addresses == {"email": ""}


def test_the_template_holds_everybody_and_comes_back_unchanged(own: Portal) -> None:
    answer = own.get("/danh-ba/mau.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == len(own.office.directory.persons) + 1
    shown = read_contacts(own.office, answer.content)
    assert (shown.changed, shown.problems) == ((), ()) and shown.same == sheet.max_row - 1


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (60 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "không phải Excel"),
        (b"", "Chọn tệp Excel"),
        (bomb(), "quá lớn"),
        (xlsx(["Cột lạ"], ["x"]), "tiêu đề"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(own: Portal, content: bytes, said: str) -> None:
    answer = hand_in(own, content)
    assert answer.status_code == 422 and said in answer.text


def test_a_formula_is_never_written_out(own: Portal) -> None:
    persons = own.office.directory.persons
    evil = persons[DOER]._replace(name='=HYPERLINK("http://x")')
    office = own.office._replace(directory=own.office.directory._replace(persons={**persons, DOER: evil}))
    from dondoc.use_cases.contacts_sheet import template

    sheet = load_workbook(io.BytesIO(template(office))).active
    assert "f" not in {cell.data_type for row in sheet for cell in row}


def test_others_are_not_let_in(own: Portal) -> None:
    own.sign_in(HEAD)
    assert own.get("/danh-ba").status_code == own.get("/danh-ba/mau.xlsx").status_code == 403


def test_a_broken_workbook_is_refused_not_raised(own: Portal) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a>")
    with pytest.raises(Refused):
        read_contacts(own.office, out.getvalue())
