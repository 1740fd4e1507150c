"""An empty register on each database: every test that asks for `register` runs on both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dondoc.register import Register

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where no register is yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'so theo dõi' / 'dondoc.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def register(empty_url: str) -> Iterator[Register]:
    register = Register(empty_url)
    register.migrate()
    yield register
    register.close()
