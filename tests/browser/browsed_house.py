"""A whole office for a real browser: its book, letters over real SMTP in the embedded mailbox, its portal over HTTP."""

import os
import re
import socket
import subprocess
import sys
import threading
import time as clock
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import uvicorn

from dondoc.core.occurrence import StepState
from dondoc.portal.app import make_app
from dondoc.portal.cookie import COOKIE
from dondoc.portal.door import Door
from dondoc.register import Register
from dondoc.register.sealed import Sealer
from dondoc.settings import Settings, as_environment
from dondoc.use_cases.credentials import issue
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.links import DeadLink, open_link
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.office import SHIPPED, Office, open_office
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.scene import gather_one
from dondoc.use_cases.sign_in import send_sign_in
from dondoc.use_cases.sweep import sweep
from notifications.mailbox import Mailbox, list_messages, read_message

PLAN, WATCHED = "qcdc-2022", date(2022, 5, 20)
REPORT = f"{PLAN}/bao-cao-dinh-ky/2022-H1/chi-cuc-tdc"
DOER, HEAD, CLERK = "cb-dau-moi-tdc", "cct-tdc", "cv-theo-doi-qcdc"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PATIENCE = 30.0  # seconds for a portal to answer at all
IN = re.compile(r"http://127\.0\.0\.1:\d+/vao/\S+")
LINK = re.compile(r"http://127\.0\.0\.1:\d+/viec/[^\s\"<]+")


def june(day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime.combine(date(2022, 6, day), time(hour, minute), ZONE).astimezone(UTC)


class Letter(NamedTuple):
    number: int
    recipient: str
    subject: str
    text: str
    html: str


@dataclass
class House:
    """`at` is the office's clock, turned by the test; the portal in a thread reads the same."""

    office: Office
    mailbox: Mailbox
    url: str
    at: datetime

    def run(self, at: datetime) -> list[Letter]:
        """What the office's runs do at one moment; the letters that came of it."""
        self.at, before = at, len(list_messages(self.mailbox.folder))
        sweep(self.office, at)
        deliver(self.office, at, clock=lambda: at)
        return self.letters()[before:]

    def letters(self, person: str = "") -> list[Letter]:
        """What lies in the mailbox, oldest first; of one person or of all."""
        found = [read_message(self.mailbox.folder, kept.number) for kept in list_messages(self.mailbox.folder)]
        address = self.office.contacts[person].email if person else ""
        return [
            Letter(one.number, one.recipient, one.subject, one.text, one.html)
            for one in found
            if one and address in ("", one.recipient)
        ]

    def link(self, person: str = DOER, about: str = REPORT) -> str:
        """The newest link about an occurrence in a person's letters."""
        links = (link for letter in reversed(self.letters(person)) for link in LINK.findall(letter.text))
        return next(link for link in links if self._leads_to(link) == about)

    def _leads_to(self, link: str) -> str:
        try:
            return open_link(self.office, link.rpartition("/")[2], self.at).notice.occurrence
        except DeadLink:
            return ""

    def sign_in_link(self, person: str) -> str:
        """What a person who asks to sign in is sent."""
        send_sign_in(self.office, person, "/", lambda: self.at)
        return IN.findall(self.letters(person)[-1].text)[0]

    def session(self, person: str) -> dict[str, str]:
        """The cookie that signing in sets, as Playwright takes it."""
        return {"name": COOKIE, "value": issue(self.office, "session", person, self.at), "url": self.url}

    def step(self, key: str = REPORT, step: str = "nop") -> StepState:
        with self.office.register.reading() as book:
            return gather_one(self.office, book, key).occurrence.step(step)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def begun(folder: Path, port: int) -> Office:
    """On watch from 20/5/2022 on, and run on the morning of the report's due day, 03/6/2022."""
    route = MailRoute(is_mailbox=True, portal_url=f"http://127.0.0.1:{port}")
    office = open_office(folder, definitions=(SHIPPED,), editions=False, mail=route)
    office = office._replace(plans={PLAN: office.plans[PLAN]})
    office.register.migrate()
    open_plan(office, PLAN, datetime(2022, 5, 20, 1, tzinfo=UTC), WATCHED)
    with Mailbox(folder / "mailbox", port=0) as mailbox:
        House(posting(office, mailbox), mailbox, "", june(3)).run(june(3))
    office.register.close()
    return office


def posting(office: Office, mailbox: Mailbox) -> Office:
    return office._replace(mail=office.mail._replace(url=mailbox.url))


@contextmanager
def opened(begun: Office, data: Path) -> Iterator[House]:
    """The same office over a copy of its data, with its own mailbox and nothing listening yet."""
    register = Register(f"sqlite:///{data / 'dondoc.db'}", begun.agency)
    with Mailbox(data / "mailbox", port=0) as mailbox:
        office = posting(begun._replace(register=register, data=data, sealer=Sealer(data)), mailbox)
        yield House(office, mailbox, begun.mail.portal_url, june(3))
    register.close()


@contextmanager
def served(house: House) -> Iterator[None]:
    """The portal over HTTP in a thread: its clock is the house's."""
    app = make_app(Door(lambda: house.office, lambda: house.at))
    port = int(house.url.rpartition(":")[2])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        _answers(house.url)
        yield
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def served_alone(house: House) -> Iterator[None]:
    """The portal as `dondoc up` starts it: a process of its own, its clock moved to the house's."""
    shift = (house.at - datetime.now(UTC)).total_seconds()
    settings = Settings(house.office.data, definitions=(SHIPPED,), clock_shift=shift)
    more = {"DONDOC_PORTAL_PORT": house.url.rpartition(":")[2], "DONDOC_PORTAL_URL": house.url, "DONDOC_MAILBOX": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "dondoc.portal"],
        env={**os.environ, **as_environment(settings), **more, "DONDOC_SMTP_URL": house.mailbox.url},
    )
    try:
        _answers(house.url)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _answers(url: str) -> None:
    until = clock.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"{url}/tinh/portal.css", timeout=PATIENCE):
                return
        except OSError:
            if clock.monotonic() > until:
                raise
            clock.sleep(0.02)
