"""A process that loads everything once and forks a run of the office for each line it reads; each may be killed.

A line of JSON in: {register, data, api, oa, phones, mails, at, kill_at, kill_after}; out: {killed, stage}. Zalo first,
then e-mail; who gets a mail is appended to the file `mails` as the delivery's id.
"""

import json
import mmap
import os
import select
import signal
import sys
import tempfile
import traceback
from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg  # noqa: F401  # loaded once, before the forks

import dondoc.use_cases.deliver as delivering
import notifications.zalo.zbs as zbs
from definitions.zalo_templates import load_zalo_templates
from dondoc.core.delivery import Delivery
from dondoc.core.secret_url import SecretUrl
from dondoc.register import Register
from dondoc.register.connection import PostgresSession, SqliteSession
from dondoc.register.sealed import Sealer
from dondoc.use_cases import zalo_send  # noqa: F401
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.office import SHIPPED, Office, open_office
from dondoc.use_cases.sweep import sweep
from notifications.outcome import Outcome

SHARED = mmap.mmap(-1, 256)
PLAN = "qcdc-2022"
ROUTE = MailRoute("smtp://127.0.0.1:9", is_mailbox=True, burst=1_000_000)


def office_of(folder: Path) -> Office:
    """The shipped plan; its register is nobody's yet."""
    office = open_office(folder, definitions=(SHIPPED,), editions=False, mail=ROUTE)
    (folder / "zalo-templates.yaml").write_bytes((SHIPPED / "zalo-templates.example.yaml").read_bytes())
    return office._replace(plans={PLAN: office.plans[PLAN]}, zalo_templates=load_zalo_templates(folder))


def placed(office: Office, order: dict[str, Any]) -> Office:
    """That office at a register, everybody on Zalo who has a phone there."""
    url = SecretUrl(f"zalozbs://{order['oa']}/?api={order['api']}")
    contacts = {
        person: contact._replace(zalo=order["phones"].get(person, ""), prefer=("zalo",), zalo_opt_in=date(2022, 1, 1))
        for person, contact in office.contacts.items()
    }
    data = Path(order["data"])
    return office._replace(
        register=Register(order["register"], office.agency),
        contacts=contacts,
        data=data,
        sealer=Sealer(data),
        mail=office.mail._replace(channels={"zalo": url}),
    )


def watch(kill_at: int) -> None:
    """Count commits and hand-overs, before and after each, and die at the one that was asked for."""
    counted = [0]

    def event(stage: str) -> None:
        counted[0] += 1
        SHARED.seek(0)
        SHARED.write(stage.encode().ljust(200, b"\0"))
        if counted[0] == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(owner: Any, name: str) -> None:
        real = getattr(owner, name)

        def watched(*args: Any, **options: Any) -> Any:
            event(f"before {name}")
            result = real(*args, **options)
            event(f"after {name}")
            return result

        setattr(owner, name, watched)

    around(SqliteSession, "commit")
    around(PostgresSession, "commit")
    around(zbs, "post")


def live(office: Office, order: dict[str, Any]) -> None:
    def mail(delivery: Delivery, *_rest: Any) -> Outcome:
        with open(order["mails"], "a", encoding="ascii") as got:
            got.write(delivery.id + "\n")
        return Outcome("sent")

    delivering.send_by_channel = mail  # type: ignore[assignment]
    watch(order["kill_at"])
    office, at = placed(office, order), datetime.fromisoformat(order["at"])
    sweep(office, at)
    delivering.deliver(office, at, clock=lambda: at)
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
            stage = bytes(SHARED[:200]).rstrip(b"\0").decode("utf-8", "replace")
            print(json.dumps({"killed": code != 0, "stage": stage}), flush=True)


if __name__ == "__main__":
    main()
