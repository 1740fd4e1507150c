"""Expanding a monthly rule over ten years, and checking that both computed the same days."""

from datetime import date

from dateutil.rrule import MONTHLY, TH, rrule

from benchmarks.measure import Result, compare
from dondoc.core.calendar import WorkingCalendar
from dondoc.core.due import due_on_weekday
from dondoc.core.timing import MonthlyWeekday, Timing

YEARS = range(2022, 2032)
RULE = MonthlyWeekday(3, "last-thursday")
TIMING = Timing("thứ 5 của tuần cuối tháng", RULE)
PLAIN = WorkingCalendar(date(2021, 1, 1), date(2032, 12, 31), {})


def ours() -> list[date]:
    found = [due_on_weekday(RULE, year, month, "", TIMING, PLAIN) for year in YEARS for month in range(1, 13)]
    return [due.last_on for due in found if due]


def peer() -> list[date]:
    start = date(YEARS.start, 1, 1)
    return [at.date() for at in rrule(MONTHLY, byweekday=TH(-1), dtstart=_noon(start), until=_noon(date(2031, 12, 31)))]


def _noon(day: date):  # type: ignore[no-untyped-def]
    from datetime import UTC, datetime, time

    return datetime.combine(day, time(12), UTC)


def run() -> list[Result]:
    assert ours() == peer(), "both must compute the same Thursdays"
    size = len(ours())
    return [compare("expand a monthly rule, with its explanation", size, "date", ours, "dateutil", peer)]
