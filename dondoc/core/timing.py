"""Typed timing rules: what a phrase such as "trước ngày 05/6 và ngày 10/11" means, without any year in it yet."""

from datetime import date
from typing import Literal, NamedTuple

Roll = Literal["none", "forward", "backward"]
Span = Literal["month", "quarter", "half-year", "year"]
Unit = Literal["day", "working-day", "month"]
Reading = Literal["last-thursday", "week-of-last-day", "last-full-week", "last-full-work-week", "fourth-thursday"]


class YearlyDates(NamedTuple):
    """Fixed days of each year, (month, day); strict is "trước ngày": the named day itself is too late."""

    days: tuple[tuple[int, int], ...]
    strict: bool


class SingleDate(NamedTuple):
    """One dated day; strict as above."""

    on: date
    strict: bool


class MonthlyDay(NamedTuple):
    """A day of every month (clipped to the month's end); strict as above."""

    day: int
    strict: bool


class MonthlyWeekday(NamedTuple):
    """A weekday (Monday 0) of the month's last week, under one declared reading of "week"."""

    weekday: int
    reading: Reading


class PeriodEnd(NamedTuple):
    """The last day, or last working day, of every span."""

    span: Span
    working: bool = True


class NthWorkingDay(NamedTuple):
    """The n-th working day of every span (1 is the first)."""

    n: int
    span: Span


class Within(NamedTuple):
    """A period counted from an act: the day of the act does not count (BLDS 2015, Điều 147)."""

    amount: int
    unit: Unit
    after: str  # "event", "issued" (the plan's own date), or the id of an earlier step


class BeforeOther(NamedTuple):
    """So many working days before another obligation's target (a producer before its consumer)."""

    amount: int
    obligation: str


class Unset(NamedTuple):
    """ "đúng thời gian quy định": the due stands in a document that somebody must find and bind."""

    pointer: str  # the words of the plan, or the document they point at


class OnEvent(NamedTuple):
    """No clock of its own: an event opens a case."""

    event: str


Rule = (
    YearlyDates
    | SingleDate
    | MonthlyDay
    | MonthlyWeekday
    | PeriodEnd
    | NthWorkingDay
    | Within
    | BeforeOther
    | Unset
    | OnEvent
)


class Timing(NamedTuple):
    """A rule with its words and its behaviour on days off."""

    phrase: str  # as the paper or the definition says it
    rule: Rule
    roll: Roll = "none"
    reading: str = ""  # the reading of an ambiguous word that is in force
    stay_in_month: bool = False
