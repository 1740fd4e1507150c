"""The office confirms a step, or sets the days on which its paper was sent and arrived."""

from collections.abc import Sequence
from datetime import date, datetime

from dondoc.core.facts import Fact
from dondoc.use_cases.act import Act, Recorded, enter, fact
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene
from dondoc.words import _


def confirm(
    office: Office,
    key: str,
    act: Act,
    at: datetime,
    step: str = "",
    *,
    sent_on: date | None = None,
    received_on: date | None = None,
) -> Recorded:
    """Confirm what was handed in; Refused where nothing waits for confirmation."""

    def build(scene: Scene) -> Sequence[Fact]:
        target = handed_in(scene, step)
        dates = fact("received", scene, target, act, at, sent_on=sent_on, received_on=received_on)
        return [*([dates] if sent_on or received_on else []), fact("confirmed", scene, target, act, at)]

    return enter(office, key, act, at, build)


def receive(
    office: Office, key: str, act: Act, at: datetime, step: str, *, sent_on: date | None, received_on: date | None
) -> Recorded:
    """Set the e-office's sending day and the arrival stamp, without confirming yet."""
    return enter(
        office,
        key,
        act,
        at,
        lambda scene: [
            fact("received", scene, handed_in(scene, step), act, at, sent_on=sent_on, received_on=received_on)
        ],
    )


def handed_in(scene: Scene, step_id: str = "") -> str:
    """Id of the step that was handed in and waits; the step it confirms where a confirming one is named."""
    confirms = {step.id: step.confirms for step in scene.obligation.steps if step.confirms}
    step_id = confirms.get(step_id, step_id)
    for state in scene.occurrence.steps:
        if state.status == "submitted" and step_id in ("", state.id):
            return state.id
    for state in scene.occurrence.steps:
        if (
            state.submissions
            and state.status == "done"
            and step_id in ("", state.id)
            and not state.submissions[-1].confirmed_on
        ):
            return state.id
    raise Refused(
        _("«{key}» chưa có gì chờ xác nhận.").format(key=scene.birth.key), _("Ghi việc nộp trước: dondoc record submit")
    )
