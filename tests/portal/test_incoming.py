"""/nhap-so-den: rows of the e-office's register matched to open steps, confirmed by a person, recorded once."""

import io
import re
from datetime import date
from html import unescape

import pytest
from answering_office import DOER, HEAD, REPORT, Portal, june
from form_fields import fields
from httpx import Response
from openpyxl import Workbook

from dondoc.use_cases.act import Act
from dondoc.use_cases.incoming_sheet import party_named, read_incoming
from dondoc.use_cases.submit import Evidence, submit

CLERK = "cv-theo-doi-qcdc"
HEADS = ["STT", "Số, ký hiệu", "Ngày văn bản", "Nơi gửi", "Trích yếu", "Ngày gửi", "Ngày đến"]
SENDER = "Chi cục Tiêu chuẩn Đo lường Chất lượng"
ROW = [1, "45/BC-TĐC", "02/6/2022", SENDER, "Báo cáo kết quả thực hiện QCDC định kỳ 6 tháng", "02/6/2022", "03/6/2022"]


def xlsx(*rows: list[object]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.fixture
def desk(portal: Portal) -> Portal:
    """The clerk's, on 06/6/2022: the report was due on the 3rd."""
    portal.run(june(6))
    portal.sign_in(CLERK)
    return portal


def hand_in(portal: Portal, content: bytes) -> Response:
    files = {"file": ("so-den.xlsx", content, "application/octet-stream")}
    return portal.browser.post("/nhap-so-den", data=fields(portal, "/nhap-so-den"), files=files)


def confirmed(page: Response, **typed: str) -> dict[str, str]:
    """What a browser sends of the page: its hidden fields, and what is selected."""
    form = {n: unescape(v) for n, v in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)}
    for name, body in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', page.text, re.S):
        selected = re.search(r'<option value="([^"]*)" selected>', body)
        form[name] = unescape(selected[1]) if selected else ""
    return {**form, **typed}


def test_a_row_is_matched_shown_and_recorded_once_confirmed(desk: Portal) -> None:
    page = hand_in(desk, xlsx(HEADS, ROW))
    assert "45/BC-TĐC" in page.text and desk.step().status == "open"
    form = confirmed(page)
    assert form["step-0"] == f"{REPORT}#nop"
    done = desk.browser.post("/nhap-so-den/ghi", data=form)
    assert "đã ghi</span>" in done.text
    (answer,) = desk.step().submissions
    assert (answer.number, answer.signed_on) == ("45/BC-TĐC", date(2022, 6, 2))
    assert (answer.sent_on, answer.received_on) == (date(2022, 6, 2), date(2022, 6, 3))
    again = desk.browser.post("/nhap-so-den/ghi", data=form)
    assert "đã ghi từ trước" in again.text and len(desk.step().submissions) == 1
    assert read_incoming(desk.office, xlsx(HEADS, ROW), desk.at)[:2] == ((), 1)  # the same file once more


def test_what_the_unit_has_handed_in_gets_its_days_and_no_second_answer(desk: Portal) -> None:
    given = Evidence(number="45 / bc-tđc", signed_on=date(2022, 6, 2), kept_at="Văn thư")
    submit(desk.office, REPORT, given, Act(DOER, "portal", date(2022, 6, 6)), desk.at, "nop")
    page = hand_in(desk, xlsx(HEADS, ROW))
    assert "đơn vị đã báo số này" in page.text
    desk.browser.post("/nhap-so-den/ghi", data=confirmed(page))
    (answer,) = desk.step().submissions
    assert answer.received_on == date(2022, 6, 3)


def test_a_row_not_chosen_is_not_written(desk: Portal) -> None:
    form = confirmed(hand_in(desk, xlsx(HEADS, ROW)), **{"step-0": ""})
    assert desk.browser.post("/nhap-so-den/ghi", data=form).status_code == 422
    assert desk.step().submissions == ()


def test_errors_name_row_and_column_and_leave_the_others(desk: Portal) -> None:
    content = xlsx(
        HEADS,
        [1, "", "02/6/2022", SENDER, "", "02/6/2022", ""],
        [2, "1/BC", "02/6/2022", "UBND tỉnh", "", "02/6/2022", ""],
        [3, "2/BC", "02/6/2022", SENDER, "", "", ""],
        [4, "3/BC", "30/02/2022", SENDER, "", "02/6/2022", ""],
        [5, "4/BC", "", SENDER, "", "2022-06-02 08:15", date(2022, 7, 1)],
        ROW,
    )
    shown = read_incoming(desk.office, content, desk.at)
    assert [row.n for row in shown.rows] == [7]
    assert [problem.split(":")[0] for problem in shown.problems] == [
        "Hàng 2, cột B",
        "Hàng 3, cột D",
        "Hàng 4, cột G",
        "Hàng 5, cột C",
        "Hàng 6, cột G",
    ]


def test_a_step_of_another_unit_or_a_forged_row_is_refused(desk: Portal) -> None:
    form = confirmed(hand_in(desk, xlsx(HEADS, ROW)))
    other = REPORT.replace("chi-cuc-tdc", "trung-tam-khcn")
    for value in (f"{other}#nop", f"{REPORT}#tiep-nhan", "khong/co/viec/nay#nop", f"{REPORT}#khong-co"):
        answer = desk.browser.post("/nhap-so-den/ghi", data={**form, "step-0": value})
        assert "không ghi được" in answer.text
    for rows in ("{", "[[1]]", "[1]", '[["a","b","x","y","z"]]'):
        assert desk.browser.post("/nhap-so-den/ghi", data={**form, "rows": rows}).status_code == 422
    assert desk.step().submissions == ()


def test_a_sender_is_a_unit_by_any_name_it_has(desk: Portal) -> None:
    directory = desk.office.directory
    for name in (SENDER, "CHI CỤC TĐC", "Chi cục TĐC - Sở Khoa học và Công nghệ"):
        assert party_named(directory, name) == "chi-cuc-tdc"
    for name in ("Chi cục", "", "UBND tỉnh", "Phòng QLKH, Phòng QLCN"):
        assert party_named(directory, name) == ""


@pytest.mark.parametrize("person", [DOER, HEAD, "giam-doc-so"])
def test_only_the_office_imports(desk: Portal, person: str) -> None:
    desk.sign_in(person)
    assert desk.get("/nhap-so-den").status_code == 403


@pytest.mark.parametrize(("content", "said"), [(b"x", "không phải Excel"), (xlsx(["A"], ["b"]), "tiêu đề")])
def test_what_is_no_such_file_is_refused_in_words(desk: Portal, content: bytes, said: str) -> None:
    answer = hand_in(desk, content)
    assert answer.status_code == 422 and said in answer.text
