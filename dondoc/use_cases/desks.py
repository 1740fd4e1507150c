"""Which desks a person sits at on a day, and who sits at a step's."""

from datetime import date

from dondoc.core.directory import PERSONAL, Directory
from dondoc.core.plan import Step
from dondoc.use_cases.scene import Scene


def desks_of(directory: Directory, person: str, on: date) -> frozenset[str]:
    """Roles for which this person is told on a local day: as holder, deputy, secretary or next one up.

    Among them those of people who were given work in person.
    """
    roles = (*directory.roles, *(f"{PERSONAL}{one}" for one in directory.persons))
    return frozenset(role for role in roles if directory.resolve(role, "", on).person == person)


def doer_of(directory: Directory, scene: Scene, step: Step, on: date) -> str:
    """Who would do the step that day; "" where nobody would. Whom the case leaves out is passed over."""
    asked = scene.occurrence.step(step.id).assigned or step.by
    return directory.resolve(asked, scene.birth.party, on, frozenset(scene.birth.excluded)).person
