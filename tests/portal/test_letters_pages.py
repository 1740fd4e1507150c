"""/thu and /hop-thu: what became of messages, what is held, and a trial's mailbox that no real message counts in."""

from datetime import date
from email.message import EmailMessage

import pytest
from answering_office import DOER, HEAD, REPORT, Portal, june
from form_fields import fields

from dondoc.use_cases.act import Act
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.go_live import go_live, is_live
from dondoc.use_cases.hold import hold_in, show_hold
from dondoc.use_cases.letters_page import A_PAGE, letters_page
from dondoc.use_cases.mailbox_page import first_sign_in
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.sweep import sweep
from dondoc.use_cases.viewer import viewer_of
from notifications.mailbox.folder import keep
from notifications.outcome import Outcome

CLERK, ADMIN, DIRECTOR = "cv-theo-doi-qcdc", "cv-kiem-soat-tthc", "giam-doc-so"


def put_mail(portal: Portal, n: int = 1, body: str = "Kính gửi") -> None:
    for _ in range(n):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "don-doc@so.example", "cb@so.example", "Việc đến hạn hôm nay"
        mail.set_content(body)
        keep(portal.office.data / "mailbox", mail.as_bytes(), portal.at)


def test_the_office_sees_each_message_with_its_outcome_and_no_promise(portal: Portal) -> None:
    portal.sign_in(CLERK)
    page = portal.get("/thu").text
    assert portal.letters[-1].subject in page and "gửi chạy thử, không đến người nhận" in page
    assert "đã nhận" not in page


def test_messages_are_filtered_by_person_and_outcome(portal: Portal) -> None:
    portal.run(june(6))
    viewer = viewer_of(portal.office, CLERK, portal.at)
    assert viewer
    of_doer = letters_page(portal.office, viewer, portal.at, person=DOER)
    assert len(of_doer.letters) == sum(letter.person == DOER for letter in portal.letters) > 0
    assert letters_page(portal.office, viewer, portal.at, outcome="loi").letters == ()
    assert letters_page(portal.office, viewer, portal.at, outcome="la").letters


def test_long_lists_are_paged_by_key_each_message_once(portal: Portal) -> None:
    for day in (6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 20, 21, 22, 23, 24, 27, 28, 29, 30):
        portal.run(june(day))
    viewer = viewer_of(portal.office, CLERK, portal.at)
    assert viewer
    seen, after, pages = 0, "", 0
    while pages == 0 or after:
        page = letters_page(portal.office, viewer, portal.at, after=after)
        seen, after, pages = seen + len(page.letters), page.after, pages + 1
    assert pages > 1 and seen == len(portal.letters) > A_PAGE


def test_of_a_confidential_case_nobody_reads_who_was_told(portal: Portal) -> None:
    opening = CaseOpening("to-cao", june(2).date(), reference="TC-2022-01")
    open_case(portal.office, "qcdc-2022", opening, Act(CLERK, "cli", june(2).date()), june(3))
    portal.run(june(6))
    told = {letter.person for letter in portal.letters if "TC-2022-01" in letter.text}
    assert told
    portal.sign_in(DIRECTOR)
    page = portal.get("/thu").text
    assert "TC-2022-01" not in page and (DIRECTOR in told or "Vụ việc bảo mật" in page)


@pytest.mark.parametrize("person", [DOER, HEAD])
def test_others_see_no_messages_and_no_mailbox(portal: Portal, person: str) -> None:
    portal.sign_in(person)
    assert portal.get("/thu").status_code == portal.get("/hop-thu").status_code == 403


def test_what_is_held_is_said_and_an_administrator_lets_it_go(portal: Portal) -> None:
    with portal.office.register.writing() as book:
        hold_in(book, portal.office, "một lượt rà soát sinh ra 99 thư", portal.at)
    portal.sign_in(CLERK)
    page = portal.get("/thu").text
    assert "99 thư" in page and "Cho gửi tất cả" not in page
    form = fields(portal, "/thu", word="gui")
    assert portal.browser.post("/thu/dang-giu", data={**form, "csrf": "x"}).status_code == 403
    portal.sign_in(ADMIN)
    assert portal.browser.post("/thu/dang-giu", data=fields(portal, "/thu", word="gui")).status_code == 303
    assert show_hold(portal.office, portal.at).reason == ""


