"""A message that one channel cannot bring goes by the next one, never twice by the same; then somebody calls."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from hashlib import sha256

import pytest
from watched_office import CLERK, REPORT, Post, act, at, delivered

from definitions.contacts import Contact
from dondoc.core.delivery import Delivery
from dondoc.use_cases.call_list import Call, call_list
from dondoc.use_cases.next_try import TRIES, retry_at
from dondoc.use_cases.office import Office
from dondoc.use_cases.routing import RECEIPT
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.sweep import sweep
from notifications.outcome import Outcome

DAY = date(2022, 5, 25)


def calls(office: Office, moment: datetime) -> list[Call]:
    return [call for call in call_list(office, moment) if call.person == CLERK and call.key == REPORT]


def statuses(office: Office) -> dict[str, str]:
    """Of today's messages to the one who prefers Zalo, by channel."""
    with office.register.reading() as book:
        mine = [r for r in book.deliveries(person=CLERK) if r.delivery.local_day == DAY and REPORT in r.delivery.text]
    return {r.delivery.channel: r.delivery.status for r in mine}


def test_what_is_refused_for_good_goes_by_the_next_channel_in_the_same_run(live: Office) -> None:
    post = Post(zalo="permanent")
    delivered(live, at(DAY), post)
    assert post.of() == [("zalo", True), ("email", True)]
    assert statuses(live) == {"zalo": "replaced", "email": "sent"}
    assert calls(live, at(DAY)) == []
    delivered(live, at(DAY, 9), post)
    assert len(post.of()) == 2


def test_each_channel_is_tried_once_and_then_somebody_calls(live: Office) -> None:
    post = Post(zalo="permanent", email="permanent")
    report = delivered(live, at(DAY), post)
    assert post.of() == [("zalo", True), ("email", True)]
    (call,) = calls(live, at(DAY))
    assert (call.phone, call.channels, call.why) == ("024 1", ("email", "zalo"), "email permanent")
    assert report.dead >= 1 and call.target_on == date(2022, 6, 3)
    delivered(live, at(DAY, 10), post)
    assert len(post.of()) == 2


def test_of_a_message_that_cannot_arrive_the_office_hears_once_over_another_channel(live: Office) -> None:
    post = Post(zalo="permanent", email="permanent")
    for minute in (0, 5, 10):
        delivered(live, at(DAY, 8, minute), post)
    alarms = [x for x in post.letters if x.subject.startswith("[Cần gọi điện]")]
    assert [(x.person, x.channel, x.address) for x in alarms] == [("cv-theo-doi-qcdc", "telegram", "77")]
    assert "024 1" in alarms[0].text and f"dondoc record called {REPORT} --person {CLERK}" in alarms[0].text


def test_where_the_office_has_no_other_channel_another_of_its_people_hears_by_the_same(live: Office) -> None:
    live = live._replace(contacts={**live.contacts, "cv-theo-doi-qcdc": Contact("theo-doi@so.example")})
    post = Post(zalo="permanent")
    post.send = _refusing(post, "dau-moi@so.example")  # type: ignore[method-assign]
    delivered(live, at(DAY), post)
    alarms = [x for x in post.letters if x.subject.startswith("[Cần gọi điện]")]
    assert [(x.person, x.channel) for x in alarms] == [("cv-theo-doi-qcdc", "email")]


def _refusing(post: Post, address: str) -> Callable[[Delivery], Outcome]:
    send = post.send
    return lambda d: Outcome("permanent", "550") if d.address == address else send(d)


def test_whoever_has_no_address_on_any_channel_is_called(live: Office) -> None:
    live = live._replace(contacts={**live.contacts, CLERK: Contact(phone="024 1", others={"sms": "1"})})
    post = Post()
    delivered(live, at(DAY), post)
    (call,) = calls(live, at(DAY))
    assert post.of() == [] and (call.phone, call.why) == ("024 1", "no-channel")


def test_an_unknown_zalo_waits_for_its_receipt_and_is_never_sent_again(live: Office) -> None:
    post = Post(zalo="unknown")
    delivered(live, at(DAY), post)
    before = at(DAY) + RECEIPT - timedelta(minutes=1)
    delivered(live, before, post)
    assert post.of() == [("zalo", True)] and statuses(live) == {"zalo": "unknown"} and calls(live, before) == []
    delivered(live, at(DAY) + RECEIPT, post)
    assert post.of() == [("zalo", True), ("email", True)]


