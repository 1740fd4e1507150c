"""Sổ theo dõi of a plan as a file, as of any day."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from dondoc.core.occurrence import Submission
from dondoc.papers.register_sheet import OTHER, STATES, Line, register_sheet
from dondoc.use_cases.board import BoardRow, board
from dondoc.use_cases.message_of import plan_words
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import gather
from dondoc.words import speaking
from dondoc.words.dates import office_moment

IN_TIME, LATE, RUNNING, OVERDUE = STATES
DONE: Mapping[str, str] = {"done-early": IN_TIME, "done-in-time": IN_TIME, "done-late": LATE}
BATCH = 500  # occurrences whose last papers are read at once


class Book(NamedTuple):
    """A file's name and content."""

    name: str
    content: bytes


def register_book(office: Office, plan_id: str, at: datetime) -> Book:
    """The workbook as of `at`; Refused for an unknown plan."""
    plan = office.plan(plan_id)
    moments = office.moments(plan)
    with speaking("vi"):
        rows = board(office, at, known_at=at, plan=plan_id)
        hidden = Counter(state_of(row) for row in rows if row.confidential)
        content = register_sheet(
            f"SỔ THEO DÕI: {plan_words(plan)}",
            f"Tính đến {office_moment(at, moments.zone)}",
            _lines(office, [row for row in rows if not row.confidential]),
            [hidden[state] for state in (*STATES, OTHER)],
        )
    return Book(f"so-theo-doi-{plan_id}-{moments.day_of(at):%Y%m%d}.xlsx", content)


def state_of(row: BoardRow) -> str:
    """One of the four states in which an office counts its work; OTHER for what is not counted."""
    if row.phase in ("done", "awaiting"):
        return DONE.get(row.timeliness, OTHER)
    if row.phase in ("waived", "set-aside", "nothing", "suspended", "unset"):
        return OTHER
    return OVERDUE if row.late else RUNNING


def _lines(office: Office, rows: list[BoardRow]) -> Iterator[Line]:
    for first in range(0, len(rows), BATCH):
        some = rows[first : first + BATCH]
        papers = _papers(office, [row.key for row in some])
        yield from (_line(row, papers.get(row.key)) for row in some)


def _papers(office: Office, keys: list[str]) -> dict[str, Submission]:
    """What was last handed in for each occurrence that has any."""
    with office.register.reading() as book:
        scenes = gather(office, book, keys)
    last = {
        scene.birth.key: [s for state in scene.occurrence.steps for s in state.submissions][-1:] for scene in scenes
    }
    return {key: found[0] for key, found in last.items() if found}


def _line(row: BoardRow, paper: Submission | None) -> Line:
    late = row.timeliness in ("overdue", "done-late") and (row.late or row.phase in ("done", "awaiting"))
    return Line(
        row.section,
        row.title,
        row.period,
        row.party,
        row.responsible,
        row.first_last_on,
        row.last_on,
        (paper.done_on or paper.submitted_on) if paper else None,
        paper.number if paper else "",
        row.label,
        state_of(row),
        row.days if late else 0,
    )
