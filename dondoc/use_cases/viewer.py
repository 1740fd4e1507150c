"""Which parts a person has in the office on a day, read off the organisation file; and whose an occurrence is."""

from collections.abc import Iterator
from datetime import date, datetime

from dondoc.core.directory import Directory, Role
from dondoc.core.rights import Part, Subject, Viewer
from dondoc.use_cases.grants import open_to
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.scene import Scene


def viewer_of(office: Office, person: str, at: datetime) -> Viewer | None:
    """The person as of an instant; None for who is not known here, has left, or has nothing to do here any more."""
    on, directory = local_day(office, at), office.directory
    known = directory.persons.get(person)
    if known is None or not directory.is_here(person, on):
        return None
    heads = frozenset(unit.id for unit in directory.units.values() if person in _held(directory, unit.head, on))
    parts = frozenset(_parts(office, person, known.unit, heads, on))
    grants = open_to(office, person, on) if "inspector" in parts else frozenset[str]()
    return Viewer(person, known.name, known.unit, parts, heads, grants) if parts else None


def inspectors(office: Office, at: datetime) -> list[Viewer]:
    """Everybody who is one as of an instant, by name."""
    asked = {office.directory.holder(role.id, local_day(office, at)) for role in _roles(office)}
    known = [viewer for person in asked if person and (viewer := viewer_of(office, person, at))]
    return sorted((one for one in known if "inspector" in one.parts), key=lambda one: one.name)


def _roles(office: Office) -> list[Role]:
    return [role for role in office.directory.roles.values() if role.portal == "inspector"]


def _parts(office: Office, person: str, unit: str, heads: frozenset[str], on: date) -> Iterator[Part]:
    directory = office.directory
    if unit:
        yield "staff"
    if heads:
        yield "head"
    held = [role for role in directory.roles.values() if directory.holder(role.id, on) == person]
    if any(role.leadership for role in held):
        yield "leadership"
    yield from {role.portal for role in held if role.portal}
    desks = {ref for plan in office.plans.values() for ref in (plan.office, plan.office_head) if ref}
    if any(person in _held(directory, desk, on) for desk in desks):
        yield "office"


def _held(directory: Directory, role_id: str, on: date) -> set[str]:
    """Who holds a role or is its deputy that day."""
    role = directory.roles.get(role_id)
    return {directory.holder(one, on) for one in (role_id, role.deputy) if one} - {""} if role else set()


def subject_of(office: Office, scene: Scene, on: date) -> Subject:
    """Whose an occurrence is: its party, and everybody who answers for one of its steps on a local day."""
    birth, readers = scene.birth, {member.person for member in scene.occurrence.members}
    return Subject(
        birth.key,
        birth.party,
        unit_of(office.directory, birth.party),
        (doers_of(office, scene, on) | readers) - frozenset(birth.excluded),
        scene.obligation.confidential,
    )


def doers_of(office: Office, scene: Scene, on: date) -> frozenset[str]:
    """Everybody who answers for one of an occurrence's steps on a local day."""
    birth, excluded = scene.birth, frozenset(scene.birth.excluded)
    doers = {
        office.directory.resolve(scene.occurrence.step(step.id).assigned or step.by, birth.party, on, excluded).person
        for step in scene.obligation.steps
    }
    return frozenset(doers) - {""} - excluded


def unit_of(directory: Directory, party: str) -> str:
    """The unit that a party is, or that a role is of; "" for neither."""
    if party in directory.units:
        return party
    role = directory.roles.get(party)
    return role.unit if role else ""
