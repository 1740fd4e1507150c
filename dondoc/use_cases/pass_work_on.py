"""A handover: one person's roles are another's from a day on, and what let the first one in opens nothing any more."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from ruamel.yaml.comments import CommentedMap

from dondoc.core.directory import Directory
from dondoc.use_cases.act import Act
from dondoc.use_cases.end_sessions import end_another_s_sessions
from dondoc.use_cases.links import end_links
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.people_edits import give_role
from dondoc.use_cases.people_files import change_people, item
from dondoc.use_cases.people_folder import ORGANISATION
from dondoc.use_cases.refused import Refused
from dondoc.words import _


def roles_of(directory: Directory, person: str, on: date) -> list[str]:
    """Roles a person holds on a local day, in the organisation file's order."""
    return [role for role in directory.roles if directory.holder(role, on) == person]


def pass_work_on(
    office: Office, person: str, to: str, roles: Sequence[str], from_on: date, leaves: bool, act: Act, at: datetime
) -> bool:
    """Open work follows its role: the next sweep tells who holds it now. False for a request already entered.

    From today on or earlier, sessions and links of the first person end at once; for a day to come the links sent
    before it end on that day, and sessions lose the roles' rights by themselves.
    """
    if not roles:
        raise Refused(_("Chưa chọn vai trò nào để bàn giao."), _("Đánh dấu ít nhất một vai trò."))
    if person == to:
        raise Refused(_("Người nhận chính là người giao."), _("Chọn người khác."))

    def change(document: CommentedMap) -> None:
        for role in roles:
            give_role(document, role, to, from_on)
        if leaves:
            item(document, "persons", person, _("người"))["to"] = from_on - timedelta(days=1)

    entry = {"what": "handover", "person": person, "to": to, "from_on": from_on.isoformat(), "count": len(roles)}
    if not change_people(office, ORGANISATION, change, entry, act, at):
        return False
    if from_on <= local_day(office, at):
        end_another_s_sessions(office, person, act.actor, at, act.via)
    else:
        end_links(office, person, from_on)
    return True
