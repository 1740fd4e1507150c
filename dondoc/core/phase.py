"""How a step and an occurrence stand, derived as of any day: phase and timeliness, two fields."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from dondoc.core.moments import Moments
from dondoc.core.occurrence import Occurrence, StepState, Submission
from dondoc.core.plan import Obligation, Step

Phase = Literal[
    "waived",
    "set-aside",
    "nothing",
    "done",
    "suspended",
    "returned",
    "awaiting",
    "unset",
    "open",
    "waiting",
    "not-open",
]
Timely = Literal["none", "in-time", "due-soon", "due", "overdue", "done-early", "done-in-time", "done-late"]

SOON = 3  # working days before target_on from which a due is near


class Timeliness(NamedTuple):
    """`days` is calendar days late (overdue, done-late), or working days left until target_on (due-soon)."""

    kind: Timely
    days: int = 0
    recorded_late: bool = False  # done before the due, written down after it: in time once the office confirms


class Standing(NamedTuple):
    step: str
    phase: Phase
    timeliness: Timeliness
    original: Timeliness  # the first submission against the first due, whatever came of it later
    basis: str = ""  # of the current due; passing a "proposed" one is no miss


def stand(obligation: Obligation, occurrence: Occurrence, moments: Moments, at: datetime) -> Standing:
    """The occurrence as its speaking step stands."""
    step = speaking_step(obligation, occurrence, moments.day_of(at))
    return standing_of(step, occurrence, moments, at)


def speaking_step(obligation: Obligation, occurrence: Occurrence, on: date) -> Step:
    """The current step: the first one that is not finished, else the last.

    A decided due that was missed speaks before an earlier step's that is only proposed or still ahead.
    """
    step = current_step(obligation, occurrence)
    if occurrence.step(step.id).status == "submitted":
        return step
    return next((late for late, last_on in _undone(obligation, occurrence) if on > last_on), step)


def turning_days(obligation: Obligation, occurrence: Occurrence) -> list[date]:
    """Local days on which another step may begin to speak although nothing was recorded; sorted."""
    return sorted({last_on + timedelta(days=1) for _, last_on in _undone(obligation, occurrence)})


def _undone(obligation: Obligation, occurrence: Occurrence) -> Iterator[tuple[Step, date]]:
    """Acts not done yet that have a due somebody decided, with its last day."""
    for step in obligation.steps:
        state = occurrence.step(step.id)
        undone = not step.confirms and state.status not in ("done", "nothing", "submitted", "suspended")
        if undone and state.round and state.round.last_on and state.round.basis != "proposed":
            yield step, state.round.last_on


def current_step(obligation: Obligation, occurrence: Occurrence) -> Step:
    """The step that is up: returned or open before waiting; a handed-in one stands for its confirmation."""
    open_steps = [s for s in obligation.steps if occurrence.step(s.id).status not in ("done", "nothing", "waiting")]
    waiting = [s for s in obligation.steps if occurrence.step(s.id).status == "waiting"]
    # Finished: the act speaks, not the office's word on it.
    acts = [s for s in obligation.steps if not s.confirms]
    return (open_steps or waiting or acts[-1:] or list(obligation.steps[-1:]))[0]


def standing_of(step: Step, occurrence: Occurrence, moments: Moments, at: datetime) -> Standing:
    state = occurrence.step(step.id)
    standing = _standing(step, state, phase_of(occurrence, state, at), moments, moments.day_of(at))
    return standing._replace(basis=state.round.basis) if state.round else standing


def _standing(step: Step, state: StepState, phase: Phase, moments: Moments, on: date) -> Standing:
    if phase in ("waived", "set-aside", "suspended"):
        return Standing(step.id, phase, Timeliness("none"), Timeliness("none"))
    original = state.rounds[0].last_on if state.rounds else None
    current = _round_answered(state)
    if phase in ("done", "nothing", "awaiting"):
        first = finished(step, state, original, moments, which=0)
        return Standing(step.id, phase, finished(step, state, current, moments), first)
    handed_in = finished(step, state, original, moments, which=0) if state.submissions and not state.left else None
    return Standing(step.id, phase, running(current, on, moments), handed_in or running(original, on, moments))


def phase_of(occurrence: Occurrence, state: StepState, at: datetime) -> Phase:
    if occurrence.waived:
        return "waived"
    if occurrence.set_aside:
        return "set-aside"
    if state.status in ("nothing", "done", "suspended", "returned", "waiting"):
        return state.status  # type: ignore[return-value]
    if state.status == "submitted":
        return "awaiting"
    round_ = state.round
    if round_ is None or round_.last_on is None:
        return "unset"
    if round_.cause == "resubmission":
        return "returned"
    return "open" if at >= round_.since_at else "not-open"


def running(last_on: date | None, on: date, moments: Moments) -> Timeliness:
    """An unanswered due as of a local day."""
    if last_on is None:
        return Timeliness("none")
    if on > last_on:
        return Timeliness("overdue", (on - last_on).days)
    target_on = moments.calendar.at_or_before(last_on)
    if on >= target_on:
        return Timeliness("due")
    left = moments.calendar.count_between(on, target_on)
    return Timeliness("due-soon", left) if left <= SOON else Timeliness("in-time", left)


def _round_answered(state: StepState) -> date | None:
    """The due of the round that the last submission answered, else the current one."""
    if state.submissions and state.status in ("submitted", "done"):
        return state.rounds[state.submissions[-1].round - 1].last_on if state.rounds else None
    return state.round.last_on if state.round else None


def finished(step: Step, state: StepState, last_on: date | None, moments: Moments, which: int = -1) -> Timeliness:
    """A finished or handed-in step against a due; `recorded_late` until the office confirms the date."""
    if not state.submissions:
        return _against(state.done_on, last_on, moments)
    # Of several acts asked for, the one that makes the number full decides.
    submission = state.submissions[which if which else min(step.times, len(state.submissions)) - 1]
    counted = deciding_day(step, submission)
    verdict = _against(counted, last_on, moments)
    late_entry = last_on is not None and submission.recorded_on > last_on >= counted
    if late_entry and not (submission.confirmed_on or submission.sent_on or submission.received_on):
        return Timeliness("done-late", (submission.recorded_on - last_on).days, True)  # type: ignore[operator]
    return verdict._replace(recorded_late=late_entry)


def deciding_day(step: Step, submission: Submission) -> date:
    """The day that decides, by the obligation: sent or received where the office noted it, else the act's own."""
    match step.deciding_date:
        case "done":
            return submission.done_on or submission.submitted_on
        case "signed":
            return submission.signed_on or submission.submitted_on
        case "received":
            return submission.received_on or submission.sent_on or submission.submitted_on
        case _:
            return submission.sent_on or submission.received_on or submission.submitted_on


def _against(done_on: date | None, last_on: date | None, moments: Moments) -> Timeliness:
    if done_on is None or last_on is None:
        return Timeliness("done-in-time")
    if done_on > last_on:
        return Timeliness("done-late", (done_on - last_on).days)
    return Timeliness("done-early" if done_on < moments.calendar.at_or_before(last_on) else "done-in-time")
