"""A clock that leaps ahead while the machine runs holds what would be sent; days switched off do not."""

from datetime import UTC, datetime, timedelta

import pytest
from office_samples import Desk, moment

from dondoc.register import Register
from dondoc.settings import Uptime, uptime
from dondoc.use_cases.hold import release, show_hold
from dondoc.use_cases.watch_clock import MACHINES, STARTED, watch_clock

RUNNING = timedelta(days=3)  # how long the machine had been running at the first look


def _look(desk: Desk, at: datetime, ran: timedelta, boot: str = "one") -> bool:
    return watch_clock(desk.office, at, at, Uptime(boot, (RUNNING + ran).total_seconds()))


def _reason(desk: Desk, at: datetime) -> str:
    return show_hold(desk.office, at).reason


def test_fifteen_days_in_an_hour_are_held_before_a_few_letters_leave(either: Desk) -> None:
    at = moment("18/3")
    either.sweep("18/3")
    assert not _look(either, at, timedelta(0))
    leapt = at + timedelta(days=15, hours=1)
    assert _look(either, leapt, timedelta(hours=1))
    assert either.sweep("02/4", 9).held
    assert _reason(either, leapt) == "đồng hồ của máy nhảy tới trước 15 ngày trong khi máy vẫn chạy"


@pytest.mark.parametrize(("ahead", "held"), [(timedelta(hours=6), True), (timedelta(hours=5, minutes=59), False)])
def test_six_hours_ahead_is_a_leap(desk: Desk, ahead: timedelta, held: bool) -> None:
    at, hour = moment("18/3"), timedelta(hours=1)
    _look(desk, at, timedelta(0))
    assert _look(desk, at + hour + ahead, hour) is held is bool(_reason(desk, at))


def test_small_leaps_are_not_added_up_day_by_day(desk: Desk) -> None:
    at = moment("18/3")
    looks = [_look(desk, at + n * timedelta(hours=29), n * timedelta(days=1)) for n in range(10)]
    assert not any(looks)


def test_days_of_sleep_and_days_switched_off_are_no_leap(desk: Desk) -> None:
    at, days = moment("18/3"), timedelta(days=15)
    _look(desk, at, timedelta(0))
    assert not _look(desk, at + days, days)  # the machine slept: its own count went on
    assert not _look(desk, at + 2 * days, -RUNNING, boot="two")  # started anew: nothing to compare with
    assert not _reason(desk, at)


def test_once_released_the_clock_is_believed(desk: Desk) -> None:
    at, hour = moment("18/3"), timedelta(hours=1)
    _look(desk, at, timedelta(0))
    leapt = at + timedelta(days=2)
    assert _look(desk, leapt, hour)
    assert "nhảy tới trước 47 giờ" in _reason(desk, leapt)
    release(desk.office, leapt, "chanh-van-phong-so")
    assert not _look(desk, leapt + hour, 2 * hour) and not _reason(desk, leapt)


def test_two_machines_on_one_register_do_not_hide_each_others_leaps(either: Desk) -> None:
    at, hour = moment("18/3"), timedelta(hours=1)
    for n in range(3):
        assert not _look(either, at + n * hour, n * hour, boot="one")
        assert not _look(either, at + n * hour, (n - 5) * hour, boot="two")
    assert _look(either, at + 3 * hour + timedelta(days=15), 3 * hour, boot="one")
    assert "15 ngày" in _reason(either, at)


def test_machines_of_long_ago_are_forgotten(desk: Desk) -> None:
    at = moment("18/3")
    for n in range(MACHINES + 1):
        _look(desk, at, timedelta(0), boot=str(n))
    kept = [line.split()[0] for line in (desk.setting(STARTED) or "").splitlines()]
    assert kept == [str(n) for n in range(1, MACHINES + 1)]


def test_the_proofs_shifted_clock_is_none(desk: Desk) -> None:
    at, shift = moment("18/3"), timedelta(days=300)
    up = Uptime("one", RUNNING.total_seconds())
    assert not watch_clock(desk.office, at, at, up)
    assert not watch_clock(desk.office, at + shift, at, up)


def test_a_machine_that_cannot_say_and_an_office_without_a_register_hold_nothing(desk: Desk) -> None:
    at = moment("18/3")
    nowhere = desk.office._replace(register=Register(f"sqlite:///{desk.office.data / 'none.db'}", desk.office.agency))
    assert not watch_clock(nowhere, at, at, Uptime("one", 1.0))
    assert not watch_clock(desk.office, at, at, Uptime(""))
    assert desk.setting("machine-started") is None


def test_this_machine_can_say_since_when_it_runs() -> None:
    first, second = uptime(), uptime()
    assert first.boot == second.boot != "" and 0 < first.seconds <= second.seconds
    assert first.seconds < datetime.now(UTC).timestamp()
