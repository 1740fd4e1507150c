"""A year of the shipped plan in virtual time: once without a break, then again under outages and duplicate runs."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from shutil import copyfile
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dondoc.core.delivery import Delivery
from dondoc.core.notice import Notice
from dondoc.core.occurrence import Occurrence, StepState
from dondoc.register import Register
from dondoc.use_cases.board import board
from dondoc.use_cases.check_obligation import check_obligation
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.office import SHIPPED, Office, open_office
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.outage import LAST_SWEEP
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.rehearsed_acts import answers_to, perform
from dondoc.use_cases.scene import gather
from dondoc.use_cases.sweep import sweep
from notifications.outcome import Outcome

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PLAN = "qcdc-2022"
MINUTE = timedelta(minutes=1)
SIGNED, LAST = date(2022, 2, 18), date(2023, 1, 30)
ROUTE = MailRoute("smtp://127.0.0.1:9", is_mailbox=True, burst=1_000_000)
END = datetime.max.replace(tzinfo=UTC)
DILIGENT, LATE = 0.5, 0.25  # how many answer in time, and how many some days too late; the others never do


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def shipped(folder: Path) -> Office:
    office = open_office(folder, definitions=(SHIPPED,), editions=False, mail=ROUTE)
    return office._replace(plans={PLAN: office.plans[PLAN]})


def at_file(office: Office, file: Path) -> Office:
    return office._replace(register=Register(f"sqlite:///{file}", office.agency), data=file.parent)


class Person(NamedTuple):
    """What somebody does at a moment, however the runs go."""

    at: datetime
    notice: Notice


Answers = Callable[[Sequence[Notice], datetime], Sequence[Person]]


class Schedule(NamedTuple):
    """When nothing runs, and what runs besides: sweeps, checks of one obligation, rounds of the outbox."""

    downs: tuple[tuple[datetime, datetime], ...] = ()
    extra: tuple[tuple[datetime, str], ...] = ()  # "sweep" · "deliver" · an obligation's id

    def is_down(self, at: datetime) -> bool:
        return any(since <= at < until for since, until in self.downs)

    def back(self, at: datetime) -> datetime:
        """The moment at which runs go on, `at` itself where they run."""
        return next((until for since, until in self.downs if since <= at < until), at)


NONE = Schedule()


class Life:
    """An office from one moment to another; the last sweep is at the end, run or not."""

    def __init__(self, office: Office, schedule: Schedule = NONE, answers: Answers | None = None) -> None:
        self.office, self.schedule, self.answers = office, schedule, answers
        self.told: Counter[str] = Counter()
        self.acts = list[Person]()  # what `answers` made of what was told
        self.coming = list[tuple[datetime, int, object]]()
        self.order = count()
        self.swept = END

    def live(self, since: datetime, until: datetime, acts: Sequence[Person] = ()) -> Counter[str]:
        """Messages that left, by person."""
        self.swept = since
        self._expect(acts)
        mornings = [(at, "sweep") for at in _mornings(self.office, since, until)]
        again = [*mornings, *self.schedule.extra, *((up, "sweep") for _, up in self.schedule.downs)]
        for at, what in again:
            if since < at < until and not self.schedule.is_down(at):
                heappush(self.coming, (at, next(self.order), what))
        while (at := self._next(since)) < until:
            since = at
            now = self.coming and self.coming[0][0] == at
            self._do(heappop(self.coming)[2] if now else "sweep", at)
        self._do("sweep", until)
        return self.told

    def _expect(self, acts: Sequence[Person]) -> None:
        for act in acts:
            heappush(self.coming, (act.at, next(self.order), act))

    def _next(self, now: datetime) -> datetime:
        with self.office.register.reading() as book:
            agenda = book.next_agenda_at()
        moments = [self.schedule.back(max(agenda, now))] if agenda else []
        return min([*moments, *(one[0] for one in self.coming[:1])], default=END)

    def _do(self, what: object, at: datetime) -> None:
        self._sweep_on_the_hours_before(at)
        if isinstance(what, Person):
            with suppress(Refused):
                perform(self.office, self.office.plans[PLAN], what.notice, at)
        if self.schedule.is_down(at):
            return
        if what == "sweep":
            self.swept = at
            notices = sweep(self.office, at).notices
            if self.answers:
                made = self.answers(notices, at)
                self.acts += made
                self._expect(made)
        elif isinstance(what, str) and what != "deliver":
            check_obligation(self.office, PLAN, str(what), at)
        self.told += sent(self.office, at)

    def _sweep_on_the_hours_before(self, at: datetime) -> None:
        """The hourly sweeps since the last one, which found nothing to do: all they leave is that they ran.

        Without them days in which nothing was due would look like an outage.
        """
        hour = (at - MINUTE).replace(minute=0, second=0, microsecond=0)
        for since, until in reversed(self.schedule.downs):
            if since <= hour < until:
                hour = (since - MINUTE).replace(minute=0, second=0, microsecond=0)
        if hour > self.swept:
            self.swept = hour
            with self.office.register.writing() as book:
                book.put_setting(LAST_SWEEP, hour.isoformat())


def _mornings(office: Office, since: datetime, until: datetime) -> Iterator[datetime]:
    """What comes every few minutes can only matter at the sending hour and after an act; for sweeps see Life."""
    day, last = since.astimezone(ZONE).date(), until.astimezone(ZONE).date()
    while day <= last:
        if office.calendar.is_working(day):
            yield local(day, 8)
        day += timedelta(days=1)


def sent(office: Office, at: datetime) -> Counter[str]:
    left: Counter[str] = Counter()

    def send(delivery: Delivery) -> Outcome:
        left[delivery.person] += 1
        return Outcome("sent")

    deliver(office, at, clock=lambda: at, send=send)
    return left


Found = dict[str, dict[object, object]]


def standing(office: Office, at: datetime) -> Found:
    """All that must not depend on when the runs came: occurrences with their rounds, phases and timeliness."""
    with office.register.reading() as book:
        keys = [birth.key for birth in book.births()]
        scenes = {scene.birth.key: scene for scene in gather(office, book, keys)}
    rows = {(row.key, row.step): row for row in board(office, at)}
    return {"occurrence": {key: _as_told(scene.occurrence) for key, scene in scenes.items()}, "board": rows}


def _as_told(occurrence: Occurrence) -> Occurrence:
    """Of a step that somebody answered the cursor says only how far it had been urged until then.

    People may answer while no run comes; rungs that nobody has dealt with by the answer stay so.
    """
    return occurrence._replace(steps=tuple(map(_step_as_told, occurrence.steps)))


def _step_as_told(state: StepState) -> StepState:
    speaking = len(state.rounds) if state.status == "open" else 0
    rounds = (r if r.n == speaking else r._replace(cursor=0, approvals=()) for r in state.rounds)
    submissions = (one._replace(seq=0) for one in state.submissions)
    told_to = state.told_to if speaking else ""
    return state._replace(rounds=tuple(rounds), submissions=tuple(submissions), told_to=told_to)


class Mark(NamedTuple):
    """The uninterrupted register at a moment at which everything due has been done."""

    at: datetime
    file: Path
    told: Counter[str]  # messages by person since the mark before


class Year(NamedTuple):
    office: Office
    marks: tuple[Mark, ...]  # one a week
    acts: tuple[Person, ...]
    known: dict[datetime, Found]  # how it stands at the marks looked at so far

    def standing_at(self, mark: Mark) -> Found:
        if mark.at not in self.known:
            office = at_file(self.office, mark.file)
            self.known[mark.at] = standing(office, mark.at)
            office.register.close()
        return self.known[mark.at]


def play_year(folder: Path, seed: int) -> Year:
    """The year without a break, a mark on each week's first working day at 10:00."""
    office = at_file(shipped(folder), folder / "year.db")
    office.register.migrate()
    since = local(SIGNED, 7, 30)
    open_plan(office, PLAN, since, SIGNED)
    life, marks = Life(office, answers=people(office, seed)), list[Mark]()
    for until in _weeks(office):
        life.told = Counter()
        marks.append(Mark(until, folder / f"{until:%y%m%d}.db", life.live(since, until)))
        office.register.close()  # the last to close writes the journal back into the file
        copyfile(folder / "year.db", marks[-1].file)
        since = until
    return Year(office, tuple(marks), tuple(sorted(life.acts, key=lambda act: act.at)), {})


