"""A page of the board: of now out of its lines, by key; of a past day out of all facts."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from dondoc.core.moments import Moments
from dondoc.core.rights import Viewer, reach
from dondoc.register.lines import NEVER, Asked, Lines, Mark
from dondoc.register.text import instant
from dondoc.use_cases.board import BoardRow, board, case_counts, without_cases
from dondoc.use_cases.board_lines import FINISHED, row_of, searched
from dondoc.use_cases.board_status import soon_before, status_of
from dondoc.use_cases.board_words import Shown, seen_at, shown_line, shown_row
from dondoc.use_cases.office import Office, local_day

A_PAGE = 50
LAST = "9999-12-32"  # after every due, the unset ones too
TIERS = {"xong": (1,), "xong-tre": (1,), "khac": (1,), "": (0, 1)}  # of any other status: what still runs
Look = Literal["known", "true"]


class Wanted(NamedTuple):
    """What somebody asks the board for; "" and None leave a filter out. `month` is "2022-06", of the last day."""

    unit: str = ""
    section: str = ""
    status: str = ""
    month: str = ""
    text: str = ""
    on: date | None = None  # as of this past day
    look: Look = "known"  # what was known then; or what is now known to have been so
    after: str = ""


class BoardPage(NamedTuple):
    """`after` opens the next page, "" on the last; `cases` are the confidential ones in figures, on the first."""

    rows: Sequence[Shown]
    cases: str
    after: str
    on: date
    past: bool


def board_page(office: Office, viewer: Viewer, wanted: Wanted, at: datetime) -> BoardPage:
    """At most fifty rows: what runs by its due, then what is finished. ValueError for what no page asks. Reads only."""
    today = local_day(office, at)
    if wanted.on and wanted.on < today:
        return _past(office, viewer, wanted, wanted.on, at)
    with office.register.reading() as book:
        lines = Lines(book.session, book.agency)
        found, mark = lines.page(_asked(office, viewer, wanted, today, at), _mark(wanted.after), A_PAGE)
        cases = lines.case_lines(today.isoformat()) if _sees_all(viewer) and not wanted.after else []
    seen = seen_at(office, at)
    counted = case_counts([row_of(office, line, seen.moments[line.key.partition("/")[0]], at) for line in cases])
    after = f"{mark.tier}.{mark.due}.{mark.birth}" if mark else ""
    return BoardPage([shown_line(seen, line) for line in found], counted, after, today, past=False)


def _sees_all(viewer: Viewer) -> bool:
    return reach(viewer, "see-board") == "all"


def _units(viewer: Viewer, unit: str) -> tuple[str, ...] | None:
    """The units asked for that the viewer may see; None for all of them."""
    if _sees_all(viewer):
        return (unit,) if unit else None
    return tuple(sorted(one for one in viewer.units if unit in ("", one)))


def _asked(office: Office, viewer: Viewer, wanted: Wanted, today: date, at: datetime) -> Asked:
    soon = soon_before(office.calendar, today).isoformat()
    since, before = _month(wanted.month)
    if wanted.status == "qua-han":
        before = min(before, today.isoformat())
    elif wanted.status == "sap-den":
        since, before = max(since, today.isoformat()), min(before, soon)
    return Asked(
        today=today.isoformat(),
        at=instant(at),
        soon=soon,
        units=_units(viewer, wanted.unit),
        section=wanted.section,
        status=wanted.status,
        text=searched(wanted.text),
        tiers=TIERS.get(wanted.status, (0,)),
        since=since,
        before=before,
    )


def _month(month: str) -> tuple[str, str]:
    """First day of the month and of the next one, as ISO text."""
    if not month:
        return "", LAST
    first = date.fromisoformat(f"{month}-01")
    return first.isoformat(), (first + timedelta(days=31)).replace(day=1).isoformat()


def _mark(after: str) -> Mark | None:
    if not after:
        return None
    tier, due, birth = after.split(".")
    return Mark(int(tier), due, int(birth))


def order(row: BoardRow) -> tuple[int, str, str]:
    """Of past pages; those of now go by the order of birth where this goes by key."""
    return int(row.phase in FINISHED), row.last_on.isoformat() if row.last_on else NEVER, row.key


def _past(office: Office, viewer: Viewer, wanted: Wanted, on: date, at: datetime) -> BoardPage:
    rows = rows_of(office, on, wanted.look, at)
    shown, cases = without_cases(rows)
    units, (since, before), text = _units(viewer, wanted.unit), _month(wanted.month), searched(wanted.text)
    kept = sorted(
        (
            row
            for row in shown
            if (units is None or row.unit in units)
            and wanted.section in ("", row.section)
            and wanted.status in ("", status_of(row))
            and since <= (row.last_on.isoformat() if row.last_on else NEVER) < before
            and text in searched(row.title, row.period, row.party)
        ),
        key=order,
    )
    if wanted.after:
        tier, due, key = wanted.after.split(".", 2)
        kept = [row for row in kept if order(row) > (int(tier), due, key)]
    after = ".".join(map(str, order(kept[A_PAGE - 1]))) if len(kept) > A_PAGE else ""
    return BoardPage(
        [shown_row(row) for row in kept[:A_PAGE]], cases if _sees_all(viewer) else "", after, on, past=True
    )


def rows_of(office: Office, on: date, look: Look, at: datetime) -> list[BoardRow]:
    """Every row as of the end of a past day: as the book knew it then, or as is known now to have been so."""
    if look == "true":
        return board(office, at, true_on=on)
    return board(office, at, known_at=_end_of(_moments(office), on))


def _moments(office: Office) -> Moments:
    return office.moments(next(iter(office.plans.values())))


def _end_of(moments: Moments, on: date) -> datetime:
    return moments.start_of(on + timedelta(days=1)) - timedelta(microseconds=1)
