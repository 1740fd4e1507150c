"""What each fact does to its step, one small function a kind."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

from dondoc.core.facts import Fact
from dondoc.core.occurrence import Approval, Round, StepState, StepStatus, Submission
from dondoc.core.round_value import day, round_from


def _submitted(step: StepState, fact: Fact) -> StepState:
    p = fact.payload
    submission = Submission(
        submitted_on=fact.act_on,
        recorded_on=day(p.get("recorded_on")) or fact.recorded_at.date(),
        seq=fact.seq,
        done_on=day(p.get("done_on")),
        signed_on=day(p.get("signed_on")),
        sent_on=day(p.get("sent_on")),
        received_on=day(p.get("received_on")),
        number=p.get("number", ""),
        kept_at=p.get("kept_at", ""),
        note=p.get("note", ""),
        files=tuple(p.get("files", ())),
        actor=fact.actor,
        round=len(step.rounds),
    )
    step = step._replace(submissions=(*step.submissions, submission), left=p.get("left", 0))
    if step.left:
        return step
    submitted = step._replace(submitted_at=fact.recorded_at, asked_extension="", disowned="")
    if p.get("awaits_confirmation"):
        return submitted._replace(status="submitted")
    return done(submitted, fact.act_on, fact.recorded_at)


def done(step: StepState, on: date, at: datetime) -> StepState:
    return step._replace(status="done", done_on=on, finished_at=at)


def _last(step: StepState, **values: Any) -> StepState:
    if not step.submissions:
        return step
    return step._replace(submissions=(*step.submissions[:-1], step.submissions[-1]._replace(**values)))


def _received(step: StepState, fact: Fact) -> StepState:
    p = fact.payload
    return _last(step, sent_on=day(p.get("sent_on")), received_on=day(p.get("received_on")))


def _confirmed(step: StepState, fact: Fact) -> StepState:
    if not step.submissions:
        return done(step, fact.act_on, fact.recorded_at)
    step = _last(step, confirmed_on=fact.act_on)
    return done(step, step.submissions[-1].submitted_on, fact.recorded_at)


def _returned(step: StepState, fact: Fact) -> StepState:
    return step._replace(status="returned", returned_at=fact.recorded_at, done_on=None, finished_at=None)


def nothing_occurred(step: StepState, fact: Fact) -> StepState:
    return step._replace(status="nothing", done_on=fact.act_on, finished_at=fact.recorded_at)


def _round_begun(step: StepState, fact: Fact) -> StepState:
    return begin(step, round_from(fact.payload))


def begin(step: StepState, round_: Round) -> StepState:
    """The step with one more round; a finished step that gets a round is open again."""
    status = step.status if step.status in ("submitted", "suspended") else "open"
    return step._replace(rounds=(*step.rounds, round_), status=status)


def _told(step: StepState, fact: Fact) -> StepState:
    """Only the round that was told moves its cursor; a stale telling changes nothing."""
    p, current = fact.payload, step.round
    if current is None or p["round"] != current.n:
        return step
    approvals = tuple(Approval(*a) for a in p.get("approvals", ()))
    told = current._replace(cursor=p["cursor"], approvals=approvals)
    return step._replace(rounds=(*step.rounds[:-1], told), told_to=p.get("doer") or step.told_to)


def _answered(step: StepState, fact: Fact) -> StepState:
    current = step.round
    if current is None or fact.payload.get("round") != current.n:
        return step
    outcome: Literal["approved", "withheld"] = "approved" if fact.kind == "approved" else "withheld"
    approvals = tuple(
        a._replace(outcome=outcome) if a.rung == fact.payload["rung"] and not a.outcome else a
        for a in current.approvals
    )
    return step._replace(rounds=(*step.rounds[:-1], current._replace(approvals=approvals)))


def _extended(step: StepState, fact: Fact) -> StepState:
    return step._replace(extensions=step.extensions + 1, asked_extension="")


def _decided(step: StepState, fact: Fact) -> StepState:
    what = fact.payload.get("what")
    return step._replace(
        complex=step.complex or what == "complex", waits_waived=step.waits_waived or what == "close-without-missing"
    )


def _suspended(step: StepState, fact: Fact) -> StepState:
    if step.status in ("done", "nothing"):
        return step
    return step._replace(status="suspended", suspended_on=fact.act_on)


def _resumed(step: StepState, fact: Fact) -> StepState:
    """Back to where it stood: waiting for its turn, handed in, or open."""
    if step.status != "suspended":
        return step
    handed_in = bool(step.submissions) and not step.left and step.submissions[-1].round == len(step.rounds)
    status: StepStatus = "waiting" if not step.rounds else "submitted" if handed_in else "open"
    return step._replace(status=status, suspended_on=None)


STEP_CHANGES: dict[str, Callable[[StepState, Fact], StepState]] = {
    "submitted": _submitted,
    "received": _received,
    "confirmed": _confirmed,
    "returned": _returned,
    "nothing-occurred": nothing_occurred,
    "round-begun": _round_begun,
    "told": _told,
    "approved": _answered,
    "withheld": _answered,
    "extension-asked": lambda step, fact: step._replace(asked_extension=fact.payload.get("reason") or "-"),
    "extended": _extended,
    "bound": lambda step, fact: step,
    "reset": lambda step, fact: step,
    "decided": _decided,
    "not-mine": lambda step, fact: step._replace(disowned=fact.payload.get("person") or "-"),
    "reassigned": lambda step, fact: step._replace(assigned=fact.payload["to"], disowned=""),
    "suspended": _suspended,
    "resumed": _resumed,
}
