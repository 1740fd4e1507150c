"""The office confirms, returns and lets reports go up from its own messages."""

from datetime import date

import pytest
from answering_office import DOER, REPORT, Portal, june

CLERK, OFFICE_HEAD, DEPUTY = "cv-theo-doi-qcdc", "chanh-van-phong-so", "pho-giam-doc-thuong-truc"
GIVEN = {"number": "45/BC-TĐC", "signed_on": "02/6/2022", "kept_at": "Văn thư đơn vị"}


def post(portal: Portal, link: str, slug: str, **fields: str) -> int:
    return portal.browser.post(f"{link}/{slug}", data={**portal.form(f"{link}/{slug}"), **fields}).status_code


@pytest.fixture
def handed_in(portal: Portal) -> str:
    """The clerk's link, once the unit has answered and the clerk was told."""
    assert post(portal, portal.link(), "nop", **GIVEN) == 303
    portal.run(june(6))
    return portal.link(CLERK)


def test_the_clerk_sees_what_was_handed_in_and_confirms_it(portal: Portal, handed_in: str) -> None:
    assert "45/BC-TĐC" in portal.get(handed_in).text
    assert post(portal, handed_in, "xac-nhan", received_on="03/6/2022") == 303
    (answer,) = portal.step().submissions
    assert (portal.step().status, answer.received_on) == ("done", date(2022, 6, 3))
    assert portal.step(step="tiep-nhan").status == "done"


def test_what_is_returned_with_a_reason_is_asked_for_again(portal: Portal, handed_in: str) -> None:
    assert post(portal, handed_in, "tra-lai") == 422
    assert post(portal, handed_in, "tra-lai", reason="thiếu phụ lục") == 303
    portal.run(june(7))
    again = portal.get(portal.link())
    assert "Báo kết quả" in again.text
    assert post(portal, portal.link(), "nop", **GIVEN) == 303
    assert len(portal.step().submissions) == 2


def test_the_doer_s_old_link_confirms_nothing(portal: Portal, handed_in: str) -> None:
    link = portal.link(DOER)
    answer = portal.browser.post(f"{link}/xac-nhan", data={"request_key": "a"})
    assert (answer.status_code, portal.step().status) == (422, "submitted")


def _asked(portal: Portal) -> str:
    """Nobody answered; the office's head is asked whether the deputy director shall hear."""
    for day in (6, 7, 8, 9, 10, 13, 14):
        portal.run(june(day))
    links = [portal.link(OFFICE_HEAD, about=REPORT)]
    return next(link for link in links if "Đồng ý báo cáo" in portal.get(link).text)


def test_the_office_s_head_lets_a_report_go_up(portal: Portal) -> None:
    link = _asked(portal)
    count = len(portal.letters)
    assert post(portal, link, "dong-y") == 303
    portal.run(june(15))
    assert any(letter.person == DEPUTY for letter in portal.letters[count:])


def test_what_is_kept_back_needs_a_reason_and_goes_to_nobody(portal: Portal) -> None:
    link = _asked(portal)
    count = len(portal.letters)
    assert post(portal, link, "khong-bao-cao") == 422
    assert post(portal, link, "khong-bao-cao", reason="đã trao đổi trực tiếp") == 303
    portal.run(june(15))
    about = [x for x in portal.letters[count:] if x.person == DEPUTY and "Chi cục" in x.text]
    assert not about
