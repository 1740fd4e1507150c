"""How it came that somebody is told: each desk that was looked at, in words."""

from datetime import date

from dondoc.core.directory import Absence, Asked, Directory
from dondoc.words import _
from dondoc.words.dates import short_date

PLACES = {
    "holder": "người giữ vai trò",
    "deputy": "người thay",
    "secretary": "thư ký, người giúp việc",
    "up": "vai trò cấp trên kế tiếp",
}
WHYS = {
    "": "nhận",
    "vacant": "chưa có người giữ",
    "absent": "vắng",
    "excluded": "không được báo về việc này",
    "unknown-role": "vai trò không có trong tệp tổ chức",
}
GAPS = {
    "vacant": "chưa có người giữ vai trò",
    "absent": "người phụ trách vắng, chưa có người thay",
    "no-address": "chưa có địa chỉ nhận thư",
    "nobody": "chưa có người nhận",
    "sealed": "không mở được danh sách người bị loại trừ",
}


def asked_words(directory: Directory, asked: Asked, on: date) -> str:
    """One line: the place, the role, who holds it that day and why it is or is not they."""
    role = directory.role(asked.role)
    title = f"{role.title} ({asked.role})" if role else asked.role
    who = f"{person_name(directory, asked.person)}: " if asked.person else ""
    return f"{_(PLACES[asked.place])} – {title}: {who}{_why(directory, asked, on)}"


def person_name(directory: Directory, person: str) -> str:
    known = directory.persons.get(person)
    return f"{known.name} ({person})" if known else person


def gap_words(gap: str) -> str:
    return _(GAPS[gap]) if gap in GAPS else gap


def _why(directory: Directory, asked: Asked, on: date) -> str:
    role = directory.role(asked.role)
    if asked.why == "vacant" and role and role.until and on > role.until:
        return _("vai trò đã kết thúc ngày {day}").format(day=short_date(role.until))
    if asked.why == "absent" and (away := absence_on(directory, asked.person, on)):
        return _("vắng từ {since} đến {until}").format(since=short_date(away.since), until=short_date(away.until))
    return _(WHYS[asked.why])


def absence_on(directory: Directory, person: str, on: date) -> Absence | None:
    """The absence that covers a day, None where there is none."""
    return next((a for a in directory.absences if a.person == person and a.since <= on <= a.until), None)
