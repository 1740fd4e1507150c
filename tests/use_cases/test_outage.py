"""After a standstill: what is still true, once a person, in words that name the standstill."""

from datetime import datetime, timedelta

import pytest
from office_samples import TDC, Desk, acting, moment, report

from dondoc.core.delivery import Delivery
from dondoc.use_cases.check_obligation import check_obligation
from dondoc.use_cases.compose import compose
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.hold import hold_in, release
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.outage import office_time, outage_spoken_of
from dondoc.use_cases.read_journal import read_journal
from dondoc.use_cases.submit import submit
from dondoc.use_cases.sweep import sweep
from notifications.outcome import Outcome

CLERK = "cb-dau-moi-tdc"
NAMED = "Hệ thống không hoạt động từ {} đến {}."


@pytest.fixture
def running(desk: Desk) -> Desk:
    """An office that has run every hour until Tuesday 31/5, 17:00; everything written so far is with its readers."""
    running = Desk(desk.office._replace(mail=MailRoute("smtp://127.0.0.1:9", is_mailbox=True, burst=10_000)))
    running.sweep("18/2")
    runs(running, "31/5", 8)
    runs(running, "31/5", 16)
    return running


def runs(desk: Desk, on: str, hour: int = 8, minute: int = 0) -> list[Delivery]:
    """What the hourly run does; the letters that leave."""
    sweep(desk.office, moment(on, hour, minute))
    return sends(desk, moment(on, hour, minute))


def sends(desk: Desk, at: datetime) -> list[Delivery]:
    left: list[Delivery] = []

    def send(delivery: Delivery) -> Outcome:
        left.append(delivery)
        return Outcome("sent")

    deliver(desk.office, at, clock=lambda: at, send=send)
    return left


def test_after_four_days_each_person_gets_one_letter_that_names_the_outage(running: Desk) -> None:
    letters = runs(running, "06/6", 9, 30)
    people = [letter.person for letter in letters]
    assert len(people) > 5 and len(people) == len(set(people))
    named = NAMED.format("16 giờ 00 ngày 31/5/2022", "09 giờ 30 ngày 06/6/2022")
    assert all(named in letter.text and named in letter.html for letter in letters)


def test_reminders_of_the_meantime_are_superseded_and_the_book_says_so(running: Desk) -> None:
    (letter,) = [one for one in runs(running, "06/6", 9, 30) if one.person == CLERK]
    assert "quá hạn" in letter.text
    (told,) = [fact for fact in running.facts(TDC) if fact.kind == "told" and fact.recorded_at == moment("06/6", 9, 30)]
    assert {"T-1", "T"} <= set(told.payload["superseded"])


def test_the_book_says_once_from_when_to_when(running: Desk) -> None:
    runs(running, "06/6", 9, 30)
    runs(running, "06/6", 9, 30)
    runs(running, "06/6", 10, 5)
    entries = [entry for entry in read_journal(running.office) if entry.kind == "outage"]
    assert entries[-1].summary == "từ lúc: 16 giờ 00 ngày 31/5/2022; đến lúc: 09 giờ 30 ngày 06/6/2022"
    assert entries[-1].label == "hệ thống không hoạt động"
    assert [entry.recorded_at for entry in entries].count(moment("06/6", 9, 30)) == 1


def test_a_late_check_that_runs_before_the_sweep_sends_nothing_alone(running: Desk) -> None:
    at = moment("06/6", 9, 30)
    check_obligation(running.office, "qcdc-2022", "bao-cao-dinh-ky", at)
    assert sends(running, at) == []
    letters = runs(running, "06/6", 9, 35)
    assert len({letter.person for letter in letters}) == len(letters)
    assert NAMED.format("16 giờ 00 ngày 31/5/2022", "09 giờ 30 ngày 06/6/2022") in letters[0].text


def test_where_no_sweep_comes_letters_wait_no_longer_than_two_hours(running: Desk) -> None:
    check_obligation(running.office, "qcdc-2022", "bao-cao-dinh-ky", moment("06/6", 9, 30))
    assert sends(running, moment("06/6", 9, 30)) == []
    assert sends(running, moment("06/6", 11, 29)) == []
    assert sends(running, moment("06/6", 11, 30)) != []


def test_back_in_the_night_it_speaks_at_the_sending_hour(running: Desk) -> None:
    assert runs(running, "05/6", 22) == []
    assert runs(running, "06/6", 7, 30) == []
    letters = runs(running, "06/6", 8)
    assert len({letter.person for letter in letters}) == len(letters) > 5
    assert NAMED.format("16 giờ 00 ngày 31/5/2022", "22 giờ 00 ngày 05/6/2022") in letters[0].text


