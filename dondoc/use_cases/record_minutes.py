"""A meeting's minutes say that a unit has read: everybody listed who was there, nobody who has joined since."""

from collections.abc import Collection
from datetime import datetime

from dondoc.core.rights import Viewer
from dondoc.use_cases.act import Act, Recorded
from dondoc.use_cases.campaigns import campaign
from dondoc.use_cases.office import Office
from dondoc.use_cases.people_acts import acknowledge
from dondoc.use_cases.refused import Refused
from dondoc.words import _


def record_minutes(
    office: Office,
    viewer: Viewer,
    key: str,
    *,
    listed: Collection[str],
    absent: Collection[str],
    unit: str,
    minutes: str,
    act: Act,
    at: datetime,
) -> Recorded:
    """`listed` are those whom the form named, `absent` those ticked; `unit` "" takes all of them."""
    shown = campaign(office, viewer, key, at)
    if shown is None or not shown.may_minute:
        raise Refused(_("Đợt này không nhận biên bản nữa, hoặc không thuộc quyền của bạn."), _("Tải lại trang."))
    everybody = {one.person: one.unit for part in shown.units for one in part.readers}
    met = {p for p, of in everybody.items() if p in listed and p not in absent and unit in ("", of)}
    pending = {one.person for one in shown.pending}
    with office.register.reading() as book:
        seen = book.seen(act.request_key)
    if not met & pending and not seen:
        raise Refused(_("Biên bản này không có thêm ai: tất cả đều vắng hoặc đã xác nhận."), _("Bỏ bớt dấu vắng."))
    return acknowledge(office, key, act, at, all_but=sorted(everybody.keys() - met), minutes=minutes)
