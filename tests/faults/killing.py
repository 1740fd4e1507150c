"""A process that loads everything once and forks a life of the office for each line it reads; each may be killed.

A line of JSON in: {register, at, policy, mail, zalo, kill_at, kill_after, copies}, so many lives at once. A life kills
itself with SIGKILL at its kill_at-th event (0: never), or is killed kill_after seconds after its beginning. An event is
the moment before or after a commit, a connection, a command or request, or its answer.
A line of JSON out: {events, stage, killed}: how many events it lived through, and the last one's name.
"""

import json
import mmap
import os
import select
import signal
import smtplib
import struct
import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg  # noqa: F401  # loaded once, before the forks
from office_year import SIGNED, at_file, shipped
from policies import POLICIES
from urllib3.connection import HTTPConnection

from dondoc.core.secret_url import SecretUrl
from dondoc.register import Register
from dondoc.register.connection import PostgresSession, SqliteSession
from dondoc.register.outbox import Outbox
from dondoc.use_cases.office import Office
from notifications.email_channel import register

SHARED = mmap.mmap(-1, 256)


class Events:
    """Counted in memory that outlives the one who counts."""

    def __init__(self, kill_at: int) -> None:
        self.kill_at, self.n, self.doing = kill_at, 0, "checks"
        self.note("start")

    def note(self, stage: str) -> None:
        SHARED.seek(0)
        SHARED.write(struct.pack("I", self.n) + stage.encode()[:200].ljust(200, b"\0"))

    def __call__(self, stage: str) -> None:
        self.n += 1
        self.note(stage)
        if self.n == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str, words: Callable[..., str]) -> None:
        real = getattr(owner, name)

        def watched(this: Any, *args: Any, **options: Any) -> Any:
            stage = words(this, *args)
            self(f"before {stage}")
            result = real(this, *args, **options)
            self(f"after {stage}")
            return result

        setattr(owner, name, watched)

    def follow(self, owner: Any, name: str, doing: str) -> None:
        """Which use the commit that follows belongs to."""
        real = getattr(owner, name)

        def followed(this: Any, *args: Any, **options: Any) -> Any:
            self.doing = doing
            return real(this, *args, **options)

        setattr(owner, name, followed)


def watch(events: Events) -> None:
    for session in (SqliteSession, PostgresSession):
        events.around(session, "commit", lambda _: f"commit of {events.doing}")
    for name in ("put_delivery", "claim", "settle", "withdraw", "add_notices"):
        events.follow(Outbox if hasattr(Outbox, name) else _book(), name, name.replace("_", " "))
    events.around(smtplib.SMTP, "connect", lambda *_: "connection")
    events.around(smtplib.SMTP, "send", lambda _, data: f"{_verb(data)} on the wire")
    events.around(smtplib.SMTP, "getreply", lambda _: "answer")
    events.around(HTTPConnection, "request", lambda *_: "request on the wire")
    events.around(HTTPConnection, "getresponse", lambda _: "answer")


def _book() -> type:
    from dondoc.register.book import Book

    return Book


def _verb(data: bytes | str) -> str:
    head = data.encode() if isinstance(data, str) else bytes(data[-5:] if data[-5:] == b"\r\n.\r\n" else data[:4])
    return "text and final dot" if head == b"\r\n.\r\n" else head[:4].decode("ascii", "replace").strip()


def live(office: Office, order: dict[str, Any]) -> None:
    watch(Events(order["kill_at"]))
    office = office._replace(
        register=Register(order["register"], office.agency), mail=office.mail._replace(url=order["mail"])
    )
    if order["zalo"]:
        office = by_zalo(office, order["zalo"])
    POLICIES[order["policy"]](office, datetime.fromisoformat(order["at"]))
    office.register.close()


def by_zalo(office: Office, url: str) -> Office:
    """Everybody prefers Zalo; their chat has the name of their address, so that both are one reader."""
    contacts = {
        person: known._replace(others={"zalo-bot": known.email}, prefer=("zalo-bot",), zalo_opt_in=SIGNED)
        for person, known in office.contacts.items()
    }
    return office._replace(contacts=contacts, mail=office.mail._replace(channels={"zalo-bot": SecretUrl(url)}))


def born(office: Office, order: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        live(office, order)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def ended(child: int, kill_after: float) -> int:
    """How it ended, as waitpid says; killed when its time is over."""
    handle = os.pidfd_open(child)
    if kill_after and not select.select([handle], [], [], kill_after)[0]:
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    os.close(handle)
    return os.waitstatus_to_exitcode(status)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = at_file(shipped(Path(folder)), Path(folder) / "nobody.db")
        register()
        print("ready", flush=True)
        for line in sys.stdin:
            order = json.loads(line)
            children = [born(office, order) for _ in range(order["copies"])]
            codes = [ended(child, order["kill_after"]) for child in children]
            if not {*codes} <= {0, -signal.SIGKILL}:
                sys.exit(f"lives ended with {codes}")
            events = struct.unpack("I", SHARED[:4])[0]
            stage = bytes(SHARED[4:204]).rstrip(b"\0").decode("utf-8", "replace")
            print(json.dumps({"events": events, "stage": stage, "killed": any(codes)}), flush=True)


if __name__ == "__main__":
    main()
