"""Something alive to watch on any day: a draft edition where every plan has ended and none is issued for this year."""

from datetime import date

from dondoc.use_cases.office import Office
from dondoc.use_cases.roll_plan import roll_plan


def ensure_edition(office: Office, on: date) -> str:
    """Make the newest plan's edition for the year of `on` (local day); its plan's id, "" where one is alive or none is.

    The office must be opened anew to see it. DefinitionError where the newest plan cannot be rolled.
    """
    # A plan of a year to come watches nothing yet: next year's draft, made early, must not leave this year unwatched.
    plans = [plan for plan in office.plans.values() if plan.year <= on.year]
    if not plans or any(plan.valid_to >= on for plan in plans):
        return ""
    newest = max(plans, key=lambda plan: plan.year)
    roll_plan(office, newest.id, on.year, drafted_on=on)
    return newest.id
