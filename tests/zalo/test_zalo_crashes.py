"""Killed at any point while it sends over Zalo: nothing is lost, nothing goes twice over Zalo.

What Zalo took while nobody could write it down is confirmed by its webhook; without one the mail says it again, which
is the window no sender can close. DONDOC_TEST_FULL=1 kills 2,320 times; DONDOC_TEST_REPORT=FILE keeps the table beside
that of tests/faults, as FILE.zalo.
"""

import os
import random
from collections.abc import Callable, Iterator
from datetime import datetime, time
from itertools import count
from pathlib import Path
from shutil import copyfile

import pytest
from zalo_lives import PLAN, office_of
from zalo_matrix import EVENING, SIGNED, URLS, ZONE, Databases, Lives, Stage, Tally, table

from dondoc.register import Register
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.sweep import sweep
from notifications.outcome import Outcome
from notifications.zalo.stand_in.server import StandIn

KILLS, OTHERS = (260, 60) if os.environ.get("DONDOC_TEST_FULL") == "1" else (4, 3)

pytestmark = [pytest.mark.xdist_group("zalo-crash-matrix"), pytest.mark.timeout(3600)]
Rows = list[tuple[str, str, str, Tally]]


@pytest.fixture(scope="module")
def report() -> Iterator[Rows]:
    rows: Rows = []
    yield rows
    print(f"\n{table(rows)}")
    if kept := os.environ.get("DONDOC_TEST_REPORT"):
        Path(f"{kept}.zalo").write_text(table(rows) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def lives() -> Iterator[Lives]:
    started = Lives()
    yield started
    started.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The shipped plan with everybody on Zalo; where its register is and what plays Zalo, every test says anew."""
    return office_of(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest, sample: Office, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    folder, numbers = tmp_path_factory.mktemp("evening"), count()
    if request.param == "sqlite":
        return _on_sqlite(sample, folder, numbers)
    made: Callable[[], str] = request.getfixturevalue("make_postgres_database")
    return _on_postgres(sample, made(), request.getfixturevalue("postgres_server"), numbers)


def _on_sqlite(sample: Office, folder: Path, numbers: Iterator[int]) -> Databases:
    _until_evening(sample, f"sqlite:///{folder / 'evening.db'}")

    def discard(url: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + suffix).unlink(missing_ok=True)

    return Databases(
        "SQLite", lambda: f"sqlite:///{copyfile(folder / 'evening.db', folder / f'{next(numbers)}.db')}", discard
    )


def _on_postgres(sample: Office, template: str, admin: str, numbers: Iterator[int]) -> Databases:
    import psycopg

    _until_evening(sample, template)
    server, _slash, name = template.rpartition("/")

    def said(words: str) -> None:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(words.encode())

    def fresh() -> str:
        new = f"{name}_{next(numbers)}"
        said(f"CREATE DATABASE {new} TEMPLATE {name}")
        return f"{server}/{new}"

    return Databases("PostgreSQL", fresh, lambda url: said(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)"))


def _until_evening(office: Office, url: str) -> None:
    office = office._replace(register=Register(url, office.agency))
    office.register.migrate()
    open_plan(office, PLAN, datetime.combine(SIGNED, time(8), ZONE), SIGNED)
    sweep(office, EVENING)
    deliver(office, EVENING, clock=lambda: EVENING, send=lambda _delivery: Outcome("sent"))
    office.register.close()


@pytest.mark.parametrize("way", URLS)
def test_killed_while_sending_by_zalo_nothing_is_lost_and_nothing_goes_twice_over_zalo(
    lives: Lives, sample: Office, databases: Databases, tmp_path: Path, zalo: StandIn, report: Rows, way: str
) -> None:
    tally = Stage(lives, sample, databases, tmp_path, zalo, way).at_random(KILLS, random.Random(7))
    report.append((databases.name, way, "ours", tally))
    assert tally.notices > 10 and tally.messages > 0
    assert (tally.lost, tally.twice, tally.outside, tally.waiting) == (0, 0, 0, 0)
    if way.endswith("webhooks"):
        assert tally.by_mail_too == 0


@pytest.mark.parametrize("policy", ["claim and forget", "naive retry"])
def test_the_same_kills_under_another_policy(
    lives: Lives, sample: Office, databases: Databases, tmp_path: Path, zalo: StandIn, report: Rows, policy: str
) -> None:
    """What the promise is worth: each of these breaks it on one side."""
    tally = Stage(lives, sample, databases, tmp_path, zalo, "ZBS", policy).at_random(OTHERS, random.Random(3))
    report.append((databases.name, "ZBS", policy, tally))
    assert tally.lost > 0 if policy == "claim and forget" else tally.twice > 0
