"""Strategies: plans, people, absences, answers and check times, all within the year 2022 and a little after."""

import os
from datetime import date, datetime, timedelta
from typing import NamedTuple

from core_samples import CALENDAR, Book, a_directory, a_plan, a_role, a_step, an_obligation, local, moments, within
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from dondoc.core.calendar import WorkingCalendar
from dondoc.core.directory import Absence, Directory
from dondoc.core.due import due_decided
from dondoc.core.occurrence import Birth
from dondoc.core.plan import Basis, Escalation, Ladder, Obligation, Plan, Step
from dondoc.core.round_value import round_payload
from dondoc.core.rounds import next_round
from dondoc.core.schedule import expand
from dondoc.core.timing import (
    MonthlyDay,
    MonthlyWeekday,
    NthWorkingDay,
    PeriodEnd,
    SingleDate,
    Timing,
    Unset,
    Within,
    YearlyDates,
)
from dondoc.core.world import World

SLOW = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
settings.register_profile("ci", max_examples=40, derandomize=True, **SLOW)  # type: ignore[arg-type]
settings.register_profile("full", max_examples=500, **SLOW)  # type: ignore[arg-type]
settings.load_profile("full" if os.environ.get("DONDOC_TEST_FULL") == "1" else "ci")

YEAR = st.dates(date(2022, 2, 18), date(2022, 12, 31))
LEVELS = ("unit.head", "chanh-van-phong", "giam-doc", "chi-uy", "van-phong", "truong-phong-qlkh")
escalations = st.builds(
    Escalation,
    after=st.integers(1, 12),
    to=st.sampled_from(LEVELS),
    mode=st.sampled_from(["send", "approve"]),
    draft=st.sampled_from(["", "cong-van-don-doc"]),
    every=st.sampled_from([0, 0, 1, 3, 5]),
)
ladders = st.builds(
    Ladder,
    name=st.just("thang"),
    remind=st.lists(st.integers(0, 15), min_size=1, max_size=4, unique=True).map(tuple),
    escalate=st.lists(escalations, max_size=4).map(tuple),
)
rolls = st.sampled_from(["none", "forward", "backward"])
rules = st.one_of(
    st.builds(lambda d, strict: YearlyDates(((d.month, d.day),), strict), YEAR, st.booleans()),
    st.builds(lambda a, b, s: YearlyDates(((a.month, a.day), (b.month, b.day)), s), YEAR, YEAR, st.booleans()).filter(
        lambda rule: rule.days[0] < rule.days[1]
    ),
    st.builds(SingleDate, YEAR, st.booleans()),
    st.builds(MonthlyDay, st.integers(1, 31), st.booleans()),
    st.builds(
        MonthlyWeekday,
        st.integers(0, 4),
        st.sampled_from(["last-thursday", "week-of-last-day", "last-full-week", "last-full-work-week"]),
    ),
    st.builds(PeriodEnd, st.sampled_from(["month", "quarter", "half-year", "year"]), st.booleans()),
    st.builds(NthWorkingDay, st.integers(1, 15), st.sampled_from(["month", "quarter"])),
    st.builds(Within, st.integers(1, 30), st.sampled_from(["day", "working-day", "month"]), st.just("issued")),
    st.just(Unset("đúng thời gian quy định")),
)
timings = st.builds(lambda rule, roll, stay: Timing("…", rule, roll, "", stay), rules, rolls, st.booleans())
bases = st.sampled_from(["plan", "law", "external", "office", "proposed"]).map(Basis)
doers = st.sampled_from(["unit.focal", "unit.head", "van-phong", "chi-uy", "giam-doc", "nobody"])


@st.composite
def obligations(draw) -> Obligation:
    """One to three steps: the act, perhaps the office's word on it, perhaps a later act; or a campaign."""
    population = draw(st.sampled_from(["", "", "", "unit.members"]))
    first = a_step("nop", draw(timings), by=draw(doers), ladder=draw(ladders), basis=draw(bases))
    steps: list[Step] = [first]
    if not population and draw(st.booleans()):
        clock = within(draw(st.integers(1, 5)), "working-day", "nop", "none")
        steps.append(a_step("xac-nhan", clock, by="van-phong", after="nop", confirms="nop", ladder=draw(ladders)))
    if draw(st.booleans()):
        clock = within(draw(st.integers(1, 20)), draw(st.sampled_from(["day", "working-day"])), "nop")
        steps.append(a_step("gui", clock, by=draw(doers), after="nop", ladder=draw(ladders), basis=draw(bases)))
    collision = draw(st.sampled_from(["", "next", "previous", "next-in-month-else-previous"]))
    return an_obligation(*steps, population=population, collision=collision)


@st.composite
def directories(draw) -> Directory:
    """Desks vacant, people in two roles, deputies, secretaries, no address, absent for all of the time."""
    people = st.sampled_from(["", "a", "b", "c", "tdc-1", "tdc-2"])
    names = ("van-phong", "chanh-van-phong", "giam-doc", "dau-moi-tdc", "pho-dau-moi-tdc", "chi-cuc-truong-tdc")
    ups = {"van-phong": "chanh-van-phong", "dau-moi-tdc": "chi-cuc-truong-tdc", "chanh-van-phong": "giam-doc"}
    roles = [
        a_role(
            name,
            draw(people),
            up=ups.get(name, "giam-doc" if name != "giam-doc" else ""),
            deputy="pho-dau-moi-tdc" if name == "dau-moi-tdc" and draw(st.booleans()) else "",
            leadership=name == "giam-doc",
            tone=draw(st.sampled_from(["urge", "request", "report"])),
        )
        for name in names
    ]
    away = draw(st.lists(st.sampled_from(["a", "b", "tdc-1"]), max_size=2, unique=True))
    absences = [Absence(person, date(2021, 1, 1), date(2024, 1, 1)) for person in away]
    reachable = draw(st.sampled_from([None, None, frozenset({"a", "tdc-1", "chief", "clerk"})]))
    return a_directory(*roles, absences=absences, reachable=reachable)


