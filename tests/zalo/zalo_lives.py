"""A process that loads everything once and forks a run of the office for each line it reads; each may be killed.

A line of JSON in: {register, data, url, addresses, mails, at, policy, kill_at, kill_after}; out: {killed, events}. Zalo
first, then e-mail; who gets a mail is appended to the file `mails` as the delivery's id. An event is the moment before
or after a commit, a request on the wire or its answer, tokens included.
"""

import json
import mmap
import os
import select
import signal
import struct
import sys
import tempfile
import traceback
from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg  # noqa: F401  # loaded once, before the forks
from urllib3.connection import HTTPConnection
from zalo_policies import POLICIES

import dondoc.use_cases.deliver as delivering
from definitions.zalo_templates import load_zalo_templates
from dondoc.core.delivery import Delivery
from dondoc.core.secret_url import SecretUrl
from dondoc.register import Register
from dondoc.register.connection import PostgresSession, SqliteSession
from dondoc.register.sealed import Sealer
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.office import SHIPPED, Office, open_office
from notifications.outcome import Outcome

SHARED = mmap.mmap(-1, 256)
PLAN = "qcdc-2022"
# The links name their message, by which a text without a tracking_id is known again.
ROUTE = MailRoute("smtp://127.0.0.1:9", is_mailbox=True, burst=1_000_000, portal_url="https://don-doc.so-khcn.example")


def office_of(folder: Path) -> Office:
    """The shipped plan; its register is nobody's yet."""
    office = open_office(folder, definitions=(SHIPPED,), editions=False, mail=ROUTE)
    (folder / "zalo-templates.yaml").write_bytes((SHIPPED / "zalo-templates.example.yaml").read_bytes())
    return office._replace(plans={PLAN: office.plans[PLAN]}, zalo_templates=load_zalo_templates(folder))


def placed(office: Office, order: dict[str, Any]) -> Office:
    """That office at a register, everybody on Zalo who has an address there."""
    contacts = {
        person: contact._replace(
            zalo=order["addresses"].get(person, ""), prefer=("zalo",), zalo_opt_in=date(2022, 1, 1)
        )
        for person, contact in office.contacts.items()
    }
    data = Path(order["data"])
    return office._replace(
        register=Register(order["register"], office.agency),
        contacts=contacts,
        data=data,
        sealer=Sealer(data),
        mail=office.mail._replace(channels={"zalo": SecretUrl(order["url"])}),
    )


def watch(kill_at: int) -> None:
    """Count events in memory that outlives the one who counts, and die at the one that was asked for."""
    counted = [0]
    SHARED[:4] = struct.pack("I", 0)

    def event() -> None:
        counted[0] += 1
        SHARED[:4] = struct.pack("I", counted[0])
        if counted[0] == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(owner: Any, name: str) -> None:
        real = getattr(owner, name)

        def watched(*args: Any, **options: Any) -> Any:
            event()
            result = real(*args, **options)
            event()
            return result

        setattr(owner, name, watched)

    around(SqliteSession, "commit")
    around(PostgresSession, "commit")
    around(HTTPConnection, "request")
    around(HTTPConnection, "getresponse")


def live(office: Office, order: dict[str, Any]) -> None:
    def mail(delivery: Delivery, *_rest: Any) -> Outcome:
        with open(order["mails"], "a", encoding="ascii") as got:
            got.write(delivery.id + "\n")
        return Outcome("sent")

    delivering.send_by_channel = mail  # type: ignore[assignment]
    watch(order["kill_at"])
    office = placed(office, order)
    POLICIES[order["policy"]](office, datetime.fromisoformat(order["at"]))
    office.register.close()


def ended(child: int, kill_after: float) -> int:
    handle = os.pidfd_open(child)
    if kill_after and not select.select([handle], [], [], kill_after)[0]:
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    os.close(handle)
    return os.waitstatus_to_exitcode(status)


def born(office: Office, order: dict[str, Any]) -> int:
    child = os.fork()
    if not child:
        try:
            live(office, order)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return child


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = office_of(Path(folder))
        print("ready", flush=True)
        for line in sys.stdin:
            order = json.loads(line)
            code = ended(born(office, order), order["kill_after"])
            if code not in (0, -signal.SIGKILL):
                sys.exit(f"a life ended with {code}")
            print(json.dumps({"killed": code != 0, "events": struct.unpack("I", SHARED[:4])[0]}), flush=True)


if __name__ == "__main__":
    main()
