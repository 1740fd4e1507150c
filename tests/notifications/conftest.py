"""An office that watches the shipped plan of 2022 and hands its letters to whoever the test names."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from watched_office import PLAN, SIGNED, at

from dondoc.register import Register
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.office import SHIPPED, Office, open_office
from dondoc.use_cases.open_plan import open_plan

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
