"""From the book to the letter box: composed once, sent once, withdrawn when answered, retried as the same message."""

import os
import signal
from datetime import date, timedelta
from multiprocessing import get_context

from watched_office import CLERK, REPORT, Box, act, at, june, morning

from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.office import Office
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.sweep import sweep

NEXT = date(2022, 5, 26)
REMINDED = date(2022, 5, 25)


def settled(office: Office) -> Box:
    """The letters of an earlier morning out of the way."""
    box = Box()
    morning(office, at(date(2022, 5, 24)), box)
    return box


def answered(office: Office, day: date) -> None:
    submit(office, REPORT, Evidence(number="12/BC-TĐC", signed_on=day, kept_at="Văn thư đơn vị"), act(day), at(day, 9))


def test_a_letter_leaves_once_however_often_the_office_delivers(office: Office) -> None:
    settled(office)
    box = Box()
    for minute in (0, 5, 10):
        morning(office, at(REMINDED, 8, minute), box)
    assert len([x for x in box.of(CLERK) if REPORT in x.text]) == 1


def test_one_person_gets_one_digest_a_day(office: Office) -> None:
    box = Box()
    for day in (date(2022, 2, 18), date(2022, 3, 1), REMINDED):
        for hour in (8, 9, 15):
            morning(office, at(day, hour), box)
    digests = [(letter.person, letter.local_day) for letter in box.letters if letter.pace == "digest"]
    assert digests and len(digests) == len(set(digests))


def test_an_answer_takes_back_what_has_not_left(office: Office) -> None:
    settled(office)
    sweep(office, at(REMINDED))
    answered(office, REMINDED)
    box = Box()
    deliver(office, at(REMINDED, 9, 30), clock=lambda: at(REMINDED, 9, 30), send=box.send)
    with office.register.reading() as book:
        mine = [r for r in book.notices(occurrences=[REPORT]) if r.notice.recipient == CLERK]
    assert [bool(r.withdrawn_at and r.reason) for r in mine if not r.delivery] == [True]
    assert not [x for x in box.letters if REPORT in x.text and x.person == CLERK]


def test_an_answer_takes_back_what_waits_for_another_try(office: Office) -> None:
    settled(office)
    refusing = Box(*["temporary"] * 50)
    morning(office, at(REMINDED), refusing)
    assert [x for x in refusing.of(CLERK) if REPORT in x.text]
    answered(office, REMINDED)
    box = Box()
    deliver(office, at(REMINDED, 15), clock=lambda: at(REMINDED, 15), send=box.send)
    assert not [x for x in box.of(CLERK) if REPORT in x.text]


def test_a_refused_letter_comes_back_as_the_same_message(office: Office) -> None:
    settled(office)
    box = Box(*["temporary"] * 50)
    morning(office, at(REMINDED), box)
    first = box.of(CLERK)
    box.answers.clear()
    deliver(office, at(REMINDED, 9), clock=lambda: at(REMINDED, 9), send=box.send)
    again = box.of(CLERK)[len(first) :]
    assert [(x.message_id, x.text) for x in again] == [(x.message_id, x.text) for x in first] and first


def test_a_permanent_refusal_is_not_tried_again(office: Office) -> None:
    settled(office)
    box = Box(*["permanent"] * 50)
    report = morning(office, at(REMINDED), box)
    told = [x for x in box.letters if "[Cần gọi điện]" not in x.subject]
    count = len(box.letters)
    again = deliver(office, at(NEXT, 7), clock=lambda: at(NEXT, 7), send=box.send)
    assert len(box.letters) == count and again.dead == report.dead == len(told)


def _killed_while_sending(office: Office) -> None:
    office.register._idle.clear()  # the parent's connections stay the parent's
    deliver(office, at(REMINDED), clock=lambda: at(REMINDED), send=lambda _: os.kill(os.getpid(), signal.SIGKILL))  # type: ignore[arg-type,return-value]


def test_a_worker_killed_after_the_claim_loses_nothing_and_the_letter_keeps_its_identity(office: Office) -> None:
    settled(office)
    sweep(office, at(REMINDED))
    child = get_context("fork").Process(target=_killed_while_sending, args=(office,))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    with office.register.reading() as book:
        claimed = {r.delivery.id: r.delivery.message_id for r in book.deliveries(statuses=["sending"])}
    assert claimed
    box, later = Box(), at(REMINDED) + timedelta(minutes=20)
    deliver(office, later, clock=lambda: later, send=box.send)
    sent = {x.id: x.message_id for x in box.letters}
    assert claimed.items() <= sent.items()
    assert len(sent) == len(box.letters)
    with office.register.reading() as book:
        assert {"unknown", "sent"} == {attempt.outcome for id_ in claimed for attempt in book.attempts(id_)}


def test_on_trial_every_letter_says_so(office: Office) -> None:
    assert all(x.subject.startswith("[Chạy thử] ") and "CHẠY THỬ" in x.text for x in settled(office).letters)


def test_a_ladder_is_one_thread(office: Office) -> None:
    box = Box()
    for day in (3, 6):
        morning(office, june(day), box)
    mine = [x for x in box.of(CLERK) if REPORT in x.text and x.references]
    assert len({x.references for x in mine}) == 1 and len({x.message_id for x in mine}) == len(mine)


def test_a_digest_left_over_from_yesterday_leaves_with_the_mornings_and_not_in_the_night(office: Office) -> None:
    """A unit hands in on Friday, no run comes until the evening: the clerk hears on Monday, not in the night."""
    settled(office)
    box = Box()
    for day in (1, 2, 3):
        morning(office, june(day), box)
    submit(office, REPORT, Evidence(number="12/BC-TĐC", kept_at="Văn thư đơn vị"), act(date(2022, 6, 3)), june(3, 10))
    with office.register.reading() as book:
        (waiting,) = [n for n in book.open_notices(june(3, 10)) if n.occurrence == REPORT]
    for moment in (june(3, 17, 30), june(4, 0, 5), june(4, 9), june(6, 0, 5), june(6, 7, 59)):
        deliver(office, moment, clock=lambda moment=moment: moment, send=box.send)
        assert waiting.pace == "digest" and not [x for x in box.of(waiting.recipient) if REPORT in x.text]
    morning(office, june(6), box)
    assert len([x for x in box.of(waiting.recipient) if x.local_day == date(2022, 6, 6) and x.pace == "digest"]) == 1
