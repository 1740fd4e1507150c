"""Registers of the evening before, on either database, copied for every office that is to die."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from shutil import copyfile

import pytest
from crash_matrix import Lives, Registers, Sink, evening_before


@pytest.fixture(scope="session")
def sqlite_registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder, numbers = tmp_path_factory.mktemp("evening"), count()
    evening_before(f"sqlite:///{folder / 'evening.db'}", folder)

    def fresh() -> str:
        file = folder / f"office-{next(numbers)}.db"
        copyfile(folder / "evening.db", file)
        return f"sqlite:///{file}"

    def discard(url: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + suffix).unlink(missing_ok=True)

    return Registers("SQLite", fresh, discard)


@pytest.fixture(scope="session")
def postgres_registers(
    postgres_server: str, make_postgres_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Registers:
    import psycopg

    template, numbers = make_postgres_database(), count()
    evening_before(template, tmp_path_factory.mktemp("evening-pg"))
    server, _, name = template.rpartition("/")

    def said(words: str) -> None:
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(words.encode())

    def fresh() -> str:
        made = f"{name}_office_{next(numbers)}"
        said(f"CREATE DATABASE {made} TEMPLATE {name}")
        return f"{server}/{made}"

    def discard(url: str) -> None:
        said(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    return Registers("PostgreSQL", fresh, discard)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def registers(request: pytest.FixtureRequest) -> Registers:
    name = "sqlite_registers" if request.param == "sqlite" else "postgres_registers"
    return request.getfixturevalue(name)


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    sink = Sink(tmp_path)
    yield sink
    sink.close()


@pytest.fixture(scope="module")
def lives() -> Iterator[Lives]:
    lives = Lives()
    yield lives
    lives.close()
