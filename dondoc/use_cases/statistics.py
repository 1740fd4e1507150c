"""How timely the office was: by unit, by month and by day, against the due as it is and as it first was."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from dondoc.core.calendar import WorkingCalendar
from dondoc.core.rights import Viewer, reach
from dondoc.register.lines import NEVER, Lines, Tallied
from dondoc.use_cases.names import party_name
from dondoc.use_cases.office import Office, local_day

Verdict = Literal["in-time", "late", "overdue", "running"]
WORST: tuple[Verdict, ...] = ("overdue", "late", "running", "in-time")
OUTSIDE = ("waived", "set-aside", "suspended")  # neither in time nor late


class Tally(NamedTuple):
    """So many of each verdict; `waited` are the working days by which those late or overdue passed their due."""

    in_time: int = 0
    late: int = 0
    overdue: int = 0
    running: int = 0
    waited: int = 0

    @property
    def whole(self) -> int:
        return self.in_time + self.late + self.overdue + self.running

    @property
    def delay(self) -> float:
        """Average delay of those late or overdue, in working days; 0 where none is."""
        missed = self.late + self.overdue
        return self.waited / missed if missed else 0.0

    def plus(self, verdict: Verdict, count: int, delay: int) -> "Tally":
        name = verdict.replace("-", "_")
        missed = delay * count if verdict in ("late", "overdue") else 0
        return self._replace(**{name: getattr(self, name) + count, "waited": self.waited + missed})


class Compared(NamedTuple):
    """The same occurrences against the due as extended since, and against the one they began with."""

    name: str
    now: Tally = Tally()
    first: Tally = Tally()


class Statistics(NamedTuple):
    """`months` in order; `days` are verdicts by local day of the due, the worst first."""

    units: tuple[Compared, ...]
    whole: Compared
    months: Mapping[date, Compared]
    days: Mapping[date, Verdict]
    since: date
    until: date  # the last day
    today: date


def statistics(office: Office, viewer: Viewer, since: date, before: date, at: datetime, unit: str = "") -> Statistics:
    """Dues in [since, before) as they stand at `at`, of the units within the viewer's reach. Reads only."""
    today = local_day(office, at)
    with office.register.reading() as book:
        found = Lines(book.session, book.agency).tally(today.isoformat(), since.isoformat(), before.isoformat())
    within = None if reach(viewer, "see-statistics") == "all" else viewer.units
    rows = [
        row
        for row in found
        if row.phase not in OUTSIDE and unit in ("", row.unit) and (within is None or row.unit in within)
    ]
    calendar = office.calendar

    def compared(name: str, kept: Iterable[Tallied]) -> Compared:
        return _compared(name, kept, calendar, today)

    units = [one for one in (*office.directory.units, "") if any(row.unit == one for row in rows)]
    return Statistics(
        tuple(compared(_unit(office, one), (r for r in rows if r.unit == one)) for one in units),
        compared("", rows),
        {m: compared("", (r for r in rows if r.due[:7] == f"{m:%Y-%m}")) for m in months(since, before)},
        _worst(rows, today),
        since,
        before - timedelta(days=1),
        today,
    )


def _unit(office: Office, unit: str) -> str:
    return party_name(office.directory, unit) if unit else ""


def months(since: date, before: date) -> list[date]:
    """First days of the months that begin in [since, before)."""
    found, first = list[date](), since.replace(day=1)
    while first < before:
        found.append(first)
        first = (first + timedelta(days=31)).replace(day=1)
    return found


def _compared(name: str, rows: Iterable[Tallied], calendar: WorkingCalendar, today: date) -> Compared:
    now, first = Tally(), Tally()
    for row in rows:
        verdict = verdict_of(row.timely, row.due, row.basis, today)
        now = now.plus(verdict, row.many, _delay(verdict, row.due, row.days, calendar, today))
        verdict = verdict_of(row.first_timely, row.first_on or NEVER, row.basis, today)
        first = first.plus(verdict, row.many, _delay(verdict, row.first_on or NEVER, row.first_days, calendar, today))
    return Compared(name, now, first)


def verdict_of(timely: str, due: str, basis: str, today: date) -> Verdict:
    """A due that is only proposed is never missed. `timely` is "" while the due runs."""
    if timely:
        return "late" if timely == "done-late" and basis != "proposed" else "in-time"
    return "overdue" if due < today.isoformat() and basis != "proposed" else "running"


def _delay(verdict: Verdict, due: str, days: int, calendar: WorkingCalendar, today: date) -> int:
    """Working days from the due to the answer, or to today."""
    if verdict not in ("late", "overdue"):
        return 0
    last_on = date.fromisoformat(due)
    return calendar.count_between(last_on, last_on + timedelta(days=days) if verdict == "late" else today)


def _worst(rows: Iterable[Tallied], today: date) -> dict[date, Verdict]:
    found: dict[date, Verdict] = {}
    for row in rows:
        if row.due == NEVER:
            continue
        day, verdict = date.fromisoformat(row.due), verdict_of(row.timely, row.due, row.basis, today)
        found[day] = min(verdict, found.get(day, verdict), key=WORST.index)
    return found
