"""The register of reception sessions: when each is, who holds it, what came of it, what it was moved by."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.facts import Fact
from dondoc.core.occurrence import StepState
from dondoc.core.phase import stand
from dondoc.core.plan import Obligation
from dondoc.core.rights import Viewer, may
from dondoc.use_cases.names import party_name, role_title
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene, gather, gather_one
from dondoc.use_cases.steps_shown import mark_of
from dondoc.use_cases.viewer import subject_of
from dondoc.words.labels import status_words


class Session(NamedTuple):
    """One session. `figures` are those of the answer that stands; `moved_by` the document that set its day anew."""

    key: str
    title: str
    party: str
    period: str
    responsible: str
    law: str
    ask: str
    first_on: date | None
    on: date | None
    held_on: date | None
    nobody_came: bool
    host: str
    figures: Mapping[str, str]
    kept_at: str
    note: str
    moved_by: str
    status: str
    mark: str  # how the page marks the status
    closed: bool
    may_record: bool
    may_postpone: bool


def is_session(obligation: Obligation) -> bool:
    """Held on a day of its own, which may collide with a holiday: what the language's `collision` is for."""
    return bool(obligation.collision) and not obligation.confidential


def sessions(office: Office, viewer: Viewer, at: datetime, year: int) -> list[Session]:
    """Those of one year that the viewer may see, in the order of their days. Reads only."""
    asked = [(plan.id, o.id) for plan in office.plans.values() for o in plan.obligations if is_session(o)]
    with office.register.reading() as book:
        births = [b for plan, o in asked for b in book.births(plan=plan, obligation=o)]
        scenes = gather(office, book, sorted(b.key for b in births))
    seen = [found for scene in scenes if (found := _session(office, scene, viewer, at))]
    of_year = [one for one in seen if (one.on or one.first_on or date.min).year == year]
    return sorted(of_year, key=lambda one: (one.on or date.max, one.key))


def session(office: Office, viewer: Viewer, key: str, at: datetime) -> Session | None:
    """One of them; None where there is none, or none for this viewer."""
    try:
        with office.register.reading() as book:
            scene = gather_one(office, book, key)
    except Refused:
        return None
    return _session(office, scene, viewer, at) if is_session(scene.obligation) else None


def _session(office: Office, scene: Scene, viewer: Viewer, at: datetime) -> Session | None:
    today = local_day(office, at)
    subject = subject_of(office, scene, today)
    if not may(viewer, "see-receptions", subject):
        return None
    occurrence, birth = scene.occurrence, scene.birth
    step = next(step for step in scene.obligation.steps if not step.confirms)
    state = occurrence.step(step.id)
    standing = stand(scene.obligation, occurrence, scene.world.moments, at)
    answer = _answer(scene.facts, step.id, state)
    figures = dict(answer.payload.get("figures", {})) if answer else {}
    role = office.directory.role_of(state.assigned or step.by, birth.party)
    return Session(
        key=birth.key,
        title=scene.obligation.title,
        party=party_name(office.directory, birth.party),
        period=birth.label,
        responsible=role_title(office.directory, role),
        law=step.law,
        ask=step.ask,
        first_on=state.rounds[0].target_on if state.rounds else None,
        on=state.round.target_on if state.round else None,
        held_on=answer.act_on if answer else None,
        nobody_came=state.status == "nothing",
        host=str(figures.pop(HOST, "")),
        figures=figures,
        kept_at=str(answer.payload.get("kept_at", "")) if answer else "",
        note=str(answer.payload.get("note", "")) if answer else "",
        moved_by=state.round.decision if state.round and state.round.n > 1 else "",
        status=status_words(standing.phase, standing.timeliness, standing.basis),
        mark=mark_of(standing),
        closed=occurrence.closed,
        may_record=not occurrence.closed
        and state.status == "open"
        and _has_come(state, today)
        and may(viewer, "submit", subject),
        may_postpone=not occurrence.closed and state.status == "open" and may(viewer, "reset-due", subject),
    )


def _has_come(state: StepState, today: date) -> bool:
    """Whether the session's month is here: it may be held some days early, and not be told of before."""
    on = state.round.target_on if state.round else None
    return on is None or (on.year, on.month) <= (today.year, today.month)


HOST = "Người tiếp"  # among the figures of an answer


def _answer(facts: Sequence[Fact], step: str, state: StepState) -> Fact | None:
    """The entry that says it was held, or that nobody came; None before, and once it was returned."""
    if state.status not in ("submitted", "done", "nothing"):
        return None
    said = [f for f in facts if f.step == step and f.kind in ("submitted", "nothing-occurred")]
    return said[-1] if said else None
