"""A plan's clauses, and beside each how what it asks for stands."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.plan import Obligation, Plan
from dondoc.core.rights import Viewer, reach
from dondoc.register.lines import Lines
from dondoc.use_cases.board import BoardRow
from dondoc.use_cases.board_lines import row_of
from dondoc.use_cases.board_status import status_of, statuses
from dondoc.use_cases.board_words import Shown, shown_row
from dondoc.use_cases.office import Office, local_day

LATE, DONE = "qua-han", ("xong", "xong-tre")


class Duty(NamedTuple):
    """One obligation. `rows` are those the viewer may look at; figures are of all."""

    id: str
    title: str
    cites: Sequence[tuple[str, str]]  # clause, its words
    figures: Sequence[tuple[str, int]]  # status in words, how many
    mark: str  # "tre" where one is late, "xong" where all are done
    next_on: date | None
    rows: Sequence[Shown]
    confidential: bool


class Section(NamedTuple):
    name: str
    duties: Sequence[Duty]


class PlanPage(NamedTuple):
    plan: Plan
    sections: Sequence[Section]
    today: date


def plan_page(office: Office, viewer: Viewer, plan: Plan, at: datetime) -> PlanPage:
    """The plan as of `at`, its sections in the order of the paper. Reads only."""
    today = local_day(office, at)
    with office.register.reading() as book:
        lines = Lines(book.session, book.agency).of_plan(plan.id, today.isoformat())
    moments, by_duty = office.moments(plan), dict[str, list[BoardRow]]()
    for line in lines:
        by_duty.setdefault(line.key.split("/")[1], []).append(row_of(office, line, moments, at))
    named = {o.section: None for o in plan.obligations}
    return PlanPage(
        plan,
        [
            Section(name, [_duty(o, by_duty, viewer, today) for o in plan.obligations if o.section == name])
            for name in named
        ],
        today,
    )


def _duty(obligation: Obligation, by_duty: Mapping[str, list[BoardRow]], viewer: Viewer, today: date) -> Duty:
    rows = sorted(by_duty.get(obligation.id, []), key=lambda row: (row.last_on or date.max, row.key))
    stand = [status_of(row) for row in rows]
    every = reach(viewer, "see-board") == "all"
    shown = [] if obligation.confidential else [row for row in rows if every or row.unit in viewer.units]
    dues = [row.last_on for row, how in zip(rows, stand, strict=True) if how not in (*DONE, "khac")]
    done = bool(stand) and all(one in DONE for one in stand)
    return Duty(
        id=obligation.id,
        title=obligation.title,
        cites=[(one.at, one.quote) for one in obligation.citations],
        figures=[(words, stand.count(one)) for one, words in statuses().items() if one in stand],
        mark="tre" if LATE in stand else "xong" if done else "",
        next_on=min((due for due in dues if due and due >= today), default=None),
        rows=[shown_row(row) for row in shown],
        confidential=obligation.confidential,
    )
