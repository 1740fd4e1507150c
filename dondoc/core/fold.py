"""An occurrence as its facts make it: birth first, then each fact in order."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Literal

from dondoc.core.facts import Fact, with_corrections
from dondoc.core.occurrence import (
    Approval,
    Birth,
    Member,
    MemberStatus,
    Occurrence,
    Round,
    StepState,
    StepStatus,
    Submission,
)
from dondoc.core.plan import Obligation
from dondoc.core.timing import Within

SILENT = frozenset({"told", "gap-raised", "withdrawn", "withheld", "approved"})  # the engine's own: no new epoch


def fold(obligation: Obligation, birth: Birth, facts: Sequence[Fact]) -> Occurrence:
    """The occurrence after `facts` (its own, in seq order). Pure; unknown kinds are skipped."""
    first = dict(birth.rounds)
    steps = tuple(
        StepState(step.id, "open", (first[step.id],)) if step.id in first else StepState(step.id)
        for step in obligation.steps
    )
    occurrence = Occurrence(
        birth, steps, tuple(Member(person) for person in birth.population), set_aside=birth.before_watch
    )
    for fact in with_corrections(list(facts)):
        occurrence = after(obligation, occurrence, fact)
    for fact in facts:
        if fact.kind == "corrected" and fact.step:
            occurrence = _with_step(occurrence, fact.step, lambda step: _raised(step, "corrected"))
    return occurrence


def after(obligation: Obligation, occurrence: Occurrence, fact: Fact) -> Occurrence:
    """The occurrence after one more fact."""
    match fact.kind:
        case "waived":
            return _raise_all(occurrence._replace(waived=fact.payload.get("reason") or "-"))
        case "set-aside":
            return _raise_all(occurrence._replace(set_aside=True))
        case "acknowledged":
            return _finish_when_all(occurrence._replace(members=_acknowledged(occurrence.members, fact)), fact)
        case "population-changed":
            return _repopulated(occurrence, fact)
    if fact.kind in ("confirmed", "returned"):
        occurrence = _office_word(obligation, occurrence, fact)
    change = STEP_CHANGES.get(fact.kind)
    if not fact.step or change is None:
        return occurrence
    occurrence = _with_step(occurrence, fact.step, lambda step: _raised(change(step, fact), fact.kind))
    return _nothing_to_confirm(obligation, occurrence, fact)


def _nothing_to_confirm(obligation: Obligation, occurrence: Occurrence, fact: Fact) -> Occurrence:
    """A step that is finished without waiting for the office's word leaves the confirming step nothing to do."""
    if fact.kind not in ("submitted", "nothing-occurred"):
        return occurrence
    status = occurrence.step(fact.step).status
    if status not in ("done", "nothing"):
        return occurrence
    for step in obligation.steps:
        if step.confirms == fact.step:
            occurrence = _with_step(
                occurrence, step.id, lambda s: _raised(_nothing(s, fact)._replace(status=status), fact.kind)
            )
    return occurrence


def _raised(step: StepState, kind: str) -> StepState:
    return step if kind in SILENT else step._replace(epoch=step.epoch + 1)


def _raise_all(occurrence: Occurrence) -> Occurrence:
    return occurrence._replace(steps=tuple(s._replace(epoch=s.epoch + 1) for s in occurrence.steps))


def _with_step(occurrence: Occurrence, step_id: str, change: Callable[[StepState], StepState]) -> Occurrence:
    steps = tuple(change(step) if step.id == step_id else step for step in occurrence.steps)
    return occurrence._replace(steps=steps)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


# --- what each fact does to its step ---


def _submitted(step: StepState, fact: Fact) -> StepState:
    p = fact.payload
    submission = Submission(
        submitted_on=fact.act_on,
        recorded_on=_day(p.get("recorded_on")) or fact.recorded_at.date(),
        seq=fact.seq,
        done_on=_day(p.get("done_on")),
        signed_on=_day(p.get("signed_on")),
        sent_on=_day(p.get("sent_on")),
        received_on=_day(p.get("received_on")),
        number=p.get("number", ""),
        kept_at=p.get("kept_at", ""),
        note=p.get("note", ""),
        files=tuple(p.get("files", ())),
        actor=fact.actor,
        round=len(step.rounds),
    )
    submitted = step._replace(
        submissions=(*step.submissions, submission), submitted_at=fact.recorded_at, asked_extension=""
    )
    if p.get("awaits_confirmation"):
        return submitted._replace(status="submitted")
    return _done(submitted, fact.act_on, fact.recorded_at)


def _done(step: StepState, on: date, at: datetime) -> StepState:
    return step._replace(status="done", done_on=on, finished_at=at)


def _last(step: StepState, **values: Any) -> StepState:
    if not step.submissions:
        return step
    return step._replace(submissions=(*step.submissions[:-1], step.submissions[-1]._replace(**values)))


def _received(step: StepState, fact: Fact) -> StepState:
    p = fact.payload
    return _last(step, sent_on=_day(p.get("sent_on")), received_on=_day(p.get("received_on")))


