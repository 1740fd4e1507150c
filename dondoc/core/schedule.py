"""A plan's occurrences, computed ahead: every period and party of every obligation, with its first rounds."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dondoc.core import due as dues
from dondoc.core.calendar import WorkingCalendar
from dondoc.core.counting import counted
from dondoc.core.due import Due
from dondoc.core.instances import Instance, instances
from dondoc.core.occurrence import Birth, Round
from dondoc.core.period import Period, month, named, spans, whole
from dondoc.core.plan import Obligation, Plan, Step
from dondoc.core.timing import (
    AtLeast,
    BeforeEvent,
    BeforeOther,
    CutOff,
    During,
    Excepting,
    InSpans,
    MonthlyDay,
    MonthlyWeekday,
    NamedDay,
    NthWorkingDay,
    Offset,
    OnEvent,
    PeriodEnd,
    Several,
    SingleDate,
    Tiered,
    Timing,
    Unset,
    Weekly,
    Window,
    WithData,
    Within,
    YearlyDates,
)

# Rules whose periods and dues come from one place, core.instances.
COMBINED = (
    InSpans | During | Weekly | NamedDay | Offset | Window | WithData | Several | Excepting | CutOff | Tiered | AtLeast
)


class Dated(NamedTuple):
    """One period of one rule; due None is a due that nobody knows yet."""

    period: Period
    due: Due | None


def expand(plan: Plan, calendar: WorkingCalendar, years: tuple[int, ...] = ()) -> list[Birth]:
    """All occurrences of the plan's year; of further `years` only for duties whose basis goes on past the plan.

    Event-opened obligations have none. Those whose last day lies before the plan's first day are left out.
    """
    return [
        birth
        for year in dict.fromkeys((plan.year, *years))
        for obligation in plan.obligations
        if obligation.kind != "event" and (year == plan.year or obligation.goes_on)
        for dated in periods_of(obligation, plan, year, calendar)
        if _within_plan(dated, obligation, plan)
        for party in obligation.parties
        for birth in [birth_of(plan, obligation, dated.period, party, calendar)]
    ]


def _within_plan(dated: Dated, obligation: Obligation, plan: Plan) -> bool:
    first = obligation.valid_from or plan.valid_from
    last = obligation.valid_to or (None if obligation.goes_on else plan.valid_to)
    last_on = dated.due.last_on if dated.due else dated.period.last_on
    return last_on >= first and (last is None or dated.period.first_on <= last)


def periods_of(obligation: Obligation, plan: Plan, year: int, calendar: WorkingCalendar) -> Iterator[Dated]:
    """Periods of a year by the step whose rule makes them: the last calendar-dated one, else the first."""
    timing = leading_step(obligation).timing
    for period in _rule_periods(timing, obligation, plan, year, calendar):
        due = due_in(timing, obligation, period, plan, calendar)
        if due is None and isinstance(timing.rule, MonthlyWeekday):
            continue  # the collision rule skips this month
        yield Dated(period, due)


def leading_step(obligation: Obligation) -> Step:
    """The step that carries the plan's own date: the last one that is dated by the calendar."""
    dated = [s for s in obligation.steps if not isinstance(s.timing.rule, Within | OnEvent | BeforeOther | BeforeEvent)]
    return dated[-1] if dated else obligation.steps[0]


def _rule_periods(
    timing: Timing, obligation: Obligation, plan: Plan, year: int, calendar: WorkingCalendar
) -> list[Period]:
    match timing.rule:
        case YearlyDates(days):
            labels = obligation.periods or ("",) * len(days)
            return [named(label, year, date(year, *day)) for label, day in zip(labels, days, strict=True)]
        case SingleDate(on):
            return [named("", on.year, on)] if on.year == year else []
        case MonthlyDay() | MonthlyWeekday():
            return spans("month", year)
        case PeriodEnd(span) | NthWorkingDay(_, span):
            return spans(span, year)
        case rule if isinstance(rule, COMBINED):
            return [found.period for found in _instances(timing, obligation, plan, year, calendar)]
        case Within(after="issued"):
            on = plan.document.issued_on
            return [named("", on.year, on)._replace(label=f"năm {plan.year}")] if year == plan.year else []
        case _:
            return [named(label, year, None) for label in obligation.periods] or [whole(year)]


