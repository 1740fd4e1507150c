"""An occurrence's steps as its page shows them: how each stands, who answers for it, every due it had and why."""

from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.occurrence import Round, StepState
from dondoc.core.phase import Standing, standing_of
from dondoc.core.plan import Step
from dondoc.use_cases.given import Given, given
from dondoc.use_cases.names import role_title, step_title
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import Scene
from dondoc.words.explain import explain
from dondoc.words.labels import basis_words, cause_words, evidence_words, status_words

LATE, FINISHED = "tre", "xong"  # how a page marks a state, besides its words


class RoundShown(NamedTuple):
    """One due a step had; `last_on` None was unset."""

    n: int
    cause: str
    since_on: date
    last_on: date | None
    target_on: date | None
    basis: str
    decision: str
    why: tuple[str, ...]


class StepShown(NamedTuple):
    """One step. `person` is "" in a confidential case, and where nobody answers."""

    id: str
    title: str
    ask: str
    status: str
    mark: str
    role: str
    person: str
    asks: tuple[str, ...]
    law: str
    rounds: tuple[RoundShown, ...]
    given: tuple[Given, ...]
    extension_asked: str
    disowned: str  # name of whose work the doer says it is
    confirms: bool

    @property
    def round(self) -> RoundShown | None:
        """The current one."""
        return self.rounds[-1] if self.rounds else None


def steps_shown(office: Office, scene: Scene, at: datetime) -> tuple[StepShown, ...]:
    """All steps in order, as of `at`."""
    return tuple(_shown(office, scene, step, at) for step in scene.obligation.steps)


def _shown(office: Office, scene: Scene, step: Step, at: datetime) -> StepShown:
    state, moments, birth = scene.occurrence.step(step.id), scene.world.moments, scene.birth
    standing = standing_of(step, scene.occurrence, moments, at)
    by, on = state.assigned or step.by, moments.day_of(at)
    person = office.directory.resolve(by, birth.party, on, frozenset(birth.excluded)).person
    known = office.directory.persons.get(person)
    return StepShown(
        id=step.id,
        title=step_title(scene.obligation, step) if len(scene.obligation.steps) == 1 else step.title,
        ask=step.ask,
        status=status_words(standing.phase, standing.timeliness, standing.basis),
        mark=mark_of(standing),
        role=role_title(office.directory, office.directory.role_of(by, birth.party)),
        # Who stands in for whom would point at whom the case leaves out.
        person=known.name if known and not scene.obligation.confidential else "",
        asks=tuple(evidence_words(kind) for kind in step.evidence),
        law=step.law,
        rounds=tuple(_round(scene, round_) for round_ in state.rounds),
        given=given(state),
        extension_asked=_asked(state),
        disowned=_named(office, state.disowned) if state.status not in ("done", "nothing") else "",
        confirms=bool(step.confirms),
    )


def mark_of(standing: Standing) -> str:
    """A proposed due is no miss."""
    if standing.phase in ("done", "nothing", "awaiting"):
        return FINISHED
    return LATE if standing.timeliness.kind == "overdue" and standing.basis != "proposed" else ""


def _round(scene: Scene, round_: Round) -> RoundShown:
    return RoundShown(
        round_.n,
        cause_words(round_.cause),
        scene.world.moments.day_of(round_.since_at),
        round_.last_on,
        round_.target_on,
        basis_words(round_.basis),
        round_.decision if round_.decision != round_.cause else "",
        tuple(explain(round_.why)),
    )


def _named(office: Office, person: str) -> str:
    known = office.directory.persons.get(person)
    return known.name if known else person


def _asked(state: StepState) -> str:
    return "" if state.status in ("done", "nothing") else state.asked_extension
