"""One day within a period: the n-th day, working day or weekday, and the readings of "tuần cuối", "tuần đầu"."""

from datetime import date, timedelta

from dondoc.core.calendar import WorkingCalendar
from dondoc.core.period import Period, last_day
from dondoc.core.timing import MonthDay, MonthlyWeekday, NthDay, NthWeekday, Spot, WeekdayOfNthWeek

_DAY = timedelta(days=1)


def spot_in(spot: Spot, period: Period, calendar: WorkingCalendar) -> tuple[date, tuple[str, ...]]:
    """The day, and the reasons that lead to it."""
    match spot:
        case NthDay(n, working):
            return _nth_day(n, working, period, calendar)
        case MonthDay(number, day):
            on = _month_day(number, day, period)
            return on, (f"at-the-latest {on}",)
        case NthWeekday(weekday, n):
            on = _nth_weekday(weekday, n, period)
            return on, (f"nth-weekday {weekday} {n} {on}",)
        case WeekdayOfNthWeek(weekday, n, reading):
            on = _weekday_of_week(spot, period)
            return on, (f"week-weekday {weekday} {n} {reading} {on}",)


def _nth_day(n: int, working: bool, period: Period, calendar: WorkingCalendar) -> tuple[date, tuple[str, ...]]:
    if not working:
        on = period.last_on + (n + 1) * _DAY if n < 0 else period.first_on + (n - 1) * _DAY
        return on, (f"last-day {on}" if n == -1 else f"at-the-latest {on}",)
    if n == -1:
        on = calendar.at_or_before(period.last_on)
        return on, (f"last-working-day {period.last_on} {on}",)
    on = calendar.shift(period.first_on - _DAY, n) if n > 0 else calendar.shift(period.last_on + _DAY, n)
    return on, (f"nth-working-day {n} {period.first_on} {on}",)


def _month_day(number: int, day: int, period: Period) -> date:
    months = (period.last_on.year - period.first_on.year) * 12 + period.last_on.month - period.first_on.month + 1
    index = period.first_on.month - 1 + (number - 1 if number > 0 else months + number)
    end = last_day(period.first_on.year + index // 12, index % 12 + 1)
    return end.replace(day=min(day, end.day))


def _nth_weekday(weekday: int, n: int, period: Period) -> date:
    if n < 0:
        last = period.last_on - timedelta(days=(period.last_on.weekday() - weekday) % 7)
        return last + timedelta(days=7 * (n + 1))
    first = period.first_on + timedelta(days=(weekday - period.first_on.weekday()) % 7)
    return first + timedelta(days=7 * (n - 1))


def _weekday_of_week(spot: WeekdayOfNthWeek, period: Period) -> date:
    first = period.first_on
    if spot.reading == "nth-weekday":
        return _nth_weekday(spot.weekday, spot.n, period)
    monday = first - timedelta(days=first.weekday())
    if spot.reading == "nth-full-week" and monday < first:
        monday += timedelta(days=7)
    return monday + timedelta(days=7 * (spot.n - 1) + spot.weekday)


def weekday_in_month(rule: MonthlyWeekday, year: int, number: int) -> date:
    """The named weekday of the "last week", by the reading in force."""
    last = last_day(year, number)
    latest = last - timedelta(days=(last.weekday() - rule.weekday) % 7)
    monday = last - timedelta(days=last.weekday())
    match rule.reading:
        case "last-thursday":
            return latest
        case "week-of-last-day":
            return monday + timedelta(days=rule.weekday)
        case "last-full-week":
            full = monday if last.weekday() == 6 else monday - timedelta(days=7)
            return full + timedelta(days=rule.weekday)
        case "last-full-work-week":
            full = monday if last.weekday() >= 4 else monday - timedelta(days=7)
            return full + timedelta(days=rule.weekday)
        case "fourth-thursday":
            first = date(year, number, 1)
            return first + timedelta(days=(rule.weekday - first.weekday()) % 7 + 21)
