"""How the house is, for programs that watch it: few questions, cheap answers, no personal data."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from dondoc.register.counts import Counts
from dondoc.register.errors import RegisterError
from dondoc.use_cases.board import board
from dondoc.use_cases.call_list import call_list, lost_messages
from dondoc.use_cases.checks.letters import queue_age
from dondoc.use_cases.checks.time import calendar_horizon
from dondoc.use_cases.hold import is_held
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.sweep import SWEEP_SECONDS


class Health(NamedTuple):
    """`problems` are codes; any makes the house unwell. `dead` and `held` wait for a person, and are told apart."""

    problems: tuple[str, ...]  # definitions · register · no-sweep · sweep-too-old
    last_sweep_seconds: float | None = None  # age
    dead: int = 0
    held: bool = False

    @property
    def well(self) -> bool:
        return not self.problems


class Figures(NamedTuple):
    """Numbers as of one moment; durations in seconds, None where nothing is known."""

    occurrences: Mapping[tuple[str, str], int]  # (phase, timeliness)
    deliveries: Mapping[tuple[str, str], int]  # (channel, status)
    attempts: Mapping[str, int]  # outcome
    queue_seconds: float
    last_sweep_seconds: float | None  # age
    sweep_seconds: float | None  # how long it took
    journal: int
    calendar_days: int
    held: bool


def health(office: Office, at: datetime) -> Health:
    """Reads a few small things. Never raises for the register's sake."""
    try:
        with office.register.reading() as book:
            last, held = book.setting("last-sweep-at"), is_held(book)
        dead = lost_messages(call_list(office, at))
    except RegisterError:
        return Health(("register",))
    age = _age(last, at)
    if age is None:
        return Health(("no-sweep",), None, dead, held)
    old = age > timedelta(hours=office.limits.sweep_hours).total_seconds()
    return Health(("sweep-too-old",) if old else (), age, dead, held)


def figures(office: Office, at: datetime) -> Figures:
    """Reads the whole board: not for every second. RegisterError where there is no register."""
    rows = board(office, at)
    with office.register.reading() as book:
        counts = Counts(book.session, book.agency)
        took = book.setting(SWEEP_SECONDS)
        return Figures(
            occurrences=Counter((row.phase, row.timeliness) for row in rows),
            deliveries=counts.deliveries(),
            attempts=counts.attempts(),
            queue_seconds=queue_age(office, book, at).total_seconds(),
            last_sweep_seconds=_age(book.setting("last-sweep-at"), at),
            sweep_seconds=float(took) if took else None,
            journal=book.head().link,
            calendar_days=calendar_horizon(office.calendar.notes(), local_day(office, at), office.calendar.last),
            held=is_held(book),
        )


def _age(instant: str | None, at: datetime) -> float | None:
    return (at - datetime.fromisoformat(instant)).total_seconds() if instant else None