def due_in(timing: Timing, obligation: Obligation, period: Period, plan: Plan, calendar: WorkingCalendar) -> Due | None:
    """The due of a rule in one period; None where it depends on an act or document still to come."""
    match timing.rule:
        case YearlyDates(days, strict):
            day = _day_of_period(days, period, obligation)
            return dues.due_by(day, strict, timing, calendar)
        case SingleDate(on, strict):
            return dues.due_by(on, strict, timing, calendar)
        case MonthlyDay(day, strict):
            on = period.last_on.replace(day=min(day, period.last_on.day))
            return dues.due_by(on, strict, timing, calendar)
        case MonthlyWeekday() as rule:
            first = period.first_on
            return dues.due_on_weekday(rule, first.year, first.month, obligation.collision, timing, calendar)
        case PeriodEnd() as rule:
            return dues.due_at_end(rule, period, timing, calendar)
        case NthWorkingDay(n):
            return dues.due_on_nth_working_day(n, period, timing, calendar)
        case Within(after="issued") as rule:
            return dues.due_within(rule, plan.document.issued_on, timing, calendar)
        case BeforeOther() as rule:
            return _before_other(rule, period, plan, calendar, timing)
        case rule if isinstance(rule, COMBINED):
            return _due_of_instance(timing, obligation, period, plan, calendar)
        case _:
            return None


def _day_of_period(days: tuple[tuple[int, int], ...], period: Period, obligation: Obligation) -> date:
    """Which of the rule's days belongs to this period: by label order where labels are given, else by date."""
    year = period.first_on.year
    for label, day in zip(obligation.periods, days, strict=False):
        if named(label, year, date(year, *day)).key == period.key:
            return date(year, *day)
    inside = [date(year, *day) for day in days if date(year, *day) <= period.last_on]
    return inside[-1] if inside else date(year, *days[0])


def _instances(
    timing: Timing, obligation: Obligation, plan: Plan, year: int, calendar: WorkingCalendar
) -> list[Instance]:
    """The rule's dues of a year, under the obligation's own names of periods where it has one for each."""
    found = instances(timing.rule, year, calendar, dict(plan.named_days))
    if len(obligation.periods) != len(found):
        return found
    labels = zip(obligation.periods, found, strict=True)
    return [one._replace(period=named(label, year, one.last_on)) for label, one in labels]


def _due_of_instance(
    timing: Timing, obligation: Obligation, period: Period, plan: Plan, calendar: WorkingCalendar
) -> Due | None:
    rows = _instances(timing, obligation, plan, int(period.key[:4]), calendar)
    found = next((i for i in rows if i.period.key == period.key), None)
    if found is None or found.last_on is None:
        return None
    return dues.due_on(found.last_on, timing, calendar, found.why)._replace(from_on=found.from_on)


def _before_other(
    rule: BeforeOther, period: Period, plan: Plan, calendar: WorkingCalendar, timing: Timing
) -> Due | None:
    other = next((o for o in plan.obligations if o.id == rule.obligation), None)
    if other is None or isinstance(leading_step(other).timing.rule, BeforeOther):
        return None
    due = due_in(leading_step(other).timing, other, period, plan, calendar)
    return due_before(rule, due.target_on, calendar, timing) if due else None


