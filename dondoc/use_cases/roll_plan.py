"""A plan's edition for another year: a draft in which everything the office must decide anew is marked."""

from datetime import date
from pathlib import Path

from definitions.roll import RollReport, roll
from dondoc.use_cases.office import Office


def roll_plan(office: Office, plan_id: str, year: int, folder: Path | None = None, *, drafted_on: date) -> RollReport:
    """Write the edition to `folder` (default: DATA/definitions/<its id>). Refused for an unknown plan.

    `drafted_on`, a local day, stands for the day of issue until there is one.
    DefinitionError where the folder exists already, the year is not a later one or the plan does not load.
    """
    source = Path(office.plan(plan_id).source)
    target = folder or edition_folder(office, plan_id, year)
    return roll(source, target, year, office.calendar, office.directory, drafted_on)


def edition_folder(office: Office, plan_id: str, year: int) -> Path:
    """Where an edition lies: in the office's own data, never in the checkout."""
    old = str(office.plan(plan_id).year)
    name = plan_id.replace(old, str(year)) if old in plan_id else f"{plan_id}-{year}"
    return office.data / "definitions" / name
