"""Who is who, and who is told: units, roles and their holders with validity dates, deputies, absences."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple


class Person(NamedTuple):
    id: str
    name: str
    unit: str
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
    gap: str = ""  # vacant · absent · unknown-role · no-address


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

    def holder(self, role_id: str, on: date) -> str:
        """Person who holds the role that day, or ""."""
        role = self.roles.get(role_id)
        if role is None or (role.until and on > role.until):
            return ""
        for held in role.holders:
            if (held.since is None or held.since <= on) and (held.until is None or on <= held.until):
                return held.person
        return ""

    def is_absent(self, person: str, on: date) -> bool:
        return any(a.person == person and a.since <= on <= a.until for a in self.absences)

    def is_on_long_leave(self, person: str, on: date) -> bool:
        return any(a.long and a.person == person and a.since <= on <= a.until for a in self.absences)

    def members(self, unit: str, on: date) -> frozenset[str]:
        """Persons of a unit that day; "" is everybody."""
        return frozenset(
            p.id
            for p in self.persons.values()
            if unit in ("", p.unit) and (p.since is None or p.since <= on) and (p.until is None or on <= p.until)
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
        if wanted not in self.roles:
            return Recipient("", wanted, gap="unknown-role")
        secretary = self.roles[wanted].secretary
        if secretary and (person := self._present(secretary, on, excluded)):
            return self._reach(person, wanted, secretary, "")
        return self._climb(wanted, on, excluded)

    def _present(self, role_id: str, on: date, excluded: frozenset[str]) -> str:
        person = self.holder(role_id, on)
        return "" if not person or person in excluded or self.is_absent(person, on) else person

    def _climb(self, wanted: str, on: date, excluded: frozenset[str]) -> Recipient:
        gap, seen, role_id = "", set(), wanted
        while role_id and role_id in self.roles and role_id not in seen:
            seen.add(role_id)
            role = self.roles[role_id]
            if person := self._present(role_id, on, excluded):
                return self._reach(person, wanted, "" if role_id == wanted else role_id, gap)
            if role.deputy and (person := self._present(role.deputy, on, excluded)):
                return self._reach(person, wanted, role.deputy, gap)
            holder = self.holder(role_id, on)
            # An excluded holder is no gap: naming one would point at the accused.
            gap = gap or ("vacant" if not holder else "" if holder in excluded else "absent")
            role_id = role.up
        return Recipient("", wanted, gap=gap or "vacant")

    def _reach(self, person: str, wanted: str, acting: str, gap: str) -> Recipient:
        if self.reachable is not None and person not in self.reachable:
            gap = gap or "no-address"
        return Recipient(person, wanted, acting, gap)
