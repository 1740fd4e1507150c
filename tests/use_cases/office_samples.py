"""The shipped plan of 2022 under watch, and shorthands for days, keys and acts in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dondoc.core.directory import Absence, Directory, Holding, Role
from dondoc.core.facts import Fact
from dondoc.core.notice import Notice
from dondoc.core.occurrence import Occurrence
from dondoc.register import Register
from dondoc.use_cases.act import Act, Document
from dondoc.use_cases.board import BoardRow, board
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import gather_one
from dondoc.use_cases.submit import Evidence
from dondoc.use_cases.sweep import SweepReport, sweep

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PLAN = "qcdc-2022"
SIGNED = date(2022, 2, 18)  # a Friday, the day on which the plan was signed
PAPER = Document("15/QĐ-KHCN", SIGNED)


def day(text: str) -> date:
    """ "03/6" is 3 June 2022."""
    number, month = text.split("/")
    return date(2022, int(month), int(number))


def moment(text: str, hour: int = 8, minute: int = 0) -> datetime:
    """An hour of a local day of 2022 as a UTC instant."""
    return datetime.combine(day(text), time(hour, minute), ZONE).astimezone(UTC)


def key(obligation: str, period: str, party: str) -> str:
    return f"{PLAN}/{obligation}/{period}/{party}"


TDC = key("bao-cao-dinh-ky", "2022-H1", "chi-cuc-tdc")
CENTRE = key("bao-cao-dinh-ky", "2022-H1", "trung-tam-khcn")
UPWARD = key("bao-cao-bcd-tinh", "2022-H1", "van-phong")
CONFERENCE = key("hoi-nghi-cc-vc-nld", "2022", "lanh-dao-so")
RULES = key("ra-soat-noi-quy-quy-che", "2022", "van-phong")
RECEPTION = key("tiep-cong-dan-dinh-ky", "2022-06", "thanh-tra")


def acting(on: str, actor: str = "cv-theo-doi-qcdc", request_key: str = "") -> Act:
    return Act(actor, "cli", day(on), request_key)


def report(on: str, **more: Any) -> Evidence:
    """A report signed that day, its file with the unit's registry."""
    return Evidence(number="12/BC-TĐC", signed_on=day(on), kept_at="Văn thư đơn vị", **more)


@dataclass
class Desk:
    """An office at work: its use cases with a clock that the test turns."""

    office: Office

    def sweep(self, on: str, hour: int = 8, minute: int = 0) -> SweepReport:
        return sweep(self.office, moment(on, hour, minute))

    def sweep_days(self, first: str, last: str, hour: int = 8) -> list[Notice]:
        """One sweep each day, both included; what was told."""
        days = (day(last) - day(first)).days
        told: list[Notice] = []
        for n in range(days + 1):
            on = day(first) + timedelta(days=n)
            told += sweep(self.office, moment(f"{on:%d/%m}", hour)).notices
        return told

    def state(self, occurrence: str) -> Occurrence:
        with self.office.register.reading() as book:
            return gather_one(self.office, book, occurrence).occurrence

    def facts(self, occurrence: str) -> list[Fact]:
        with self.office.register.reading() as book:
            return book.facts([occurrence])[occurrence]

    def told(self, occurrence: str, kind: str = "") -> list[Notice]:
        """Everything said about an occurrence, in the order of its moments."""
        with self.office.register.reading() as book:
            records = book.notices(occurrences=[occurrence])
        return [r.notice for r in records if kind in ("", r.notice.kind)]

    def row(self, occurrence: str, on: str, hour: int = 12, **asked: Any) -> BoardRow:
        """The board's line of one occurrence."""
        return next(r for r in self.board(on, hour, **asked) if r.key == occurrence)

    def board(self, on: str, hour: int = 12, **asked: Any) -> list[BoardRow]:
        return board(self.office, moment(on, hour), **asked)

    def next_look(self, occurrence: str) -> datetime | None:
        with self.office.register.reading() as book:
            return book.agenda().get(occurrence)

    def setting(self, name: str) -> str | None:
        with self.office.register.reading() as book:
            return book.setting(name)

    def at(self, url: str) -> "Desk":
        """The same office at another register."""
        return Desk(self.office._replace(register=Register(url, self.office.agency)))


def vacated(office: Office, role: str) -> Office:
    """The office with nobody, and no deputy, in a role."""
    return _with_roles(office, {role: office.directory.roles[role]._replace(holders=(), deputy="")})


def held_by(office: Office, role: str, *persons: tuple[str, date | None, date | None]) -> Office:
    holders = tuple(Holding(*held) for held in persons)
    return _with_roles(office, {role: office.directory.roles[role]._replace(holders=holders)})


def _with_roles(office: Office, roles: dict[str, Role]) -> Office:
    return directed(office, roles={**office.directory.roles, **roles})


def directed(office: Office, **changes: Any) -> Office:
    directory: Directory = office.directory._replace(**changes)
    return office._replace(directory=directory)


def absent(office: Office, *absences: Absence) -> Office:
    return directed(office, absences=absences)


def without_address(office: Office, person: str) -> Office:
    assert office.directory.reachable is not None
    return directed(office, reachable=office.directory.reachable - {person})


def shapes(notices: Sequence[Notice]) -> list[tuple[str, str]]:
    """(kind, role addressed) of each."""
    return [(n.kind, n.role) for n in notices]


def local_days(notices: Sequence[Notice]) -> list[date]:
    return [n.moment_at.astimezone(ZONE).date() for n in notices]
