"""Contacts out of an Excel file: each row matched to a person, what it would change, and what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from dondoc.papers.sheet import LARGEST as LARGEST
from dondoc.papers.sheet import Cell, Sheet, SheetError, SheetRow, read_sheet, write_sheet
from dondoc.use_cases.contact_edits import KEYS, known_addresses
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.words import _
from dondoc.words.dates import read_day, short_date

HEADINGS = {
    "person": ("Mã", "Mã người", "Id"),
    "name": ("Họ tên", "Họ và tên", "Tên", "Người"),
    "email": ("Thư điện tử", "Email", "E-mail", "Địa chỉ thư"),
    "phone": ("Điện thoại", "Số điện thoại", "ĐT"),
    "zalo": ("Zalo", "Số Zalo"),
    "zalo-opt-in": ("Ngày đồng ý Zalo", "Đồng ý Zalo từ ngày"),
}
TAKE_OFF = "-"  # an empty cell changes nothing
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[0-9]{8,15}")
_LOST_ZERO = re.compile(r"[35789][0-9]{8}")  # a mobile number that Excel took for a figure


class Changed(NamedTuple):
    """One row that changes something; `changes` are (key, old, new) in words."""

    n: int
    person: str
    name: str
    changes: tuple[tuple[str, str, str], ...]
    addresses: Mapping[str, str]  # by key of contacts.yaml, days as ISO text, "" takes off


class ContactsSheet(NamedTuple):
    """What a file would do; nothing is written yet."""

    changed: tuple[Changed, ...]
    same: int
    problems: tuple[str, ...]


def read_contacts(office: Office, content: bytes) -> ContactsSheet:
    """Refused where the file cannot be read at all; a row that is wrong is a problem and the others stand."""
    sheet, by_name = opened(content, HEADINGS, ("name",)), _by_name(office)
    changed, problems, seen, same = list[Changed](), list[str](), set[str](), 0
    for line in sheet.rows:
        person, wrong = _matched(office, sheet, line, by_name)
        addresses = _addresses(sheet, line, wrong) if person else {}
        if person in seen:
            wrong.append(_place(sheet, line, "name") + _("người này đã có ở một hàng trên"))
        seen.add(person)
        problems += wrong
        changes = _changes(office, person, addresses) if not wrong else ()
        same += not wrong and not changes
        if changes:
            changed.append(Changed(line.n, person, office.directory.persons[person].name, changes, addresses))
    return ContactsSheet(tuple(changed), same, tuple(problems))


def template(office: Office) -> bytes:
    """Everybody with what is known of them, to be filled in and handed back."""
    heads = [names[0] for names in HEADINGS.values()]
    rows: list[list[Cell]] = []
    for person in office.directory.persons.values():
        known = known_addresses(office.contacts[person.id]) if person.id in office.contacts else {}
        rows.append([person.id, person.name, *(known.get(key) or "" for key in KEYS)])
    return write_sheet("Danh bạ", heads, rows)


def opened(content: bytes, headings: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Sheet:
    """A sheet, or why it cannot be read, in words."""
    try:
        return read_sheet(content, headings, needed)
    except SheetError as error:
        wanted = ", ".join(f"“{headings[field][0]}”" for field in needed)
        said = {
            "not-xlsx": _("Tệp không phải Excel (.xlsx) hoặc bị hỏng."),
            "too-large": _("Tệp Excel quá lớn."),
            "too-many-rows": _("Tệp Excel có quá nhiều hàng."),
            "no-head": _("Không thấy hàng tiêu đề có các cột: {wanted}.").format(wanted=wanted),
        }
        raise Refused(said[error.why], _("Dùng tệp mẫu rồi gửi lại.")) from None


def _by_name(office: Office) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for person in office.directory.persons.values():
        found.setdefault(person.name.casefold(), []).append(person.id)
    return found


def _matched(office: Office, sheet: Sheet, line: SheetRow, by_name: Mapping[str, list[str]]) -> tuple[str, list[str]]:
    """A person's id and no problem, or "" and one."""
    id_, name = line.text("person"), line.text("name")
    if id_:
        known = id_ in office.directory.persons
        return (id_, []) if known else ("", [_place(sheet, line, "person") + _("không có mã “{v}”").format(v=id_)])
    same = by_name.get(name.casefold(), [])
    if len(same) == 1:
        return same[0], []
    said = _("có {n} người tên “{v}”, hãy ghi mã") if same else _("không có người tên “{v}”")
    return "", [_place(sheet, line, "name") + said.format(v=name, n=len(same))]


def _addresses(sheet: Sheet, line: SheetRow, wrong: list[str]) -> dict[str, str]:
    found = {}
    for key in KEYS:
        if not (given := line.text(key)):
            continue
        value = "" if given == TAKE_OFF else _read(key, given)
        if value is None:
            said = {
                "email": _("“{v}” không phải địa chỉ thư"),
                "zalo-opt-in": _("“{v}” không phải một ngày"),
            }.get(key, _("“{v}” không phải số điện thoại"))
            wrong.append(_place(sheet, line, key) + said.format(v=given))
        else:
            found[key] = value
    return found


def _read(key: str, given: str) -> str | None:
    if key == "email":
        return given if _EMAIL.fullmatch(given) else None
    if key == "zalo-opt-in":
        try:
            return read_day(given).isoformat()
        except ValueError:
            return None
    return read_phone(given)


def read_phone(given: str) -> str | None:
    """A number as it is dialled, without the spaces and dots people put into it; None for no number."""
    bare = re.sub(r"[ .\-()]", "", given)
    if _LOST_ZERO.fullmatch(bare):
        bare = f"0{bare}"
    return bare if _PHONE.fullmatch(bare) else None


def _changes(office: Office, person: str, addresses: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    contact = office.contacts.get(person)
    known = {key: _text(value) for key, value in known_addresses(contact).items()} if contact else {}
    differing = [(key, known.get(key, ""), new) for key, new in addresses.items() if known.get(key, "") != new]
    return tuple((key, _shown(key, old), _shown(key, new)) for key, old, new in differing)


def _text(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def _shown(key: str, value: str) -> str:
    return short_date(date.fromisoformat(value)) if key == "zalo-opt-in" and value else value


def _place(sheet: Sheet, line: SheetRow, field: str) -> str:
    column = sheet.columns.get(field)
    if column is None:
        return _("Hàng {n}").format(n=line.n) + ": "
    return _("Hàng {n}, cột {column}").format(n=line.n, column=column) + ": "
