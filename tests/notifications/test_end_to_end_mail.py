"""From a due to a file in the mailbox, over a real mail server."""

from collections.abc import Iterator
from datetime import date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from watched_office import CLERK, at

from dondoc.use_cases.deliver import DeliveryReport, deliver
from dondoc.use_cases.office import Office
from dondoc.use_cases.sweep import sweep
from notifications.mailbox import Mailbox, list_messages, read_message

REMINDED = date(2022, 5, 25)
SUBJECT = (
    "[Chạy thử] [Nhắc việc] Báo cáo kết quả thực hiện QCDC 6 tháng đầu năm 2022"
    " – còn 07 ngày làm việc (phải xong Thứ Sáu, ngày 03/6/2022)"
)


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    box = Mailbox(tmp_path / "mailbox", port=0)
    box.start()
    yield box
    box.stop()


def by_mail(office: Office, mailbox: Mailbox) -> Office:
    return office._replace(mail=office.mail._replace(url=mailbox.url))


def sent(office: Office, moment: datetime) -> DeliveryReport:
    sweep(office, moment)
    return deliver(office, moment, clock=lambda: moment)


def test_the_reminder_lies_in_the_mailbox_as_it_was_written(office: Office, mailbox: Mailbox) -> None:
    office = by_mail(office, mailbox)
    sent(office, at(date(2022, 5, 24)))
    report = sent(office, at(REMINDED))
    address = office.contacts[CLERK].email
    mine = [m for m in list_messages(mailbox.folder) if m.recipient == address and m.subject == SUBJECT]
    assert report.sent and len(mine) == 1
    view = read_message(mailbox.folder, mine[0].number)
    assert view is not None
    assert "hết Thứ Bảy, ngày 04/6/2022" in view.text and "hết Thứ Bảy, ngày 04/6/2022" in view.html
    message = message_from_bytes(mine[0].path.read_bytes(), policy=default)
    with office.register.reading() as book:
        delivery = next(r.delivery for r in book.deliveries(person=CLERK) if r.delivery.subject == SUBJECT)
    assert message.get_all("Message-ID") == [delivery.message_id]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["References"] == delivery.references != ""
    assert message.get_content_type() == "multipart/alternative"
    assert [p.get_content_type() for p in message.iter_parts()] == ["text/plain", "text/html"]


def test_with_the_server_down_nothing_is_lost_and_it_leaves_later(office: Office, mailbox: Mailbox) -> None:
    office = by_mail(office, mailbox)
    mailbox.stop()
    first = sent(office, at(REMINDED))
    assert first.sent == 0 and first.temporary > 0
    again = Mailbox(mailbox.folder, port=mailbox.port)
    again.start()
    try:
        report = sent(office, at(REMINDED, 9))
    finally:
        again.stop()
    assert report.sent >= first.temporary
    ids = [message_from_bytes(m.path.read_bytes())["Message-ID"] for m in list_messages(mailbox.folder)]
    assert len(ids) == len(set(ids)) == report.sent


def test_every_letter_has_one_recipient(office: Office, mailbox: Mailbox) -> None:
    sent(by_mail(office, mailbox), at(REMINDED))
    for found in list_messages(mailbox.folder):
        message = message_from_bytes(found.path.read_bytes(), policy=default)
        assert len(message["To"].addresses) == 1 and not message["Cc"] and not message["Bcc"]
