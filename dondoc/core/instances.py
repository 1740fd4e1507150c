"""A calendar rule in one year: each of its periods, the last lawful day before any rolling, and why.

Rules that wait for an act (Within, BeforeEvent, …) have no instances; schedule.due_in counts those.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dondoc.core import timing as t
from dondoc.core.calendar import WorkingCalendar
from dondoc.core.counting import counted
from dondoc.core.period import Period, last_day, month, named, shifted, spans
from dondoc.core.spots import spot_in, weekday_in_month

Days = Mapping[str, Sequence[date]]  # the days that other calendars set, by name


class Instance(NamedTuple):
    """last_on None: the rule is dated by data that nobody has given."""

    period: Period
    last_on: date | None
    why: tuple[str, ...]
    from_on: date | None = None


def instances(rule: t.Rule, year: int, calendar: WorkingCalendar, days: Days | None = None) -> list[Instance]:
    """In the order of their periods' appearance; [] for a rule that no calendar dates."""
    return list(_instances(rule, year, calendar, days or {}))


def _instances(rule: t.Rule, year: int, calendar: WorkingCalendar, days: Days) -> Iterator[Instance]:
    match rule:
        case t.YearlyDates(dates, strict):
            for number, day in dates:
                on = _clipped(year, number, day)
                yield _bounded(named("", year, on), on, strict)
        case t.SingleDate(on, strict):
            if on.year == year:
                yield _bounded(named("", year, on), on, strict)
        case t.MonthlyDay() | t.PeriodEnd() | t.NthWorkingDay():
            yield from _instances(in_spans(rule), year, calendar, days)
        case t.MonthlyWeekday(weekday, reading):
            for number in range(1, 13):
                on = weekday_in_month(rule, year, number)
                yield Instance(month(year, number), on, (f"weekday {weekday} {reading} {on}",))
        case t.InSpans(which, spot, strict):
            for period in periods(which, year):
                target = shifted(period, which.span, which.shift) if which.shift else period
                on, why = spot_in(spot, target, calendar)
                yield _strictly(Instance(period, on, why), strict)
        case t.During(which):
            for period in periods(which, year):
                inside = shifted(period, which.span, which.shift) if which.shift else period
                yield Instance(period, inside.last_on, (f"during {inside.first_on} {inside.last_on}",), inside.first_on)
        case t.AtLeast(times, which):
            for period in periods(which, year):
                why = (f"at-least {times} {period.first_on} {period.last_on}",)
                yield Instance(period, period.last_on, why, period.first_on)
        case t.Weekly(weekdays, strict):
            for on in _weekdays_of(year, weekdays):
                yield _strictly(Instance(_week_of(on), on, (f"weekly {on.weekday()} {on}",)), strict)
        case t.NamedDay(name, strict):
            for on in days.get(name, ()):
                if on.year == year:
                    yield _strictly(Instance(named("", year, on), on, (f"named-day {name} {on}",)), strict)
            if not any(on.year == year for on in days.get(name, ())):
                yield Instance(named(f"{name}", year, None), None, (f"unknown-day {name} {year}",))
        case _:
            yield from _combined(rule, year, calendar, days)


def _combined(rule: t.Rule, year: int, calendar: WorkingCalendar, days: Days) -> Iterator[Instance]:
    match rule:
        case t.Offset(amount, unit, of):
            for found in instances(of, year, calendar, days):
                yield _moved(found, amount, unit, calendar)
        case t.Window(first, last):
            yield from _windows(first, last, year, calendar, days)
        case t.WithData(due, data):
            windows = instances(data, year, calendar, days)
            for found in instances(due, year, calendar, days):
                yield found._replace(why=_data_of(found, windows) + found.why)
        case t.Several(parts):
            yield from _told_apart(found for part in parts for found in instances(part, year, calendar, days))
        case t.Excepting(inner, which, instead):
            yield from _excepting(inner, which, instead, year, calendar, days)
        case t.CutOff(inner):
            for found in instances(inner, year, calendar, days):
                yield found._replace(why=(*found.why, f"cut-off {found.last_on}"))
        case t.Tiered(tiers):
            for number, (tier, inner) in enumerate(tiers, 1):
                for found in instances(inner, year, calendar, days):
                    key, label = f"{found.period.key}.{number}", f"{found.period.label} ({tier})"
                    yield found._replace(period=found.period._replace(key=key, label=label))
        case _:
            return


def in_spans(rule: t.MonthlyDay | t.PeriodEnd | t.NthWorkingDay) -> t.InSpans:
    """A plain rule in the words of the general one."""
    match rule:
        case t.MonthlyDay(day, strict):
            return t.InSpans(t.Spans("month"), t.MonthDay(1, day), strict)
        case t.PeriodEnd(span, working):
            return t.InSpans(t.Spans(span), t.NthDay(-1, working))
        case t.NthWorkingDay(n, span):
            return t.InSpans(t.Spans(span), t.NthDay(n, True))


