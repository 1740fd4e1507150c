"""Ending an occurrence without its act: waived by decision, or nothing occurred."""

from collections.abc import Sequence
from datetime import datetime

from dondoc.core.facts import Fact
from dondoc.use_cases.act import Act, Document, Recorded, enter, fact, running_step
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene
from dondoc.words import _


def waive(office: Office, key: str, reason: str, act: Act, at: datetime, document: Document | None = None) -> Recorded:
    """Refused without a reason; the occurrence stays on the board as waived."""
    if not reason.strip():
        raise Refused(_("Miễn thực hiện phải có lý do."), _("Thêm --reason."))
    paper = str(document) if document else ""
    return enter(
        office, key, act, at, lambda scene: [fact("waived", scene, "", act, at, reason=reason, document=paper)]
    )


def nothing_occurred(office: Office, key: str, act: Act, at: datetime, note: str = "") -> Recorded:
    """ "Không phát sinh" ("không có công dân") fulfils the whole occurrence where its definition allows it."""

    def build(scene: Scene) -> Sequence[Fact]:
        running_step(scene)  # refuses where nothing runs
        if not any(s.nothing_allowed for s in scene.obligation.steps):
            raise Refused(
                _("«{title}» không cho phép trả lời «không phát sinh».").format(title=scene.obligation.title),
                _("Hãy nộp minh chứng."),
            )
        open_steps = [s.id for s in scene.occurrence.steps if s.status not in ("done", "nothing")]
        return [fact("nothing-occurred", scene, step_id, act, at, note=note) for step_id in open_steps]

    return enter(office, key, act, at, build)
