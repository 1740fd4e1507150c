"""/tiep-dan: the register of sessions, and what may be recorded of one."""

from datetime import date

import pytest
from answering_office import Portal, june
from form_fields import fields, send

from dondoc.use_cases.scene import gather_one

SESSION = "qcdc-2022/tiep-cong-dan-dinh-ky/2022-06/thanh-tra"
INSPECTOR, CLERK, STAFF = "thanh-tra-vien", "cv-theo-doi-qcdc", "cv-tieu-chuan"
HELD, NOBODY, MOVED = (f"/tiep-dan/{deed}/{SESSION}" for deed in ("da-tiep", "khong-co-cong-dan", "doi-ngay"))
GIVEN = {"day": "30/6/2022", "host": "Giám đốc Sở", "turns": "3", "people": "5", "kept_at": "Sổ 2022, trang 12"}


@pytest.fixture
def reception(portal: Portal) -> Portal:
    """On the evening of the session, 30/6/2022."""
    portal.run(june(30, 16))
    return portal


def state(portal: Portal) -> tuple[str, date | None]:
    with portal.office.register.reading() as book:
        step = gather_one(portal.office, book, SESSION).occurrence.step("thuc-hien")
    return step.status, step.done_on


def test_a_session_held_is_recorded_with_its_figures(reception: Portal) -> None:
    reception.sign_in(INSPECTOR)
    assert HELD in reception.get("/tiep-dan").text
    form = fields(reception, HELD, **GIVEN)
    for _ in range(2):
        assert reception.browser.post(HELD, data=form).status_code == 303
    assert state(reception) in {("submitted", date(2022, 6, 30)), ("done", date(2022, 6, 30))}
    page = reception.get("/tiep-dan").text
    assert "Đã tiếp ngày 30/6/2022" in page and "Giám đốc Sở" in page and 'data-nhan="Số người">5</td>' in page
    assert HELD not in page


def test_a_session_to_which_nobody_came_is_fulfilled(reception: Portal) -> None:
    reception.sign_in(INSPECTOR)
    assert send(reception, NOBODY, day="30/6/2022").status_code == 303
    assert state(reception)[0] == "nothing"
    assert "Không có công dân (30/6/2022)" in reception.get("/tiep-dan").text


def test_the_office_moves_a_session_by_document_and_the_unit_does_not(portal: Portal) -> None:
    portal.sign_in(INSPECTOR)
    assert portal.get(MOVED).status_code == 404
    portal.sign_in(CLERK)
    typed = {"day": "28/6/2022", "number": "210/TB-SKHCN", "signed_on": "02/6/2022"}
    assert send(portal, MOVED, **typed).status_code == 303
    page = portal.get("/tiep-dan").text
    assert "đổi từ 30/6/2022 theo 210/TB-SKHCN ngày 02/6/2022" in page and "Thứ Ba, ngày 28/6/2022" in page


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"host": ""}, "host"),
        ({"people": "vài"}, "people"),
        ({"kept_at": ""}, "kept_at"),
        ({"day": "01/7/2022"}, "day"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_the_field(
    reception: Portal, typed: dict[str, str], wrong: str
) -> None:
    reception.sign_in(INSPECTOR)
    answer = send(reception, HELD, **{**GIVEN, **typed})
    assert answer.status_code == 422 and f'href="#{wrong}"' in answer.text and state(reception)[0] == "open"


def test_who_organises_none_sees_none_and_records_none(reception: Portal) -> None:
    reception.sign_in(STAFF)
    assert "Không có buổi tiếp công dân nào" in reception.get("/tiep-dan").text
    assert [reception.get(path).status_code for path in (HELD, NOBODY, MOVED)] == [404, 404, 404]
    form = {"csrf": "x", **GIVEN}
    assert reception.browser.post(HELD, data=form).status_code == 403


def test_another_occurrence_is_no_session(reception: Portal) -> None:
    reception.sign_in(CLERK)
    other = "qcdc-2022/bao-cao-dinh-ky/2022-H1/chi-cuc-tdc"
    assert reception.get(f"/tiep-dan/da-tiep/{other}").status_code == 404
    assert reception.get(f"/tiep-dan/xoa/{SESSION}").status_code == 404


def test_another_year_is_its_own_page(reception: Portal) -> None:
    reception.sign_in(CLERK)
    assert "Không có buổi" in reception.get("/tiep-dan", nam="2021").text
    assert HELD not in reception.get("/tiep-dan", nam="abc").text  # the clerk may look, the inspection records


def test_a_session_is_recorded_only_once_its_month_has_come(reception: Portal) -> None:
    reception.sign_in(INSPECTOR)
    page = reception.get("/tiep-dan").text
    assert HELD in page and HELD.replace("2022-06", "2022-07") not in page
    assert reception.get(HELD.replace("2022-06", "2022-07")).status_code == 404
    reception.at = june(30, 16).replace(month=7, day=1)
    reception.sign_in(INSPECTOR)
    assert HELD.replace("2022-06", "2022-07") in reception.get("/tiep-dan").text
