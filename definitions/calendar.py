"""The working calendar: the `holidays` package's table for a country, under the office's own overlay, which wins."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import holidays

from definitions.problem import DefinitionError, Problem
from definitions.schema_office import OverlayDay
from definitions.validate import fill
from definitions.yaml_source import need_list, read_yaml
from dondoc.core.calendar import DayNote, WorkingCalendar
from dondoc.words import _

OFFICIAL_UNTIL = 2026  # the last year whose breaks the Government had announced when this table was made


def working_calendar(first_year: int, last_year: int, overlay: Path, country: str = "VN") -> WorkingCalendar:
    """Days from 1 January of `first_year` to 31 December of `last_year`.

    The package is asked for one year more on each side: a make-up day can lie in the year beside its day off
    (27/12/2014 for 02/01/2015). Raises DefinitionError for a wrong overlay.
    """
    notes = dict(_package_notes(first_year - 1, last_year + 1, country))
    notes.update(read_overlay(overlay))
    return WorkingCalendar(date(first_year, 1, 1), date(last_year, 12, 31), notes)


def _package_notes(first_year: int, last_year: int, country: str) -> Iterator[tuple[date, DayNote]]:
    # expand=False: a year that was not asked for must not slip in silently.
    table = holidays.country_holidays(country, years=range(first_year, last_year + 1), expand=False, language="vi")
    source = f"bảng ngày nghỉ holidays {holidays.__version__}"
    for day, name in table.items():
        yield day, DayNote("off", name, _status(day), source)
    for day in table.weekend_workdays:
        yield day, DayNote("work", "Làm bù", _status(day), source)


def _status(day: date) -> Literal["official", "forecast"]:
    return "official" if day.year <= OFFICIAL_UNTIL else "forecast"


def read_overlay(file: Path) -> dict[date, DayNote]:
    """The overlay's days. Raises DefinitionError with every problem, a day named twice included."""
    source = read_yaml(file)
    notes: dict[date, DayNote] = {}
    problems: list[Problem] = []
    for index, item in enumerate(need_list(source)):
        model, found = fill(OverlayDay, source, item, (index,))
        problems += found
        if model is None:
            continue
        if model.day in notes:
            problems.append(
                source.problem((index, "day"), _("ngày {day} ghi hai lần").format(day=model.day), _("mỗi ngày một lần"))
            )
        reason = f"{model.reason} ({model.note})" if model.note else model.reason
        notes[model.day] = DayNote(model.kind, reason, model.status, model.legal_basis)
    if problems:
        raise DefinitionError(problems)
    return notes
