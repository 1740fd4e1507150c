"""Rules put in their plainest form, so that phrases with one meaning give one value."""

from collections.abc import Iterable
from datetime import date

from definitions.timing_words import DAYS_OF_MONTH, PhraseError
from dondoc.core import timing as t


def simplest(rule: t.InSpans) -> t.Rule:
    """The plainest rule that says the same."""
    spans, spot, strict = rule
    if isinstance(spot, t.NthDay) and not spot.working and spot.n > 0 and (spans.span == "month" or spot.n == 1):
        spot = t.MonthDay(1, spot.n) if spans.span != "week" else spot
    every = not spans.numbers and not spans.year and not spans.shift
    if isinstance(spot, t.MonthDay):
        return _month_day(spans, spot, strict, every)
    if isinstance(spot, t.NthDay) and every and not strict and (spot.n == -1 or (spot.working and spot.n > 0)):
        return t.PeriodEnd(spans.span, spot.working) if spot.n == -1 else t.NthWorkingDay(spot.n, spans.span)
    if isinstance(spot, t.NthWeekday) and every and not strict and (spans.span, spot.n) == ("month", -1):
        return t.MonthlyWeekday(spot.weekday, "last-thursday")
    return t.InSpans(spans, spot, strict)


def _month_day(spans: t.Spans, spot: t.MonthDay, strict: bool, every: bool) -> t.Rule:
    month, day = spot
    if spans.span == "month":
        if spans.shift:
            return t.InSpans(spans, t.MonthDay(1, day), strict)
        if every:
            return t.MonthlyDay(day, strict)
        return _dated(tuple((number, day) for number in spans.numbers), spans.year, strict) or t.InSpans(
            spans, t.MonthDay(1, day), strict
        )
    if spans.span == "year" and month > 0 and not spans.shift:
        return _dated(((month, day),), spans.year, strict) or t.InSpans(spans, spot, strict)
    return t.InSpans(spans, spot, strict)


def _dated(days: tuple[tuple[int, int], ...], year: int, strict: bool) -> t.Rule | None:
    """Fixed days, checked to exist; with a year one date, or several."""
    for month, day in days:
        check_day(day, month, year or None)
    if not days:
        return None
    if not year:
        return t.YearlyDates(days, strict)
    return several([t.SingleDate(date(year, *pair), strict) for pair in days])


def check_day(day: int, month: int, year: int | None = None) -> None:
    """PhraseError for a day that no calendar has."""
    leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    if 1 <= month <= 12 and 1 <= day <= DAYS_OF_MONTH[month - 1] and (leap or (month, day) != (2, 29)):
        return
    hint = f"Ghi ngày trước, tháng sau; có phải là {month:02}/{day}?" if 12 < month <= 31 and day <= 12 else ""
    said = f"{day:02}/{month}" + (f"/{year}" if year else "")
    raise PhraseError(f"không có ngày {said}", "một ngày có thật (ngày/tháng)", hint)


def several(parts: Iterable[t.Rule]) -> t.Rule:
    """One rule for many: fixed days of a year join, nested lists flatten, what is said twice counts once."""
    flat: list[t.Rule] = []
    for part in parts:
        for one in part.parts if isinstance(part, t.Several) else (part,):
            last = flat[-1] if flat else None
            yearly = isinstance(one, t.YearlyDates) and isinstance(last, t.YearlyDates)
            if yearly and last.strict == one.strict:  # type: ignore[union-attr]
                days = tuple(dict.fromkeys(last.days + one.days))  # type: ignore[union-attr]
                flat[-1] = t.YearlyDates(days, one.strict)  # type: ignore[union-attr]
            elif one not in flat:
                flat.append(one)
    return flat[0] if len(flat) == 1 else t.Several(tuple(flat))


def strict(rule: t.Rule, text: str) -> t.Rule:
    """ "trước" that day: of a period, before its first day."""
    match rule:
        case t.YearlyDates() | t.SingleDate() | t.MonthlyDay() | t.Weekly() | t.NamedDay():
            return rule._replace(strict=True)
        case t.InSpans(spans, spot):
            return simplest(t.InSpans(spans, spot, True))
        case t.PeriodEnd(span, working):
            return t.InSpans(t.Spans(span), t.NthDay(-1, working), True)
        case t.NthWorkingDay(n, span):
            return t.InSpans(t.Spans(span), t.NthDay(n, True), True)
        case t.MonthlyWeekday(weekday, "last-thursday"):
            return t.InSpans(t.Spans("month"), t.NthWeekday(weekday, -1), True)
        case t.During(spans):
            return simplest(t.InSpans(spans, t.NthDay(1), True))
        case t.Several(parts):
            return several(strict(part, text) for part in parts)
        case _:
            raise PhraseError(f"“{text}” có “trước”", "cách nói không có “trước”, như “chậm nhất …”")


def ending(rule: t.Rule) -> t.Rule:
    """ "đến hết" a period: its last day, with no first day."""
    if isinstance(rule, t.During):
        return simplest(t.InSpans(rule.spans, t.NthDay(-1)))
    return several(ending(part) for part in rule.parts) if isinstance(rule, t.Several) else rule
