"""An office behind its portal, asked without a network."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from portal_samples import PLAN, SWEPT, Asked

from dondoc.register import Register
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


@pytest.fixture
def asked(office: Office) -> Asked:
    return Asked(office, SWEPT)
