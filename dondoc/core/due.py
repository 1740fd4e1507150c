"""From a rule to a due: the last lawful day, the working day aimed at, and every step between, as reasons.

A reason is a code and its arguments in one string ("strictly-before 2022-06-05 2022-06-04"), so that it can be kept in
the register and said in any language (dondoc.words.explain).
"""

from datetime import date, timedelta
from typing import NamedTuple

from dondoc.core.calendar import WorkingCalendar
from dondoc.core.period import Period, last_day, month
from dondoc.core.timing import MonthlyWeekday, PeriodEnd, Roll, Timing, Within


class Due(NamedTuple):
    """last_on: the last lawful local day. unrolled_on: before rolling. target_on: the last working day ≤ last_on."""

    last_on: date
    unrolled_on: date
    target_on: date
    why: tuple[str, ...]


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
    match rule.unit:
        case "day":
            return start + timedelta(days=rule.amount)
        case "working-day":
            return calendar.shift(start, rule.amount)
        case "month":
            years, index = divmod(start.month - 1 + rule.amount, 12)
            end = last_day(start.year + years, index + 1)
            return end.replace(day=min(start.day, end.day))


def due_at_end(rule: PeriodEnd, period: Period, timing: Timing, calendar: WorkingCalendar) -> Due:
    if not rule.working:
        return _settled(period.last_on, timing, calendar, (f"last-day {period.last_on}",))
    day = calendar.at_or_before(period.last_on)
    return _settled(day, timing, calendar, (f"last-working-day {period.last_on} {day}",))


def due_on_nth_working_day(n: int, period: Period, timing: Timing, calendar: WorkingCalendar) -> Due:
    day = calendar.shift(period.first_on - timedelta(days=1), n)
    return _settled(day, timing, calendar, (f"nth-working-day {n} {period.first_on} {day}",))


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
    return Due(moved, day, target_on, (f"phrase {timing.phrase}", *why, f"target {target_on} {moved}"))


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
    last_on = rolled(day, timing.roll, timing.stay_in_month, calendar)
    if not calendar.is_working(day):
        why += (off_reason(day, calendar),)
    if last_on != day:
        why += (f"rolled {day} {last_on}",)
    target_on = calendar.at_or_before(last_on)
    return Due(last_on, day, target_on, (f"phrase {timing.phrase}", *why, f"target {target_on} {last_on}"))


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
