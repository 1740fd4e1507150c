"""Who is told for a role on a day, desk by desk; and which roles a person answers for that day."""

from datetime import date
from typing import NamedTuple

from definitions.problem import did_you_mean
from dondoc.core.directory import Asked, Directory
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.words import _
from dondoc.words.people import asked_words


class Told(NamedTuple):
    """The answer about one role. `person` is "" where nobody can be found; `channels` hold no address."""

    ref: str
    role: str
    title: str
    on: date
    steps: tuple[Asked, ...]
    words: tuple[str, ...]  # a line a step
    person: str
    name: str
    acting: str  # the role that answers in its place
    channels: tuple[str, ...]
    gap: str
    gap_to: tuple[str, ...]  # names of those who hear of the gap


class Answering(NamedTuple):
    """What one person answers for: roles held, and roles of absent holders they stand in for."""

    person: str
    name: str
    on: date
    absent: bool
    holds: tuple[tuple[str, str], ...]  # role id, title
    receives: tuple[tuple[str, str], ...]  # roles whose letters reach this person that day


def who_is_told(office: Office, ref: str, on: date, *, party: str = "") -> Told:
    """Refused for a role nobody knows, or for unit.focal and unit.head without a unit."""
    directory = office.directory
    ref, party = _reference(directory, ref, party)
    steps, found = directory.asked(ref, party, on), directory.resolve(ref, party, on)
    known, role = directory.persons.get(found.person), directory.role(found.role)
    return Told(
        ref=ref,
        role=found.role,
        title=role.title if role else found.role,
        on=on,
        steps=steps,
        words=tuple(asked_words(directory, step, on) for step in steps),
        person=found.person,
        name=known.name if known else found.person,
        acting=found.acting,
        channels=_channels(office, found.person),
        gap=found.gap,
        gap_to=_offices(office, on) if found.gap else (),
    )


def answers_for(office: Office, person: str, on: date) -> Answering:
    """Refused for a person nobody knows."""
    directory = office.directory
    if person not in directory.persons:
        raise Refused(
            _("Không có người «{person}» trong tệp tổ chức.").format(person=person),
            did_you_mean(person, directory.persons),
        )
    reached = [(r.id, r.title) for r in directory.roles.values() if directory.resolve(r.id, "", on).person == person]
    held = [(r.id, r.title) for r in directory.roles.values() if directory.holder(r.id, on) == person]
    name = directory.persons[person].name
    return Answering(person, name, on, directory.is_absent(person, on), tuple(held), tuple(reached))


def _reference(directory: Directory, ref: str, party: str) -> tuple[str, str]:
    """The reference to resolve and its unit; a unit's own id asks for its focal officer."""
    if ref in directory.units and not party:
        return "unit.focal", ref
    if party and party not in directory.units:
        raise Refused(
            _("Không có đơn vị «{party}».").format(party=party),
            did_you_mean(party, directory.units)
            or _("Các đơn vị: {units}.").format(units=", ".join(sorted(directory.units))),
        )
    if ref in ("unit.focal", "unit.head"):
        if not party:
            raise Refused(
                _("«{ref}» là của một đơn vị.").format(ref=ref),
                _("Thêm --party: {units}.").format(units=", ".join(sorted(directory.units))),
            )
    elif ref not in directory.roles:
        known = sorted([*directory.roles, *directory.units, "unit.focal", "unit.head"])
        raise Refused(
            _("Không có vai trò «{ref}» trong tệp tổ chức.").format(ref=ref),
            _("{known} Các vai trò: {roles}.")
            .format(known=did_you_mean(ref, known), roles=", ".join(sorted(directory.roles)))
            .strip(),
        )
    return ref, party


def _channels(office: Office, person: str) -> tuple[str, ...]:
    contact = office.contacts.get(person)
    return tuple(contact.addresses) if contact else ()


def _offices(office: Office, on: date) -> tuple[str, ...]:
    """Who hears of a gap: the office of each plan."""
    found = dict.fromkeys(office.directory.resolve(plan.office, "", on).person for plan in office.plans.values())
    return tuple(office.directory.persons[p].name for p in found if p in office.directory.persons)
