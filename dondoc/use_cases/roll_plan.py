"""A plan's edition for another year: a draft in which everything the office must decide anew is marked."""

from datetime import date
from pathlib import Path

from definitions.load_plan import load_plan
from definitions.roll import RollReport, roll
from dondoc.use_cases.office import Office
from dondoc.use_cases.plan_annex import ANNEX_FILE, plan_annex


def roll_plan(office: Office, plan_id: str, year: int, folder: Path | None = None, *, drafted_on: date) -> RollReport:
    """Write the edition and its annex to `folder` (default: DATA/definitions/<its id>). Refused for an unknown plan.

    `drafted_on`, a local day, stands for the day of issue until there is one.
    DefinitionError where the folder exists already, the year is not a later one or the plan does not load.
    """
    old = office.plan(plan_id)
    target = folder or edition_folder(office, plan_id, year)
    report = roll(Path(old.source), target, year, office.calendar, office.directory, drafted_on)
    new = load_plan(target, office.calendar, office.directory)
    annex = target / ANNEX_FILE
    annex.write_text(plan_annex(old, new, report, office.calendar), encoding="utf-8")
    return report._replace(annex=annex)


def edition_folder(office: Office, plan_id: str, year: int) -> Path:
    """Where an edition lies: in the office's own data, never in the checkout."""
    old = str(office.plan(plan_id).year)
    name = plan_id.replace(old, str(year)) if old in plan_id else f"{plan_id}-{year}"
    return office.data / "definitions" / name
