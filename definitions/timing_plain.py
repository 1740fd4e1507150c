"""A calendar with weekends and nothing else, on which phrases are tried before any office's calendar is known."""

from datetime import date
from functools import cache

from dondoc.core.calendar import WorkingCalendar
from dondoc.core.instances import instances
from dondoc.core.timing import Rule, SingleDate


@cache
def plain_calendar(year: int) -> WorkingCalendar:
    return WorkingCalendar(date(year - 3, 1, 1), date(year + 5, 12, 31), {})


def plain_days(rule: Rule) -> list[date]:
    """The days of a rule in 2023, or in its own year."""
    year = rule.on.year if isinstance(rule, SingleDate) else 2023
    return [found.last_on for found in instances(rule, year, plain_calendar(year)) if found.last_on]