def test_a_receipt_in_time_ends_the_waiting(live: Office) -> None:
    post = Post(zalo="unknown")
    delivered(live, at(DAY), post)
    with live.register.writing() as book:
        (zalo,) = [r.delivery for r in book.deliveries(statuses=["unknown"]) if r.delivery.person == CLERK]
        book.settle(zalo.id, "sent", at(DAY, 8, 5))
    delivered(live, at(DAY, 12), post)
    assert post.of() == [("zalo", True)] and statuses(live) == {"zalo": "sent"}


def test_a_worker_that_dies_over_zalo_does_not_make_it_ring_twice(live: Office) -> None:
    delivered(live, at(DAY), Post(zalo="temporary", email="temporary"))
    with live.register.writing() as book:
        book.claim(at(DAY, 8, 10), "dead worker", timedelta(minutes=5), 100)
    post = Post()
    delivered(live, at(DAY, 8, 20), post)
    assert statuses(live)["zalo"] == "unknown" and post.of() == []
    assert {x.channel for x in post.letters} == {"email"}  # these are recognisable as the same message
    delivered(live, at(DAY, 9), post)
    assert post.of() == [("email", True)]


def test_an_unknown_mail_is_tried_again_under_the_same_identifier_and_not_for_ever(live: Office) -> None:
    live = live._replace(contacts={**live.contacts, CLERK: Contact("dau-moi@so.example")})
    post, moment = Post(email="unknown"), at(DAY)
    for _ in range(40):
        delivered(live, moment, post)
        moment += timedelta(minutes=15)
    mine = [x for x in post.letters if x.person == CLERK and REPORT in x.text]
    assert len(mine) == TRIES and len({(x.message_id, x.text) for x in mine}) == 1
    assert [call.why for call in calls(live, moment)] == ["email unknown"]


def test_a_channel_put_off_for_hours_gives_way_where_there_is_another(live: Office) -> None:
    post, moment = Post(zalo="temporary"), at(DAY)
    while moment < at(DAY, 13):
        delivered(live, moment, post)
        moment += timedelta(minutes=5)
    assert [channel for channel, _ in post.of()] == ["zalo"] * TRIES + ["email"]


def test_without_another_channel_it_is_tried_until_its_time_is_over_and_once_shortly_before(live: Office) -> None:
    live = live._replace(contacts={**live.contacts, CLERK: Contact("dau-moi@so.example")})
    post, moment, tries = Post(email="temporary"), at(DAY), []
    with live.register.reading() as book:
        ends = min(n.not_after for n in book.open_notices(moment) if n.recipient == CLERK and n.occurrence == REPORT)
    while moment <= ends + timedelta(hours=1):
        before = len(post.of())
        delivered(live, moment, post)
        tries += [moment] * (len(post.of()) - before)
        moment += timedelta(minutes=5) if ends - moment <= timedelta(minutes=30) else timedelta(minutes=30)
    assert len(tries) > TRIES and ends - timedelta(minutes=20) <= tries[-1] <= ends
    assert [call.why for call in calls(live, moment)] == ["email temporary"]


def test_a_digest_whose_one_part_ran_out_no_longer_says_it_and_that_part_is_called_about(live: Office) -> None:
    live = live._replace(contacts={**live.contacts, CLERK: Contact("dau-moi@so.example")})
    with live.register.writing() as book:
        (mine,) = [n for n in book.open_notices(at(DAY)) if n.recipient == CLERK and n.occurrence == REPORT]
        short = mine._replace(key=mine.key + " sớm", not_after=at(DAY, 10), details={"level": "giam-doc"})
        book.add_notices([short])
    delivered(live, at(DAY), Post(email="temporary"))
    with live.register.reading() as book:
        (both,) = [r for r in book.deliveries(statuses=["retry"]) if r.delivery.person == CLERK]
    assert set(both.notices) == {mine.key, short.key}
    post = Post()
    delivered(live, at(DAY, 11), post)
    with live.register.reading() as book:
        where = {r.notice.key: r for r in book.notices(keys=[mine.key, short.key])}
        state = {r.delivery.id: r for r in book.deliveries(person=CLERK)}
    assert state[where[mine.key].delivery].delivery.status == "sent"
    assert state[where[mine.key].delivery].notices == (mine.key,)
    lost = state[where[short.key].delivery]
    assert (lost.delivery.id, lost.delivery.status, lost.detail) == (both.delivery.id, "dead", "expired")


