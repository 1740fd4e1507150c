"""Typed timing rules: what a phrase such as "trước ngày 05/6 và ngày 10/11" means, without any year in it yet.

The plain rules come first; those after `Spans` combine. A phrase is always kept as the plainest rule that says it
(see definitions.timing_build), so that two phrases with one meaning give one value.
"""

from datetime import date
from typing import Literal, NamedTuple

Roll = Literal["none", "forward", "backward"]
Span = Literal["week", "month", "quarter", "half-year", "nine-months", "year"]
Unit = Literal["day", "working-day", "month"]
Reading = Literal["last-thursday", "week-of-last-day", "last-full-week", "last-full-work-week", "fourth-thursday"]
WeekReading = Literal["nth-weekday", "nth-calendar-week", "nth-full-week"]


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
    """So many days before another obligation's target (a producer before its consumer), or after it."""

    amount: int
    obligation: str
    unit: Unit = "working-day"
    after: bool = False


class Unset(NamedTuple):
    """ "đúng thời gian quy định": the due stands in a document that somebody must find and bind."""

    pointer: str  # the words of the plan, or the document they point at


class OnEvent(NamedTuple):
    """No clock of its own: an event opens a case."""

    event: str


class Spans(NamedTuple):
    """Which periods of a year: all of a span, or the numbered ones; `shift` looks so many periods further."""

    span: Span
    numbers: tuple[int, ...] = ()
    year: int = 0  # 0: of every year
    shift: int = 0  # 1: "tháng sau", "năm liền kề"; -1: "tháng trước"


class NthDay(NamedTuple):
    """The n-th day, or working day, of a period; -1 is the last."""

    n: int
    working: bool = False


class MonthDay(NamedTuple):
    """A day (clipped to the month's end) of a period's n-th month; -1 is the last month."""

    month: int
    day: int


class NthWeekday(NamedTuple):
    """The n-th such weekday (Monday 0) of a period; -1 is the last."""

    weekday: int
    n: int


class WeekdayOfNthWeek(NamedTuple):
    """A weekday of a month's n-th week, under one declared reading of "week"."""

    weekday: int
    n: int
    reading: WeekReading


Spot = NthDay | MonthDay | NthWeekday | WeekdayOfNthWeek


class InSpans(NamedTuple):
    """One day of each of some periods; strict as above."""

    spans: Spans
    spot: Spot
    strict: bool = False


class During(NamedTuple):
    """Any day of each of some periods: open from its first, due on its last ("trong quý III")."""

    spans: Spans


class Weekly(NamedTuple):
    """Weekdays of every week (Monday 0); strict as above."""

    weekdays: tuple[int, ...]
    strict: bool = False


class NamedDay(NamedTuple):
    """A day that somebody else's calendar sets each year (a school year's end), given as data."""

    name: str
    strict: bool = False


class Offset(NamedTuple):
    """So long after (amount > 0) or before (amount < 0) the day of another rule."""

    amount: int
    unit: Unit
    of: "Rule"


class BeforeEvent(NamedTuple):
    """So long before a day that an event sets ("105 ngày trước ngày bầu cử")."""

    amount: int
    unit: Unit
    event: str


class Window(NamedTuple):
    """From a day to a day, both included."""

    first: "Rule"
    last: "Rule"


class WithData(NamedTuple):
    """A due, and the window or cut-off day of the figures that it reports on."""

    due: "Rule"
    data: "Rule"


class Several(NamedTuple):
    """Several dues of one duty, that no plainer rule says together."""

    parts: "tuple[Rule, ...]"


class Excepting(NamedTuple):
    """A rule with another one ("riêng tháng 12 …"), or none ("trừ tháng 02"), in some of its periods."""

    rule: "Rule"
    spans: Spans
    instead: "Rule | None" = None


class CutOff(NamedTuple):
    """What comes after the due belongs to the next period ("sau ngày 15 chuyển tháng kế tiếp")."""

    rule: "Rule"


class Tiered(NamedTuple):
    """One rule for each level of administration."""

    tiers: "tuple[tuple[str, Rule], ...]"


class AtLeast(NamedTuple):
    """At least so many times in each period; due when the period ends."""

    times: int
    spans: Spans


class Lasting(NamedTuple):
    """A state kept without a break for so long ("niêm yết ít nhất 30 ngày liên tục")."""

    amount: int
    unit: Unit
    after: str = ""


class Prolonged(NamedTuple):
    """A period and its longest form by a reasoned decision, both from the same act."""

    base: Within
    longest: Within


class Extendable(NamedTuple):
    """A period that decisions may extend so many times, each by at most so long; base None: of any other rule."""

    base: Within | None
    times: int
    amount: int
    unit: Unit


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
    | InSpans
    | During
    | Weekly
    | NamedDay
    | Offset
    | BeforeEvent
    | Window
    | WithData
    | Several
    | Excepting
    | CutOff
    | Tiered
    | AtLeast
    | Lasting
    | Prolonged
    | Extendable
)


class Timing(NamedTuple):
    """A rule with its words and its behaviour on days off."""

    phrase: str  # as the paper or the definition says it
    rule: Rule
    roll: Roll = "none"
    reading: str = ""  # the reading of an ambiguous word that is in force
    stay_in_month: bool = False
    clock: str = ""  # "16:30": the hour of the last day; "" its end
    on_weekend: Roll | Literal[""] = ""  # where the words tell a weekend from a holiday
    on_holiday: Roll | Literal[""] = ""
    decided: str = ""  # who decided the reading, when and by which document; "proposed" until then


def default_roll(rule: Rule) -> Roll:
    """Statutory periods in days or months roll forward (BLDS 2015, Điều 148.5); a named date stands where it is."""
    match rule:
        case Within() | Offset():
            return "forward" if rule.unit != "working-day" and rule.amount > 0 else "none"
        case Prolonged(base) | Extendable(Within() as base):
            return default_roll(base)
        case Tiered(tiers):
            return default_roll(tiers[0][1])
        case Window(_, last):
            return default_roll(last)
        case WithData(inner, _) | Excepting(inner):
            return default_roll(inner)
        case _:
            return "none"
