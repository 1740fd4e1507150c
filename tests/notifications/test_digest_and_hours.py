"""One morning message a person, what presses apart, nothing outside the hours, and what is untrue by now taken back."""

from collections.abc import Callable
from datetime import date

import pytest
from watched_office import CLERK, REPORT, Box, Post, act, at, delivered, june, morning

from dondoc.use_cases.act import Document
from dondoc.use_cases.call_list import call_list
from dondoc.use_cases.extend import extend
from dondoc.use_cases.go_live import go_live
from dondoc.use_cases.hold import discard, hold_in
from dondoc.use_cases.office import Office
from dondoc.use_cases.people_acts import reassign
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.sweep import sweep

REMINDED = date(2022, 5, 25)
PAPER = Document("15/QĐ-KHCN", date(2022, 5, 25))


def test_a_persons_reminders_of_a_morning_are_one_message(office: Office) -> None:
    box = Box()
    morning(office, at(date(2022, 3, 1)), box)
    digests = [x for x in box.letters if x.pace == "digest"]
    with office.register.reading() as book:
        told = {r.delivery.id: len(r.notices) for r in book.deliveries() if r.delivery.pace == "digest"}
    assert len({x.person for x in digests}) == len(digests) and max(told.values()) > 1


def test_what_a_plan_no_longer_loaded_left_behind_holds_up_no_digest(office: Office) -> None:
    box, left = Box(), "ke-hoach-cu/viec/2022/van-phong"
    with office.register.writing() as book:
        (some, *_others) = book.births()
        book.add_births([some._replace(key=left, plan="ke-hoach-cu")])
        book.put_agenda(left, at(date(2022, 2, 1)))
    morning(office, at(date(2022, 3, 1)), box)
    assert any(x.pace == "digest" for x in box.letters)


def test_what_is_due_today_and_escalations_are_messages_of_their_own(office: Office) -> None:
    """On Monday 06/6 the doer hears of being overdue and the head of it as an escalation; reminders stay a digest."""
    box = Box()
    for day in (3, 6, 8):
        morning(office, june(day), box)
    with office.register.reading() as book:
        records = [r for r in book.deliveries() if r.delivery.local_day >= date(2022, 6, 3)]
        kinds = [{n.notice.kind for n in book.notices(keys=r.notices)} for r in records]
    pressing = [k for r, k in zip(records, kinds, strict=True) if r.delivery.pace == "now"]
    assert {"due-today"} in pressing or {"overdue"} in pressing
    assert {"escalation"} in pressing
    assert not [k for k in kinds if "escalation" in k and k != {"escalation"}]
    gentle = [k for r, k in zip(records, kinds, strict=True) if r.delivery.pace == "digest"]
    assert not [k for k in gentle if k & {"escalation", "due-today", "overdue"}]


def test_what_waits_on_a_friday_evening_leaves_on_monday_morning_when_it_is_still_of_use(live: Office) -> None:
    """The sweep came in hours, the mail server's address only at night; T-7's reminder is good until its due."""
    without = live._replace(mail=live.mail._replace(url="", channels={}))
    delivered(without, at(date(2022, 5, 27), 16), Post())
    night, sunday, monday = at(date(2022, 5, 27), 22), at(date(2022, 5, 29), 9), at(date(2022, 5, 30))
    post = Post()
    for moment in (night, sunday):
        delivered(live, moment, post)
    assert post.letters == []
    sweep(live, monday)
    delivered(live, monday, post)
    assert ("zalo", True) in post.of()


def test_what_monday_would_be_too_late_for_leaves_at_night(live: Office) -> None:
    last = date(2022, 6, 3)
    sweep(live, at(last))
    post = Post()
    delivered(live, at(last, 20), post)
    with live.register.reading() as book:
        said = [
            n.notice for x in post.letters for r in book.deliveries(ids=[x.id]) for n in book.notices(keys=r.notices)
        ]
    monday = at(date(2022, 6, 6))
    assert said and all(notice.not_after < monday for notice in said)


def _answered(office: Office) -> None:
    submit(office, REPORT, Evidence(number="1/BC", signed_on=REMINDED, kept_at="x"), act(REMINDED), at(REMINDED, 9))


def _extended(office: Office) -> None:
    extend(office, REPORT, date(2022, 6, 17), PAPER, act(REMINDED), at(REMINDED, 9), "nop")


def _reassigned(office: Office) -> None:
    reassign(office, REPORT, "dau-moi-trung-tam", "nghỉ phép", act(REMINDED), at(REMINDED, 9))


@pytest.mark.parametrize("change", [_answered, _extended, _reassigned])
@pytest.mark.parametrize("zalo", ["", "temporary", "unknown", "permanent"])
def test_what_changed_is_taken_back_at_the_claim_and_the_journal_says_why(
    live: Office, change: Callable[[Office], None], zalo: str
) -> None:
    """`zalo`: "" is not handed over yet, else what the first channel had answered; e-mail had put it off."""
    with live.register.reading() as book:
        (mine,) = [n for n in book.open_notices(at(REMINDED)) if n.recipient == CLERK and n.occurrence == REPORT]
    if zalo:
        delivered(live, at(REMINDED, 8), Post(zalo=zalo, email="temporary"))
    change(live)
    post = Post()
    delivered(live, at(REMINDED, 9), post)
    with live.register.reading() as book:
        (record,) = book.notices(keys=[mine.key])
        told = [f.payload for f in book.facts([REPORT])[REPORT] if f.kind == "withdrawn"]
    assert record.withdrawn_at and [p["reason"] for p in told if p["notice"] == mine.key] == [record.reason]
    assert mine.key not in {key for x in post.letters for key in _members(live, x.id)}


def _members(office: Office, delivery: str) -> tuple[str, ...]:
    with office.register.reading() as book:
        return book.deliveries(ids=[delivery])[0].notices


def test_what_failed_on_trial_is_nobodys_call_once_it_is_live(office: Office) -> None:
    morning(office, at(date(2022, 5, 24)), Box(*["permanent"] * 99))
    assert call_list(office, at(date(2022, 5, 24), 9))
    go_live(office, REMINDED, at(date(2022, 5, 24), 10), "chanh-van-phong")
    assert call_list(office, at(date(2022, 5, 24), 11)) == []


def test_what_the_office_discards_is_not_passed_on_to_another_channel(live: Office) -> None:
    delivered(live, at(REMINDED), Post(zalo="unknown"))
    with live.register.writing() as book:
        hold_in(book, live, "xem lại", at(REMINDED, 9))
    discard(live, at(REMINDED, 9), "chanh-van-phong")
    post = Post()
    delivered(live, at(REMINDED, 10), post)
    assert post.of() == []
