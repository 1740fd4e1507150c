"""/goi-dien: who sees it, who sees numbers, and how a call is recorded there."""

from datetime import date

import pytest
from answering_office import DOER, REPORT, Portal, june
from form_fields import fields

from dondoc.core.contact import Contact
from dondoc.use_cases.act import Act
from dondoc.use_cases.call_list import call_list
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.sweep import sweep
from notifications.outcome import Outcome

CLERK, DIRECTOR, STAFF, HEAD = "cv-theo-doi-qcdc", "giam-doc-so", "cv-tieu-chuan", "cct-tdc"
PHONE = "0912345678"


@pytest.fixture
def failed(portal: Portal) -> Portal:
    """Nobody receives anything that day; the doer's number is known."""
    contacts = {**portal.office.contacts, DOER: Contact(email="cb@so.example", phone=PHONE)}
    portal.office = portal.office._replace(contacts=contacts)
    opening = CaseOpening("to-cao", june(2).date(), reference="TC-2022-01", accused=("cb-van-thu",))
    open_case(portal.office, "qcdc-2022", opening, Act(CLERK, "cli", june(2).date()), june(3))
    portal.at = june(6)
    sweep(portal.office, portal.at)
    deliver(portal.office, portal.at, clock=lambda: portal.at, send=lambda _: Outcome("permanent", "hết hộp thư"))
    return portal


def test_the_office_sees_whom_to_call_why_and_the_number(failed: Portal) -> None:
    failed.sign_in(CLERK)
    page = failed.get("/goi-dien").text
    assert PHONE in page and "hết hộp thư" in page and f"/ky/{REPORT}" in page and "Đã gọi" in page


def test_leadership_sees_the_list_without_numbers_and_records_nothing(failed: Portal) -> None:
    failed.sign_in(DIRECTOR)
    page = failed.get("/goi-dien").text
    assert "hỏi Văn phòng" in page and PHONE not in page and "Đã gọi" not in page
    assert failed.get(f"/goi-dien/{DOER}").status_code == 403


@pytest.mark.parametrize("person", [STAFF, HEAD])
def test_others_are_not_let_in(failed: Portal, person: str) -> None:
    failed.sign_in(person)
    assert failed.get("/goi-dien").status_code == 403
    assert "/goi-dien" not in failed.get("/goi-dien").text


def test_a_confidential_case_is_told_by_number_and_to_nobody_accused_of_it(failed: Portal) -> None:
    assert any(call.confidential for call in call_list(failed.office, failed.at))
    failed.sign_in(CLERK)
    assert "TC-2022-01" in failed.get("/goi-dien").text
    for person in (DIRECTOR, "cb-van-thu"):  # one may not call, the other stands in for the clerk and is left out
        failed.sign_in(person)
        page = failed.get("/goi-dien")
        assert page.status_code == 200 and "TC-2022-01" not in page.text


def test_a_recorded_call_leaves_the_list_once(failed: Portal) -> None:
    failed.sign_in(CLERK)
    path = f"/goi-dien/{DOER}?viec={REPORT}"
    form = fields(failed, path, called_on="06/6/2022", note="hẹn nộp chiều nay")
    for _ in range(2):
        assert failed.browser.post(path, data=form).headers["location"] == "/goi-dien?ghi=1"
    assert (DOER, REPORT) not in {(call.person, call.key) for call in call_list(failed.office, failed.at)}
    with failed.office.register.reading() as book:
        (fact,) = [fact for fact in book.facts([REPORT])[REPORT] if fact.kind == "called"]
    assert (fact.actor, fact.via, fact.act_on) == (CLERK, "portal", date(2022, 6, 6))


@pytest.mark.parametrize("day", ["", "31/02/2022", "07/6/2022"])
def test_a_wrong_day_comes_back_with_what_was_typed(failed: Portal, day: str) -> None:
    failed.sign_in(CLERK)
    path = f"/goi-dien/{DOER}"
    answer = failed.browser.post(path, data=fields(failed, path, called_on=day, note="đã gặp"))
    assert answer.status_code == 422 and "đã gặp" in answer.text and 'href="#called_on"' in answer.text


def test_a_form_without_its_proof_records_nothing(failed: Portal) -> None:
    failed.sign_in(CLERK)
    answer = failed.browser.post(f"/goi-dien/{DOER}", data={"called_on": "06/6/2022", "request_key": "a"})
    assert answer.status_code == 403


def test_an_empty_list_says_so(portal: Portal) -> None:
    portal.sign_in(CLERK)
    assert "Không phải gọi điện cho ai." in portal.get("/goi-dien").text
