"""Lines of a board's page in words. What many lines have in common is worked out once: fifty must cost little."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from dondoc.core.calendar import WorkingCalendar
from dondoc.core.directory import Directory
from dondoc.core.moments import Moments
from dondoc.core.phase import Timeliness, running
from dondoc.register.lines import NEVER, PageLine
from dondoc.register.text import instant
from dondoc.use_cases.board import BoardRow
from dondoc.use_cases.board_lines import FINISHED
from dondoc.use_cases.names import party_name, role_title
from dondoc.use_cases.office import Office, local_day
from dondoc.words import language
from dondoc.words.dates import short_date
from dondoc.words.labels import status_words


class Shown(NamedTuple):
    """One line of a page, in words. `mark` is "tre" (late), "xong" (done) or ""; `tier` and `due` give its place."""

    key: str
    title: str
    period: str
    party: str
    step: str
    doer: str
    target: str
    last: str
    label: str
    mark: str
    unit: str
    tier: int
    due: str


MOST_STATUSES = 8192


class Seen(NamedTuple):
    """From where lines are looked at: `at` is an instant as the register writes it; moments by plan.

    `statuses` are those worked out before for the same calendar, day and language: many lines stand alike.
    """

    directory: Directory
    moments: Mapping[str, Moments]
    today: date
    at: str
    statuses: dict[tuple[object, ...], tuple[str, bool]]


def seen_at(office: Office, at: datetime) -> Seen:
    moments = {plan.id: office.moments(plan) for plan in office.plans.values()}
    today = local_day(office, at)
    return Seen(office.directory, moments, today, instant(at), _statuses(office.calendar, today, language()))


@lru_cache(maxsize=16)
def _statuses(_calendar: WorkingCalendar, _today: date, _language: str) -> dict[tuple[object, ...], tuple[str, bool]]:
    return {}


def shown_line(seen: Seen, line: PageLine) -> Shown:
    """The same as shown_row of the row that folding gives."""
    key, tier, due, unit, party, title, label, step, role, phase, since_at, basis, target, timely, *_ = line
    if phase == "open" and since_at and seen.at < since_at:
        phase = "not-open"
    alike = (phase, due, timely, line.days, line.recorded_late, basis)
    words, late = seen.statuses.get(alike) or _status(seen, line, phase, alike)
    return Shown(
        key,
        title,
        label,
        party_name(seen.directory, party),
        "" if step == title else step,
        role_title(seen.directory, role),
        _short(target) if target else "",
        "" if due == NEVER else _short(due),
        words + line.counted,
        _mark(phase, late=late),
        unit,
        tier,
        due,
    )


def _status(seen: Seen, line: PageLine, phase: str, alike: tuple[object, ...]) -> tuple[str, bool]:
    """A status in words, and whether a decided due is past."""
    last_on = date.fromisoformat(line.due) if line.due != NEVER else None
    known = Timeliness(line.timely, line.days, bool(line.recorded_late)) if line.timely else None  # type: ignore[arg-type]
    how = known or running(last_on, seen.today, seen.moments[line.key.partition("/")[0]])
    said = status_words(phase, how, line.basis), how.kind == "overdue" and line.basis != "proposed"  # type: ignore[arg-type]
    if len(seen.statuses) > MOST_STATUSES:
        seen.statuses.clear()
    seen.statuses[alike] = said
    return said


@lru_cache(maxsize=4096)
def _short(day: str) -> str:
    return short_date(date.fromisoformat(day))


def _mark(phase: str, *, late: bool) -> str:
    return "tre" if late else "xong" if phase in ("done", "nothing") else ""


def shown_row(row: BoardRow) -> Shown:
    """A row of the board in words."""
    return Shown(
        row.key,
        row.title,
        row.period,
        row.party,
        "" if row.step_title == row.title else row.step_title,
        row.responsible,
        short_date(row.target_on) if row.target_on else "",
        short_date(row.last_on) if row.last_on else "",
        row.label,
        _mark(row.phase, late=row.late),
        row.unit,
        int(row.phase in FINISHED),
        row.last_on.isoformat() if row.last_on else NEVER,
    )
