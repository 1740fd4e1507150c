"""Reading what the definition folders say, or the copy of it that an earlier process left behind."""

from collections.abc import Callable, Sequence
from pathlib import Path

from dondoc.core.plan import Plan
from dondoc.use_cases.definitions_cache import Loaded, key_of, remember, remembered
from dondoc.use_cases.people_folder import SHIPPED, people_folder

CALENDAR_YEARS = (2020, 2035)  # the package forecasts what is not yet announced, and says so


def load_definitions(data: Path, folders: Sequence[Path], is_opened: Callable[[Plan], bool]) -> Loaded:
    """Everything but the secret channels; DefinitionError carries every problem found.

    A plan that loads only because the book watches it already (see `load_plans`) is read anew every time.
    """
    key = key_of(_files(folders), [str(folder) for folder in folders], CALENDAR_YEARS)
    if kept := remembered(data, key):
        return kept
    asked: list[str] = []

    def opened(plan: Plan) -> bool:
        asked.append(plan.id)
        return is_opened(plan)

    loaded = _read(folders, opened)
    if not asked:
        remember(data, key, loaded)
    return loaded


def _files(folders: Sequence[Path]) -> list[Path]:
    """Every file that may have a word in it, each once, in an order of its own."""
    people, overlay = people_folder(folders), calendar_overlay(folders)
    found = [file for folder in folders for file in sorted(folder.rglob("*.yaml"))]
    return list(dict.fromkeys([*found, *sorted(people.glob("*.yaml")), *([overlay] if overlay.exists() else [])]))


def _read(folders: Sequence[Path], is_opened: Callable[[Plan], bool]) -> Loaded:
    # Here and not above: who finds the copy does not wait for the readers (0.2 s of imports).
    from definitions.calendar import working_calendar
    from definitions.limits import load_limits
    from definitions.organisation import load_organisation
    from definitions.zalo_templates import load_zalo_templates
    from dondoc.use_cases.load_plans import load_plans

    people = people_folder(folders)
    directory, contacts = load_organisation(people)
    calendar = working_calendar(*CALENDAR_YEARS, overlay=calendar_overlay(folders))
    plans = load_plans(folders, calendar, directory, is_opened)
    return Loaded(calendar, directory, contacts, plans, load_zalo_templates(people), load_limits(folders))


def calendar_overlay(folders: Sequence[Path]) -> Path:
    """The first overlay among the folders; the shipped one at last."""
    candidates = [folder / "calendar" / "vn.yaml" for folder in folders]
    return next((path for path in candidates if path.exists()), SHIPPED / "calendar" / "vn.yaml")
