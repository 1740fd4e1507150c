"""What other programs may read: never a confidential case, and pages of a bounded size."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dondoc.core.occurrence import Submission
from dondoc.core.phase import stand
from dondoc.core.rights import Viewer
from dondoc.use_cases.board import OPEN, BoardRow, board, board_row
from dondoc.use_cases.desired_touchpoints import Touchpoint, desired_touchpoints
from dondoc.use_cases.office import Office
from dondoc.use_cases.see_occurrence import see


class BoardAsked(NamedTuple):
    """ "" asks for all. `after` is the key of the last row of the page before."""

    plan: str = ""
    obligation: str = ""
    party: str = ""  # unit or role id
    phase: str = ""
    late: bool | None = None
    after: str = ""
    limit: int = 50


class BoardPage(NamedTuple):
    rows: list[BoardRow]
    next: str  # "" for the last page
    hidden: int  # confidential cases that are not among the rows, whatever was asked for


def board_page_for(office: Office, asked: BoardAsked, at: datetime) -> BoardPage:
    """In the order of their keys."""
    every = sorted(board(office, at, plan=asked.plan), key=lambda row: row.key)
    rows = [row for row in every if not row.confidential and _is_asked(row, asked)]
    shown = rows[: asked.limit]
    more = len(rows) > asked.limit
    return BoardPage(shown, shown[-1].key if more else "", sum(row.confidential for row in every))


def _is_asked(row: BoardRow, asked: BoardAsked) -> bool:
    return (
        row.key > asked.after
        and asked.obligation in ("", row.obligation)
        and asked.party in ("", row.key.rpartition("/")[2])
        and asked.phase in ("", row.phase)
        and asked.late in (None, row.late)
    )


class StepSeen(NamedTuple):
    id: str
    title: str
    status: str
    last_on: date | None
    target_on: date | None
    submissions: tuple[Submission, ...]


class OccurrenceSeen(NamedTuple):
    row: BoardRow
    steps: tuple[StepSeen, ...]


def occurrence_for(office: Office, key: str, viewer: Viewer, at: datetime) -> OccurrenceSeen:
    """Unseen where there is none, or a confidential one."""
    with office.register.reading() as book:
        scene, _subject = see(office, book, key, viewer, at)
    standing = stand(scene.obligation, scene.occurrence, scene.world.moments, at)
    titles = {step.id: step.title for step in scene.obligation.steps}
    steps = tuple(
        StepSeen(
            one.id,
            titles.get(one.id, ""),
            one.status,
            one.round.last_on if one.round else None,
            one.round.target_on if one.round else None,
            one.submissions,
        )
        for one in scene.occurrence.steps
    )
    return OccurrenceSeen(board_row(office, scene.obligation, scene.occurrence, standing), steps)


class Counted(NamedTuple):
    """Occurrences of one party. `late` and `original_late` differ by what was extended or set anew."""

    party: str
    total: int
    done: int
    open: int
    late: int
    original_late: int
    average_delay: float  # calendar days, over those that are late


def counts_for(office: Office, plan: str, at: datetime) -> list[Counted]:
    """By party, in words; confidential cases are not counted."""
    by_party: dict[str, list[BoardRow]] = {}
    for row in board(office, at, plan=plan):
        if not row.confidential:
            by_party.setdefault(row.party, []).append(row)
    return [_counted(party, rows) for party, rows in sorted(by_party.items())]


def _counted(party: str, rows: Iterable[BoardRow]) -> Counted:
    rows = list(rows)
    late = [row for row in rows if row.late]
    return Counted(
        party,
        len(rows),
        sum(row.phase in ("done", "nothing") for row in rows),
        sum(row.phase in OPEN for row in rows),
        len(late),
        sum(row.original == "overdue" and row.basis != "proposed" for row in rows),
        round(sum(row.days for row in late) / len(late), 1) if late else 0.0,
    )


def coming_for(office: Office, days: int, at: datetime) -> list[Touchpoint]:
    """What the ladders will say within so many days; a confidential case never shows."""
    return desired_touchpoints(office, at, at + timedelta(days=days))
