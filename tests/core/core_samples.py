"""A small office for the engine's tests: its calendar, people, plan, and a book that is a list."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dondoc.core.book_entries import facts_of
from dondoc.core.calendar import DayNote, WorkingCalendar
from dondoc.core.deal import Deal
from dondoc.core.decide import Decision, decide
from dondoc.core.directory import Absence, Directory, Holding, Person, Role, Unit
from dondoc.core.facts import Fact
from dondoc.core.fold import fold
from dondoc.core.moments import Moments
from dondoc.core.notice import Notice
from dondoc.core.occurrence import Birth, Occurrence
from dondoc.core.period import Period
from dondoc.core.plan import Basis, Citation, Escalation, Hours, Ladder, Obligation, Plan, PlanDocument, Step
from dondoc.core.schedule import birth_of, expand
from dondoc.core.timing import SingleDate, Timing, Within, YearlyDates
from dondoc.core.world import World

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST, LAST = date(2020, 1, 1), date(2033, 12, 31)

TET_2022 = [date(2022, 1, 31) + timedelta(days=i) for i in range(5)]  # 31/01 to 04/02/2022
OFF_2022 = {
    date(2022, 1, 3): "nghỉ bù Tết Dương lịch",
    **dict.fromkeys(TET_2022, "Tết Nguyên đán"),
    date(2022, 4, 11): "nghỉ bù Giỗ Tổ Hùng Vương",
    date(2022, 5, 2): "nghỉ bù",
    date(2022, 5, 3): "nghỉ bù",
    date(2022, 9, 1): "Quốc khánh",
    date(2022, 9, 2): "Quốc khánh",
}


def a_calendar(off: dict[date, str] | None = None, work: Sequence[date] = ()) -> WorkingCalendar:
    notes = {day: DayNote("off", reason) for day, reason in (OFF_2022 if off is None else off).items()}
    notes.update({day: DayNote("work", "làm bù") for day in work})
    return WorkingCalendar(FIRST, LAST, notes)


CALENDAR = a_calendar()


def local(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """A moment of the office's day, as a UTC instant."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def moments(calendar: WorkingCalendar = CALENDAR, hours: Hours = Hours()) -> Moments:  # noqa: B008 an immutable value
    return Moments(calendar, hours, ZONE)


def a_role(role_id: str, person: str = "", **values: Any) -> Role:
    holders = (Holding(person),) if person else ()
    return Role(role_id, role_id, values.pop("unit", "van-phong"), holders, **values)


def a_directory(*roles: Role, absences: Sequence[Absence] = (), reachable: frozenset[str] | None = None) -> Directory:
    """The office of these tests; a role given here replaces its namesake."""
    named = {role.id: role for role in (*OFFICE, *roles)}
    people = {h.person for role in named.values() for h in role.holders}
    persons = {p: Person(p, p, "chi-cuc-tdc" if "tdc" in p else "van-phong") for p in people}
    units = {
        "van-phong": Unit("van-phong", "Văn phòng", "VP", "chanh-van-phong", "van-phong"),
        "chi-cuc-tdc": Unit("chi-cuc-tdc", "Chi cục TĐC", "TĐC", "chi-cuc-truong-tdc", "dau-moi-tdc"),
        "phong-qlkh": Unit("phong-qlkh", "Phòng QLKH", "QLKH", "truong-phong-qlkh", "dau-moi-qlkh"),
    }
    return Directory(units, named, persons, tuple(absences), reachable)


OFFICE = (
    a_role("van-phong", "clerk", up="chanh-van-phong"),
    a_role("chanh-van-phong", "chief", deputy="pho-chanh-van-phong", up="giam-doc"),
    a_role("pho-chanh-van-phong", "vice-chief"),
    a_role("giam-doc", "director", leadership=True, tone="report"),
    a_role("dau-moi-tdc", "tdc-focal", unit="chi-cuc-tdc", deputy="pho-dau-moi-tdc", up="chi-cuc-truong-tdc"),
    a_role("pho-dau-moi-tdc", "tdc-second", unit="chi-cuc-tdc"),
    a_role("chi-cuc-truong-tdc", "tdc-head", unit="chi-cuc-tdc", up="giam-doc"),
    a_role("dau-moi-qlkh", "qlkh-focal", unit="phong-qlkh", up="truong-phong-qlkh"),
    a_role("truong-phong-qlkh", "qlkh-head", unit="phong-qlkh", up="giam-doc"),
    a_role("chi-uy", "party-committee", leadership=True, secretary="thu-ky-chi-uy", tone="request"),
    a_role("thu-ky-chi-uy", "party-secretary"),
)
DIRECTORY = a_directory()

HEAD = Escalation(1, "unit.head")
OFFICE_CHIEF = Escalation(3, "chanh-van-phong")
DIRECTOR = Escalation(5, "giam-doc", "approve", "cong-van-don-doc", every=5)
LADDER = Ladder("bao-cao", (7, 3, 1, 0), (HEAD, OFFICE_CHIEF, DIRECTOR))
REPORT = Timing("trước ngày 05/6 và trước ngày 10/12", YearlyDates(((6, 5), (12, 10)), True))


def a_step(step_id: str = "nop", timing: Timing = REPORT, **values: Any) -> Step:
    known: dict[str, Any] = {"by": "unit.focal", "ask": "Nộp báo cáo.", "ladder": LADDER, "basis": Basis("plan")}
    return Step(step_id, step_id, timing=timing, **{**known, **values})


