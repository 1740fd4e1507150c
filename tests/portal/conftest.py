"""An office behind its portal, asked without a network."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from answering_office import PORTAL, WATCHED, Portal, another_portal, june, portal_like
from portal_samples import PLAN, SWEPT, Asked

from dondoc.register import Register
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.office import SHIPPED, Office, open_office
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.sweep import note_duration, sweep


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return open_office(tmp_path_factory.mktemp("portal"), definitions=(SHIPPED,), editions=False)


@pytest.fixture
def office(loaded: Office, tmp_path: Path) -> Iterator[Office]:
    """Opened and swept on 03/6/2022."""
    register = Register(f"sqlite:///{tmp_path / 'dondoc.db'}", loaded.agency)
    register.migrate()
    office = loaded._replace(register=register, plans={PLAN: loaded.plans[PLAN]})
    open_plan(office, PLAN, datetime(2022, 2, 18, 1, tzinfo=UTC), date(2022, 2, 18))
    sweep(office, SWEPT)
    note_duration(office, 1.25)
    yield office
    register.close()


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """On watch from 01/6/2022 on, with a portal that letters link to."""
    mail = MailRoute(url="smtp://127.0.0.1:9", is_mailbox=True, portal_url=PORTAL)
    folder = tmp_path_factory.mktemp("opened")
    office = open_office(folder, definitions=(SHIPPED,), editions=False, mail=mail)
    office = office._replace(plans={PLAN: office.plans[PLAN]})
    office.register.migrate()
    open_plan(office, PLAN, june(1), WATCHED)
    office.register.close()
    return office


@pytest.fixture(scope="session")
def morning(opened: Office, tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """After the office's runs on the morning of 03/6/2022: made once, to be copied."""
    made = portal_like(opened, tmp_path_factory.mktemp("morning"), opened.data)
    made.run(june(3))
    made.office.register.close()
    return made


@pytest.fixture
def portal(morning: Portal, tmp_path: Path) -> Iterator[Portal]:
    """On the morning of the report's due day, 03/6/2022, after the office's runs."""
    made = another_portal(morning, tmp_path)
    yield made
    made.office.register.close()


@pytest.fixture
def asked(office: Office) -> Asked:
    return Asked(office, SWEPT)
