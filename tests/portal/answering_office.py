"""An office with a portal: its letters kept, its clock turned by the test, its pages asked for as a browser does."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from shutil import copyfile
from zoneinfo import ZoneInfo

from httpx import Response
from starlette.testclient import TestClient

from dondoc.core.delivery import Delivery
from dondoc.core.occurrence import StepState
from dondoc.portal.app import make_app
from dondoc.portal.door import Door
from dondoc.portal.visit import COOKIE
from dondoc.register import Register
from dondoc.register.sealed import KEY_FILE, Sealer
from dondoc.use_cases.credentials import issue
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.links import DeadLink, open_link
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import gather_one
from dondoc.use_cases.sweep import sweep
from notifications.outcome import Outcome

PLAN, WATCHED = "qcdc-2022", date(2022, 6, 1)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PORTAL = "http://portal.test"
REPORT = f"{PLAN}/bao-cao-dinh-ky/2022-H1/chi-cuc-tdc"
DOER, HEAD = "cb-dau-moi-tdc", "cct-tdc"
LINK = re.compile(r"http://portal\.test(/viec/\S+?)(?=[\s\"<]|$)")


def june(day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime.combine(date(2022, 6, day), time(hour, minute), ZONE).astimezone(UTC)


@dataclass
class Portal:
    office: Office
    at: datetime
    letters: list[Delivery] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.door = Door(lambda: self.office, lambda: self.at, send=self._take)
        self.app = make_app(self.door)
        self.browser = self.another_browser()

    def another_browser(self) -> TestClient:
        return TestClient(self.app, base_url=PORTAL, follow_redirects=False)

    def change(self, office: Office) -> None:
        """From the next request on it is this office."""
        self.office = office
        self.door.renew()

    def run(self, at: datetime) -> None:
        """What the office's runs do at one moment."""
        self.at = at
        sweep(self.office, at)
        deliver(self.office, at, clock=lambda: at, send=self._take)

    def _take(self, delivery: Delivery) -> Outcome:
        self.letters.append(delivery)
        return Outcome("sent")

    def link(self, person: str = DOER, about: str = REPORT) -> str:
        """The newest link about an occurrence that a person was sent."""
        links = [found for x in reversed(self.letters) if x.person == person for found in LINK.findall(x.text)]
        return next(link for link in links if self._leads_to(link) == about)

    def _leads_to(self, link: str) -> str:
        try:
            return open_link(self.office, link.rpartition("/")[2], self.at).notice.occurrence
        except DeadLink:
            return ""

    def sign_in(self, person: str) -> None:
        """A session as signing in makes one."""
        self.browser.cookies.set(COOKIE, issue(self.office, "session", person, self.at), domain="portal.test")

    def csrf(self, path: str = "/phien") -> str:
        """The word that a page of this session puts into its forms."""
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get(path).text)
        assert found
        return found[1]

    def get(self, path: str, **more: str) -> Response:
        return self.browser.get(path, params=more or None)

    def form(self, path: str) -> dict[str, str]:
        """The hidden field that a real form carries."""
        found = re.search(r'name="request_key" value="([0-9a-f]+)"', self.get(path).text)
        assert found
        return {"request_key": found[1]}

    def step(self, key: str = REPORT, step: str = "nop") -> StepState:
        with self.office.register.reading() as book:
            return gather_one(self.office, book, key).occurrence.step(step)


def another_portal(morning: Portal, data: Path) -> Portal:
    """A copy in a folder of its own; close its register."""
    made = portal_like(morning.office, data, morning.office.data)
    made.letters.extend(morning.letters)
    return made


def portal_like(office: Office, data: Path, like: Path) -> Portal:
    """One with a register and a key of its own, both as they are in another folder."""
    for name in ("dondoc.db", KEY_FILE):
        if (like / name).exists():
            copyfile(like / name, data / name)
    register = Register(f"sqlite:///{data / 'dondoc.db'}", office.agency)
    return Portal(office._replace(register=register, data=data, sealer=Sealer(data)), june(3))
