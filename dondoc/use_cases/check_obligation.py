"""Check every open occurrence of one obligation, and say how it stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from dondoc.use_cases.apply import check_in
from dondoc.use_cases.board import OPEN
from dondoc.use_cases.check import Checked, checked
from dondoc.use_cases.office import Office


class CheckReport(NamedTuple):
    """`state`: overdue · past-proposed · due · on-time · unset · done · nothing-open.

    `overdue` counts decided dues only.
    """

    name: str
    state: str
    overdue: int
    markdown: str
    rows: tuple[Checked, ...]


def check_obligation(
    office: Office, plan_id: str, obligation_id: str, at: datetime, via: str = "flow", *, occurrence: str = ""
) -> CheckReport:
    """One transaction; Refused for an unknown plan. All are checked; `occurrence` narrows the report to that one."""
    plan = office.plan(plan_id)
    with office.register.writing() as book:
        keys = [b.key for b in book.births(plan=plan_id, obligation=obligation_id) if not b.before_watch]
        checked_ones = check_in(office, book, keys, at, via, entered=False)
        applied = [one for one in checked_ones if occurrence in ("", one.scene.birth.key)]
        rows = [checked(office, one, at) for one in applied]
        missed = sum(
            row.standing.phase in OPEN
            and row.standing.timeliness.kind == "overdue"
            and _basis(one.decision.after.step(row.standing.step).round) != "proposed"
            for row, one in zip(rows, applied, strict=True)
        )
    obligation = next((o for o in plan.obligations if o.id == obligation_id), None)
    title, confidential = (obligation.title, obligation.confidential) if obligation else (obligation_id, False)
    said = _counted(title, rows, missed) if confidential else _decisions(rows)
    return CheckReport(title, _state(rows, missed), missed, said, tuple(rows))


def _decisions(rows: Sequence[Checked]) -> str:
    shown = [row for row in rows if row.standing.phase in OPEN] or rows[-1:]
    return "\n".join(row.markdown for row in shown)


def _counted(title: str, rows: Sequence[Checked], missed: int) -> str:
    """A run's page is read by whoever looks after the machine: of confidential cases it tells the number alone."""
    running = sum(row.standing.phase in OPEN for row in rows)
    return f"### {title}\n\n- **Vụ việc:** {len(rows)}; đang giải quyết: {running}; quá hạn: {missed}\n"


def _basis(round_: object) -> str:
    return getattr(round_, "basis", "")


def _state(rows: Sequence[Checked], missed: int) -> str:
    if missed:
        return "overdue"
    open_rows = [row for row in rows if row.standing.phase in OPEN]
    if any(row.standing.timeliness.kind == "overdue" for row in open_rows):
        return "past-proposed"
    if any(row.standing.timeliness.kind in ("due", "due-soon") for row in open_rows):
        return "due"
    if any(row.standing.phase == "unset" for row in open_rows):
        return "unset"
    if open_rows:
        return "on-time"
    return "done" if any(row.standing.phase in ("done", "nothing") for row in rows) else "nothing-open"
