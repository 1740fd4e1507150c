"""Do what time alone has touched: open what is to be opened, check what is due a look."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from dondoc.core.calendar import WorkingCalendar
from dondoc.core.directory import Directory
from dondoc.core.notice import Notice
from dondoc.register.book import Book
from dondoc.use_cases.apply import check_in
from dondoc.use_cases.chase_gaps import chase_gaps
from dondoc.use_cases.excluded import unreadable
from dondoc.use_cases.hold import BURST, hold_in, is_held
from dondoc.use_cases.lay_lines import SETTING as LINES
from dondoc.use_cases.lay_lines import lay_lines
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_plan import is_open, open_plan
from dondoc.use_cases.outage import LAST_SWEEP, Outage, note_outage

SWEEP_SECONDS = "last-sweep-seconds"
CHUNK = 500  # occurrences a transaction (house.md)
BACKWARDS = timedelta(minutes=5)  # a clock this far behind the book has jumped


class SweepReport(NamedTuple):
    opened: int
    checked: int
    told: int
    gaps: int
    held: bool
    notices: tuple[Notice, ...] = ()  # what was newly told
    unreadable: int = 0  # cases of which nobody is told, because the key that says whom to leave out is lost


def lost_key(unreadable_: int) -> str:
    """What the sweep says while the key is lost; "" while it is not."""
    if not unreadable_:
        return ""
    return f"MẤT KHOÁ BÍ MẬT: {unreadable_} vụ việc bảo mật không báo được cho ai, hãy khôi phục secret.key"


def sweep(office: Office, at: datetime, *, via: str = "sweep") -> SweepReport:
    """Level-triggered and idempotent; atomicity is per occurrence, at most CHUNK of them a transaction."""
    lay_lines(office, at)
    opened = sum(open_plan(office, plan_id, at, via=via).new for plan_id in _to_open(office, at))
    checked, notices, seen, begun = 0, list[Notice](), set[str](), False
    while True:
        with office.register.writing() as book:
            if not begun:
                begun, outage = True, _begin(office, book, at)
            _look_again_when_revised(office, book, at)
            keys = [key for key in book.due_keys(at, CHUNK) if key not in seen]
            seen.update(keys)
            applied = check_in(office, book, keys, at, via, entered=False) if keys else []
            checked += len(applied)
            notices += [notice for one in applied for notice in one.notices]
            # What was checked may have put others on the agenda; the last transaction is the one that finds no more.
            done = all(key in seen for key in book.due_keys(at, CHUNK))
            if done:
                notices += chase_gaps(office, book, at)
            _hold_a_burst(office, book, notices, at, one_each=outage is not None)
            held, silent = is_held(book), unreadable(office, book) if done else 0
        if done:
            gaps = sum(notice.kind == "gap" for notice in notices)
            return SweepReport(opened, checked, len(notices), gaps, held, tuple(notices), silent)


def _hold_a_burst(office: Office, book: Book, notices: Sequence[Notice], at: datetime, *, one_each: bool) -> None:
    """Counted in messages: one person at one pace gets one, however many notices it carries; after an outage one."""
    messages = len({(notice.recipient, "" if one_each else notice.pace) for notice in notices})
    if messages > (office.mail.burst or BURST):
        hold_in(book, office, f"một lượt rà soát sinh ra {messages} thư", at)


def _to_open(office: Office, at: datetime) -> list[str]:
    """Running plans whose definitions or years have changed since they were last opened."""
    running = _running(office, at)
    with office.register.reading() as book:
        return [plan_id for plan_id in running if not is_open(book, office, plan_id, at)]


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


def _look_again_when_revised(office: Office, book: Book, at: datetime) -> None:
    """A revised calendar may have moved any due, and a new holder has heard of nothing: everything is looked at again.

    Only a due that moved begins a round, and only who took over hears.
    """
    known = book.setting("surroundings")
    if not is_revised(office, book):
        return
    book.put_setting("surroundings", _surroundings(office))
    if known:
        book.put_setting(LINES, "")
        for birth in book.births():
            if not birth.before_watch:
                book.put_agenda(birth.key, at)


def note_duration(office: Office, seconds: float) -> None:
    """How long the last sweep took, for whoever watches the house."""
    with office.register.writing() as book:
        book.put_setting(SWEEP_SECONDS, f"{seconds:.3f}")


def is_revised(office: Office, book: Book) -> bool:
    """Whether calendar or people differ from what the last sweep saw."""
    return book.setting("surroundings") != _surroundings(office)


def _surroundings(office: Office) -> str:
    return f"{_edition_of(office.calendar)} {_people(office.directory)}"


@lru_cache(maxsize=4)
def _edition_of(calendar: WorkingCalendar) -> str:
    return sha256(repr(list(calendar.notes())).encode()).hexdigest()


def _people(directory: Directory) -> str:
    held = [sorted(part.items()) for part in (directory.units, directory.roles, directory.persons)]
    return sha256(repr((held, directory.absences)).encode()).hexdigest()


def _begin(office: Office, book: Book, at: datetime) -> Outage | None:
    """Once a sweep: by its later chunks another one may have begun, and the clock has gone on."""
    jumped = _hold_on_clock_jump(office, book, at)
    outage = note_outage(office, book, at)
    last = book.setting(LAST_SWEEP)
    book.put_setting(
        LAST_SWEEP, at.isoformat() if jumped or not last else max(at, datetime.fromisoformat(last)).isoformat()
    )
    return outage


def _hold_on_clock_jump(office: Office, book: Book, at: datetime) -> bool:
    """A machine whose clock fell back would send by a wrong day: hold until the office has looked.

    Once a jump: after the office's word the clock is believed again.
    """
    last = book.setting(LAST_SWEEP)
    jumped = bool(last) and at + BACKWARDS < datetime.fromisoformat(str(last))
    if jumped:
        hold_in(book, office, f"đồng hồ lùi từ {last} về {at.isoformat()}", at, clock=True)
    return jumped