def test_on_trial_the_mailbox_opens_and_its_links_lead_into_the_portal_alone(portal: Portal) -> None:
    put_mail(portal, body="Mở: http://portal.test/viec/abc.\nNgoài: http://evil.example/x <b>đậm</b>")
    portal.sign_in(CLERK)
    assert "Việc đến hạn hôm nay" in portal.get("/hop-thu").text
    page = portal.get("/hop-thu/1").text
    assert '<a href="/viec/abc">http://portal.test/viec/abc</a>.' in page
    assert 'href="http://evil.example' not in page and "&lt;b&gt;" in page
    assert portal.get("/hop-thu/2").status_code == 404


def test_a_long_mailbox_is_paged(portal: Portal) -> None:
    put_mail(portal, 51)
    portal.sign_in(CLERK)
    page = portal.get("/hop-thu").text
    assert "/hop-thu/51" in page and '/hop-thu/1"' not in page and "truoc=2" in page
    assert '/hop-thu/1"' in portal.get("/hop-thu", truoc="2").text


def test_an_empty_mailbox_says_when_the_first_letter_comes(portal: Portal) -> None:
    portal.sign_in(CLERK)
    assert "Chưa có thư nào" in portal.get("/hop-thu").text


def test_a_newcomer_gets_a_link_that_opens_the_mailbox_once(portal: Portal) -> None:
    found = first_sign_in(portal.office, portal.at)
    assert found and found[1].person == CLERK
    path = found[0].removeprefix("http://portal.test")
    portal.browser.cookies.clear()
    assert portal.browser.post(path).headers["location"] == "/hop-thu"
    assert portal.get("/hop-thu").status_code == 200
    portal.browser.cookies.clear()
    assert portal.browser.post(path).status_code != 303


@pytest.fixture
def live(portal: Portal) -> Portal:
    """Real from 06/6/2022 on, and still no mail server but the embedded mailbox."""
    go_live(portal.office, date(2022, 6, 6), june(3, 10), "chanh-van-phong")
    return portal


def test_once_real_the_embedded_mailbox_is_no_delivery(live: Portal) -> None:
    sweep(live.office, june(6))
    report = deliver(live.office, june(6), clock=lambda: june(6))
    assert report.sent == 0 and report.temporary > 0
    with live.office.register.reading() as book:
        assert is_live(book, date(2022, 6, 6))
        waiting = book.deliveries(statuses=["retry"])
        assert waiting and {"DONDOC_SMTP_URL" in one.detail for one in waiting} == {True}
        assert not [one for one in book.deliveries(statuses=["sent"]) if one.delivery.local_day >= date(2022, 6, 6)]


def test_once_real_the_trial_s_mailbox_its_links_and_its_way_in_are_gone(live: Portal) -> None:
    link = live.link(DOER, about=REPORT)
    put_mail(live)
    live.sign_in(CLERK)
    assert live.get("/hop-thu").status_code == live.get(link).status_code == 200
    live.at = june(6)
    live.sign_in(CLERK)
    assert live.get("/hop-thu").status_code == live.get("/hop-thu/1").status_code == 404
    assert live.get(link).status_code == 404
    assert first_sign_in(live.office, live.at) is None


def test_an_outcome_of_the_mailbox_is_never_shown_as_handed_over(live: Portal) -> None:
    sweep(live.office, june(6))
    deliver(live.office, june(6), clock=lambda: june(6), send=lambda _: Outcome("sent"))
    viewer = viewer_of(live.office, CLERK, june(6))
    assert viewer
    shown = letters_page(live.office, viewer, june(6)).letters
    assert shown and "đã chuyển cho máy chủ thư" not in {one.outcome for one in shown}