def due_before(rule: BeforeOther, other_target_on: date, calendar: WorkingCalendar, timing: Timing) -> Due:
    """So long before another obligation's target, or after it."""
    day = counted(rule.amount if rule.after else -rule.amount, rule.unit, other_target_on, calendar)
    if rule.after or rule.unit != "working-day":
        code = "counted" if rule.after else "counted-back"
        reason = f"{code} {rule.amount} {rule.unit} {other_target_on} {day}"
    else:
        reason = f"before-other {rule.amount} {other_target_on} {day}"
    return dues.due_decided(day, calendar, (*dues.spoken(timing), reason))


def birth_of(
    plan: Plan,
    obligation: Obligation,
    period: Period,
    party: str,
    calendar: WorkingCalendar,
    *,
    event_on: date | None = None,
    since_at: datetime | None = None,
) -> Birth:
    """An occurrence with the first round of every step whose due is known, or known to be unset, at birth.

    A case gives `event_on`, the act that opened it, and `since_at`, the instant at which that was recorded.
    """
    zone = ZoneInfo(plan.zone)
    rounds = tuple(
        (step.id, first_round(step, obligation, period, plan, calendar, event_on, since_at, zone))
        for step in obligation.steps
        if not waits_for_step(step)
    )
    opens_at = min((r.since_at for _, r in rounds), default=since_at or local(period.first_on, time(0), zone))
    return Birth(
        key=f"{plan.id}/{obligation.id}/{period.key}/{party}",
        plan=plan.id,
        obligation=obligation.id,
        version=dict(plan.versions).get(obligation.id, ""),
        period=period.key,
        label=period.label,
        party=party,
        opens_at=opens_at,
        event_on=event_on,
        rounds=rounds,
    )


def waits_for_step(step: Step) -> bool:
    """Whether the step's clock starts only when an earlier one is done."""
    rule = step.timing.rule
    return isinstance(rule, Within) and rule.after not in ("event", "issued")


def first_round(
    step: Step,
    obligation: Obligation,
    period: Period,
    plan: Plan,
    calendar: WorkingCalendar,
    event_on: date | None,
    since_at: datetime | None,
    zone: ZoneInfo,
) -> Round:
    timing, rule = step.timing, step.timing.rule
    if isinstance(rule, Within) and rule.after == "event" and event_on:
        due: Due | None = dues.due_within(rule, event_on, timing, calendar)
    elif isinstance(rule, BeforeEvent) and event_on:
        due = dues.due_before_event(rule, event_on, timing, calendar)
    else:
        due = due_in(timing, obligation, period, plan, calendar)
    if due is None:
        since = since_at or local(max(period.first_on, _floor(plan)), time(0), zone)
        why = (f"unset {rule.pointer}",) if isinstance(rule, Unset) else dues.spoken(timing)
        return Round(1, "opened", since, None, None, None, step.basis.kind, why=why)
    since = since_at or begins_at(step, due, plan, calendar)
    return Round(1, "opened", since, due.last_on, due.target_on, due.unrolled_on, step.basis.kind, why=due.why)


def begins_at(step: Step, due: Due, plan: Plan, calendar: WorkingCalendar) -> datetime:
    """The day of a due's first reminder, never before the plan itself; its first instant, in UTC."""
    ahead = max(step.ladder.remind, default=0)
    first_on = max(calendar.shift(due.target_on, -ahead), _floor(plan))
    return local(first_on, time(0), ZoneInfo(plan.zone))


def _floor(plan: Plan) -> date:
    return max(plan.valid_from, plan.document.issued_on)


def local(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A local wall-clock moment as a UTC instant."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def period_by_key(key: str, label: str, year: int) -> Period:
    """The period again from what a birth keeps of it."""
    for candidate in (
        whole(year),
        *spans("half-year", year),
        *spans("quarter", year),
        *(month(year, n) for n in range(1, 13)),
    ):
        if candidate.key == key:
            return candidate
    return Period(key, label, date(year, 1, 1), _day_of_key(key) or date(year, 12, 31))


def _day_of_key(key: str) -> date | None:
    """The day that names an unlabelled period: it tells the rule's several days apart."""
    try:
        return date.fromisoformat(key)
    except ValueError:
        return None
