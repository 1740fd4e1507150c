from datetime import date

import pytest
from core_samples import FIRST, LAST, a_calendar

from dondoc.core.calendar import CalendarHorizonError, WorkingCalendar

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2022, 6, d) for d in (3, 4, 5, 6))
plain = a_calendar({})


def test_a_weekend_day_is_off_and_a_weekday_is_worked():
    assert [plain.is_working(day) for day in (FRIDAY, SATURDAY, SUNDAY, MONDAY)] == [True, False, False, True]


def test_a_note_wins_over_the_weekday_both_ways():
    swapped = a_calendar({date(2026, 1, 2): "hoán đổi"}, [date(2026, 1, 10)])
    assert not swapped.is_working(date(2026, 1, 2))
    assert swapped.is_working(date(2026, 1, 10))


@pytest.mark.parametrize(
    ("day", "before", "after"), [(FRIDAY, FRIDAY, FRIDAY), (SATURDAY, FRIDAY, MONDAY), (SUNDAY, FRIDAY, MONDAY)]
)
def test_the_nearest_working_days_of_a_day(day, before, after):
    assert (plain.at_or_before(day), plain.at_or_after(day)) == (before, after)


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (FRIDAY, 1, MONDAY),
        (SATURDAY, 1, MONDAY),
        (SUNDAY, 1, MONDAY),
        (SUNDAY, 2, date(2022, 6, 7)),
        (MONDAY, -1, FRIDAY),
        (SUNDAY, -1, FRIDAY),
        (SATURDAY, -1, FRIDAY),
        (FRIDAY, -1, date(2022, 6, 2)),
        (SUNDAY, 0, SUNDAY),
        (FRIDAY, -7, date(2022, 5, 25)),
    ],
)
def test_shifting_counts_working_days_and_never_the_day_itself(day, days, expected):
    assert plain.shift(day, days) == expected


def test_working_days_between_leave_out_the_start_and_count_the_end():
    assert plain.count_between(FRIDAY, MONDAY) == 1
    assert plain.count_between(FRIDAY, SUNDAY) == 0
    assert plain.count_between(SATURDAY, MONDAY) == 1
    assert plain.count_between(MONDAY, FRIDAY) == -1


def test_a_day_outside_the_table_is_refused_rather_than_guessed():
    assert plain.is_working(LAST) in (True, False)
    for ask in (
        lambda: plain.is_working(date(2034, 1, 1)),
        lambda: plain.shift(LAST, 1),
        lambda: plain.at_or_before(date(2019, 12, 31)),
        lambda: plain.count_between(FIRST, date(2034, 1, 1)),
    ):
        with pytest.raises(CalendarHorizonError):
            ask()


def test_a_table_that_begins_with_days_off_has_no_working_day_before_them():
    begins_on_saturday = WorkingCalendar(SATURDAY, MONDAY, {})
    with pytest.raises(CalendarHorizonError):
        begins_on_saturday.at_or_before(SUNDAY)
    assert begins_on_saturday.at_or_after(SATURDAY) == MONDAY