@pytest.mark.parametrize("zalo", ["temporary", "unknown", "permanent"])
def test_answered_on_one_channel_it_is_silent_on_all(live: Office, zalo: str) -> None:
    """Zalo waits, may have arrived or has failed; the report is handed in: nothing more, and the journal says why."""
    delivered(live, at(DAY), Post(zalo=zalo, email="temporary"))
    submit(live, REPORT, Evidence(number="12/BC", signed_on=DAY, kept_at="Văn thư"), act(DAY), at(DAY, 8, 10))
    post = Post()
    for hour in range(9, 18):
        delivered(live, at(DAY, hour), post)
    assert [told for _, told in post.of() if told] == [] and calls(live, at(DAY, 17)) == []
    with live.register.reading() as book:
        written = [f for f in book.facts([REPORT])[REPORT] if f.kind == "withdrawn"]
        mine = [r for r in book.notices(occurrences=[REPORT]) if r.notice.recipient == CLERK and r.withdrawn_at]
    assert {f.payload["reason"] for f in written} == {"bước này đã có thay đổi"}
    assert {r.notice.key for r in mine} <= {f.payload["notice"] for f in written} and mine


def test_answered_while_it_leaves_it_is_not_sent_again_should_the_worker_die(live: Office) -> None:
    delivered(live, at(DAY), Post(zalo="permanent", email="temporary"))
    with live.register.writing() as book:
        book.claim(at(DAY, 8, 5), "dead worker", timedelta(minutes=5), 100)
    submit(live, REPORT, Evidence(number="12/BC", signed_on=DAY, kept_at="Văn thư"), act(DAY), at(DAY, 8, 6))
    post = Post()
    delivered(live, at(DAY, 9), post)
    assert [told for _, told in post.of() if told] == []


def test_a_later_word_on_the_same_step_takes_an_earlier_one_off_the_call_list(live: Office) -> None:
    delivered(live, at(DAY), Post(zalo="permanent", email="permanent"))
    (first,) = calls(live, at(DAY))
    later = at(date(2022, 5, 31))
    sweep(live, later)
    delivered(live, later, Post())
    assert first.kind == "reminder" and calls(live, later) == []


def test_nothing_leaves_on_a_day_off_although_it_waits(live: Office) -> None:
    post = Post()
    for moment in (at(date(2022, 5, 28), 9), at(date(2022, 5, 29), 15), at(date(2022, 5, 30), 5)):
        delivered(live, moment, post)
    assert post.letters == []
    sweep(live, at(date(2022, 5, 30)))
    delivered(live, at(date(2022, 5, 30)), post)
    assert post.of() and {x.local_day for x in post.letters} == {date(2022, 5, 30)}


def test_a_thousand_put_off_together_do_not_come_back_together() -> None:
    start = at(DAY)
    letters = [_put_off(n, attempts) for n in range(1000) for attempts in (1, 4)]
    for attempts, first in ((1, timedelta(minutes=1)), (4, timedelta(minutes=8))):
        waits = [retry_at(one, start) - start for one in letters if one.attempts == attempts]
        assert first <= min(waits) and max(waits) <= first * 1.5
        assert max(Counter(int(wait / first * 100) for wait in waits).values()) < 60  # of fifty hundredths


def _put_off(n: int, attempts: int) -> Delivery:
    id_ = sha256(str(n).encode()).hexdigest()[:32]
    return Delivery(id_, "", "email", "", "now", DAY, "", "", "", "", at(date(2022, 6, 30)), "", attempts)


@pytest.mark.parametrize("attempts", [1, 10, 60, 5000])
def test_the_wait_grows_to_six_hours_and_no_further(attempts: int) -> None:
    wait = retry_at(_put_off(1, attempts), at(DAY)) - at(DAY)
    assert timedelta(minutes=1) <= wait <= timedelta(hours=9) and (attempts < 10 or wait >= timedelta(hours=6))
