"""A stand-in of one's own for every test, and its URLs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from zalo_samples import small_office

from dondoc.use_cases.office import Office
from notifications.zalo.http import forget
from notifications.zalo.register import register
from notifications.zalo.stand_in.server import StandIn


@pytest.fixture
def zalo() -> Iterator[StandIn]:
    register()
    with StandIn() as stand_in:
        yield stand_in
    forget()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def register_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without a register, on each of the two."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'dondoc.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A small office of its own, not connected yet."""
    yield from _opened(f"sqlite:///{tmp_path / 'dondoc.db'}", tmp_path)


@pytest.fixture
def either(register_url: str, tmp_path: Path) -> Iterator[Office]:
    """As `office`, once on each database."""
    yield from _opened(register_url, tmp_path)


def _opened(register_url: str, data: Path) -> Iterator[Office]:
    office = small_office(register_url, data)
    office.register.migrate()
    yield office
    office.register.close()