def _weeks(office: Office) -> Iterator[datetime]:
    day = SIGNED
    while day <= LAST:
        yield local(office.calendar.at_or_after(day), 10)
        day += timedelta(days=7 - day.weekday())


def people(office: Office, seed: int) -> Answers:
    """Some answer in time, some days too late, some never; decided by chance, once for each message."""
    chance = random.Random(seed)

    def answers(notices: Sequence[Notice], at: datetime) -> list[Person]:
        made = []
        for due, notice in answers_to(office, notices, at):
            drawn = chance.random()
            late = timedelta(days=chance.randrange(1, 9)) if drawn > DILIGENT else timedelta(0)
            if drawn < DILIGENT + LATE:
                made.append(Person(due + late + timedelta(minutes=7), notice))  # never at a mark
        return made

    return answers


def replay(year: Year, folder: Path, first: int, last: int, schedule: Schedule) -> list[str]:
    """Between two marks under a schedule; what came out otherwise than without a break, in words."""
    start, end = year.marks[first], year.marks[last]
    copyfile(start.file, folder / "replay.db")
    office = at_file(year.office, folder / "replay.db")
    acts = [act for act in year.acts if start.at < act.at < end.at]
    told = Life(office, schedule).live(start.at, end.at, acts)
    without = sum((mark.told for mark in year.marks[first + 1 : last + 1]), Counter())
    found = differences(standing(office, end.at), year.standing_at(end))
    office.register.close()
    more = [f"{person}: {n} messages instead of {without[person]}" for person, n in told.items() if n > without[person]]
    return found + more


