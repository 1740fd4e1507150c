"""Who is who as of a day: units, roles with their holders and deputies, absences, addresses, and what is missing."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.contact import Contact
from dondoc.core.directory import Absence, Directory, Person, Role
from dondoc.core.rights import Viewer, may, reach
from dondoc.use_cases.names import party_name, role_title
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.pass_work_on import roles_of
from dondoc.words import _
from dondoc.words.people import gap_words


class Holder(NamedTuple):
    """One line of a role's history; days inclusive, None is open."""

    person: str
    name: str
    since: date | None
    until: date | None
    now: bool


class RoleLine(NamedTuple):
    id: str
    title: str
    unit: str
    part: str  # head, focal or ""
    holder: Holder | None
    coming: Holder | None  # who takes over on a day to come
    deputy: str
    deputy_title: str
    gap: str  # in words, "" where somebody answers
    history: tuple[Holder, ...]
    portal: str


class PersonLine(NamedTuple):
    """`contact` is None for who may not see addresses."""

    id: str
    name: str
    unit: str
    roles: tuple[str, ...]
    absences: tuple[Absence, ...]
    contact: Contact | None
    unreachable: bool
    until: date | None


class UnitPart(NamedTuple):
    id: str
    name: str
    roles: tuple[RoleLine, ...]
    people: tuple[PersonLine, ...]


class PeoplePage(NamedTuple):
    units: tuple[UnitPart, ...]
    gaps: tuple[str, ...]
    may_edit: bool
    may_contact: bool
    may_hand_over: bool


def people_page(office: Office, viewer: Viewer, at: datetime) -> PeoplePage:
    """All the viewer may see; a head their own units. Reads only."""
    on, directory = local_day(office, at), office.directory
    whole = reach(viewer, "see-people") == "all"
    shown = [unit for unit in (*directory.units, "") if whole or unit in viewer.units]
    units = [_unit(office, viewer, unit, on) for unit in shown]
    filled = tuple(unit for unit in units if unit.roles or unit.people)
    return PeoplePage(
        filled,
        tuple(_gaps(filled)),
        may(viewer, "edit-people"),
        may(viewer, "edit-contacts"),
        may(viewer, "hand-over"),
    )


def role_line(directory: Directory, role: Role, on: date) -> RoleLine:
    """One role as of a local day."""
    history = tuple(_holder(directory, role, place, on) for place in range(len(role.holders)))
    unit = directory.units.get(role.unit)
    part = "" if unit is None else "head" if unit.head == role.id else "focal" if unit.focal == role.id else ""
    ended = bool(role.until and on > role.until)
    gap = "" if role.optional or ended else directory.resolve(role.id, role.unit, on).gap
    return RoleLine(
        role.id,
        role.title,
        party_name(directory, role.unit) if role.unit else "",
        part,
        next((one for one in history if one.now), None),
        next((one for one in history if one.since and one.since > on), None),
        role.deputy,
        role_title(directory, role.deputy) if role.deputy else "",
        gap_words(gap) if gap else "",
        history,
        role.portal,
    )


def person_line(office: Office, viewer: Viewer, person: Person, on: date) -> PersonLine:
    """One person as of a local day."""
    contact = office.contacts.get(person.id, Contact())
    return PersonLine(
        person.id,
        person.name,
        person.unit,
        tuple(role_title(office.directory, role) for role in roles_of(office.directory, person.id, on)),
        tuple(a for a in office.directory.absences if a.person == person.id and a.until >= on),
        contact if may(viewer, "see-contacts") else None,
        not contact.addresses,
        person.until,
    )


def _unit(office: Office, viewer: Viewer, unit: str, on: date) -> UnitPart:
    directory = office.directory
    roles = [role_line(directory, role, on) for role in directory.roles.values() if role.unit == unit]
    people = [
        person_line(office, viewer, person, on)
        for person in directory.persons.values()
        if person.unit == unit and not (person.until and person.until < on)
    ]
    ordered = sorted(roles, key=lambda one: ("head", "focal", "").index(one.part))
    name = party_name(directory, unit) if unit else _("Ngoài các đơn vị")
    return UnitPart(unit, name, tuple(ordered), tuple(people))


def _holder(directory: Directory, role: Role, place: int, on: date) -> Holder:
    held = role.holders[place]
    known = directory.persons.get(held.person)
    now = (
        directory.holder(role.id, on) == held.person
        and (held.since is None or held.since <= on)
        and (held.until is None or on <= held.until)
    )
    return Holder(held.person, known.name if known else held.person, held.since, held.until, now)


def _gaps(units: tuple[UnitPart, ...]) -> Iterator[str]:
    for unit in units:
        for role in unit.roles:
            if role.gap:
                yield f"{role.title}: {role.gap}"
        for person in unit.people:
            if person.unreachable:
                yield _("{name}: chưa có địa chỉ nhận thư").format(name=person.name)
