"""From a rule to a due: the last lawful day, the working day aimed at, and every step between, as reasons.

A reason is a code and its arguments in one string ("strictly-before 2022-06-05 2022-06-04"), so that it can be kept in
the register and said in any language (dondoc.words.explain).
"""

from datetime import date, timedelta
from typing import NamedTuple

from dondoc.core.calendar import WorkingCalendar
from dondoc.core.counting import counted
from dondoc.core.period import Period, month
from dondoc.core.spots import weekday_in_month as weekday_in_month
from dondoc.core.timing import BeforeEvent, MonthlyWeekday, PeriodEnd, Roll, Timing, Within


class Due(NamedTuple):
    """last_on: the last lawful local day. unrolled_on: before rolling. target_on: the last working day ≤ last_on."""

    last_on: date
    unrolled_on: date
    target_on: date
    why: tuple[str, ...]
    from_on: date | None = None  # the first day, where the rule is a window


def due_on(day: date, timing: Timing, calendar: WorkingCalendar, why: tuple[str, ...]) -> Due:
    """A due whose last day, before rolling, is already known."""
    return _settled(day, timing, calendar, why)


def due_before_event(rule: BeforeEvent, event_on: date, timing: Timing, calendar: WorkingCalendar) -> Due:
    """So long before the event's own day: that day is still in time."""
    day = counted(-rule.amount, rule.unit, event_on, calendar)
    return _settled(day, timing, calendar, (f"counted-back {rule.amount} {rule.unit} {event_on} {day}",))


def due_by(named_on: date, strict: bool, timing: Timing, calendar: WorkingCalendar) -> Due:
    """ "trước ngày X" ends the day before X; "chậm nhất ngày X" ends with X. Then rolls."""
    if strict:
        last_on = named_on - timedelta(days=1)
        return _settled(last_on, timing, calendar, (f"strictly-before {named_on} {last_on}",))
    return _settled(named_on, timing, calendar, (f"at-the-latest {named_on}",))


def due_within(rule: Within, start: date, timing: Timing, calendar: WorkingCalendar) -> Due:
    """A period from an act: the day of the act does not count (BLDS 2015, Điều 147.2)."""
    end = period_end(rule, start, calendar)
    return _settled(end, timing, calendar, (f"counted {rule.amount} {rule.unit} {start} {end}",))


def period_end(rule: Within, start: date, calendar: WorkingCalendar) -> date:
    """Last day of a counted period, before any rolling (months: BLDS 2015, Điều 148.3)."""
    return counted(rule.amount, rule.unit, start, calendar)


def due_at_end(rule: PeriodEnd, period: Period, timing: Timing, calendar: WorkingCalendar) -> Due:
    if not rule.working:
        return _settled(period.last_on, timing, calendar, (f"last-day {period.last_on}",))
    day = calendar.at_or_before(period.last_on)
    return _settled(day, timing, calendar, (f"last-working-day {period.last_on} {day}",))


def due_on_nth_working_day(n: int, period: Period, timing: Timing, calendar: WorkingCalendar) -> Due:
    day = calendar.shift(period.first_on - timedelta(days=1), n)
    return _settled(day, timing, calendar, (f"nth-working-day {n} {period.first_on} {day}",))


def due_on_weekday(
    rule: MonthlyWeekday, year: int, number: int, collision: str, timing: Timing, calendar: WorkingCalendar
) -> Due | None:
    """A meeting on one day: a day off moves it by the obligation's collision rule; None: skipped that month."""
    day = weekday_in_month(rule, year, number)
    why: tuple[str, ...] = (f"weekday {rule.weekday} {rule.reading} {day}",)
    if calendar.is_working(day) or not collision:
        return _settled(day, timing, calendar, why)
    moved = _collide(day, month(year, number), collision, calendar)
    if moved is None:
        return None
    why += (off_reason(day, calendar), f"collision {collision} {day} {moved}")
    target_on = calendar.at_or_before(moved)
    return Due(moved, day, target_on, (*spoken(timing), *why, f"target {target_on} {moved}"))


def _collide(day: date, period: Period, collision: str, calendar: WorkingCalendar) -> date | None:
    after, before = calendar.at_or_after(day), calendar.at_or_before(day)
    match collision:
        case "next":
            return after
        case "previous":
            return before
        case "next-in-month-else-previous":
            return after if after <= period.last_on else before
        case _:
            return None


def off_reason(day: date, calendar: WorkingCalendar) -> str:
    note = calendar.note(day)
    return f"day-off {day} {note.reason if note else ''}".strip()


def _settled(day: date, timing: Timing, calendar: WorkingCalendar, why: tuple[str, ...]) -> Due:
    last_on = rolled(day, roll_on(day, timing, calendar), timing.stay_in_month, calendar)
    if timing.clock:
        why += (f"clock {timing.clock} {day}",)
    if not calendar.is_working(day):
        why += (off_reason(day, calendar),)
    if last_on != day:
        why += (f"rolled {day} {last_on}",)
    target_on = calendar.at_or_before(last_on)
    return Due(last_on, day, target_on, (*spoken(timing), *why, f"target {target_on} {last_on}"))


def spoken(timing: Timing) -> tuple[str, ...]:
    """The words a due starts from, and by whose decision a vague word among them is read."""
    words = (f"phrase {timing.phrase}",)
    return (*words, f"reading {timing.decided}") if timing.decided else words


def roll_on(day: date, timing: Timing, calendar: WorkingCalendar) -> Roll:
    """The direction for that day off: a noted day is a holiday, any other a weekend."""
    by_cause = timing.on_holiday if calendar.note(day) else timing.on_weekend
    return by_cause or timing.roll


def rolled(day: date, roll: Roll, stay_in_month: bool, calendar: WorkingCalendar) -> date:
    """The day itself, or the next (forward) or last (backward) working day; a stay in the month turns it round."""
    if roll == "none" or calendar.is_working(day):
        return day
    moved = calendar.at_or_after(day) if roll == "forward" else calendar.at_or_before(day)
    if stay_in_month and moved.month != day.month:
        return calendar.at_or_before(day) if roll == "forward" else calendar.at_or_after(day)
    return moved


def due_decided(last_on: date, calendar: WorkingCalendar, why: tuple[str, ...]) -> Due:
    """A due set by a document: that day, unrolled."""
    target_on = calendar.at_or_before(last_on)
    return Due(last_on, last_on, target_on, (*why, f"target {target_on} {last_on}"))
