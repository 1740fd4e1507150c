"""Dues by hand: 05/6/2022 is a Sunday, 10/12/2022 a Saturday (domain tables)."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import product

import pytest
from core_samples import CALENDAR, a_calendar

from dondoc.core import due as dues
from dondoc.core.period import half, month, quarter, whole
from dondoc.core.timing import MonthlyWeekday, NthWorkingDay, PeriodEnd, SingleDate, Timing, Within

D = date
# Thursdays of a month's end that domain.md lists as days off, 2022-2030 (after 2026: the package's forecasts).
COLLISIONS = {
    D(2023, 1, 26): (D(2023, 1, 27), D(2023, 1, 19)),
    D(2025, 1, 30): (D(2025, 2, 3), D(2025, 1, 24)),
    D(2026, 4, 30): (D(2026, 5, 4), D(2026, 4, 29)),
    D(2028, 1, 27): (D(2028, 1, 31), D(2028, 1, 21)),
    D(2030, 1, 31): (D(2030, 2, 7), D(2030, 1, 30)),
}


def days(first: date, last: date) -> dict[date, str]:
    return {first + timedelta(days=i): "nghỉ" for i in range((last - first).days + 1)}


OFF = {
    **days(D(2023, 1, 20), D(2023, 1, 26)),
    **days(D(2025, 1, 27), D(2025, 1, 31)),
    **days(D(2026, 4, 30), D(2026, 5, 1)),
    **days(D(2028, 1, 24), D(2028, 1, 28)),
    **days(D(2030, 1, 31), D(2030, 2, 6)),
}


def by(day: date, strict: bool, roll: str = "none", stay: bool = False, calendar=CALENDAR) -> dues.Due:
    return dues.due_by(day, strict, Timing("…", SingleDate(day, strict), roll, "", stay), calendar)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "last_on", "target_on"),
    [
        (D(2022, 6, 5), D(2022, 6, 4), D(2022, 6, 3)),
        (D(2022, 11, 10), D(2022, 11, 9), D(2022, 11, 9)),
        (D(2022, 12, 10), D(2022, 12, 9), D(2022, 12, 9)),
        (D(2023, 6, 5), D(2023, 6, 4), D(2023, 6, 2)),
        (D(2023, 11, 10), D(2023, 11, 9), D(2023, 11, 9)),
        (D(2023, 12, 10), D(2023, 12, 9), D(2023, 12, 8)),
        (D(2024, 6, 5), D(2024, 6, 4), D(2024, 6, 4)),
        (D(2024, 11, 10), D(2024, 11, 9), D(2024, 11, 8)),
        (D(2024, 12, 10), D(2024, 12, 9), D(2024, 12, 9)),
        (D(2025, 6, 5), D(2025, 6, 4), D(2025, 6, 4)),
        (D(2025, 11, 10), D(2025, 11, 9), D(2025, 11, 7)),
        (D(2025, 12, 10), D(2025, 12, 9), D(2025, 12, 9)),
    ],
)
def test_truoc_ngay_ends_the_day_before_and_aims_at_the_last_working_day(before, last_on, target_on):
    due = by(before, strict=True)
    assert (due.last_on, due.target_on, due.unrolled_on) == (last_on, target_on, last_on)


def test_cham_nhat_ends_with_the_named_day():
    due = by(D(2022, 6, 6), strict=False)
    assert (due.last_on, due.target_on) == (D(2022, 6, 6), D(2022, 6, 6))


@pytest.mark.parametrize(
    ("roll", "last_on", "target_on"),
    [
        ("none", D(2022, 6, 5), D(2022, 6, 3)),
        ("forward", D(2022, 6, 6), D(2022, 6, 6)),
        ("backward", D(2022, 6, 3), D(2022, 6, 3)),
    ],
)
def test_a_due_on_a_day_off_rolls_by_its_direction_and_keeps_the_unrolled_day(roll, last_on, target_on):
    due = by(D(2022, 6, 5), False, roll)
    assert (due.last_on, due.target_on, due.unrolled_on) == (last_on, target_on, D(2022, 6, 5))


@pytest.mark.parametrize("roll", ["none", "forward", "backward"])
def test_a_due_on_a_working_day_never_rolls(roll):
    assert by(D(2022, 6, 3), False, roll).last_on == D(2022, 6, 3)


def test_a_roll_that_stays_in_the_month_turns_round():
    saturday_30_april = D(2022, 4, 30)  # 01/5 Sunday, 02 and 03/5 off: forward leads to 04/5
    assert by(saturday_30_april, False, "forward").last_on == D(2022, 5, 4)
    assert by(saturday_30_april, False, "forward", stay=True).last_on == D(2022, 4, 29)
    sunday_1_may = D(2022, 5, 1)
    assert by(sunday_1_may, False, "backward").last_on == D(2022, 4, 29)
    assert by(sunday_1_may, False, "backward", stay=True).last_on == D(2022, 5, 4)
    assert by(D(2022, 6, 5), False, "forward", stay=True).last_on == D(2022, 6, 6)


@pytest.mark.parametrize(
    ("amount", "unit", "start", "last_on", "unrolled_on"),
    [
        (10, "day", D(2022, 6, 1), D(2022, 6, 13), D(2022, 6, 11)),  # day 10 is a Saturday
        (10, "day", D(2022, 6, 3), D(2022, 6, 13), D(2022, 6, 13)),
        (30, "day", D(2022, 3, 1), D(2022, 3, 31), D(2022, 3, 31)),
        (1, "working-day", D(2022, 2, 18), D(2022, 2, 21), D(2022, 2, 21)),
        (7, "working-day", D(2022, 1, 28), D(2022, 2, 15), D(2022, 2, 15)),  # Tết lies between
        (5, "working-day", D(2022, 6, 5), D(2022, 6, 10), D(2022, 6, 10)),
        (1, "month", D(2022, 1, 31), D(2022, 2, 28), D(2022, 2, 28)),
        (1, "month", D(2024, 1, 31), D(2024, 2, 29), D(2024, 2, 29)),
        (3, "month", D(2022, 11, 30), D(2023, 2, 28), D(2023, 2, 28)),
        (12, "month", D(2022, 3, 1), D(2023, 3, 1), D(2023, 3, 1)),
        (2, "month", D(2022, 12, 15), D(2023, 2, 15), D(2023, 2, 15)),
    ],
)
def test_a_period_leaves_out_the_day_of_the_act_and_rolls_forward(amount, unit, start, last_on, unrolled_on):
    rule = Within(amount, unit, "event")  # type: ignore[arg-type]
    due = dues.due_within(rule, start, Timing("…", rule, "forward"), CALENDAR)
    assert (due.last_on, due.unrolled_on) == (last_on, unrolled_on)


@pytest.mark.parametrize(
    ("period", "last_day", "last_working_day"),
    [
        (month(2022, 4), D(2022, 4, 30), D(2022, 4, 29)),
        (quarter(2022, 1), D(2022, 3, 31), D(2022, 3, 31)),
        (quarter(2022, 4), D(2022, 12, 31), D(2022, 12, 30)),
        (half(2022, 1), D(2022, 6, 30), D(2022, 6, 30)),
        (whole(2022), D(2022, 12, 31), D(2022, 12, 30)),
        (month(2024, 2), D(2024, 2, 29), D(2024, 2, 29)),
    ],
)
def test_a_periods_end_is_its_last_day_or_its_last_working_day(period, last_day, last_working_day):
    for working, expected in ((True, last_working_day), (False, last_day)):
        rule = PeriodEnd("month", working)
        assert dues.due_at_end(rule, period, Timing("…", rule), CALENDAR).last_on == expected


def test_the_first_working_day_of_february_2022_comes_after_tet():
    rule = NthWorkingDay(1, "month")
    assert dues.due_on_nth_working_day(1, month(2022, 2), Timing("…", rule), CALENDAR).last_on == D(2022, 2, 7)
    assert dues.due_on_nth_working_day(3, month(2022, 6), Timing("…", rule), CALENDAR).last_on == D(2022, 6, 3)


# --- "thứ 5 của tuần cuối tháng" ---

MONTHS = list(product(range(2022, 2031), range(1, 13)))


def weeks(year: int, number: int, length: int) -> list[list[date]]:
    """Weeks from Monday that touch the month, `length` days each."""
    first, last = D(year, number, 1), D(year, number, monthrange(year, number)[1])
    monday = first - timedelta(days=first.weekday())
    found = []
    while monday <= last:
        found.append([monday + timedelta(days=i) for i in range(length)])
        monday += timedelta(days=7)
    return found


def independent(reading: str, year: int, number: int) -> date:
    """By listing days, not by arithmetic on them."""
    last = D(year, number, monthrange(year, number)[1])
    inside = [D(year, number, d) for d in range(1, last.day + 1)]
    thursdays = [d for d in inside if d.isoweekday() == 4]
    match reading:
        case "last-thursday":
            return thursdays[-1]
        case "fourth-thursday":
            return thursdays[3]
        case "week-of-last-day":
            return next(w for w in weeks(year, number, 7) if last in w)[3]
        case "last-full-week":
            return [w for w in weeks(year, number, 7) if all(d in inside for d in w)][-1][3]
        case _:
            return [w for w in weeks(year, number, 5) if all(d in inside for d in w)][-1][3]


@pytest.mark.parametrize(
    "reading", ["last-thursday", "week-of-last-day", "last-full-week", "last-full-work-week", "fourth-thursday"]
)
def test_each_reading_of_the_last_weeks_thursday_agrees_with_an_independent_listing(reading):
    for year, number in MONTHS:
        assert dues.weekday_in_month(MonthlyWeekday(3, reading), year, number) == independent(reading, year, number)


def differing(reading: str, year: int) -> list[int]:
    rule, usual = MonthlyWeekday(3, reading), MonthlyWeekday(3, "last-thursday")  # type: ignore[arg-type]
    return [n for n in range(1, 13) if dues.weekday_in_month(rule, year, n) != dues.weekday_in_month(usual, year, n)]


@pytest.mark.parametrize(
    ("year", "week_of_last_day", "full_week", "work_week", "fourth"),
    [
        (2022, [1, 2, 5, 8, 10, 11], [3, 4, 6, 9, 12], [3, 6], [3, 6, 9, 12]),
        (2023, [1, 2, 5, 7, 10], [3, 6, 8, 9, 11], [8, 11], [3, 6, 8, 11]),
        (2024, [1, 4, 7, 9, 12], [2, 5, 8, 10, 11], [2, 10], [2, 5, 8, 10]),
        (2025, [3, 4, 6, 9, 12], [1, 2, 5, 7, 10], [7], [1, 5, 7, 10]),
    ],
)
def test_the_months_in_which_the_readings_disagree(year, week_of_last_day, full_week, work_week, fourth):
    assert differing("week-of-last-day", year) == week_of_last_day
    assert differing("last-full-week", year) == full_week
    assert differing("last-full-work-week", year) == work_week
    assert differing("fourth-thursday", year) == fourth


def test_each_week_based_reading_disagrees_with_the_last_thursday_in_46_of_108_months():
    for reading in ("week-of-last-day", "last-full-week"):
        assert sum(len(differing(reading, year)) for year in range(2022, 2031)) == 46


def reception(day: date, collision: str) -> dues.Due | None:
    rule = MonthlyWeekday(3, "last-thursday")
    return dues.due_on_weekday(rule, day.year, day.month, collision, Timing("thứ 5", rule), a_calendar(OFF))


@pytest.mark.parametrize("thursday", COLLISIONS)
def test_a_reception_on_a_day_off_moves_by_the_obligations_collision_rule(thursday):
    after, before = COLLISIONS[thursday]
    in_month = after if after.month == thursday.month else before
    found = {rule: reception(thursday, rule) for rule in ("next", "previous", "next-in-month-else-previous")}
    assert {rule: due.last_on for rule, due in found.items() if due} == {
        "next": after,
        "previous": before,
        "next-in-month-else-previous": in_month,
    }
    assert all(due and due.unrolled_on == thursday and due.target_on == due.last_on for due in found.values())


def test_a_reception_on_a_day_off_is_skipped_only_where_the_office_says_so():
    assert reception(D(2025, 1, 30), "skip") is None
    assert reception(D(2025, 2, 27), "skip") is not None


def test_every_due_tells_its_steps_from_the_phrase_to_the_working_day():
    assert by(D(2022, 6, 5), True).why == (
        "phrase …",
        "strictly-before 2022-06-05 2022-06-04",
        "day-off 2022-06-04",
        "target 2022-06-03 2022-06-04",
    )
    moved = reception(D(2025, 1, 30), "next-in-month-else-previous")
    assert moved and moved.why == (
        "phrase thứ 5",
        "weekday 3 last-thursday 2025-01-30",
        "day-off 2025-01-30 nghỉ",
        "collision next-in-month-else-previous 2025-01-30 2025-01-24",
        "target 2025-01-24 2025-01-24",
    )
