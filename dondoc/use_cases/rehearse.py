"""A plan's year played through the same use cases, against a throw-away register, in virtual time."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from definitions.scenario import ScenarioAct
from dondoc.core.notice import Notice
from dondoc.core.plan import Plan
from dondoc.register.register import Register
from dondoc.use_cases.names import party_name, role_title
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.rehearsed_acts import answers_to, perform
from dondoc.use_cases.sweep import sweep

AFTERMATH = timedelta(days=31)  # how long after the plan's end its open ends are followed


class Event(NamedTuple):
    """One thing that happens. `kind` is a notice's kind, or request · closed · refused; `at` is aware UTC."""

    at: datetime
    kind: str
    obligation: str
    period: str
    responsible: str
    rung: str
    recipient_role: str
    channel: str
    subject: str
    occurrence: str = ""
    person: str = ""
    pace: str = ""
    text: str = ""

    def as_json(self) -> dict[str, Any]:
        return {k: v for k, v in self._asdict().items() if v or k in _ALWAYS} | {"at": self.at.isoformat()}


_ALWAYS = frozenset(Event._fields[:9])


def rehearse(
    office: Office, plan_id: str, scenario: str | Sequence[ScenarioAct] = "none", *, texts: bool = False
) -> Iterator[Event]:
    """Events in order. scenario: "none" (nobody answers), "in-time" (everybody does), or acts of a scenario file.

    With `texts` each message event carries its text. Refused for an unknown plan.
    """
    plan = office.plan(plan_id)
    with TemporaryDirectory(prefix="dondoc-dien-tap-") as folder:
        stage = office._replace(
            register=Register(f"sqlite:///{Path(folder) / 'rehearsal.db'}", office.agency), plans={plan.id: plan}
        )
        stage.register.migrate()
        yield from _Rehearsal(stage, plan, scenario, texts).events()
        stage.register.close()


def _rung(key: str) -> str:
    """The rung's own name out of a notice's key; a day's chase of a gap has none."""
    _, _, step = key.rsplit("@", 1)[0].partition("#")
    return step.split(".", 2)[2] if step else ""


class _Rehearsal:
    """The virtual clock and the acts still to come, earliest first."""

    def __init__(self, office: Office, plan: Plan, scenario: str | Sequence[ScenarioAct], texts: bool) -> None:
        self.office, self.plan, self.texts = office, plan, texts
        self.moments = office.moments(plan)
        self.in_time = scenario == "in-time"
        self.order = count()
        self.closed: set[str] = set()
        self.acts: list[tuple[datetime, int, ScenarioAct | Notice]] = []
        for act in () if isinstance(scenario, str) else scenario:
            self._expect(datetime.combine(act.on, act.hour, self.moments.zone).astimezone(UTC), act)

    def _expect(self, at: datetime, act: ScenarioAct | Notice) -> None:
        heappush(self.acts, (at, next(self.order), act))

    def events(self) -> Iterator[Event]:
        at = self.moments.sending(self.plan.valid_from)
        end = self.moments.start_of(self.plan.valid_to) + AFTERMATH
        open_plan(self.office, self.plan.id, at, self.plan.valid_from, via="rehearsal")
        while at is not None and at <= end:
            yield from self._answer(at)
            yield from self._sweep(at)
            at = self._next(at)  # type: ignore[assignment]

    def _next(self, at: datetime) -> datetime | None:
        with self.office.register.reading() as book:
            agenda = book.next_agenda_at()
        coming = [moment for moment in (agenda, self.acts[0][0] if self.acts else None) if moment]
        return max(min(coming), at) if coming else None

    def _sweep(self, at: datetime) -> Iterator[Event]:
        yield from self._tell(sweep(self.office, at, via="rehearsal").notices, at)

    def _tell(self, notices: Sequence[Notice], at: datetime) -> Iterator[Event]:
        from dondoc.use_cases.message_of import rendered_notices

        if self.in_time:
            for moment, notice in answers_to(self.office, notices, at):
                self._expect(moment, notice)
        for notice, rendered in rendered_notices(self.office, notices, at, texts=self.texts):
            yield self._event(at, notice, rendered.subject, rendered.text)

    def _answer(self, at: datetime) -> Iterator[Event]:
        while self.acts and self.acts[0][0] <= at:
            _, _, act = heappop(self.acts)
            try:
                done = perform(self.office, self.plan, act, at)
            except Refused as refused:
                yield self._line(
                    at, "refused", str(refused), getattr(act, "occurrence", getattr(act, "obligation", ""))
                )
            else:
                for key in done.closed:
                    if key not in self.closed:
                        yield self._line(at, "closed", "", key)
                self.closed.update(done.closed)
                yield from self._tell(done.told, at)

    def _line(self, at: datetime, kind: str, subject: str, key: str) -> Event:
        parts = [*key.split("/"), "", "", ""]
        return Event(
            at, kind, parts[1] or parts[0], parts[2], self._party(parts[3]), "", "", "", subject, occurrence=key
        )

    def _party(self, party: str) -> str:
        return party_name(self.office.directory, party) if party else ""

    def _event(self, at: datetime, notice: Notice, subject: str, text: str) -> Event:
        _, obligation, period, party = notice.occurrence.split("/", 3)
        return Event(
            at=at,
            kind="request" if notice.tone == "request" and notice.kind == "escalation" else notice.kind,
            obligation=obligation,
            period=period,
            responsible=self._party(party),
            rung=_rung(notice.key),
            recipient_role=role_title(self.office.directory, notice.role),
            channel="email",
            subject=subject,
            occurrence=notice.occurrence,
            person=notice.recipient,
            pace=notice.pace,
            text=text,
        )