def differences(got: Found, wanted: Found) -> list[str]:
    return [
        f"{what} of {key}:\n  {got[what].get(key)}\n  instead of\n  {wanted[what].get(key)}"
        for what in wanted
        for key in {*got[what], *wanted[what]}
        if got[what].get(key) != wanted[what].get(key)
    ]


def drawn_schedule(chance: random.Random, since: datetime, until: datetime, obligations: Sequence[str]) -> Schedule:
    """One to four outages of minutes to weeks, some with the clock's round hours; runs twice, early, late, besides."""
    span = (until - since).total_seconds()
    downs = list[tuple[datetime, datetime]]()
    for _ in range(chance.randint(1, 4)):
        length = timedelta(
            minutes=chance.choice((20, 90, 300, 900, 1500, 4000, 9000, 25_000)) * chance.uniform(0.5, 1.5)
        )
        start = _moment(chance, since, span)
        downs.append((start, min(start + length, until)))
    extra = [
        (_moment(chance, since, span), chance.choice(("sweep", "deliver", *chance.sample(obligations, 3))))
        for _ in range(chance.randint(0, 12))
    ]
    again = [one for one in extra if chance.random() < 0.5]
    return Schedule(_joined(downs), tuple(sorted([*extra, *again, *((up, "sweep") for _, up in downs)])))


def _moment(chance: random.Random, since: datetime, span: float) -> datetime:
    """Half of them on the sending hour, where everything happens at once."""
    at = (since + timedelta(seconds=chance.uniform(0, span))).replace(microsecond=0)
    return local(at.astimezone(ZONE).date(), 8) if chance.random() < 0.5 else at


def _joined(downs: Sequence[tuple[datetime, datetime]]) -> tuple[tuple[datetime, datetime], ...]:
    joined = list[tuple[datetime, datetime]]()
    for since, until in sorted(downs):
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((since, until))
    return tuple(joined)
