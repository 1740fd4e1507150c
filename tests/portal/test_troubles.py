"""What cannot be done is said in words: a busy register, a lost key, a plan that is gone; nothing is half done."""

import sqlite3

import pytest
from answering_office import DOER, REPORT, Portal
from form_fields import fields
from test_answer_by_link import GIVEN

from dondoc.portal.troubles import AGAIN
from dondoc.register import Register
from dondoc.use_cases import answer_page as answer_pages
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.troubles import RegisterError, SealError

PAGE = f"/ky/{REPORT}"


@pytest.fixture
def impatient(portal: Portal) -> Portal:
    """Its register waits for nobody."""
    portal.office = portal.office._replace(register=Register(portal.office.register.url, "so-khcn", patience=0.05))
    return portal


def hold(portal: Portal) -> sqlite3.Connection:
    """Another process is writing."""
    other = sqlite3.connect(portal.office.data / "dondoc.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_a_busy_register_keeps_what_was_typed_and_takes_it_the_second_time(impatient: Portal) -> None:
    link = impatient.link()
    form = {**impatient.form(f"{link}/nop"), **GIVEN}
    other = hold(impatient)
    answer = impatient.browser.post(f"{link}/nop", data=form)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, AGAIN)
    assert "đang bận" in answer.text and "45/BC-TĐC" in answer.text and form["request_key"] in answer.text
    other.rollback()
    assert impatient.browser.post(f"{link}/nop", data=form).status_code == 303
    assert len(impatient.step().submissions) == 1


def test_so_it_is_for_who_is_signed_in(impatient: Portal) -> None:
    impatient.sign_in(DOER)
    form = {**fields(impatient, f"{PAGE}/nop?buoc=nop"), **GIVEN}
    other = hold(impatient)
    answer = impatient.browser.post(f"{PAGE}/nop?buoc=nop", data=form)
    assert answer.status_code == 503 and "45/BC-TĐC" in answer.text
    other.rollback()
    assert impatient.step().submissions == ()


@pytest.mark.parametrize(
    ("trouble", "status", "said"),
    [
        (RegisterError("busy", "database is locked"), 503, "Sổ theo dõi đang bận."),
        (RegisterError("damaged", "file is not a database"), 503, "Sổ theo dõi chưa dùng được."),
        (SealError("no key at /srv/secret.key"), 503, "Hệ thống chưa sẵn sàng."),
        (Refused("Không có kế hoạch «x»."), 409, "Không có kế hoạch «x»."),
    ],
)
def test_a_page_that_cannot_be_made_says_so_and_nothing_of_the_machine(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, trouble: Exception, status: int, said: str
) -> None:
    def fail(*_given: object, **_more: object) -> None:
        raise trouble

    link = portal.link()
    monkeypatch.setattr(answer_pages, "gather_one", fail)
    answer = portal.get(link)
    assert (answer.status_code, said in answer.text) == (status, True)
    assert "locked" not in answer.text and "/srv/" not in answer.text and "not a database" not in answer.text
    assert (answer.headers.get("retry-after") == AGAIN) == (status == 503)


@pytest.mark.parametrize("path", ["/ky/a/b/c/%00", "/vu-viec?sau=%00", "/cho-duyet/%00/dong-y"])
def test_an_address_that_no_database_could_look_up_is_not_there(portal: Portal, path: str) -> None:
    portal.sign_in(DOER)
    assert portal.get(path).status_code == 404


def test_a_sign_that_nobody_types_is_left_out_of_what_was_typed(portal: Portal) -> None:
    portal.sign_in(DOER)
    form = {**fields(portal, f"{PAGE}/nop?buoc=nop"), **GIVEN, "number": "45\0/BC-TĐC"}
    assert portal.browser.post(f"{PAGE}/nop?buoc=nop", data=form).status_code == 303
    assert portal.step().submissions[0].number == "45/BC-TĐC"
