"""Who holds what, who is away, who came and who left: each one change of organisation.yaml."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

from ruamel.yaml.comments import CommentedMap

from dondoc.core.directory import Directory
from dondoc.use_cases.act import Act
from dondoc.use_cases.office import Office
from dondoc.use_cases.people_files import change_people, item, part, row
from dondoc.use_cases.people_folder import ORGANISATION
from dondoc.use_cases.refused import Refused
from dondoc.words import _
from dondoc.words.dates import read_day, short_date


def change_holder(
    office: Office, role: str, person: str, from_on: date, act: Act, at: datetime, until: date | None = None
) -> bool:
    """A role is another's from a local day on; "" leaves it vacant. Who held it is kept, until the day before."""

    def change(document: CommentedMap) -> None:
        if until and until < from_on:
            raise Refused(_("Ngày cuối ở trước ngày đầu."), _("Xem lại hai ngày."))
        give_role(document, role, person, from_on, until)

    entry = {"what": "holder", "role": role, "person": person, "from_on": from_on.isoformat()}
    entry |= {"to_on": until.isoformat()} if until else {}
    return change_people(office, ORGANISATION, change, entry, act, at)


def give_role(document: CommentedMap, role: str, person: str, from_on: date, until: date | None = None) -> None:
    """The change itself, for one role of the file."""
    holders = part(item(document, "roles", role, _("vai trò")), "holders")
    for held in list(holders):
        since, ended = _day(held.get("from")), _day(held.get("to"))
        if since == from_on:  # today's slip of the pen, put right today
            holders.remove(held)
            continue
        if since and since > from_on:
            raise Refused(
                _("Vai trò này đã có người giữ từ ngày {day}.").format(day=short_date(since)), _("Chọn ngày sau đó.")
            )
        if ended and ended < from_on:
            continue
        if held.get("person") == person:
            raise Refused(_("Người này đang giữ vai trò ấy rồi."), _("Chọn người khác."))
        held["to"] = from_on - timedelta(days=1)
    if person:
        item(document, "persons", person, _("người"))
        holders.append(row(holders, {"person": person, "from": from_on, "to": until}))


def change_deputy(office: Office, role: str, deputy: str, act: Act, at: datetime) -> bool:
    """The role that answers while this one's holder is away; "" takes it off."""

    def change(document: CommentedMap) -> None:
        if deputy == role:
            raise Refused(_("Một vai trò không tự thay cho mình."), _("Chọn vai trò khác."))
        _put(item(document, "roles", role, _("vai trò")), "deputy", deputy)

    return change_people(office, ORGANISATION, change, {"what": "deputy", "role": role, "to": deputy}, act, at)


def add_absence(office: Office, person: str, since: date, until: date, long: bool, act: Act, at: datetime) -> bool:
    """Both days inclusive; a long leave suspends acknowledgements too."""

    def change(document: CommentedMap) -> None:
        if until < since:
            raise Refused(_("Ngày cuối ở trước ngày đầu."), _("Xem lại hai ngày."))
        item(document, "persons", person, _("người"))
        absences = part(document, "absences")
        if any(one.get("person") == person and _day(one.get("from")) == since for one in absences):
            raise Refused(_("Đã ghi một đợt vắng từ ngày ấy."), _("Bỏ đợt đó trước."))
        absences.append(row(absences, {"person": person, "from": since, "to": until, "long": long}))

    entry = {"what": "absence", "person": person, "from_on": since.isoformat(), "to_on": until.isoformat()}
    return change_people(office, ORGANISATION, change, entry, act, at)


def drop_absence(office: Office, person: str, since: date, act: Act, at: datetime) -> bool:
    """They are here after all."""

    def change(document: CommentedMap) -> None:
        absences = document.get("absences") or []
        for place, one in enumerate(absences):
            if one.get("person") == person and _day(one.get("from")) == since:
                del absences[place]
                return
        raise Refused(_("Không có đợt vắng này."), _("Tải lại trang."))

    entry = {"what": "absence-dropped", "person": person, "from_on": since.isoformat()}
    return change_people(office, ORGANISATION, change, entry, act, at)


def add_person(office: Office, name: str, unit: str, from_on: date | None, act: Act, at: datetime) -> str:
    """Somebody new; returns their id, made of the name."""
    id_ = new_id(office.directory, name)

    def change(document: CommentedMap) -> None:
        if not id_:
            raise Refused(_("Tên phải có chữ."), _("Ghi họ tên hoặc chức danh."))
        if unit:
            item(document, "units", unit, _("đơn vị"))
        persons = part(document, "persons")
        persons.append(row(persons, {"id": id_, "name": name, "unit": unit, "from": from_on}))

    entry: dict[str, Any] = {"what": "person", "person": id_}
    change_people(office, ORGANISATION, change, entry, act, at)
    return id_


def new_id(directory: Directory, name: str) -> str:
    """ "Nguyễn Thị Hoà" → nguyen-thi-hoa, with a number where that is taken; "" where nothing is left of it."""
    bare = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    stem = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in bare if not unicodedata.combining(c))).strip("-")[:60]
    stem = stem if not stem[:1].isdigit() else f"n-{stem}"
    taken = {*directory.persons, *directory.roles, *directory.units}
    return next((id_ for n in range(1, 1000) if (id_ := stem if n == 1 else f"{stem}-{n}") not in taken), "")


def _put(map_: CommentedMap, name: str, value: str) -> None:
    if value:
        map_[name] = value
    else:
        map_.pop(name, None)


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or value is None else read_day(str(value))
