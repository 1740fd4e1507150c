"""Who is who, and who is told: units, roles and their holders with validity dates, deputies, absences."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple


class Person(NamedTuple):
    id: str
    name: str
    unit: str  # "" is from outside: an inspector, an administrator; counted among nobody's staff
    since: date | None = None  # joined the unit
    until: date | None = None  # left it


class Holding(NamedTuple):
    """A person holds a role, both days inclusive; None is open."""

    person: str
    since: date | None = None
    until: date | None = None


class Role(NamedTuple):
    id: str
    title: str
    unit: str
    holders: tuple[Holding, ...] = ()
    deputy: str = ""  # role that answers when the holder is absent
    up: str = ""  # role that answers when this one is vacant
    secretary: str = ""  # role that receives and records for this one
    leadership: bool = False  # above the head of the office: rungs to it are approved first
    tone: str = "urge"  # urge · request · report: how the office speaks to it
    optional: bool = False  # may be absent from an office altogether
    until: date | None = None  # the role itself ends
    portal: Literal["", "office", "inspector", "admin"] = ""  # what its holder may do there besides


class Unit(NamedTuple):
    id: str
    name: str
    short: str
    head: str = ""  # role id
    focal: str = ""  # role id
    until: date | None = None


class Absence(NamedTuple):
    person: str
    since: date
    until: date
    long: bool = False  # long leave suspends acknowledgement


class Recipient(NamedTuple):
    """The answer to "who is told": person is "" where nobody could be found; gap says why something is amiss."""

    person: str
    role: str  # the role asked for, after unit.* was resolved
    acting: str = ""  # the role that answers in its place: deputy, secretary or the next one up
    gap: str = ""  # vacant · absent · unknown-role · no-address · nobody (left who is not excluded) · sealed


UNREADABLE = "?"  # among the excluded: nobody knows who they are, so nobody is told
PERSONAL = "person."  # the reference of work given to somebody in person: person.cv-a
Place = Literal["secretary", "holder", "deputy", "up"]
Why = Literal["", "vacant", "absent", "excluded", "unknown-role"]


class Asked(NamedTuple):
    """One desk looked at in turn: in which place, who holds it that day, and why it is not they; "" who answers."""

    role: str
    place: Place
    person: str
    why: Why


class Directory(NamedTuple):
    units: Mapping[str, Unit]
    roles: Mapping[str, Role]
    persons: Mapping[str, Person]
    absences: tuple[Absence, ...] = ()
    reachable: frozenset[str] | None = None  # persons with at least one address; None: not checked

    def role_of(self, ref: str, party: str) -> str:
        """Role id for a reference: "unit.focal" and "unit.head" of the party, else the role itself."""
        if not ref.startswith("unit."):
            return ref
        unit = self.units.get(party)
        if unit is None and party in self.roles:
            return party
        if unit is None:
            return f"{party}.{ref.removeprefix('unit.')}"
        return unit.focal or unit.head if ref == "unit.focal" else unit.head

    def role(self, role_id: str) -> Role | None:
        """The role of that id; of "person.…" one that this person alone holds, answered for by their unit's head."""
        known = self.persons.get(role_id.removeprefix(PERSONAL)) if role_id.startswith(PERSONAL) else None
        if known is None:
            return self.roles.get(role_id)
        unit = self.units.get(known.unit)
        return Role(role_id, known.name, known.unit, (Holding(known.id),), up=unit.head if unit else "")

    def holder(self, role_id: str, on: date) -> str:
        """Person who holds the role that day, or ""."""
        role = self.role(role_id)
        if role is None or (role.until and on > role.until):
            return ""
        for held in role.holders:
            if _within(held.since, held.until, on) and self.is_here(held.person, on):
                return held.person
        return ""

    def is_here(self, person: str, on: date) -> bool:
        """Somebody who left, or has yet to come, holds nothing, whatever the role's own list still says."""
        known = self.persons.get(person)
        return known is None or _within(known.since, known.until, on)

    def is_absent(self, person: str, on: date) -> bool:
        return any(a.person == person and a.since <= on <= a.until for a in self.absences)

    def is_on_long_leave(self, person: str, on: date) -> bool:
        return any(a.long and a.person == person and a.since <= on <= a.until for a in self.absences)

    def members(self, unit: str, on: date) -> frozenset[str]:
        """Persons of a unit that day; "" is everybody."""
        return frozenset(
            p.id for p in self.persons.values() if p.unit and unit in ("", p.unit) and _within(p.since, p.until, on)
        )

    def leaders(self, on: date) -> frozenset[str]:
        """Heads of units, their deputies, and holders of leadership roles that day."""
        heads = {unit.head for unit in self.units.values() if unit.head}
        deputies = {self.roles[head].deputy for head in heads if head in self.roles and self.roles[head].deputy}
        roles = heads | deputies | {role.id for role in self.roles.values() if role.leadership}
        return frozenset(filter(None, (self.holder(role, on) for role in roles)))

    def resolve(self, ref: str, party: str, on: date, excluded: frozenset[str] = frozenset()) -> Recipient:
        """Who is told on a local day: secretary, holder, deputy when absent, else the next role up with a gap.

        `excluded` persons (the accused of a denunciation) are passed over everywhere.
        """
        wanted = self.role_of(ref, party)
        if UNREADABLE in excluded:
            return Recipient("", wanted, gap="sealed")
        asked = self.asked(ref, party, on, excluded)
        last = asked[-1]
        if last.why:
            return Recipient("", wanted, gap=_gap(asked) or ("nobody" if last.why == "excluded" else last.why))
        gap = "" if last.place == "secretary" else _gap(asked[:-2] if last.place == "deputy" else asked)
        if self.reachable is not None and last.person not in self.reachable:
            gap = gap or "no-address"
        return Recipient(last.person, wanted, "" if last.role == wanted else last.role, gap)

    def head_over(self, role_id: str) -> str:
        """The role that heads the unit of a role, or ""."""
        role = self.role(role_id)
        unit = self.units.get(role.unit) if role else None
        return unit.head if unit else ""

    def asked(self, ref: str, party: str, on: date, excluded: frozenset[str] = frozenset()) -> tuple[Asked, ...]:
        """The desks looked at until one answers, in order; never empty. Only the last may have no `why`."""
        found: list[Asked] = []
        for desk in self._desks(self.role_of(ref, party), on, excluded):
            found.append(desk)
            if not desk.why:
                break
        return tuple(found)

    def _desks(self, wanted: str, on: date, excluded: frozenset[str]) -> Iterator[Asked]:
        role = self.role(wanted)
        if role is None:
            yield Asked(wanted, "holder", "", "unknown-role")
            return
        if role.secretary:
            yield self._desk(role.secretary, "secretary", on, excluded)
        place: Place = "holder"
        seen = set[str]()
        while role and role.id not in seen:
            seen.add(role.id)
            yield self._desk(role.id, place, on, excluded)
            if role.deputy:
                yield self._desk(role.deputy, "deputy", on, excluded)
            role, place = self.role(role.up), "up"

    def _desk(self, role_id: str, place: Place, on: date, excluded: frozenset[str]) -> Asked:
        person = self.holder(role_id, on)
        if not person:
            return Asked(role_id, place, "", "vacant")
        if person in excluded:
            return Asked(role_id, place, person, "excluded")
        return Asked(role_id, place, person, "absent" if self.is_absent(person, on) else "")


def _gap(passed: Sequence[Asked]) -> str:
    """What is amiss when these desks had to be passed over: an empty or absent one whose deputy did not answer either.

    An excluded holder is no gap: naming one would point at the accused.
    """
    return next((one.why for one in passed if one.place in ("holder", "up") and one.why in ("vacant", "absent")), "")


def _within(since: date | None, until: date | None, on: date) -> bool:
    return (since is None or since <= on) and (until is None or on <= until)
