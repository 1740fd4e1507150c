"""05/6/2022: target Friday 03/6, last Saturday 04/6, +1 Monday 06/6. A rung's moment is 08:00 of its day."""

from datetime import date, time, timedelta
from itertools import islice

import pytest
from core_samples import LADDER, a_book, local, moments

from dondoc.core.ladder import OPENING_KIND, rungs
from dondoc.core.occurrence import Round
from dondoc.core.plan import Escalation, Hours, Ladder

D = date
SECOND = timedelta(seconds=1)


JUNE = {"since": D(2022, 5, 25), "last_on": D(2022, 6, 4), "target_on": D(2022, 6, 3), "hour": 0}


def a_round(**values) -> Round:
    at = {**JUNE, **values}
    since_at = local(at["since"], at["hour"])
    return Round(1, "opened", since_at, at["last_on"], at["target_on"], at["last_on"])


def first(n: int, round_: Round | None = None, ladder: Ladder = LADDER) -> list[tuple[str, date]]:
    zone = moments()
    return [(r.name, zone.day_of(r.at)) for r in islice(rungs(round_ or a_round(), ladder, zone), n)]


def test_the_rungs_of_the_june_report_stand_on_their_days():
    assert first(10) == [
        ("opened", D(2022, 5, 25)),
        ("T-7", D(2022, 5, 25)),
        ("T-3", D(2022, 5, 31)),
        ("T-1", D(2022, 6, 2)),
        ("T", D(2022, 6, 3)),
        ("+1", D(2022, 6, 6)),
        ("+1 unit.head", D(2022, 6, 6)),
        ("+3 chanh-van-phong", D(2022, 6, 8)),
        ("+5 giam-doc", D(2022, 6, 10)),
        ("+5 giam-doc /1", D(2022, 6, 17)),
    ]


def test_repeats_go_on_until_answered_and_order_among_others_by_offset():
    ladder = Ladder("l", (), (Escalation(1, "a", every=2), Escalation(4, "b", every=3)))
    names = [name for name, _ in first(10, ladder=ladder)]
    assert names == ["opened", "+1", "+1 a", "+1 a /1", "+4 b", "+1 a /2", "+1 a /3", "+4 b /1", "+1 a /4", "+4 b /2"]


def test_indexes_count_up_without_holes():
    assert [r.index for r in islice(rungs(a_round(), LADDER, moments()), 30)] == list(range(30))


@pytest.mark.parametrize(
    ("rung", "day", "said"),
    [
        ("T-3", D(2022, 5, 31), "reminder"),
        ("T-1", D(2022, 6, 2), "reminder"),
        ("T", D(2022, 6, 3), "due-today"),
        ("+1", D(2022, 6, 6), "overdue"),
        ("+1 unit.head", D(2022, 6, 6), "escalation"),
        ("+3 chanh-van-phong", D(2022, 6, 8), "escalation"),
        ("+5 giam-doc ?0", D(2022, 6, 10), "approval"),
        ("+5 giam-doc ?1", D(2022, 6, 13), "approval"),
    ],
)
def test_each_rung_is_silent_a_second_before_its_moment_and_speaks_at_it(rung, day, said):
    book = a_book()
    book.days(D(2022, 5, 25), day - timedelta(days=1))
    before = len(book.said)
    book.check(local(day) - SECOND)
    assert len(book.said) == before
    book.check(local(day))
    spoken = {n.key.split("#")[1].removeprefix("nop.1.").split("@")[0]: n for n in book.said[before:]}
    assert spoken[rung].kind == said
    assert spoken[rung].moment_at == local(day)


def test_the_first_message_is_the_opening_and_the_reminder_of_the_same_moment_is_none():
    book = a_book()
    book.check(local(D(2022, 5, 25)) - SECOND)
    assert book.said == []
    book.check(local(D(2022, 5, 25)))
    assert [n.kind for n in book.said] == ["opened"]


def test_a_round_begun_in_office_hours_speaks_at_once_else_at_the_next_sending_hour():
    zone = moments()
    friday = D(2022, 5, 27)
    assert zone.first_speech(local(friday, 10)) == local(friday, 10)
    assert zone.first_speech(local(friday, 7, 45)) == local(friday, 8)
    assert zone.first_speech(local(friday, 3)) == local(friday, 8)
    assert zone.first_speech(local(friday, 8)) == local(friday, 8)
    assert zone.first_speech(local(friday, 17)) == local(D(2022, 5, 30), 8)
    assert zone.first_speech(local(friday, 16, 59)) == local(friday, 16, 59)
    assert zone.first_speech(local(D(2022, 5, 28), 10)) == local(D(2022, 5, 30), 8)


def test_the_office_speaks_on_working_days_from_its_opening_until_just_before_its_close():
    zone, friday = moments(), D(2022, 5, 27)
    assert [zone.is_open(at) for at in (local(friday, 7, 30), local(friday, 7, 30) - SECOND)] == [True, False]
    assert [zone.is_open(at) for at in (local(friday, 17) - SECOND, local(friday, 17))] == [True, False]
    assert not zone.is_open(local(D(2022, 5, 28), 10))
    assert zone.next_open(local(friday, 17)) == local(D(2022, 5, 30), 7, 30)
    assert zone.next_open(local(friday, 5)) == local(friday, 7, 30)
    assert zone.next_open(local(friday, 9)) == local(friday, 9)


def test_no_rung_but_the_opening_stands_on_an_unset_due():
    unset = a_round(last_on=None, target_on=None)
    assert first(5, unset) == [("opened", D(2022, 5, 25))]


def test_a_ladder_without_rungs_is_a_declared_silence_after_the_opening():
    assert first(5, ladder=Ladder("im-lang")) == [("opened", D(2022, 5, 25))]


def test_escalations_of_a_round_begun_after_its_due_count_from_its_beginning():
    late = a_round(since=D(2022, 6, 13), hour=9)
    assert [(name, day) for name, day in first(7, late) if name.startswith("+")] == [
        ("+1", D(2022, 6, 14)),
        ("+1 unit.head", D(2022, 6, 14)),
    ]


def test_reminders_before_a_rounds_beginning_are_none():
    book = a_book()
    book.check(local(D(2022, 6, 1), 9))  # the round is of 25/5: its opening and T-7 and T-3 are behind
    assert [n.key.split(".")[-1] for n in book.said] == ["T-3@tdc-focal"]
    fresh = a_round(since=D(2022, 6, 1), hour=9)
    zone = moments()
    opening = zone.first_speech(fresh.since_at)
    assert [r.name for r in islice(rungs(fresh, LADDER, zone), 5) if r.at > opening] == ["T-1", "T"]


def test_the_sending_hour_belongs_to_the_plan():
    late_riser = moments(hours=Hours(send=time(9, 15)))
    rung = next(islice(rungs(a_round(), LADDER, late_riser), 2, 3))
    assert rung.at == local(D(2022, 5, 31), 9, 15)


def test_every_cause_of_a_round_has_its_first_word():
    from typing import get_args

    from dondoc.core.notice import NoticeKind
    from dondoc.core.occurrence import Cause

    assert set(OPENING_KIND) == set(get_args(Cause))
    assert set(OPENING_KIND.values()) <= set(get_args(NoticeKind))
