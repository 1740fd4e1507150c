"""Lines of a board's page in words. What many lines have in common is worked out once: fifty must cost little."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

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


class Seen(NamedTuple):
    """From where lines are looked at: `at` is an instant as the register writes it; moments by plan."""

    directory: Directory
    moments: Mapping[str, Moments]
    today: date
    at: str
    language: str


def seen_at(office: Office, at: datetime) -> Seen:
    moments = {plan.id: office.moments(plan) for plan in office.plans.values()}
    return Seen(office.directory, moments, local_day(office, at), instant(at), language())


def shown_line(seen: Seen, line: PageLine) -> Shown:
    """The same as shown_row of the row that folding gives."""
    key, tier, due, unit, party, title, label, step, role, phase, since_at, basis, target, timely, *_ = line
    if phase == "open" and since_at and seen.at < since_at:
        phase = "not-open"
    moments = seen.moments[key.partition("/")[0]]
    words, late = _status(moments, seen.today, phase, due, timely, line.days, line.recorded_late, basis, seen.language)
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


@lru_cache(maxsize=8192)
def _status(
    moments: Moments,
    today: date,
    phase: str,
    due: str,
    timely: str,
    days: int,
    recorded_late: bool,
    basis: str,
    language: str,  # the words depend on it
) -> tuple[str, bool]:
    """A status in words, and whether a decided due is past."""
    last_on = date.fromisoformat(due) if due != NEVER else None
    how = Timeliness(timely, days, bool(recorded_late)) if timely else running(last_on, today, moments)  # type: ignore[arg-type]
    return status_words(phase, how, basis), how.kind == "overdue" and basis != "proposed"  # type: ignore[arg-type]


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
