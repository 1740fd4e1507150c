"""Counting from a day: the day itself does not count (BLDS 2015, Điều 147.2)."""

from datetime import date, timedelta

from dondoc.core.calendar import WorkingCalendar
from dondoc.core.period import last_day
from dondoc.core.timing import Unit


def counted(amount: int, unit: Unit, start: date, calendar: WorkingCalendar) -> date:
    """The day so long after `start`, or before it where negative; months keep the day or end with the month."""
    match unit:
        case "day":
            return start + timedelta(days=amount)
        case "working-day":
            return calendar.shift(start, amount)
        case "month":  # BLDS 2015, Điều 148.3
            years, index = divmod(start.month - 1 + amount, 12)
            end = last_day(start.year + years, index + 1)
            return end.replace(day=min(start.day, end.day))
