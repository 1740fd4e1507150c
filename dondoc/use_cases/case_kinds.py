"""Which cases a viewer may open: those about whose event they are asked every month, or that the office opens."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from dondoc.core.plan import Obligation, Plan
from dondoc.core.rights import Subject, Viewer, may
from dondoc.use_cases.names import party_name
from dondoc.use_cases.office import Office
from dondoc.use_cases.see_occurrence import Unseen

Choices = tuple[tuple[str, str], ...]  # value, label


class CaseKind(NamedTuple):
    """An obligation that an event opens. `excludes`: somebody may be left out of every chain."""

    plan: str
    obligation: str
    title: str
    event: str
    parties: Choices
    confidential: bool
    excludes: bool


def case_kinds(office: Office, viewer: Viewer, on: date) -> tuple[CaseKind, ...]:
    """In the order of the plan; reads definitions alone."""
    return tuple(kind for plan in office.plans.values() for kind in _of_plan(office, plan, viewer, on))


def case_kind(office: Office, viewer: Viewer, on: date, plan: str, obligation: str) -> CaseKind:
    """Unseen where there is none that this viewer may open."""
    found = [k for k in case_kinds(office, viewer, on) if (k.plan, k.obligation) == (plan, obligation)]
    if not found:
        raise Unseen(f"{plan}/{obligation}")
    return found[0]


def _of_plan(office: Office, plan: Plan, viewer: Viewer, on: date) -> Iterator[CaseKind]:
    for obligation in plan.obligations:
        if obligation.kind == "event" and may(viewer, "open-case", _asked(office, plan, obligation, on)):
            parties = tuple((party, party_name(office.directory, party)) for party in obligation.parties)
            yield CaseKind(
                plan.id,
                obligation.id,
                obligation.title,
                obligation.event_title or obligation.title,
                parties,
                obligation.confidential,
                bool(obligation.excludes),
            )


def _asked(office: Office, plan: Plan, obligation: Obligation, on: date) -> Subject:
    """Who is asked every month whether it happened."""
    person = office.directory.resolve(obligation.checklist_role, "", on).person if obligation.checklist_role else ""
    key = f"{plan.id}/{obligation.id}"
    return Subject(key, people=frozenset({person}) - {""}, confidential=obligation.confidential)


def left_out_choices(office: Office, on: date) -> Choices:
    """Everybody of the agency, by name."""
    here = [one for one in office.directory.persons.values() if one.unit and office.directory.is_here(one.id, on)]
    return tuple(sorted(((one.id, one.name) for one in here), key=lambda one: one[1]))