def within(amount: int, unit: str, after: str, roll: str = "forward") -> Timing:
    return Timing(f"{amount} {unit} sau {after}", Within(amount, unit, after), roll)  # type: ignore[arg-type]


def confirming(of: str = "nop", amount: int = 2, **values: Any) -> Step:
    timing = within(amount, "working-day", of, "none")
    known: dict[str, Any] = {"by": "van-phong", "ladder": Ladder("xac-nhan", (0,), (Escalation(2, "chanh-van-phong"),))}
    return a_step("xac-nhan", timing, after=of, confirms=of, **{**known, **values})


def an_obligation(*steps: Step, **values: Any) -> Obligation:
    known: dict[str, Any] = {
        "id": "bao-cao",
        "title": "Báo cáo",
        "section": "III",
        "kind": "calendar",
        "citations": (Citation("III", "…"),),
        "parties": ("chi-cuc-tdc",),
    }
    steps = steps or (a_step(),)
    if any(step.timing is REPORT for step in steps):
        known["periods"] = ("6 tháng đầu năm", "năm")
    return Obligation(steps=steps, **{**known, **values})


def a_plan(*obligations: Obligation, **values: Any) -> Plan:
    known: dict[str, Any] = {
        "id": "qcdc-2022",
        "title": "Kế hoạch",
        "document": PlanDocument("01/KH", date(2022, 2, 18), "Sở"),
        "year": 2022,
        "valid_from": date(2022, 2, 18),
        "valid_to": date(2022, 12, 31),
        "calendar": "vn",
        "zone": "Asia/Ho_Chi_Minh",
        "office": "van-phong",
        "office_head": "chanh-van-phong",
        "hours": Hours(),
    }
    return Plan(obligations=obligations, **{**known, **values})


@dataclass
class Book:
    """One occurrence under watch: its birth, its facts, and everything that was said about it."""

    obligation: Obligation
    birth: Birth
    world: World
    facts: list[Fact] = field(default_factory=list)
    said: list[Notice] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)

    @property
    def now(self) -> Occurrence:
        return fold(self.obligation, self.birth, self.facts)

    def enter(self, fact: Fact) -> None:
        self.facts.append(fact._replace(seq=len(self.facts) + 1))

    def check(self, at: datetime) -> Decision:
        """Decide and apply, as a use case does."""
        decision = decide(self.obligation, self.now, self.world, at)
        for fact in facts_of(decision, self.birth.key, at, self.world.moments.day_of(at), "test"):
            self.enter(fact)
        deals = [action for action in decision.actions if isinstance(action, Deal)]
        self.said += [notice for deal in deals for notice in deal.notices]
        self.superseded += [name for deal in deals for name in deal.superseded]
        return decision

    def enter_only(self, kind: str, at: datetime, step: str = "nop", on: date | None = None, **payload: Any) -> None:
        """A person's fact, nothing decided yet."""
        corrects = payload.pop("corrects", 0)
        day = on or self.world.moments.day_of(at)
        self.enter(Fact(kind, self.birth.key, step, at, day, "clerk", "test", payload, corrects=corrects))  # type: ignore[arg-type]

    def act(self, kind: str, at: datetime, step: str = "nop", on: date | None = None, **payload: Any) -> Decision:
        """A person's fact, and the check that its use case runs in the same transaction."""
        self.enter_only(kind, at, step, on, **payload)
        return self.check(at)

    def submit(self, at: datetime, on: date | None = None, step: str = "nop", **payload: Any) -> Decision:
        awaits = any(s.confirms == step for s in self.obligation.steps)
        recorded = self.world.moments.day_of(at).isoformat()
        return self.act(
            "submitted", at, step, on, **{"awaits_confirmation": awaits, "recorded_on": recorded, **payload}
        )

    def days(self, first: date, last: date, hour: int = 8, minute: int = 0) -> list[Notice]:
        """Check once a day; what was said on these days."""
        before = len(self.said)
        for i in range((last - first).days + 1):
            self.check(local(first + timedelta(days=i), hour, minute))
        return self.said[before:]


def a_book(
    obligation: Obligation | None = None,
    *,
    place: int = 0,
    directory: Directory = DIRECTORY,
    calendar: WorkingCalendar = CALENDAR,
    plan: Plan | None = None,
    birth: Birth | None = None,
    **world: Any,
) -> Book:
    """The `place`-th occurrence of an obligation's year, under watch."""
    obligation = obligation or an_obligation()
    plan = plan or a_plan(obligation)
    born = birth or expand(plan, calendar)[place]
    return Book(obligation, born, World(plan, moments(calendar), directory, **world))


def on(day: date, **values: Any) -> Obligation:
    """An obligation whose one step is due at the latest on that day."""
    return an_obligation(a_step(timing=Timing("chậm nhất", SingleDate(day, False)), **values), kind="once")


def a_case(*steps: Step, event_on: date, at: datetime, **values: Any) -> tuple[Obligation, Birth]:
    obligation = an_obligation(*steps, kind="event", event="vu-viec", **values)
    period = Period(event_on.isoformat(), "vụ việc", event_on, event_on)
    return obligation, birth_of(
        a_plan(obligation), obligation, period, obligation.parties[0], CALENDAR, event_on=event_on, since_at=at
    )
