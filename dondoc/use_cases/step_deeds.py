"""What a step allows to be done to it as it stands, whoever may do it."""

from dondoc.core.occurrence import StepState
from dondoc.use_cases.post import Deed
from dondoc.use_cases.scene import Scene

FINISHED = ("done", "nothing")


def deeds_of_doer(scene: Scene, step_id: str) -> tuple[Deed, ...]:
    """The doer's answers to a step that is not a word on another."""
    step, state = scene.step(step_id), scene.occurrence.step(step_id)
    if scene.occurrence.members or state.status in (*FINISHED, "suspended", "submitted"):
        return ()
    if scene.obligation.kind == "checklist":
        return ("checklist", "not-mine")
    nothing: tuple[Deed, ...] = ("nothing",) if step.nothing_allowed else ()
    dated: tuple[Deed, ...] = ("extension",) if state.round and state.round.last_on else ()
    others: tuple[Deed, ...] = () if scene.obligation.confidential else ("not-mine",)
    return ("submit", *nothing, *dated, *others)


def word_on_step(scene: Scene, step_id: str) -> tuple[Deed, ...]:
    """The office's word on what was handed in: asked by a step, or given on an answer unasked."""
    step, state = scene.step(step_id), scene.occurrence.step(step_id)
    if step.confirms:
        return ("confirm", "return") if scene.occurrence.step(step.confirms).status == "submitted" else ()
    if any(other.confirms == step_id for other in scene.obligation.steps):
        return ()
    unconfirmed = bool(state.submissions) and not state.submissions[-1].confirmed_on
    return ("confirm", "return") if state.status == "done" and unconfirmed else ()


def decisions(scene: Scene, step_id: str) -> tuple[Deed, ...]:
    """What whoever watches the plan may decide of a step that is not finished."""
    state = scene.occurrence.step(step_id)
    if scene.occurrence.closed or state.status in (*FINISHED, "submitted"):
        return ()
    if state.status == "suspended":
        return ("resume",)
    return (*_of_due(state), *_of_reading(scene, step_id), "reassign", "suspend")


def _of_due(state: StepState) -> tuple[Deed, ...]:
    if state.round is None:
        return ()
    return ("extend", "reset") if state.round.last_on else ("bind",)


def _of_reading(scene: Scene, step_id: str) -> tuple[Deed, ...]:
    step, state = scene.step(step_id), scene.occurrence.step(step_id)
    found: list[Deed] = []
    if step.complex_timing and not state.complex and state.round:
        found.append("complex")
    if scene.world.missing.get(step_id):
        found.append("missing")
    if state.round and state.round.last_on and state.round.basis == "proposed":
        found.append("basis")
    return tuple(found)
