"""An address that mail servers say nobody has: other channels come first, the lists say so, a new address clears it."""

from datetime import date, timedelta

import pytest
from watched_office import CLERK, REPORT, Post, at, delivered

from definitions.contacts import Contact
from dondoc.core.delivery import Delivery
from dondoc.use_cases.call_list import call_list
from dondoc.use_cases.checks.finding import Finding, Patient
from dondoc.use_cases.checks.people import returned
from dondoc.use_cases.office import Office
from dondoc.use_cases.returned_addresses import REMEMBERED, returned_on
from dondoc.use_cases.sweep import sweep
from dondoc.words.calls import call_words
from notifications.outcome import Outcome
from notifications.smtp_replies import of_reply
from notifications.smtp_settings import SmtpSettings

DAY, LATER = date(2022, 5, 25), date(2022, 5, 31)  # two reminders of one report
ADDRESS = "dau-moi@so.example"


@pytest.fixture
def mailed(live: Office) -> Office:
    """One who prefers mail and has Zalo besides; the morning's letters were accepted."""
    live = live._replace(contacts={**live.contacts, CLERK: live.contacts[CLERK]._replace(prefer=("email", "zalo"))})
    delivered(live, at(DAY), Post())
    return live


def bounced(office: Office, status: str, hour: int = 9) -> None:
    with office.register.writing() as book:
        (letter,) = [r.delivery for r in book.deliveries(person=CLERK) if r.delivery.local_day == DAY]
        assert letter.address == ADDRESS and book.bounce(letter.id, at(DAY, hour), f"Thư bị trả lại: {status}", status)


def reminded(office: Office) -> list[str]:
    """The channels by which the next reminder leaves, all of them taken."""
    sweep(office, at(LATER))
    post = Post()
    delivered(office, at(LATER), post)
    return [channel for channel, of_report in post.of() if of_report]


@pytest.mark.parametrize("status", ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"])
def test_the_next_notice_begins_with_the_other_channel(mailed: Office, status: str) -> None:
    bounced(mailed, status)
    assert reminded(mailed) == ["zalo"]


@pytest.mark.parametrize("status", ["5.1.0", "5.1.7", "5.1.8", "5.2.2", "5.7.1", "4.4.7", ""])
def test_what_says_nothing_about_the_address_leaves_it_in_use(mailed: Office, status: str) -> None:
    bounced(mailed, status)
    assert reminded(mailed) == ["email"]
    assert doctor(mailed).level == "ok"


def test_an_address_refused_at_the_door_is_remembered_too(mailed: Office) -> None:
    class Refusing(Post):
        def send(self, delivery: Delivery) -> Outcome:
            self.letters.append(delivery)
            refused = delivery.address == ADDRESS
            return of_reply(550, b"5.1.1 no such user", SmtpSettings("mx", 25, "plain")) if refused else Outcome("sent")

    sweep(mailed, at(LATER))
    delivered(mailed, at(LATER), Refusing())
    post, june = Post(), at(date(2022, 6, 3))
    sweep(mailed, june)
    delivered(mailed, june, post)
    assert {channel for channel, of_report in post.of() if of_report} == {"zalo"}


def test_another_address_in_the_contacts_is_used_at_once(mailed: Office) -> None:
    bounced(mailed, "5.1.1")
    new = mailed.contacts[CLERK]._replace(email="dau-moi-moi@so.example")
    mailed = mailed._replace(contacts={**mailed.contacts, CLERK: new})
    assert reminded(mailed) == ["email"] and doctor(mailed).level == "ok"


def test_who_has_no_other_channel_is_still_written_to_and_the_list_says_that_it_came_back(mailed: Office) -> None:
    mailed = mailed._replace(contacts={**mailed.contacts, CLERK: Contact(ADDRESS, phone="024 1")})
    bounced(mailed, "5.1.1")
    (call,) = [call for call in call_list(mailed, at(DAY, 10)) if (call.person, call.key) == (CLERK, REPORT)]
    said = call_words(call.why, call.returned_on)
    assert said == "Thư bị trả lại: 5.1.1; địa chỉ thư này đã bị trả lại ngày 25/5/2022"
    assert reminded(mailed) == ["email"]


def test_the_office_reads_of_it_in_the_letter_about_whom_to_call(mailed: Office) -> None:
    mailed = mailed._replace(contacts={**mailed.contacts, CLERK: Contact(ADDRESS, phone="024 1")})
    bounced(mailed, "5.1.1")
    post = Post()
    delivered(mailed, at(DAY, 10), post)
    (letter,) = [x for x in post.letters if x.subject.startswith("[Cần gọi điện]")]
    assert "địa chỉ thư này đã bị trả lại ngày 25/5/2022" in letter.text


def test_the_other_channel_failing_the_mail_is_tried_last(mailed: Office) -> None:
    bounced(mailed, "5.1.1")
    sweep(mailed, at(LATER))
    post = Post(zalo="permanent")
    delivered(mailed, at(LATER), post)
    assert [channel for channel, of_report in post.of() if of_report] == ["zalo", "email"]


def doctor(office: Office, days: int = 0) -> Finding:
    moment = at(DAY, 10) + timedelta(days=days)
    (found,) = returned(Patient(office, moment, moment, {}))
    return found


def test_the_doctor_names_the_person_and_the_day(mailed: Office) -> None:
    assert doctor(mailed).level == "ok"
    bounced(mailed, "5.1.1")
    found = doctor(mailed)
    assert found.level == "warn" and f"{CLERK} (25/5/2022)" in found.said and ADDRESS not in found.said


def test_a_month_later_the_address_is_tried_again(mailed: Office) -> None:
    bounced(mailed, "5.1.1")
    tick = timedelta(microseconds=1)
    with mailed.register.reading() as book:
        assert set(returned_on(mailed, book, at(DAY, 9) + REMEMBERED - tick)) == {CLERK}
        assert returned_on(mailed, book, at(DAY, 9) + REMEMBERED) == {}
