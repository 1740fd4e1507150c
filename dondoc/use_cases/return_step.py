"""The office returns what was handed in; a round of resubmission begins."""

from datetime import datetime

from dondoc.use_cases.act import Act, Recorded, enter, fact
from dondoc.use_cases.confirm import handed_in
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.words import _


def return_step(office: Office, key: str, reason: str, act: Act, at: datetime, step: str = "") -> Recorded:
    """Refused without a reason, or where nothing was handed in."""
    if not reason.strip():
        raise Refused(_("Trả lại phải có lý do."), _("Thêm --reason."))
    return enter(
        office, key, act, at, lambda scene: [fact("returned", scene, handed_in(scene, step), act, at, reason=reason)]
    )
