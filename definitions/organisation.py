"""Who is who: units, roles and holders from organisation.yaml, addresses from a contacts file that is not committed."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from definitions.contacts import Contacts, load_contacts
from definitions.problem import DefinitionError, Problem, did_you_mean
from definitions.schema_office import OrganisationFile, RoleModel
from definitions.validate import fill
from definitions.yaml_source import Source, need_mapping, read_yaml
from dondoc.core.directory import Absence, Directory, Holding, Person, Role, Unit
from dondoc.words import _


class Organisation(NamedTuple):
    directory: Directory
    contacts: Contacts


def load_organisation(folder: Path) -> Organisation:
    """organisation.yaml of a folder, and contacts.yaml, or contacts.example.yaml where there is none.

    Raises DefinitionError with every problem of both files.
    """
    source = read_yaml(folder / "organisation.yaml")
    need_mapping(source)
    model, problems = fill(OrganisationFile, source, source.data, ())
    contacts, contact_problems = load_contacts(folder, {p.id for p in model.persons} if model else None)
    problems += contact_problems
    if model:
        problems += _check(model, source)
    if problems or not model:
        raise DefinitionError(problems)
    reachable = frozenset(person for person, contact in contacts.items() if contact.addresses)
    return Organisation(_directory(model, reachable), contacts)


def _directory(model: OrganisationFile, reachable: frozenset[str]) -> Directory:
    return Directory(
        units={u.id: Unit(u.id, u.name, u.short or u.name, u.head, u.focal, u.to) for u in model.units},
        roles={r.id: _role(r) for r in model.roles},
        persons={p.id: Person(p.id, p.name, p.unit, p.from_, p.to) for p in model.persons},
        absences=tuple(Absence(a.person, a.from_, a.to, a.long) for a in model.absences),
        reachable=reachable,
    )


def _role(model: RoleModel) -> Role:
    return Role(
        id=model.id,
        title=model.title,
        unit=model.unit,
        holders=tuple(Holding(h.person, h.from_, h.to) for h in model.holders),
        deputy=model.deputy,
        up=model.up,
        secretary=model.secretary,
        leadership=model.leadership,
        tone=model.tone,
        optional=model.optional,
        until=model.to,
        portal=model.portal,
    )


def _check(model: OrganisationFile, source: Source) -> list[Problem]:
    units, roles = {u.id for u in model.units}, {r.id for r in model.roles}
    persons = {p.id for p in model.persons}
    found: list[Problem] = []

    def known(ref: str, names: set[str], what: str, *path: str | int) -> None:
        if ref and ref not in names:
            found.append(
                source.problem(
                    path,
                    _("không có {what} “{ref}”").format(what=what, ref=ref),
                    _("{what} đã khai báo").format(what=what),
                    did_you_mean(ref, names),
                )
            )

    for kind, items in (("units", model.units), ("roles", model.roles), ("persons", model.persons)):
        found += _repeated(kind, [item.id for item in items], source)
    for i, unit in enumerate(model.units):
        known(unit.head, roles, _("vai trò"), "units", i, "head")
        known(unit.focal, roles, _("vai trò"), "units", i, "focal")
    for i, role in enumerate(model.roles):
        known(role.unit, units, _("đơn vị"), "roles", i, "unit")
        for key in ("deputy", "up", "secretary"):
            known(getattr(role, key), roles, _("vai trò"), "roles", i, key)
        for j, held in enumerate(role.holders):
            known(held.person, persons, _("người"), "roles", i, "holders", j, "person")
    for i, person in enumerate(model.persons):
        known(person.unit, units, _("đơn vị"), "persons", i, "unit")
    for i, absence in enumerate(model.absences):
        known(absence.person, persons, _("người"), "absences", i, "person")
    return found


def _repeated(kind: str, ids: Iterable[str], source: Source) -> list[Problem]:
    seen: set[str] = set()
    found = []
    for index, id_ in enumerate(ids):
        if id_ in seen:
            found.append(
                source.problem((kind, index, "id"), _("mã “{id}” ghi hai lần").format(id=id_), _("mỗi mã một lần"))
            )
        seen.add(id_)
    return found
