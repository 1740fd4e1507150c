"""A rule said in English, in the words that the English grammar (definitions/timing_en.lark) reads."""

from dondoc.core import timing as t

SPANS = {"week": "week", "month": "month", "quarter": "quarter", "half-year": "half-year"}
SPANS |= {"nine-months": "nine months", "year": "year"}
UNITS = {"day": "day", "working-day": "working day", "month": "month"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
NAMED = {
    "dau-nam-hoc": "the start of the school year",
    "ket-thuc-nam-hoc": "the end of the school year",
    "dau-hoc-ky-1": "the start of term 1",
    "dau-hoc-ky-2": "the start of term 2",
    "ket-thuc-hoc-ky-1": "the end of term 1",
    "ket-thuc-hoc-ky-2": "the end of term 2",
}
ACTS = {"event": " of receipt", "issued": " of issue", "": ""}
WEEKS = {"last-thursday": "last", "fourth-thursday": "last", "week-of-last-day": "last"}


def say_timing_en(timing: t.Timing) -> str:
    """The rule with its hour and what happens on days off."""
    said = say_rule_en(timing.rule) + (f", at {timing.clock}" if timing.clock else "")
    for cause, roll in (("a day off", timing.roll), ("a weekend", timing.on_weekend), ("a holiday", timing.on_holiday)):
        if roll in ("forward", "backward") and not (cause == "a day off" and t.default_roll(timing.rule) == roll):
            said += f", if on {cause} then the {'next' if roll == 'forward' else 'previous'} working day"
    return said + (", within the same month" if timing.stay_in_month else "")


def say_rule_en(rule: t.Rule) -> str:
    """The rule in English."""
    match rule:
        case t.YearlyDates(days, strict):
            return _edge(strict) + " and ".join(f"{day} {MONTHS[month - 1]}" for month, day in days)
        case t.SingleDate(on, strict):
            return f"{_edge(strict)}{on.day} {MONTHS[on.month - 1]} {on.year}"
        case t.MonthlyDay(day, strict):
            return f"{_edge(strict)}the {_ordinal(day)} of each month"
        case t.MonthlyWeekday(weekday, reading):
            if reading == "last-thursday":
                return f"the last {WEEKDAYS[weekday]} of each month"
            return f"{WEEKDAYS[weekday]} of the last week of each month"
        case t.PeriodEnd(span, working):
            return f"the last {_day(working)} of each {SPANS[span]}"
        case t.NthWorkingDay(n, span):
            return f"the {_ordinal(n)} working day of each {SPANS[span]}"
        case t.InSpans(spans, spot, strict):
            return ("before " if strict else "by " if isinstance(spot, t.MonthDay) else "") + _spot(spot, spans)
        case t.During(spans):
            return f"during {_spans(spans)}"
        case t.Weekly(weekdays, strict):
            return ("before " if strict else "") + "every " + " and ".join(WEEKDAYS[w] for w in weekdays)
        case t.NamedDay(name, strict):
            return ("before " if strict else "") + NAMED.get(name, name)
        case _:
            return _say_more(rule)


def _say_more(rule: t.Rule) -> str:
    match rule:
        case t.Within(amount, unit, after):
            return f"within {_amount(amount, unit)}{_act(after)}"
        case t.BeforeOther(amount, other, unit, after):
            return f"{_amount(amount, unit)} {'after' if after else 'before'} the due of {other}"
        case t.BeforeEvent(amount, unit, event):
            return f"{_amount(amount, unit)} before the day of “{event}”"
        case t.Offset(amount, unit, of):
            return f"{_amount(amount, unit)} {'after' if amount > 0 else 'before'} {_plain(of)}"
        case t.Window(first, last):
            return f"from {_plain(first)} to {_plain(last)}"
        case t.WithData(due, data):
            return f"{say_rule_en(due)}, with figures {_plain(data)}"
        case t.Several(parts):
            return "; ".join(say_rule_en(part) for part in parts)
        case t.Excepting(inner, spans, instead):
            other = f"but {say_rule_en(instead)} for" if instead else "except"
            return f"{say_rule_en(inner)}, {other} {_spans(spans)}"
        case t.CutOff(inner):
            return f"{say_rule_en(inner)}; what comes later counts for the next month"
        case t.Tiered(tiers):
            return "; ".join(f"{say_rule_en(part)} ({tier})" for tier, part in tiers)
        case t.AtLeast(times, spans):
            return f"at least {times} {'time' if times == 1 else 'times'} in {_spans(spans)}"
        case t.Lasting(amount, unit, after):
            return f"at least {_amount(amount, unit)} without a break{_act(after)}"
        case t.Prolonged(base, longest):
            return f"{say_rule_en(base)}, by decision at most {_amount(longest.amount, longest.unit)}"
        case t.Extendable(base, times, amount, unit):
            lead = f"{say_rule_en(base)}, " if base else ""
            return f"{lead}extendable {times} times by at most {_amount(amount, unit)} each"
        case t.Unset(pointer):
            return f"unset: “{pointer}”"
        case _:
            return "when the event occurs"


def _plain(rule: t.Rule) -> str:
    return say_rule_en(rule).removeprefix("by ")


def _edge(strict: bool) -> str:
    return "before " if strict else "by "


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _which(number: int) -> str:
    return {-1: "last", -2: "last but one"}.get(number, _ordinal(number))


def _day(working: bool) -> str:
    return "working day" if working else "day"


def _amount(amount: int, unit: t.Unit) -> str:
    return f"{abs(amount)} {UNITS[unit]}{'' if abs(amount) == 1 else 's'}"


def _act(after: str) -> str:
    return ACTS.get(after, f" of {after}")


def _spot(spot: t.Spot, spans: t.Spans) -> str:
    match spot:
        case t.NthDay(n, working):
            return f"the {_which(n)} {_day(working)} of {_spans(spans)}"
        case t.MonthDay(month, day):
            if spans.span == "month":
                return f"the {_ordinal(day)} of {_spans(spans)}"
            if spans.span == "year" and month > 0:
                return f"{day} {MONTHS[month - 1]} of {_spans(spans)}"
            return f"the {_ordinal(day)} of the {_which(month)} month of {_spans(spans)}"
        case t.NthWeekday(weekday, n):
            return f"the {_which(n)} {WEEKDAYS[weekday]} of {_spans(spans)}"
        case t.WeekdayOfNthWeek(weekday, n):
            return f"{WEEKDAYS[weekday]} of the {_which(n)} week of {_spans(spans)}"


def _spans(spans: t.Spans) -> str:
    word, year = SPANS[spans.span], f" {spans.year}" if spans.year else ""
    if spans.shift:
        return f"the {'next' if spans.shift > 0 else 'previous'} {word}"
    if spans.numbers and spans.span == "month":
        return " and ".join(MONTHS[n - 1] for n in spans.numbers) + year
    if spans.numbers:
        return f"{word} " + " and ".join(str(n) for n in spans.numbers) + year
    return f"{word}{year}" if year else f"each {word}"
