"""A late change of the working calendar: which open dues it moves, before the sweep moves them."""

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from definitions.calendar import working_calendar
from dondoc.core.rounds import rounds_to_begin
from dondoc.use_cases.names import party_name, title_of
from dondoc.use_cases.office import CALENDAR_YEARS, Office
from dondoc.use_cases.scene import Scene, gather


class MovedDue(NamedTuple):
    """One open due that the calendar would move; `days` is by how many days its target moves, negative is earlier."""

    key: str
    title: str
    period: str
    party: str
    step: str
    from_on: date
    to_on: date
    from_target: date
    to_target: date
    days: int


def moved_dues(office: Office, at: datetime, *, plan_id: str = "", overlay: Path | None = None) -> list[MovedDue]:
    """Open dues that the calendar in force now, or an `overlay` not yet installed, would move; the earliest first.

    Reads only. The next sweep begins a "moved" round for each of them. Dues set by a document stay and are not listed.
    DefinitionError for a wrong overlay, Refused for an unknown plan.
    """
    if plan_id:
        office.plan(plan_id)
    if overlay:
        office = office._replace(calendar=working_calendar(*CALENDAR_YEARS, overlay=overlay))
    with office.register.reading() as book:
        keys = [birth.key for birth in book.births(plan=plan_id) if not birth.before_watch]
        scenes = [scene for scene in gather(office, book, keys) if not scene.occurrence.closed]
    moved = [due for scene in scenes for due in _moved(office, scene, at)]
    return sorted(moved, key=lambda due: (due.to_target, due.key))


def _moved(office: Office, scene: Scene, at: datetime) -> list[MovedDue]:
    world = scene.world
    begun = rounds_to_begin(scene.obligation, scene.occurrence, world.plan, world.moments, world.others, at)
    found = []
    for action in begun:
        before, after = scene.occurrence.step(action.step).round, action.round
        if after.cause == "moved" and before and before.last_on and before.target_on and after.target_on:
            party = "" if scene.obligation.confidential else party_name(office.directory, scene.birth.party)
            title = title_of(scene.obligation, scene.birth)
            shift = (after.target_on - before.target_on).days
            dues = (before.last_on, after.last_on or before.last_on, before.target_on, after.target_on)
            found.append(MovedDue(scene.birth.key, title, scene.birth.label, party, action.step, *dues, shift))
    return found
