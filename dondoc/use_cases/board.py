"""The board: every occurrence as it stands, now, as known on a past day, or as true of one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.facts import Fact, true_of
from dondoc.core.fold import fold
from dondoc.core.occurrence import Birth, Occurrence, StepState
from dondoc.core.phase import Standing, stand
from dondoc.core.plan import Obligation, Step
from dondoc.register.book import Book
from dondoc.use_cases.names import party_name, role_title, title_of
from dondoc.use_cases.office import Office
from dondoc.use_cases.viewer import unit_of
from dondoc.words.labels import status_words

OPEN = ("open", "returned", "awaiting", "unset", "waiting")


class BoardRow(NamedTuple):
    """One occurrence at its current step. `late` is what counts in statistics: a proposed due never does."""

    key: str
    plan: str
    section: str
    obligation: str
    kind: str
    title: str
    period: str
    party: str
    step: str
    step_title: str
    responsible: str
    phase: str
    timeliness: str
    days: int
    original: str
    late: bool
    last_on: date | None
    target_on: date | None
    first_last_on: date | None
    label: str
    basis: str
    confidential: bool
    unit: str  # id of the party's unit


def board(
    office: Office,
    at: datetime,
    *,
    known_at: datetime | None = None,
    true_on: date | None = None,
    plan: str = "",
) -> list[BoardRow]:
    """Rows late first, then by due. Reads only.

    known_at: the facts recorded by then, judged then. true_on: all facts known now whose act lies on or before that
    day, judged at its end.
    """
    with office.register.reading() as book:
        births = [b for b in book.births(plan=plan) if b.plan in office.plans]
        facts = book.facts([b.key for b in births], until_at=known_at)
        if known_at:
            births = _known_by(book, births, facts, known_at)
        rows = [_row(office, book, birth, facts.get(birth.key, []), known_at or at, true_on) for birth in births]
    return sorted((row for row in rows if row), key=_order)


def without_cases(rows: Sequence[BoardRow]) -> tuple[list[BoardRow], str]:
    """What others than the office's clerk may see: rows without the confidential cases, and those in figures alone."""
    cases = [row for row in rows if row.confidential]
    return [row for row in rows if not row.confidential], case_counts(cases)


def case_counts(cases: Sequence[BoardRow]) -> str:
    """ "3 vụ việc: 2 đang giải quyết, 1 quá hạn"; "" for none."""
    if not cases:
        return ""
    running = [row for row in cases if row.phase in OPEN]
    late = sum(row.late for row in running)
    return f"{len(cases)} vụ việc: {len(running)} đang giải quyết, {late} quá hạn"


def _known_by(book: Book, births: Sequence[Birth], facts: Mapping[str, Sequence[Fact]], at: datetime) -> list[Birth]:
    """Those the book already held: a plan's from its opening on, a case from the day it was entered."""
    opened = {f.payload["plan"] for f in book.facts([""], until_at=at)[""] if f.kind == "plan-opened"}
    cases = {key for key, known in facts.items() if any(f.kind == "opened" for f in known)}
    return [b for b in births if b.key in cases or (b.plan in opened and not _by_event(b))]


def _by_event(birth: Birth) -> bool:
    return birth.event_on is not None or birth.due_on is not None


def _order(row: BoardRow) -> tuple[bool, bool, date, str]:
    return not row.late, row.phase not in OPEN, row.last_on or date.max, row.key


def _row(
    office: Office, book: Book, birth: Birth, facts: Sequence[Fact], at: datetime, true_on: date | None
) -> BoardRow | None:
    moments = office.moments(office.plans[birth.plan])
    if true_on is not None:
        if _by_event(birth) and not any(f.kind == "opened" and f.act_on <= true_on for f in facts):
            return None
        facts, at = true_of(list(facts), true_on), moments.sending(true_on)
    obligation = office.obligation(book, birth, facts)
    occurrence = fold(obligation, birth, facts)
    return board_row(office, obligation, occurrence, stand(obligation, occurrence, moments, at))


def board_row(office: Office, obligation: Obligation, occurrence: Occurrence, standing: Standing) -> BoardRow:
    step = next(s for s in obligation.steps if s.id == standing.step)
    state = occurrence.step(step.id)
    round_, birth = state.round, occurrence.birth
    proposed = round_ is not None and round_.basis == "proposed"
    return BoardRow(
        key=birth.key,
        plan=birth.plan,
        section=obligation.section,
        obligation=obligation.id,
        kind=obligation.kind,
        title=title_of(obligation, birth),
        period="" if obligation.confidential else birth.label,
        party="" if obligation.confidential else party_name(office.directory, birth.party),
        step=step.id,
        step_title=step.title,
        responsible=_responsible(office, step, state.assigned, birth.party),
        phase=standing.phase,
        timeliness=standing.timeliness.kind,
        days=standing.timeliness.days,
        original=standing.original.kind,
        late=standing.timeliness.kind == "overdue" and not proposed,
        last_on=round_.last_on if round_ else None,
        target_on=round_.target_on if round_ else None,
        first_last_on=state.rounds[0].last_on if state.rounds else None,
        label=status_words(standing.phase, standing.timeliness, standing.basis) + counted(step, state),
        basis=round_.basis if round_ else "",
        confidential=obligation.confidential,
        unit=unit_of(office.directory, birth.party),
    )


def counted(step: Step, state: StepState) -> str:
    """ " · 1/2" of an act asked for several times while some are missing, else ""."""
    return f" · {step.times - state.left}/{step.times}" if state.left else ""


def _responsible(office: Office, step: Step, assigned: str, party: str) -> str:
    return role_title(office.directory, office.directory.role_of(assigned or step.by, party))
