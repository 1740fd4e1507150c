"""Offices that watch the shipped plan of 2022: made once, copied for every test that writes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from office_samples import PLAN, SIGNED, Desk, moment

from dondoc.register import Register
from dondoc.use_cases.office import SHIPPED, Office, open_office
from dondoc.use_cases.open_plan import open_plan


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The shipped definitions, loaded once; its register is nobody's."""
    office = open_office(tmp_path_factory.mktemp("shipped"), definitions=(SHIPPED,), editions=False)
    return office._replace(plans={PLAN: office.plans[PLAN]})


@pytest.fixture(scope="session")
def empty_file(shipped: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated register without a word in it."""
    return _made(shipped, tmp_path_factory.mktemp("empty") / "dondoc.db")


@pytest.fixture(scope="session")
def opened_file(shipped: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of an office that opened the plan on the day it was signed."""
    file = tmp_path_factory.mktemp("opened") / "dondoc.db"
    return _made(shipped, file, lambda office: open_plan(office, PLAN, moment("18/2"), SIGNED))


def _made(office: Office, file: Path, fill: Callable[[Office], object] = lambda office: None) -> Path:
    stage = office._replace(register=Register(f"sqlite:///{file}", office.agency))
    stage.register.migrate()
    fill(stage)
    stage.register.close()  # the last to close writes the journal back into the file
    return file


def _copied(office: Office, file: Path, data: Path) -> Iterator[Desk]:
    data.mkdir(exist_ok=True)
    copyfile(file, data / "dondoc.db")
    register = Register(f"sqlite:///{data / 'dondoc.db'}", office.agency)
    yield Desk(office._replace(register=register, data=data))
    register.close()


@pytest.fixture
def empty(shipped: Office, empty_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """An office that has not opened its plan yet."""
    yield from _copied(shipped, empty_file, tmp_path / "empty")


@pytest.fixture
def desk(shipped: Office, opened_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """An office on the morning of 18/02/2022, its plan opened, nothing told yet."""
    yield from _copied(shipped, opened_file, tmp_path / "data")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest, shipped: Office, empty_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """As `empty`, once on each database."""
    if request.param == "sqlite":
        yield from _copied(shipped, empty_file, tmp_path / "data")
        return
    register = Register(str(request.getfixturevalue("postgres_url")), shipped.agency)
    register.migrate()
    yield Desk(shipped._replace(register=register, data=tmp_path))
    register.close()
