"""An occurrence as its facts make it: birth first, then each fact in order."""

from collections.abc import Callable, Sequence

from dondoc.core.facts import Fact, with_corrections
from dondoc.core.occurrence import Birth, Member, MemberStatus, Occurrence, StepState
from dondoc.core.plan import Obligation
from dondoc.core.step_changes import STEP_CHANGES, done, nothing_occurred
from dondoc.core.timing import Within

SILENT = frozenset(
    {"told", "gap-raised", "withdrawn", "withheld", "approved", "called", "drafted", "issued"}
)  # no new epoch


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
        case "adopted":
            return _adopted(occurrence, fact)
        case "set-aside":
            return _raise_all(occurrence._replace(set_aside=True))
        case "acknowledged":
            return _finish_when_all(occurrence._replace(members=_acknowledged(occurrence.members, fact)), fact)
        case "population-changed":
            return _repopulated(occurrence, fact)
    if fact.kind in ("confirmed", "returned"):
        occurrence = _office_word(obligation, occurrence, fact)
    change = STEP_CHANGES.get(fact.kind)
    if change is None or all(step.id != fact.step for step in occurrence.steps):
        return occurrence  # also an act on a step that the version adopted since no longer has
    occurrence = _with_step(occurrence, fact.step, lambda step: _raised(change(step, fact), fact.kind))
    return _nothing_to_confirm(obligation, occurrence, fact)


def _adopted(occurrence: Occurrence, fact: Fact) -> Occurrence:
    """Under another version from now on; its new dues are rounds of their own. No epoch: what is unchanged is told."""
    p, birth = fact.payload, occurrence.birth
    taken_over = {name: p[name] for name in ("period", "label", "party") if p.get(name)}
    birth = birth._replace(version=p["edition"], **taken_over)
    set_aside, waived = (False, "") if p.get("watched") else (occurrence.set_aside, occurrence.waived)
    return occurrence._replace(birth=birth, set_aside=set_aside, waived=waived)


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
                occurrence, step.id, lambda s: _raised(nothing_occurred(s, fact)._replace(status=status), fact.kind)
            )
    return occurrence


def _raised(step: StepState, kind: str) -> StepState:
    return step if kind in SILENT else step._replace(epoch=step.epoch + 1)


def _raise_all(occurrence: Occurrence) -> Occurrence:
    return occurrence._replace(steps=tuple(s._replace(epoch=s.epoch + 1) for s in occurrence.steps))


def _with_step(occurrence: Occurrence, step_id: str, change: Callable[[StepState], StepState]) -> Occurrence:
    steps = tuple(change(step) if step.id == step_id else step for step in occurrence.steps)
    return occurrence._replace(steps=steps)


# --- the office's word, and populations ---


def _office_word(obligation: Obligation, occurrence: Occurrence, fact: Fact) -> Occurrence:
    """Confirming or returning a step is the act of the step that confirms it."""
    for step in obligation.steps:
        if step.confirms != fact.step:
            continue
        if fact.kind == "confirmed":
            occurrence = _with_step(
                occurrence, step.id, lambda s: _raised(done(s, fact.act_on, fact.recorded_at), fact.kind)
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
        occurrence, first.id, lambda s: done(s._replace(epoch=s.epoch + 1), fact.act_on, fact.recorded_at)
    )
