"""Do what time alone has touched: open what is to be opened, check what is due a look."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from dondoc.register.book import Book
from dondoc.use_cases.apply import Applied, check_in
from dondoc.use_cases.hold import BURST, hold_in, is_held
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_plan import open_plan

CHUNK = 500  # occurrences a transaction (house.md)
BACKWARDS = timedelta(minutes=5)  # a clock this far behind the book has jumped


class SweepReport(NamedTuple):
    opened: int
    checked: int
    told: int
    gaps: int
    held: bool


def sweep(office: Office, at: datetime, *, via: str = "sweep") -> SweepReport:
    """Level-triggered and idempotent; atomicity is per occurrence, at most CHUNK of them a transaction."""
    opened = sum(open_plan(office, plan_id, at, via=via).new for plan_id in _running(office, at))
    checked, told, gaps, heard = 0, 0, 0, set[tuple[str, str]]()
    seen: set[str] = set()
    while True:
        with office.register.writing() as book:
            _hold_on_clock_jump(office, book, at)
            keys = [key for key in book.due_keys(at, CHUNK) if key not in seen]
            applied = check_in(office, book, keys, at, via) if keys else []
            heard |= {(n.recipient, n.pace) for a in applied for n in a.notices}
            if len(heard) > BURST:
                hold_in(book, office, f"một lượt rà soát sinh ra {len(heard)} thư", at)
            held = is_held(book)
        if not keys:
            return SweepReport(opened, checked, told, gaps, held)
        seen.update(keys)
        checked, told, gaps = checked + len(applied), told + _told(applied), gaps + _gaps(applied)


def _running(office: Office, at: datetime) -> list[str]:
    """Plans that have begun and not ended, or whose duties go on past their end."""
    return [
        plan.id
        for plan in office.plans.values()
        if (on := office.moments(plan).day_of(at)) >= plan.valid_from
        and (on <= plan.valid_to or any(o.goes_on for o in plan.obligations))
        and _known_or_current(office, plan.id, plan.valid_to >= on)
    ]


def _known_or_current(office: Office, plan_id: str, current: bool) -> bool:
    """A plan that ended before anybody watched it is history, not work."""
    if current:
        return True
    with office.register.reading() as book:
        return book.setting(f"watch-from/{plan_id}") is not None


def _hold_on_clock_jump(office: Office, book: Book, at: datetime) -> None:
    """A machine whose clock fell back would send by a wrong day: hold until the office has looked."""
    last = book.setting("last-sweep-at")
    if last and at + BACKWARDS < datetime.fromisoformat(last):
        hold_in(book, office, f"đồng hồ lùi từ {last} về {at.isoformat()}", at)
        return
    book.put_setting("last-sweep-at", at.isoformat())


def _told(applied: Sequence[Applied]) -> int:
    return sum(len(a.notices) for a in applied)


def _gaps(applied: Sequence[Applied]) -> int:
    return sum(notice.kind == "gap" for a in applied for notice in a.notices)