def test_the_next_days_letters_do_not_speak_of_it(running: Desk) -> None:
    runs(running, "06/6", 9, 30)
    for hour in (10, 14):
        runs(running, "06/6", hour)
    assert not [letter for letter in runs(running, "07/6") if "không hoạt động" in letter.text]


def test_who_had_the_days_digest_already_gets_only_what_is_pressing(running: Desk) -> None:
    morning = runs(running, "01/6")
    digests = {letter.person for letter in morning if letter.pace == "digest"}
    assert digests
    evening = runs(running, "02/6", 16, 59)
    assert len({letter.person for letter in evening}) == len(evening)


@pytest.mark.parametrize(("on", "hour"), [("31/5", 17), ("01/6", 8)])
def test_a_night_is_no_outage(running: Desk, on: str, hour: int) -> None:
    assert not [letter for letter in runs(running, on, hour) if "không hoạt động" in letter.text]


def test_quiet_days_on_which_nothing_was_due_are_no_outage(desk: Desk) -> None:
    """The sweeps of a rehearsal come only when something is due."""
    desk.sweep("18/2")
    with desk.office.register.reading() as book:
        at = book.next_agenda_at()
    for _ in range(10):
        assert at
        sweep(desk.office, at)
        with desk.office.register.reading() as book:
            at = book.next_agenda_at()
    assert not [entry for entry in read_journal(desk.office) if entry.kind == "outage"]


def test_how_long_is_an_outage_can_be_set(running: Desk) -> None:
    """From 16:00 to 10:30 on the next day: one hour and three of the office's own."""
    long = running.office._replace(mail=running.office.mail._replace(outage_hours=5))
    at = moment("01/6", 10, 30)
    sweep(long, at)
    compose(long, at)
    with long.register.reading() as book:
        assert not [
            r for r in book.deliveries() if "không hoạt động" in r.delivery.text and r.delivery.local_day == at.date()
        ]
    assert any("không hoạt động" in letter.text for letter in runs(Desk(running.office), "02/6", 10, 30))


def test_only_the_offices_own_hours_count(desk: Desk) -> None:
    moments = desk.office.moments(desk.office.plan("qcdc-2022"))
    assert office_time(moments, moment("03/6", 16), moment("06/6", 8)) == timedelta(hours=1, minutes=30)
    assert office_time(moments, moment("03/6", 17), moment("06/6", 7, 30)) == timedelta(0)
    assert office_time(moments, moment("06/6", 9), moment("06/6", 10)) == timedelta(hours=1)


def test_what_was_answered_meanwhile_is_not_told(running: Desk) -> None:
    submit(running.office, TDC, report("02/6"), acting("02/6"), moment("02/6", 10))
    letters = runs(running, "06/6", 9, 30)
    assert not [letter for letter in letters if letter.person == CLERK and TDC in letter.text]


def test_a_leap_of_the_clock_is_no_outage(running: Desk) -> None:
    """Held for the clock, neither the sweep nor the round of the outbox believes how long nothing happened."""
    false, true, before = moment("20/6", 9), moment("01/6"), _outages(running)
    with running.office.register.writing() as book:
        hold_in(book, running.office, "một lượt rà soát sinh ra 50 thư", true)
        hold_in(book, running.office, "đồng hồ", false, clock=True)
    sends(running, false)
    runs(running, "20/6", 9)
    assert _outages(running) == before


def _outages(desk: Desk) -> int:
    return len([entry for entry in read_journal(desk.office) if entry.kind == "outage"])


def test_an_outage_that_ends_in_the_future_was_none_and_silences_nobody(running: Desk) -> None:
    """A machine that was started with next year's date: once it is put right and released, letters leave at once."""
    runs(running, "20/12", 9)
    assert running.setting("outage")
    assert running.sweep("01/6", 8, 30).held
    release(running.office, moment("01/6", 8, 40), "chanh-van-phong-so")
    check_obligation(running.office, "qcdc-2022", "bao-cao-dinh-ky", moment("01/6", 8, 50))
    assert running.setting("outage") is None
    with running.office.register.reading() as book:
        assert outage_spoken_of(running.office, book, moment("01/6", 9)) is None


def test_while_the_setting_still_speaks_of_the_future_nobody_waits_for_it(running: Desk) -> None:
    at = moment("01/6", 8, 30)
    with running.office.register.writing() as book:
        book.put_setting("outage", f"{moment('31/5').isoformat()} {moment('20/12').isoformat()}")
    running.sweep("01/6", 8, 30)
    assert running.setting("outage") is None and sends(running, at)
