"""What a doer asks of the office: it hears of it with its next letters, and decides; until then nothing changes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from dondoc.core.facts import Fact
from dondoc.core.notice import Notice
from dondoc.use_cases.act import Act, Recorded, enter, fact, running_step
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene
from dondoc.words import _

KEPT = timedelta(days=30)


def not_mine(office: Office, key: str, person: str, reason: str, act: Act, at: datetime, step: str = "") -> Recorded:
    """The doer says whose work it is. Refused for somebody who is not here, for oneself, and in a confidential case."""

    def build(scene: Scene) -> Sequence[Fact]:
        theirs, _state = running_step(scene, step)
        on = scene.world.moments.day_of(at)
        if scene.obligation.confidential:
            raise Refused(_("Việc này không nêu tên người trong sổ."), _("Báo trực tiếp cho Văn phòng."))
        if person not in office.directory.persons or not office.directory.is_here(person, on) or person == act.actor:
            raise Refused(_("Chưa rõ đây là việc của ai."), _("Chọn một người khác trong cơ quan."))
        return [fact("not-mine", scene, theirs.id, act, at, person=person, reason=reason)]

    return enter(office, key, act, at, build, lambda scene: request_to_office(office, scene, step, "not-mine", at))


def request_to_office(
    office: Office, scene: Scene, step_id: str, wants: Literal["extension", "not-mine"], at: datetime
) -> list[Notice]:
    """The one word to who watches the plan; nobody where the desk is empty, which is a gap of its own.

    Until when, whose and why stay in the book, where they can be erased.
    """
    step = scene.step(step_id)
    state, birth, moments = scene.occurrence.step(step.id), scene.birth, scene.world.moments
    found = office.directory.resolve(scene.plan.office, birth.party, moments.day_of(at), frozenset(birth.excluded))
    n = state.round.n if state.round else 0
    notice = Notice(
        key=f"{birth.key}#{step.id}.{n}.request {state.epoch}@{found.person or found.role}",
        kind="request",
        occurrence=birth.key,
        step=step.id,
        round=n,
        rung=0,
        recipient=found.person,
        role=found.role,
        acting=found.acting,
        tone="urge",
        epoch=state.epoch,
        moment_at=at,
        not_after=at + KEPT,
        details={"wants": wants},
    )
    return [notice] if found.person else []
