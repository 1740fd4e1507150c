"""An office on the morning after its half-year reports were due; nobody has handed in."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copyfile

import pytest
from paper_samples import PLAN, at

from dondoc.register import Register
from dondoc.register.sealed import Sealer
from dondoc.use_cases.office import SHIPPED, Office, open_office
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.sweep import sweep


@pytest.fixture(scope="session")
def half_year(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = open_office(tmp_path_factory.mktemp("papers"), definitions=(SHIPPED,), editions=False)
    office = office._replace(plans={PLAN: office.plans[PLAN]})
    office.register.migrate()
    open_plan(office, PLAN, datetime(2022, 6, 1, 1, tzinfo=UTC), date(2022, 5, 20))
    sweep(office, at(2022, 6, 6, 8))
    office.register.close()
    return office


@pytest.fixture
def office(half_year: Office, tmp_path: Path) -> Iterator[Office]:
    copyfile(half_year.data / "dondoc.db", tmp_path / "dondoc.db")
    register = Register(f"sqlite:///{tmp_path / 'dondoc.db'}", half_year.agency)
    yield half_year._replace(register=register, data=tmp_path, sealer=Sealer(tmp_path))
    register.close()
