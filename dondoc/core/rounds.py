"""Which rounds time, the calendar, the people or an earlier step have made necessary."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from dondoc.core import due as dues
from dondoc.core.due import Due
from dondoc.core.moments import Moments
from dondoc.core.occurrence import Occurrence, Round, StepState
from dondoc.core.plan import Obligation, Plan, Step
from dondoc.core.schedule import begins_at, due_before, due_in, period_by_key
from dondoc.core.timing import BeforeEvent, BeforeOther, Timing, Within

JOINERS_WITHIN = 5  # working days a joiner gets to acknowledge; an office's habit, see docs/engine.md


class BeginRound(NamedTuple):
    """Action: a step's due begins (again)."""

    step: str
    round: Round


def rounds_to_begin(
    obligation: Obligation,
    occurrence: Occurrence,
    plan: Plan,
    moments: Moments,
    others: Mapping[str, date],
    at: datetime,
) -> Iterator[BeginRound]:
    """Rounds that are missing as of `at`. `others` are targets of obligations this one counts from."""
    for step in obligation.steps:
        state = occurrence.step(step.id)
        round_ = (
            _after_step(step, state, occurrence, moments)
            or _resubmission(step, state, moments)
            or _joined(step, state, occurrence, moments, at)
            or _moved(step, state, obligation, occurrence, plan, moments, others, at)
        )
        if round_:
            yield BeginRound(step.id, round_)


def next_round(state: StepState, cause: str, since_at: datetime, due: Due, basis: str, decision: str = "") -> Round:
    """The step's next round with a known due."""
    n = state.round.n + 1 if state.round else 1
    return Round(n, cause, since_at, due.last_on, due.target_on, due.unrolled_on, basis, decision, due.why)  # type: ignore[arg-type]


def _after_step(step: Step, state: StepState, occurrence: Occurrence, moments: Moments) -> Round | None:
    """A waiting step whose predecessor is done, or handed in and waiting for the office's word."""
    if state.status != "waiting" or not isinstance(step.timing.rule, Within):
        return None
    before = occurrence.step(step.confirms or step.after or step.timing.rule.after)
    if step.confirms and before.status == "submitted" and before.submitted_at:
        return _counted(step, state, moments.day_of(before.submitted_at), before.submitted_at, moments)
    if not step.confirms and before.status in ("done", "nothing") and before.finished_at and before.done_on:
        start = _act_of(step.timing.rule, occurrence) or before.done_on
        return _counted(step, state, start, before.finished_at, moments)
    return None


def _counted(step: Step, state: StepState, start: date, since_at: datetime, moments: Moments) -> Round:
    timing = timing_of(step, state)
    assert isinstance(timing.rule, Within)
    due = dues.due_within(timing.rule, start, timing, moments.calendar)
    return next_round(state, "opened", since_at, due, step.basis.kind)


def timing_of(step: Step, state: StepState) -> Timing:
    """The step's timing, or its longer statutory clock once a decision has called it complex."""
    return step.complex_timing if state.complex and step.complex_timing else step.timing


def _resubmission(step: Step, state: StepState, moments: Moments) -> Round | None:
    """A return opens a round of its own with a due of its own."""
    current = state.round
    if state.status != "returned" or state.returned_at is None:
        return None
    if current is not None and current.cause == "resubmission" and current.since_at >= state.returned_at:
        return None
    last_on = moments.calendar.shift(moments.day_of(state.returned_at), step.return_within)
    due = dues.due_decided(last_on, moments.calendar, (f"resubmission {step.return_within} {last_on}",))
    return next_round(state, "resubmission", state.returned_at, due, step.basis.kind)


def _joined(step: Step, state: StepState, occurrence: Occurrence, moments: Moments, at: datetime) -> Round | None:
    """Someone joined a finished campaign: it opens again for them, with a due of their own."""
    if state.status != "done" or step.id != occurrence.steps[0].id:
        return None
    if not any(m.status == "pending" for m in occurrence.members):
        return None
    last_on = moments.calendar.shift(moments.day_of(at), JOINERS_WITHIN)
    due = dues.due_decided(last_on, moments.calendar, (f"joined {JOINERS_WITHIN} {last_on}",))
    return next_round(state, "joined", at, due, step.basis.kind)


def _moved(
    step: Step,
    state: StepState,
    obligation: Obligation,
    occurrence: Occurrence,
    plan: Plan,
    moments: Moments,
    others: Mapping[str, date],
    at: datetime,
) -> Round | None:
    """A calendar revision that moves the due, or a due that can be counted at last."""
    current = state.round
    if (
        state.status != "open"
        or current is None
        or current.decision
        or current.cause not in ("opened", "moved", "live", "bound", "adopted")
    ):
        return None
    due = _due_now(step, timing_of(step, state), obligation, occurrence, plan, moments, others)
    if due is None or (due.last_on == current.last_on and due.target_on == current.target_on):
        return None
    cause = "bound" if current.last_on is None else "moved"
    # A round that has not begun yet begins where the new due puts it: kept, its old day could leave too few to act.
    since_at = at if current.since_at <= at else max(at, begins_at(step, due, plan, moments.calendar))
    return next_round(state, cause, since_at, due, current.basis)


def _due_now(
    step: Step,
    timing: Timing,
    obligation: Obligation,
    occurrence: Occurrence,
    plan: Plan,
    moments: Moments,
    others: Mapping[str, date],
) -> Due | None:
    birth, rule, calendar = occurrence.birth, timing.rule, moments.calendar
    if isinstance(rule, Within):
        start = {"event": birth.event_on, "issued": plan.document.issued_on}.get(rule.after) or _act_of(
            rule, occurrence
        )
        return dues.due_within(rule, start, timing, calendar) if start else None
    if isinstance(rule, BeforeEvent):
        return dues.due_before_event(rule, birth.event_on, timing, calendar) if birth.event_on else None
    if isinstance(rule, BeforeOther) and rule.obligation in others:
        return due_before(rule, others[rule.obligation], calendar, timing)
    if not birth.period[:4].isdigit() or birth.due_on:
        return None
    period = period_by_key(birth.period, birth.label, int(birth.period[:4]))
    return due_in(timing, obligation, period, plan, calendar)


def _act_of(rule: Within, occurrence: Occurrence) -> date | None:
    for state in occurrence.steps:
        if state.id == rule.after:
            return state.done_on
    return None