def periods(which: t.Spans, year: int) -> list[Period]:
    """The periods of a year that are meant."""
    if which.year not in (0, year):
        return []
    row = spans(which.span, year)
    return [row[n - 1] for n in which.numbers if n <= len(row)] if which.numbers else row


def _clipped(year: int, number: int, day: int) -> date:
    return date(year, number, min(day, last_day(year, number).day))


def _bounded(period: Period, on: date, strict: bool) -> Instance:
    return _strictly(Instance(period, on, (f"at-the-latest {on}",)), strict)


def _strictly(found: Instance, strict: bool) -> Instance:
    """ "trước": the day before; a day that needed no finding leaves no reason of its own."""
    if not strict or found.last_on is None:
        return found
    on, last_on = found.last_on, found.last_on - timedelta(days=1)
    why = tuple(reason for reason in found.why if not reason.startswith("at-the-latest "))
    return found._replace(last_on=last_on, why=(*why, f"strictly-before {on} {last_on}"))


def _weekdays_of(year: int, weekdays: tuple[int, ...]) -> Iterator[date]:
    on = date(year, 1, 1)
    while on.year == year:
        if on.weekday() in weekdays:
            yield on
        on += timedelta(days=1)


def _week_of(on: date) -> Period:
    monday = on - timedelta(days=on.weekday())
    label = f"ngày {on.day:02}/{on.month:02}/{on.year}" if on.month < 3 else f"ngày {on.day:02}/{on.month}/{on.year}"
    return Period(on.isoformat(), label, monday, monday + timedelta(days=6))


def _moved(found: Instance, amount: int, unit: t.Unit, calendar: WorkingCalendar) -> Instance:
    if found.last_on is None:
        return found
    on = counted(amount, unit, found.last_on, calendar)
    code = "counted" if amount > 0 else "counted-back"
    why = tuple(reason for reason in found.why if not reason.startswith("at-the-latest "))
    return Instance(found.period, on, (*why, f"{code} {abs(amount)} {unit} {found.last_on} {on}"))


def _windows(first: t.Rule, last: t.Rule, year: int, calendar: WorkingCalendar, days: Days) -> Iterator[Instance]:
    ends = instances(last, year, calendar, days)
    starts = instances(first, year, calendar, days)
    by_key = {found.period.key: found for found in starts}
    paired = len(starts) == len(ends)
    for i, end in enumerate(ends):
        begin = by_key.get(end.period.key) or (starts[i] if paired else None)
        if begin and begin.last_on and end.last_on:
            from_on = begin.from_on or begin.last_on
            yield Instance(end.period, end.last_on, (f"window {from_on} {end.last_on}",), from_on)
        else:
            yield end


def _data_of(found: Instance, windows: list[Instance]) -> tuple[str, ...]:
    same = next((w for w in windows if w.period.key == found.period.key), None)
    near = same or next(
        (w for w in reversed(windows) if w.last_on and found.last_on and w.last_on <= found.last_on), None
    )
    if near is None or near.last_on is None:
        return ()
    said = (f"data {near.from_on} {near.last_on}" if near.from_on else f"data-cut {near.last_on}",)
    late = found.last_on is not None and near.last_on > found.last_on
    return (*said, f"data-late {near.last_on} {found.last_on}") if late else said


def _told_apart(found: Iterator[Instance]) -> Iterator[Instance]:
    """Two dues of one period get two keys."""
    seen: dict[str, int] = {}
    for one in found:
        key = one.period.key
        seen[key] = seen.get(key, 0) + 1
        yield one if seen[key] == 1 else one._replace(period=one.period._replace(key=f"{key}.{seen[key]}"))


def _excepting(
    inner: t.Rule, which: t.Spans, instead: t.Rule | None, year: int, calendar: WorkingCalendar, days: Days
) -> Iterator[Instance]:
    excepted = periods(which, year)
    others = instances(instead, year, calendar, days) if instead else []
    for found in instances(inner, year, calendar, days):
        period = next((p for p in excepted if _belongs(found, p)), None)
        if period is None:
            yield found
        elif instead is not None:
            other = next((o for o in others if _belongs(o, period)), others[0] if len(others) == 1 else None)
            if other is not None:
                yield other._replace(period=found.period, why=(f"excepted {period.key}", *other.why))


def _belongs(found: Instance, period: Period) -> bool:
    own = found.period
    if own.key == period.key:
        return True
    try:
        on = date.fromisoformat(own.key)
    except ValueError:
        return period.first_on <= own.first_on and own.last_on <= period.last_on
    return period.first_on <= on <= period.last_on
