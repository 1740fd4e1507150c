"""Letting an inspector read one confidential case, on a decision and up to a day, and ending that again."""

from datetime import date, datetime

from dondoc.use_cases.act import Act, Document, Recorded, enter, fact
from dondoc.use_cases.grants import confidential_births
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.viewer import viewer_of
from dondoc.words import _


def grant(
    office: Office, number: str, person: str, document: Document, last_on: date, act: Act, at: datetime
) -> Recorded:
    """`number` is the case's. Refused for who is no inspector, an unknown number, or a day that is over."""
    viewer = viewer_of(office, person, at)
    if viewer is None or "inspector" not in viewer.parts:
        raise Refused(
            _("Người này không giữ vai trò thanh tra, kiểm tra ở cổng thông tin."),
            _("Khai vai trò có portal: inspector, kèm ngày thôi, trong tệp tổ chức."),
        )
    if last_on < local_day(office, at):
        raise Refused(_("Ngày cuối được xem ở trước hôm nay."), _("Ghi ngày ghi trong quyết định."))
    return enter(
        office,
        _key(office, number),
        act,
        at,
        lambda scene: [
            fact(
                "granted", scene, "", act, at, person=person, document=document.number, on=document.on, last_on=last_on
            )
        ],
    )


def end_grant(office: Office, key: str, person: str, act: Act, at: datetime) -> Recorded:
    """From now on the case is closed to them; nothing happens to a grant that never was."""
    return enter(office, key, act, at, lambda scene: [fact("grant-ended", scene, "", act, at, person=person)])


def _key(office: Office, number: str) -> str:
    with office.register.reading() as book:
        found = [birth.key for birth in confidential_births(office, book) if number and birth.reference == number]
    if len(found) != 1:
        raise Refused(
            _("Không có đúng một vụ việc số «{number}».").format(number=number), _("Ghi số như trong quyết định.")
        )
    return found[0]