@st.composite
def calendars(draw) -> WorkingCalendar:
    from core_samples import OFF_2022, a_calendar

    off = draw(st.lists(YEAR, max_size=12, unique=True))
    work = draw(st.lists(YEAR, max_size=4, unique=True).map(lambda days: [d for d in days if d.weekday() > 4]))
    return a_calendar({**OFF_2022, **dict.fromkeys(off, "nghỉ")}, [d for d in work if d not in off])


@st.composite
def books(draw) -> Book:
    """One occurrence of a random plan, not yet looked at."""
    obligation, calendar = draw(obligations()), draw(st.one_of(st.just(CALENDAR), calendars()))
    plan: Plan = a_plan(obligation)
    births: list[Birth] = expand(plan, calendar)
    if not births:
        obligation = an_obligation(*[s._replace(timing=Timing("…", PeriodEnd("year"))) for s in obligation.steps[:1]])
        plan = a_plan(obligation)
        births = expand(plan, calendar)
    birth = draw(st.sampled_from(births))
    excluded = tuple(draw(st.lists(st.sampled_from(["a", "tdc-1"]), max_size=1)))
    return Book(obligation, birth._replace(excluded=excluded), World(plan, moments(calendar), draw(directories())))


class Act(NamedTuple):
    at: datetime
    kind: str  # check, or what a person does
    days: int = 0


spans = st.timedeltas(timedelta(0), timedelta(days=420))
KINDS = ["submit", "confirm", "return", "nothing", "extend", "suspend", "resume", "approve", "withhold", "reassign"]
KINDS += ["acknowledge", "bind", "ask", "send-step"]


def instants(book: Book):
    """From a little before it opens until a year later; often on a sending hour."""
    start = book.birth.opens_at - timedelta(days=10)
    free = spans.map(lambda span: (start + span).replace(microsecond=0))
    on_the_hour = st.integers(0, 300).map(lambda i: local(start.date() + timedelta(days=i)))
    return st.one_of(free, on_the_hour)


def acts(book: Book, max_size: int = 5):
    """Answers of people, in order of time."""
    one = st.builds(Act, instants(book), st.sampled_from(KINDS), st.integers(1, 30))
    return st.lists(one, max_size=max_size).map(lambda some: sorted(some, key=lambda act: act.at))


def checks(book: Book, max_size: int = 8):
    return st.lists(instants(book), max_size=max_size).map(sorted)


def perform(book: Book, act: Act) -> bool:
    """What a use case would let a person do now; False where it would refuse."""
    state, at = book.now.step("nop"), act.at
    match act.kind:
        case "submit" if state.status in ("open", "returned"):
            book.submit(at)
        case "confirm" if state.status == "submitted":
            book.act("confirmed", at)
        case "return" if state.status in ("submitted", "done") and len(book.now.members) == 0:
            book.act("returned", at, reason="thiếu")
        case "nothing" if state.status == "open":
            book.act("nothing-occurred", at)
        case "extend" | "bind" if state.status == "open" and state.round:
            _redue(book, act)
        case "suspend" if state.status == "open":
            book.act("suspended", at)
        case "resume" if state.status == "suspended":
            book.act("resumed", at)
        case "approve" | "withhold" if state.round and any(not a.outcome for a in state.round.approvals):
            rung = next(a.rung for a in state.round.approvals if not a.outcome)
            book.act("approved" if act.kind == "approve" else "withheld", at, round=state.round.n, rung=rung)
        case "reassign" if state.status == "open":
            book.act("reassigned", at, to="pho-dau-moi-tdc")
        case "acknowledge" if any(m.status == "pending" for m in book.now.members):
            book.act("acknowledged", at, person=next(m.person for m in book.now.members if m.status == "pending"))
        case "ask" if state.status == "open":
            book.act("extension-asked", at, reason="bận")
        case "send-step" if any(s.id == "gui" and s.status == "open" for s in book.now.steps):
            book.submit(at, step="gui")
        case _:
            return False
    return True


def _redue(book: Book, act: Act) -> None:
    state = book.now.step("nop")
    assert state.round
    cause = "extended" if state.round.last_on else "bound"
    last_on = (state.round.last_on or book.world.moments.day_of(act.at)) + timedelta(days=act.days)
    due = due_decided(last_on, book.world.moments.calendar, (f"set {cause}",))
    book.enter_only(cause, act.at, last_on=last_on.isoformat())
    book.act("round-begun", act.at, **round_payload(next_round(state, cause, act.at, due, "office", "01/QĐ")))


def play(book: Book, some_acts: list[Act], some_checks: list[datetime]) -> Book:
    """Acts and checks in order of time; at one instant the act comes first."""
    for act in sorted([*some_acts, *(Act(at, "check") for at in some_checks)], key=lambda a: (a.at, a.kind == "check")):
        if act.kind == "check":
            book.check(act.at)
        else:
            perform(book, act)
    return book


def fresh(book: Book) -> Book:
    """The same occurrence before anything was written."""
    return Book(book.obligation, book.birth, book.world)
