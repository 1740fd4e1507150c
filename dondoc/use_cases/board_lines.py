"""The board kept ready: an occurrence's lines as its facts leave it, and a line read as of an instant.

What a day alone changes (late, near, not begun) is worked out when the line is read; what it takes a fact to change is
kept. So a line is as true in an hour without a sweep as it was right after one.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from dondoc.core.moments import Moments
from dondoc.core.occurrence import Occurrence, StepState
from dondoc.core.phase import Timeliness, deciding_day, running, speaking_step, standing_of, turning_days
from dondoc.core.plan import Obligation, Step
from dondoc.register.book import Book
from dondoc.register.lines import NEVER, Lines
from dondoc.register.values import Line
from dondoc.use_cases.board import BoardRow, board_row, counted
from dondoc.use_cases.names import party_name, role_title
from dondoc.use_cases.office import Office
from dondoc.words.labels import status_words

RUNS = ("open", "returned", "unset", "waiting", "not-open")  # phases in which the due runs on
FINISHED = ("waived", "set-aside", "nothing", "done", "suspended")
_NO_ACCENTS = str.maketrans("đĐ", "dd")


def lines_of(office: Office, obligation: Obligation, occurrence: Occurrence, at: datetime) -> list[Line]:
    """An occurrence's lines from `at` on: one, and one more for each day on which another step begins to speak."""
    moments = office.moments(office.plans[occurrence.birth.plan])
    today = moments.day_of(at)
    days = [today, *(day for day in turning_days(obligation, occurrence) if day > today)]
    speaking: list[tuple[date, Step]] = []
    for day in days:
        step = speaking_step(obligation, occurrence, day)
        if not speaking or speaking[-1][1] is not step:
            speaking.append((day, step))
    begins = ["", *(day.isoformat() for day, _ in speaking[1:])]
    ends = [*begins[1:], NEVER]
    return [
        _line(office, obligation, occurrence, step, moments, at)._replace(n=n, from_on=begins[n], until_on=ends[n])
        for n, (_, step) in enumerate(speaking)
    ]


def _line(
    office: Office, obligation: Obligation, occurrence: Occurrence, step: Step, moments: Moments, at: datetime
) -> Line:
    standing = standing_of(step, occurrence, moments, at)
    row, state = board_row(office, obligation, occurrence, standing), occurrence.step(step.id)
    phase, runs, birth = standing.phase, standing.phase in RUNS, occurrence.birth
    first_runs = runs and not (state.submissions and not state.left)
    return Line(
        key=row.key,
        n=0,
        from_on="",
        until_on=NEVER,
        tier=int(phase in FINISHED),
        due=row.last_on.isoformat() if row.last_on else NEVER,
        confidential=row.confidential,
        section=row.section,
        unit=row.unit,
        party=birth.party,
        kind=row.kind,
        title=row.title,
        label=birth.label,
        words="" if row.confidential else searched(row.title, birth.label, row.party),
        step=step.id,
        step_title=step.title,
        role=office.directory.role_of(state.assigned or step.by, birth.party),
        phase="open" if phase == "not-open" else phase,
        since_at=state.round.since_at if state.round and phase in ("open", "not-open") else None,
        basis=row.basis,
        target_on=row.target_on,
        timely="" if runs else standing.timeliness.kind,
        days=0 if runs else standing.timeliness.days,
        recorded_late=standing.timeliness.recorded_late,
        first_on=row.first_last_on,
        first_timely="" if first_runs else standing.original.kind,
        first_days=0 if first_runs else standing.original.days,
        counted=counted(step, state),
        decided_on=_decided_on(step, state, runs=runs),
    )


def _decided_on(step: Step, state: StepState, *, runs: bool) -> date | None:
    if runs:
        return None
    if not state.submissions:
        return state.done_on
    return deciding_day(step, state.submissions[min(step.times, len(state.submissions)) - 1])


def searched(*texts: str) -> str:
    """Letters and digits alone, without accents: "Báo cáo 6 tháng" is found by "bao cao"."""
    plain = unicodedata.normalize("NFD", " ".join(texts).translate(_NO_ACCENTS).lower())
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def row_of(office: Office, line: Line, moments: Moments, at: datetime) -> BoardRow:
    """The board's row that a line stands for as of `at`; equal to what folding all facts gives."""
    on = moments.day_of(at)
    last_on = date.fromisoformat(line.due) if line.due != NEVER else None
    phase = "not-open" if line.phase == "open" and line.since_at and at < line.since_at else line.phase
    timely = Timeliness(line.timely, line.days, line.recorded_late) if line.timely else running(last_on, on, moments)  # type: ignore[arg-type]
    first = line.first_timely or running(line.first_on, on, moments).kind
    plan, obligation, *_ = line.key.split("/")
    return BoardRow(
        key=line.key,
        plan=plan,
        section=line.section,
        obligation=obligation,
        kind=line.kind,
        title=line.title,
        period="" if line.confidential else line.label,
        party="" if line.confidential else party_name(office.directory, line.party),
        step=line.step,
        step_title=line.step_title,
        responsible=role_title(office.directory, line.role),
        phase=phase,
        timeliness=timely.kind,
        days=timely.days,
        original=first,
        late=timely.kind == "overdue" and line.basis != "proposed",
        last_on=last_on,
        target_on=line.target_on,
        first_last_on=line.first_on,
        label=status_words(phase, timely, line.basis) + line.counted,  # type: ignore[arg-type]
        basis=line.basis,
        confidential=line.confidential,
        unit=line.unit,
    )


def put_lines(office: Office, book: Book, occurrences: Iterable[tuple[Obligation, Occurrence]], at: datetime) -> None:
    """Write the lines of these occurrences anew."""
    lines = {occurrence.key: lines_of(office, obligation, occurrence, at) for obligation, occurrence in occurrences}
    if lines:
        Lines(book.session, book.agency).put_lines(list(lines), [line for its in lines.values() for line in its])
