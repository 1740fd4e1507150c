"""An office that watches the shipped plan of 2022 and hands its letters to whoever the test names."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest
from watched_office import CLERK, PLAN, SIGNED, Post, at, delivered

from definitions.contacts import Contact
from dondoc.core.secret_url import SecretUrl
from dondoc.register import Register
from dondoc.use_cases.go_live import go_live
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.office import SHIPPED, Office, open_office
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.sweep import sweep

CHAT = SecretUrl("json://127.0.0.1:9/{address}")
MAILBOX = MailRoute(url="smtp://127.0.0.1:9", is_mailbox=True)


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Opened once, on the day the plan was signed; every test gets a copy of its register."""
    folder = tmp_path_factory.mktemp("watched")
    office = open_office(folder, definitions=(SHIPPED,), editions=False, mail=MAILBOX)
    office = office._replace(plans={PLAN: office.plans[PLAN]})
    office.register.migrate()
    open_plan(office, PLAN, at(SIGNED), SIGNED)
    office.register.close()
    return office


@pytest.fixture
def office(watched: Office, tmp_path: Path) -> Iterator[Office]:
    copyfile(watched.data / "dondoc.db", tmp_path / "dondoc.db")
    register = Register(f"sqlite:///{tmp_path / 'dondoc.db'}", watched.agency)
    yield watched._replace(register=register, data=tmp_path)
    register.close()


@pytest.fixture
def live(office: Office) -> Office:
    """One who prefers Zalo and the clerk of the office who has a telegram besides; everybody else has e-mail alone."""
    contacts = dict(office.contacts)
    contacts[CLERK] = Contact("dau-moi@so.example", "0912000001", "024 1", prefer=("zalo",), zalo_opt_in=SIGNED)
    contacts["cv-theo-doi-qcdc"] = Contact("theo-doi@so.example", others={"telegram": "77"})
    route = MailRoute("smtp://127.0.0.1:9", channels={"zalo": CHAT, "telegram": CHAT})
    office = office._replace(contacts=contacts, mail=route)
    go_live(office, date(2022, 5, 20), at(date(2022, 5, 20)), "chanh-van-phong-so")
    sweep(office, at(date(2022, 5, 24)))
    delivered(office, at(date(2022, 5, 24)), Post())
    sweep(office, at(date(2022, 5, 25)))
    return office