def _confirmed(step: StepState, fact: Fact) -> StepState:
    if not step.submissions:
        return _done(step, fact.act_on, fact.recorded_at)
    step = _last(step, confirmed_on=fact.act_on)
    return _done(step, step.submissions[-1].submitted_on, fact.recorded_at)


def _returned(step: StepState, fact: Fact) -> StepState:
    return step._replace(status="returned", returned_at=fact.recorded_at, done_on=None, finished_at=None)


def _nothing(step: StepState, fact: Fact) -> StepState:
    return step._replace(status="nothing", done_on=fact.act_on, finished_at=fact.recorded_at)


def round_from(payload: Any) -> Round:
    """A Round from a round-begun fact's payload; round_payload is its inverse."""
    return Round(
        n=payload["n"],
        cause=payload["cause"],
        since_at=datetime.fromisoformat(payload["since_at"]),
        last_on=_day(payload["last_on"]),
        target_on=_day(payload["target_on"]),
        unrolled_on=_day(payload["unrolled_on"]),
        basis=payload["basis"],
        decision=payload["decision"],
        why=tuple(payload["why"]),
        cursor=payload.get("cursor", 0),
        approvals=tuple(Approval(*a) for a in payload.get("approvals", ())),
    )


def round_payload(round_: Round) -> dict[str, Any]:
    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    return {
        "n": round_.n,
        "cause": round_.cause,
        "since_at": round_.since_at.isoformat(),
        "last_on": iso(round_.last_on),
        "target_on": iso(round_.target_on),
        "unrolled_on": iso(round_.unrolled_on),
        "basis": round_.basis,
        "decision": round_.decision,
        "why": list(round_.why),
    }


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
    return step._replace(rounds=(*step.rounds[:-1], current._replace(cursor=p["cursor"], approvals=approvals)))


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
    handed_in = bool(step.submissions) and step.submissions[-1].round == len(step.rounds)
    status: StepStatus = "waiting" if not step.rounds else "submitted" if handed_in else "open"
    return step._replace(status=status, suspended_on=None)


STEP_CHANGES: dict[str, Callable[[StepState, Fact], StepState]] = {
    "submitted": _submitted,
    "received": _received,
    "confirmed": _confirmed,
    "returned": _returned,
    "nothing-occurred": _nothing,
    "round-begun": _round_begun,
    "told": _told,
    "approved": _answered,
    "withheld": _answered,
    "extension-asked": lambda step, fact: step._replace(asked_extension=fact.payload.get("reason") or "-"),
    "extended": _extended,
    "bound": lambda step, fact: step,
    "reset": lambda step, fact: step,
    "decided": _decided,
    "reassigned": lambda step, fact: step._replace(assigned=fact.payload["to"]),
    "suspended": _suspended,
    "resumed": _resumed,
}


# --- the office's word, and populations ---


def _office_word(obligation: Obligation, occurrence: Occurrence, fact: Fact) -> Occurrence:
    """Confirming or returning a step is the act of the step that confirms it."""
    for step in obligation.steps:
        if step.confirms != fact.step:
            continue
        if fact.kind == "confirmed":
            occurrence = _with_step(
                occurrence, step.id, lambda s: _raised(_done(s, fact.act_on, fact.recorded_at), fact.kind)
            )
        elif isinstance(step.timing.rule, Within):
            occurrence = _with_step(occurrence, step.id, lambda s: _raised(s._replace(status="waiting"), fact.kind))
        else:  # its due is a day of the calendar: the office's own clock runs on
            occurrence = _with_step(occurrence, step.id, lambda s: _raised(s._replace(status="open"), fact.kind))
    return occurrence


def _acknowledged(members: tuple[Member, ...], fact: Fact) -> tuple[Member, ...]:
    """One person's acknowledgement, or a unit's minutes naming who was absent."""
    absent = set(fact.payload.get("all_but", ()))
    by_minutes = "all_but" in fact.payload
    named = {fact.payload.get("person", "")}
    return tuple(
        m._replace(status="acknowledged")
        if m.status == "pending" and (m.person in named or (by_minutes and m.person not in absent))
        else m
        for m in members
    )


def _repopulated(occurrence: Occurrence, fact: Fact) -> Occurrence:
    p = fact.payload
    status: dict[str, MemberStatus] = dict.fromkeys(p.get("left", ()), "left")
    status.update(dict.fromkeys(p.get("suspended", ()), "suspended"))
    status.update(dict.fromkeys(p.get("resumed", ()), "pending"))
    members = tuple(m._replace(status=status.get(m.person, m.status)) for m in occurrence.members)
    joined = tuple(Member(person) for person in p.get("joined", ()))
    return _finish_when_all(_raise_all(occurrence._replace(members=(*members, *joined))), fact)


def _finish_when_all(occurrence: Occurrence, fact: Fact) -> Occurrence:
    """The campaign's first step is done when nobody of its population is left to acknowledge."""
    if not occurrence.members or any(m.status == "pending" for m in occurrence.members):
        return occurrence
    first = occurrence.steps[0]
    if first.status != "open":
        return occurrence
    return _with_step(
        occurrence, first.id, lambda s: _done(s._replace(epoch=s.epoch + 1), fact.act_on, fact.recorded_at)
    )
