"""The letter that tells the office whom to telephone fails itself: another way is taken, and the lists say so."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from watched_office import CLERK, REPORT, Post, at, delivered

from definitions.contacts import Contact
from dondoc.core.delivery import Delivery
from dondoc.use_cases.alarm import AGAIN
from dondoc.use_cases.call_list import Call, call_list, lost_messages
from dondoc.use_cases.checks.finding import Patient
from dondoc.use_cases.checks.letters import dead_letters
from dondoc.use_cases.next_try import TRIES
from dondoc.use_cases.office import Office
from notifications.outcome import Outcome

DAY = date(2022, 5, 25)
OFFICE = "cv-theo-doi-qcdc"


def calls(office: Office) -> list[Call]:
    return [call for call in call_list(office, at(DAY, 12)) if (call.person, call.key) == (CLERK, REPORT)]


def alarms(post: Post) -> list[tuple[str, str]]:
    return [(x.person, x.channel) for x in post.letters if x.subject.startswith("[Cần gọi điện]")]


def only(post: Post, *addresses: str) -> Callable[[Delivery], Outcome]:
    """Whatever else the post is handed is refused for good."""
    send = post.send

    def one(delivery: Delivery) -> Outcome:
        taken = send(delivery)
        return taken if delivery.address in addresses else Outcome("permanent", "550 không nhận")

    return one


@pytest.fixture
def alone(live: Office) -> Office:
    """Two of the office can be reached: one by telegram and mail, its head by mail."""
    kept = {name: one for name, one in live.contacts.items() if name in (CLERK, OFFICE, "chanh-van-phong-so")}
    return live._replace(contacts=kept)


def test_an_alarm_that_is_refused_is_raised_again_by_the_next_way_in_the_same_run(alone: Office) -> None:
    post = Post()
    post.send = only(post, "theo-doi@so.example")  # type: ignore[method-assign]
    delivered(alone, at(DAY), post)
    assert alarms(post) == [(OFFICE, "telegram"), (OFFICE, "email")]
    (call,) = calls(alone)
    assert call.alarmed and call.unheard == ()
    delivered(alone, at(DAY, 9), post)
    assert len(alarms(post)) == 2


def test_where_no_way_is_left_the_lists_say_so_and_a_day_later_it_is_tried_anew(alone: Office) -> None:
    post = Post(zalo="permanent", email="permanent", telegram="permanent")
    for hour in (8, 9, 16):
        delivered(alone, at(DAY, hour), post)
    assert len(alarms(post)) == len(set(alarms(post))) == 3
    (call,) = calls(alone)
    assert not call.alarmed and {(one.person, one.channel) for one in call.unheard} == set(alarms(post))
    _dead, unheard = dead_letters(Patient(alone, at(DAY, 12), at(DAY, 12), {}))
    assert unheard.level == "error" and f"{OFFICE} (telegram)" in unheard.said
    before, later = Post(), at(DAY) + AGAIN
    delivered(alone, later - timedelta(minutes=1), before)
    assert alarms(before) == []
    delivered(alone, later, before)
    assert alarms(before) == [(OFFICE, "telegram")]
    assert [found.check for found in dead_letters(Patient(alone, later, later, {}))] == ["dead-letters"]


def test_the_command_says_that_the_office_has_not_heard(alone: Office) -> None:
    from dondoc.cli.call_list import _unheard

    delivered(alone, at(DAY), Post(zalo="permanent", email="permanent", telegram="permanent"))
    said = _unheard(calls(alone))
    assert len(said) == 3 and f"{OFFICE}, telegram: telegram permanent" in "".join(said)


def test_an_alarm_that_came_back_is_raised_again(alone: Office) -> None:
    post = Post()
    post.send = only(post, "77", "theo-doi@so.example")  # type: ignore[method-assign]
    delivered(alone, at(DAY), post)
    assert alarms(post) == [(OFFICE, "telegram")]
    with alone.register.writing() as book:
        (letter,) = [r.delivery for r in book.deliveries(person=OFFICE) if r.delivery.subject.startswith("[Cần gọi")]
        book.bounce(letter.id, at(DAY, 9), "trả lại")
    delivered(alone, at(DAY, 10), post)
    assert alarms(post) == [(OFFICE, "telegram"), (OFFICE, "email")]


@pytest.mark.parametrize("others", [True, False])
def test_an_alarm_put_off_for_hours_gives_way_where_there_is_another_channel(alone: Office, others: bool) -> None:
    if not others:
        alone = alone._replace(contacts={CLERK: alone.contacts[CLERK], OFFICE: Contact(others={"telegram": "77"})})
    post, moment = Post(zalo="permanent", email="permanent", telegram="temporary"), at(DAY)
    while moment < at(DAY, 16):
        delivered(alone, moment, post)
        moment += timedelta(minutes=5)
    tries = alarms(post).count((OFFICE, "telegram"))
    assert (tries == TRIES) == others and tries >= TRIES
    assert ((OFFICE, "email") in alarms(post)) == others


def test_of_several_messages_about_one_step_all_are_told_of(live: Office) -> None:
    with live.register.writing() as book:
        (mine,) = [n for n in book.open_notices(at(DAY)) if n.recipient == CLERK and n.occurrence == REPORT]
        book.add_notices([mine._replace(key=mine.key + " nữa", kind="escalation")])
    post = Post(zalo="permanent", email="permanent")
    delivered(live, at(DAY), post)
    (call,) = calls(live)
    assert len(call.deliveries) == 2 and call.alarmed
    assert lost_messages([call]) == 2 and len(alarms(post)) == 1
    delivered(live, at(DAY, 9), post)
    assert len(alarms(post)) == 1
